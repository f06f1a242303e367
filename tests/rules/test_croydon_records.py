"""Croydon, talking, recording and the reflective consultation: C3, C5, C17 and the direct dialogue of C19."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.owed import Owed
from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered, told
from tests.rules.croydon import STAGES, at_stage, case, croydon, own_words, page_from
from tests.rules.scenario import confirmed, done, situation


def test_c3_at_stage_3_a_reflective_group_consultation_is_considered() -> None:
    owed = at_stage("3", "2026-04-01")["consider-a-consultation"]

    assert (owed.force, owed.party, owed.since_on, owed.no_date) == (
        "consider",
        "both",
        date(2026, 4, 1),
        "the policy states no time",
    )
    assert owed.evidence == "a note of what was decided, and why"
    assert case().keys("consider-a-consultation") == at_stage("2", "2026-04-01").keys("consider-a-consultation") == []


def test_c3_at_any_stage_is_the_reading_not_followed() -> None:
    climbed = case(entered("2", "2026-04-09")).following(consultation_at_which_stage="any-stage")

    assert [climbed[key].since_on for key in climbed.keys("consider-a-consultation")] == [
        date(2026, 4, 1),
        date(2026, 4, 9),
    ]
    (doubt,) = [doubt for doubt in croydon().ambiguity if doubt.rules == ("C3",)]
    assert (doubt.followed, doubt.readings["any-stage"].clause) == (
        "stage-3",
        "6.2 para 1 (numbered so without a 6.1)",
    )


def considered(*more: object) -> Owed | None:
    """Return the request for a consultation once one was considered, or None where none is owed."""
    after = at_stage("3", "2026-04-01", done("consider-a-consultation", "2026-04-02"), *more)  # type: ignore[arg-type]
    return after.owed.get("request-the-consultation")


def test_c3_a_service_manager_requests_it_from_the_cscp_manager_by_e_mail() -> None:
    owed = considered(situation("2026-04-02", reflective_consultation_wanted="yes"))
    contact = croydon().contact_of("cscp-manager")
    assert owed is not None
    assert contact is not None

    assert (owed.who, owed.force, owed.to, owed.contact, owed.condition) == (
        "a service manager involved with the case",
        "should",
        "the CSCP Manager",
        "cscp-manager",
        "",
    )
    assert (contact.email, contact.confirmed_on) == ("CSCP@croydon.gov.uk", None)


def test_c3_whether_one_is_wanted_is_asked_as_long_as_nobody_knows_and_no_request_is_owed_where_it_is_not() -> None:
    unknown = considered()
    assert unknown is not None

    assert unknown.condition == "is a multi-agency reflective group consultation wanted?"
    assert considered(situation("2026-04-02", reflective_consultation_wanted="no")) is None
    assert at_stage("3", "2026-04-01").keys("request-the-consultation") == []


def test_c3_the_systemic_lead_facilitates_it_and_drafts_what_the_group_agrees() -> None:
    wanted = situation("2026-04-02", reflective_consultation_wanted="yes")
    before = at_stage("3", "2026-04-01", done("consider-a-consultation", "2026-04-02"), wanted)
    owed = before.then(done("request-the-consultation", "2026-04-07"))["facilitate-the-consultation"]

    assert "facilitate-the-consultation" not in before
    assert (owed.who, owed.force, owed.party, owed.since_on) == (
        "the Children's Social Care Systemic Lead",
        "will",
        "partnership",
        date(2026, 4, 7),
    )
    assert owed.act.endswith("draft its structure, for the group to agree")


def test_c3_the_eight_suggested_items_are_said_at_stage_3_and_that_it_can_be_asked_for_at_the_others() -> None:
    at_3, elsewhere = own_words("prompt", "C3")[::-1]

    assert (at_3.at, at_3.says.count(";"), at_3.clause) == (("3",), 7, "6.2 Process bullet 3, items 1-8")
    assert elsewhere.at == ("1", "2", "4", "5")
    assert at_3.says in page_from("Stage 3")


@pytest.mark.parametrize("stage", STAGES)
def test_c5_each_agency_keeps_a_record_of_every_stage_on_the_childs_record(stage: str) -> None:
    climbed = at_stage(stage, "2026-04-01")
    keys = climbed.keys("keep-the-child-record")

    assert len(keys) == int(stage)
    assert {(climbed[key].force, climbed[key].party, climbed[key].to) for key in keys} == {
        ("should", "both", "the child's record")
    }


def test_c5_the_agreed_outcome_is_put_in_writing_and_kept_on_the_childs_record() -> None:
    resolved = case(ended("1", "resolved", "2026-04-09"))

    assert [
        (resolved[key].force, resolved[key].since_on) for key in ("write-the-outcome", "outcome-on-the-child-record")
    ] == [
        ("must", date(2026, 4, 9)),
        ("must", date(2026, 4, 9)),
    ]
    assert "how whatever is outstanding will be pursued" in resolved["write-the-outcome"].act
    assert "how whatever is outstanding will be pursued" in resolved["outcome-on-the-child-record"].act
    assert resolved["write-the-outcome"].to == "the other agency"
    after = resolved.then(confirmed("1", "2026-04-10"))
    assert (after["write-the-outcome"].is_open, after["outcome-on-the-child-record"].is_open) == (False, True)
    assert "write-the-outcome" not in case(ended("1", "unresolved", "2026-04-09"))


def test_c5_each_agencys_outcome_is_written_for_itself() -> None:
    two = case(ended("1", "resolved", "2026-04-09", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert two.keys("write-the-outcome") == ["write-the-outcome@2"]


def test_c17_concerns_are_specific_and_based_on_evidence() -> None:
    owed = case()["be-specific"]

    assert (owed.force, owed.evidence, owed.clause) == (
        "should",
        "not known yet: the evidence",
        "reminders bullet 2",
    )
    assert not case(evidence="Two disclosures, logged that day.")["be-specific"].is_open


def test_c17_concerns_discussions_and_what_came_of_them_are_recorded() -> None:
    recorded = case(discussed("2026-04-02"), discussed("2026-04-07"))

    assert (recorded["record-the-concerns"].force, recorded["record-the-concerns"].to) == (
        "should",
        "the child's record",
    )
    assert [recorded[key].since_on for key in recorded.keys("record-the-discussion")] == [
        date(2026, 4, 2),
        date(2026, 4, 7),
    ]
    assert {prompt.at for prompt in own_words("prompt", "C17")} == {("raise",), ("record",)}


def test_c19_the_two_agencies_speak_directly_and_recording_the_concern_tells_nobody() -> None:
    owed = case()["speak-directly"]

    assert (owed.force, owed.party, owed.is_open) == ("should", "raising", True)
    assert not case(told("2026-04-02"))["speak-directly"].is_open
    assert case(told("2026-04-02", how="e-mail"))["speak-directly"].is_open
    assert not case(discussed("2026-04-02"))["speak-directly"].is_open
