"""What was made to break whoever opens it is refused with its own sentence, soon; hostile words come home as typed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from escalate.files.docx.reader import read_form
from escalate.files.forms.loading import load_form
from tests.cli.hostile import LINE, line, lines
from tests.cli.hostile_files import hostile_files
from tests.cli.kept import entries, facts, the_fact
from tests.cli.returned import MAIN, at_the_end, beside_the_control, came_back, changed, sent_out
from tests.running import run

NAME = "Rowan Testcase"
# A tab is shown as a space, and a screen cannot tell.
TYPED = lines("options").replace("\t", " ")


def test_each_hostile_file_is_refused_in_its_own_sentence_soon_and_nothing_is_written(
    home: Path, tmp_path: Path
) -> None:
    _, path = sent_out(home)
    before = entries(home), (home / "escalate.db").read_bytes()
    said = {}

    for kind, (content, sentence) in hostile_files(path).items():
        file = tmp_path / f"{NAME}.docx"
        file.write_bytes(content)
        began = time.process_time()
        done = run(home, "receive", str(file), "--accept")
        took = time.process_time() - began
        as_expected = (
            (done.code, done.out) == (8, "")
            and done.err.startswith(f"error: the file {sentence.removeprefix('the file ')}")
            and done.err.endswith("Nothing was recorded.\n")
            and NAME not in done.err
            and took < 10
        )
        if not as_expected:
            said[kind] = (done, took)

    assert said == {}
    assert (entries(home), (home / "escalate.db").read_bytes()) == before


def test_a_template_that_it_refers_to_is_not_fetched_and_said(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)

    def attached(root: Any) -> None:
        new = root[0].makeelement(root[0].tag, {})
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
        said = {"Id": "rId99", "Type": kind, "Target": "http://invented.example/x.dotm", "TargetMode": "External"}
        new.attrib.update(said)
        root.append(new)

    came = changed(path, tmp_path / "back.docx", {"word/_rels/document.xml.rels": attached})

    done = run(home, "receive", str(came), "--json")

    (one,) = done.data["files"]
    assert (done.code, one["outcome"]) == (0, "read")
    assert one["warnings"] == [
        "it refers to something outside the document (attachedTemplate), which was not fetched",
    ]


@pytest.fixture
def returned(home: Path, tmp_path: Path) -> tuple[str, Path]:
    """A form that came back with hostile words in two answers and under the form."""
    case, path = sent_out(home)
    typed = came_back(path, tmp_path / "typed.docx", options_considered=TYPED, oversight=line("oversight"))
    return case.reference, changed(typed, tmp_path / "back.docx", {MAIN: at_the_end(line("under"))})


def test_hostile_words_are_read_and_shown_as_they_were_typed(home: Path, returned: tuple[str, Path]) -> None:
    _, came = returned

    (one,) = run(home, "receive", str(came), "--json").data["files"]
    shown = run(home, "receive", str(came), "--accept").out

    fields = {field["id"]: field["value"] for field in one["fields"]}
    assert (fields["options_considered"], fields["oversight"]) == (TYPED, line("oversight"))
    assert one["not_placed"] == [line("under")]
    for words in (TYPED, line("oversight"), line("under")):
        assert all(part.strip() in shown for part in words.split("\n"))


def test_hostile_words_are_recorded_and_issued_again_as_they_were_typed(home: Path, returned: tuple[str, Path]) -> None:
    reference, came = returned

    run(home, "receive", str(came), "--accept")

    fact = the_fact(home, reference, "form received")
    (again,) = run(home, "export", reference, "--form", "appendix-2", "--json").data
    definition, template = load_form("knowsley-appendix-2")
    said = read_form(definition, Path(again["file"]).read_bytes(), "the form", template).fields
    assert fact.taken == {"options_considered": TYPED, "oversight": line("oversight")}
    assert fact.not_placed == (line("under"),)
    assert (said["options_considered"].value, said["oversight"].value) == (TYPED, line("oversight"))


def test_hostile_words_beside_a_control_are_asked_about_and_stand_in_no_error(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = changed(path, tmp_path / "back.docx", {MAIN: beside_the_control("learning", line("beside"))})

    done = run(home, "receive", str(came), "--accept")

    assert done.code == 2
    assert line("beside") in done.out
    assert LINE not in done.err
    assert facts(home, case.reference, "form received") == []
