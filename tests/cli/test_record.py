"""`escalate record`: a discussion or a fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import HEALTH, NAMES, SOCIAL_CARE, Built, a_case, ended, entered
from tests.cli.kept import drafts, entries, events, facts, kinds, named, the_fact
from tests.cli.typist import Typist
from tests.running import run

TOLD = 'risk = "no"\nwhat = "told"\non = 2026-04-02\nhow = "telephone"\nperson = "Sam Counterpart"\n'


def test_who_was_told_is_recorded_and_what_it_closed_is_said(home: Path, case: Built) -> None:
    done = run(home, "record", case.reference, typed=TOLD, today="2026-04-02")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"Recorded in {case.reference}, Stage 1: practitioner to practitioner:\n"
        "  entry 8: risk considered, Thu 2 Apr\n"
        "  entry 9: counterpart told, Thu 2 Apr\n"
        "\n"
        "No longer open\n"
        "  the professional with concerns should raise the matter with the practitioner or decision maker, verbally or"
        " in writing [Stage 1 para 1]: the counterpart was told\n"
    )
    assert done.out.endswith(
        "\nescalate has sent nothing and told nobody.\n"
        f"Next: escalate export {case.reference} --follow-up, or escalate show {case.reference}\n"
    )
    assert the_fact(home, case.reference, "counterpart told") == e.CounterpartTold(
        agency=SOCIAL_CARE, person="person-counterpart", how="telephone"
    )


def test_a_discussion_keeps_who_took_part_what_was_said_and_each_action(home: Path, case: Built) -> None:
    text = (
        'risk = "no"\nwhat = "discussion"\non = 2026-04-08\ntime = "16:40"\nheld = "meeting"\n'
        'people = "Sam Counterpart; Jo Manager"\nsaid = "Both sides spoke."\noptions = "Two."\ndecision = "Visit."\n'
        'recommendations = "Soon."\n'
        '[[actions]]\nwhat = "A visit"\nowner = "Sam"\nby_on = 2026-04-13\n[[actions]]\nwhat = "A letter"\n'
    )

    done = run(home, "record", case.reference, "--json", typed=text)

    people = named(home, case.reference)
    (event,) = [event for event in events(home, case.reference) if event.kind == "discussion recorded"]
    assert (done.code, done.err) == (0, "")
    assert (event.occurred_on, event.occurred_time) == (date(2026, 4, 8), "16:40")
    assert event.fact == e.DiscussionRecorded(
        agencies=(SOCIAL_CARE,),
        people=(people["Sam Counterpart"].party, people["Jo Manager"].party),
        how="meeting",
        said="Both sides spoke.",
        options="Two.",
        decision="Visit.",
        recommendations="Soon.",
        actions=(
            e.Action(id="action-1", what="A visit", owner="Sam", by_on=date(2026, 4, 13)),
            e.Action(id="action-2", what="A letter"),
        ),
    )
    assert [(x["key"], x["due_on"]) for x in done.data["owed"] if x["sort"] == "action"] == [
        ("action-1", "2026-04-13"),
        ("action-2", None),
    ]


@pytest.mark.parametrize(
    ("answers", "fact"),
    [
        (
            'what = "oversight"\non = 2026-04-09\nmanager = "Jo Manager"\nnote = "Go up."\n',
            e.OversightRecorded(manager="Jo Manager", note="Go up."),
        ),
        (
            'what = "learning"\non = 2026-04-09\nlearning = "Schools are left out."\n',
            e.LearningIdentified(stage="4", learning="Schools are left out."),
        ),
        (
            'what = "situation"\non = 2026-04-09\nfact = "child protection plan"\nanswer = "yes"\n',
            e.SituationRecorded(subject="child-1", facts={"child protection plan": "yes"}),
        ),
        (
            'what = "recommendation"\non = 2026-04-09\nrecommended_by = "The Chair"\nrecommendation = "Assess."\n',
            e.RecommendationMade(by="The Chair", recommendation="Assess.", stage="4", does="recommends"),
        ),
        (
            'what = "response"\non = 2026-04-09\nresponse = "accepted in part"\nresponse_note = "From May."\n',
            e.AgencyResponded(agency=SOCIAL_CARE, response="accepted in part", note="From May."),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_each_kind_of_fact_is_kept_as_answered(home: Path, answers: str, fact: e.Fact) -> None:
    case = a_case(home, entered("4", "2026-04-02"))
    if fact.kind == "agency responded":
        case.add((e.RecommendationMade(by="The Chair", recommendation="Assess.", stage="4"), date(2026, 4, 2)))

    done = run(home, "record", case.reference, typed=f'risk = "no"\n{answers}')

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, fact.kind) == fact


def test_a_written_confirmation_names_the_stage_that_was_resolved(home: Path) -> None:
    case = a_case(home, ended("1", "resolved", "2026-04-08", decision="Visit."))

    done = run(
        home,
        "record",
        case.reference,
        typed='risk = "no"\nwhat = "confirmation"\non = 2026-04-09\nby = "Sam"\nto = "Alex"\nmeans = "e-mail"\n',
    )

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "outcome confirmed") == e.OutcomeConfirmed(
        agency=SOCIAL_CARE, stage="1", by="Sam", to="Alex", how="e-mail"
    )


def test_with_several_agencies_it_is_asked_which_by_its_place_or_all(home: Path) -> None:
    case = a_case(home, names=[NAMES[HEALTH]], receiving_agencies=(SOCIAL_CARE, HEALTH))
    assert run(home, "record", case.reference, typed=TOLD) == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input: "agency" is missing: With which agency?\n'
        "    one of: 1, 2, all\n"
        "Nothing was recorded.\n",
    )
    assert run(home, "record", case.reference, typed=TOLD + 'agency = "2"\n').code == 0
    assert run(home, "record", case.reference, typed=TOLD + 'agency = "all"\n').code == 0
    assert [fact.agency for fact in facts(home, case.reference, "counterpart told")] == [HEALTH, SOCIAL_CARE, HEALTH]


def test_an_answer_about_risk_may_be_all_and_is_followed_by_whom_to_telephone(home: Path, case: Built) -> None:
    text = 'risk = "yes"\nkeeps_safe = "With an aunt."\nwhat = "nothing more"\n'

    done = run(home, "record", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert kinds(home, case.reference) == ["concern raised", "stage entered", "risk considered"]
    assert "\nTelephone now\n  A child in danger now: telephone 999. This record can wait.\n" in done.out


def test_missing_answers_are_named_at_once_and_nothing_is_recorded(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "record", case.reference, typed='what = "discussion"\n')

    assert done == (
        2,
        "",
        "error: standard input: 3 answers are missing or cannot be used\n"
        'standard input: "risk" is missing: Is a child at immediate risk now?\n'
        "    one of: yes, no, not sure\n"
        'standard input: "on" is missing: On which day?\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        'standard input: "said" is missing: What was said?\n'
        "    for example: We showed the attendance. They think that a family support worker is enough for now.\n"
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
def test_cannot_have_happened_before_the_concern_or_after_today(home: Path, case: Built, day: str, what: str) -> None:
    before = entries(home)

    done = run(home, "record", case.reference, typed=TOLD.replace("2026-04-02", day))

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        f'standard input:3: "on": {what}\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_the_day_of_the_concern_and_today_are_both_possible(home: Path, case: Built) -> None:
    for day in ("2026-04-01", "2026-04-10"):
        assert run(home, "record", case.reference, typed=TOLD.replace("2026-04-02", day)).code == 0


def test_cannot_record_in_a_case_that_there_is_not(home: Path, case: Built) -> None:
    assert run(home, "record", "KSCP-2026-0099-Q4TX", typed=TOLD) == (
        4,
        "",
        "error: no case has this reference\n    run `escalate list` to see the references\nNothing was recorded.\n",
    )


def test_a_discussion_is_recorded_at_a_terminal(typist: Typist, case: Built) -> None:
    typist.types("record", case.reference)
    typist.answer("Is a child at immediate risk now?", "2")
    typist.expect("Record each discussion when it is held")
    typist.answer("What do you want to record?", "2")
    typist.answer("On which day?", "")
    typist.answer("How did you speak?", "1")
    typist.answer("Who took part?", "Sam Counterpart")
    typist.answer_at_length("What was said?", "They will look again.")
    typist.enter_until("Did somebody promise to do something?")
    typist.answer("", "y")
    typist.answer("What will be done?", "A visit")
    typist.answer("Who does it?", "Sam")
    typist.answer("By when?", "17/4")
    typist.answer("Was another action agreed?", "")
    typist.confirm()
    typist.expect("escalate has sent nothing and told nobody.")

    assert typist.ends() == 0
    said = the_fact(typist.home, case.reference, "discussion recorded")
    assert (said.said, said.actions) == (
        "They will look again.",
        (e.Action(id="action-1", what="A visit", owner="Sam", by_on=date(2026, 4, 17)),),
    )
    assert drafts(typist.home) == []
