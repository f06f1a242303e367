"""Every kind of rule that a partnership's policy may need: which invented policy has it, and the test that proves it.

`KINDS` is the table of the design, example by example. What is written there exists: the policy in `invented/`, the
test in the modules beside this one, each of which walks a case from `raise` to `verify` by the program itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from escalate.core.moments import WRITTEN, parse_moment
from escalate.core.policy import FORCES, Clock, Constraint, Duty, Ending, FormUse, Header, Obliging, Policy, Reading
from escalate.core.policy_items import FactAsked, Report, RiskEffect, RouteAway
from escalate.core.timescale import OR_LESS, parse_timescale
from tests.policies.walk import INVENTED
from tests.rules.scenario import policy_of

HERE = Path(__file__).parent
PATHS = sorted(INVENTED.glob("*.toml"))
POLICIES = {path.stem: policy_of(str(path)) for path in PATHS}

_ALD, _BRA, _CAL, _DUN = "alderwick-2026-01", "branfield-2025-09", "caldermoor-2026-02", "dunmere-2025-11"
_EAS, _FEN, _GLE, _HAR = "eastlyn-2026-01", "fenholt-2026-01", "glenfirth-2026-01", "harrowdale-2026-01"
_CWM, _BAL, _JET, _KES = "cwm-dychymyg-2026-01", "ballydraum-2026-01", "jettlesham-2026-01", "kestrelby-2026-01"
_LAR, _MIL = "larkminster-2026-01", "millhaven-2024-06"

_TALK = "test_alderwick_from_the_talk_to_the_mediator_by_one_time_from_the_first_concern"
_SIX = "test_branfield_through_six_levels_with_a_clock_for_each_who_serves_the_meeting"
_HEALTH = "test_caldermoors_managers_choose_health_where_the_chief_nurse_decides_for_all"
_COUNCIL = "test_caldermoors_managers_choose_the_council_where_the_partners_recommend"
_POOL = "test_dunmere_two_stages_on_one_time_and_a_day_past_which_nothing_lasts"
_BANDS = "test_eastlyn_the_time_that_the_urgency_allows_and_the_shortest_until_it_is_judged"
_RISK = "test_fenholt_a_child_at_immediate_risk_leaves_the_ladder_until_it_is_safe"
_SCOTS = "test_glenfirth_by_scotlands_days_and_to_the_senior_officers_at_immediate_risk"
_HIGHER = "test_glenfirth_a_concern_of_immediate_risk_starts_at_the_senior_officers"
_SILENCE = "test_harrowdale_the_day_itself_is_day_one_and_silence_has_duties_of_its_own"
_AWAY = "test_harrowdale_sends_what_is_not_its_own_elsewhere_and_keeps_nothing"
_DEPENDS = "test_cwm_dychymyg_what_is_owed_depends_on_the_child_the_agency_and_the_case"
_MISSED = "test_ballydraum_what_follows_from_a_missed_day_and_a_day_that_is_agreed"
_CHAIR = "test_jettlesham_a_chair_from_an_agency_involved_is_a_departure_and_the_decision_binds"
_PAPERS = "test_kestrelby_each_paper_at_its_step_and_each_duty_at_its_moment"
_FORMS = "test_kestrelbys_forms_are_offered_owed_and_owed_after_learning_in_full_by_initials_or_without_a_name"
_OWN = "test_larkminster_straight_up_on_a_ground_of_its_own_and_asked_who_acts_there"
_WHO = "test_larkminster_says_who_goes_to_whom_and_what_it_has_left_blank"
_DOUBTS = "test_millhaven_contradicts_itself_about_several_items_and_asks_whether_it_still_governs"
_REPORTS = "test_what_is_reported_from_which_stage_and_what_is_left_out_is_in_the_policy"

KINDS: dict[str, tuple[str, str]] = {
    "stages: called step": (_ALD, _TALK),
    "stages: called level": (_BRA, _SIX),
    "stages: called tier": (_CAL, _COUNCIL),
    "stages: three": (_EAS, _BANDS),
    "stages: six": (_BRA, _SIX),
    "stages: an informal and uncounted first": (_ALD, _TALK),
    "stages: split 4a and 4b, one after the other": (_BRA, "test_branfields_two_halves_of_level_4_follow_each_other"),
    "stages: a branch a person chooses": (_CAL, _HEALTH),
    "stages: branches that end at different stages": (_CAL, _COUNCIL),
    "people: the raiser changes from stage to stage": (_BRA, _SIX),
    "people: the raiser is a group": (_HAR, _SILENCE),
    "people: stand-ins": (_ALD, "test_alderwicks_talk_is_no_counted_step_and_a_team_may_hold_it"),
    "people: a chair from no agency involved": (_JET, _CHAIR),
    "people: the vice chair stands in": (_JET, "test_jettlesham_a_chair_from_no_agency_involved_departs_from_nothing"),
    "people: whom a worker goes to, and posts": (_LAR, _WHO),
    "people: what the source left blank": (_LAR, _OWN),
    "clocks: several in one stage, on different people": (_BRA, _SIX),
    "clocks: cumulative from the first concern": (_ALD, _TALK),
    "clocks: one time over several stages": (_DUN, _POOL),
    "clocks: a cap on the whole": (_DUN, "test_dunmeres_cap_is_kept_on_29_april_and_missed_on_the_30th"),
    "from: the earlier of disagreement and decision": (_DUN, _POOL),
    "from: the raise told": (_BRA, _SIX),
    "from: the stage entered": (_BRA, _SIX),
    "from: the meeting": (_BRA, _SIX),
    "from: the resolution": (_CWM, _DEPENDS),
    "from: brought to the Chair's attention": (_JET, _CHAIR),
    "from: a missed deadline": (_BAL, _MISSED),
    "from: before the next stage": (_KES, _PAPERS),
    "amounts: working days, by the band": (_EAS, _BANDS),
    "amounts: hours": (_BRA, _SIX),
    "amounts: calendar days": (_GLE, "test_glenfirths_seven_calendar_days_count_weekends"),
    "amounts: a working week": (_DUN, _POOL),
    "amounts: the same working day": (_FEN, _RISK),
    "amounts: immediately": (_BAL, _MISSED),
    "amounts: a range": (_ALD, _TALK),
    "amounts: an agreed date": (_BAL, _MISSED),
    "amounts: a band by urgency": (_EAS, _BANDS),
    "amounts: or less if the child needs it": (_EAS, "test_eastlyns_bands_each_end_on_their_own_day"),
    "amounts: none stated": (_EAS, _BANDS),
    "amounts: the day itself is the first": (_HAR, _SILENCE),
    "force: must, should, will": (_ALD, _TALK),
    "force: may and consider": (_EAS, _BANDS),
    "force: a guide only": (_EAS, _BANDS),
    "immediate risk: leave the ladder": (_FEN, _RISK),
    "immediate risk: start higher": (_GLE, _HIGHER),
    "immediate risk: clocks become guides": (
        _DUN,
        "test_dunmeres_days_are_a_guide_at_immediate_risk_and_keep_their_dates",
    ),
    "immediate risk: nothing changes": (
        _ALD,
        "test_alderwicks_steps_go_on_unchanged_where_a_child_is_at_immediate_risk",
    ),
    "immediate risk: a same-day duty, and whom to tell": (_FEN, _RISK),
    "duties: when raised": (_CWM, _DEPENDS),
    "duties: when a stage is entered": (_CWM, _DEPENDS),
    "duties: when each stage is entered": (_KES, _PAPERS),
    "duties: before the next stage": (_KES, "test_kestrelbys_manager_is_told_before_step_2_and_not_after_it"),
    "duties: unresolved, and no response": (_HAR, _SILENCE),
    "duties: resolved": (_KES, _PAPERS),
    "duties: each discussion": (_KES, _PAPERS),
    "duties: learning": (_KES, _PAPERS),
    "duties: withdrawn": (
        _KES,
        "test_kestrelbys_withdrawal_is_explained_and_a_note_of_what_was_said_stays_owed",
    ),
    "duties: any of several facts": (
        _CWM,
        "test_cwm_dychymygs_reviewing_officer_is_told_where_either_is_so",
    ),
    "duties: every one of several facts": (_CWM, "test_cwm_dychymygs_court_is_told_only_where_both_are_so"),
    "duties: owed by the partnership": (_CWM, _DEPENDS),
    "duties: a recipient": (_HAR, _SILENCE),
    "duties: by a form, a letter, a record": (_CWM, "test_cwm_dychymygs_court_is_told_only_where_both_are_so"),
    "routes out: a serious incident, another": (_HAR, _AWAY),
    "forms: offered, owed, owed by an event": (_KES, _FORMS),
    "forms: names in full, or initials": (_KES, _FORMS),
    "forms: only the partnership has it": (_KES, _FORMS),
    "straight up: grounds of its own": (_LAR, _OWN),
    "straight up: immediate risk": (_GLE, _SCOTS),
    "endings: decides, and binds": (_JET, _CHAIR),
    "endings: recommends": (_CAL, _COUNCIL),
    "endings: mediates": (_ALD, _TALK),
    "endings: responses recorded": (_CAL, _COUNCIL),
    "reporting: groups, cadence, from which stage": (_GLE, _REPORTS),
    "reporting: what is left out": (_BAL, _REPORTS),
    "header: superseded, and still asked for": (_MIL, _DOUBTS),
    "header: Wales": (_CWM, _DEPENDS),
    "header: Scotland": (_GLE, _SCOTS),
    "header: Northern Ireland": (_BAL, _MISSED),
    "contradictions: about several items": (_MIL, _DOUBTS),
    "ambiguities: the other reading": (_MIL, "test_millhavens_other_readings_move_every_item_they_are_about"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule_has_its_policy_and_a_test_that_is_about_that_policy(kind: str) -> None:
    policy, test = KINDS[kind]

    assert policy in POLICIES
    assert test in _tests()
    assert policy in _tests()[test]


def test_every_invented_policy_is_in_the_table_and_walked_from_raise_to_verify() -> None:
    walked = {name for body in _tests().values() for name in POLICIES if "Walk(" in body and "is_sound()" in body}

    assert {policy for policy, _ in KINDS.values()} == walked == set(POLICIES)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_invented_policy_can_be_read_at_one_sitting(path: Path) -> None:
    assert 60 <= len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_what_is_reported_from_which_stage_and_what_is_left_out_is_in_the_policy() -> None:
    chiefs, panel = POLICIES["glenfirth-2026-01"].report[0], POLICIES["ballydraum-2026-01"].report[0]

    assert (chiefs.group, chiefs.cadence, chiefs.stages) == ("chief officers' group", "quarterly", ("3", "4"))
    assert (panel.only, panel.leaves_out) == (
        "resolved",
        "what was withdrawn, and everything that could name a child",
    )


def test_every_moment_that_a_policy_may_write_is_written_in_one_of_them() -> None:
    written = {parse_moment(text).kind for policy in POLICIES.values() for text in _moments(policy)}

    assert written == set(WRITTEN)


def test_every_amount_of_time_is_allowed_in_one_of_them() -> None:
    allowed = [text for policy in POLICIES.values() for text in _amounts(policy)]
    read = [parse_timescale(text) for text in allowed]

    assert {one.unit for one in read} == {
        "working days",
        "calendar days",
        "hours",
        "same working day",
        "immediately",
        "agreed date",
        "not stated",
    }
    assert any(one.least < one.amount for one in read)
    assert any(text.endswith(OR_LESS) for text in allowed)
    assert "a working week" in allowed


@pytest.mark.parametrize(
    ("shape", "field", "table"),
    [
        (Header, "called", "policy"),
        (Header, "nation", "policy"),
        (RiskEffect, "effect", "immediate_risk"),
        (FactAsked, "about", "fact"),
        (FormUse, "names", "form"),
        (Ending, "does", "ending"),
        (Report, "only", "report"),
        (Duty, "side", "duty"),
        (Clock, "side", "clock"),
        (Clock, "first_day", "clock"),
        (Constraint, "who", "constraint"),
    ],
)
def test_every_word_that_the_format_offers_is_used_by_one_of_them(shape: type, field: str, table: str) -> None:
    offered = set(get_args(get_type_hints(shape)[field])) - {""}
    tables = [getattr(policy, table) for policy in POLICIES.values()]
    items = [item for items in tables for item in (items if isinstance(items, tuple) else (items,))]

    assert {getattr(item, field) for item in items} - {""} == offered


def test_every_force_and_what_only_these_send_elsewhere_are_used_by_one_of_them() -> None:
    forces = {item.force for policy in POLICIES.values() for item in _obliging(policy)}
    away = {route.kind for policy in POLICIES.values() for route in policy.route_out}

    assert forces == set(FORCES)
    assert away >= {"serious incident", "other"}
    assert away <= set(get_args(get_type_hints(RouteAway)["kind"]))


def test_readings_of_theirs_change_times_forces_conditions_guides_days_and_names() -> None:
    readings: list[Reading] = [
        one for policy in POLICIES.values() for doubt in policy.doubts for one in doubt.readings.values()
    ]

    changed = {name for reading in readings for name in reading.changes}
    assert changed >= {"within", "binding", "force", "if_", "first_day", "names"}
    assert any(len(doubt.items) > 1 for policy in POLICIES.values() for doubt in policy.doubts)


@cache
def _tests() -> dict[str, str]:
    """Return every test of the modules here that name invented policies: its text, its policies' names in full."""
    found = {}
    for path in HERE.glob("test_invented_*.py"):
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                body = ast.get_source_segment(source, node) or ""
                names = [name for name in POLICIES if name.partition("-")[0].upper() in body or name in body]
                found[node.name] = " ".join((body, *names))
    return found


def _obliging(policy: Policy) -> Iterator[Obliging]:
    yield from policy.clock
    yield from policy.duty


def _amounts(policy: Policy) -> Iterator[str]:
    for item in _obliging(policy):
        yield from filter(None, (item.within, *item.by_band.values()))
    for doubt in policy.doubts:
        yield from (reading.within for reading in doubt.readings.values() if reading.within)


def _moments(policy: Policy) -> Iterator[str]:
    for item in _obliging(policy):
        when: Any = getattr(item, "when", ())
        yield from (*item.from_, *item.until, *when)
    for use in policy.form:
        yield from use.owed_when
