"""A case that a partnership logs from a form that came in: what opens it, whose is what in it, what is not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from escalate.core import events as e
from escalate.core.agency_closures import Sides
from escalate.core.case import Case, read_case
from escalate.core.deadlines import what_is_owed
from escalate.core.deciding import Decided
from escalate.core.logged import (
    LOGGED,
    Logged,
    LoggedChild,
    came_in_above_the_first,
    met_by_form,
    opening_of,
    stage_risen,
)
from escalate.core.owed import Owed
from escalate.core.policy import follow
from escalate.core.references import initials
from escalate.errors import CannotDecide
from tests.builders import HEALTH, NAMES, SCHOOL, SOCIAL_CARE, a_concern
from tests.rules.scenario import ENGLAND, policy_of

KNOWSLEY = policy_of("knowsley-2020-11")
TODAY = date(2026, 4, 15)


def logged(**more: Any) -> Logged:
    """Return what a form says of a case of the school's at stage 3, entered on Thursday 9 April."""
    given: dict[str, Any] = {
        "policy": "knowsley-2020-11",
        "raising_agency": "Invented Primary School",
        "receiving_agencies": ("Exampleshire Children's Social Care",),
        "children": (LoggedChild(name="R.T."),),
        "stage": "3",
        "concern_on": date(2026, 4, 1),
        "stage_on": date(2026, 4, 9),
        "their_reference": "KSCP-2026-0007-Q4TX",
    }
    return Logged(**{**given, **more})


def opened(*more: Decided, agencies: tuple[str, ...] = (SOCIAL_CARE,), **said: Any) -> Case:
    """Return the logged case that a form opens, with whatever was recorded since."""
    raised = a_concern(our_side="partnership", receiving_agencies=agencies)
    names = [Decided(fact=NAMES[agency], on=TODAY) for agency in (SCHOOL, *agencies)]
    decided = (*opening_of(logged(**said), KNOWSLEY, raised, TODAY, names), *more)
    return read_case(
        [
            e.Event(
                stream="case-1",
                chain="db-1",
                sequence=place,
                id=f"event-{place}",
                fact=one.fact,
                kind=one.fact.kind,
                occurred_on=one.on,
            )
            for place, one in enumerate(decided, 1)
        ]
    )


def owed_in(case: Case) -> dict[str, Owed]:
    return {one.key: one for one in what_is_owed(case, KNOWSLEY, ENGLAND)}


def test_a_logged_case_begins_with_the_names_the_concern_and_its_stage() -> None:
    raised = a_concern(our_side="partnership")

    decided = opening_of(logged(), KNOWSLEY, raised, TODAY)

    assert decided == (
        Decided(fact=raised, on=date(2026, 4, 1)),
        Decided(fact=e.StageEntered(stage="3", ground=LOGGED), on=date(2026, 4, 9)),
    )


@pytest.mark.parametrize(
    ("said", "raised_on"),
    [
        ({"stage": "1", "stage_on": date(2026, 4, 8)}, date(2026, 4, 8)),
        ({"stage": "3"}, date(2026, 4, 1)),
        ({"stage": "3", "raised_on": date(2026, 4, 2)}, date(2026, 4, 2)),
    ],
)
def test_it_was_raised_when_the_form_says_or_no_later_than_it_can_have_been(
    said: dict[str, Any], raised_on: date
) -> None:
    assert opened(**said).opening.occurred_on == raised_on


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"raising_agency": ""}, "a case is logged with the agency that raised it and at least one that it was raised"),
        ({"receiving_agencies": ()}, "a case is logged with the agency that raised it and at least one"),
        ({"stage": "9"}, '"9" is not a stage of this policy'),
        ({"stage_on": date(2026, 4, 16)}, "a day on the form is after today"),
        ({"stage_on": date(2026, 3, 31)}, "before the concern arose"),
        ({"raised_on": date(2026, 3, 31)}, "before the concern arose"),
    ],
)
def test_cannot_log_what_cannot_have_been(said: dict[str, Any], what: str) -> None:
    with pytest.raises(CannotDecide, match=what):
        opening_of(logged(**said), KNOWSLEY, a_concern(our_side="partnership"), TODAY)


def test_a_case_may_come_in_on_the_day_of_its_concern_and_on_today() -> None:
    days = dict.fromkeys(("concern_on", "stage_on", "raised_on"), TODAY)

    decided = opening_of(logged(**days), KNOWSLEY, a_concern(our_side="partnership"), TODAY)

    assert [one.on for one in decided] == [TODAY, TODAY]


def test_what_was_owed_before_the_stage_it_came_in_at_is_not_shown_as_missed() -> None:
    first, third = owed_in(opened(stage="1")), owed_in(opened(stage="3"))

    assert {"stage-1-raise", "record-discussions"} & set(first)
    assert [key for key in third if third[key].stage in ("1", "2")] == []
    assert not came_in_above_the_first(opened(stage="1"), KNOWSLEY)
    assert came_in_above_the_first(opened(stage="3"), KNOWSLEY)
    # Two working days from Thursday 9 April, as the form says it was entered.
    assert third["stage-3-resolve"].due_on == date(2026, 4, 13)


def test_what_the_concern_began_is_owed_by_nobody_where_the_case_came_in_at_a_higher_stage() -> None:
    began = {one.id for one in KNOWSLEY.duty if one.when == ("raised",)}

    assert began <= set(owed_in(opened(stage="1")))
    assert not began & set(owed_in(opened(stage="3")))


def test_a_later_form_at_a_higher_stage_takes_the_case_up() -> None:
    case = opened(stage="2")

    assert stage_risen(case, "3", date(2026, 4, 14), KNOWSLEY) == (
        Decided(fact=e.StageEntered(stage="3", ground=LOGGED, left="2"), on=date(2026, 4, 14)),
    )


@pytest.mark.parametrize("stage", ["1", "2", "9", ""])
def test_an_older_form_takes_it_nowhere(stage: str) -> None:
    assert stage_risen(opened(stage="2"), stage, date(2026, 4, 14), KNOWSLEY) == ()


def test_cannot_rise_before_the_stage_it_was_at_was_entered() -> None:
    case = opened(stage="2")

    assert stage_risen(case, "3", date(2026, 4, 9), KNOWSLEY)
    with pytest.raises(CannotDecide, match="08/04/2026 is before stage 2 was entered, 09/04/2026"):
        stage_risen(case, "3", date(2026, 4, 8), KNOWSLEY)


def test_the_form_that_came_in_is_its_own_sending_and_sets_the_partnership_to_work() -> None:
    case, policy = opened(stage="3"), follow(KNOWSLEY)
    owed = tuple(owed_in(case).values())

    met = met_by_form(case, policy, owed, "knowsley-appendix-2", TODAY)

    assert met == (
        Decided(
            fact=e.DutyDone(
                item="copy-to-business-manager", to="the partnership's business manager", how="the form came in"
            ),
            on=TODAY,
        ),
    )
    after = owed_in(opened(*met, stage="3"))
    assert after["copy-to-business-manager"].closed_on == TODAY
    assert (after["consider-training-needs"].is_open, after["consider-training-needs"].party) == (True, "partnership")


def test_a_form_that_came_in_meets_nothing_in_a_case_of_our_own() -> None:
    ours = a_concern()
    case = read_case(
        [
            e.Event(stream="c", chain="d", sequence=1, id="1", fact=ours, kind=ours.kind, occurred_on=TODAY),
            e.Event(
                stream="c",
                chain="d",
                sequence=2,
                id="2",
                fact=e.StageEntered(stage="3", ground="skipped"),
                kind="stage entered",
                occurred_on=TODAY,
            ),
        ]
    )

    owed = tuple(owed_in(case).values())

    assert "copy-to-business-manager" in {one.key for one in owed}
    assert met_by_form(case, follow(KNOWSLEY), owed, "knowsley-appendix-2", TODAY) == ()


def test_a_copy_owed_to_somebody_else_is_not_known_to_have_been_sent() -> None:
    policy = follow(policy_of("herefordshire-undated"))
    case = opened(stage="2")
    owed = what_is_owed(case, policy_of("herefordshire-undated"), ENGLAND)

    met = met_by_form(case, policy, owed, "herefordshire-appendix-2", TODAY)

    assert [one.fact.item for one in met if isinstance(one.fact, e.DutyDone)] == ["report-at-stage-2"]
    assert "report-to-counterpart" in {one.key for one in owed}


SIDES = Sides("partnership", "Invented School", ("Social Care", "Health"))


@pytest.mark.parametrize(
    ("side", "agency", "is_both", "owing"),
    [
        ("ours", ("", ""), False, ()),
        ("not known", ("", ""), False, ()),
        ("theirs", ("", "Invented School"), False, ("Invented School",)),
        ("theirs", (HEALTH, "Invented School"), False, ("Invented School",)),
        ("theirs", (HEALTH, "Health"), False, ("Health",)),
        ("theirs", ("", "Social Care and Health"), False, ("Social Care", "Health")),
        ("theirs", (HEALTH, "Invented School and Health"), True, ("Invented School", "Health")),
        ("theirs", ("", "Invented School, Social Care and Health"), True, ("Invented School", "Social Care", "Health")),
    ],
)
def test_in_a_logged_case_the_closures_of_whoever_owes_it_are_shown(
    side: str, agency: tuple[str, str], is_both: bool, owing: tuple[str, ...]
) -> None:
    assert tuple(name for _, name in SIDES.owing(side, agency, is_both=is_both)) == owing


@pytest.mark.parametrize(("name", "said"), [("Rowan Testcase", "R.T."), ("R.T.", "R.T."), ("R. T.", "R.T."), ("", "?")])
def test_a_child_named_by_initials_keeps_them(name: str, said: str) -> None:
    assert initials(name) == said
