"""Herefordshire at stages 3 and 4, and its report's updates: H12 to H14, H24 to H26 and H30."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.deciding import Decided, departures
from escalate.core.events import DepartureRecorded, DiscussionRecorded, FormIssued
from tests.builders import HEALTH, SCHOOL, SOCIAL_CARE, Happened, discussed, ended, entered
from tests.rules.herefordshire import at_stage, herefordshire, page, standings
from tests.rules.scenario import done, recommended, responded

REPORT = "herefordshire-appendix-2"
BOTH = "the Partnership Team, and the stage 2 professional in each organisation challenged"


def issued(day: str, stage: str) -> Happened:
    """Appendix 2 was written out."""
    blank = {"issue": "issue-1", "form_version": 1, "file_name": "", "digest": "", "content_digest": "", "anchor": ""}
    return FormIssued(form=REPORT, stage=stage, answers={}, **blank), date.fromisoformat(day)  # type: ignore[arg-type]


def chaired_by(agency: str) -> Decided:
    """A meeting was held on 30 April, its chair from this agency of the case, or from none of them."""
    fact = DiscussionRecorded(
        agencies=(SOCIAL_CARE,), how="meeting", said="The plan was agreed.", chaired_by="Jo Chair", chair_agency=agency
    )
    return Decided(fact=fact, on=date(2026, 4, 30))


def test_h12_stage_3_is_for_executive_leaders_directors_and_senior_managers() -> None:
    stage, owed = herefordshire().stage_of("3"), at_stage("3")["take-to-stage-3"]
    assert stage is not None

    assert stage.between == (
        "the executive leader, director or senior manager of the agency raising the concern",
        "the executive leader, director or senior manager of the agency challenged",
    )
    assert (owed.force, owed.to) == ("must", "the executive leader, director or senior manager")
    assert [post.title for post in herefordshire().post if post.rules == ("H12",)] == [
        "Executive Leader",
        "Director",
        "Senior Manager",
    ]


def test_h12_a_meeting_of_the_executive_leaders_is_to_be_considered() -> None:
    owed = at_stage("3")["consider-meeting-3"]

    assert (owed.force, owed.clause) == ("consider", "4.3 para 1")
    assert owed.act == (
        "arranging a meeting of the executive leaders and the professionals concerned, to explore and resolve it"
    )
    assert "consider-meeting-3" not in at_stage("2")


def test_h12_appendix_2_must_be_updated_and_submitted_at_stage_3() -> None:
    owed = at_stage("3")["update-report-3"]

    assert (owed.force, owed.form, owed.contact, owed.party) == ("must", REPORT, "partnership-team", "raising")
    assert "update-report-3" not in at_stage("2")


def test_h13_the_concerned_agency_should_refer_it_to_the_boards_chair() -> None:
    owed = at_stage("4")["refer-to-the-chair"]

    assert (owed.force, owed.party, owed.to) == ("should", "raising", "the Chair of the Safeguarding Partners Board")
    assert "refer-to-the-chair" not in at_stage("3")
    assert [post.title for post in herefordshire().post if post.rules == ("H13",)] == [
        "Chair of the Safeguarding Partners Board"
    ]


def test_h13_the_partnership_team_should_be_told_by_the_updated_appendix_2() -> None:
    owed = at_stage("4")["update-report-4"]

    assert (owed.force, owed.form, owed.contact, owed.clause) == (
        "should",
        REPORT,
        "partnership-team",
        "4.4 para 1; s5 para 4",
    )
    assert "update-report-4" not in at_stage("3")


def test_h13_h30_the_partnership_team_will_support_the_arranging_of_the_meeting_where_needed() -> None:
    owed = at_stage("4")["support-the-meeting"]

    assert (owed.force, owed.party, owed.who) == ("will", "partnership", "the Partnership Team")
    assert owed.act == "support the agencies and the board in arranging the resolution meeting, where support is needed"


def test_h14_appendix_2_is_owed_again_at_each_higher_stage() -> None:
    at_2 = at_stage("2", "2026-04-02", issued("2026-04-02", "2"))
    at_3 = at_2.then(entered("3", "2026-04-16"))
    at_4 = at_3.then(issued("2026-04-16", "3"), entered("4", "2026-04-23"))

    assert standings(at_2)[REPORT] == "issued"
    assert standings(at_3)[REPORT] == "owed"
    assert standings(at_4)[REPORT] == "owed"


@pytest.mark.parametrize("stage", ["2", "3", "4"])
def test_h14_it_should_be_updated_and_sent_again_when_resolved(stage: str) -> None:
    one = at_stage(stage, "2026-04-02", issued("2026-04-02", stage))
    resolved = one.then(ended(stage, "resolved", "2026-04-13"))
    owed = resolved["update-report-when-resolved"]

    assert (owed.force, owed.form, owed.since_on) == ("should", REPORT, date(2026, 4, 13))
    assert owed.clause.startswith("s5 para 4; Appendix 2, section C")
    assert "update-report-when-resolved" not in one
    assert (standings(one)[REPORT], standings(resolved)[REPORT]) == ("issued", "owed")


def test_h14_a_second_agencys_resolution_is_sent_too() -> None:
    one = at_stage("2", receiving_agencies=(SOCIAL_CARE, HEALTH)).then(
        ended("2", "resolved", "2026-04-07"),
        done("update-report-when-resolved", "2026-04-07"),
        ended("2", "resolved", "2026-04-13", HEALTH),
    )

    assert not one["update-report-when-resolved"].is_open
    assert one["update-report-when-resolved@2"].is_open


def test_h14_the_boards_plan_is_sent_with_it_too() -> None:
    one = at_stage("4", "2026-04-02", issued("2026-04-02", "4"), recommended("2026-04-30"))

    assert one["update-report-when-resolved"].is_open
    assert standings(one)[REPORT] == "owed"


def test_h14_what_stage_1_resolved_was_never_reported_and_owes_no_update() -> None:
    one = at_stage("1", "2026-04-02", ended("1", "resolved", "2026-04-08"))

    assert "update-report-when-resolved" not in one
    assert standings(one)[REPORT] == "not asked for"


def test_h24_every_update_goes_to_both_and_to_the_partnership_team_only_is_the_reading_not_followed() -> None:
    one = at_stage("4", "2026-04-02", ended("4", "resolved", "2026-04-30"))
    other = one.following(updates_to_whom="partnership-team")
    updates = ("update-report-3", "update-report-4", "update-report-when-resolved")

    assert [one[item].to for item in updates] == [BOTH] * 3
    assert [other[item].to for item in updates] == ["the Partnership Team"] * 3
    told = one["update-report-3"].working.readings
    assert [(r.doubt, r.sort, r.clause) for r in told] == [("updates-to-whom", "ambiguity", "Appendix 2 heading")]


def test_h25_the_chair_will_ask_for_a_resolution_meeting_once_it_was_referred() -> None:
    one = at_stage("4", "2026-04-23", done("refer-to-the-chair", "2026-04-23"))
    owed = one["ask-for-resolution-meeting"]

    assert (owed.force, owed.party, owed.since_on) == ("will", "partnership", date(2026, 4, 23))
    assert owed.act == "ask for a resolution meeting to be held, chaired by a member of the board"
    assert owed.evidence == "the request for the meeting (to whom is not stated)"
    assert "ask-for-resolution-meeting" not in at_stage("4")


@pytest.mark.parametrize("agency", [SCHOOL, SOCIAL_CARE, HEALTH])
def test_h25_a_chair_from_an_agency_involved_is_a_departure(agency: str) -> None:
    one = at_stage("4", receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert departures(one.case, herefordshire(), [chaired_by(agency)], "Nobody else was free.") == (
        Decided(
            fact=DepartureRecorded(
                what="whoever chairs the meeting came from an agency involved",
                reason="Nobody else was free.",
                rule="H25",
            ),
            on=date(2026, 4, 30),
        ),
    )


def test_h25_a_chair_from_no_agency_involved_is_none_nor_is_any_chair_below_stage_4() -> None:
    assert departures(at_stage("4").case, herefordshire(), [chaired_by("")]) == ()
    assert departures(at_stage("4").case, herefordshire(), [chaired_by(HEALTH)]) == ()
    assert departures(at_stage("3").case, herefordshire(), [chaired_by(SOCIAL_CARE)]) == ()


def test_h25_who_chairs_where_every_agency_is_involved_is_the_partnerships_to_fill_in() -> None:
    [gap] = herefordshire().to_fill_in

    assert (gap.rules, gap.answer) == (("H25",), "")
    assert gap.asks == (
        "Who chairs the resolution meeting where every member of the board comes from an agency involved? "
        "The source does not say."
    )
    assert gap.asks in page()


def test_h25_the_board_agrees_a_plan_that_is_not_said_to_bind() -> None:
    [ending] = herefordshire().ending

    assert (ending.stage, ending.who, ending.does, ending.binding) == (
        "4",
        "the Safeguarding Partners Board",
        "decides",
        None,
    )
    assert "The Safeguarding Partners Board decides (whether it binds is not said)." in page()


def test_h25_each_agencys_answer_to_the_plan_is_asked_for_and_settles_it() -> None:
    one = at_stage("4", "2026-04-23", recommended("2026-04-30"), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert one.keys("answer-the-plan") == ["answer-the-plan", "answer-the-plan@2"]
    answered = one.then(responded("2026-05-01"))
    assert (answered["answer-the-plan"].is_open, answered["answer-the-plan@2"].is_open) == (False, True)
    assert answered.case.unsettled == (HEALTH,)


@pytest.mark.parametrize(
    "end",
    [discussed("2026-04-28", how="meeting"), recommended("2026-04-30"), ended("4", "resolved", "2026-04-30")],
)
def test_h26_the_partnership_team_keeps_the_meetings_record_and_both_agencies_a_copy(end: Happened) -> None:
    one = at_stage("4", "2026-04-23", end)
    record, copy = one["keep-the-meetings-record"], one["meetings-record-on-file"]

    assert (record.force, record.party, record.evidence) == (
        "will",
        "partnership",
        "the record of the meeting, kept by the Partnership Team",
    )
    assert (copy.force, copy.party, copy.to) == ("should", "both", "the child's records")
    assert "keep-the-meetings-record" not in at_stage("4")
