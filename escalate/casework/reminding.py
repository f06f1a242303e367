"""Whom to remind of what: one reminder for each person who owes something, of cases that they are party to.

Whoever nobody has named is reminded case by case: who opens the message might have no part in another of them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from escalate.core.case import Case, read_case
from escalate.core.identifying import Identifier, find_identifiers, identifiers
from escalate.core.owing_people import Owing, owing_people
from escalate.core.references import initials
from escalate.core.views import DueItem
from escalate.files.policies.glance import glance
from escalate.store import readers
from escalate.store.due_list import DueQuestion, Part, due_items

LeftOut = Literal["ours", "without a date", "whose is not known", "may be done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """One item somebody is reminded of. In its act no child of the case is named, whoever wrote it.

    `about` is which of several receiving agencies it is about: only the agency that raised the case reads that.
    """

    reference: str
    their_reference: str
    policy: str
    item: DueItem
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message: to whom, of what, the oldest first."""

    to: Owing
    items: tuple[Reminded, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """The cases it is about, each once."""
        return tuple(dict.fromkeys(one.reference for one in self.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The reminders, by agency and person; and how many items are in none of them, by why."""

    reminders: tuple[Reminder, ...]
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """A case as it is read once: its fold, what would name its family, and the words of its heading."""

    case: Case
    naming: tuple[Identifier, ...]
    policy: str


@dataclass(slots=True)
class _Reading:
    con: sqlite3.Connection
    known: dict[str, _Known] = field(default_factory=dict)

    def of(self, stream: str, partnership: str) -> _Known:
        if stream not in self.known:
            events = readers.chronology(self.con, stream)
            case = read_case(events)
            policy = glance(readers.policy_text(self.con, case.raised.policy_digest))
            heading = f"{partnership}, {policy.title}, edition {policy.edition}"
            self.known[stream] = _Known(case, identifiers(case, events), heading)
        return self.known[stream]


def reminders(con: sqlite3.Connection, asked: DueQuestion, parts: frozenset[Part]) -> Reminders:
    """Return whom to remind of what is due in these parts of `due`.

    Args:
        asked: `agency` is part of the name of an agency that owes it.
    """
    reading = _Reading(con)
    setup = readers.setup(con)
    left_out: Counter[LeftOut] = Counter()
    found: dict[tuple[str, ...], list[tuple[Owing, Reminded]]] = {}
    for row in due_items(con, asked):
        item = readers.view_of(DueItem, row)
        why = _why_not(item, row["part"], parts)
        if why:
            left_out.update([why])
        if why or row["part"] not in parts:
            continue
        known = reading.of(row["stream"], row["policy_name"])
        owing = [one for one in owing_people(item, known.case, row["owner"]) if _is_asked(one, asked.agency)]
        others = [one for one in owing if one.side == "theirs" or (one.party and one.party != (setup and setup.person))]
        if owing and not others:
            left_out.update(["ours"])
        for one in others:
            to = _reachable(con, one)
            found.setdefault(_place(to, known.case, row["receiving_agencies"]), []).append(
                (to, _reminded(item, known, to))
            )
    return Reminders(reminders=tuple(_merged(found)), left_out=dict(left_out))


def _why_not(item: DueItem, part: Part, parts: frozenset[Part]) -> LeftOut | None:
    if item.side == "not known":
        return "whose is not known" if part in parts else None
    if part == "no date":
        return "without a date" if item.side == "theirs" and item.force != "may" else None
    return "may be done" if item.force == "may" and part in parts else None


def _is_asked(one: Owing, agency: str) -> bool:
    return agency.casefold() in one.agency.casefold()


def _reachable(con: sqlite3.Connection, one: Owing) -> Owing:
    """Return them with the e-mail entered last for them in any case, where this case has none."""
    known = readers.known_party(con, one.party) if one.party and not one.email else None
    return replace(one, email=known.email) if known else one


def _place(one: Owing, case: Case, receiving_agencies: str) -> tuple[str, ...]:
    """Return what is alike in all that stands in one message."""
    agency = one.agency.casefold()
    if not one.person:
        return (agency, "", case.reference)
    is_receiving = agency in receiving_agencies.casefold().split("; ")
    return (agency, one.person.casefold(), one.email.casefold(), "" if is_receiving else receiving_agencies)


def _reminded(item: DueItem, known: _Known, to: Owing) -> Reminded:
    raised, case = known.case.raised, known.case
    is_one_of_several = len(raised.receiving_agencies) > 1 and to.agency == case.name_of(raised.raising_agency)
    return Reminded(
        reference=raised.reference,
        their_reference=raised.their_reference,
        policy=known.policy,
        item=replace(item, act=_without_names(item.act, known)) if item.sort == "action" else item,
        about=case.name_of(item.agency) if is_one_of_several else "",
    )


def _without_names(words: str, known: _Known) -> str:
    """Return an agreed action's words with nobody of the family named, not by a child's initials either."""
    for hit in reversed(find_identifiers(words, known.naming)):
        instead = known.naming[hit.index].instead
        said = next((one for one in instead if one.startswith(("the ", "a "))), instead[0])
        words = f"{words[: hit.start]}{said}{words[hit.end :]}"
    for child in known.case.children:
        short = initials(child.name)
        words = words.replace(short, "the child") if len(short) > len("R.") else words
    return words


def _merged(found: Mapping[tuple[str, ...], list[tuple[Owing, Reminded]]]) -> Iterator[Reminder]:
    for place in sorted(found):
        to = [one for one, _ in found[place]]
        was_earlier = all(one.was_earlier for one in to)
        items = tuple(reminded for _, reminded in found[place])
        role = next((one.role for one in to if one.role), "")
        yield Reminder(to=replace(to[0], was_earlier=was_earlier, role=role), items=items)
