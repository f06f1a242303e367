"""A withdrawn escalation: what each policy's rules leave owed, and what falls away, whoever withdrew it."""

from __future__ import annotations

import pytest

from tests.builders import Happened, at_risk, discussed, ended, entered, told
from tests.rules.scenario import Scenario, learned, policy_of, reopened, scenario, withdrawn

AFTER = "2026-04-30"
KNOWSLEY, HEREFORDSHIRE, SOMERSET = "knowsley-2020-11", "herefordshire-undated", "somerset-2016-12"
WIRRAL, CROYDON = "wirral-2015-09", "croydon-2024-05"


def gone(policy: str, *happened: Happened) -> Scenario:
    """Return a case under a policy in which this happened and which was withdrawn at the end of April."""
    return scenario(*happened, withdrawn(AFTER), policy=policy_of(policy))


def still_owed(case: Scenario) -> set[str]:
    """Return the policy's ids of what is open."""
    return {one.item for one in case.owed.values() if one.is_open}


def unresolved(stage: str, after: str = "") -> tuple[Happened, ...]:
    """Return a stage that ended without agreement; where `after` names the next, that was entered the same day."""
    end = ended(stage, "unresolved", "2026-04-09")
    return (end, entered(after, "2026-04-09", left=stage)) if after else (end,)


def test_k3_k10_what_was_discussed_and_how_the_stages_ended_stays_to_be_put_on_the_childs_file() -> None:
    before = (told("2026-04-01"), discussed("2026-04-02"), *unresolved("1", "2"), *unresolved("2", "3"))

    assert still_owed(gone(KNOWSLEY, *before)) == {"place-on-file", "stage-1-child-records", "stage-2-child-records"}


def test_k10_of_a_stage_that_had_not_ended_only_its_discussions_stay() -> None:
    before = (told("2026-04-01"), *unresolved("1", "2"), discussed("2026-04-10"))

    assert still_owed(gone(KNOWSLEY, *before)) == {"place-on-file", "stage-1-child-records"}


def test_k1_k14_k28_a_risk_and_what_was_learned_are_not_withdrawn() -> None:
    case = gone(KNOWSLEY, at_risk("2026-04-02"), learned("2026-04-09"))

    assert still_owed(case) == {"tell-manager-of-risk", "tell-line-manager-of-risk", "tell-partnership-of-learning"}


def test_k31_the_partnership_is_not_told_that_a_withdrawn_case_is_still_unresolved() -> None:
    case = gone(KNOWSLEY, *unresolved("1", "2"), *unresolved("2", "3"), *unresolved("3"))

    assert (case["second-notice"].is_open, case["second-notice"].closed_how) == (False, "the escalation was withdrawn")


def test_h6_h22_the_stages_file_notes_stay_and_nobody_has_to_go_up_any_more() -> None:
    before = (*unresolved("informal", "1"), *unresolved("1", "2"), *unresolved("2"))

    assert still_owed(gone(HEREFORDSHIRE, *before)) == {
        "informal-outcome-on-record",
        "stage-1-on-file",
        "stage-2-on-file",
        "record-the-dispute",
    }


def test_s6_a_record_of_each_stage_that_was_reached_is_still_to_be_kept() -> None:
    case = gone(SOMERSET, *unresolved("1", "2"))

    assert [case[key].is_open for key in case.keys("keep-record")] == [True, True]
    assert still_owed(case) == {"keep-record", "speak-up", "debrief", "consider-review"}


def test_c5_c17_the_childs_record_still_gets_each_stage_and_each_discussion() -> None:
    case = gone(CROYDON, discussed("2026-04-02"), *unresolved("1", "2"))

    assert still_owed(case) == {"keep-the-child-record", "record-the-discussion"}


@pytest.mark.parametrize(("stage", "duty"), [("1", "take-to-stage-2"), ("3", "take-to-stage-4")])
def test_c16_c18_nothing_is_to_be_taken_further(stage: str, duty: str) -> None:
    below = [one for step in range(1, int(stage)) for one in unresolved(str(step), str(step + 1))]

    assert not gone(CROYDON, *below, *unresolved(stage))[duty].is_open


def test_c4_how_stage_3_ended_is_still_submitted() -> None:
    case = gone(CROYDON, *unresolved("1", "2"), *unresolved("2", "3"), *unresolved("3"))

    assert case["notify-how-stage-3-ended"].is_open


def test_w4_w7_w15_nobody_is_told_to_go_on_and_the_discussions_stay_to_be_recorded() -> None:
    before = (discussed("2026-04-02"), *unresolved("1", "2"), *unresolved("2", "3"), *unresolved("3"))
    case = gone(WIRRAL, *before)

    assert still_owed(case) == {"record-discussions"}
    assert [case[key].closed_how for key in ("tell-own-manager", "contact-business-manager")] == [
        "the escalation was withdrawn",
        "the escalation was withdrawn",
    ]


def test_k11_a_case_that_is_opened_again_is_owed_what_it_was() -> None:
    before = (told("2026-04-01"), *unresolved("1", "2"))
    case = scenario(*before, withdrawn(AFTER), reopened(AFTER))

    assert case["tell-line-managers"].is_open
