"""Whom to remind of what: one reminder for each person who owes something, of cases that they are party to.

Where nobody is named an agency is written to once of the cases that are between it and the same one other agency, and
case by case of those with more: who opens the message might have no part in them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from escalate.core.case import Case, read_case
from escalate.core.identifying import Identifier, find_identifiers, identifiers
from escalate.core.owing_people import Owing, owing_people
from escalate.core.policy import Policy, follow
from escalate.core.references import initials
from escalate.core.settled import stage_with
from escalate.core.views import DueItem
from escalate.core.working_days import WorkingCalendar, working_days_between
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers
from escalate.store.calendar_rows import working_calendar
from escalate.store.due_list import DueQuestion, Part, due_items

LeftOut = Literal["ours", "without a date", "whose is not known", "may be done", "closed", "overtaken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """One item somebody is reminded of. In its act no child of the case is named, whoever wrote it.

    `about` is which of several receiving agencies it is about: only the agency that raised the case reads that.
    `stands` says at which stage the case is with whoever reads it. `working_days_late`: only where the clause counts
    working days.
    """

    reference: str
    their_reference: str
    policy: str
    item: DueItem
    about: str = ""
    stands: str = ""
    working_days_late: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message: to whom, of what, the oldest first."""

    to: Owing
    items: tuple[Reminded, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """The cases it is about, each once, in order."""
        return tuple(sorted({one.reference for one in self.items}))


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
    heading: str
    policy: Policy


@dataclass(slots=True)
class _Reading:
    con: sqlite3.Connection
    known: dict[str, _Known] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    calendars: dict[str, WorkingCalendar] = field(default_factory=dict)

    def of(self, row: sqlite3.Row) -> _Known:
        stream = row["stream"]
        if stream not in self.known:
            events = readers.chronology(self.con, stream)
            case = read_case(events)
            policy = self._policy(case.raised.policy_digest, row["policy"])
            heading = f"{row['policy_name']}, {policy.policy.title}, edition {policy.policy.edition}"
            self.known[stream] = _Known(case, identifiers(case, events), heading, policy)
        return self.known[stream]

    def _policy(self, digest: str, name: str) -> Policy:
        if digest not in self.policies:
            self.policies[digest] = follow(policy_kept(readers.policy_text(self.con, digest), name))
        return self.policies[digest]

    def working_days_late(self, item: DueItem, case: Case, today: date) -> int | None:
        """Return how many working days ago an item was due whose time is counted in them; None for others."""
        timescale = json.loads(item.working or "{}").get("timescale") or ""
        if item.due_on is None or item.due_on >= today or "working day" not in timescale:
            return None
        version = case.calendar_version
        if version not in self.calendars:
            self.calendars[version] = working_calendar(self.con, version)
        return working_days_between(item.due_on, today, self.calendars[version])


def reminders(
    con: sqlite3.Connection, asked: DueQuestion, parts: frozenset[Part], *, with_closed: bool = False
) -> Reminders:
    """Return whom to remind of what is due in these parts of `due`.

    What an earlier stage asked to be resolved or told is not chased once the case has gone up.

    Args:
        asked: `agency` is part of the name of an agency that owes it.
        with_closed: also of cases that ended or were withdrawn.
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
        known = reading.of(row)
        owing = [one for one in owing_people(item, known.case, row["owner"]) if _is_asked(one, asked.agency)]
        others = [one for one in owing if one.side == "theirs" or (one.party and one.party != (setup and setup.person))]
        if owing and not others:
            left_out.update(["ours"])
        if others and not with_closed and _is_closed(item, known.case):
            left_out.update(["closed"])
            continue
        chased = [one for one in others if not _is_overtaken(item, known, one)]
        if others and not chased:
            left_out.update(["overtaken"])
        for one in chased:
            to = _reachable(con, one)
            late = reading.working_days_late(item, known.case, asked.today)
            reminded = replace(_reminded(item, known, to), working_days_late=late)
            found.setdefault(_place(to, known.case, row["receiving_agencies"]), []).append((to, reminded))
    return Reminders(reminders=tuple(_merged(found)), left_out=dict(left_out))


def _is_closed(item: DueItem, case: Case) -> bool:
    """Return whether the case is closed for this item: agreed actions are chased until somebody checked them."""
    return case.state in ("ended", "withdrawn") or (case.state == "to check" and item.sort != "action")


def _stage_for(item: DueItem, case: Case, to: Owing) -> str:
    """Return the stage at which the case is with whoever owes an item, or with the agency that it is about."""
    with_whom = item.agency or _receiving_named(case, to)
    return stage_with(case, with_whom) if with_whom else case.stage


def _receiving_named(case: Case, to: Owing) -> str:
    named = (one for one in case.raised.receiving_agencies if case.name_of(one) == to.agency)
    return next(named, "")


def _is_overtaken(item: DueItem, known: _Known, to: Owing) -> bool:
    """Return whether it was to be resolved or told at a stage that the case has left by going up."""
    policy = known.policy
    duty = next((one for one in policy.duty if one.id == item.item), None)
    by = next((one.stage for one in policy.clock if duty and one.id == duty.by), "")
    stage = item.stage or by
    if item.sort not in ("clock", "duty") or not stage:
        return False
    if not policy.is_above(_stage_for(item, known.case, to), stage):
        return False
    # A form, and what is to be kept on file, is as owed as before.
    return item.sort == "clock" or (duty is not None and not duty.form and bool(duty.to or not duty.evidence))


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
        agencies = {case.raised.raising_agency, *case.raised.receiving_agencies}
        pair = sorted(case.name_of(known).casefold() for known in agencies)
        return (agency, "", *(pair if len(pair) == 2 else (case.reference,)))
    is_receiving = agency in receiving_agencies.casefold().split("; ")
    return (agency, one.person.casefold(), one.email.casefold(), "" if is_receiving else receiving_agencies)


def _reminded(item: DueItem, known: _Known, to: Owing) -> Reminded:
    raised, case = known.case.raised, known.case
    is_one_of_several = len(raised.receiving_agencies) > 1 and to.agency == case.name_of(raised.raising_agency)
    return Reminded(
        reference=raised.reference,
        their_reference=raised.their_reference,
        policy=known.heading,
        stands=_stands(known, to),
        item=replace(item, act=_without_names(item.act, known)) if item.sort == "action" else item,
        about=case.name_of(item.agency) if is_one_of_several else "",
    )


def _stands(known: _Known, to: Owing) -> str:
    """Return how the case stands with whoever reads it: of one with which it is settled, nothing that came after."""
    case, receiving = known.case, _receiving_named(known.case, to)
    settled_on = case.settled_on(receiving) if receiving else None
    if settled_on and (case.state == "open" or settled_on != case.ended_on):
        return f"It was resolved with you at {known.policy.say_stage(stage_with(case, receiving))}."
    match case.state:
        case "open":
            return f"It is at {known.policy.say_stage(case.stage)}."
        case "withdrawn":
            return "The case is closed: it was withdrawn."
        case "to check":
            return f"It was resolved at {known.policy.say_stage(case.stage)}; what was agreed is still to be checked."
        case _:
            return f"The case is closed: it was resolved at {known.policy.say_stage(case.stage)}."


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
