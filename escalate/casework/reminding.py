"""Whom to remind of what: one reminder for each person who owes something, of cases that they are party to.

Where nobody is named an agency is written to once of the cases that are between it and the same one other agency, and
case by case of those with more: who opens the message might have no part in them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from escalate.casework.reminding_words import Known, receiving_named, stands, without_names
from escalate.core.case import Case, read_case
from escalate.core.identifying import identifiers
from escalate.core.knowing import first_known_on, knows_of_it
from escalate.core.owing_people import Owing, owing_people
from escalate.core.policy import Policy, follow
from escalate.core.settled import stage_with
from escalate.core.text import folded
from escalate.core.views import DueItem, is_of_both
from escalate.core.working_days import WorkingCalendar, working_days_between
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers
from escalate.store.calendar_rows import working_calendar
from escalate.store.due_list import DueQuestion, Part, due_items

LeftOut = Literal["without a date", "whose is not known", "may be done", "closed", "overtaken", "not told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """One item somebody is reminded of. In its act no child of the case is named, whoever wrote it.

    `about` is which of several receiving agencies it is about: only the agency that raised the case reads that.
    `stands` says at which stage the case is with whoever reads it. `told_on` is the day on which they were told where
    it lies after the last day. `working_days_late`: only where the clause counts working days.
    """

    reference: str
    their_reference: str
    policy: str
    item: DueItem
    about: str = ""
    stands: str = ""
    told_on: date | None = None
    working_days_late: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message: to whom, of what, the oldest first. `matter` is the same for each to them about the same cases."""

    to: Owing
    items: tuple[Reminded, ...]
    matter: str

    @property
    def references(self) -> tuple[str, ...]:
        """The cases it is about, each once, in order."""
        return tuple(sorted({one.reference for one in self.items}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The reminders, by agency and person; and how many items are in none of them, by why.

    `ours` is how many items we owe ourselves in the same parts of `due --mine`, and `of_both` how many of them the
    other side owes as well. `untold` are the cases in which somebody who would be reminded was not told of it, and
    `answer_first` those of a reminder in which our own answer is overdue.
    """

    reminders: tuple[Reminder, ...]
    left_out: Mapping[LeftOut, int]
    ours: int = 0
    of_both: int = 0
    untold: tuple[str, ...] = ()
    answer_first: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    con: sqlite3.Connection
    known: dict[str, Known] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    calendars: dict[str, WorkingCalendar] = field(default_factory=dict)

    def of(self, row: sqlite3.Row) -> Known:
        stream = row["stream"]
        if stream not in self.known:
            events = readers.chronology(self.con, stream)
            case = read_case(events)
            policy = self._policy(case.raised.policy_digest, row["policy"])
            heading = f"{row['policy_name']}, {policy.policy.title}, edition {policy.policy.edition}"
            self.known[stream] = Known(case, identifiers(case, events), heading, policy)
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
    con: sqlite3.Connection,
    asked: DueQuestion,
    parts: frozenset[Part],
    watch: Callable[[Sequence[sqlite3.Row]], Iterable[sqlite3.Row]] = iter,
    *,
    with_closed: bool = False,
) -> Reminders:
    """Return whom to remind of what is due in these parts of `due`.

    What an earlier stage asked to be resolved or told is not chased once the case has gone up.

    Args:
        asked: `agency` is part of the name of an agency that owes it.
        watch: goes through the items one by one, showing how far it has got.
        with_closed: also of cases that ended or were withdrawn.
    """
    reading = _Reading(con)
    setup = readers.setup(con)
    left_out: Counter[LeftOut] = Counter()
    untold: set[str] = set()
    found: dict[tuple[str, ...], list[tuple[Owing, Reminded]]] = {}
    for row in watch(due_items(con, asked)):
        item = readers.view_of(DueItem, row)
        why = _why_not(item, row["part"], parts)
        if why:
            left_out.update([why])
        if why or row["part"] not in parts:
            continue
        known = reading.of(row)
        owing = [one for one in owing_people(item, known.case, row["owner"]) if _is_asked(one, asked.agency)]
        others = [one for one in owing if one.side == "theirs" or (one.party and one.party != (setup and setup.person))]
        if others and not with_closed and _is_closed(item, known.case):
            left_out.update(["closed"])
            continue
        chased = [one for one in others if not _is_overtaken(item, known, one)]
        if others and not chased:
            left_out.update(["overtaken"])
        told = [one for one in chased if _was_told(item, known.case, one)]
        if chased and not told:
            left_out.update(["not told"])
            untold.add(known.case.reference)
        for one in told:
            to = _reachable(con, one)
            late = reading.working_days_late(item, known.case, asked.today)
            reminded = replace(_reminded(item, known, to), working_days_late=late)
            found.setdefault(_place(to, known.case, row["receiving_agencies"]), []).append((to, reminded))
    mine = DueQuestion(today=asked.today, ours_only=True, until_on=asked.until_on)
    ours = [row for row in due_items(con, mine, parts=parts) if row["force"] != "may"]
    made = tuple(_merged(found))
    cases = {reference for one in made for reference in one.references}
    return Reminders(
        reminders=made,
        left_out=dict(left_out),
        ours=len(ours),
        of_both=sum(is_of_both(row["working"]) for row in ours),
        untold=tuple(sorted(untold)),
        answer_first=tuple(sorted(cases & {row["reference"] for row in ours if _is_our_answer(row)})),
    )


def _is_our_answer(row: sqlite3.Row) -> bool:
    """Return whether an item is what we alone owe, overdue, in a case that was raised with us."""
    is_ours = row["our_side"] == "receiving" and not is_of_both(row["working"])
    return is_ours and row["sort"] == "clock" and row["part"] == "overdue"


def _was_told(item: DueItem, case: Case, to: Owing) -> bool:
    """Return whether they can know that they owe it: they were told of the disagreement, or agreed to it themselves."""
    agency = receiving_named(case, to)
    return item.sort in ("action", "proposal") or not agency or knows_of_it(case, agency)


def _is_closed(item: DueItem, case: Case) -> bool:
    """Return whether the case is closed for this item: agreed actions are chased until somebody checked them."""
    return case.state in ("ended", "withdrawn") or (case.state == "to check" and item.sort != "action")


def _stage_for(item: DueItem, case: Case, to: Owing) -> str:
    """Return the stage at which the case is with whoever owes an item, or with the agency that it is about."""
    with_whom = item.agency or receiving_named(case, to)
    return stage_with(case, with_whom) if with_whom else case.stage


def _is_overtaken(item: DueItem, known: Known, to: Owing) -> bool:
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
    return folded(agency) in folded(one.agency)


def _reachable(con: sqlite3.Connection, one: Owing) -> Owing:
    """Return them with the e-mail entered last for them in any case, where this case has none."""
    known = readers.known_party(con, one.party) if one.party and not one.email else None
    return replace(one, email=known.email) if known else one


def _place(one: Owing, case: Case, receiving_agencies: str) -> tuple[str, ...]:
    """Return what is alike in all that stands in one message."""
    agency = folded(one.agency)
    if not one.person:
        agencies = {case.raised.raising_agency, *case.raised.receiving_agencies}
        pair = sorted(folded(case.name_of(known)) for known in agencies)
        return (agency, "", *(pair if len(pair) == 2 else (case.reference,)))
    is_receiving = agency in folded(receiving_agencies).split("; ")
    return (agency, one.person.casefold(), one.email.casefold(), "" if is_receiving else receiving_agencies)


def _reminded(item: DueItem, known: Known, to: Owing) -> Reminded:
    raised, case = known.case.raised, known.case
    is_one_of_several = len(raised.receiving_agencies) > 1 and to.agency == case.name_of(raised.raising_agency)
    return Reminded(
        reference=raised.reference,
        their_reference=raised.their_reference,
        policy=known.heading,
        stands=stands(known, to),
        item=replace(item, act=without_names(item.act, known)) if item.sort == "action" else item,
        about=case.name_of(item.agency) if is_one_of_several else "",
        told_on=_told_late(item, case, to),
    )


def _told_late(item: DueItem, case: Case, to: Owing) -> date | None:
    """Return the day on which a challenged agency was first told, where what it owes was overdue by then."""
    agency = receiving_named(case, to)
    if not agency or item.due_on is None or case.raised.our_side != "raising":
        return None
    told_on = first_known_on(case, agency)
    return told_on if told_on and told_on > item.due_on else None


def _merged(found: Mapping[tuple[str, ...], list[tuple[Owing, Reminded]]]) -> Iterator[Reminder]:
    for place in sorted(found):
        to = [one for one, _ in found[place]]
        was_earlier = all(one.was_earlier for one in to)
        items = tuple(reminded for _, reminded in found[place])
        role = next((one.role for one in to if one.role), "")
        matter = hashlib.sha256(json.dumps(place).encode()).hexdigest()[:32]
        yield Reminder(to=replace(to[0], was_earlier=was_earlier, role=role), items=items, matter=matter)
