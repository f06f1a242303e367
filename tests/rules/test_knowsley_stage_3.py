"""Knowsley, stage 3, senior manager to senior manager: K15 to K19 and K31."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import HEALTH, SOCIAL_CARE, ended, entered
from tests.rules.scenario import Scenario, agreed, done, knowsley, scenario, situation


def at_stage_3(day: str, **concern: str) -> Scenario:
    """A case whose stages 2 and 3 were entered on one day."""
    return scenario(entered("2", day), entered("3", day), **concern)


def test_k15_it_is_referred_to_the_relevant_senior_managers() -> None:
    stage, case = knowsley().stage_of("3"), scenario(ended("2", "unresolved", "2026-04-16"), entered("2", "2026-04-09"))
    assert stage is not None

    assert stage.between == (
        "the senior manager of the agency raising the concern",
        "the senior manager of the agency receiving it",
    )
    assert stage.how == "a head of service, detective inspector, head teacher or other designated senior manager"
    assert (case["stage-3-refer"].force, case["stage-3-refer"].act) == (
        "must",
        "refer the issue to the senior managers",
    )


def test_k15_a_health_agency_may_ask_its_named_doctor_or_nurse_directly() -> None:
    case = at_stage_3("2026-04-10").then(situation("2026-04-10", HEALTH, health_agency="yes"))
    owed = case["ask-named-professional"]

    assert (owed.force, owed.condition, owed.clause) == ("may", "", "Stage 3 para 1")


def test_k15_whether_it_is_a_health_agency_is_asked_while_nobody_knows_and_dropped_where_it_is_not() -> None:
    case = at_stage_3("2026-04-10")

    assert case["ask-named-professional"].condition == "is this agency a health service?"
    assert "ask-named-professional" not in case.then(situation("2026-04-10", SOCIAL_CARE, health_agency="no"))


def test_k15_one_health_agency_among_several_is_enough() -> None:
    case = at_stage_3("2026-04-10").then(
        situation("2026-04-10", SOCIAL_CARE, health_agency="no"), situation("2026-04-10", HEALTH, health_agency="yes")
    )

    assert case["ask-named-professional"].condition == ""


def test_k15_whom_the_named_professional_replaces_is_open_and_the_other_reading_asks_at_stage_2() -> None:
    case = scenario(entered("2", "2026-04-10"))

    assert "ask-named-professional" not in case
    assert "ask-named-professional" in case.following(named_professional_instead_of_whom="instead-at-2")


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late", "under_the_text"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-08", "2026-04-10", id="easter"),
        pytest.param("2026-08-27", "2026-09-01", "2026-09-02", "2026-09-04", id="august"),
        pytest.param("2026-12-23", "2026-12-29", "2026-12-30", "2027-01-04", id="christmas"),
    ],
)
def test_k16_stage_3_is_resolved_in_two_working_days_and_what_five_would_give_is_told(
    start: str, last_day: str, first_day_late: str, under_the_text: str
) -> None:
    case = at_stage_3(start, decision_received_on=start)
    owed = case["stage-3-resolve"]

    assert owed.due_on == date.fromisoformat(last_day)
    reading = owed.working.readings[0]
    assert (reading.doubt, reading.sort, reading.clause) == ("stage-3-time", "contradiction", "flowchart stage 3")
    assert reading.because == "it protects the child sooner"
    assert [(other.says, other.clause, other.gives) for other in reading.others] == [
        ("a resolution within 5 working days", "Stage 3 para 2", date.fromisoformat(under_the_text))
    ]
    assert not case.then(ended("3", "resolved", last_day))["stage-3-resolve"].is_missed
    assert case.then(ended("3", "resolved", first_day_late))["stage-3-resolve"].is_missed


def test_k16_a_partnership_may_follow_the_text() -> None:
    case = at_stage_3("2026-04-01").following(stage_3_time="text")

    assert case["stage-3-resolve"].due_on == date(2026, 4, 10)
    assert [other.gives for other in case["stage-3-resolve"].working.readings[0].others] == [date(2026, 4, 7)]


def test_k16_entered_late_it_counts_from_the_day_by_which_stage_2_was_to_be_resolved() -> None:
    case = scenario(entered("2", "2026-04-24"), entered("3", "2026-05-05"))
    owed = case["stage-3-resolve"]

    assert (owed.due_on, owed.own_due_on) == (date(2026, 4, 21), date(2026, 5, 7))
    assert owed.working.started_by == "the day by which stage 2 was to be resolved"


def test_k16_a_shorter_time_agreed_at_stage_2_brings_stage_3_forward_too() -> None:
    case = scenario(
        entered("2", "2026-04-10"), agreed("stage-2-resolve", "2026-04-14", "2026-04-10"), entered("3", "2026-04-17")
    )

    assert case["stage-3-resolve"].due_on == date(2026, 4, 16)


def test_k16_a_longer_time_agreed_at_stage_2_puts_stage_3_off_by_nothing() -> None:
    case = scenario(
        entered("2", "2026-04-10"), agreed("stage-2-resolve", "2026-04-24", "2026-04-10"), entered("3", "2026-04-24")
    )

    assert (case["stage-3-resolve"].due_on, case["stage-3-resolve"].own_due_on) == (
        date(2026, 4, 21),
        date(2026, 4, 28),
    )


@pytest.mark.parametrize(
    ("start", "missed_on", "late_on"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_k16_it_is_referred_the_same_working_day_as_the_date_missed(start: str, missed_on: str, late_on: str) -> None:
    case = scenario(entered("2", start), decision_received_on=start)
    owed = case["stage-3-refer"]

    assert (owed.due_on, owed.shows_from) == (date.fromisoformat(missed_on), date.fromisoformat(missed_on))
    assert "stage-3-refer" not in case.then(entered("3", missed_on))
    assert case.then(entered("3", late_on))["stage-3-refer"].is_missed


def test_k16_referred_without_delay_is_the_reading_not_followed_and_its_very_day_is_told() -> None:
    case = scenario(entered("2", "2026-04-01"), ended("2", "unresolved", "2026-04-03"))
    owed = case["stage-3-refer"]

    assert owed.due_on == date(2026, 4, 7)
    assert [(reading.doubt, reading.says) for reading in owed.working.readings] == [
        ("stage-3-referral-time", "referred within the same working day")
    ]
    assert [other.gives for other in owed.working.readings[0].others] == [date(2026, 4, 3)]


def test_k16_resolved_in_time_nothing_is_referred() -> None:
    assert "stage-3-refer" not in scenario(entered("2", "2026-04-01"), ended("2", "resolved", "2026-04-10"))


def test_k17_notifying_the_commissioners_is_to_be_considered_where_the_service_is_commissioned() -> None:
    case = at_stage_3("2026-04-10")

    assert case["notify-commissioners"].force == "consider"
    assert case["notify-commissioners"].condition == (
        "is the service commissioned, so that its commissioner could help resolve this?"
    )
    known = case.then(situation("2026-04-10", SOCIAL_CARE, commissioned_service="yes"))
    assert (known["notify-commissioners"].condition, known["notify-commissioners"].act) == (
        "",
        "notifying the commissioners, who can refer to contract compliance",
    )
    assert "notify-commissioners" not in case.then(situation("2026-04-10", SOCIAL_CARE, commissioned_service="no"))


def test_k18_a_disagreement_at_stage_3_is_copied_to_the_business_manager_by_appendix_2() -> None:
    owed = at_stage_3("2026-04-10")["copy-to-business-manager"]

    assert (owed.force, owed.party, owed.form, owed.contact) == (
        "should",
        "raising",
        "knowsley-appendix-2",
        "business-manager",
    )
    assert (owed.due_on, owed.no_date) == (None, "the policy states no time")
    assert "copy-to-business-manager" not in scenario(entered("2", "2026-04-10"))


def test_k18_entering_stage_3_does_not_copy_it_to_anybody() -> None:
    case = at_stage_3("2026-04-10")

    assert case["copy-to-business-manager"].is_open
    assert not case.then(done("copy-to-business-manager", "2026-04-10"))["copy-to-business-manager"].is_open


def test_k19_each_senior_manager_involves_their_directors() -> None:
    owed = at_stage_3("2026-04-10")["involve-directors"]

    assert (owed.who, owed.force, owed.party) == ("each senior manager", "will", "both")
    assert owed.to == "the agency's assistant directors or director"


def test_k31_a_second_notice_is_owed_from_the_day_after_stage_3_was_to_be_resolved() -> None:
    case = at_stage_3("2026-04-10")
    owed = case["second-notice"]

    assert case["stage-3-resolve"].due_on == date(2026, 4, 14)
    assert (owed.since_on, owed.shows_from, owed.due_on) == (date(2026, 4, 14), date(2026, 4, 15), None)
    assert (owed.who, owed.contact) == ("the senior managers", "business-manager")


@pytest.mark.parametrize(
    ("start", "shows_from"),
    [
        pytest.param("2026-04-02", "2026-04-09", id="easter"),
        pytest.param("2026-08-28", "2026-09-03", id="august"),
        pytest.param("2026-12-24", "2026-12-31", id="christmas"),
    ],
)
def test_k31_a_second_notice_shows_from_the_day_after(start: str, shows_from: str) -> None:
    case = at_stage_3(start, decision_received_on=start)

    assert case["second-notice"].shows_from == date.fromisoformat(shows_from)


def test_k31_no_second_notice_where_stage_3_was_resolved_on_its_last_day() -> None:
    case = at_stage_3("2026-04-10")

    assert "second-notice" not in case.then(ended("3", "resolved", "2026-04-14"))
    assert "second-notice" in case.then(ended("3", "resolved", "2026-04-15"))


def test_k31_failing_to_agree_owes_the_notice_at_once() -> None:
    owed = at_stage_3("2026-04-10").then(ended("3", "unresolved", "2026-04-13"))["second-notice"]

    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 13), None)


def test_k31_failing_late_does_not_hide_that_the_notice_was_owed_before() -> None:
    owed = at_stage_3("2026-04-10").then(ended("3", "unresolved", "2026-04-24"))["second-notice"]

    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 14), date(2026, 4, 15))


def test_k31_one_notice_only_is_the_reading_not_followed() -> None:
    doubt = next(doubt for doubt in knowsley().contradiction if doubt.id == "stage-3-notices")
    case = at_stage_3("2026-04-10").following(stage_3_notices="flowchart")

    assert (doubt.followed, doubt.rules) == ("text", ("K31",))
    assert doubt.readings["flowchart"].says == "one notice only, by Appendix 2, when stage 3 is entered"
    assert case["second-notice"].since_on == date(2026, 4, 10)
