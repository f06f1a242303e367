"""What a form says of one stage: the blocks of a form that has one for each, and the record of a stage."""

from __future__ import annotations

from escalate.core.deciding import Decided
from escalate.core.forms.answers import answers_for
from escalate.files.forms.loading import load_form
from tests.builders import COUNTERPART, MANAGER, NAMES, Happened, discussed, ended, entered, on, told
from tests.core.test_form_answers import KEPT_SAFE, data
from tests.rules import croydon, somerset
from tests.rules.scenario import Scenario, done, learned, scenario


def in_croydon(*happened: Happened | Decided) -> dict[str, str]:
    definition, _ = load_form("croydon-notification")
    case = croydon.case(
        told("2026-04-01"),
        entered("2", "2026-04-02"),
        entered("3", "2026-04-07"),
        *happened,  # type: ignore[arg-type]
    )
    return {key: words for key, words in answers_for(definition, data(case)).items() if key.startswith("stage_")}


def test_c12_a_block_is_empty_before_its_stage_and_says_what_came_before_it() -> None:
    said = in_croydon()

    assert [key for key, words in said.items() if words] == ["stage_3_concerns"]
    there = "Exampleshire Children's Social Care"
    assert said["stage_3_concerns"] == (
        "The decision was learned of: 01/04/2026\n"
        "Decision: The case was closed after one visit.\n"
        "Concern: Attendance fell to 61 %, and two disclosures were made at school.\n"
        "Invented Primary School wants: A strategy discussion this week.\n"
        "What was done before:\n"
        f"01/04/2026: raised with {there} (telephone)\n"
        "02/04/2026: taken up to Stage 2\n"
        "07/04/2026: taken up to Stage 3: the first formal stage"
    )


def test_c4_the_block_of_a_stage_that_was_left_says_no_and_keeps_saying_what_it_said() -> None:
    before = in_croydon()
    at_4 = (
        learned("2026-04-09", "3"),
        ended("3", "unresolved", "2026-04-14", decision="Not without a referral."),
        entered("4", "2026-04-15"),
    )
    said = in_croydon(*at_4)
    later = in_croydon(*at_4, discussed("2026-04-16", decision="A visit."), learned("2026-04-16", "4"))

    assert said["stage_3_concerns"] == before["stage_3_concerns"]
    assert {key: words for key, words in said.items() if key.startswith("stage_3")} == {
        "stage_3_concerns": before["stage_3_concerns"],
        "stage_3_resolved": "No",
        "stage_3_decision": "Exampleshire Children's Social Care: unresolved\nNot without a referral.",
        "stage_3_learning": "Closing letters came after the closure.",
        "stage_3_closed_on": "2026-04-15",
    }
    assert (said["stage_4_resolved"], said["stage_4_decision"], said["stage_4_closed_on"]) == ("", "", "")
    assert {k: w for k, w in later.items() if k.startswith("stage_3")} == {
        k: w for k, w in said.items() if k.startswith("stage_3")
    }
    assert (later["stage_4_decision"], later["stage_4_learning"]) == (
        "16/04/2026: A visit.\nSaid on 16/04/2026: Both sides spoke.",
        "Closing letters came after the closure.",
    )


def test_c4_the_block_of_the_stage_at_which_it_was_resolved_says_yes() -> None:
    said = in_croydon(ended("3", "resolved", "2026-04-10", decision="A visit each week.", outstanding="The plan."))

    assert (said["stage_3_resolved"], said["stage_3_closed_on"]) == ("Yes", "2026-04-10")
    assert said["stage_3_decision"] == (
        "Exampleshire Children's Social Care: resolved\nA visit each week.\nOutstanding: The plan."
    )


def test_c12_actions_agreed_and_decisions_taken_stand_in_the_block_though_the_stage_ended_unresolved() -> None:
    said = in_croydon(
        discussed("2026-04-14", said="", decision="A visit each week.", actions=(KEPT_SAFE,)),
        ended("3", "unresolved", "2026-04-14"),
        entered("4", "2026-04-14"),
    )

    assert said["stage_3_decision"] == (
        "14/04/2026: A visit each week.\n"
        "Agreed on 14/04/2026: Visit each week; Sam Counterpart; by 15/04/2026\n"
        "Exampleshire Children's Social Care: unresolved"
    )
    assert (
        "discussed with Exampleshire Children's Social Care; decided: A visit each week; agreed: Visit each"
        in (said["stage_4_concerns"])
    )


def test_c12_a_decision_recorded_with_the_talk_and_with_the_outcome_stands_once() -> None:
    said = in_croydon(
        discussed("2026-04-10", decision="A visit each week."),
        ended("3", "resolved", "2026-04-10", decision="A visit each week."),
    )

    assert said["stage_3_decision"] == (
        "10/04/2026: A visit each week.\nSaid on 10/04/2026: Both sides spoke.\n"
        "Exampleshire Children's Social Care: resolved"
    )


def test_c4_a_stage_that_was_passed_over_has_an_empty_block() -> None:
    said = in_croydon(entered("5", "2026-04-15", left="3", ground="skipped"))

    assert {words for key, words in said.items() if key.startswith("stage_4")} == {""}
    assert said["stage_3_resolved"] == "No"
    assert said["stage_5_concerns"].endswith("\nRequest: A strategy discussion this week.")
    assert said["stage_5_decision"] == ""


def climbed_in_somerset() -> Scenario:
    """A case of three stages: a talk at each of the first two, none at the third, at which it was resolved."""
    return scenario(
        discussed("2026-04-02", decision="Not now.", people=(COUNTERPART,)),
        ended("1", "unresolved", "2026-04-02"),
        entered("2", "2026-04-02"),
        discussed("2026-04-07", decision="A visit.", people=(MANAGER,), actions=(KEPT_SAFE,)),
        learned("2026-04-07", "2"),
        ended("2", "unresolved", "2026-04-07"),
        entered("3", "2026-04-08"),
        ended("3", "resolved", "2026-04-10", decision="A strategy discussion."),
        policy=somerset.somerset(),
    )


def record_of(stage: str, case: Scenario) -> dict[str, str]:
    definition, _ = load_form("somerset-stage-record")
    return answers_for(definition, data(case, stage=stage))


def test_s6_the_record_of_a_stage_says_what_belongs_to_that_stage_and_how_it_ended() -> None:
    case = climbed_in_somerset().then((NAMES[MANAGER], on("2026-04-10")))

    second = record_of("2", case)
    asked = (
        "discussed_on",
        "decision",
        "outcome",
        "people_1_name",
        "people_2_name",
        "actions_1_what",
        "actions_2_what",
    )
    assert {key: second[key] for key in asked if key in second} == {
        "discussed_on": "2026-04-07",
        "decision": "A visit.\nSaid: Both sides spoke.",
        "outcome": "07/04/2026, stage 2: stage 2 ended with Exampleshire Children's Social Care: unresolved",
        "people_1_name": "Jo Manager",
        "people_2_name": "",
        "actions_1_what": "Visit each week",
        "actions_2_what": "",
    }
    assert second["stage"].startswith("Stage 2")


def test_s6_the_record_of_a_stage_without_a_talk_gives_no_day_of_one() -> None:
    third = record_of("3", climbed_in_somerset())

    assert (third["discussed_on"], third["actions_1_what"], third["people_1_name"]) == ("", "", "")
    assert third["decision"] == "A strategy discussion."
    assert third["outcome"] == (
        "10/04/2026, stage 3: resolved with Exampleshire Children's Social Care: A strategy discussion."
    )


def test_s6_with_whom_a_record_was_shared_is_said_on_that_stages_record_alone() -> None:
    case = climbed_in_somerset()
    first, second, third = (x.sequence for x in case.case.stage_entries)
    case = case.then(done(f"keep-record#{second}", "2026-04-13", to="the two managers", how="e-mail"))

    assert {stage: record_of(stage, case)["shared_with"] for stage in ("1", "2", "3")} == {
        "1": "",
        "2": "13/04/2026, to the two managers, by e-mail",
        "3": "",
    }
    assert first < second < third
