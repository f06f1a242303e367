"""Whose a form is that came in: by its properties, by the reference printed on it and something else, or as said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_case
from tests.cli.issued import at_stage
from tests.cli.kept import entries, the_fact
from tests.cli.returned import CUSTOM, FOOTER, came_back, changed, saying, sent_out, without_identity
from tests.running import Ran, run


def looked(home: Path, path: Path, *more: str) -> dict[str, object]:
    """Return whose a form is, as --json says."""
    (one,) = run(home, "receive", str(path), "--json", *more).data["files"]
    found: dict[str, object] = one["belongs_to"]
    return found


def accepted(home: Path, path: Path, tmp_path: Path, answers: str = "", *more: str) -> Ran:
    file = tmp_path / "answers.toml"
    file.write_text(answers, encoding="utf-8")
    return run(home, "receive", str(path), "--accept", "--from", str(file), *more)


def test_without_its_properties_the_printed_reference_counts_with_a_second_identifier_and_a_yes(
    home: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home)
    came = changed(
        came_back(path, tmp_path / "a.docx", oversight="Seen."), tmp_path / "b.docx", {CUSTOM: without_identity()}
    )

    whose = looked(home, came, "--form", "appendix-2")
    refused = run(home, "receive", str(came), "--accept", "--form", "appendix-2")
    done = accepted(home, came, tmp_path, "same_case = true\n", "--form", "appendix-2")

    assert whose == {
        "reference": case.reference,
        "identified_by": "printed reference",
        "is_sure": False,
        "issue": "",
        "fits": ["the child's name", "the date of birth", "both agencies"],
        "doubts": [],
        "newer": "",
    }
    assert (refused.code, '"same_case" is missing' in refused.err) == (2, True)
    assert done.code == 0
    fact = the_fact(home, case.reference, "form received")
    assert (fact.identified_by, fact.issue, fact.child) == ("printed reference", "", "child-1")


def test_the_printed_reference_alone_is_no_case(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    empty = dict.fromkeys(("child_name", "child_born_on", "raising_agency", "receiving_agency"), "")
    came = changed(came_back(path, tmp_path / "a.docx", **empty), tmp_path / "b.docx", {CUSTOM: without_identity()})

    assert looked(home, came, "--form", "appendix-2") is None
    done = run(home, "receive", str(came), "--accept", "--form", "appendix-2")
    assert (done.code, done.err) == (
        2,
        "error: the form belongs to no case of this record, as far as it says\n"
        "    say which: --case REF; a partnership opens a case for it: --log; where your agency is the one challenged:"
        " escalate receive FILE, at a terminal, opens the case from the form; or escalate raise --received --from"
        " answers.toml, then receive the form with --case REF\n"
        "Nothing was recorded.\n",
    )


def test_no_is_an_answer_and_the_case_is_then_asked_for(home: Path, tmp_path: Path) -> None:
    other = at_stage(home, "3", number=2)
    case, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {CUSTOM: without_identity()})

    answers = f'same_case = false\ncase = "{other.reference}"\n'
    done = accepted(home, came, tmp_path, answers, "--form", "appendix-2")

    assert done.code == 0
    assert the_fact(home, other.reference, "form received").identified_by == "answered"
    assert "form received" not in {one.kind for one in case.events()}


def test_a_form_is_of_the_case_that_somebody_says_where_it_says_none(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {CUSTOM: without_identity(), FOOTER: _without_text})

    assert looked(home, came, "--form", "appendix-2") is None
    done = run(home, "receive", str(came), "--accept", "--form", "appendix-2", "--case", case.reference)

    assert done.code == 0
    assert the_fact(home, case.reference, "form received").identified_by == "answered"


def test_properties_and_printed_reference_that_differ_are_asked_about(home: Path, tmp_path: Path) -> None:
    other = a_case(home, number=2)
    case, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {CUSTOM: saying("escalate.case", other.stream)})
    before = entries(home)

    whose = looked(home, came)
    done = run(home, "receive", str(came), "--accept")

    assert whose["reference"] == other.reference
    assert (whose["is_sure"], whose["identified_by"]) == (False, "properties")
    assert whose["doubts"] == [
        f"the reference printed on it is {case.reference}",
        "it says that it came of an issue which this record did not make",
    ]
    assert (done.code, entries(home)) == (2, before)


def test_an_issue_that_this_record_did_not_make_is_asked_about(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {CUSTOM: saying("escalate.render", "0123456789ab")})

    whose = looked(home, came)

    assert (whose["is_sure"], whose["issue"]) == (False, "")
    assert whose["doubts"] == ["it says that it came of an issue which this record did not make"]


def test_another_child_on_the_form_is_asked_about(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    came = came_back(path, tmp_path / "b.docx", child_name="Ash Other", child_born_on="5 May 2015")

    whose = looked(home, came)

    assert (whose["is_sure"], whose["doubts"]) == (
        False,
        ["the child's name on it is not the case's", "the date of birth on it is not the case's"],
    )


@pytest.mark.parametrize("name", ["R.T.", "RT", "rowan testcase", "Rowan  Testcase"])
def test_a_child_is_known_by_name_or_initials_however_they_are_set(home: Path, tmp_path: Path, name: str) -> None:
    _, path = sent_out(home)

    whose = looked(home, came_back(path, tmp_path / "b.docx", child_name=name))

    assert (whose["is_sure"], "the child's name" in whose["fits"]) == (True, True)  # type: ignore[operator]


def test_cannot_be_of_a_case_that_there_is_not(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)

    done = run(home, "receive", str(path), "--accept", "--case", "KSCP-2026-0099-Q4TX")

    assert (done.code, done.err.splitlines()[0]) == (4, "error: no case has this reference")


def test_another_case_said_than_the_file_says_is_asked_about(home: Path, tmp_path: Path) -> None:
    other = a_case(home, number=2)
    _, path = sent_out(home)

    done = run(home, "receive", str(path), "--accept", "--case", other.reference)

    assert (done.code, '"same_case" is missing' in done.err) == (2, True)
    assert "Look: its properties name another case.\n" in done.out


def _without_text(root: object) -> None:
    from escalate.files.docx.opener import W

    for text in root.iter(f"{W}t"):  # type: ignore[attr-defined]
        text.text = ""
