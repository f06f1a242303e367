"""The vocabulary of moments: every phrase a policy may write is read, and means something in a case."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.moments import CAUSES, REPEATING, WAITING, WRITTEN, Moment, occurrences, parse_moment, waiting_for
from tests.builders import HEALTH, SOCIAL_CARE, at_risk, discussed, ended, entered, told
from tests.rules.scenario import (
    confirmed,
    done,
    knowsley,
    learned,
    recommended,
    reopened,
    responded,
    scenario,
    withdrawn,
)

CASE = scenario(
    told("2026-04-02"),
    at_risk("2026-04-02", "not sure"),
    at_risk("2026-04-03"),
    discussed("2026-04-08"),
    learned("2026-04-08"),
    ended("1", "unresolved", "2026-04-10"),
    entered("2", "2026-04-10"),
    done("take-designated-advice", "2026-04-13"),
    ended("2", "resolved", "2026-04-16"),
    confirmed("2", "2026-04-17"),
    disagreed_on="2026-03-31",
)
SILENT = scenario(
    discussed("2026-04-02", how="meeting"),
    ended("1", "no response", "2026-04-10"),
    entered("2", "2026-04-10", ground="no response"),
    discussed("2026-04-14", how="meeting"),
    withdrawn("2026-04-15"),
)
ENDED = scenario(entered("4", "2026-04-10"), recommended("2026-04-17"), responded("2026-04-20"))


@pytest.mark.parametrize("written", WRITTEN)
def test_every_phrase_is_read(written: str) -> None:
    moment = parse_moment(written.replace("[id]", "stage-1-reply"))

    assert moment == Moment(written, "stage-1-reply" if "[id]" in written else "")


@pytest.mark.parametrize(
    ("written", "names"),
    [("stage 2 entered", "stage"), ("clock a missed", "clock"), ("duty b done", "duty"), ("raised", "")],
)
def test_a_moment_names_the_item_it_is_about(written: str, names: str) -> None:
    assert parse_moment(written).refers_to == names


@pytest.mark.parametrize("written", ["", "stage entered", "stage 2 is entered", "Raised", "the clock", "duty  done"])
def test_cannot_read_a_moment_that_is_no_phrase_of_the_vocabulary(written: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the message is compared
        parse_moment(written)

    allowed = ", ".join(f'"{text}"' for text in WRITTEN)
    assert str(refused.value) == f'moment "{written}" is not one of {allowed}'


@pytest.mark.parametrize("name", [*CAUSES, *REPEATING, *WAITING])
def test_what_is_said_of_moments_is_said_of_phrases_that_exist(name: str) -> None:
    assert name in WRITTEN


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("raised", ["2026-04-01"]),
        ("the disagreement", ["2026-03-31"]),
        ("receipt of the decision", ["2026-04-01"]),
        ("the concern", ["2026-03-31"]),
        ("the counterpart told", ["2026-04-02"]),
        ("the counterpart told verbally", ["2026-04-02"]),
        ("each discussion", ["2026-04-08"]),
        ("the stage entered", ["2026-04-10"]),
        ("stage 1 entered", ["2026-04-01"]),
        ("stage 1 unresolved", ["2026-04-10"]),
        ("stage 2 resolved", ["2026-04-16"]),
        ("the outcome", ["2026-04-16"]),
        ("the resolution", ["2026-04-16"]),
        ("resolved", ["2026-04-16"]),
        ("the written confirmation", ["2026-04-17"]),
        ("duty take-designated-advice done", ["2026-04-13"]),
        ("immediate risk", ["2026-04-03"]),
        ("risk not sure", ["2026-04-02"]),
        ("learning identified", ["2026-04-08"]),
    ],
)
def test_when_each_moment_happened_at_stage_2(written: str, days: list[str]) -> None:
    found = [one.on.isoformat() for one in occurrences(parse_moment(written), CASE.case, "2")]

    assert found == days


@pytest.mark.parametrize(
    ("written", "days"), [("the recommendation", ["2026-04-17"]), ("the agency's response", ["2026-04-20"])]
)
def test_when_each_moment_of_the_end_happened(written: str, days: list[str]) -> None:
    assert [one.on.isoformat() for one in occurrences(parse_moment(written), ENDED.case, "4")] == days


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("the meeting", ["2026-04-14"]),
        ("each stage entered", ["2026-04-01", "2026-04-10"]),
        ("stage 1 without a response", ["2026-04-10"]),
        ("stage 2 without a response", []),
        ("stage 1 unresolved", ["2026-04-10"]),
        ("unresolved", ["2026-04-10"]),
        ("no response", ["2026-04-10"]),
        ("withdrawn", ["2026-04-15"]),
    ],
)
def test_when_each_moment_of_silence_a_meeting_and_a_withdrawal_happened(written: str, days: list[str]) -> None:
    assert [one.on.isoformat() for one in occurrences(parse_moment(written), SILENT.case, "2")] == days


@pytest.mark.parametrize(("outcome", "is_silence"), [("no response", True), ("unresolved", False), ("resolved", False)])
def test_only_silence_is_no_response_and_only_an_agreement_is_not_unresolved(
    outcome: e.Outcome, is_silence: bool
) -> None:
    case = scenario(ended("1", outcome, "2026-04-10")).case

    found = {written: any(occurrences(Moment(written), case)) for written in ("no response", "unresolved")}
    assert found == {"no response": is_silence, "unresolved": outcome != "resolved"}


def test_what_happened_at_a_rung_is_said_in_the_policys_own_word() -> None:
    def said(written: str) -> list[str]:
        return [one.said for one in occurrences(parse_moment(written), SILENT.case, "2", called="tier")]

    assert said("each stage entered") == ["tier 1 was entered", "tier 2 was entered"]
    assert said("no response") == ["there was no response at tier 1"]
    assert said("unresolved") == ["tier 1 ended: no response"]


def test_every_phrase_of_the_vocabulary_is_tried_here() -> None:
    """A new phrase needs its row in a table above."""
    happened = set()
    for case, stage in ((CASE, "2"), (SILENT, "2"), (ENDED, "4")):
        for phrase in WRITTEN:
            for id_ in ("1", "2", "take-designated-advice"):
                if any(True for _ in occurrences(parse_moment(phrase.replace("[id]", id_)), case.case, stage)):
                    happened.add(phrase)

    deadlines = {"the previous stage's resolving deadline", "clock [id] missed"}  # only the engine knows these
    assert happened == set(WRITTEN) - deadlines


def test_a_reopened_case_has_its_outcome_its_confirmation_and_its_recommendation_before_it_again() -> None:
    again = CASE.then(reopened("2026-05-05")).case
    chair = ENDED.then(reopened("2026-05-05")).case

    for written in ("the outcome", "the resolution", "the written confirmation"):
        assert list(occurrences(parse_moment(written), again, "2")) == []
    for written in ("the recommendation", "the agency's response"):
        assert list(occurrences(parse_moment(written), chair, "4")) == []


def test_the_same_answer_about_risk_given_again_is_no_new_risk() -> None:
    case = scenario(at_risk("2026-04-02"), at_risk("2026-04-03"), at_risk("2026-04-07", "no"), at_risk("2026-04-08"))

    assert [one.on for one in occurrences(Moment("immediate risk"), case.case)] == [date(2026, 4, 2), date(2026, 4, 8)]


def test_what_happened_with_one_agency_says_so() -> None:
    case = scenario(told("2026-04-02", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert [one.agency for one in occurrences(Moment("the counterpart told"), case.case)] == [HEALTH]


@pytest.mark.parametrize("written", sorted({text for clock in knowsley().clock for text in clock.from_}))
def test_why_a_clock_has_no_date_yet_is_a_sentence(written: str) -> None:
    said = waiting_for(parse_moment(written), CASE.case)

    assert said
    assert "{" not in said
    assert "[id]" not in said
