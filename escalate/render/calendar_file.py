"""What is due as a calendar file (iCalendar, RFC 5545), which a calendar takes in again without keeping anything twice.

An item keeps its UID for good, made of opaque ids; its SEQUENCE grows with the entries of its case, and its stamps are
the moment of the last of them: the same record gives the same file. What is owed no more is cancelled, so that the
calendar drops it. No child is named, not by initials either, and no words of anybody's: calendars are synced.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from escalate.core.views import DueItem
from escalate.core.working_days import WorkingCalendar
from escalate.errors import FormRefused
from escalate.render.days import format_day
from escalate.render.owed_words import to_do, whose

_PRODID = "-//escalate//what is due//EN"
_LONDON = "Europe/London"
_ALARM_AT = time(9)
_END = b"END:VCALENDAR\r\n"
_STAMPS = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
# The rule of the clocks since 1996, as every calendar reads it.
_ZONE = f"""\
BEGIN:VTIMEZONE
TZID:{_LONDON}
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedItem:
    """One item with a date, and what a calendar needs of its case.

    `last_sequence` is the case's last entry, `changed_at` the ISO moment it was recorded.
    """

    stream: str
    reference: str
    policy_name: str
    item: DueItem
    last_sequence: int
    changed_at: str
    calendar: WorkingCalendar

    @property
    def uid(self) -> str:
        """Its name in every calendar: the same in each record that has the case."""
        return f"{hashlib.sha256(f'{self.stream} {self.item.key}'.encode()).hexdigest()[:40]}@escalate"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The file's content, how many items in it are open, and how many are cancelled.

    `of_kept` of the open ones were in the file before and are not among those asked for now.
    """

    content: bytes
    of_open: int
    of_cancelled: int
    of_kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRecorded:
    """What the record says of some cases: their items with a date, and the references of those cases that it has."""

    items: Sequence[DatedItem] = ()
    references: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The file written before in the same place; `look_up` gives the record's word on cases, whatever is asked for."""

    content: bytes
    look_up: Callable[[Collection[str]], AsRecorded]


def calendar_file(
    items: Iterable[DatedItem],
    earlier: Earlier | None,
    forget_before: date,
    watch: Callable[[Sequence[Event]], Iterable[Event]] = iter,
) -> CalendarFile:
    """Return the calendar of these items; closed ones are cancelled.

    What an earlier file had besides is looked up: it stays while it is owed, however the items were chosen, and is
    cancelled where the record says that it is owed no more. What differs goes beyond its SEQUENCE.

    Args:
        forget_before: what was due before this day is left out at last.
        watch: goes through what is written one by one, showing how far it has got.
    Raises:
        FormRefused: what lies there is not a calendar that escalate wrote.
    """
    events: dict[str, Any] = {one.uid: _event(one) for one in items}
    asked_for = set(events)
    if earlier:
        before = _events_of(earlier.content)
        others = {uid: old for uid, old in before.items() if uid not in events}
        found = earlier.look_up({_reference(old) for old in others.values()}) if others else AsRecorded()
        events.update(_besides(others, found, forget_before))
        for uid, old in before.items():
            if uid in events and events[uid] is not old:
                _go_beyond(events[uid], old)
    calendar = Calendar()
    for name, value in (("prodid", _PRODID), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", "escalate")):
        calendar.add(name, value)
    if any("TZID" in event["DTSTART"].params for event in events.values()):
        calendar.add_component(Timezone.from_ical(_ZONE))
    still_open = [uid for uid, event in events.items() if event["STATUS"] != "CANCELLED"]
    # Writing an event down takes the library most of the time: each is written by itself, so that it can be watched.
    around = calendar.to_ical().removesuffix(_END)
    content = b"".join((around, *(event.to_ical() for event in watch(list(events.values()))), _END))
    kept = sum(uid not in asked_for for uid in still_open)
    return CalendarFile(content, len(still_open), len(events) - len(still_open), kept)


def _besides(others: Mapping[str, Any], found: AsRecorded, forget_before: date) -> Iterator[tuple[str, Any]]:
    """Yield the events of an earlier file that are not among the items, as the record has them now."""
    recorded = {one.uid: one for one in found.items}
    for uid, old in others.items():
        one = recorded.get(uid)
        if _reference(old) not in found.references:
            yield uid, old  # another record's: nothing is known of it here
        elif one and one.item.due_on and (one.item.is_open or old.get("STATUS") != "CANCELLED"):
            if one.item.due_on >= forget_before:
                yield uid, _event(one)
        elif not _is_forgotten(old, forget_before):
            yield uid, _cancelled(old)


def _event(one: DatedItem) -> Event:
    item = one.item
    assert item.due_on is not None
    event = Event()
    event.add("uid", one.uid)
    changed = datetime.fromisoformat(one.changed_at).astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", one.last_sequence)
    if item.due_time:
        at = datetime.combine(item.due_on, time.fromisoformat(item.due_time), ZoneInfo(_LONDON))
        event.add("dtstart", at)
    else:
        event.add("dtstart", item.due_on)
    event.add("summary", f"{one.reference}: {_act(item)}")
    event.add("status", "CONFIRMED" if item.is_open else "CANCELLED")
    if item.is_open:
        event.add("description", "\n".join(_description(one)))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        event.add_component(_alarm(one, item.due_on))
    return event


def _alarm(one: DatedItem, due_on: date) -> Alarm:
    """Return the reminder of the working day before: at nine, or a whole number of days before a moment."""
    on = due_on - timedelta(days=1)
    while not one.calendar.is_working(on):
        on -= timedelta(days=1)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    at_nine = timedelta() if one.item.due_time else timedelta(hours=_ALARM_AT.hour)
    alarm.add("trigger", at_nine - (due_on - on))
    alarm.add("description", f"{one.reference}: {_act(one.item)}")
    return alarm


def _act(item: DueItem) -> str:
    # An action's words and its owner are people's own, and may name the family.
    return "an agreed action" if item.sort == "action" else to_do(item)


def _description(one: DatedItem) -> list[str]:
    item = one.item
    working = json.loads(item.working or "{}")
    allowed = f", {working['timescale']}" if working.get("timescale") else ""
    since = f"Since {format_day(item.since_on)}{allowed}" if item.since_on else ""
    clause = f"{one.policy_name}{', ' if item.clause else ''}{item.clause}"
    said = (
        f"{_act(item)[:1].upper()}{_act(item)[1:]}",
        f"{whose(item)[:1].upper()}{whose(item)[1:]}",
        since,
        clause,
        "This date is a guide" if item.is_guide else "",
        f"The case: escalate show {one.reference}",
        f"How the date was counted: escalate why {one.reference}",
    )
    return [line for line in said if line]


def _events_of(content: bytes) -> dict[str, Any]:
    """Return the events of a file that escalate wrote, by UID, in their order."""
    try:
        calendar = Calendar.from_ical(content)
        if isinstance(calendar, Calendar) and str(calendar.get("PRODID")) == _PRODID:
            return {str(event["UID"]): event for event in calendar.events}
    except (ValueError, KeyError, IndexError):
        pass
    raise FormRefused("the file that lies there is not a calendar that escalate wrote", remedy="name another file")


def _reference(event: Any) -> str:
    return str(event.get("SUMMARY", "")).partition(":")[0]


def _go_beyond(new: Any, old: Any) -> None:
    if (known := int(old.get("SEQUENCE", 0))) >= int(new["SEQUENCE"]):
        new["SEQUENCE"] = type(new["SEQUENCE"])(known + (_content(new) != _content(old)))


def _content(event: Any) -> Mapping[str, bytes]:
    return {name: value.to_ical() for name, value in event.items() if name not in _STAMPS}


def _cancelled(old: Any) -> Any:
    if old.get("STATUS") == "CANCELLED":
        return old
    old.subcomponents = []
    sequence = int(old.get("SEQUENCE", 0)) + 1
    for name in ("SEQUENCE", "STATUS"):
        old.pop(name, None)
    old.add("sequence", sequence)
    old.add("status", "CANCELLED")
    return old


def _is_forgotten(old: Any, before: date) -> bool:
    start = old["DTSTART"].dt
    on = start.date() if isinstance(start, datetime) else start
    return bool(old.get("STATUS") == "CANCELLED" and on < before)
