"""A long answer in the person's own editor: what comes back is the answer, and nothing that goes wrong loses a word."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from escalate.ask.conversation import Beside
from escalate.ask.editor import EditorFailed, WritingRoom, editor_command, how_to_leave
from escalate.ask.question import Question, Script
from escalate.core.answers import Answers
from escalate.errors import Interrupted
from tests.ask.at_a_keyboard import Sitting

SCRIPT: Script = (
    Question(id="concern", text="What worries you?", kind="long", required=True, label="Concern"),
    Question(id="wanted", text="What do you want?", kind="long", label="Wanted"),
)


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(SCRIPT, Beside(folder=tmp_path / "being-written" / "draft-1"))


def edit_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Make an editor of a few lines of Python, in which `path` is the file and `words` what stands in it."""
    script = tmp_path / "an editor.py"
    read = "import sys, pathlib\npath = pathlib.Path(sys.argv[1])\nwords = path.read_text('utf-8')\n"
    script.write_text(read + code, encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')


def test_what_was_written_in_the_editor_is_the_answer_and_its_file_is_gone(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit_with(monkeypatch, tmp_path, "path.write_bytes((words + ' Łukasz\\r\\n\\r\\nTwo.\\r\\n').encode('utf-8-sig'))")

    answers = sitting.held("He said\n!", "", "")

    assert answers["concern"] == "He said\n Łukasz\n\nTwo."
    assert "in a plain file that only you can read" in " ".join(sitting.screen.split())
    assert not (tmp_path / "being-written" / "draft-1").exists()


@pytest.mark.skipif(os.name == "nt", reason="no program is a script there")
def test_how_an_editor_that_fills_the_screen_is_left_can_be_read_before_it_opens(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    vi = tmp_path / "vi"
    vi.write_text('#!/bin/sh\nprintf Twice. >"$1"\n', encoding="utf-8")
    vi.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(vi))
    seen: list[bool] = []

    def reads_it() -> str:
        seen.append((tmp_path / "being-written" / "draft-1" / "concern.txt").exists())
        return ""

    answers = sitting.held("He said\n!", reads_it, "", "")

    assert (answers["concern"], seen) == ("Twice.", [False])
    assert "then :wq and Enter, keeps your words and leaves. Enter opens it." in " ".join(sitting.screen.split())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_the_file_is_its_owners_alone_and_named_by_no_word_of_anybodys(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit_with(
        monkeypatch, tmp_path, "path.write_text(f'{path.name} {path.stat().st_mode:o} {path.parent.stat().st_mode:o}')"
    )

    assert sitting.held("Rowan\n!", "", "")["concern"] == "concern.txt 100600 40700"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", "The editor ended with an error (3). Nothing was changed."),
        ("path.write_text('')", "Nothing came back from the editor. Your words are as they were."),
        ("pass", "Nothing came back from the editor. Your words are as they were."),
    ],
    ids=["an error", "an empty file", "nothing changed"],
)
def test_an_editor_that_brings_nothing_back_loses_nothing(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, said: str
) -> None:
    edit_with(monkeypatch, tmp_path, code)
    enter = [""] if code == "pass" else []

    answers = sitting.held("He said\n!", *enter, "", "", "")

    assert answers["concern"] == "He said"
    assert said in sitting.screen
    assert not (tmp_path / "being-written" / "draft-1").exists()


def test_an_editor_that_returns_before_it_is_closed_is_waited_for(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit_with(monkeypatch, tmp_path, "pass")

    def saved_at_last() -> str:
        (tmp_path / "being-written" / "draft-1" / "concern.txt").write_text("He said so.", encoding="utf-8")
        return ""

    assert sitting.held("He said\n!", saved_at_last, "", "")["concern"] == "He said so."


def test_a_file_that_is_not_utf_8_stays_where_it_is(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit_with(monkeypatch, tmp_path, "path.write_bytes(b'Ren\\xe9')")

    with pytest.raises(Interrupted):
        sitting.held("He said\n!", "")

    assert (tmp_path / "being-written" / "draft-1" / "concern.txt").read_bytes() == b"Ren\xe9"
    assert "is not UTF-8 text. Save it as UTF-8, or copy its words." in " ".join(sitting.screen.split())
    assert sitting.kept[-1] == Answers({"concern": "He said"})


def test_words_of_an_editor_nobody_came_back_from_are_offered_when_the_draft_is_resumed(
    sitting: Sitting, tmp_path: Path
) -> None:
    room = WritingRoom(tmp_path / "being-written" / "draft-1")
    room.folder.mkdir(parents=True)
    room.path_of("concern").write_text("Written in the editor.", encoding="utf-8")

    answers = sitting.held("", "", "")

    assert answers["concern"] == "Written in the editor."
    assert sitting.kept[0] == Answers({"~concern": "Written in the editor."})
    assert not room.folder.exists()


def test_the_editor_is_the_one_that_is_set_and_notepad_on_windows() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "nano"}) == ["code", "--wait"]
    assert editor_command({"EDITOR": "'my editor' -n"}) == ["my editor", "-n"]
    assert editor_command({"EDITOR": '"C:\\Program Files\\ed.exe" /w'}, "nt") == ["C:\\Program Files\\ed.exe", "/w"]


def test_cannot_open_an_editor_that_is_not_there(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")

    answers = sitting.held("He said\n!", "", "", "")

    assert answers["concern"] == "He said"
    assert "Set EDITOR to an editor you have" in " ".join(sitting.screen.split())


def test_cannot_find_an_editor_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(EditorFailed) as refused:
        editor_command({})

    assert refused.value.remedy == "set EDITOR to one, such as EDITOR=nano, and begin again"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("/usr/bin/vim -n", "In vi: i begins to type; Esc, then :wq and Enter, keeps your words and leaves."),
        ("nano", "In nano: Ctrl-O and Enter keeps your words, then Ctrl-X leaves."),
        ("code --wait", ""),
    ],
)
def test_how_to_leave_an_editor_is_said_where_it_is_hard_to_guess(
    monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)

    assert how_to_leave() == said


def test_a_file_that_is_not_utf_8_is_opened_again_as_it_stands_and_named_when_it_is_left(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "being-written" / "draft-1" / "concern.txt"
    edit_with(monkeypatch, tmp_path, "")
    (tmp_path / "an editor.py").write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\npath.write_bytes(path.read_bytes() + b'\\xe9')\n",
        encoding="utf-8",
    )

    answers = sitting.held("He said\n!", "!", "In other words.", "", "")

    assert answers["concern"].endswith("In other words.")
    assert file.read_bytes() == b"He said\n\xe9\xe9"
    assert "A file from your editor is left, because it could not be read" in sitting.screen
    assert str(file) in sitting.screen


def test_an_editor_whose_path_has_spaces_is_found_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "my editor").write_text("", encoding="utf-8")

    assert editor_command({"EDITOR": str(tmp_path / "my editor")}) == [str(tmp_path / "my editor")]
    with pytest.raises(EditorFailed) as refused:
        editor_command({"EDITOR": '""'})
    assert refused.value.what == "EDITOR: names no editor"


def test_what_an_editor_leaves_beside_its_file_goes_with_it(tmp_path: Path) -> None:
    room = WritingRoom(tmp_path / "being-written" / "draft-1")
    room.folder.mkdir(parents=True)
    for name in ("concern.txt", ".concern.txt.swp", "4913", "wanted.txt"):
        (room.folder / name).write_text("words", encoding="utf-8")

    room.clear_of("concern")
    assert sorted(path.name for path in room.folder.iterdir()) == ["4913", "wanted.txt"]
    room.clear_of("wanted")

    assert list(tmp_path.iterdir()) == []
