"""`escalate practice`: everything on an invented case, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from escalate.casework.practising import marked_as_practice, practice_home, remove_left_over
from escalate.cli.practice import leads_out
from escalate.cli.practice_case import Mine, begin_case
from escalate.files.places import home as home_here
from escalate.files.policies.editions import editions
from escalate.render.console import Screen
from tests.builders import Built
from tests.cli.kept import entries
from tests.cli.typist import Typist
from tests.policies.walk import path_of
from tests.running import run

LINE = "PRACTICE: an invented case in a throw-away database. Nothing here is real, nothing is kept."


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which practice makes its own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("ESCALATE_TODAY", "2026-04-10")
    return folder


def test_a_case_with_something_due_is_practised_with_and_nothing_of_it_stays(
    home: Path, case: Built, temporary: Path, plain_typist: Typist
) -> None:
    before = entries(home)

    plain_typist.types("practice")
    plain_typist.expect("Practising with: Knowsley Safeguarding Children Partnership, knowsley-2020-11")
    plain_typist.expect(LINE)
    plain_typist.expect("Your case is PRACTICE-2026-0001-")
    plain_typist.answer("practice", "due")
    plain_typist.expect(LINE)
    plain_typist.expect("Overdue: ")
    plain_typist.expect(LINE)
    plain_typist.answer("practice", "advance")
    plain_typist.press("Is a child at immediate risk now?", "\x03")
    plain_typist.expect(LINE)
    plain_typist.answer("practice", "escalate handover")
    plain_typist.expect("handover is left out of practice: it is about what is real.")
    plain_typist.answer("practice", 'show "')
    plain_typist.expect("A quotation mark is not closed.")
    plain_typist.answer("practice", "<")
    plain_typist.expect("q leaves practice; ? lists the verbs.")
    plain_typist.answer("practice", "\x0c")
    plain_typist.expect("\x1b[2J\x1b[3JCleared. q leaves practice; ? lists the verbs.")
    plain_typist.answer("practice", "q")
    plain_typist.expect("Practice has ended. The database and every form made in it are deleted.")

    assert plain_typist.ends() == 0
    assert "no such verb" not in plain_typist.screen
    assert list(temporary.iterdir()) == []
    assert entries(home) == before
    assert case.reference not in plain_typist.screen


def test_it_works_before_setup_and_goes_too_when_the_window_is_closed(tmp_path: Path, temporary: Path) -> None:
    typist = Typist(tmp_path / "not set up").types("practice")
    typist.answer("With which policy do you want to practise?", "4")
    typist.expect("Practising with: Somerset Local Safeguarding Children Board, somerset-2016-12")
    typist.asked("practice")
    assert len(list(temporary.iterdir())) == 1

    assert typist.ends_by(signal.SIGHUP) == 128 + signal.SIGHUP
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "not set up").exists()


def test_what_a_killed_run_left_goes_at_the_next_and_what_is_in_use_stays(home: Path, temporary: Path) -> None:
    typist = Typist(home).types("practice")
    typist.asked("practice")
    remove_left_over()
    assert len(list(temporary.iterdir())) == 1

    typist.is_killed()
    (temporary / "escalate-practice-of-somebody").mkdir()
    remove_left_over()

    assert [folder.name for folder in temporary.iterdir()] == ["escalate-practice-of-somebody"]


def test_cannot_be_practised_where_nobody_can_answer(home: Path) -> None:
    assert run(home, "practice") == (
        2,
        "",
        "error: practice asks and answers at a terminal, and this is none\n"
        "    type it in a window of its own: escalate practice\n"
        "    for a script, set ESCALATE_HOME to a folder of its own, then: escalate setup --from me.toml\n",
    )


def test_the_folder_is_the_owners_alone_and_every_policy_in_it_says_practice(home: Path, temporary: Path) -> None:
    own = home / "policies"
    own.mkdir()
    alderwick = path_of("alderwick-2026-01").read_text(encoding="utf-8")
    (own / "alderwick-2026-01.toml").write_text(alderwick, encoding="utf-8")
    (own / "upon-2026-01.toml").write_text('[policy]\nextends = "wirral-2015-09"\n', encoding="utf-8")
    (own / "broken-2026-01.toml").write_text("[policy\n", encoding="utf-8")
    was = os.environ.get("ESCALATE_HOME")

    with practice_home(home) as folder:
        assert home_here() == folder
        assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
        found = {one.name: one.prefix for one in editions()}

    assert found == dict.fromkeys(
        (
            "alderwick-2026-01",
            "croydon-2024-05",
            "herefordshire-undated",
            "knowsley-2020-11",
            "somerset-2016-12",
            "upon-2026-01",
            "wirral-2015-09",
        ),
        "PRACTICE",
    )
    assert (own / "alderwick-2026-01.toml").read_text(encoding="utf-8") == alderwick
    assert os.environ.get("ESCALATE_HOME") == was
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('[policy]\nedition = "1"\n', '[policy]\nprefix = "PRACTICE"\nedition = "1"\n'),
        ("[policy]\n  prefix = 'X'  # ours\n", '[policy]\n  prefix = "PRACTICE"  # ours\n'),
        ('policy = { prefix = "X" }\n', ""),
        ('[policy]\ntitle = """\nprefix = "X"\n"""\n', ""),
    ],
)
def test_a_policy_whose_prefix_cannot_be_changed_for_sure_is_left_out(text: str, marked: str) -> None:
    assert marked_as_practice(text) == marked


def test_a_form_made_in_practice_says_practice_and_everybody_in_it_is_invented(home: Path, temporary: Path) -> None:
    with practice_home(home) as folder:
        reference = begin_case(Screen("piped"), "wirral", Mine(nation="England"))
        issued = run(folder, "export", reference, "--form", "wirral-appendix-1")
        forms = [path.name for path in folder.rglob("*.docx")]
        shown = run(folder, "show", reference).out

    assert (issued.code, issued.err) == (0, "")
    assert [name.partition("-wirral-")[0] for name in forms] == [reference]
    assert reference.startswith("PRACTICE-2026-0001-")
    assert "Alex Practitioner" not in shown
    assert "Robin Invented" in shown


@pytest.mark.parametrize("way", ["--out {outside}", "--out=../elsewhere", "--out /"])
def test_cannot_make_files_outside_the_throw_away_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    words = ["export", "--blank", *way.format(outside=tmp_path / "desktop").split(" ")]
    inside = tmp_path / "escalate-practice"
    inside.mkdir()
    monkeypatch.chdir(inside)

    assert leads_out(words, inside)
    assert not leads_out(["export", "--blank", "--out", "mine"], inside)
    assert not leads_out(["export", "--out", str(inside / "mine")], inside)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_practice_ends_too_when_the_window_is_closed_while_a_verb_asks(
    home: Path, case: Built, temporary: Path, plain_typist: Typist
) -> None:
    plain_typist.types("practice")
    plain_typist.answer("practice", "export --blank --out /elsewhere")
    plain_typist.expect("In practice, files are made only in the throw-away folder")
    plain_typist.answer("practice", "raise")
    plain_typist.asked("Is a child at immediate risk of significant harm?")

    assert plain_typist.ends_by(signal.SIGTERM) == 128 + signal.SIGTERM
    assert list(temporary.iterdir()) == []
