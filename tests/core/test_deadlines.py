"""Deadlines only protect: agreed, proposed, corrected and late, and what is done of actions and duties."""

from __future__ import annotations

from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.owed import OtherReading, Owed, ReadingFollowed, Working
from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered, on, told
from tests.rules.scenario import Scenario, agreed, done, reopened, scenario, withdrawn

BOTH = (SOCIAL_CARE, HEALTH)
VISIT = e.Action(id="action-1", what="Visit the child at home.", owner="Sam Counterpart", by_on=date(2026, 4, 20))


def checked(day: str, was_done: Any = "yes") -> tuple[e.Fact, date]:
    """The first agreed action was looked at."""
    return e.ActionChecked(action="action-1", was_done=was_done), on(day)


def proposed(by_on: str, day: str, item: str = "stage-1-resolve") -> tuple[e.Fact, date]:
    """The counterpart proposed a date."""
    return e.TimescaleProposed(item=item, by_on=on(by_on), proposed_by="Sam Counterpart"), on(day)


def not_applicable(item: str, day: str) -> tuple[e.Fact, date]:
    """Something owed does not apply here."""
    return e.DutyNotApplicable(item=item, reason="The agency has no such post."), on(day)


def dates(case: Scenario, key: str) -> tuple[date | None, date | None, date | None]:
    """Return the date that governs, the policy's own, and the one before a correction."""
    return case[key].due_on, case[key].policy_due_on, case[key].before_correction_on


def test_a_whole_deadline_with_its_working() -> None:
    assert scenario(told("2026-04-02"))["stage-1-reply"] == Owed(
        key="stage-1-reply",
        sort="clock",
        item="stage-1-reply",
        stage="1",
        agency=SOCIAL_CARE,
        party="receiving",
        who="the practitioner or decision maker who received the concern",
        act="speak to the professional with concerns and look for a way forward both agree",
        force="must",
        rule="K7",
        clause="Stage 1 para 2",
        due_on=date(2026, 4, 9),
        policy_due_on=date(2026, 4, 9),
        since_on=date(2026, 4, 2),
        working=Working(
            timescale="3 working days",
            start_on=date(2026, 4, 2),
            started_by="the counterpart was told",
            calendar="ENG-2026-invented",
            readings=(
                ReadingFollowed(
                    doubt="stage-1-reply-start",
                    sort="ambiguity",
                    says="counted from the day the counterpart was told",
                    clause="Stage 1 para 2 (ours)",
                    because="nobody can answer what has not been raised; the source does not say from when the three "
                    "days run",
                    others=(
                        OtherReading(says="counted from the concern", clause="Stage 1 para 2", gives=date(2026, 4, 8)),
                    ),
                ),
            ),
        ),
    )


def test_correcting_a_start_to_a_later_day_keeps_the_earlier_deadline_in_sight() -> None:
    case = scenario().corrected(e.ConcernRaised, decision_received_on=date(2026, 4, 8))

    assert dates(case, "stage-1-resolve") == (date(2026, 4, 15), date(2026, 4, 15), date(2026, 4, 10))
    assert dates(case, "stage-1-raise") == (date(2026, 4, 10), date(2026, 4, 10), date(2026, 4, 7))


def test_correcting_a_start_to_an_earlier_day_brings_the_deadline_forward_and_keeps_nothing_beside_it() -> None:
    case = scenario().corrected(e.ConcernRaised, decision_received_on=date(2026, 3, 30))

    assert dates(case, "stage-1-resolve") == (date(2026, 4, 8), date(2026, 4, 8), None)


def test_correcting_the_day_they_were_told_moves_the_day_they_answer_by() -> None:
    case = scenario(told("2026-04-01")).corrected(e.CounterpartTold, to="2026-04-07")

    assert dates(case, "stage-1-reply") == (date(2026, 4, 10), date(2026, 4, 10), date(2026, 4, 8))


def test_what_was_entered_first_stays_in_sight_through_a_second_correction() -> None:
    once = scenario(told("2026-04-01")).corrected(e.CounterpartTold, to="2026-04-07")
    twice = once.corrected(e.CounterpartTold, to="2026-04-09")

    assert dates(twice, "stage-1-reply") == (date(2026, 4, 14), date(2026, 4, 14), date(2026, 4, 8))


def test_an_earlier_date_agreed_for_one_agency_leaves_the_others_alone() -> None:
    case = scenario(agreed("stage-1-resolve@2", "2026-04-08", "2026-04-02"), receiving_agencies=BOTH)

    assert (case["stage-1-resolve"].due_on, case["stage-1-resolve@2"].due_on) == (date(2026, 4, 10), date(2026, 4, 8))


def test_a_date_agreed_where_the_policy_states_none_is_the_date() -> None:
    case = scenario(entered("2", "2026-04-10"), agreed("take-designated-advice", "2026-04-14", "2026-04-10"))

    owed = case["take-designated-advice"]
    assert (owed.due_on, owed.policy_due_on, owed.no_date) == (date(2026, 4, 14), None, "")


def test_a_date_proposed_moves_nothing_and_is_chased_until_one_is_agreed() -> None:
    case = scenario(proposed("2026-04-17", "2026-04-02"))
    chased = next(one for one in case.owed.values() if one.sort == "proposal")

    assert case["stage-1-resolve"].due_on == date(2026, 4, 10)
    assert (chased.act, chased.no_date, chased.since_on) == (
        "answer the date proposed for stage-1-resolve: 2026-04-17",
        "the date was proposed and not agreed",
        date(2026, 4, 2),
    )
    answered = case.then(agreed("stage-1-resolve", "2026-04-09", "2026-04-07"))
    assert (answered[chased.key].closed_on, answered[chased.key].closed_how) == (
        date(2026, 4, 7),
        "a date was agreed",
    )


def test_an_earlier_date_agreed_makes_missing_it_late_though_the_policys_day_has_not_come() -> None:
    case = scenario(agreed("stage-1-resolve", "2026-04-08", "2026-04-02"), ended("1", "resolved", "2026-04-09"))

    assert case["stage-1-resolve"].is_missed


def test_a_later_date_agreed_and_kept_is_still_past_the_policys() -> None:
    case = scenario(agreed("stage-1-resolve", "2026-04-17", "2026-04-02"), ended("1", "resolved", "2026-04-17"))

    assert case["stage-1-resolve"].is_missed


def test_going_up_before_the_date_is_met_and_after_it_is_missed() -> None:
    assert not scenario(entered("2", "2026-04-10"))["stage-1-resolve"].is_missed
    assert scenario(entered("2", "2026-04-11"))["stage-1-resolve"].is_missed


def test_a_resolved_case_waits_until_each_agreed_action_was_checked() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08", actions=(VISIT,)))

    assert (case.case.state, case.case.ended_on) == ("to check", date(2026, 4, 8))
    assert (case["action-1"].due_on, case["action-1"].is_open) == (date(2026, 4, 20), True)
    assert case.then(checked("2026-04-20", "no")).case.state == "to check"
    in_part = case.then(checked("2026-04-20", "in part"))
    assert (in_part.case.state, in_part["action-1"].evidence) == ("to check", "checked: done in part")
    finished = in_part.then(checked("2026-04-22"))
    assert (finished.case.state, finished["action-1"].closed_on) == ("ended", date(2026, 4, 22))


def test_an_action_that_no_longer_applies_holds_no_case_open() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08", actions=(VISIT,)), not_applicable("action-1", "2026-04-14"))

    assert (case.case.state, case["action-1"].is_open) == ("ended", False)


def test_an_action_without_a_date_says_so() -> None:
    case = scenario(discussed("2026-04-08", actions=(e.Action(id="action-1", what="Ring the school."),)))

    assert (case["action-1"].due_on, case["action-1"].no_date) == (None, "no date was agreed for this action")


def test_a_duty_is_closed_by_evidence_or_as_not_applicable_and_by_nothing_else() -> None:
    case = scenario(entered("2", "2026-04-10"), discussed("2026-04-13"))

    assert case["take-designated-advice"].is_open
    not_here = case.then(not_applicable("take-designated-advice", "2026-04-14"))["take-designated-advice"]
    assert (not_here.closed_on, not_here.closed_how) == (date(2026, 4, 14), "recorded as not applicable")
    was_done = case.then(done("take-designated-advice", "2026-04-14"))["take-designated-advice"]
    assert (was_done.closed_on, was_done.closed_how) == (date(2026, 4, 14), "done")


def test_withdrawing_ends_the_clocks_and_leaves_what_no_withdrawal_undoes() -> None:
    case = scenario(
        discussed("2026-04-07"),
        ended("1", "resolved", "2026-04-08", HEALTH),
        withdrawn("2026-04-09"),
        receiving_agencies=BOTH,
    )

    assert case.case.state == "withdrawn"
    assert (case["stage-1-resolve"].closed_on, case["stage-1-resolve"].closed_how) == (
        date(2026, 4, 9),
        "the escalation was withdrawn",
    )
    assert case["stage-1-confirm@2"].is_open
    assert [case[key].is_open for key in case.keys("place-on-file")] == [True]


def test_reopening_after_a_withdrawal_runs_every_clock_from_its_first_date() -> None:
    case = scenario(withdrawn("2026-04-08"), reopened("2026-05-05"))

    assert case.case.state == "open"
    assert (case["stage-1-resolve"].due_on, case["stage-1-resolve"].is_open) == (date(2026, 4, 10), True)


def test_one_agencys_resolution_ends_only_its_own_clocks() -> None:
    case = scenario(
        told("2026-04-01"),
        told("2026-04-01", HEALTH),
        ended("1", "resolved", "2026-04-07", HEALTH),
        receiving_agencies=BOTH,
    )

    assert [case[key].is_open for key in case.keys("stage-1-resolve")] == [True, False]
    assert [case[key].is_open for key in case.keys("stage-1-reply")] == [True, False]


def test_what_is_owed_does_not_depend_on_the_order_of_two_things_of_one_day() -> None:
    one = scenario(told("2026-04-08"), discussed("2026-04-08"))
    other = scenario(discussed("2026-04-08"), told("2026-04-08"))

    assert one["stage-1-reply"].closed_on == other["stage-1-reply"].closed_on == date(2026, 4, 8)
