"""`escalate who REF`: who speaks to whom in one case at its stage now, and who was named in it, agency by agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.policy import Policy
from escalate.core.same_agency import agency_in_case
from escalate.render.console import Screen
from escalate.render.days import format_short_day

_SIDES = {"raising": ("ours", "theirs"), "receiving": ("theirs", "ours")}
_OF_NEITHER = ("the agency that raised it", "the agency challenged")


def show_who_in_case(screen: Screen, case: Case, policy: Policy, today: date) -> None:
    """Write who speaks at the stage the case is at, and the people named in it, with how to reach them.

    What the policy says of people besides is `show_who`'s.
    """
    stage = policy.stage_of(case.stage)
    called = stage.title if stage else policy.say_stage(case.stage)
    state = "" if case.state == "open" else ", over" if case.state != "to check" else ", resolved"
    screen.say((case.reference, "heading"), f", {called}{state}", hang=2)
    if stage:
        screen.heading("Who speaks now" if not state else "Who spoke last")
        for side, who in zip(_sides(case), stage.between, strict=True):
            screen.say((f"{side[:1].upper()}{side[1:]}: ", "strong"), who, indent=2, hang=2)
        if stage.stand_in:
            screen.say(("Instead: ", "strong"), stage.stand_in, indent=2, hang=2)
        if acting := _acting(case):
            screen.say(("As recorded: ", "strong"), acting, indent=2, hang=2)
    screen.heading("Named in the case")
    for agency, side in _agencies(case):
        screen.say((case.name_of(agency), "strong"), f" ({side})", indent=2, hang=2)
        people = _people(case, agency)
        for person in people:
            screen.say(_say(person, case, today), indent=4, hang=2)
        if not people:
            screen.say("Nobody there is named yet.", indent=4, hang=2)
    for person in _of_no_agency(case):
        screen.say(_say(person, case, today), indent=2, hang=2)
    screen.gap()


def who_in_case_as_plain(case: Case, policy: Policy) -> dict[str, Any]:
    """Return the same for `--json`."""
    stage = policy.stage_of(case.stage)
    people = [(person, agency, side) for agency, side in _agencies(case) for person in _people(case, agency)] + [
        (person, "", "") for person in _of_no_agency(case)
    ]
    return {
        "reference": case.reference,
        "state": case.state,
        "stage": case.stage,
        "who_speaks": dict(zip(_sides(case), stage.between, strict=True)) if stage else {},
        "stand_in": stage.stand_in if stage else "",
        "acting": _acting(case),
        "people": [
            {
                "name": person.name,
                "role": person.role,
                "agency": case.name_of(agency),
                "side": side,
                "telephone": person.telephone,
                "email": person.email,
                "withheld_on_forms": person.withheld,
                "last_dealt_with_on": _last_dealt_with(case, person.party),
            }
            for person, agency, side in people
        ],
    }


def _sides(case: Case) -> tuple[str, str]:
    """Return whose the two who speak are, the raising side first, seen from this record."""
    return _SIDES.get(case.raised.our_side, _OF_NEITHER)


def _agencies(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the agencies of the case and whose each is: only the one this record is kept for is ours."""
    raised = case.raised
    raising, receiving = _sides(case)
    yield raised.raising_agency, raising
    for agency in raised.receiving_agencies:
        is_another = receiving == "ours" and agency != case.our_agency
        yield agency, "challenged too" if is_another else receiving


def _acting(case: Case) -> str:
    return cast(e.StageEntered, case.stage_entries[-1].fact).people


def _people(case: Case, agency: str) -> list[e.PartyNamed]:
    people = (one for one in case.parties.values() if one.sort == "person")
    return [one for one in people if agency_in_case(case, one.agency) == agency]


def _of_no_agency(case: Case) -> list[e.PartyNamed]:
    known = {agency for agency, _ in _agencies(case)}
    people = (one for one in case.parties.values() if one.sort == "person")
    return [one for one in people if agency_in_case(case, one.agency) not in known]


def _say(person: e.PartyNamed, case: Case, today: date) -> str:
    role = f", {person.role}" if person.role else ""
    reach = ", ".join(one for one in (person.telephone, person.email) if one)
    on = _last_dealt_with(case, person.party)
    last = f"; spoken or written to last on {format_short_day(on, today)}" if on else ""
    withheld = "; withheld on every form" if person.withheld else ""
    return f"{person.name}{role}{f': {reach}' if reach else ''}{last}{withheld}"


def _last_dealt_with(case: Case, person: str) -> date | None:
    """Return the last day on which somebody told this person or spoke with them; of our own people it says nothing."""
    agency = agency_in_case(case, case.parties[person].agency)
    if case.raised.our_side != "partnership" and agency == case.our_agency:
        return None
    days = [event.occurred_on for event in case.events if person in _dealt_with(event.fact)]
    return max(days, default=None)


def _dealt_with(fact: e.Fact | None) -> tuple[str, ...]:
    match fact:
        case e.CounterpartTold():
            return (fact.person,)
        case e.DiscussionRecorded():
            return fact.people
        case _:
            return ()
