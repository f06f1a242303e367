"""Invented policies of other duties and endings: risk, conditions, papers, chairs, decisions that bind, doubts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from escalate.core.forms.due import forms_due
from escalate.core.policy import follow
from tests.builders import Happened, at_risk, discussed, ended, entered, on
from tests.cli.kept import facts
from tests.policies.walk import Walk, path_of
from tests.rules.scenario import Scenario, confirmed, done, learned, policy_of, scenario, situation, withdrawn

FENHOLT, CWM, JETTLESHAM, KESTRELBY, MILLHAVEN = (
    policy_of(str(path_of(name)))
    for name in (
        "fenholt-2026-01",
        "cwm-dychymyg-2026-01",
        "jettlesham-2026-01",
        "kestrelby-2026-01",
        "millhaven-2024-06",
    )
)
SAFE = {"keeps_safe": "An aunt has him.", "safety_confirmed_by": "The aunt"}


def one_of(due: dict[str, str], item: str) -> str:
    """Return the date of the only thing owed by an item that is owed once for each occasion."""
    (found,) = (when for key, when in due.items() if key.partition("#")[0] == item)
    return found


def test_fenholt_a_child_at_immediate_risk_leaves_the_ladder_until_it_is_safe(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "fenholt-2026-01")

    walk.raised("2026-04-03", learned_on="2026-04-02", risk="yes", **SAFE)
    due = walk.due("2026-04-03")
    assert len(due) == 3
    assert due["stage-1-settle"] == "a child is at immediate risk: act at once"
    assert (one_of(due, "ring-the-front-door"), one_of(due, "tell-the-head-of-safeguarding")) == (
        "2026-04-03",
        "2026-04-07",
    )
    rung = next(key for key in due if key.startswith("ring"))
    assert walk.items("2026-04-03")[rung]["says"] == "now"
    assert walk.why("2026-04-03", rung)["due_on"] == "2026-04-03"
    walk.did("2026-04-03", rung, to="the front door", how="telephone")
    walk.recorded("2026-04-07", "nothing more")
    assert walk.due("2026-04-07")["stage-1-settle"] == "2026-04-09"
    walk.recorded("2026-04-08", "nothing more", risk="not sure", **SAFE)
    assert one_of(walk.due("2026-04-08"), "think-aloud-with-the-front-door") == "2026-04-08"
    walk.advanced("2026-04-09")
    assert walk.due("2026-04-09")["stage-2-settle"] == "2026-04-14"
    walk.advanced("2026-04-14")
    assert walk.due("2026-04-14")["executive-decides"] == "2026-04-28"
    walk.recorded("2026-04-28", "recommendation", recommended_by="the executive group", recommendation="Visit.")
    assert walk.resolved("2026-04-29")["state"] == "ended"
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("seen", "same_day"), [("2026-04-02", "2026-04-02"), ("2026-04-03", "2026-04-07"), ("2026-08-29", "2026-09-01")]
)
def test_fenholts_head_of_safeguarding_is_told_the_same_working_day_and_the_front_door_on_the_day_itself(
    seen: str, same_day: str
) -> None:
    case = scenario(at_risk(seen), decision_received_on=seen, policy=FENHOLT)

    (rung,), (told_head,) = case.keys("ring-the-front-door"), case.keys("tell-the-head-of-safeguarding")
    assert (case[rung].due_on, case[told_head].due_on) == (on(seen), on(same_day))
    assert not case.then(done(told_head, same_day))[told_head].is_missed


def test_cwm_dychymyg_what_is_owed_depends_on_the_child_the_agency_and_the_case(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "cwm-dychymyg-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {
        "say-what-is-feared": "the policy states no time",
        "tell-the-reviewing-officer": "2026-04-02",
        "tell-the-court": "2026-04-10",
        "stage-1-settle": "2026-04-10",
    }
    conditions = {key: one["working"].get("condition", "") for key, one in walk.items("2026-04-01").items()}
    assert conditions["tell-the-court"] == (
        "are there proceedings about the child in court?; is there an order that deprives the child of liberty?"
    )
    assert walk.why("2026-04-01", "tell-the-reviewing-officer")["says"][4].startswith("It depends on")
    walk.recorded("2026-04-02", "situation", fact="looked after", answer="yes")
    walk.recorded("2026-04-02", "situation", fact="in court", answer="no")
    items = walk.items("2026-04-02")
    assert sorted(items) == ["say-what-is-feared", "stage-1-settle", "tell-the-reviewing-officer"]
    assert "condition" not in items["tell-the-reviewing-officer"]["working"]
    walk.did("2026-04-02", "tell-the-reviewing-officer")
    walk.did("2026-04-02", "say-what-is-feared", how="telephone")
    walk.advanced("2026-04-10")
    assert walk.due("2026-04-10") == {"stage-2-settle": "2026-04-17", "tell-the-health-board": "2026-04-14"}
    assert walk.items("2026-04-10")["tell-the-health-board"]["side"] == "theirs"
    walk.recorded("2026-04-13", "situation", fact="commissioned", of_agency="0", answer="no")
    walk.recorded("2026-04-13", "situation", fact="commissioned", of_agency="1", answer="no")
    assert walk.due("2026-04-13") == {"stage-2-settle": "2026-04-17"}
    walk.resolved("2026-04-15")
    assert walk.due("2026-04-15") == {"stage-2-confirm": "2026-04-16"}
    walk.recorded("2026-04-16", "confirmation", by="Jo Manager", to="Alex Practitioner", means="letter")
    assert walk.due("2026-04-16") == {"translate-the-confirmation": "the policy states no time"}
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("plan", "looked_after", "is_owed"),
    [("yes", "no", True), ("no", "yes", True), ("not known", "no", True), ("no", "no", False)],
)
def test_cwm_dychymygs_reviewing_officer_is_told_where_either_is_so(
    plan: e.Answer, looked_after: e.Answer, is_owed: bool
) -> None:
    facts_known = situation("2026-04-01", "child-1", child_protection_plan=plan, looked_after=looked_after)

    assert ("tell-the-reviewing-officer" in scenario(facts_known, policy=CWM)) is is_owed


def test_cwm_dychymygs_court_is_told_only_where_both_are_so() -> None:
    one = scenario(situation("2026-04-01", in_court="yes"), policy=CWM)
    both = one.then(situation("2026-04-01", "child-1", deprived_of_liberty="yes"))

    assert one["tell-the-court"].condition == "is there an order that deprives the child of liberty?"
    assert both["tell-the-court"].condition == ""
    assert "tell-the-court" not in one.then(situation("2026-04-01", "child-1", deprived_of_liberty="no"))
    kinds = [CWM.duty[place].evidence for place in range(1, 4)]
    assert kinds == ["an e-mail", "a letter", "a form"]


def test_cwm_dychymygs_confirmation_is_in_writing_by_the_next_working_day() -> None:
    case = scenario(entered("2", "2026-04-01"), ended("2", "resolved", "2026-04-02"), policy=CWM)

    assert case["stage-2-confirm"].due_on == date(2026, 4, 7)
    assert not case.then(confirmed("2", "2026-04-07"))["stage-2-confirm"].is_missed
    assert case.then(confirmed("2", "2026-04-08"))["stage-2-confirm"].is_missed


def test_jettlesham_a_chair_from_an_agency_involved_is_a_departure_and_the_decision_binds(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "jettlesham-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"stage-1-settle": "2026-04-08"}
    walk.advanced("2026-04-08")
    assert walk.due("2026-04-08") == {"stage-2-meeting": "2026-04-15"}
    chair = {"held": "meeting", "chaired_by": "Jo Manager", "chair_from": "1", "chair_reason": "Nobody else came."}
    walk.recorded("2026-04-15", "discussion", **chair)
    assert facts(walk.home, walk.reference, "departure recorded") == [
        e.DepartureRecorded(
            what="whoever chairs the meeting came from an agency involved", reason="Nobody else came.", rule="J2"
        )
    ]
    walk.advanced("2026-04-15")
    assert walk.due("2026-04-15") == {
        "bring-to-the-chair": "2026-04-15",
        "chair-decides": "nobody has recorded that this was done: bring to the chair",
    }
    walk.did("2026-04-16", "bring-to-the-chair")
    assert walk.due("2026-04-16") == {"chair-decides": "2026-04-30"}
    assert walk.why("2026-04-16", "chair-decides")["due_on"] == "2026-04-30"
    walk.recorded("2026-04-28", "recommendation", recommended_by="the Vice Chair", recommendation="Visit together.")
    assert walk.shown("2026-04-28")["case"]["state"] == "ended"
    assert walk.due("2026-04-28") == {"carry-out-the-decision": "2026-05-28"}
    walk.did("2026-05-28", "carry-out-the-decision", how="form")
    assert walk.is_sound()


def test_jettlesham_a_chair_from_no_agency_involved_departs_from_nothing(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "jettlesham-2026-01")

    walk.raised("2026-04-01")
    walk.advanced("2026-04-08")
    walk.recorded("2026-04-15", "discussion", held="meeting", chaired_by="the Vice Chair", chair_from="another")

    assert facts(walk.home, walk.reference, "departure recorded") == []
    assert walk.is_sound()


def decided(day: str, *, binds: bool) -> Happened:
    """Whoever ends the ladder decided."""
    return e.RecommendationMade(by="the Chair", recommendation="Visit.", stage="3", binds=binds), on(day)


@pytest.mark.parametrize(("day", "is_missed"), [("2026-04-30", False), ("2026-05-01", True)])
def test_jettleshams_chair_has_ten_working_days_from_being_told(day: str, is_missed: bool) -> None:
    case = scenario(entered("3", "2026-04-15"), done("bring-to-the-chair", "2026-04-16"), policy=JETTLESHAM)

    owed = case.then(decided(day, binds=True))["chair-decides"]
    assert (owed.due_on, owed.is_missed) == (date(2026, 4, 30), is_missed)


def test_kestrelby_each_paper_at_its_step_and_each_duty_at_its_moment(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "kestrelby-2026-01")

    walk.raised("2026-04-01")
    due = walk.due("2026-04-01")
    assert one_of(due, "chronology") == "2026-04-02"
    assert (due["step-1-settle"], due["tell-the-manager-first"]) == (
        "2026-04-07",
        "it is owed before step 2 is entered",
    )
    walk.recorded("2026-04-02", "discussion", time="16:40")
    assert one_of(walk.due("2026-04-02"), "note-the-conversation") == "2026-04-03 16:40"
    walk.advanced("2026-04-07", learning="Closing letters came after the closure.")
    due = walk.due("2026-04-07")
    assert (due["step-2-settle"], due["tell-the-manager-first"]) == ("2026-04-14", "2026-04-07")
    assert one_of(due, "send-form-c") == "2026-04-21"
    assert sorted(when for key, when in due.items() if key.startswith("chronology")) == ["2026-04-02", "2026-04-08"]
    assert walk.why("2026-04-07", "tell-the-manager-first")["due_on"] == "2026-04-07"
    walk.did("2026-04-07", "tell-the-manager-first", to="Jo Manager", how="telephone")
    gone = {"risk": "no", "on": "2026-04-09", "wanted_by": "Alex Practitioner", "reason": "The assessment was begun."}
    walk.done("withdraw", walk.reference, today="2026-04-09", answers=gone)
    due = walk.due("2026-04-09")
    assert due.pop("say-why-withdrawn") == "2026-04-13"
    left = sorted(key.partition("#")[0] for key in due)
    assert left == ["chronology", "chronology", "note-the-conversation", "send-form-c"]
    walk.did("2026-04-10", "say-why-withdrawn", how="letter")
    walk.done("reopen", walk.reference, today="2026-04-13", answers={"reason": "It was not begun."})
    walk.resolved("2026-04-14")
    assert walk.due("2026-04-14")["tell-the-child"] == "2026-04-21"
    assert walk.is_sound()


def standing(case: Scenario) -> dict[str, str]:
    """Return which of Kestrelby's forms are owed or offered, by their last letter."""
    return {due.use.form[-1]: due.standing for due in forms_due(case.case, KESTRELBY)}


def test_kestrelbys_forms_are_offered_owed_and_owed_after_learning_in_full_by_initials_or_without_a_name() -> None:
    first = scenario(policy=KESTRELBY)
    second = first.then(entered("2", "2026-04-07"))
    third = second.then(entered("3", "2026-04-14"), learned("2026-04-14"))

    assert standing(first) == {"a": "offered", "b": "not asked for", "c": "not asked for"}
    assert standing(second) == {"a": "owed", "b": "not asked for", "c": "not asked for"}
    assert standing(third) == {"a": "not asked for", "b": "owed", "c": "owed"}
    assert [use.names for use in KESTRELBY.form] == ["in full", "initials", "none"]


def test_kestrelbys_manager_is_told_before_step_2_and_not_after_it() -> None:
    up = scenario(entered("2", "2026-04-07"), policy=KESTRELBY)

    assert not up.then(done("tell-the-manager-first", "2026-04-07"))["tell-the-manager-first"].is_missed
    assert up.then(done("tell-the-manager-first", "2026-04-08"))["tell-the-manager-first"].is_missed
    straight = scenario(entered("3", "2026-04-07"), policy=KESTRELBY)
    assert straight["tell-the-manager-first"].due_on == date(2026, 4, 7)


def test_kestrelbys_withdrawal_is_explained_and_a_note_of_what_was_said_stays_owed() -> None:
    case = scenario(discussed("2026-04-02"), withdrawn("2026-04-02"), policy=KESTRELBY)

    assert (case["say-why-withdrawn"].due_on, case["say-why-withdrawn"].is_open) == (date(2026, 4, 8), True)
    assert [case[key].is_open for key in case.keys("note-the-conversation")] == [True]
    assert [case[key].is_open for key in case.keys("chronology")] == [True]  # the child's file has every step


def test_millhaven_contradicts_itself_about_several_items_and_asks_whether_it_still_governs(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "millhaven-2024-06")

    raised = {"still_governs": "The business manager says so."}
    walk.raised("2026-04-01", **raised)
    assert walk.due("2026-04-01") == {"stage-1-settle": "2026-04-10", "tell-the-reviewing-officer": "2026-04-07"}
    items = walk.items("2026-04-01")
    assert (items["tell-the-reviewing-officer"]["force"], items["stage-1-settle"]["is_guide"]) == ("must", False)
    explained = walk.why("2026-04-01", "stage-1-settle")["says"]
    assert any("ten working days at each stage, as a guide" in line for line in explained)
    walk.advanced("2026-04-10")
    due = walk.due("2026-04-10")
    assert one_of(due, "send-millhaven-notice") == "the policy states no time"
    assert {key: day for key, day in due.items() if "#" not in key} == {
        "stage-2-settle": "2026-04-17",
        "tell-the-reviewing-officer": "2026-04-07",
    }
    walk.did("2026-04-13", "tell-the-reviewing-officer")
    assert facts(walk.home, walk.reference, "concern raised")[0].policy_still_governs == "The business manager says so."
    walk.resolved("2026-04-17")
    assert walk.is_sound()


def test_millhavens_other_readings_move_every_item_they_are_about() -> None:
    case = scenario(entered("2", "2026-04-10"), policy=MILLHAVEN)
    text = case.following(both_times="text", reviewing_officer="text")

    assert [case[key].due_on for key in ("stage-1-settle", "stage-2-settle")] == [date(2026, 4, 10), date(2026, 4, 17)]
    assert [text[key].due_on for key in ("stage-1-settle", "stage-2-settle")] == [date(2026, 4, 17), date(2026, 4, 24)]
    assert [text[key].is_guide for key in ("stage-1-settle", "stage-2-settle")] == [True, True]
    officer = (case["tell-the-reviewing-officer"], text["tell-the-reviewing-officer"])
    assert [(one.force, one.due_on, bool(one.condition)) for one in officer] == [
        ("must", date(2026, 4, 7), True),
        ("should", date(2026, 4, 8), False),
    ]
    names = [follow(MILLHAVEN, {"names-on-the-notice": reading}).form[0].names for reading in ("initials", "in-full")]
    assert names == ["initials", "in full"]
