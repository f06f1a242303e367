"""Croydon's routes out, themes, principles, edition, posts and what it leaves to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.ask.scripts.safety import routes
from tests.builders import a_home
from tests.cli.kept import drafts, entries, every_byte, references
from tests.cli.raised import with_line
from tests.rules.croydon import NAME, asked, croydon, own_words, page, page_from
from tests.running import run

MARKER = "Zebedee"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home set up under Croydon's policy."""
    return a_home(tmp_path / "home", policy=NAME)


def test_c8_it_is_for_children_receiving_help_from_early_help_to_being_looked_after() -> None:
    (said,) = own_words("prompt", "C8")

    assert said.says.startswith(
        "This policy is for children who receive early help, children in need, children under child protection"
        " and looked after children."
    )
    assert "the London Child Protection Procedures, Part B1, chapter 11" in said.says
    assert said.says in asked()["decision"].notice


def test_c8_a_dispute_inside_one_agency_goes_by_that_agencys_own_procedure() -> None:
    what, go_to = routes(croydon())["own agency"]

    assert what == "a dispute between services of one and the same agency"
    assert go_to == "that agency's own procedure for resolving disputes, which this policy does not replace"


def test_c8_a_complaint_about_conduct_or_one_agencys_policy_goes_by_that_agencys_policy() -> None:
    what, go_to = routes(croydon())["complaint"]
    (away,) = [away for away in croydon().route_out if away.kind == "complaint"]

    assert what == "a complaint about somebody's professional conduct or about one agency's own policy"
    assert go_to == "that agency's own policy"
    assert "the sentence is incomplete" in away.clause


def test_c8_a_complaint_about_the_partnerships_own_decision_goes_to_the_executive_group() -> None:
    (away,) = [away for away in croydon().route_out if away.kind == "other"]

    assert away.what == "a complaint about a decision of the Croydon Safeguarding Children Partnership itself"
    assert away.go_to == "the CSCP Executive Group, which should alert the CSCP Independent Scrutineer"
    assert away.go_to in page_from("Where this policy does not apply")


@pytest.mark.parametrize("route", ["whistleblowing", "complaint", "own agency"])
def test_c8_c9_what_is_routed_out_leaves_no_case_and_no_draft_and_not_a_word(home: Path, route: str) -> None:
    before = entries(home)
    told = with_line(f'route = "{route}"').replace("Rowan", MARKER)

    done = run(home, "raise", typed=told)

    assert (done.code, done.out) == (6, "")
    assert done.err.splitlines()[0] == "this policy does not apply: nothing was kept"
    assert (entries(home), references(home), drafts(home)) == (before, [], [])
    assert MARKER.encode() not in every_byte(home)


def test_c9_a_record_of_whistleblowing_is_kept_apart_from_the_childs_files(home: Path) -> None:
    done = run(home, "raise", typed=with_line('route = "whistleblowing"'))

    told = " ".join(done.err.split())
    assert (
        "A clear record of what was disclosed and what came of it should be kept securely and confidentially, apart "
        "from the child's case files, and should protect the identity of whoever spoke up wherever possible"
    ) in told


def test_c11_the_five_areas_of_disagreement_are_the_choices() -> None:
    assert [option.label for option in asked()["theme_area"].options] == [
        "What level of safeguarding or protection is needed",
        "Which agency has which role and responsibility",
        "How good a plan is and whether it moves on (Early Help, Child in Need, Child Protection or Looked After)",
        "The vocabulary of professions, and communication",
        "How each profession sees it, and whether others understand that",
    ]
    assert [theme.clause for theme in croydon().theme] == [f"Definition bullet {n}" for n in range(1, 6)]


@pytest.mark.parametrize("stage", ["1", "2", "3", "4", "5"])
def test_c13_who_meets_whom_is_for_the_partnership_to_fill_in(stage: str) -> None:
    (gap,) = [gap for gap in croydon().to_fill_in if gap.stage == stage]

    assert (gap.rule, gap.answer) == ("C13", "")
    assert "The diagram of the stages is not in the text" in gap.asks
    at = croydon().stage_of(stage)
    assert at is not None
    assert at.between[0] == "the agency with concerns"


def test_c13_raising_asks_who_speaks_to_whom_at_stage_1() -> None:
    assert asked()["people"].notice == ("Who speaks to whom at stage 1? The diagram of the stages is not in the text.")


def test_c13_the_text_says_only_which_stages_are_informal_who_requests_and_who_decides() -> None:
    assert [stage.id for stage in croydon().stage if stage.informal] == ["1", "2"]
    assert [(post.title, post.stage) for post in own_words("post", "C13")] == [
        ("Service manager involved with the case", ""),
        ("Partnership Executive (also called the CSCP Executive Group)", "5"),
    ]


@pytest.mark.parametrize(("today", "is_asked"), [("2026-05-31", False), ("2026-06-01", True)])
def test_c14_from_the_end_of_spring_2026_raising_asks_whether_the_edition_still_governs(
    today: str, is_asked: bool
) -> None:
    question = asked(today).get("still_governs")

    assert (question is not None) is is_asked
    assert question is None or 'printed: "Next review due Spring 2026"' in question.notice


def test_c14_the_edition_says_what_is_printed_and_which_day_is_ours() -> None:
    head = croydon().policy

    assert (head.edition, head.in_force_from, head.in_force_as_printed) == ("2024-05", None, "Last updated May 2024")
    assert (head.review_due, head.review_as_printed) == (date(2026, 5, 31), "Next review due Spring 2026")
    assert head.clause.endswith("the last day of spring is ours)")
    assert "review due Sunday 31 May 2026 (as printed: Next review due Spring 2026)" in page()


def test_c14_the_policy_is_reviewed_every_two_years() -> None:
    (report,) = own_words("report", "C14")

    assert (report.group, report.says, report.cadence) == (
        "Quality Improvement Group",
        "reviews this policy",
        "every two years",
    )


def test_c15_who_cannot_use_these_routes_goes_by_their_own_organisations_whistleblowing_policy() -> None:
    what, go_to = routes(croydon())["whistleblowing"]

    assert what.startswith("a concern you cannot raise by these routes, or that was raised by them and not properly")
    assert go_to.startswith(
        "your own organisation's whistleblowing policy, which should be followed; you may also go to the CSCP"
        " Independent Scrutineer or another safeguarding lead."
    )


def test_c18_it_is_for_what_may_significantly_affect_the_child_and_the_decision_may_stand() -> None:
    significant, may_stand = own_words("prompt", "C18")

    assert "may make a serious difference to how safe and well the child is" in significant.says
    assert significant.says in asked()["decision"].notice
    assert (may_stand.at, may_stand.says.partition(".")[0]) == (
        ("always",),
        "The original decision may stand in the end",
    )


def test_c19_the_principles_hold_at_every_stage_and_as_well_as_an_agencys_structure_allows() -> None:
    principles, as_possible = own_words("prompt", "C19")

    assert principles.at == ("raise", "1", "2", "3", "4", "5")
    assert principles.says == (
        "The child's safety comes first, before the process. Raise it at the earliest opportunity; be restorative,"
        " curious and reflective; speak with each other directly."
    )
    assert (as_possible.at, as_possible.clause) == (("always",), "reminders bullet 6")


def test_c1_c17_raising_says_to_talk_first_and_to_be_specific() -> None:
    notice = asked()["decision"].notice

    assert "Talk first to your own line manager or safeguarding lead." in notice
    assert "Be specific, give the evidence" in notice
    assert "no child is in immediate danger while the agencies disagree" in notice


def test_c3_c7_c8_c10_c15_each_post_says_what_it_does_and_under_which_rules() -> None:
    assert [(post.title, post.acts_as, post.rules) for post in croydon().post if "C13" not in post.rules] == [
        ("CSCP Manager", "receives the notification forms and the requests for a consultation", ("C3", "C7")),
        ("Children's Social Care Systemic Lead", "facilitates the reflective group consultation", ("C3",)),
        ("Quality Improvement Group", "recommends what to improve; reviews the policy", ("C10", "C14")),
        (
            "CSCP Independent Scrutineer",
            "is alerted to a complaint about the partnership's decisions; may be turned to where these routes"
            " cannot be used",
            ("C8", "C15"),
        ),
    ]
