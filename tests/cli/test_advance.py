"""`escalate advance`: how this stage ended, and the next."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import HEALTH, NAMES, PERSON, SCHOOL, SOCIAL_CARE, Built, a_case, ended, entered
from tests.cli.kept import drafts, entries, facts, kinds, named, the_fact
from tests.cli.typist import Typist
from tests.running import run

UNRESOLVED = 'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n'


def test_a_stage_without_agreement_leads_to_the_next_with_its_people_forms_and_dates(home: Path, case: Built) -> None:
    text = f'{UNRESOLVED}said = "They said no."\noptions = "Two."\ndecided = "To go up."\nreason = "He is not safe."\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "\n"
        "Stage 2: line manager to line manager\n"
        "  Between the line manager of the professional with concerns and the line manager of the practitioner or"
        " decision maker; each taking advice from the designated safeguarding children professional where necessary.\n"
    )
    assert "\n  Form offered: Escalation Template (Appendix 2), to the partnership's business manager (" in done.out
    assert (
        "\nA message to copy\n    Subject: Escalated to Stage 2: line manager to line manager,"
        f" our reference {case.reference}\n" in done.out
    )
    assert (
        f"\nRecorded in {case.reference}, Stage 2: line manager to line manager:\n"
        "  entry 8: risk considered, Fri 10 Apr\n"
        "  entry 9: discussion recorded, Fri 10 Apr\n"
        "  entry 10: outcome recorded, Fri 10 Apr\n"
        "  entry 11: stage entered, Fri 10 Apr\n"
    ) in done.out
    assert re.search(r"^  Fri 17 Apr: both line managers should achieve a resolution \[", done.out, re.MULTILINE)
    assert done.out.endswith(
        f"\nescalate has sent nothing and told nobody.\nNext: escalate record {case.reference}, or escalate due\n"
    )
    assert the_fact(home, case.reference, "discussion recorded") == e.DiscussionRecorded(
        agencies=(SOCIAL_CARE,), people=(PERSON,), said="They said no.", options="Two.", decision="To go up."
    )
    assert the_fact(home, case.reference, "outcome recorded") == e.OutcomeRecorded(
        agency=SOCIAL_CARE, stage="1", outcome="unresolved"
    )
    assert facts(home, case.reference, "stage entered")[-1] == e.StageEntered(
        stage="2", ground="unresolved", left="1", reason="He is not safe."
    )


@pytest.mark.parametrize("outcome", ["no response", "out of time"])
def test_silence_and_time_are_grounds_to_go_up(home: Path, case: Built, outcome: str) -> None:
    text = UNRESOLVED.replace("unresolved", outcome) + 'said = "Telephoned on 8 and 9 April."\n'
    text += "sent_on = 2026-04-09\n" if outcome == "no response" else ""
    after_the_last_day = text.replace("2026-04-10", "2026-04-11")

    done = run(home, "advance", case.reference, typed=after_the_last_day, today="2026-04-11")

    assert (done.code, done.err) == (0, "")
    assert facts(home, case.reference, "stage entered")[-1].ground == outcome
    # Silence is no discussion: what was sent stands with the outcome.
    assert ("discussion recorded" in kinds(home, case.reference)) is (outcome == "out of time")


def test_a_stage_that_ends_resolved_ends_the_case(home: Path, case: Built) -> None:
    text = UNRESOLVED.replace("unresolved", "resolved") + 'decision = "Visit."\nchanged_for_child = "He is seen."\n'

    done = run(home, "advance", case.reference, "--json", typed=text)

    assert (done.code, done.err, done.data["state"]) == (0, "", "ended")
    assert kinds(home, case.reference)[-1] == "outcome recorded"


def test_each_receiving_agency_has_an_outcome_and_only_the_unsettled_are_asked_again(home: Path) -> None:
    case = a_case(home, names=[NAMES[HEALTH]], receiving_agencies=(SOCIAL_CARE, HEALTH))
    text = 'risk = "no"\non = 2026-04-10\noutcome = "resolved"\ndecision = "Visit."\noutcome-2 = "no response"\n'
    text += 'sent_on-2 = 2026-04-09\nsaid-2 = "Two calls."\n'

    first = run(home, "advance", case.reference, "--json", typed=text)
    refused = run(home, "advance", case.reference, typed='risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n')
    second = run(
        home, "advance", case.reference, "--json", typed='risk = "no"\non = 2026-04-10\noutcome-2 = "unresolved"\n'
    )

    assert (first.data["stage"], second.data["stage"]) == ("2", "3")
    assert refused.err.splitlines()[1:3] == [
        'standard input:3: unknown key "outcome"',
        "    the keys here are: risk, keeps_safe, safety_confirmed_by, on, outcome-2, said-2, sent_on-2, passed_on-2,"
        " decision-2, changed_for_child-2, confirms-2, options, decided, for_us-2, with_whom-2, action-2,"
        " action_owner-2, action_by_on-2, outstanding-2, actions, to, ground, reason, people, learning, names_stand",
    ]
    assert [(fact.agency, fact.stage, fact.outcome) for fact in facts(home, case.reference, "outcome recorded")] == [
        (SOCIAL_CARE, "1", "resolved"),
        (HEALTH, "1", "no response"),
        (HEALTH, "2", "unresolved"),
    ]


def test_actions_agreed_with_each_agency_and_all_the_same_are_numbered_through(home: Path) -> None:
    case = a_case(home, names=[NAMES[HEALTH]], receiving_agencies=(SOCIAL_CARE, HEALTH))
    text = (
        'risk = "no"\non = 2026-04-10\noutcome = "resolved"\ndecision = "Visit."\naction = "A visit"\n'
        'action_owner = "Sam"\naction_by_on = 2026-04-17\noutcome-2 = "unresolved"\n'
        '[[actions]]\nwhat = "A clinic"\n[[actions]]\nwhat = "A letter"\n'
    )

    done = run(home, "advance", case.reference, "--json", typed=text)

    assert {(x["key"], x["act"], x["due_on"]) for x in done.data["owed"] if x["sort"] == "action"} == {
        ("action-1", "A visit", "2026-04-17"),
        ("action-2", "A clinic", None),
        ("action-3", "A letter", None),
    }


def test_passing_over_a_stage_needs_its_reason_and_is_kept_as_a_departure(home: Path, case: Built) -> None:
    text = f'{UNRESOLVED}to = "3"\n'

    refused = run(home, "advance", case.reference, typed=text)
    done = run(home, "advance", case.reference, typed=f'{text}reason = "Both line managers are away."\n')

    assert refused == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input: "reason" is missing: In your words, why does it go up past a stage?\n'
        "    for example: Both line managers are away until the date has passed.\n"
        "Nothing was recorded.\n",
    )
    assert (done.code, done.err) == (0, "")
    departure = the_fact(home, case.reference, "departure recorded")
    assert (departure.what, departure.reason) == (
        "stage 2 passed over, from stage 1 to stage 3",
        "Both line managers are away.",
    )


def test_a_significant_policy_issue_goes_straight_to_the_chair_without_departing(home: Path, case: Built) -> None:
    text = f'{UNRESOLVED}to = "4"\nground = "significant policy issue"\nreason = "No protocol."\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert kinds(home, case.reference)[-2:] == ["outcome recorded", "stage entered"]


def test_missing_answers_are_named_at_once_and_nothing_is_recorded(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "advance", case.reference)

    assert done == (
        2,
        "",
        "error: standard input: 3 answers are missing or cannot be used\n"
        'standard input: "risk" is missing: Is a child at immediate risk now?\n'
        "    one of: yes, no, not sure\n"
        'standard input: "on" is missing: On which day did this stage end?\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        'standard input: "outcome" is missing: How did this stage end?\n'
        "    one of: resolved, unresolved, no response, out of time, going up\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


@pytest.mark.parametrize(
    ("day", "what"),
    [
        (
            "2026-03-31",
            "Tue 31 Mar 2026 is too early: the earliest possible is Wed 1 Apr 2026, when the concern began"
            " (is that wrong? escalate correct KSCP-2026-0001-RQXZ)",
        ),
        ("2026-04-11", "Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026"),
    ],
)
def test_cannot_end_before_the_concern_or_after_today(home: Path, case: Built, day: str, what: str) -> None:
    done = run(home, "advance", case.reference, typed=UNRESOLVED.replace("2026-04-10", day))

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        f'standard input:2: "on": {what}\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        "Nothing was recorded.\n",
    )


def test_cannot_end_a_stage_before_it_was_entered(home: Path) -> None:
    case = a_case(home, entered("2", "2026-04-10"))

    assert run(home, "advance", case.reference, typed=UNRESOLVED.replace("04-10", "04-09")).code == 3
    assert run(home, "advance", case.reference, typed=UNRESOLVED).code == 0


def test_cannot_go_up_from_the_last_stage(home: Path) -> None:
    case = a_case(home, entered("4", "2026-04-10"))
    before = entries(home)

    done = run(home, "advance", case.reference, typed=UNRESOLVED)

    assert done == (
        3,
        "",
        f"error: case {case.reference}: stage 4 is the last of this policy\n"
        f"    record the decision, and each agency's answer: escalate record {case.reference}\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_go_up_in_a_case_that_has_ended(home: Path) -> None:
    case = a_case(home, ended("1", "resolved", "2026-04-10", decision="Visit."))

    assert run(home, "advance", case.reference, typed=UNRESOLVED) == (
        3,
        "",
        f"error: case {case.reference} has ended\n"
        f"    if it must go on: escalate reopen {case.reference}\n"
        "Nothing was recorded.\n",
    )


def test_a_script_that_runs_twice_is_stopped_by_the_stage_it_names(home: Path, case: Built) -> None:
    first = run(home, "advance", case.reference, "--at", "1", typed=UNRESOLVED)
    before = entries(home)

    second = run(home, "advance", case.reference, "--at", "1", typed=UNRESOLVED)

    assert first.code == 0
    assert second == (
        5,
        "",
        f"error: case {case.reference} is at stage 2, not at stage 1\n"
        f"    to see what happened: escalate show {case.reference}\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_learning_makes_its_form_owed(home: Path, case: Built) -> None:
    done = run(home, "advance", case.reference, typed=f'{UNRESOLVED}learning = "Schools are left out."\n')

    assert "\n  Form owed: Governance Process for Escalation form (Appendix 3), to the partnership" in done.out


def test_a_message_that_cannot_be_drafted_does_not_hide_that_the_stage_was_entered(home: Path, case: Built) -> None:
    own = home / "templates" / "messages"
    own.mkdir(parents=True)
    (own / "escalate.txt").write_text("{% if %}", encoding="utf-8")

    done = run(home, "advance", case.reference, typed=UNRESOLVED)

    assert (done.code, done.err) == (0, "")
    assert "  It could not be drafted: messages/escalate.txt: cannot be filled: TemplateSyntaxError;" in done.out
    assert kinds(home, case.reference)[-1] == "stage entered"


def test_a_stage_is_ended_at_a_terminal(typist: Typist, case: Built) -> None:
    typist.types("advance", case.reference)
    typist.expect("A child in danger now: telephone 999.")
    typist.answer("Is a child at immediate risk now?", "2")
    typist.answer("On which day did this stage end?", "yesterday")
    typist.answer("How did this stage end?", "3")
    typist.answer('is "no response" right? (type yes, or another answer)', "", "yes")
    typist.answer_at_length("What did you send or ask, and how?", "Telephoned twice.\nNobody rang back.")
    typist.answer("On which day?", "7 April")
    typist.answer("By which day should they have answered?", "8 April")
    typist.confirm()
    typist.expect("escalate has sent nothing and told nobody.")

    assert typist.ends() == 0
    outcome = the_fact(typist.home, case.reference, "outcome recorded")
    assert (outcome.outcome, outcome.said) == ("no response", "Telephoned twice.\nNobody rang back.")
    assert (outcome.sent_on, outcome.passed_on) == (date(2026, 4, 7), date(2026, 4, 8))
    assert facts(typist.home, case.reference, "stage entered")[-1] == e.StageEntered(
        stage="2", ground="no response", left="1"
    )
    assert case.events()[-1].occurred_on == date(2026, 4, 9)
    assert drafts(typist.home) == []


def test_who_spoke_for_each_side_is_kept_with_the_discussion_that_ended_the_stage(home: Path, case: Built) -> None:
    text = f'{UNRESOLVED}said = "They said no."\nfor_us = "Kai Manager"\nwith_whom = "Jo Manager; Sam Counterpart"\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    people = the_fact(home, case.reference, "discussion recorded").people
    who = {one.party: one for one in named(home, case.reference).values()}
    assert [(who[one].name, who[one].agency) for one in people] == [
        ("Kai Manager", SCHOOL),
        ("Jo Manager", SOCIAL_CARE),
        ("Sam Counterpart", SOCIAL_CARE),
    ]
