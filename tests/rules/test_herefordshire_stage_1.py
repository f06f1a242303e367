"""Herefordshire before stage 1 and at stage 1: H1, H2, H5 to H8, H19 and H31."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.files.forms.loading import load_form
from tests.builders import HEALTH, SOCIAL_CARE, at_risk, discussed, ended, entered, on, told
from tests.rules.herefordshire import CHILD, at_stage, case, herefordshire, page, standings, to_stage_1
from tests.rules.scenario import Scenario, done, situation


def risk_duty(one: Scenario) -> list[str]:
    """Return the keys of the duty to refer an immediate risk."""
    return one.keys("refer-immediate-risk")


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2026-04-02", id="a-working-day"),
        pytest.param("2026-04-03", id="good-friday"),
        pytest.param("2026-04-04", id="saturday"),
    ],
)
def test_h1_an_immediate_risk_goes_by_the_referral_procedures_that_very_day(day: str) -> None:
    one = case(at_risk(day))
    [key] = risk_duty(one)
    owed = one[key]

    assert (owed.due_on, owed.says, owed.force, owed.party) == (on(day), "now", "must", "both")
    assert owed.to == "children's social care, by the established safeguarding referral procedures"


def test_h1_done_on_the_day_it_is_in_time_and_done_the_day_after_it_is_late() -> None:
    one = case(at_risk("2026-04-02"))
    [key] = risk_duty(one)

    assert not one.then(done(key, "2026-04-02"))[key].is_missed
    assert one.then(done(key, "2026-04-03"))[key].is_missed


def test_h1_not_being_sure_is_referred_too_and_no_risk_is_not() -> None:
    assert len(risk_duty(case(at_risk("2026-04-02", "not sure")))) == 1
    assert risk_duty(case(at_risk("2026-04-02", "no"))) == []


def test_h1_the_stages_and_their_dates_stay_as_they_are() -> None:
    one = at_stage("1", "2026-04-02", at_risk("2026-04-02"))

    assert (one["stage-1-resolve"].due_on, one["stage-1-resolve"].is_guide) == (date(2026, 4, 8), False)
    assert [effect.effect for effect in herefordshire().immediate_risk] == ["nothing changes"]


def test_h2_the_informal_step_comes_first_and_is_no_formal_stage() -> None:
    stage = herefordshire().stage[0]

    assert (stage.id, stage.informal, stage.title) == ("informal", True, "Before stage 1: practitioner to counterpart")
    assert [one.id for one in herefordshire().stage if not one.informal] == ["1", "2", "3", "4"]
    assert case().case.stage == "informal"


def test_h2_the_practitioner_should_raise_it_with_the_counterpart_of_each_agency() -> None:
    one = case(told("2026-04-01"), receiving_agencies=(SOCIAL_CARE, HEALTH))
    owed = one["raise-with-counterpart@2"]

    assert (owed.force, owed.party, owed.clause) == ("should", "raising", "s4 para 1")
    assert owed.act == "raise it with the counterpart in the other agency, by telephone or face to face"
    assert (owed.due_on, owed.no_date) == (None, "the policy states no time")
    assert (one["raise-with-counterpart"].is_open, owed.is_open) == (False, True)
    assert case(told("2026-04-01", how="e-mail"))["raise-with-counterpart"].is_open
    assert not case(discussed("2026-04-01"))["raise-with-counterpart"].is_open


def test_h2_the_named_safeguarding_lead_may_be_consulted() -> None:
    owed = case()["consult-named-lead"]

    assert (owed.force, owed.to, owed.is_open) == ("may", "the agency's named safeguarding lead", True)
    assert not at_stage("1")["consult-named-lead"].is_open


@pytest.mark.parametrize("outcome", ["resolved", "unresolved"])
def test_h2_the_outcome_must_be_on_the_childs_case_records(outcome: e.Outcome) -> None:
    one = case(ended("informal", outcome, "2026-04-02"))
    owed = one["informal-outcome-on-record"]

    assert (owed.force, owed.to, owed.is_open) == ("must", "the child's case records", True)
    assert not one.then(done("informal-outcome-on-record", "2026-04-02"))["informal-outcome-on-record"].is_open
    assert "informal-outcome-on-record" not in case(discussed("2026-04-02"))


def test_h2_the_record_starts_the_protocol_where_it_goes_to_a_manager() -> None:
    owed = at_stage("1")["start-with-the-record"]

    assert (owed.force, owed.to) == ("must", "the line or team manager")
    assert owed.evidence == "the record of the informal discussion, given to the manager"
    assert "start-with-the-record" not in case()


def test_h5_it_must_go_to_a_line_or_team_manager_who_should_speak_to_the_counterpart() -> None:
    one = at_stage("1")
    must, should = one["take-to-line-manager"], one["managers-discuss"]

    assert (must.force, must.to) == ("must", "the line or team manager")
    assert (should.force, should.to) == ("should", "the line or team manager in the other agency")
    assert "take-to-line-manager" not in case()
    assert herefordshire().stage[1].between == (
        "the line or team manager of the practitioner with the concern",
        "the line or team manager in the other agency",
    )
    assert [post.title for post in herefordshire().post if post.rules == ("H5",)] == ["Line or Team Manager"]


def test_h5_the_practitioners_own_talk_of_that_day_is_not_the_managers_discussion() -> None:
    one = case(discussed("2026-04-02"), to_stage_1("2026-04-02"))

    assert one["managers-discuss"].is_open
    assert one["take-to-line-manager"].is_open


def test_h6_each_side_must_state_the_problem_the_challenge_and_the_aim() -> None:
    owed = at_stage("1")["state-problem-challenge-and-aim"]

    assert (owed.force, owed.party, owed.clause) == ("must", "both", "4.1 para 1")
    assert owed.evidence == ("not known yet: the nature of the disagreement, what the other side wants to achieve")
    stated = at_stage("1", nature="Whether to assess.", they_want="Early help first.")
    assert not stated["state-problem-challenge-and-aim"].is_open


@pytest.mark.parametrize("outcome", ["resolved", "unresolved", "no response", "out of time"])
@pytest.mark.parametrize("stage", ["1", "2", "3"])
def test_h6_what_each_of_stages_1_to_3_came_to_must_be_on_the_childs_file_by_both(
    stage: str, outcome: e.Outcome
) -> None:
    one = at_stage(stage, "2026-04-02", ended(stage, outcome, "2026-04-08"))
    owed = one[f"stage-{stage}-on-file"]

    assert (owed.force, owed.party, owed.since_on) == ("must", "both", date(2026, 4, 8))
    assert owed.act.startswith(f"record on {owed.to}, in both agencies, ")
    assert f"stage-{stage}-on-file" not in at_stage(stage)


def test_h6_two_agencies_each_owe_their_record() -> None:
    one = at_stage("1", receiving_agencies=(SOCIAL_CARE, HEALTH))
    settled = one.then(ended("1", "resolved", "2026-04-07", HEALTH))

    assert settled.keys("stage-1-on-file") == ["stage-1-on-file@2"]


@pytest.mark.parametrize("fact", ["child_protection_plan", "looked_after"])
def test_h7_the_reviewing_officer_must_be_notified_of_a_child_on_a_plan_or_looked_after(fact: str) -> None:
    other = {"child_protection_plan": "looked_after", "looked_after": "child_protection_plan"}[fact]
    known: dict[str, e.Answer] = {fact: "yes", other: "no"}
    one = at_stage("1", "2026-04-02", situation("2026-04-02", CHILD, **known))
    owed = one["notify-reviewing-officer"]

    assert (owed.force, owed.condition, owed.to) == ("must", "", "the child's Independent Reviewing Officer")
    assert (owed.due_on, owed.no_date, owed.clause) == (
        None,
        "the policy states no time",
        "4.1 para 1 (by whom is not stated: that it falls to the managers on both sides is ours)",
    )


def test_h7_nobody_is_notified_of_a_child_who_is_neither() -> None:
    neither = situation("2026-04-02", CHILD, child_protection_plan="no", looked_after="no")

    assert "notify-reviewing-officer" not in at_stage("1", "2026-04-02", neither)


def test_h7_while_nobody_knows_it_is_owed_if_it_is_so() -> None:
    nothing = at_stage("1")["notify-reviewing-officer"]
    half = at_stage("1", "2026-04-02", situation("2026-04-02", CHILD, looked_after="no"))["notify-reviewing-officer"]

    assert nothing.condition == "is the child on a child protection plan? or is the child looked after?"
    assert half.condition == "is the child on a child protection plan?"


def test_h7_one_of_several_children_is_enough() -> None:
    one = at_stage("1", "2026-04-02", children=("child-1", "child-2")).then(
        situation("2026-04-02", "child-1", child_protection_plan="no", looked_after="no"),
        situation("2026-04-02", "child-2", child_protection_plan="no", looked_after="yes"),
    )

    assert one["notify-reviewing-officer"].condition == ""


def test_h7_it_is_asked_at_stage_1_only() -> None:
    on_a_plan = situation("2026-04-02", CHILD, child_protection_plan="yes")

    assert "notify-reviewing-officer" not in case(on_a_plan)
    assert "notify-reviewing-officer" not in case(on_a_plan, entered("2", "2026-04-02"))


@pytest.mark.parametrize("stage", ["1", "2", "3"])
def test_h8_the_agencies_must_agree_who_records_and_shares_the_agreed_actions(stage: str) -> None:
    one = at_stage(stage, "2026-04-02", ended(stage, "resolved", "2026-04-08"))
    owed = one[f"stage-{stage}-who-records"]

    assert (owed.force, owed.party, owed.is_open) == ("must", "both", True)
    assert owed.act == "agree who makes the record of the agreed actions and shares it with the other agency"
    unresolved = at_stage(stage, "2026-04-02", ended(stage, "unresolved", "2026-04-08"))
    assert f"stage-{stage}-who-records" not in unresolved


def test_h8_an_agreed_action_is_owed_by_its_own_date_until_somebody_has_checked_it() -> None:
    action = e.Action(id="action-1", what="Visit the home.", owner="Sam Counterpart", by_on=date(2026, 4, 10))
    one = at_stage("1", "2026-04-02", ended("1", "resolved", "2026-04-08", actions=(action,)))

    assert (one["action-1"].due_on, one["action-1"].is_open, one.case.state) == (date(2026, 4, 10), True, "to check")
    checked = one.then((e.ActionChecked(action="action-1", was_done="yes"), date(2026, 4, 10)))
    assert (checked["action-1"].is_open, checked["action-1"].is_missed, checked.case.state) == (False, False, "ended")
    assert one.then((e.ActionChecked(action="action-1", was_done="yes"), date(2026, 4, 11)))["action-1"].is_missed


def test_h8_recording_says_to_date_each_action_and_to_check_it_afterwards() -> None:
    prompt = next(prompt for prompt in herefordshire().prompt if prompt.rules == ("H8",))

    assert (prompt.at, prompt.says) == (
        ("record",),
        "Give each agreed action its own date. The agencies should check afterwards that it was done by then.",
    )


def test_h19_the_agencys_log_is_on_offer_from_stage_1_and_never_owed() -> None:
    form = next(use for use in herefordshire().form if use.form == "herefordshire-appendix-1")

    assert standings(case())["herefordshire-appendix-1"] == "not asked for"
    for stage in ("1", "2", "3", "4"):
        assert standings(at_stage(stage))["herefordshire-appendix-1"] == "offered"
    assert (form.title, form.to, form.names) == (
        "Agency escalation Summary Log (Appendix 1)",
        "the agency's own records",
        "in full",
    )
    assert form.obtained_from == ""


def test_h19_the_log_has_a_row_for_each_child_under_the_protocols_eight_headings() -> None:
    definition, _ = load_form("herefordshire-appendix-1")
    (log,) = definition.tables

    assert (definition.is_official, definition.return_to, definition.fields) == (True, "", ())
    assert (log.rows_of, log.rows, [column.label for column in log.columns]) == (
        "children",
        7,
        [
            "Escalation Ref Number",
            "Child Details",
            "Concern",
            "Level of Need",
            "Summary of Professional Difference",
            "Date initial escalation raised",
            "Action taken / Progress updates",
            "Outcome / Summary of Resolution",
        ],
    )
    assert log.columns[1].guidance == ("Name:", "DOB:", "Age:", "Unique identifier:")


def test_h19_h31_a_line_manager_or_safeguarding_lead_may_keep_a_row_in_it() -> None:
    owed = at_stage("1")["keep-the-agency-log"]

    assert (owed.force, owed.who, owed.form) == (
        "may",
        "the line manager or safeguarding lead",
        "herefordshire-appendix-1",
    )
    assert owed.clause == "Appendix 1; 4.1 para 3 (one row per case is ours)"


def test_h31_an_agencys_own_recording_procedure_should_be_followed_too() -> None:
    owed = at_stage("1")["follow-internal-recording"]

    assert (owed.force, owed.party, owed.clause) == ("should", "both", "4.1 para 3")
    assert owed.evidence == "the agency's own record"
    assert "follow-internal-recording" not in case()
    assert "should follow that procedure too." in page()
