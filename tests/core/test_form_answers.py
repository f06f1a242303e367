"""What a case says on its forms: what was recorded, where a form asks for it, and nothing else."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from escalate.core import events as e
from escalate.core.forms.answers import About, Author, FormData, answers_for, case_data
from escalate.core.forms.data_people import age_on
from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.keys import ASKED_KEYS, CASE_KEYS, ROW_KEYS, STAGE_KEYS
from escalate.files.forms.loading import load_form
from tests.builders import (
    COUNTERPART,
    HEALTH,
    NAMES,
    SOCIAL_CARE,
    Happened,
    discussed,
    ended,
    entered,
    on,
    told,
)
from tests.rules import croydon, herefordshire
from tests.rules.scenario import (
    CHILD,
    Scenario,
    done,
    learned,
    scenario,
    withdrawn,
)

TODAY = date(2026, 4, 20)
AUTHOR = Author(
    name="Alex Practitioner",
    role="Designated Safeguarding Lead",
    agency="Invented Primary School",
    email="alex@invented-primary.example",
)
ROWAN = dataclasses.replace(
    CHILD,
    address="1 Invented Street\nExampletown",
    reference="P-17",
    parental_responsibility="Casey Testcase",
)
KEPT_SAFE = e.Action(id="action-1", what="Visit each week", owner="Sam Counterpart", by_on=date(2026, 4, 15))


def data(
    case: Scenario, child: str = "child-1", author: Author = AUTHOR, today: date = TODAY, stage: str = ""
) -> FormData:
    return case_data(case.case, case.policy, About(child=child, stage=stage), author, today)


def details(day: str, child: str = "child-1", **asked: str) -> Happened:
    """What forms ask for was recorded, a key's dot as an underscore."""
    return e.DetailsRecorded(child=child, details={key.replace("_", "."): said for key, said in asked.items()}), on(day)


def named(day: str, **changes: Any) -> Happened:
    return dataclasses.replace(ROWAN, **changes), on(day)


def form(*fields: FormField, **more: Any) -> FormDefinition:
    return FormDefinition(
        **{
            "id": "invented-form",
            "version": 1,
            "title": "Invented Form",
            "partnership": "Invented Partnership",
            "standing": "invented",
            "source": "nowhere",
            "template": "invented-form.docx",
            "per_child": True,
            "names": "in full",
            "return_to": "",
            "fields": fields,
            **more,
        }
    )


def asking(*keys: str, kind: Any = "long") -> tuple[FormField, ...]:
    return tuple(FormField(id=key.replace(".", "_"), label=key, kind=kind, fills=key) for key in keys)


def everything() -> Scenario:
    """A case in which everything happened that a form may ask about."""
    return scenario(
        named("2026-04-01"),
        (NAMES[HEALTH], on("2026-04-01")),
        told("2026-04-02"),
        discussed("2026-04-07", how="meeting", decision="Visit.", actions=(KEPT_SAFE,)),
        (e.OversightRecorded(manager="Jo Manager", note="Go on."), on("2026-04-08")),
        (e.ActionChecked(action="action-1", was_done="yes"), on("2026-04-09")),
        details("2026-04-09", need_current="Level 2", need_perceived="Level 3"),
        details("2026-04-09", child_gender="girl", child_ethnicity="not stated", child_send="no"),
        (e.DetailsRecorded(details={"case.is_recurring": "It came up in autumn."}), on("2026-04-09")),
        entered("2", "2026-04-10"),
        discussed("2026-04-13", options="Close or visit.", recommendations="A strategy discussion."),
        learned("2026-04-13", "2"),
        done("stage-2-file-note", "2026-04-14"),
        ended("2", "resolved", "2026-04-15", decision="A strategy discussion is held.", outstanding="The plan."),
        risk_to_child="Neglect.",
        evidence="The register.",
        nature="Whether the threshold is met.",
        they_want="An early help plan.",
    )


def test_a_case_in_which_everything_happened_says_something_under_every_key_that_a_form_may_name() -> None:
    said = data(everything())

    assert [key for key in CASE_KEYS if not said.of_case.get(key)] == []
    assert [key for key in STAGE_KEYS if not said.of_stages.get(("2", key))] == []
    assert [key for key in ASKED_KEYS if not said.details.get(key)] == []
    for table, keys in ROW_KEYS.items():
        assert [key for key in keys if not said.rows[table][0].get(key)] == []
    assert said.of_case["duty.stage-2-file-note"] == "14/04/2026, to the duty manager, by telephone"


def test_of_a_case_just_raised_nothing_is_made_up() -> None:
    said = data(scenario(), author=Author())

    assert sorted(key for key in CASE_KEYS if said.of_case.get(key)) == [
        "agency.all",
        "agency.raising",
        "agency.receiving",
        "case.concern",
        "case.concern_on",
        "case.difference",
        "case.key_issues",
        "case.outcome_wanted",
        "case.raised_on",
        "case.reason",
        "case.recurring",
        "case.reference",
        "case.stage",
        "case.themes",
        "child.age",
        "child.born_on",
        "child.details",
        "child.name",
        "form.completed_on",
        "form.escalated_on",
        "people.others",
        "people.raiser",
    ]
    assert said.rows["actions"] == ()
    assert {key: words for (_, key), words in said.of_stages.items() if key != "stage.concerns" and words} == {
        "stage.request": said.of_stages["1", "stage.concerns"] + "\nRequest: A strategy discussion this week."
    }


def test_what_is_said_of_the_concern_and_of_the_people() -> None:
    said = data(everything()).of_case

    assert said["case.difference"] == (
        "Issue: The case was closed after one visit.\n"
        "Difference: Whether the threshold is met.\n"
        "Concern: Attendance fell to 61 %, and two disclosures were made at school.\n"
        "Risk to the child: Neglect.\n"
        "Outcome wanted: A strategy discussion this week."
    )
    assert said["people.raiser"] == (
        "Alex Practitioner, Designated Safeguarding Lead, Invented Primary School, alex@invented-primary.example"
    )
    assert said["people.others"] == "Sam Counterpart, Social Worker, Exampleshire Children's Social Care"
    assert said["child.details"] == "Name: Rowan Testcase\nDOB: 3 March 2019\nAge: 7\nUnique identifier: P-17"
    assert said["need.levels"] == "Current: Level 2\nProposed: Level 3"


def test_how_it_was_resolved_is_said_with_the_day_the_stage_and_what_is_outstanding() -> None:
    said = data(everything()).of_case

    assert said["case.outcome"] == (
        "15/04/2026, stage 2: resolved with Exampleshire Children's Social Care: A strategy discussion is held;"
        " outstanding, and how it is pursued: The plan."
    )
    assert said["case.resolved_stage"] == "2"
    assert said["case.resolved_on"] == "2026-04-15"
    assert said["case.method"] == (
        "13/04/2026: telephone with Exampleshire Children's Social Care\n"
        "15/04/2026: agreed with Exampleshire Children's Social Care\n"
        "Outstanding, and how it is pursued: The plan."
    )


def test_nothing_is_resolved_while_one_of_two_agencies_is_not() -> None:
    both = (SOCIAL_CARE, HEALTH)
    said = data(
        scenario(
            (NAMES[HEALTH], on("2026-04-01")),
            ended("1", "resolved", "2026-04-08", decision="A visit."),
            receiving_agencies=both,
        )
    )

    assert said.of_case["case.resolved_on"] == said.of_case["case.resolved_stage"] == said.of_case["case.method"] == ""
    assert said.of_stages["1", "stage.resolved"] == ""
    assert said.of_case["case.outcome"] == (
        "08/04/2026, stage 1: resolved with Exampleshire Children's Social Care: A visit."
    )


def test_a_case_that_was_withdrawn_says_so_and_not_that_it_was_resolved() -> None:
    said = data(scenario(told("2026-04-02"), withdrawn("2026-04-09")))

    assert said.of_case["case.outcome"] == "09/04/2026, stage 1: withdrawn: The assessment was begun."
    assert (said.of_case["case.resolved_on"], said.of_stages["1", "stage.resolved"]) == ("", "")


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2019-04-20", "2026-04-19", "6"),
        ("2019-04-20", "2026-04-20", "7"),
        ("2024-04-20", "2026-04-19", "23 months"),
        ("2024-04-20", "2026-04-20", "2"),
        ("2026-03-20", "2026-04-20", "1 month"),
        ("2026-03-21", "2026-04-20", "0 months"),
        ("2026-04-21", "2026-04-20", "not born yet"),
    ],
)
def test_a_child_is_as_old_as_on_the_day_of_the_form(born: str, today: str, age: str) -> None:
    assert age_on(on(born), on(today)) == age


def test_a_withheld_child_is_withheld_everywhere() -> None:
    said = data(scenario(named("2026-04-01", withheld=True)))
    ask = "withheld, ask Invented Primary School"

    assert {key: words for key, words in said.of_case.items() if key.startswith("child.")} == {
        "child.name": ask,
        "child.address": ask,
        "child.parental_responsibility": ask,
        "child.reference": ask,
        "child.born_on": "",
        "child.age": "",
        "child.is_withheld": "yes",
        "child.details": f"Name: {ask}\nDOB:\nAge:\nUnique identifier: {ask}",
    }
    assert answers_for(form(*asking("child.name"), names="initials"), said) == {"child_name": ask}


def test_a_withheld_address_is_withheld_and_nothing_else_is() -> None:
    said = data(scenario(named("2026-04-01", address_withheld=True))).of_case

    assert said["child.address"] == "withheld, ask Invented Primary School"
    assert (said["child.name"], said["child.reference"]) == ("Rowan Testcase", "P-17")


def test_withheld_people_are_withheld_in_lists_and_rows_as_well() -> None:
    withheld = dataclasses.replace(NAMES[COUNTERPART], withheld=True, email="sam@exampleshire.example")
    said = data(scenario((withheld, on("2026-04-01"))))

    assert said.of_case["people.others"] == "withheld, ask Invented Primary School"
    assert said.rows["people"][1] == {
        "person.name": "withheld, ask Invented Primary School",
        "person.role": "",
        "person.agency": "",
    }


def test_a_form_that_names_by_initials_gives_initials_in_every_answer_about_the_child() -> None:
    table = FormTable(id="log", rows_of="children", columns=asking("child.details"))
    said = answers_for(
        form(*asking("child.name", "child.details"), names="initials", tables=(table,)), data(everything())
    )

    composed = "Name: R.T.\nDOB: 3 March 2019\nAge: 7\nUnique identifier: P-17"
    assert said == {"log_1_child_details": composed, "child_name": "R.T.", "child_details": composed}


def test_a_form_that_names_nobody_says_nothing_about_a_child() -> None:
    asked = FormField(id="gender", label="Gender", kind="text", asks="child.gender")
    table = FormTable(id="log", rows_of="children", columns=asking("child.name", "case.concern"))
    said = answers_for(form(*asking("child.name"), asked, names="nobody", tables=(table,)), data(everything()))

    assert said["child_name"] == said["gender"] == said["log_1_child_name"] == ""
    assert said["log_1_case_concern"] == "Attendance fell to 61 %, and two disclosures were made at school."


def test_a_row_stands_for_each_child_and_one_for_a_case_about_practice() -> None:
    second = e.PartyNamed(party="child-2", sort="child", name="Ash Testcase")
    two = scenario(
        (second, on("2026-04-01")),
        details("2026-04-09", "child-1", need_current="Level 2"),
        details("2026-04-09", "child-2", need_current="Level 4"),
        children=("child-1", "child-2"),
    )
    practice = scenario(children=(), about_theme="Closing letters")

    assert [(row["child.name"], row["need.current"]) for row in data(two, "").rows["children"]] == [
        ("Rowan Testcase", "Level 2"),
        ("Ash Testcase", "Level 4"),
    ]
    assert data(two, "").details == {}
    assert data(two, "child-2").details == {"need.current": "Level 4"}
    (row,) = data(practice, "").rows["children"]
    assert (row["case.reference"], row.get("child.name", "")) == ("KSCP-2026-0001-TEST", "")
    assert row["case.themes"].startswith("Closing letters\n")


def test_a_later_detail_replaces_an_earlier_one_and_the_childs_own_goes_before_the_cases() -> None:
    said = data(
        scenario(
            details("2026-04-08", "child-1", need_current="Level 2"),
            details("2026-04-09", "", need_current="Level 1", need_perceived="Level 3"),
            details("2026-04-10", "child-1", need_current="Level 4"),
        )
    )

    assert said.details == {"need.current": "Level 4", "need.perceived": "Level 3"}


def test_a_choice_without_this_option_stays_empty_and_words_are_kept_where_words_are_taken() -> None:
    choice = FormField(id="only", label="Stage", kind="choice", options=("2", "3"), fills="case.stage")
    words = dataclasses.replace(choice, id="words", kind="choice or words")
    plain = FormField(id="plain", label="Stage", kind="text", fills="case.stage")
    definition = form(choice, words, plain)

    first = answers_for(definition, data(scenario()))
    second = answers_for(definition, data(scenario(entered("2", "2026-04-10"))))

    assert first == {"only": "", "words": "Stage 1: practitioner to practitioner", "plain": first["words"]}
    assert (second["only"], second["words"]) == ("2", "2")
    assert second["plain"].startswith("Stage 2: ")


def test_a_day_in_a_field_for_words_is_spelled_out() -> None:
    words, day = asking("case.concern_on"), asking("child.born_on", kind="date")

    assert answers_for(form(*words, *day), data(scenario())) == {
        "case_concern_on": "1 April 2026",
        "child_born_on": "2019-03-03",
    }


def test_what_others_fill_in_and_what_is_for_the_end_stays_empty() -> None:
    theirs = FormField(id="theirs", label="Decision", kind="long", fills="case.concern", filled_by="them")
    last = FormField(id="last", label="Lessons", kind="long", fills="case.learning", when_resolved=True)
    definition = form(theirs, last)

    before = scenario(learned("2026-04-09"))
    after = before.then(ended("1", "resolved", "2026-04-10"))

    assert answers_for(definition, data(before)) == {"theirs": "", "last": ""}
    assert answers_for(definition, data(after)) == {"theirs": "", "last": "Closing letters came after the closure."}


def test_h13_what_was_done_before_stage_2_is_action_taken_and_the_rest_is_progress() -> None:
    definition, _ = load_form("herefordshire-appendix-2")
    case = herefordshire.case(
        told("2026-04-01"),
        herefordshire.to_stage_1("2026-04-02"),
        discussed("2026-04-07", said="", decision="Not yet.", actions=(KEPT_SAFE,)),
        entered("2", "2026-04-09"),
        (e.TimescaleAgreed(item="stage-2-resolve", by_on=date(2026, 4, 14)), on("2026-04-09")),
        discussed("2026-04-13", said="", decision="A meeting.\nOn Friday.", how="meeting"),
    )

    said = answers_for(definition, data(case))

    there = "Exampleshire Children's Social Care"
    assert said["action_taken"].splitlines() == [
        f"01/04/2026: raised with {there} (telephone)",
        "02/04/2026: taken up to Stage 1: line or team manager to line or team manager",
        f"07/04/2026: discussed with {there}; decided: Not yet.",
    ]
    assert said["progress"].splitlines() == [
        "09/04/2026, stage 2: taken up to Stage 2: safeguarding lead, service manager or head of service to their"
        " counterpart",
        f"09/04/2026, stage 2: agreed by 14/04/2026: {case['stage-2-resolve'].act}",
        f"13/04/2026, stage 2: discussed with {there}; decided: A meeting; On Friday.",
    ]
    log, _ = load_form("herefordshire-appendix-1")
    assert "agreed: Visit each week; Sam Counterpart; by 15/04/2026" in answers_for(log, data(case))["log_1_progress"]


def test_c6_the_form_gives_initials_where_it_asks_for_the_full_name() -> None:
    definition, _ = load_form("croydon-notification")

    assert answers_for(definition, data(croydon.case()))["child_name"] == "R.T."
