"""Wirral, what the board is told and by whom it is made: W8 to W12, W16 and W17."""

from __future__ import annotations

import pytest

from escalate.ask.scripts.safety import routes
from escalate.core.forms.definition import NOT_OFFICIAL
from escalate.core.forms.due import forms_due
from escalate.core.policy import follow
from escalate.files.docx.opener import open_docx, parse_part
from escalate.files.docx.text import text_of
from escalate.files.forms.loading import load_form
from tests.builders import ended
from tests.rules.scenario import Scenario, done, recommended, responded
from tests.rules.wirral import at_stage, page, raising, wirral

REPRESENTATIVE_TITLE = (
    "Proforma for Reporting Conflicts which have been Resolved at Stage {} Agency Representative Level"
)


def owed_forms(situation: Scenario, standing: str = "owed") -> list[str]:
    """Return the ids of the forms that a case owes, or that stand otherwise in it."""
    return [due.use.form for due in forms_due(situation.case, follow(situation.policy)) if due.standing == standing]


def resolved_at(stage: str) -> Scenario:
    """Return a case that was resolved at a stage on Monday 13 April 2026."""
    return at_stage(stage, ended(stage, "resolved", "2026-04-13"))


@pytest.mark.parametrize(
    ("stage", "owed"), [("1", []), ("2", ["wirral-appendix-1"]), ("3", ["wirral-appendix-2"]), ("4", [])]
)
def test_w8_only_what_was_resolved_at_stages_2_and_3_is_reported_each_by_its_own_proforma(
    stage: str, owed: list[str]
) -> None:
    resolved = resolved_at(stage)

    assert owed_forms(resolved) == owed
    assert [one.form for one in resolved.owed.values() if one.form] == owed


def test_w8_nothing_is_reported_of_what_was_not_resolved_or_went_to_the_chair() -> None:
    unresolved = at_stage("2", ended("2", "unresolved", "2026-04-13"))
    determined = at_stage("4", recommended("2026-04-13"), responded("2026-04-14"))

    assert (owed_forms(unresolved), owed_forms(determined)) == ([], [])
    assert {"send-appendix-1", "send-appendix-2"} & {*unresolved.owed, *determined.owed} == set()


@pytest.mark.parametrize(
    ("stage", "duty", "who"),
    [
        ("2", "send-appendix-1", "the managers or safeguarding leads who resolved it"),
        ("3", "send-appendix-2", "the board representatives who resolved it"),
    ],
)
def test_w8_the_proforma_should_go_to_the_business_manager_and_no_time_is_stated(
    stage: str, duty: str, who: str
) -> None:
    owed = resolved_at(stage)[duty]

    assert (owed.force, owed.who, owed.to) == ("should", who, "the business manager of the board")
    assert (owed.contact, owed.no_date) == ("business-manager", "the policy states no time")
    assert not resolved_at(stage).then(done(duty, "2026-04-14"))[duty].is_open


def test_w8_the_two_proformas_are_known_by_title() -> None:
    assert [(use.form, use.title, use.owed_when) for use in follow(wirral()).form] == [
        ("wirral-appendix-1", f"{REPRESENTATIVE_TITLE.format(2)} (Appendix 1)", ("stage 2 resolved",)),
        ("wirral-appendix-2", f"{REPRESENTATIVE_TITLE.format(3)} (Appendix 2)", ("stage 3 resolved",)),
    ]


def test_w8_their_fields_are_not_printed_and_ours_say_that_they_are_reconstructed() -> None:
    for use in wirral().form:
        definition, template = load_form(use.form)

        assert (definition.standing, definition.names, use.names, use.obtained_from) == (
            "reconstructed",
            "initials",
            "initials",
            "",
        )
        assert NOT_OFFICIAL in text_of(parse_part(open_docx(template, "it").parts["word/document.xml"]))
        assert [field.label for field in definition.fields] == [
            "Agencies in conflict",
            "Child (initials only)",
            "Stage at which it was resolved",
            "Date it was raised",
            "Date it was resolved",
            "Nature of the conflict",
            "How it was resolved",
            "What was agreed",
            "Themes",
            "Learning",
            "Completed by",
            "Role",
            "Agency",
            "Date completed",
        ]


def test_w8_the_title_of_appendix_1_names_representatives_where_leads_act() -> None:
    doubt = wirral().contradiction[0]
    other = resolved_at("2").following(appendix_1_whose_level="representatives")

    assert (doubt.id, doubt.followed, doubt.rules) == ("appendix-1-whose-level", "leads", ("W8",))
    assert other["send-appendix-1"].who == "the agencies' representatives"


def test_w8_that_appendix_2_is_sent_is_ours_and_the_other_reading_only_allows_it() -> None:
    optional = resolved_at("3").following(appendix_2_is_sent="named-only")
    other = optional["send-appendix-2"]

    assert (owed_forms(optional), owed_forms(optional, "offered")) == ([], ["wirral-appendix-2"])
    assert (other.force, other.act) == (
        "may",
        "send the proforma of Appendix 2 to the business manager of the board, for analysis",
    )


@pytest.mark.parametrize(("stage", "duty"), [("2", "send-appendix-1"), ("3", "send-appendix-2")])
def test_w9_the_business_manager_analyses_each_proforma_for_themes_and_learning(stage: str, duty: str) -> None:
    sent = resolved_at(stage).then(done(duty, "2026-04-14"))
    owed = sent["analyse-proformas"]

    assert "analyse-proformas" not in resolved_at(stage)
    assert (owed.force, owed.party, owed.who) == ("should", "partnership", "the business manager of the board")
    assert owed.clause == "s2 para 4 (that the business manager does it, and should, are ours)"
    assert not sent.then(done("analyse-proformas", "2026-06-30"))["analyse-proformas"].is_open


def test_w4_w8_w9_the_executive_group_has_a_quarterly_report_of_what_was_resolved_at_stages_2_and_3() -> None:
    (report,) = wirral().report

    assert (report.group, report.cadence, report.stages, report.only) == (
        "Executive Group of the board",
        "quarterly",
        ("2", "3"),
        "resolved",
    )
    assert report.rules == ("W4", "W8", "W9")
    assert report.leaves_out == (
        "what was resolved at stage 1, of which the board need not be told; what was not resolved, and what went to "
        "the Chair, for which there is no proforma"
    )


def test_w10_the_boards_members_are_27_posts_and_one_person_holds_two_of_them() -> None:
    assert [(post.title, post.agency) for post in wirral().post] == [
        ("Corporate Safeguarding Manager", ""),
        ("Head of Specialist Services", "CYPD"),
        ("Designated Doctor, Safeguarding Children", ""),
        ("Director of Quality and Nursing", "Community Trust"),
        ("Designated Nurse, Safeguarding Children", "CCG"),
        ("Post not stated", "NHS England"),
        ("Director of Nursing and Midwifery", "Wirral University Teaching Hospital"),
        ("Area Service Manager", "Connexions"),
        ("Head of Targeted Services", "CYPD"),
        ("Representative of voluntary agencies", ""),
        ("Primary Schools Representative", ""),
        ("Special Schools Representative", ""),
        ("Secondary Schools Representative", ""),
        ("Interim Chief Operating Officer", "NHS Wirral CCG"),
        ("Head of Quality and Nursing", "Community NHS Trust"),
        ("Director of Nursing", "CWP"),
        ("Public Health Consultant", "NHS Wirral"),
        ("Assistant Chief Executive", "Merseyside Rehabilitation Committee"),
        ("Superintendent", "Merseyside Police"),
        ("Deputy Principal", "Wirral Metropolitan College"),
        ("Group Manager", "Merseyside Fire and Rescue"),
        ("Head of Housing", "Wirral Methodist HA"),
        ("Service Manager", "CAFCASS"),
        ("Head of Public Health", ""),
        ("Restorative Practice Senior Locality Manager", ""),
        ("Public Health Consultant", ""),
        ("Head of LDU", "National Probation Service"),
    ]
    assert {(post.stage, post.acts_as) for post in wirral().post} == {("3", "board member")}
    assert [post.clause for post in wirral().post if "same person" in post.clause] == [
        "s5 list, 17 (the same person as 26)",
        "s5 list, 26 (the same person as 17)",
    ]


def test_w6_w10_their_contact_details_come_from_the_business_manager() -> None:
    assert "their direct contact details come from the business manager. [s5 para 1 and list; W6, W10]" in page()


def test_w11_the_business_manager_has_a_telephone_and_two_addresses_that_differ_as_printed() -> None:
    assert [(contact.id, contact.telephone, contact.email, contact.confirmed_on) for contact in wirral().contact] == [
        ("business-manager", "0151 666 4314", "davidrobbins@wirral.gov.uk", None),
        ("business-manager-secure", "", "david.robbins@wirral.gcsx.gov.uk", None),
    ]
    assert [(prompt.at, prompt.clause) for prompt in wirral().prompt if prompt.rule == "W11"] == [
        (("2", "3", "4"), "s7 (confirming is ours)")
    ]


def test_w12_a_complaint_goes_by_the_agencys_own_process_and_this_procedure_does_not_replace_it() -> None:
    what, go_to = routes(wirral())["complaint"]

    assert what == "a complaint about an agency or its service"
    assert go_to == "that agency's own statutory complaints process, which this procedure does not replace"


def test_w12_raising_says_that_agencies_see_to_it_that_their_people_can_escalate() -> None:
    assert (
        "Your agency is to see that you are competent and supported to escalate, inside it and to others. Ask for that."
        in raising()["decision"].notice
    )


def test_w16_the_themes_are_what_the_disagreement_is_about() -> None:
    assert [option.label for option in raising()["theme_area"].options] == [
        "A referral: another professional's decision, action or lack of action",
        "An assessment: another professional's decision, action or lack of action",
        "An enquiry: another professional's decision, action or lack of action",
        "A contact or referral to the Gateway or the Central Advice and Duty Service",
        "A case allocated to a Lead Professional",
    ]


def test_w16_raising_says_what_is_covered_above_all_the_early_stage() -> None:
    assert (
        "It serves best at the early stage, around a referral; contacts and referrals to the Gateway and the Central "
        "Advice and Duty Service, and allocated cases, are within it." in raising()["decision"].notice
    )


def test_w17_the_edition_was_introduced_in_september_2015_and_no_review_is_printed() -> None:
    head = wirral().policy

    assert (head.edition, head.in_force_from, head.superseded_on, head.review_due) == ("2015-09", None, None, None)
    assert head.in_force_as_printed == "introduced into the manual in September 2015"
    assert head.review_as_printed == ""
    assert (head.partnership, head.prefix, head.called) == ("Wirral Safeguarding Children Board", "WSCB", "stage")
    assert "This edition is of September 2015. Ask whether it still governs" in raising()["decision"].notice
