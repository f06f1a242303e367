"""Herefordshire routes out, themes, prompts and edition, where they are met: H16 to H18, H27 to H29, H33."""

from __future__ import annotations

import pytest

from escalate.ask.question import Stop
from escalate.ask.scripts.safety import routes
from tests.builders import on
from tests.rules.herefordshire import case, herefordshire, page, question, raising


def route(kind: str) -> tuple[str, str]:
    """Return what goes another way, and where, as `raise` says it."""
    return routes(herefordshire())[kind]


def stop(kind: str) -> Stop:
    """Return the end of the interview for one way out."""
    return next(step for step in raising() if isinstance(step, Stop) and step.id == f"route-{kind}")


def test_h16_an_allegation_against_an_adult_goes_to_the_lado_within_24_hours_and_nothing_is_kept() -> None:
    what, go_to = route("allegation")

    assert what == (
        "an allegation that an adult who works or volunteers with children may have harmed a child, committed an "
        "offence against or related to one, or behaved in a way that shows a risk of harm to children"
    )
    assert go_to == (
        "a referral to the Local Authority Designated Officer (LADO), which must be made within 24 hours of knowing "
        "of it; form and guidance: West Midlands Child Protection Procedures, 3.8, Managing Allegations"
    )
    assert stop("allegation").text == "this policy does not apply: nothing was kept"
    assert stop("allegation").remedy == f"use instead: {go_to}"
    assert "that the 24 hours run from knowing of it, are ours" in page()


def test_h17_serious_wrongdoing_goes_by_the_agencys_whistleblowing_policy_and_then_outside() -> None:
    assert route("whistleblowing") == (
        "serious concerns about wrongdoing in an organisation, the disclosure of which should be in the public "
        "interest",
        "your own agency's whistleblowing policy, which should be consulted; once that process is exhausted, the "
        "concern should go outside the organisation",
    )
    assert stop("whistleblowing").text == "this policy does not apply: nothing was kept"


def test_h18_the_eleven_examples_are_the_themes() -> None:
    assert [option.label for option in question("theme_area").options] == [
        "A dispute over a referral, about thresholds or eligibility for services",
        "Another professional's action or inaction, or procedures and guidance not followed",
        "A decision or course of action: a conference, a closure, a step up or step down",
        "The outcome of a child protection conference, raised during it and in its record",
        "Whether a child's plan is carried out, and whether it brings the change needed",
        "Information sharing",
        "The outcome of an assessment, its analysis or the decisions drawn from it",
        "The services provided",
        "The child's lived experience does not inform assessment, decisions or planning",
        "Drift, or unreasonable delay",
        "How child protection procedures are operated",
    ]


def test_h18_the_four_kinds_of_difference_are_said_and_the_list_is_not_complete() -> None:
    said = question("decision").notice

    assert (
        "Most differences are about how great the need is and what is done about it, how long an action or an answer "
        "may take, who does what not being understood, or whether to act and to communicate. "
        "The areas listed are examples, and not all there is."
    ) in said
    assert not question("theme_area").required


def test_h27_dissent_is_for_the_conference_itself_and_its_record() -> None:
    assert route("conference") == (
        "a difference over a child protection conference's outcome, while the conference is still being held",
        "say so during the conference and have it put in its record; a difference so recorded can come back here",
    )
    theme = next(theme for theme in herefordshire().theme if "H27" in theme.rules)
    assert theme.title == "The outcome of a child protection conference, raised during it and in its record"


def test_h27_family_members_use_the_councils_complaints_process() -> None:
    assert route("other") == (
        "a family member's disagreement with the outcome of a child protection conference",
        "the Council's complaints process",
    )
    assert route("complaint") == (
        "a complaint about an agency or its service",
        "that agency's own complaints process",
    )


def test_h28_a_dispute_inside_one_agency_goes_by_its_own_procedure() -> None:
    assert route("own agency") == (
        "a dispute between services of one and the same agency",
        "that agency's own dispute resolution procedure, which this protocol does not replace",
    )


def test_h28_it_is_no_substitute_for_reporting_a_serious_incident() -> None:
    away = next(away for away in herefordshire().route_out if away.kind == "serious incident")

    assert (away.rules, away.what, away.go_to, away.clause) == (
        ("H28",),
        "a serious incident that an organisation has to report",
        "the organisation's own reporting of serious incidents, for which this protocol is no substitute",
        "s3 para 1",
    )
    assert f"A serious incident that an organisation has to report: {away.go_to}." in page()


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Be respectful, balanced and clear. Give evidence; a gut feeling counts, if you say that it is one", "raise"),
        ("Act swiftly, in the shortest time possible, and by this process: telling colleagues is not enough", "raise"),
        ("Listen to the answer with an open mind, keep to the child's safety and wellbeing, and record", "record"),
    ],
)
def test_h29_each_prompt_stands_where_it_helps(words: str, at: str) -> None:
    [prompt] = [prompt for prompt in herefordshire().prompt if prompt.says.startswith(words)]

    assert (prompt.at, prompt.rules) == ((at,), ("H29",))
    assert prompt.says in page()
    assert (prompt.says in question("decision").notice) == (at == "raise")


def test_h33_the_edition_is_undated_with_no_review_date() -> None:
    head = herefordshire().policy

    assert (head.edition, head.in_force_from, head.superseded_on, head.review_due) == ("undated", None, None, None)
    assert (head.in_force_as_printed, head.review_as_printed) == ("", "")
    assert "in force from a day that is not given; no review date is given. [" in page()
    assert head.source.published_on is None
    assert head.source.history == (
        "undated, with no review date; the board has several names (SPG in the glossary); "
        "Figure 1 prints the stages in the order 1, 2, 4, 3"
    )
    assert "no review date is given" in page()


def test_h33_the_boards_several_names_are_one_contact() -> None:
    contact = herefordshire().contact_of("board-chair")
    assert contact is not None

    assert (contact.title, *contact.also_called) == (
        "Chair of the Safeguarding Partners Board",
        "Chair of the SPG",
        "Chair of the HSCP Strategic Partners Board",
        "Chair of the Herefordshire Strategic Partnership Board",
    )


def test_h33_figure_1s_order_is_not_the_ladders() -> None:
    assert [stage.id for stage in herefordshire().stage] == ["informal", "1", "2", "3", "4"]


def test_h33_nobody_is_asked_whether_an_undated_edition_still_governs() -> None:
    assert case().case.concern_on == on("2026-04-01")
    assert "still_governs" not in [step.id for step in raising()]
