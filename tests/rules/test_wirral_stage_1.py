"""Wirral, immediate risk and stage 1: W1 to W4, W13 and W15, each date on both sides of its boundary."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.events import RiskAnswer
from tests.builders import HEALTH, SOCIAL_CARE, at_risk, discussed, ended, entered, told
from tests.rules.scenario import done
from tests.rules.wirral import case, raising, wirral

GOOD_FRIDAY = "2026-04-03"


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_w1_an_immediate_risk_goes_by_the_child_protection_procedures_that_very_day(answer: RiskAnswer) -> None:
    situation = case(at_risk(GOOD_FRIDAY, answer))
    key = situation.keys("escalate-risk")[0]
    owed = situation[key]

    assert (owed.due_on, owed.says, owed.force, owed.party) == (date(2026, 4, 3), "now", "must", "both")
    assert owed.act == "make sure that the concern is escalated by the established child protection procedures"
    assert owed.to == "children's social care or the police"
    assert not situation.then(done(key, GOOD_FRIDAY))[key].is_missed
    assert situation.then(done(key, "2026-04-04"))[key].is_missed


def test_w1_the_same_working_day_is_the_reading_not_followed_and_would_wait_until_after_easter() -> None:
    situation = case(at_risk(GOOD_FRIDAY))
    key = situation.keys("escalate-risk")[0]
    reading = situation[key].working.readings[0]

    assert (reading.doubt, [other.gives for other in reading.others]) == (
        "same-working-day-of-risk",
        [date(2026, 4, 7)],
    )
    assert situation.following(same_working_day_of_risk="working-day")[key].due_on == date(2026, 4, 7)


def test_w1_the_stages_stay_open_with_their_dates() -> None:
    risk = case(at_risk("2026-04-01"))

    assert [(one.effect, one.rule) for one in wirral().immediate_risk] == [("nothing changes", "W1")]
    assert (risk["stage-1-resolve"].due_on, risk["stage-1-resolve"].is_guide) == (date(2026, 4, 10), False)
    assert case().keys("escalate-risk") == []


def test_w2_the_lead_professional_is_the_first_contact_in_most_cases() -> None:
    owed = case()["lead-professional-first"]

    assert (owed.force, owed.to, owed.is_open) == ("should", "the Lead Professional", True)
    assert owed.act == "contact the Lead Professional first, in most cases"
    assert not case(told("2026-04-02"))["lead-professional-first"].is_open
    assert wirral().stage[0].between == ("the professional with the concern", "the Lead Professional, in most cases")


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-02", "2026-04-03", id="a working day"),
        pytest.param("2026-04-02", "2026-04-07", "2026-04-08", id="easter"),
        pytest.param("2026-08-28", "2026-09-01", "2026-09-02", id="august"),
        pytest.param("2026-12-24", "2026-12-29", "2026-12-30", id="christmas"),
    ],
)
def test_w2_the_lead_professionals_manager_is_contacted_within_one_working_day_of_the_first_contact(
    start: str, last_day: str, first_day_late: str
) -> None:
    situation = case(told(start), decision_received_on=start)
    owed = situation["contact-the-manager"]

    assert (owed.due_on, owed.force, owed.party) == (date.fromisoformat(last_day), "should", "raising")
    assert (owed.act, owed.to) == (
        "take it further where the first contact does not resolve it",
        "the Lead Professional's manager",
    )
    assert not situation.then(done("contact-the-manager", last_day))["contact-the-manager"].is_missed
    assert situation.then(done("contact-the-manager", first_day_late))["contact-the-manager"].is_missed


def test_w2_there_is_nothing_to_take_to_a_manager_before_the_first_contact_or_once_it_is_resolved() -> None:
    waits = case()["contact-the-manager"]
    assert (waits.due_on, waits.no_date) == (None, "the counterpart has not been told yet, as far as is recorded")
    assert not case(told("2026-04-01"), ended("1", "resolved", "2026-04-01"))["contact-the-manager"].is_open
    assert case(told("2026-04-01"), entered("2", "2026-04-02"))["contact-the-manager"].is_open


def test_w2_the_other_readings_count_from_the_concern_and_mean_ones_own_manager() -> None:
    situation = case(told("2026-04-02"))
    own = situation.following(whose_manager="own")["contact-the-manager"]

    assert situation.following(one_day_from_when="concern")["contact-the-manager"].due_on == date(2026, 4, 2)
    assert case().following(one_day_from_when="concern")["contact-the-manager"].due_on == date(2026, 4, 2)
    assert (own.to, own.due_on) == ("the professional's own manager", date(2026, 4, 7))
    assert [reading.doubt for reading in situation["contact-the-manager"].working.readings] == [
        "whose-manager",
        "one-day-from-when",
        "one-day-and-one-week",
    ]


def test_w2_each_agencys_manager_has_a_day_from_its_own_first_contact() -> None:
    situation = case(told("2026-04-01"), told("2026-04-08", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert [situation[key].due_on for key in situation.keys("contact-the-manager")] == [
        date(2026, 4, 2),
        date(2026, 4, 9),
    ]


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_w3_they_try_to_resolve_it_within_a_working_week_of_the_concern(
    start: str, last_day: str, first_day_late: str
) -> None:
    situation = case(decision_received_on=start)
    owed = situation["stage-1-resolve"]

    assert (owed.due_on, owed.force, owed.party) == (date.fromisoformat(last_day), "should", "both")
    assert owed.working.timescale == "a working week, or less if the child needs it"
    assert not situation.then(ended("1", "resolved", last_day))["stage-1-resolve"].is_missed
    assert situation.then(ended("1", "resolved", first_day_late))["stage-1-resolve"].is_missed


def test_w3_a_late_first_contact_gives_nobody_more_time_unless_the_other_reading_is_followed() -> None:
    situation = case(told("2026-04-07"))

    assert situation["stage-1-resolve"].due_on == date(2026, 4, 10)
    assert situation.following(working_week_from_when="first-contact")["stage-1-resolve"].due_on == date(2026, 4, 14)


def test_w4_resolved_at_stage_1_the_agencies_record_it_themselves_and_the_board_gets_nothing() -> None:
    resolved = case(ended("1", "resolved", "2026-04-09"))
    owed = resolved["stage-1-own-records"]

    assert "stage-1-own-records" not in case()
    assert (owed.force, owed.party) == ("should", "both")
    assert owed.act == "record the disagreement and how it was resolved in its own records"
    assert {"send-appendix-1", "send-appendix-2"} & set(resolved.owed) == set()
    assert not resolved.then(done("stage-1-own-records", "2026-04-10"))["stage-1-own-records"].is_open
    assert [(prompt.at, prompt.says) for prompt in wirral().prompt if prompt.rule == "W4"] == [
        (
            ("1",),
            "What is resolved at this stage need not be reported to the board; each agency writes it into its own "
            "records.",
        )
    ]
    assert wirral().report[0].leaves_out.startswith("what was resolved at stage 1, of which the board need not be told")


def test_w4_unresolved_each_professional_must_inform_their_own_manager() -> None:
    unresolved = case(ended("1", "unresolved", "2026-04-09"))
    owed = unresolved["tell-own-manager"]

    assert (owed.force, owed.party, owed.to) == ("must", "both", "their own manager")
    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 9), None)
    assert "tell-own-manager" not in case(ended("1", "resolved", "2026-04-09"))
    assert not unresolved.then(done("tell-own-manager", "2026-04-09"))["tell-own-manager"].is_open


def test_w4_a_working_week_gone_by_is_unresolved_too_from_the_day_after() -> None:
    owed = case()["tell-own-manager"]

    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 10), date(2026, 4, 11))


def test_w13_both_the_day_and_the_week_run() -> None:
    situation = case(told("2026-04-01"))

    assert (situation["contact-the-manager"].due_on, situation["stage-1-resolve"].due_on) == (
        date(2026, 4, 2),
        date(2026, 4, 10),
    )


def test_w13_under_the_other_reading_the_manager_has_the_week() -> None:
    situation = case(told("2026-04-01"))
    doubt = next(doubt for doubt in wirral().ambiguity if doubt.rule == "W13")

    other = situation.following(one_day_and_one_week="week")
    assert (doubt.followed, list(doubt.readings)) == ("both", ["both", "week"])
    assert (other["contact-the-manager"].due_on, other["stage-1-resolve"].due_on) == (
        date(2026, 4, 10),
        date(2026, 4, 10),
    )


def test_w15_the_other_agency_is_told_as_soon_as_possible() -> None:
    owed = case()["raise-soon"]

    assert (owed.force, owed.to, owed.due_on) == ("should", "the other agency", None)
    assert owed.act == "make sure that the concern is raised with the other agency as soon as possible"
    assert not case(told("2026-04-02"))["raise-soon"].is_open


def test_w15_every_discussion_is_clearly_recorded() -> None:
    situation = case(discussed("2026-04-02"), discussed("2026-04-07"))
    first, second = situation.keys("record-discussions")

    assert (situation[first].force, situation[first].act) == ("should", "record the discussion clearly")
    assert not situation.then(done(first, "2026-04-07"))[first].is_open
    assert situation.then(done(first, "2026-04-07"))[second].is_open


def test_w15_raising_says_to_talk_again_first_and_that_safeguarding_does_not_wait() -> None:
    said = raising()["decision"].notice

    assert "Do not let a disagreement hold up the safeguarding of a child." in said
    assert (
        "Talk again first, and soon: most disagreements end in a further discussion. Where this one does not, go on by "
        "this procedure promptly." in said
    )
