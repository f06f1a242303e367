"""Correcting an entry and redacting words: what the restated entry says. Both leave the first entry in its place."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args, get_origin

from escalate.core import events as e
from escalate.core.case import read_case
from escalate.core.deciding import Decided
from escalate.core.order_of_days import keep_order
from escalate.core.plain import fact_from_plain, to_plain
from escalate.core.restating import CORRECTIONS, REMOVED, restate
from escalate.core.sought import pattern_of
from escalate.errors import CannotDecide, NotFound

NOTHING = "-"
OCCURRED_ON = "occurred_on"
"""What a correction calls the day on which an entry happened."""
STARTING_DAYS = ("decision_received_on", "disagreed_on")
"""The days of the concern from which the policy's times count."""
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")


def correct(events: Sequence[e.Event], entry: int, changes: Mapping[str, str], reason: str, today: date) -> Decided:
    """Return the correction of one entry: all its fields as they should have been.

    Args:
        events: the case's chronology, as recorded.
        changes: field to what it should say: a date as 30/04/2026, "-" for nothing; "occurred_on" for the day.
    Raises:
        NotFound: no such entry, or its words were removed.
        CannotDecide: a value is of the wrong kind, a day is after today, or something would lie before the concern.
    """
    events = read_case(events, with_corrections=False).events  # what was removed is not to come back
    event = next((one for one in events if one.sequence == entry), None)
    if event is None or event.fact is None:
        raise NotFound(f"entry {entry}: is not in this case, or its words were removed", recorded="")
    read = _as_corrected(events)
    fact, occurred_on = cast(e.Fact, read[entry].fact), read[entry].occurred_on
    body = to_plain(fact)
    for name, value in changes.items():
        if name == OCCURRED_ON:
            occurred_on = _date(name, value)
        else:
            body[name] = _value(type(fact), name, value)
    if occurred_on > today or any(isinstance(v, date) and v > today for v in _past_days(fact, body)):
        raise CannotDecide(f"entry {entry}: a day given is after today", recorded="")
    try:
        corrected = fact_from_plain(event.kind, body)
    except (TypeError, ValueError) as problem:
        raise CannotDecide(f"entry {entry}: does not hold what such an entry holds", recorded="") from problem
    keep_order(read, entry, corrected, occurred_on)
    return Decided(
        fact=e.Corrected(reason=reason, occurred_on=occurred_on, restated=body), on=today, target=event.sequence
    )


def in_chain(chain: str, decided: Sequence[Decided], events: Sequence[e.Event]) -> tuple[Decided, ...]:
    """Return corrections and redactions as they are recorded in `chain`: those of another chain's entries say so.

    An entry's number counts in its own chain only, so that such an entry is named by its chain and its number there.
    """
    recorded = {event.sequence: event for event in events}
    return tuple(_of_another(one, recorded[one.target], chain) if one.target else one for one in decided)


def _of_another(decided: Decided, target: e.Event, chain: str) -> Decided:
    fact = decided.fact
    if target.chain == chain or not isinstance(fact, (e.Corrected, e.Redacted)):
        return decided
    about: dict[str, Any] = {"of_chain": target.chain, "entry": target.number, "reason": fact.reason}
    if isinstance(fact, e.Corrected):
        of_another: e.Fact = e.AnothersEntryCorrected(**about, occurred_on=fact.occurred_on, restated=fact.restated)
    else:
        of_another = e.AnothersEntryRedacted(**about, restated=fact.restated)
    return dataclasses.replace(decided, fact=of_another)


def correctable_fields(shape: type[e.Fact]) -> list[str]:
    """Return the fields of a kind of fact that a correction can change: words, dates, single choices, yes and no.

    Ids, what names something of the policy, and lists stay as they were: to change who or which stage it was about,
    the entry is corrected by another one.
    """
    hints = typing.get_type_hints(shape, include_extras=True)
    kept = {field.name: hints[field.name] for field in dataclasses.fields(shape)}
    fixed = ("sort", "our_side")
    return [
        name
        for name, hint in kept.items()
        if name not in fixed and (hint in (str, date, bool) or date in get_args(hint) or get_origin(hint) is Literal)
    ]


def days_among(shape: type[e.Fact]) -> Mapping[str, bool]:
    """Return the correctable fields of a kind of fact that are days, and of each whether there may be none."""
    hints = typing.get_type_hints(shape)
    days = [name for name in correctable_fields(shape) if hints[name] is date or date in get_args(hints[name])]
    return {name: hints[name] is not date for name in days}


def choices_among(shape: type[e.Fact]) -> Mapping[str, tuple[str, ...]]:
    """Return the correctable fields of a kind of fact that have one of a few answers, and which."""
    hints, found = typing.get_type_hints(shape), {}
    for name in correctable_fields(shape):
        if hints[name] is bool:
            found[name] = ("yes", "no")
        elif get_origin(hints[name]) is Literal:
            found[name] = tuple(get_args(hints[name]))
    return found


def _required(shape: type[e.Fact]) -> set[str]:
    return {field.name for field in dataclasses.fields(shape) if field.default is dataclasses.MISSING}


def _past_days(fact: e.Fact, body: Mapping[str, Any]) -> list[date]:
    names = STARTING_DAYS if isinstance(fact, e.ConcernRaised) else ()
    return [date.fromisoformat(body[name]) for name in names if body[name]]


def _as_corrected(events: Sequence[e.Event]) -> Mapping[int, e.Event]:
    """Return the entries as the corrections that count left them: a second one builds on the first."""
    read = {one.sequence: one for one in events}
    restate(read, CORRECTIONS)
    return read


def _value(shape: type[e.Fact], name: str, value: str) -> Any:
    if name not in correctable_fields(shape):
        raise CannotDecide(f'"{name}" cannot be corrected in this entry', recorded="")
    hint = typing.get_type_hints(shape)[name]
    if value.strip() == NOTHING and name in _required(shape):
        raise CannotDecide(f'"{name.replace("_", " ")}" cannot be left without words', recorded="")
    if get_origin(hint) in (types.UnionType, typing.Union):
        if value.strip() == NOTHING:
            return None
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if hint is date:
        return _date(name, value).isoformat()
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            allowed = ", ".join(f'"{arm}"' for arm in get_args(hint))
            raise CannotDecide(f'"{name}" is one of {allowed}', recorded="")
        return value
    if hint is bool:
        if value.strip().lower() not in _YES_NO:
            raise CannotDecide(f'"{name.replace("_", " ")}" is yes or no', recorded="")
        return _YES_NO[value.strip().lower()]
    if hint is not str:
        raise CannotDecide(f'"{name}" cannot be corrected field by field', recorded="")
    if value.strip() == NOTHING:
        return ""
    # A name, a post or an e-mail address stands in one line: another would forge a line of a message.
    return " ".join(value.split()) if shape is e.PartyNamed and name != "address" else value


def _date(name: str, value: str) -> date:
    found = _DATE.fullmatch(value.strip())
    try:
        if found and found[1]:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found:
            return date(int(found[4]), int(found[5]), int(found[6]))
    except ValueError:
        pass
    raise CannotDecide(f'"{name.replace("_", " ")}" is not a date', remedy="write it as 30/04/2026", recorded="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a redaction will do: the entries to restate, in order, and the issued forms that still hold the words.

    `sought` finds the words in anything else that may repeat them.
    """

    sought: re.Pattern[str]
    decided: tuple[Decided, ...]
    sequences: tuple[int, ...]
    issued: tuple[e.FormIssued, ...]


def redact(events: Sequence[e.Event], words: Sequence[str], reason: str, today: date) -> Redaction:
    """Return the redaction of these words wherever they stand in a case, however they are set: see `pattern_of`.

    Each entry that holds them is restated without them; dates, ids and choices stay as they are.

    Raises:
        NotFound: the words stand nowhere in the case.
        CannotDecide: no words were given, or so few letters that innocent words would go.
    """
    try:
        pattern = pattern_of(words)
    except ValueError:
        raise CannotDecide("the words to remove are missing, or a single letter", recorded="") from None
    recorded = {event.sequence: event for event in events}
    decided, sequences, issued = [], [], []
    for event in events:
        if event.fact is None:
            continue
        body = to_plain(event.fact)
        restated = _of_entry(event, body, recorded, pattern)
        if restated != body:
            if isinstance(event.fact, e.FormIssued):
                issued.append(event.fact)
            fact = e.Redacted(reason=pattern.sub(REMOVED, reason), restated=restated)
            decided.append(Decided(fact=fact, on=today, target=event.sequence))
            sequences.append(event.sequence)
    if not decided:
        raise NotFound(
            "these words stand nowhere in this case", remedy="write them exactly as they were recorded", recorded=""
        )
    return Redaction(sought=pattern, decided=tuple(decided), sequences=tuple(sequences), issued=tuple(issued))


def _of_entry(
    event: e.Event, body: Mapping[str, Any], recorded: Mapping[int, e.Event], pattern: re.Pattern[str]
) -> dict[str, Any]:
    """Return an entry's fields with the words gone; what an amendment restates is cleared as the entry it is about."""
    cleared = _without(e.KINDS[event.kind], body, pattern)
    about = recorded.get(event.target or 0)
    if about and body.get("restated"):
        cleared["restated"] = _of_entry(about, body["restated"], recorded, pattern)
    return cleared


def _without(shape: type, body: Mapping[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
    """Return the fields of a fact with the words gone from its texts; what is no one's words stays."""
    hints = typing.get_type_hints(shape, include_extras=True)
    return {name: _cleared(hints[name], value, pattern) for name, value in body.items()}


def _cleared(hint: Any, value: Any, pattern: re.Pattern[str]) -> Any:
    is_date = hint is date or date in get_args(hint)
    if hint == e.Opaque or is_date or get_origin(hint) is Literal:
        return value
    if isinstance(value, str):
        return pattern.sub(REMOVED, value)
    if isinstance(value, Mapping):
        of_values = (get_args(hint) or (str, str))[1]
        return {key: _cleared(of_values, item, pattern) for key, item in value.items()}
    if isinstance(value, list):
        inner = next((arm for arm in get_args(hint) if arm is not Ellipsis), str)
        if dataclasses.is_dataclass(inner):
            return [_without(cast(type, inner), item, pattern) for item in value]
        return [_cleared(inner, item, pattern) for item in value]
    return value
