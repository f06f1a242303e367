"""Knowsley, immediate risk: K1, K28, K29, and that going straight up is never refused."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.scripts.known import Known
from escalate.ask.scripts.safety import risk_questions
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.policy import follow
from tests.builders import HEALTH, SOCIAL_CARE, at_risk, ended, entered, told
from tests.rules.scenario import done, knowsley, scenario, withdrawn

GOOD_FRIDAY, EASTER_SATURDAY = "2026-04-03", "2026-04-04"


def test_k1_on_good_friday_a_manager_or_safeguarding_lead_is_told_that_very_day_and_not_on_tuesday() -> None:
    case = scenario(at_risk(GOOD_FRIDAY))
    owed = case[case.keys("tell-manager-of-risk")[0]]

    assert (owed.due_on, owed.says, owed.is_guide) == (date(2026, 4, 3), "now", False)
    assert (owed.force, owed.rule, owed.clause) == ("must", "K1", "s4 para 1")
    assert owed.to == "a manager and/or the safeguarding lead"


@pytest.mark.parametrize("day", ["2026-04-05", "2026-08-31", "2026-12-25", "2027-01-01"])
def test_k1_no_weekend_or_bank_holiday_moves_an_immediate_risk(day: str) -> None:
    case = scenario(at_risk(day), decision_received_on=day)

    assert case[case.keys("tell-manager-of-risk")[0]].due_on == date.fromisoformat(day)


def test_k1_telling_a_manager_that_day_is_on_time_and_the_next_day_is_late() -> None:
    case = scenario(at_risk(GOOD_FRIDAY))
    key = case.keys("tell-manager-of-risk")[0]

    assert not case.then(done(key, GOOD_FRIDAY))[key].is_missed
    assert case.then(done(key, EASTER_SATURDAY))[key].is_missed


def test_k1_not_sure_asks_for_a_manager_just_as_well() -> None:
    case = scenario(at_risk(GOOD_FRIDAY, "not sure"))

    assert [case[key].says for key in case.keys("tell-manager-of-risk")] == ["now"]
    assert case.keys("tell-line-manager-of-risk") == []


def test_k1_withdrawing_the_escalation_does_not_end_the_duty_to_tell_a_manager() -> None:
    case = scenario(at_risk(GOOD_FRIDAY), withdrawn(GOOD_FRIDAY))

    assert case[case.keys("tell-manager-of-risk")[0]].is_open


def test_k1_risk_is_asked_first_with_the_numbers_to_telephone() -> None:
    first = risk_questions(Known(today=date(2026, 4, 3)), again=False)[0]

    assert first.text == "Is a child at immediate risk of significant harm?"
    assert [option.value for option in first.options] == ["yes", "no", "not sure"]
    assert first.notice.splitlines()[0] == "A child in danger now: telephone 999. This record can wait."


def test_k28_the_line_manager_is_told_at_once() -> None:
    case = scenario(at_risk(EASTER_SATURDAY))
    key = case.keys("tell-line-manager-of-risk")[0]

    assert (case[key].due_on, case[key].says, case[key].to) == (date(2026, 4, 4), "now", "the line manager")
    assert not case.then(done(key, EASTER_SATURDAY))[key].is_missed
    assert case.then(done(key, "2026-04-05"))[key].is_missed


def test_k28_the_times_become_a_guide_and_keep_their_dates() -> None:
    before, after = scenario(), scenario(at_risk("2026-04-01"))

    assert {key: one.due_on for key, one in before.owed.items() if one.sort == "clock"} == {
        key: one.due_on for key, one in after.owed.items() if one.sort == "clock"
    }
    assert {one.is_guide for one in before.owed.values() if one.sort == "clock"} == {False}
    assert {one.is_guide for one in after.owed.values() if one.sort == "clock"} == {True}


def test_k28_the_times_bind_again_once_the_child_is_no_longer_at_immediate_risk() -> None:
    case = scenario(at_risk("2026-04-01"), at_risk("2026-04-02", "no"))

    assert not case["stage-1-resolve"].is_guide


def test_k28_not_sure_leaves_the_times_binding() -> None:
    assert not scenario(at_risk("2026-04-01", "not sure"))["stage-1-resolve"].is_guide


def test_k28_a_second_time_at_risk_is_a_second_call() -> None:
    case = scenario(at_risk("2026-04-01"), at_risk("2026-04-02", "no"), at_risk("2026-04-08"))

    dates = [case[key].due_on for key in case.keys("tell-line-manager-of-risk")]
    assert dates == [date(2026, 4, 1), date(2026, 4, 8)]


def test_k28_going_to_the_managers_for_immediate_risk_is_no_departure() -> None:
    case = scenario(at_risk("2026-04-01")).case
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="unresolved")
    going = deciding.GoingUp(on=date(2026, 4, 1), outcomes=(outcome,), ground="immediate risk")

    decided = deciding.advance(case, knowsley(), going, date(2026, 4, 1))

    assert [one.fact for one in decided] == [
        outcome,
        e.StageEntered(stage="2", ground="immediate risk", left="1"),
    ]


def test_k29_the_stages_stay_open_with_their_dates_as_a_guide() -> None:
    case = scenario(at_risk("2026-04-01"), told("2026-04-01"), entered("2", "2026-04-01"))

    assert case["stage-2-resolve"].due_on == date(2026, 4, 10)
    assert case["stage-2-resolve"].is_guide
    assert case.case.state == "open"


def test_k29_the_other_reading_is_told_beside_each_date_it_would_take_away() -> None:
    reading = scenario(at_risk("2026-04-01"))["stage-1-raise"].working.readings[-1]

    assert (reading.doubt, reading.sort) == ("immediate-risk-and-stages", "ambiguity")
    assert reading.says == "act at once; the stages stay open with their dates as a guide"
    assert [(other.says, other.gives) for other in reading.others] == [
        ("the stages are only for a child not at immediate risk", None)
    ]


def test_k29_a_partnership_that_follows_the_other_reading_has_no_dates_while_risk_is_immediate() -> None:
    case = scenario(at_risk("2026-04-01")).following(immediate_risk_and_stages="no-stages")

    assert case["stage-1-resolve"].due_on is None
    assert case["stage-1-resolve"].no_date == "a child is at immediate risk: act at once"
    assert case[case.keys("tell-manager-of-risk")[0]].due_on == date(2026, 4, 1)


def test_k29_the_policy_says_what_immediate_risk_does() -> None:
    effect = follow(knowsley()).immediate_risk[0]

    assert effect.effect == "clocks become guides"
    assert effect.rules == ("K28", "K29")
    assert effect.clause == "s1 para 5; s4 paras 1-2"


def test_k20_going_up_is_never_refused_for_what_somebody_has_not_done() -> None:
    case = scenario(receiving_agencies=(SOCIAL_CARE, HEALTH)).case
    outcomes = tuple(
        e.OutcomeRecorded(agency=agency, stage="1", outcome="no response") for agency in (SOCIAL_CARE, HEALTH)
    )

    decided = deciding.advance(
        case, knowsley(), deciding.GoingUp(on=date(2026, 4, 2), outcomes=outcomes), date(2026, 4, 2)
    )

    assert decided[-1].fact == e.StageEntered(stage="2", ground="no response", left="1")


def test_k20_a_stage_skipped_on_no_ground_the_policy_names_is_recorded_as_a_departure() -> None:
    case = scenario(ended("1", "unresolved", "2026-04-08")).case
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="unresolved")
    going = deciding.GoingUp(on=date(2026, 4, 8), outcomes=(outcome,), to="3", reason="Both managers are away.")

    decided = deciding.advance(case, knowsley(), going, date(2026, 4, 8))

    assert [one.fact for one in decided] == [
        outcome,
        e.DepartureRecorded(
            what="stage 2 passed over, from stage 1 to stage 3", reason="Both managers are away.", rule="K11 K12"
        ),
        e.StageEntered(stage="3", ground="skipped", left="1", reason="Both managers are away."),
    ]
