"""Who owes something in a case: the agency, and the person there, as far as anybody recorded who that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.agency_closures import Sides
from escalate.core.case import Case
from escalate.core.folded_text import fold
from escalate.core.logged import is_logged
from escalate.core.restating import REMOVED
from escalate.core.same_agency import agency_in_case
from escalate.core.settled import not_settled_before
from escalate.core.views import DueItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """One who owes something, seen from whoever keeps this record.

    `party` is the person's opaque id; it and `person` are empty where nobody there is recorded, or they are withheld.
    An action's owner may be a name alone. `was_earlier`: the person was dealt with at a stage before the one at which
    it is owed, so that another may owe it now.
    """

    side: Literal["ours", "theirs"]
    agency: str
    party: str = ""
    person: str = ""
    role: str = ""
    email: str = ""
    was_earlier: bool = False


def owing_people(item: DueItem, case: Case, owner: str = "") -> tuple[Owing, ...]:
    """Return who owes an item: ours first, one for each agency that owes it; nobody where whose it is is not known.

    Args:
        owner: the name of whoever has the case here, who owes what is ours.
    """
    if item.side == "not known":
        return ()
    if item.sort == "action" and (named := _owner_of_action(item, case)):
        return (named,)
    is_both = item.is_both
    if item.side == "ours" and is_logged(case):
        return (_ours(case, case.opening.for_agency, item, owner),)
    raised = case.raised
    sides = Sides(
        raised.our_side,
        case.name_of(raised.raising_agency),
        tuple(case.name_of(agency) for agency in raised.receiving_agencies),
    )
    owing = sides.owing(item.side, (item.agency, item.agency_name), is_both=is_both)
    ids = {case.name_of(agency): agency for agency in (*raised.receiving_agencies, raised.raising_agency)}
    is_ours = set() if is_logged(case) else {case.our_agency}
    part = {item.agency} if item.agency else set(not_settled_before(case, item.stage, item.since_on))
    part |= {raised.raising_agency, *is_ours}
    found = (ids[name] for _, name in owing if name in ids and ids[name] in part)
    return tuple(
        _ours(case, agency, item, owner) if agency in is_ours else _theirs(case, agency, item) for agency in found
    )


def _ours(case: Case, agency: str, item: DueItem, owner: str) -> Owing:
    person = item.who if item.sort == "action" else owner
    return Owing(side="ours", agency=case.name_of(agency), person=person)


def _theirs(case: Case, agency: str, item: DueItem) -> Owing:
    party, was_earlier = _person_at(case, agency, item)
    return _named(case, "theirs", agency, party, was_earlier=was_earlier)


def _named(case: Case, side: Literal["ours", "theirs"], agency: str, party: str, *, was_earlier: bool = False) -> Owing:
    known = case.parties.get(party)
    if known is None or known.withheld or not known.name or REMOVED in known.name:
        at = case.parties.get(agency)
        return Owing(side=side, agency=case.name_of(agency), email=at.email if at else "")
    return Owing(
        side=side,
        agency=case.name_of(agency),
        party=party,
        person=known.name,
        role=known.role,
        email=known.email,
        was_earlier=was_earlier,
    )


def _person_at(case: Case, agency: str, item: DueItem) -> tuple[str, bool]:
    """Return the person dealt with at an agency at the item's stage, else the one dealt with before it."""
    since = _entered(case, item)
    is_first = since == case.stage_entries[0].sequence
    if agency == case.raised.raising_agency:
        return case.raised.raised_by, not is_first
    told = [(x.sequence, cast(e.CounterpartTold, x.fact)) for x in case.of(e.CounterpartTold)]
    there = [(place, fact.person) for place, fact in told if fact.agency == agency and fact.person]
    if there and there[-1][0] > since:
        return there[-1][1], False
    counterparts = (one for one in case.raised.counterparts if _agency_of(case, one) == agency)
    return (there[-1][1] if there else next(counterparts, "")), not is_first


def _entered(case: Case, item: DueItem) -> int:
    """Return the entry by which the stage was entered at which an item is owed."""
    entries = case.stage_entries
    if item.stage:
        at = [x.sequence for x in entries if cast(e.StageEntered, x.fact).stage == item.stage]
    else:
        at = [x.sequence for x in entries if item.since_on is None or x.occurred_on <= item.since_on]
    return at[-1] if at else entries[0].sequence


def _owner_of_action(item: DueItem, case: Case) -> Owing | None:
    """Return the person of the case whom the words name that say who does an agreed action."""
    said = fold(item.who)[0]
    for party in _people(case):
        if (name := fold(party.name)[0]) and name in said:
            side: Literal["ours", "theirs"] = "ours" if item.side == "ours" else "theirs"
            return _named(case, side, agency_in_case(case, party.agency), party.party)
    return None


def _people(case: Case) -> Iterator[e.PartyNamed]:
    return (one for one in case.parties.values() if one.sort == "person" and REMOVED not in one.name)


def _agency_of(case: Case, person: str) -> str:
    known = case.parties.get(person)
    return known.agency if known else ""
