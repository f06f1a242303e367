"""Knowsley's prompts, statements, themes, contacts, reports and edition, where a practitioner meets them."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.question import Question
from escalate.ask.scripts.safety import routes
from tests.builders import POLICY
from tests.rules.scenario import knowsley, scenario
from tests.rules.seen import asked_by_raise, by_id, page_of


def page() -> str:
    """Return what `policy show` prints, line breaks and all."""
    return page_of(POLICY)


def question(question_id: str) -> Question:
    """Return one question of `raise`."""
    return by_id(asked_by_raise(POLICY, date(2026, 4, 1)))[question_id]


def said_when_raising() -> str:
    """Return what is shown before the first question about the disagreement."""
    return question("decision").notice


def test_k2_the_issue_the_risk_the_disagreement_and_both_aims_are_asked_for_and_owed_until_stated() -> None:
    owed = scenario()["state-the-disagreement"]

    assert (owed.force, owed.party, owed.clause, owed.is_open) == ("must", "both", "s4 para 2", True)
    assert owed.evidence == (
        "not known yet: the risk to the child, the nature of the disagreement, what the other side wants to achieve"
    )
    stated = scenario(risk_to_child="Going hungry.", nature="Whether to assess.", they_want="Early help first.")
    assert not stated["state-the-disagreement"].is_open


@pytest.mark.parametrize("asked", ["concern", "risk_to_child", "nature", "outcome_wanted", "they_want"])
def test_k2_each_statement_is_a_question_of_its_own(asked: str) -> None:
    assert question(asked).kind == "long"


def test_k2_raising_says_what_to_state() -> None:
    assert "Say what the issue is, what the risk to the child is" in said_when_raising()


def test_k6_the_raise_asks_for_evidence_and_owes_it_until_given() -> None:
    owed = scenario()["give-reasons"]

    assert (owed.force, owed.act) == ("should", "give clear reasons, based on evidence, for disagreeing")
    assert (owed.is_open, owed.evidence) == (True, "not known yet: the evidence")
    assert not scenario(evidence="Two disclosures, logged that day.")["give-reasons"].is_open
    assert question("evidence").text == (
        "What have you seen or heard that shows it? A gut feeling counts: say that it is one."
    )


def test_k24_the_seven_areas_of_disagreement_are_the_choices() -> None:
    assert [option.label for option in question("theme_area").options] == [
        "Level of need or threshold",
        "An agency's response to safeguarding concerns",
        "Roles and responsibilities",
        "Communication between agencies",
        "Decisions to step up or step down",
        "Practice and case management",
        "Accountability",
    ]
    assert [theme.clause for theme in knowsley().theme] == [f"s3 bullet {n}" for n in range(1, 8)]


def test_k25_unsure_how_to_go_on_there_is_a_telephone() -> None:
    contact = knowsley().contact_of("business-manager")
    assert contact is not None

    assert (contact.telephone, contact.confirmed_on) == ("0151 443 4786", None)
    assert "Unsure how to go on? The partnership's business manager will think it through with you." in page()
    assert "0151 443 4786" in page()
    assert "nobody has confirmed it here" in page()


def test_k35_a_complaint_goes_by_the_agencys_own_process_and_this_policy_does_not_replace_it() -> None:
    what, go_to = routes(knowsley())["complaint"]

    assert what == "a complaint about an agency or its service"
    assert go_to == "that agency's own statutory complaints process, which this policy does not replace"
    assert [option.label for option in question("route").options if option.value == "complaint"] == [what]


def test_k35_agencies_support_their_people_in_escalating() -> None:
    assert "Know your own agency's routes for escalating; your agency is there to support you in it." in (
        said_when_raising()
    )


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Resolve it quickly, and at practice level", "s2 bullets 1-2"),
        ("Share the key information", "s2 bullets 1-2"),
        ("keep to the child's safety and welfare, delay no decision", "s2 bullets 3-4, 7; s1 para 4"),
        ("act assertively, and stay involved", "s2 bullets 3-4, 7; s1 para 4"),
        ("Know your own agency's routes for escalating", "s2 bullet 5; s1 para 6"),
    ],
)
def test_k36_each_prompt_is_on_the_policys_page_with_its_clause(words: str, clause: str) -> None:
    line = next(line for line in page().splitlines() if words in line)

    assert f"[{clause}; " in line
    assert "K36" in line


def test_k36_raising_says_to_keep_to_the_childs_safety_and_stay_involved() -> None:
    assert "The difference must not put the child at further risk" in said_when_raising()


def test_k37_the_edition_names_its_dates_and_that_no_review_is_printed() -> None:
    head = knowsley().policy

    assert (head.edition, head.in_force_from, head.review_due) == ("2020-11", date(2020, 11, 24), None)
    assert head.source.history == (
        "taken 19 August 2020, reviewed September 2020, updated 24 November 2020; no next review date is printed"
    )
    assert "Edition 2020-11 (knowsley-2020-11), in force from" in page()
    assert "no review date is given" in page()


def test_k37_the_four_titles_of_the_partnerships_manager_are_one_contact() -> None:
    contact = knowsley().contact_of("business-manager")
    assert contact is not None

    assert (contact.title, *contact.also_called) == (
        "Business Manager of the Knowsley Safeguarding Children Partnership",
        "KSCP manager",
        "Partnership Manager",
        "Business Partnership Manager",
    )
    assert {duty.contact for duty in knowsley().duty} == {"", "business-manager"}


@pytest.mark.parametrize(
    ("rule", "group", "cadence", "clause"),
    [
        pytest.param("K32", "Core Business Group", "not stated", "s5 para 2", id="k32"),
        pytest.param("K33", "Policy and Performance Group", "not stated", "s1 para 7", id="k33"),
        pytest.param("K34", "partner agencies", "yearly", "flowchart, box after stage 4", id="k34"),
    ],
)
def test_k32_k33_k34_each_report_has_its_group_its_cadence_and_its_clause(
    rule: str, group: str, cadence: str, clause: str
) -> None:
    report = next(report for report in knowsley().report if report.rules == (rule,))

    assert (report.group, report.cadence, report.clause) == (group, cadence, clause)
    assert any(f"(how often: {cadence})" in line and f"[{clause}; {rule}]" in line for line in page().splitlines())
