"""Croydon, the five stages and what comes before them: C1, C2, C16 and C18, each date on both sides of its boundary."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.scripts.known import Known
from escalate.ask.scripts.safety import risk_questions
from escalate.core import deciding
from escalate.core import events as e
from escalate.errors import CannotDecide
from tests.builders import HEALTH, SOCIAL_CARE, at_risk, ended, entered
from tests.rules.croydon import at_stage, case, croydon, decided, page_from
from tests.rules.scenario import agreed, done, responded

GOOD_FRIDAY = "2026-04-03"


@pytest.mark.parametrize(
    ("opened", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-01", "2026-04-02", id="a working day"),
        pytest.param("2026-04-03", "2026-04-03", "2026-04-04", id="easter"),
    ],
)
def test_c1_before_stage_1_it_is_discussed_with_ones_own_line_manager_or_safeguarding_lead(
    opened: str, last_day: str, first_day_late: str
) -> None:
    raised = case(decision_received_on=opened)
    owed = raised["discuss-before-stage-1"]

    assert (owed.due_on, owed.party, owed.force) == (date.fromisoformat(last_day), "raising", "should")
    assert owed.to == "its own line manager or safeguarding lead"
    assert owed.clause.endswith("(that stage 1 begins as the case is opened is ours)")
    assert owed.working.timescale == ""
    assert owed.working.notes == ("it is due before stage 1",)
    assert not raised.then(done("discuss-before-stage-1", last_day))["discuss-before-stage-1"].is_missed
    assert raised.then(done("discuss-before-stage-1", first_day_late))["discuss-before-stage-1"].is_missed


def test_c1_any_professional_goes_to_their_own_line_manager_or_safeguarding_lead() -> None:
    (line,) = croydon().role

    assert (line.role, line.goes_to, line.note) == (
        "any professional with concerns",
        ("own line manager or safeguarding lead",),
        "Before stage 1.",
    )


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_c1_a_child_at_risk_on_good_friday_is_referred_that_very_day(answer: e.RiskAnswer) -> None:
    at_once = case(at_risk(GOOD_FRIDAY, answer))
    (key,) = at_once.keys("refer-at-once")

    assert (at_once[key].due_on, at_once[key].says, at_once[key].force) == (date(2026, 4, 3), "now", "must")
    assert at_once[key].to == "children's social care, or the police"
    assert not at_once.then(done(key, GOOD_FRIDAY))[key].is_missed
    assert at_once.then(done(key, "2026-04-04"))[key].is_missed


def test_c1_nobody_at_risk_owes_no_referral() -> None:
    assert case(at_risk(GOOD_FRIDAY, "no")).keys("refer-at-once") == []


def test_c1_risk_moves_no_date_of_a_stage_and_makes_none_a_guide() -> None:
    before, after = case(), case(at_risk("2026-04-01"))

    assert after["stage-1-resolve"].due_on == before["stage-1-resolve"].due_on == date(2026, 4, 14)
    assert not after["stage-1-resolve"].is_guide
    assert [effect.effect for effect in croydon().immediate_risk] == ["nothing changes"]


def test_c1_what_to_do_at_once_is_said_to_be_ours_and_that_no_child_is_at_risk_is_asked_first() -> None:
    first = risk_questions(Known(today=date(2026, 4, 3)), again=True)[0]

    assert first.text == "Is a child at immediate risk now?"
    assert "(what to do is not stated: referring at once, to whom, and" in page_from("If a child is at immediate risk")


@pytest.mark.parametrize(
    ("opened", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-14", "2026-04-15", id="easter"),
        pytest.param("2026-08-26", "2026-09-07", "2026-09-08", id="august"),
        pytest.param("2026-12-22", "2027-01-05", "2027-01-06", id="christmas"),
        pytest.param("2026-06-01", "2026-06-10", "2026-06-11", id="no holiday"),
    ],
)
def test_c2_stage_1_is_completed_within_seven_working_days(opened: str, last_day: str, first_day_late: str) -> None:
    at_1 = case(decision_received_on=opened)
    owed = at_1["stage-1-resolve"]

    assert (owed.due_on, owed.force, owed.party, owed.rule) == (date.fromisoformat(last_day), "should", "both", "C2")
    assert not at_1.then(ended("1", "resolved", last_day))["stage-1-resolve"].is_missed
    assert at_1.then(ended("1", "resolved", first_day_late))["stage-1-resolve"].is_missed


@pytest.mark.parametrize("stage", ["2", "3", "4"])
def test_c2_each_later_stage_has_seven_working_days_of_its_own(stage: str) -> None:
    climbed = at_stage(stage, "2026-04-01")
    key = f"stage-{stage}-resolve"

    assert climbed[key].due_on == date(2026, 4, 14)
    assert not climbed.then(ended(stage, "resolved", "2026-04-14"))[key].is_missed
    assert climbed.then(ended(stage, "resolved", "2026-04-15"))[key].is_missed


def test_c2_the_executive_has_seven_working_days_too() -> None:
    at_5 = at_stage("5", "2026-04-01")

    assert (at_5["stage-5-decide"].due_on, at_5["stage-5-decide"].party) == (date(2026, 4, 14), "partnership")
    assert not at_5.then(decided("2026-04-14"))["stage-5-decide"].is_missed
    assert at_5.then(decided("2026-04-15"))["stage-5-decide"].is_missed


def test_c2_every_stage_can_take_less_if_the_child_needs_it() -> None:
    assert {clock.within for clock in croydon().clock} == {"7 working days, or less if the child needs it"}
    assert case(agreed("stage-1-resolve", "2026-04-07", "2026-04-02"))["stage-1-resolve"].due_on == date(2026, 4, 7)
    later = case(agreed("stage-1-resolve", "2026-04-20", "2026-04-02"))["stage-1-resolve"]
    assert (later.due_on, later.policy_due_on) == (date(2026, 4, 14), date(2026, 4, 14))


def test_c2_going_up_early_counts_from_that_day_and_going_up_late_gives_nobody_more_time() -> None:
    early = case(entered("2", "2026-04-09"))["stage-2-resolve"]
    late = case(entered("2", "2026-04-20"))["stage-2-resolve"]

    assert (early.due_on, early.working.start_on) == (date(2026, 4, 20), date(2026, 4, 9))
    assert (late.due_on, late.working.start_on, late.own_due_on) == (
        date(2026, 4, 23),
        date(2026, 4, 14),
        date(2026, 4, 29),
    )


def test_c2_late_at_every_stage_the_dates_go_on_from_the_dates_before() -> None:
    climbed = case(*(entered(stage, "2026-06-01") for stage in ("2", "3", "4", "5")))

    assert [clock.due_on for key, clock in climbed.owed.items() if key.startswith("stage-")] == [
        date(2026, 4, 14),
        date(2026, 4, 23),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 26),
    ]


def test_c2_counting_a_later_stage_from_its_entering_only_is_the_reading_not_followed() -> None:
    late = case(entered("2", "2026-04-20"))

    assert late.following(later_stages_start="entered")["stage-2-resolve"].due_on == date(2026, 4, 29)
    told = {reading.doubt: reading for reading in late["stage-2-resolve"].working.readings}
    assert [other.gives for other in told["later-stages-start"].others] == [date(2026, 4, 29)]


def test_c2_stage_1_counts_from_its_opening_and_the_other_reading_from_the_concern_is_told() -> None:
    opened_late = case(opened="2026-04-01", decision_received_on="2026-03-25")

    assert opened_late["stage-1-resolve"].due_on == date(2026, 4, 14)
    assert opened_late.following(stage_1_start="concern")["stage-1-resolve"].due_on == date(2026, 4, 7)
    (reading,) = opened_late["stage-1-resolve"].working.readings
    assert (reading.doubt, [other.gives for other in reading.others]) == ("stage-1-start", [date(2026, 4, 7)])


def test_c2_each_receiving_agency_completes_a_stage_for_itself() -> None:
    two = case(ended("1", "resolved", "2026-04-08", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert [two[key].is_open for key in two.keys("stage-1-resolve")] == [True, False]


@pytest.mark.parametrize(("stage", "above"), [("3", "4"), ("4", "5")])
def test_c16_what_is_unresolved_at_stages_3_and_4_goes_to_the_next(stage: str, above: str) -> None:
    failed = at_stage(stage, "2026-04-01").then(ended(stage, "unresolved", "2026-04-09"))
    key = f"take-to-stage-{above}"

    assert (failed[key].force, failed[key].since_on, failed[key].no_date) == (
        "should",
        date(2026, 4, 9),
        "the policy states no time",
    )
    assert not failed.then(entered(above, "2026-04-10"))[key].is_open
    assert key not in at_stage(stage, "2026-04-01").then(ended(stage, "resolved", "2026-04-14"))


@pytest.mark.parametrize(("stage", "above"), [("3", "4"), ("4", "5")])
def test_c16_silence_at_stages_3_and_4_shows_it_from_the_day_after_the_date(stage: str, above: str) -> None:
    owed = at_stage(stage, "2026-04-01")[f"take-to-stage-{above}"]

    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 14), date(2026, 4, 15))


def test_c16_the_executive_decides_at_stage_5() -> None:
    (ending,) = croydon().ending

    assert (ending.stage, ending.who, ending.does) == ("5", "the Partnership Executive", "decides")
    assert ending.binding is None
    assert "The Partnership Executive decides (whether it binds is not said)." in page_from("Stage 5")


def test_c16_nothing_comes_after_stage_5() -> None:
    at_5 = at_stage("5", "2026-04-01")
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="5", outcome="unresolved")

    with pytest.raises(CannotDecide) as refused:
        deciding.advance(
            at_5.case, croydon(), deciding.GoingUp(on=date(2026, 4, 8), outcomes=(outcome,)), date(2026, 4, 8)
        )

    assert refused.value.what == "case KSCP-2026-0001-TEST: stage 5 is the last of this policy"
    assert (croydon().after("4"), croydon().after("5")) == (("5",), ())


def test_c16_each_agency_is_asked_what_it_will_do_about_the_decision() -> None:
    after = at_stage("5", "2026-04-01").then(decided("2026-04-14"))

    assert (after["answer-the-decision"].party, after.case.state) == ("receiving", "open")
    assert after["answer-the-decision"].clause.endswith("asking each agency is ours)")
    assert after.then(responded("2026-04-16")).case.ended_on == date(2026, 4, 16)
    assert "answer-the-decision" not in at_stage("5", "2026-04-01")


def test_c16_passing_over_a_stage_is_a_departure_because_the_text_names_no_way_straight_up() -> None:
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="unresolved")
    going = deciding.GoingUp(on=date(2026, 4, 8), outcomes=(outcome,), to="3", reason="Both are away.")

    found = deciding.advance(case().case, croydon(), going, date(2026, 4, 8))

    assert croydon().straight_up == ()
    assert found[1].fact == e.DepartureRecorded(
        what="stage 2 passed over, from stage 1 to stage 3", reason="Both are away.", rule="C2 C13 C19"
    )


@pytest.mark.parametrize(("stage", "above"), [("1", "2"), ("2", "3")])
def test_c18_what_is_unresolved_informally_does_not_drift_but_goes_on_by_this_policy(stage: str, above: str) -> None:
    key = f"take-to-stage-{above}"
    at_it = at_stage(stage, "2026-04-01")
    failed = at_it.then(ended(stage, "unresolved", "2026-04-09"))

    assert (at_it[key].shows_from, at_it[key].force) == (date(2026, 4, 15), "should")
    assert (failed[key].since_on, failed[key].shows_from, failed[key].is_open) == (date(2026, 4, 9), None, True)
    assert not failed.then(entered(above, "2026-04-10"))[key].is_open
    assert not at_it.then(ended(stage, "resolved", "2026-04-15"))[key].is_open
    assert key not in at_it.then(ended(stage, "resolved", "2026-04-14"))
