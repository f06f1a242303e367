"""`escalate record` of what only forms ask for: asked once, and on every form that asks for it."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Built
from tests.cli.issued import SECOND, answers_in, in_croydon, in_herefordshire
from tests.cli.kept import entries, facts
from tests.cli.typist import Typist
from tests.running import run

NEED = 'risk = "no"\nwhat = "details"\nneed_current = "Level 2"\nneed_perceived = "Level 3"\n'


def test_what_was_answered_once_stands_on_every_form_that_asks_for_it(home: Path) -> None:
    case = in_herefordshire(home)

    done = run(home, "record", case.reference, "--json", typed=NEED)
    issued = run(home, "export", case.reference, "--all", "--json").data

    (fact,) = facts(home, case.reference, "details recorded")
    files = {one["form"]: Path(one["file"]) for one in issued}
    report = answers_in(files["herefordshire-appendix-2"], "herefordshire-appendix-2")
    log = answers_in(files["herefordshire-appendix-1"], "herefordshire-appendix-1")
    assert (done.code, fact.child, dict(fact.details)) == (
        0,
        "child-1",
        {"need.current": "Level 2", "need.perceived": "Level 3"},
    )
    assert (report["need_current"], report["need_perceived"]) == ("Level 2", "Level 3")
    assert log["log_1_need"] == "Current: Level 2\nProposed: Level 3"


def test_blanks_that_only_forms_ask_for_are_said_with_what_to_do(home: Path) -> None:
    case = in_croydon(home)

    done = run(home, "export", case.reference)

    assert (
        "  Only forms ask for Gender, Ethnicity, SEND. To answer:"
        f' escalate record {case.reference} ("something that a form asks for"), and issue it anew\n'
    ) in done.out


def test_each_child_has_its_own(home: Path) -> None:
    case = in_croydon(home, names=[SECOND], children=("child-1", "child-2"))
    text = 'risk = "no"\nwhat = "details"\nchild = "2"\nchild_gender = "girl"\n'

    assert run(home, "record", case.reference, typed=text).code == 0

    issued = run(home, "export", case.reference, "--json").data
    genders = [answers_in(Path(one["file"]), "croydon-notification")["gender"] for one in issued]
    assert genders == ["", "girl"]


def test_cannot_record_details_where_nothing_new_is_answered(home: Path) -> None:
    case = in_herefordshire(home)
    run(home, "record", case.reference, typed=NEED)
    before = entries(home)

    assert run(home, "record", case.reference, typed=NEED) == (
        3,
        "",
        f"error: case {case.reference}: nothing new was answered of what the forms ask for\n"
        '    answer at least one: "need_current", "need_perceived", "case_is_recurring"\n'
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_record_details_where_no_form_asks_for_any(home: Path, case: Built) -> None:
    done = run(home, "record", case.reference, typed='risk = "no"\nwhat = "details"\n')

    assert done.code == 2
    assert "details" not in done.err.splitlines()[-2]


def test_a_form_file_with_problems_does_not_stand_in_the_way_of_recording(home: Path) -> None:
    case = in_herefordshire(home)
    (home / "templates").mkdir()
    (home / "templates" / "herefordshire-appendix-2.toml").write_text("[form]\n", encoding="utf-8")

    done = run(
        home, "record", case.reference, typed='risk = "no"\nwhat = "learning"\non = 2026-04-10\nlearning = "x"\n'
    )

    assert done.code == 0


def test_somebody_at_a_terminal_is_asked_by_the_forms_own_labels(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = in_croydon(home)

    plain_typist.types("record", case.reference)
    plain_typist.answer("at immediate risk", "no")
    plain_typist.answer("What do you want to record?", "details")
    plain_typist.answer("Gender (Escalation Notification Form)", "girl")
    plain_typist.confirm()

    assert plain_typist.ends() == 0
    (fact,) = facts(home, case.reference, "details recorded")
    assert dict(fact.details) == {"child.gender": "girl"}
