"""Herefordshire at stage 2 and what is owed before stage 3: H9 to H11, H15, H20, H22 and H30."""

from __future__ import annotations

from datetime import date

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import GoingUp
from escalate.core.policy import follow
from escalate.files.forms.loading import load_form
from tests.builders import HEALTH, SOCIAL_CARE, Happened, ended, entered
from tests.rules.herefordshire import at_stage, herefordshire, page, standings
from tests.rules.scenario import done, reading_differently, situation

DIRECTOR = "inform-service-director"


def about(agency: str, answer: e.Answer) -> Happened:
    """Whether this agency is the local authority's children's services."""
    known: dict[str, e.Answer] = {"local_authority_children's_services": answer}
    return situation("2026-04-02", agency, **known)


def is_the_authoritys(answer: e.Answer) -> Happened:
    """Whether it is about the local authority's children's services."""
    return about(SOCIAL_CARE, answer)


IT_IS = is_the_authoritys("yes")


def test_h9_stage_2_is_for_safeguarding_leads_service_managers_and_heads_of_service() -> None:
    stage = herefordshire().stage_of("2")
    owed = at_stage("2")["take-to-stage-2"]
    assert stage is not None

    assert stage.between == (
        "the safeguarding lead, service manager or head of service of the agency raising the concern",
        "the safeguarding lead, service manager or head of service of the agency challenged",
    )
    assert (owed.force, owed.to) == ("must", "the safeguarding lead, service manager or head of service")
    assert [post.title for post in herefordshire().post if post.rules == ("H9",)] == [
        "Safeguarding Lead",
        "Service Manager",
        "Head of Service",
    ]


def test_h9_a_meeting_is_to_be_considered() -> None:
    owed = at_stage("2")["consider-meeting-2"]

    assert (owed.force, owed.to, owed.clause) == ("consider", "the professionals concerned", "4.2 para 1")
    assert "consider-meeting-2" not in at_stage("1")


def test_h10_on_reaching_stage_2_appendix_2_must_go_to_the_partnership_team() -> None:
    owed = at_stage("2")["report-at-stage-2"]
    contact = herefordshire().contact_of("partnership-team")
    assert contact is not None

    assert (owed.force, owed.party, owed.to) == ("must", "raising", "the Partnership Team")
    assert (owed.form, owed.contact, contact.email) == (
        "herefordshire-appendix-2",
        "partnership-team",
        "admin.sbu@herefordshire.gov.uk",
    )
    assert (owed.due_on, owed.no_date) == (None, "the policy states no time")
    assert "report-at-stage-2" not in at_stage("1")
    assert (standings(at_stage("1"))[owed.form], standings(at_stage("2"))[owed.form]) == ("not asked for", "owed")


def test_h10_it_must_also_go_to_the_stage_2_professional_of_each_organisation_challenged() -> None:
    one = at_stage("2", receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert one.keys("report-to-counterpart") == ["report-to-counterpart", "report-to-counterpart@2"]
    owed = one["report-to-counterpart"]
    assert (owed.force, owed.form) == ("must", "herefordshire-appendix-2")
    assert owed.to == "the stage 2 professional in the organisation challenged"
    assert owed.act.endswith("(safeguarding lead, service manager or head of service)")


def test_h10_sending_it_to_the_partnership_is_not_sending_it_to_the_counterpart() -> None:
    one = at_stage("2", "2026-04-02", done("report-at-stage-2", "2026-04-02"))

    assert (one["report-at-stage-2"].is_open, one["report-to-counterpart"].is_open) == (False, True)


def test_h10_that_the_counterpart_should_have_it_is_the_reading_not_followed() -> None:
    one = at_stage("2")
    told = one["report-to-counterpart"].working.readings

    assert one.following(report_to_counterpart_must_or_should="should")["report-to-counterpart"].force == "should"
    assert [(r.doubt, r.sort, r.clause) for r in told] == [
        ("report-to-counterpart-must-or-should", "contradiction", "4.2 para 3")
    ]


def test_h11_the_authoritys_manager_must_inform_the_service_director_before_stage_3() -> None:
    one = at_stage("2", "2026-04-02", IT_IS, ended("2", "unresolved", "2026-04-15"))
    owed = one[DIRECTOR]

    assert (owed.force, owed.party, owed.condition) == ("must", "receiving", "")
    assert owed.who == "the manager of local authority children's services involved at stage 2"
    assert owed.to == "the Service Director Safeguarding and Family Support"
    assert (owed.due_on, owed.no_date) == (None, "it is owed before stage 3 is entered")


def test_h11_it_is_late_once_stage_3_is_entered_without_it() -> None:
    unresolved = ended("2", "unresolved", "2026-04-15")
    on_the_day = at_stage("2", "2026-04-02", IT_IS, unresolved, entered("3", "2026-04-16"))

    assert on_the_day[DIRECTOR].due_on == date(2026, 4, 16)
    assert not on_the_day.then(done(DIRECTOR, "2026-04-16"))[DIRECTOR].is_missed
    assert on_the_day.then(done(DIRECTOR, "2026-04-17"))[DIRECTOR].is_missed


def test_h11_it_shows_from_the_day_after_stage_2_was_to_be_completed() -> None:
    owed = at_stage("2", "2026-04-02", IT_IS)[DIRECTOR]

    assert (owed.since_on, owed.shows_from) == (date(2026, 4, 15), date(2026, 4, 16))


def test_h11_it_is_asked_of_the_agency_while_nobody_knows_and_not_owed_of_another() -> None:
    one = at_stage("2", "2026-04-02", ended("2", "unresolved", "2026-04-15"), entered("3", "2026-04-16"))

    assert one[DIRECTOR].condition == ("is the agency that is challenged the local authority's children's services?")
    assert DIRECTOR not in one.then(is_the_authoritys("no"))


def test_h11_of_several_agencies_it_is_the_authoritys_alone_and_only_where_stage_2_left_it_unresolved() -> None:
    both = at_stage("2", "2026-04-02", IT_IS, about(HEALTH, "no"), receiving_agencies=(HEALTH, SOCIAL_CARE))
    neither_agreed = both.then(ended("2", "unresolved", "2026-04-15"), ended("2", "unresolved", "2026-04-15", HEALTH))
    authority_agreed = both.then(ended("2", "resolved", "2026-04-15"), ended("2", "unresolved", "2026-04-15", HEALTH))

    assert neither_agreed.keys(DIRECTOR) == [f"{DIRECTOR}@2"]
    assert neither_agreed[f"{DIRECTOR}@2"].agency == SOCIAL_CARE
    assert authority_agreed.then(entered("3", "2026-04-15")).keys(DIRECTOR) == []


def test_h11_nobody_is_informed_where_stage_2_resolved_it_in_time() -> None:
    assert DIRECTOR not in at_stage("2", "2026-04-02", IT_IS, ended("2", "resolved", "2026-04-15"))


def test_h11_it_never_holds_back_whoever_raised_the_concern() -> None:
    one = at_stage("2", "2026-04-02", IT_IS)
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="2", outcome="unresolved")

    decided = deciding.advance(
        one.case, herefordshire(), GoingUp(on=date(2026, 4, 15), outcomes=(outcome,)), date(2026, 4, 15)
    )

    assert [fact.fact for fact in decided] == [outcome, e.StageEntered(stage="3", ground="unresolved", left="2")]
    assert one.then(*decided)[DIRECTOR].is_open


def test_h11_the_directors_post_is_in_the_directory() -> None:
    [post] = [post for post in herefordshire().post if post.rules == ("H11",)]

    assert (post.title, post.agency) == (
        "Service Director Safeguarding and Family Support",
        "local authority children's services",
    )


def test_h15_h30_the_partnership_team_logs_what_was_submitted_at_stage_2() -> None:
    one = at_stage("2", "2026-04-02", done("report-at-stage-2", "2026-04-02"))
    owed = one["log-the-escalation"]

    assert (owed.force, owed.party, owed.who, owed.clause) == (
        "will",
        "partnership",
        "the Partnership Team",
        "s5 para 2; Appendix 2 heading",
    )
    assert "log-the-escalation" not in at_stage("2")


def test_h15_it_is_reported_quarterly_and_what_was_settled_before_stage_2_is_not() -> None:
    [report] = herefordshire().report

    assert (report.rules, report.group, report.cadence) == (
        ("H15",),
        "Quality and Effectiveness and MASH Strategic sub-group",
        "quarterly",
    )
    assert (report.stages, report.only) == (("2", "3", "4"), "")
    assert report.says == (
        "the Partnership Team reports the escalations submitted at stage 2, from its log, for information; "
        "whether this is one group or two is unclear"
    )
    assert report.leaves_out == "what was settled before stage 2, of which no report is submitted"


def test_h20_a_recurring_issue_should_be_noted_with_the_earlier_escalations() -> None:
    owed = at_stage("2")["note-a-recurring-issue"]

    assert (owed.force, owed.evidence) == ("should", "box 2.2 of Appendix 2")
    assert owed.act == "note in Appendix 2 whether this is a recurring issue, and refer to the earlier escalations"
    assert "note-a-recurring-issue" not in at_stage("1")


def test_h20_a_note_in_box_2_2_has_not_sent_the_report() -> None:
    noted = at_stage("2", "2026-04-02", done("note-a-recurring-issue", "2026-04-02"))
    sent = noted.then(done("report-at-stage-2", "2026-04-07"))

    assert (standings(noted)["herefordshire-appendix-2"], standings(sent)["herefordshire-appendix-2"]) == (
        "owed",
        "issued",
    )


def test_h20_whose_section_is_whose_is_said_from_stage_2() -> None:
    prompt = next(prompt for prompt in herefordshire().prompt if prompt.rules == ("H20",))

    assert prompt.at == ("2", "3", "4")
    assert prompt.says == (
        "Appendix 2 has a section A for the concern, a section B for progress and a section C for the resolution. "
        'Its "Section 4" is the Partnership Manager\'s alone.'
    )
    assert page().count(prompt.says) == 3


def test_h20_the_form_has_these_sections_and_the_managers_own_is_left_to_the_manager() -> None:
    definition, _ = load_form("herefordshire-appendix-2")
    begun = [field.fixed_before[0] for field in definition.fields if field.fixed_before]

    assert begun == [
        "Section A: Escalation Information",
        "2. Concerns",
        "3. Professionals’ Information",
        "4. Level of Need and Action Taken",
        "Section B: Progress Updates",
        "Section C: Resolution Summary",
        "Difference resolved at:",
        "Section 4: HSCP Partnership Manager",
    ]
    assert [field.id for field in definition.fields if field.filled_by == "them"] == ["received_on", "hscp_actions"]
    assert [field.id for field in definition.fields if field.when_resolved] == [
        "method",
        "resolved_stage",
        "resolved_on",
        "learning",
        "completed_by",
        "completed_on",
    ]
    assert [field.id for field in definition.fields if field.accumulates] == ["progress"]
    assert (definition.is_official, definition.names, definition.updates) == (True, "in full", True)


def test_h20_a_themed_escalation_uses_boxes_2_1_and_2_2_and_a_section_of_its_own_is_the_reading_not_followed() -> None:
    doubt = next(doubt for doubt in herefordshire().contradiction if doubt.rules == ("H20",))
    other = follow(reading_differently(herefordshire(), {"themed-escalation-section": "section-of-its-own"}))

    assert (doubt.followed, doubt.readings["section-2"].says) == (
        "section-2",
        "of an escalation that is not about one child, boxes 1.1 to 1.4 stay blank, and 2.1 and 2.2 hold the theme",
    )
    assert [use.title for use in other.form if use.form == "herefordshire-appendix-2"] == [
        "Report to HSCP: Multi-Agency Resolution template (Appendix 2), Practice Issue / Themed Escalation"
    ]


def test_h22_leaving_stage_2_the_details_of_the_dispute_must_be_recorded() -> None:
    one = at_stage("2", "2026-04-02", ended("2", "unresolved", "2026-04-15"))

    assert (one["record-the-dispute"].force, one["record-the-dispute"].since_on) == ("must", date(2026, 4, 15))
    assert "record-the-dispute" not in at_stage("2", "2026-04-02", ended("2", "resolved", "2026-04-15"))


def test_h22_the_dispute_with_each_agency_is_recorded_where_it_is_one() -> None:
    one = at_stage("2", receiving_agencies=(SOCIAL_CARE, HEALTH)).then(
        ended("2", "resolved", "2026-04-15"), ended("2", "unresolved", "2026-04-15", HEALTH), entered("3", "2026-04-15")
    )

    assert one.keys("record-the-dispute") == ["record-the-dispute@2"]


def test_h30_from_stage_2_the_professionals_stay_responsible_for_moving_it_on() -> None:
    prompt = next(prompt for prompt in herefordshire().prompt if prompt.rules == ("H30",))

    assert prompt.at == ("2", "3", "4")
    assert prompt.says == (
        "You stay responsible for moving it on, meetings included. The Partnership Team logs and reports it, "
        "and helps only to arrange a stage 4 meeting."
    )
    assert page().count(prompt.says) == 3


def test_h30_nothing_of_stages_2_and_3_but_the_log_is_the_partnerships() -> None:
    one = at_stage("3", "2026-04-02", done("report-at-stage-2", "2026-04-02"))

    assert [owed.item for owed in one.owed.values() if owed.party == "partnership"] == ["log-the-escalation"]
