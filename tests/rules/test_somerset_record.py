"""Somerset, what is written down, said and thought about: S2, S4, S6, S9, S10, S11, S14 and S15."""

from __future__ import annotations

from typing import Any

import pytest

from escalate.core.forms.due import forms_due
from escalate.core.policy import follow
from escalate.files.forms.loading import load_form
from tests.builders import HEALTH, SCHOOL, SOCIAL_CARE, ended, entered
from tests.rules.scenario import Scenario, confirmed, done, learned, recommended, situation, withdrawn
from tests.rules.somerset import at_stage, case, raising, somerset

RESOLVED = ended("1", "resolved", "2026-04-09")


def standings(situation: Scenario) -> dict[str, str]:
    """Return how each form stands in a case."""
    return {due.use.form: due.standing for due in forms_due(situation.case, follow(situation.policy))}


def test_s2_whom_status_or_experience_holds_back_should_consult_a_third_party() -> None:
    held_back = case(situation("2026-04-01", held_back="yes"))
    owed = held_back["consult-third-party"]

    assert (owed.force, owed.to, owed.condition) == ("should", "a third party", "")
    assert owed.act == "consult a third party and not pursue it unsupported"
    assert not held_back.then(done("consult-third-party", "2026-04-02"))["consult-third-party"].is_open


def test_s2_nobody_knows_yet_whether_somebody_is_held_back_and_it_is_asked() -> None:
    assert case()["consult-third-party"].condition == (
        "does a difference in status or experience keep a worker from pursuing this alone?"
    )
    assert "consult-third-party" not in case(situation("2026-04-01", held_back="no"))


def test_s2_raising_says_that_nobody_need_go_on_unsupported() -> None:
    assert (
        "Does the other person's status or experience make it hard to go on alone? Ask a third person: you need not "
        "pursue it unsupported." in raising()["decision"].notice
    )


def test_s4_advice_may_be_sought_directly_from_the_designated_or_the_named_professional() -> None:
    owed = at_stage("2")["take-advice"]

    assert (owed.force, owed.to) == ("may", "the Designated Professional or the Named Professional")
    assert "take-advice" not in case()
    assert not at_stage("2", ended("2", "resolved", "2026-04-09"))["take-advice"].is_open
    assert [(prompt.at, prompt.says) for prompt in somerset().prompt if prompt.rule == "S4"] == [
        (("always",), "The Designated or the Named Professional can be asked for advice directly.")
    ]


@pytest.mark.parametrize(("stage", "how_many"), [("1", 1), ("3", 3), ("5", 5)])
def test_s6_at_every_stage_all_parties_keep_a_record_in_writing_and_share_it(stage: str, how_many: int) -> None:
    climbed = at_stage(stage)
    keys = climbed.keys("keep-record")

    assert len(keys) == how_many
    assert {(climbed[key].force, climbed[key].who, climbed[key].party) for key in keys} == {
        ("must", "all parties", "both")
    }
    assert {(climbed[key].act, climbed[key].to) for key in keys} == {
        (
            "keep a clear written record of the stage, its actions and its decisions, and share it with the relevant "
            "personnel",
            "the relevant personnel",
        )
    }
    assert [climbed.then(done(keys[0], "2026-04-09"))[key].is_open for key in keys] == [False] + [True] * (how_many - 1)


def test_s6_the_record_of_each_stage_is_kept_by_the_form_and_closes_on_with_whom_it_was_shared() -> None:
    climbed = at_stage("2")
    first, second = climbed.keys("keep-record")

    shared = climbed.then(done(first, "2026-04-10"))

    assert {climbed[key].form for key in (first, second)} == {"somerset-stage-record"}
    assert (shared[first].is_open, shared[second].is_open) == (False, True)
    assert load_form("somerset-stage-record")[0].per_stage


def test_s6_the_other_reading_only_says_that_a_record_should_be_kept() -> None:
    doubt = next(doubt for doubt in somerset().contradiction if doubt.id == "record-should-or-must")
    followed, other = case(), case().following(record_should_or_must="text")
    key = followed.keys("keep-record")[0]

    assert (doubt.followed, doubt.rules) == ("foot", ("S6",))
    assert (followed[key].force, other[key].force) == ("must", "should")
    assert (other[key].act, other[key].to) == (followed[key].act, followed[key].to)
    assert doubt.readings["text"].says.endswith("(sharing the record is asked for at the foot alone)")
    assert [reading.doubt for reading in followed[key].working.readings] == ["record-should-or-must"]


def test_s6_the_agreed_outcome_must_be_confirmed_in_writing_between_the_parties() -> None:
    owed = case(RESOLVED)["confirm-in-writing"]

    assert "confirm-in-writing" not in case()
    assert (owed.force, owed.party, owed.to) == ("must", "both", "the other party")
    assert owed.act == "confirm in writing what was agreed and how anything still open will be pursued"
    assert not case(RESOLVED, confirmed("1", "2026-04-10"))["confirm-in-writing"].is_open


def test_s6_each_agency_has_its_own_confirmation() -> None:
    resolved = case(
        RESOLVED,
        ended("1", "resolved", "2026-04-09", HEALTH),
        confirmed("1", "2026-04-10", HEALTH),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    )

    assert [resolved[key].is_open for key in resolved.keys("confirm-in-writing")] == [True, False]


@pytest.mark.parametrize("stage", ["1", "2", "3", "4", "5"])
def test_s6_a_record_is_offered_at_every_stage_and_the_confirmation_owed_once_it_is_resolved(stage: str) -> None:
    resolved = at_stage(stage, ended(stage, "resolved", "2026-04-13"))

    assert standings(at_stage(stage)) == {
        "somerset-stage-record": "offered",
        "somerset-written-confirmation": "not asked for",
    }
    assert standings(resolved)["somerset-written-confirmation"] == "owed"
    asked = {owed.item: owed.form for owed in resolved.owed.values() if owed.form}
    assert asked == {"keep-record": "somerset-stage-record", "confirm-in-writing": "somerset-written-confirmation"}


def test_s6_its_forms_are_reconstructed_name_by_initials_and_hold_what_is_to_be_recorded() -> None:
    record, confirmation = (load_form(use.form)[0] for use in somerset().form)

    assert [(one.standing, one.names, one.return_to) for one in (record, confirmation)] == [
        ("reconstructed", "initials", "")
    ] * 2
    assert [field.fills for field in record.fields if field.fills.startswith("duty.")] == [
        "duty.consult-third-party",
        "duty.take-advice",
        "duty.keep-record",
        "duty.debrief",
        "duty.refer-general-issues",
        "duty.consider-review",
    ]
    assert {field.fills.removeprefix("duty.") for field in (*record.fields, *confirmation.fields)} & {
        duty.id for duty in somerset().duty
    } == {
        "consult-third-party",
        "take-advice",
        "keep-record",
        "debrief",
        "refer-general-issues",
        "consider-review",
        "confirm-in-writing",
    }
    assert [table.id for table in record.tables] == ["people", "actions"]
    assert [column.label for column in confirmation.tables[0].columns] == ["Action", "By whom", "By when"]


def test_s6_who_the_relevant_personnel_are_is_for_the_partnership_to_fill_in() -> None:
    assert [gap.asks for gap in somerset().to_fill_in if gap.rule == "S6"] == [
        "Who are the relevant personnel with whom actions and decisions are shared?"
    ]


def test_s6_recording_says_to_write_it_down_and_share_it() -> None:
    assert [(prompt.at, prompt.says) for prompt in somerset().prompt if prompt.rule == "S6"] == [
        (("record",), "Write down what was done and decided at this stage, and share it with those who need it.")
    ]


def test_s9_once_it_is_over_people_may_debrief() -> None:
    owed = case(RESOLVED)["debrief"]

    assert "debrief" not in case(ended("1", "unresolved", "2026-04-09"))
    assert (owed.force, owed.act, owed.party) == ("may", "debrief, to keep good working relationships", "both")
    assert not case(RESOLVED, done("debrief", "2026-04-10"))["debrief"].is_open
    assert at_stage("5", recommended("2026-04-10"))["debrief"].is_open
    assert case(withdrawn("2026-04-10"))["debrief"].is_open


def test_s10_once_it_is_resolved_general_issues_should_go_to_the_agencys_representative() -> None:
    owed = case(RESOLVED)["refer-general-issues"]

    assert "refer-general-issues" not in case(ended("1", "unresolved", "2026-04-09"))
    assert (owed.force, owed.to) == ("should", "the agency's own representative on the Board")
    assert not case(RESOLVED, done("refer-general-issues", "2026-04-10"))["refer-general-issues"].is_open


def test_s10_the_relevant_subgroup_considers_them_to_inform_learning() -> None:
    report = somerset().report[0]

    assert (report.group, report.cadence, report.only, report.rules) == (
        "the relevant subgroup of the Board",
        "not stated",
        "resolved",
        ("S10",),
    )


@pytest.mark.parametrize(
    "happened",
    [
        pytest.param((entered("5", "2026-04-09"), recommended("2026-04-10")), id="the Coordinator had to determine it"),
        pytest.param((withdrawn("2026-04-10"),), id="withdrawn"),
        pytest.param((learned("2026-04-10"),), id="lessons to learn"),
    ],
)
def test_s11_not_resolved_or_with_lessons_to_learn_a_review_should_be_considered(happened: tuple[Any, ...]) -> None:
    ended_so = case(*happened)
    key = ended_so.keys("consider-review")[0]

    assert (ended_so[key].force, ended_so[key].is_open, ended_so[key].rule) == ("consider", True, "S11")
    assert ended_so[key].act == (
        "holding a management review or a significant events audit, possibly under the serious case review procedures"
    )
    assert not ended_so.then(done(key, "2026-04-13"))[key].is_open


def test_s11_a_stage_that_only_goes_up_or_a_case_that_is_resolved_asks_for_no_review() -> None:
    assert case(ended("1", "unresolved", "2026-04-09"), entered("2", "2026-04-09")).keys("consider-review") == []
    assert case(RESOLVED).keys("consider-review") == []


@pytest.mark.parametrize("how", ["unresolved", "no response", "out of time"])
def test_s14_whoever_still_believes_the_child_at_risk_must_say_so_through_the_agreed_channels(how: Any) -> None:
    left = case(situation("2026-04-01", "child-1", still_at_risk="yes"), ended("1", how, "2026-04-09"))
    owed = left["speak-up"]

    assert (owed.force, owed.is_open, owed.condition) == ("must", True, "")
    assert owed.act == "say so through the agreed channels"
    assert owed.to == "the next of these: the line manager, up the line, the Board's representative, the Coordinator"
    assert not left.then(done("speak-up", "2026-04-09"))["speak-up"].is_open


def test_s14_neither_withdrawing_the_escalation_nor_the_coordinators_course_silences_it() -> None:
    assert case(withdrawn("2026-04-10"))["speak-up"].is_open
    assert case(ended("1", "unresolved", "2026-04-09"), withdrawn("2026-04-10"))["speak-up"].is_open
    assert at_stage("5", recommended("2026-04-10"))["speak-up"].is_open


def test_s14_nobody_knows_yet_whether_somebody_still_believes_it_and_it_is_asked() -> None:
    left = ended("1", "unresolved", "2026-04-09")

    assert case(left)["speak-up"].condition == (
        "does somebody still believe that this child is at risk of significant harm?"
    )
    assert "speak-up" not in case(situation("2026-04-01", "child-1", still_at_risk="no"), left)
    assert "speak-up" not in case()
    assert [prompt.at for prompt in somerset().prompt if prompt.rule == "S14"] == [("record", "always")]


def test_s15_the_head_teacher_may_seek_advice_from_the_education_child_protection_advisor() -> None:
    leads = at_stage("2", situation("2026-04-09", SCHOOL, head_teacher_leads="yes"))
    owed = leads["education-advice"]

    assert (owed.force, owed.who, owed.to) == ("may", "the head teacher", "the Education Child Protection Advisor")
    assert "education-advice" not in at_stage("2", situation("2026-04-09", SCHOOL, head_teacher_leads="no"))
    assert at_stage("2")["education-advice"].condition == (
        "is this agency a school, with its head teacher leading in this disagreement?"
    )


def test_s15_the_head_teachers_lead_replaces_neither_the_line_nor_the_representative() -> None:
    climbed = at_stage("4")

    assert climbed["refer-up-the-line"].who == (
        "the line manager (in a school the head teacher, who leads as its senior manager)"
    )
    assert climbed["refer-to-board-representatives"].to == (
        "the representative on the Board of each agency involved, a school's among them"
    )
    assert {doubt.id: doubt.followed for doubt in somerset().ambiguity if doubt.rule == "S15"} == {
        "head-teacher-and-the-representative": "beside",
        "head-teacher-and-the-line": "beside",
    }


def test_s15_under_the_other_reading_a_school_goes_from_its_head_teacher_to_the_coordinator() -> None:
    other = at_stage("4").following(head_teacher_and_the_representative="instead", head_teacher_and_the_line="instead")

    assert other["refer-up-the-line"].who == "the line manager of an agency other than a school"
    assert other["refer-to-board-representatives"].to == (
        "the representative on the Board of each agency involved but a school, whose head teacher refers it to the "
        "Coordinator"
    )
