"""A case is the fold of its events: any prefix of a chronology reads, and an amended entry reads in its place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core.case import read_case
from escalate.core.deadlines import what_is_owed
from escalate.core.deciding import Decided
from escalate.core.plain import fact_from_plain, to_plain
from tests.builders import HEALTH, SOCIAL_CARE, Happened, at_risk, discussed, ended, entered, told
from tests.rules.scenario import (
    ENGLAND,
    Scenario,
    agreed,
    confirmed,
    done,
    knowsley,
    learned,
    recommended,
    reopened,
    responded,
    scenario,
    situation,
    withdrawn,
)

BOTH = (SOCIAL_CARE, HEALTH)
DAYS = st.dates(date(2026, 4, 1), date(2026, 6, 30)).map(date.isoformat)
STAGES = st.sampled_from(["1", "2", "3", "4"])
AGENCIES = st.sampled_from(BOTH)
ITEMS = st.sampled_from(["stage-1-resolve", "stage-1-reply@2", "stage-2-resolve", "refer-to-the-chair", "give-reasons"])


def checked(day: str, was_done: Any) -> Happened:
    """The first agreed action was checked."""
    return e.ActionChecked(action="action-1", was_done=was_done), date.fromisoformat(day)


def proposed(item: str, by_on: str, day: str) -> Happened:
    """A date was proposed."""
    return e.TimescaleProposed(item=item, by_on=date.fromisoformat(by_on)), date.fromisoformat(day)


HAPPENINGS = st.one_of(
    st.builds(told, DAYS, AGENCIES),
    st.builds(discussed, DAYS),
    st.builds(at_risk, DAYS, st.sampled_from(["yes", "no", "not sure"])),
    st.builds(ended, STAGES, st.sampled_from(["resolved", "unresolved", "no response", "out of time"]), DAYS, AGENCIES),
    st.builds(entered, st.sampled_from(["2", "3", "4"]), DAYS),
    st.builds(confirmed, STAGES, DAYS, AGENCIES),
    st.builds(done, ITEMS, DAYS),
    st.builds(agreed, ITEMS, DAYS, DAYS),
    st.builds(proposed, ITEMS, DAYS, DAYS),
    st.builds(recommended, DAYS),
    st.builds(responded, DAYS, st.sampled_from(["accepted", "not accepted"]), AGENCIES),
    st.builds(situation, DAYS, AGENCIES, health_agency=st.sampled_from(["yes", "no", "not known"])),
    st.builds(learned, DAYS, STAGES),
    st.builds(reopened, DAYS),
    st.builds(withdrawn, DAYS),
    st.builds(checked, DAYS, st.sampled_from(["yes", "no", "in part"])),
)
CHRONOLOGIES = st.lists(HAPPENINGS, max_size=12)


def a_case_in_which(happened: list[Happened]) -> Scenario:
    """Return a case with two receiving agencies, an agreed action, and all this in whatever order it came."""
    visit = e.Action(id="action-1", what="Visit.", by_on=date(2026, 4, 20))
    return scenario(discussed("2026-04-01", actions=(visit,)), *happened, receiving_agencies=BOTH)


@settings(max_examples=25, deadline=None)
@given(CHRONOLOGIES, st.integers(0, 14))
def test_any_prefix_of_a_chronology_reads_and_says_what_is_owed(happened: list[Happened], without: int) -> None:
    case = a_case_in_which(happened)
    opening = next(event.sequence for event in case.events if isinstance(event.fact, e.ConcernRaised))
    prefix = case.events[: max(opening, len(case.events) - without)]

    owed = what_is_owed(read_case(prefix), knowsley(), ENGLAND)

    assert len({one.key for one in owed}) == len(owed)
    assert [one.key for one in owed if not (one.due_on or one.no_date or one.closed_on)] == []


@settings(max_examples=25, deadline=None)
@given(CHRONOLOGIES)
def test_no_agreed_date_makes_anything_later_than_the_policy_does(happened: list[Happened]) -> None:
    case = a_case_in_which(happened)
    kept = tuple(event for event in case.events if not isinstance(event.fact, e.TimescaleAgreed))
    by_policy = {one.key: one.due_on for one in what_is_owed(read_case(kept), knowsley(), ENGLAND)}

    for key, one in case.owed.items():
        if (policys_own := by_policy.get(key)) is not None:
            assert one.due_on is not None
            assert one.due_on <= policys_own


@settings(max_examples=25, deadline=None)
@given(CHRONOLOGIES)
def test_entering_a_stage_late_never_gives_it_its_own_later_date(happened: list[Happened]) -> None:
    case = a_case_in_which(happened)
    for one in case.owed.values():
        if one.own_due_on is not None:
            assert one.due_on is not None
            assert one.due_on <= one.own_due_on


@settings(max_examples=25, deadline=None)
@given(CHRONOLOGIES)
def test_every_fact_comes_back_from_what_is_stored_of_it(happened: list[Happened]) -> None:
    case = a_case_in_which(happened)
    for event in case.events:
        assert event.fact is not None
        assert fact_from_plain(event.kind, to_plain(event.fact)) == event.fact


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60))
def test_stage_2_entered_any_day_late_ends_on_the_same_day(days: int) -> None:
    late = (date(2026, 4, 10) + timedelta(days=days)).isoformat()

    assert scenario(entered("2", late))["stage-2-resolve"].due_on == date(2026, 4, 17)


def test_a_corrected_entry_reads_in_its_place_and_the_correction_stays() -> None:
    case = scenario(told("2026-04-02"), discussed("2026-04-08")).corrected(
        e.CounterpartTold, to="2026-04-07", how="letter"
    )

    kinds = [event.kind for event in case.case.events[-3:]]
    told_now = case.case.latest(e.CounterpartTold)
    assert kinds == ["counterpart told", "discussion recorded", "corrected"]
    assert told_now is not None
    assert isinstance(told_now.fact, e.CounterpartTold)
    assert (told_now.occurred_on, told_now.fact.how) == (date(2026, 4, 7), "letter")


def test_without_corrections_every_entry_reads_as_first_recorded() -> None:
    case = scenario(told("2026-04-02")).corrected(e.CounterpartTold, to="2026-04-07")

    first = read_case(case.events, with_corrections=False).latest(e.CounterpartTold)
    assert first is not None
    assert first.occurred_on == date(2026, 4, 2)


def test_a_redacted_entry_reads_without_its_words_and_keeps_its_day_and_place() -> None:
    case = scenario(discussed("2026-04-08", said="Rowan Testcase was named."), told("2026-04-09"))
    target = next(event for event in case.events if isinstance(event.fact, e.DiscussionRecorded))
    assert target.fact is not None
    restated = {**to_plain(target.fact), "said": "[removed]"}
    redacted = case.then(
        Decided(fact=e.Redacted(reason="a third party", restated=restated), on=date(2026, 4, 9), target=target.sequence)
    )

    read = redacted.case.events[target.sequence - 1]
    assert isinstance(read.fact, e.DiscussionRecorded)
    assert (read.fact.said, read.occurred_on) == ("[removed]", date(2026, 4, 8))


def test_an_entry_of_which_nothing_may_stay_is_left_out() -> None:
    case = scenario(discussed("2026-04-08"))
    target = case.events[-1].sequence
    gone = case.then(Decided(fact=e.Redacted(reason="-", restated={}), on=date(2026, 4, 9), target=target))

    assert gone.case.of(e.DiscussionRecorded) == []
    assert "place-on-file" not in {one.item for one in gone.owed.values()}


def test_a_correction_of_words_that_were_later_removed_does_not_bring_them_back() -> None:
    first = scenario(discussed("2026-04-08", said="First.")).corrected(e.DiscussionRecorded, said="Rowan Testcase.")
    correction = first.events[-1]
    assert isinstance(correction.fact, e.Corrected)
    restated = {**to_plain(correction.fact), "restated": {**correction.fact.restated, "said": "[removed]"}}
    case = first.then(
        Decided(fact=e.Redacted(reason="-", restated=restated), on=date(2026, 4, 9), target=correction.sequence)
    )

    said = case.case.latest(e.DiscussionRecorded)
    assert said is not None
    assert isinstance(said.fact, e.DiscussionRecorded)
    assert said.fact.said == "[removed]"


@pytest.mark.parametrize(
    ("answers", "known"),
    [(["yes", "no"], "yes"), (["no", "no"], "no"), (["no", "not known"], "not known"), ([], "not known")],
)
def test_one_yes_is_yes_and_only_all_no_is_no(answers: list[e.Answer], known: str) -> None:
    told_of = [
        situation("2026-04-02", agency, health_agency=answer) for agency, answer in zip(BOTH, answers, strict=False)
    ]

    assert scenario(*told_of, receiving_agencies=BOTH).case.known("health agency") == known


def test_a_case_is_resolved_when_every_receiving_agencys_outcome_is() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08", HEALTH), receiving_agencies=BOTH)

    assert (case.case.state, case.case.unsettled, case.case.ended_on) == ("open", (SOCIAL_CARE,), None)
    both = case.then(ended("1", "resolved", "2026-04-09"))
    assert (both.case.state, both.case.unsettled, both.case.ended_on) == ("ended", (), date(2026, 4, 9))
