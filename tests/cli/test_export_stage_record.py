"""`escalate export --stage`: the record of one stage, the present one or another the case has been at."""

from __future__ import annotations

from pathlib import Path

from tests.builders import COUNTERPART, MANAGER, NAMES, Built, a_case, discussed, ended, entered
from tests.cli.issued import answers_in
from tests.cli.kept import entries, facts
from tests.running import run

FORM = "somerset-stage-record"


def climbed(home: Path) -> Built:
    """A case of Somerset's at stage 3, with a talk at each stage below it."""
    return a_case(
        home,
        discussed("2026-04-02", decision="Not now.", people=(COUNTERPART,)),
        ended("1", "unresolved", "2026-04-02"),
        entered("2", "2026-04-02"),
        discussed("2026-04-07", decision="A visit.", people=(MANAGER,)),
        ended("2", "unresolved", "2026-04-07"),
        entered("3", "2026-04-08"),
        policy="somerset-2016-12",
        names=(NAMES[MANAGER],),
    )


def test_s6_the_record_of_an_earlier_stage_is_to_be_had_with_how_it_ended(home: Path) -> None:
    case = climbed(home)

    done = run(home, "export", case.reference, "--form", FORM, "--stage", "2", "--json", today="2026-04-08")

    (issued,) = done.data
    said = answers_in(Path(issued["file"]), FORM)
    assert (done.code, issued["stage"]) == (0, "2")
    assert f"-{FORM}-stage-2-" in issued["file"]
    assert (said["discussed_on"], said["decision"], said["people_1_name"]) == (
        "7 April 2026",
        "A visit.\nSaid: Both sides spoke.",
        "Jo Manager",
    )
    assert said["outcome"].startswith("07/04/2026, stage 2: stage 2 ended with Exampleshire Children's Social Care")
    (fact,) = facts(home, case.reference, "form issued")
    assert (fact.stage, "debrief" in fact.blanks) == ("2", False)


def test_s6_without_a_stage_it_is_the_record_of_the_present_one(home: Path) -> None:
    case = climbed(home)

    (issued,) = run(home, "export", case.reference, "--form", FORM, "--json", today="2026-04-08").data

    said = answers_in(Path(issued["file"]), FORM)
    assert issued["stage"] == "3"
    assert (said["discussed_on"], said["decision"], said["people_1_name"], said["outcome"]) == ("", "", "", "")


def test_s6_once_it_is_issued_what_is_left_is_to_share_it_and_to_say_so(home: Path) -> None:
    case = climbed(home)

    done = run(home, "export", case.reference, "--form", FORM, "--stage", "1", today="2026-04-08")

    assert f"escalate do {case.reference}   (once you have sent it: to whom, how, when)" in done.out


def test_cannot_have_the_record_of_a_stage_that_the_case_was_not_at(home: Path) -> None:
    case = climbed(home)
    before = entries(home)

    done = run(home, "export", case.reference, "--form", FORM, "--stage", "4", today="2026-04-08")

    assert (done.code, done.out, entries(home)) == (3, "", before)
    assert done.err == (
        f'error: case {case.reference}: it has not been at stage "4"\n    it has been at stages 1, 2 and 3\n'
        "Nothing was recorded.\n"
    )


def test_cannot_have_of_one_stage_a_form_that_is_about_the_whole_case(home: Path) -> None:
    case = climbed(home).add(ended("3", "resolved", "2026-04-10", decision="A strategy discussion."))

    done = run(home, "export", case.reference, "--form", "written-confirmation", "--stage", "2", today="2026-04-10")

    assert done.code == 3
    assert "is about the whole case and not about one stage" in done.err


def test_cannot_name_a_stage_without_a_form(home: Path) -> None:
    case = climbed(home)

    done = run(home, "export", case.reference, "--stage", "2", today="2026-04-08")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "error: escalate export: --stage says which stage's record is meant, and goes with --form\n"
        "    escalate export REF --form NAME --stage STAGE\n"
        "Nothing was recorded.\n"
    )
