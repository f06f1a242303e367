"""`escalate resolve`: what was agreed with every agency."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escalate.core import events as e
from tests.builders import HEALTH, NAMES, SOCIAL_CARE, Built, a_case, entered
from tests.cli.kept import entries, facts, kinds, the_fact
from tests.running import run

AGREED = 'risk = "no"\non = 2026-04-09\ndecision = "Visit."\n'


def test_what_was_agreed_ends_the_case(home: Path, case: Built) -> None:
    done = run(home, "resolve", case.reference, typed=f'{AGREED}changed_for_child = "He is seen."\n')

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "outcome recorded") == e.OutcomeRecorded(
        agency=SOCIAL_CARE, stage="1", outcome="resolved", decision="Visit.", changed_for_child="He is seen."
    )
    assert "\nResolved with every agency." in done.out
    assert done.out.endswith(f"\nescalate has sent nothing and told nobody.\nNext: escalate show {case.reference}\n")


def test_it_stays_to_be_checked_until_its_action_is(home: Path, case: Built) -> None:
    text = f'{AGREED}action = "A visit"\naction_owner = "Sam"\naction_by_on = 2026-04-17\nlearning = "Ask schools."\n'

    done = run(home, "resolve", case.reference, "--json", typed=text)

    assert (done.code, done.data["state"]) == (0, "to check")
    assert the_fact(home, case.reference, "outcome recorded").actions == (
        e.Action(id="action-1", what="A visit", owner="Sam", by_on=date(2026, 4, 17)),
    )
    assert kinds(home, case.reference)[-3:] == ["risk considered", "learning identified", "outcome recorded"]


def test_each_agency_has_its_own_agreement(home: Path) -> None:
    case = a_case(home, names=[NAMES[HEALTH]], receiving_agencies=(SOCIAL_CARE, HEALTH))

    refused = run(home, "resolve", case.reference, typed=AGREED)
    done = run(home, "resolve", case.reference, typed=f'{AGREED}decision-2 = "Weigh."\naction-2 = "A clinic"\n')

    assert refused.err.splitlines()[1] == (
        'standard input: "decision-2" is missing: What was agreed with Invented Health Visiting Service?'
    )
    assert (done.code, done.err) == (0, "")
    assert [
        (fact.agency, fact.decision, len(fact.actions)) for fact in facts(home, case.reference, "outcome recorded")
    ] == [
        (SOCIAL_CARE, "Visit.", 0),
        (HEALTH, "Weigh.", 1),
    ]


def test_cannot_resolve_what_has_ended(home: Path, case: Built) -> None:
    run(home, "resolve", case.reference, typed=AGREED)
    before = entries(home)

    done = run(home, "resolve", case.reference, typed='risk = "no"\non = 2026-04-09\n')

    assert done == (
        3,
        "",
        f"error: case {case.reference} is resolved with every agency\n"
        f"    if it must go on: escalate reopen {case.reference}\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_resolve_a_stage_before_it_was_entered(home: Path) -> None:
    case = a_case(home, entered("2", "2026-04-09"))

    done = run(home, "resolve", case.reference, typed=AGREED.replace("04-09", "04-08"))

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:2: "on": Wed 8 Apr 2026 is too early: the earliest possible is Thu 9 Apr 2026, when stage 2'
        f" began (is that wrong? escalate correct {case.reference})\n"
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        "Nothing was recorded.\n",
    )


def test_missing_answers_are_named_at_once(home: Path, case: Built) -> None:
    assert run(home, "resolve", case.reference).err == (
        "error: standard input: 3 answers are missing or cannot be used\n"
        'standard input: "risk" is missing: Is a child at immediate risk now?\n'
        "    one of: yes, no, not sure\n"
        'standard input: "on" is missing: On which day was it resolved?\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        'standard input: "decision" is missing: What was agreed?\n'
        "    for example: The plan stays until the review; the children are seen at home every ten days until then.\n"
        "Nothing was recorded.\n"
    )
