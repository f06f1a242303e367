"""Croydon's Escalation Notification Form and what becomes of it: C4, C6, C7, C10, C12 and C20."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.forms.due import forms_due
from escalate.core.policy import FormUse, Report, follow
from escalate.files.docx.opener import open_docx
from escalate.files.forms.loading import load_form
from tests.builders import Happened, ended, entered, on
from tests.rules.croydon import at_stage, case, croydon, own_words, page_from
from tests.rules.scenario import Scenario, done, reading_differently

FORM = "croydon-notification"


def the_form(**readings: str) -> FormUse:
    """Return the form as these readings have it."""
    chosen = {doubt.replace("_", "-"): reading for doubt, reading in readings.items()}
    (use,) = follow(reading_differently(croydon(), chosen)).form
    return use


def issued(day: str) -> Happened:
    """The form went out for the case's child."""
    return e.FormIssued(
        issue=f"issue-{day}",
        form=FORM,
        form_version=1,
        stage="3",
        child="child-1",
        file_name="f.docx",
        digest="d1",
        content_digest="d2",
        anchor="L1-0000",
        answers={},
    ), on(day)


def standing_of(situation: Scenario) -> str:
    (due,) = forms_due(situation.case, follow(situation.policy))
    return due.standing


@pytest.mark.parametrize(
    ("stage", "standing"),
    [("1", "not asked for"), ("2", "not asked for"), ("3", "owed"), ("4", "owed"), ("5", "owed")],
)
def test_c4_the_form_is_owed_at_stages_3_4_and_5(stage: str, standing: str) -> None:
    climbed = at_stage(stage, "2026-04-01")

    assert [due.standing for due in forms_due(climbed.case, follow(croydon()))] == [standing]
    owed = [key for key in climbed.owed if key.startswith("notify-at-stage-")]
    assert owed == [f"notify-at-stage-{one}" for one in ("3", "4", "5") if one <= stage]


@pytest.mark.parametrize("stage", ["3", "4"])
def test_c4_it_is_submitted_whether_resolved_or_not(stage: str) -> None:
    key = f"notify-at-stage-{stage}"

    for outcome in ("resolved", "unresolved"):
        owed = at_stage(stage, "2026-04-01").then(ended(stage, outcome, "2026-04-09"))[key]
        assert (owed.is_open, owed.force, owed.no_date) == (True, "should", "the policy states no time")
        assert "whether the matter is resolved or not" in owed.act


@pytest.mark.parametrize("stage", ["3", "4"])
def test_c4_it_is_owed_again_with_how_the_stage_ended(stage: str) -> None:
    sent = at_stage(stage, "2026-04-01").then(issued("2026-04-02"), done(f"notify-at-stage-{stage}", "2026-04-02"))
    key = f"notify-how-stage-{stage}-ended"
    assert standing_of(sent) == "issued"
    assert key not in sent

    for outcome in ("resolved", "unresolved"):
        over = sent.then(ended(stage, outcome, "2026-04-09"))
        assert standing_of(over) == "owed"
        assert (over[key].is_open, over[key].force, over[key].since_on) == (True, "should", date(2026, 4, 9))
        assert (over[key].form, over[key].contact) == (FORM, "cscp-manager")
        assert standing_of(over.then(issued("2026-04-10"))) == "issued"


@pytest.mark.parametrize(("stage", "above"), [("3", "4"), ("4", "5")])
def test_c4_how_a_stage_ended_is_told_by_the_next_stages_part_where_the_matter_goes_up(stage: str, above: str) -> None:
    gone_up = at_stage(stage, "2026-04-01").then(ended(stage, "unresolved", "2026-04-09"), entered(above, "2026-04-09"))

    assert not gone_up[f"notify-how-stage-{stage}-ended"].is_open
    assert gone_up[f"notify-at-stage-{above}"].is_open
    assert standing_of(gone_up.then(issued("2026-04-09"))) == "issued"


def test_c4_the_reminders_3_5_and_5_is_the_reading_not_followed() -> None:
    climbed = at_stage("4", "2026-04-01").following(notification_stages="reminder")

    assert the_form().owed_at == ("3", "4", "5")
    assert the_form(notification_stages="reminder").owed_at == ("3", "5")
    assert "notify-at-stage-4" not in climbed
    doubt = next(doubt for doubt in croydon().contradiction if doubt.id == "notification-stages")
    assert (doubt.followed, doubt.readings["reminder"].clause) == ("form", "reminders bullet 4")


def test_c4_stage_5_is_only_for_what_all_earlier_stages_left_unresolved() -> None:
    (said,) = own_words("prompt", "C4")

    assert said.at == ("5",)
    assert said.says.endswith("It is only for what all earlier stages left unresolved.")
    assert "notify-at-stage-5" not in at_stage("4", "2026-04-01").then(ended("4", "resolved", "2026-04-09"))


def test_c6_the_child_is_named_by_initials_and_the_full_name_is_the_reading_not_followed() -> None:
    assert (the_form().names, the_form(initials_or_full_names="in-full").names) == ("initials", "in full")
    doubt = next(doubt for doubt in croydon().contradiction if doubt.rules == ("C6",))
    assert doubt.because.startswith("initials protect the family")
    assert load_form(FORM)[0].names == "initials"
    assert "Give the family's initials and nothing fuller" in page_from("Stage 3")


@pytest.mark.parametrize("stage", ["3", "4", "5"])
def test_c7_it_is_e_mailed_securely_to_the_cscp_manager(stage: str) -> None:
    owed = at_stage(stage, "2026-04-01")[f"notify-at-stage-{stage}"]

    assert "e-mail it securely" in owed.act
    assert (owed.to, owed.contact, owed.form) == ("the CSCP Manager", "cscp-manager", FORM)


@pytest.mark.parametrize("stage", ["3", "4", "5"])
def test_c7_it_is_saved_locally_and_what_is_relevant_goes_onto_the_childs_record(stage: str) -> None:
    sent = at_stage(stage, "2026-04-01").then(done(f"notify-at-stage-{stage}", "2026-04-07"))
    owed = sent[f"keep-the-stage-{stage}-form"]

    assert (owed.force, owed.to, owed.since_on) == ("should", "the child's record", date(2026, 4, 7))
    assert owed.act == "save the completed form locally and add what is relevant in it to the child's record"
    assert f"keep-the-stage-{stage}-form" not in at_stage(stage, "2026-04-01")


def test_c7_every_field_is_expanded_before_printing() -> None:
    (said,) = own_words("prompt", "C7")

    assert (said.at, said.clause) == (("3", "4", "5"), "form, When to complete bullets 4-6")
    assert said.says.endswith("Send it by secure e-mail, and expand every field before printing.")


def test_c10_what_the_forms_say_goes_to_the_quality_improvement_group() -> None:
    sent = at_stage("3", "2026-04-01").then(done("notify-at-stage-3", "2026-04-07"))
    owed = sent["refer-to-the-improvement-group"]

    assert (owed.force, owed.party, owed.to, owed.since_on) == (
        "will",
        "partnership",
        "the Quality Improvement Group",
        date(2026, 4, 7),
    )
    assert "refer-to-the-improvement-group" not in case()


def test_c10_it_is_reported_to_the_group_without_a_cadence_and_yearly_in_the_annual_report() -> None:
    found: list[Report] = own_words("report", "C10")

    assert [(report.group, report.cadence, report.stages) for report in found] == [
        ("Quality Improvement Group", "not stated", ("3", "4", "5")),
        ("Annual Report", "yearly", ("3", "4", "5")),
    ]
    assert {report.leaves_out for report in found} == {"what ended at stages 1 and 2, for which no form is sent"}
    assert "the group recommends what to address and agrees a response" in page_from("What is reported")


def test_c12_the_form_its_title_and_that_it_is_filled_here() -> None:
    use = the_form()
    definition, _ = load_form(FORM)

    assert (use.form, use.title, use.to) == (FORM, "Escalation Notification Form (Appendix)", "the CSCP Manager")
    assert (use.obtained_from, definition.is_official, definition.updates) == ("", True, True)


def test_c12_its_fields_in_order_by_who_notifies_the_child_and_each_stage() -> None:
    definition, _ = load_form(FORM)
    stages = ["", "3", "4", "5"]
    labels = [[field.label for field in definition.fields if field.of_stage == stage] for stage in stages]

    concerns = (
        "Brief description of your concerns (incl. key dates, evidence of need, key procedural issue/disagreement, "
        "summary of interventions to date)"
    )
    of_a_stage = [
        concerns,
        "Is the matter resolved?",
        "Decision / Outcome",
        "Summary of key learning",
        "Date",
    ]
    assert labels == [
        ["Name", "Role", "Agency", "Email", "Date", "Full name", "Date of birth", "Gender", "Ethnicity", "SEND"],
        of_a_stage,
        of_a_stage,
        [
            "Outline concerns along with supporting evidence.",
            "Decision / Outcome",
            "Summary of key learning",
            "Date",
        ],
    ]
    assert [field.id for field in definition.fields if field.filled_by == "them"] == ["stage_5_decision"]


def test_c12_the_lists_that_are_not_known_take_any_words() -> None:
    definition, _ = load_form(FORM)

    lists = [(field.label, field.options) for field in definition.fields if field.kind == "choice or words"]
    assert lists == [("Gender", ()), ("Ethnicity", ()), ("SEND", ())]


def test_c12_what_stages_3_and_4_ask_and_what_stage_5_asks_instead() -> None:
    _, formal, last = own_words("prompt", "C12")

    assert (formal.at, last.at) == (("3", "4"), ("5",))
    for words in ("whether the matter is resolved", "the decision or outcome", "the key learning", "the date"):
        assert words in formal.says
    assert "It no longer asks whether the matter is resolved." in last.says
    act = at_stage("5", "2026-04-01")["notify-at-stage-5"].act
    assert "(the concerns with their evidence and, at the end, a request that the Executive Group consider them)" in act


def test_c12_who_notifies_and_the_child_come_first_and_how_each_box_is_filled() -> None:
    first, *_ = own_words("prompt", "C12")

    assert first.at == ("3", "4", "5")
    assert first.says == (
        "The form begins with who notifies (name, role, agency, e-mail and date) and with the child: the name is "
        "typed, the date of birth picked, and gender, ethnicity and SEND chosen from lists."
    )


def test_c12_who_completes_it_is_not_said_to_be_more_than_is_stated() -> None:
    assert at_stage("3", "2026-04-01")["notify-at-stage-3"].who == (
        "whoever completes the notification (of which agency is not stated)"
    )


def test_c20_the_answers_already_chosen_and_the_misnamed_sections_are_warned_of() -> None:
    (said,) = own_words("prompt", "C20")

    assert said.at == ("3", "4")
    assert "Yes at stage 3 and No at stage 4: choose your own" in said.says
    assert 'Its "section 4" and "section 5" are stages 4 and 5.' in said.says
    assert "after a no, write what was decided so far (ours)" in said.says


def test_c20_the_answers_already_chosen_are_known_as_such_and_not_begun_with() -> None:
    definition, template = load_form(FORM)

    assert {field.id: field.preset for field in definition.fields if field.preset} == {
        "stage_3_resolved": "Yes",
        "stage_4_resolved": "No",
    }
    assert b"lastValue" not in open_docx(template, "the template").parts["word/document.xml"]


def test_c20_appendix_b_is_the_appendix() -> None:
    assert the_form(which_appendix="appendix-b").title == "Escalation Notification Form (appendix B)"
    assert the_form().title == "Escalation Notification Form (Appendix)"


def test_c20_the_section_numbered_6_2_has_none_before_it() -> None:
    doubt = next(doubt for doubt in croydon().ambiguity if doubt.id == "consultation-at-which-stage")

    assert doubt.readings["any-stage"].clause == "6.2 para 1 (numbered so without a 6.1)"
