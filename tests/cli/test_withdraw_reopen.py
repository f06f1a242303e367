"""`escalate withdraw` and `escalate reopen`."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_case, discussed, ended, entered
from tests.cli.kept import entries, the_fact
from tests.cli.typist import Typist
from tests.running import run

WITHDRAWN = (
    'risk = "no"\non = 2026-04-09\nwanted_by = "Alex Practitioner"\nreason = "The assessment began."\n'
    'manager = "Jo Manager"\nchanged_for_child = "He is assessed."\n'
)


def test_a_withdrawal_says_who_wanted_it_why_and_which_manager_knows(home: Path, case: Built) -> None:
    done = run(home, "withdraw", case.reference, typed=WITHDRAWN)

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "withdrawn") == e.Withdrawn(
        wanted_by="Alex Practitioner",
        reason="The assessment began.",
        manager_who_knows="Jo Manager",
        changed_for_child="He is assessed.",
    )
    assert done.out.endswith(
        "\nThe escalation is withdrawn. Nothing is owed.\n"
        "\nescalate has sent nothing and told nobody.\n"
        f"Next: escalate show {case.reference}\n"
    )


def test_cannot_withdraw_for_no_reason(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "withdraw", case.reference, typed='risk = "no"\non = 2026-04-09\n')

    assert done == (
        2,
        "",
        "error: standard input: 2 answers are missing or cannot be used\n"
        'standard input: "wanted_by" is missing: Who wants it withdrawn?\n'
        "    in words\n"
        'standard input: "reason" is missing: Why?\n'
        "    for example: The family has moved; the new authority holds its own meeting on 4 May.\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_withdraw_twice(home: Path, case: Built) -> None:
    run(home, "withdraw", case.reference, typed=WITHDRAWN)

    assert run(home, "withdraw", case.reference, typed=WITHDRAWN) == (
        3,
        "",
        f"error: case {case.reference} was withdrawn\n"
        f"    if it must go on: escalate reopen {case.reference}\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.parametrize("day", ["2026-03-31", "2026-04-11"])
def test_cannot_withdraw_before_the_concern_or_after_today(home: Path, case: Built, day: str) -> None:
    assert run(home, "withdraw", case.reference, typed=WITHDRAWN.replace("2026-04-09", day)).code == 3


def test_cannot_withdraw_before_the_stage_it_is_at_began(home: Path) -> None:
    case = a_case(home, entered("2", "2026-04-10"))
    before = entries(home)

    done = run(home, "withdraw", case.reference, typed=WITHDRAWN)

    assert done.code == 3
    assert (
        '"on": Thu 9 Apr 2026 is too early: the earliest possible is Fri 10 Apr 2026, when stage 2 began'
        f" (is that wrong? escalate correct {case.reference})\n"
    ) in done.err
    assert entries(home) == before
    assert run(home, "withdraw", case.reference, typed=WITHDRAWN.replace("2026-04-09", "2026-04-10")).code == 0


def test_an_enter_too_many_is_not_taken_for_having_seen_the_page_of_all_answers(typist: Typist, case: Built) -> None:
    typist.types("withdraw", case.reference)
    typist.answer("Is a child at immediate risk now?", "2")
    typist.answer("On which day was it withdrawn?", "")
    typist.answer("Who wants it withdrawn?", "Alex Practitioner")
    typist.answer_at_length("Why?", "They have moved.")
    before = entries(typist.home)
    typist.asked("Which manager knows?")
    typist.child.send("Sam\r" + "\r" * 6)
    typist.press("Enter records them.", "\x03")

    assert typist.ends() == 130
    assert entries(typist.home) == before


def test_a_case_is_opened_again_at_its_stage_with_its_first_dates(home: Path) -> None:
    case = a_case(home, entered("2", "2026-04-09"))
    run(home, "withdraw", case.reference, typed=WITHDRAWN)

    done = run(home, "reopen", case.reference, "--json", typed='reason = "It was closed again."\n', today="2026-04-13")

    owed = {item["key"]: item["due_on"] for item in done.data["owed"]}
    assert (done.code, done.data["state"], done.data["stage"]) == (0, "open", "2")
    # Five working days from Thursday 9 April, as before it was withdrawn.
    assert owed["stage-2-resolve"] == "2026-04-16"
    assert the_fact(home, case.reference, "reopened") == e.Reopened(reason="It was closed again.")


def test_cannot_open_a_case_that_is_open(home: Path, case: Built) -> None:
    assert run(home, "reopen", case.reference, typed='reason = "It was closed again."\n') == (
        3,
        "",
        f"error: case {case.reference} is open\n"
        f"    to see what is owed: escalate show {case.reference}\n"
        "Nothing was recorded.\n",
    )


def test_cannot_open_again_for_no_reason(home: Path, case: Built) -> None:
    run(home, "withdraw", case.reference, typed=WITHDRAWN)

    assert run(home, "reopen", case.reference) == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input: "reason" is missing: Why is it opened again?\n'
        "    in words\n"
        "Nothing was recorded.\n",
    )


def test_a_withdrawal_says_what_stays_owed_and_why(home: Path) -> None:
    promised = e.Action(id="action-1", what="A visit", owner="Sam")
    case = a_case(home, discussed("2026-04-02", actions=(promised,)), ended("1", "unresolved", "2026-04-08"))

    out = run(home, "withdraw", case.reference, typed=WITHDRAWN).out

    assert out[out.index("\nStill owed, and why\n") : out.index("\nescalate has sent")] == (
        "\nStill owed, and why\n"
        "  A visit (Sam), because it was agreed (Thu 2 Apr) [whose is not known; agreed; action-1]\n"
        "  each professional who took part must approve and date the record of the discussion, made when it was held,"
        " and put it on the child's file with any other written communication (it was discussed, 02/04/2026)"
        " [both sides owe it; s4 para 3; s2 bullet 6; place-on-file#8]\n"
        "  the practitioners on both sides should record discussions and decisions in the child's records, showing"
        " actions and outcomes, because stage 1 ended: unresolved (Wed 8 Apr)"
        " [both sides owe it; Stage 1 para 3; stage-1-child-records]\n"
        "\nThe escalation is withdrawn. 3 things stay owed: no withdrawal undoes what each follows from.\n"
    )


def test_a_withdrawal_that_leaves_nothing_owed_says_so(home: Path, case: Built) -> None:
    out = run(home, "withdraw", case.reference, typed=WITHDRAWN).out

    assert "Still owed" not in out
    assert "\nThe escalation is withdrawn. Nothing is owed.\n" in out
