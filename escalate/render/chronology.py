"""A case's chronology: every entry in the order it was recorded, corrected and redacted ones kept and marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from escalate.core import events as e
from escalate.core.plain import fact_from_plain, to_plain
from escalate.core.restating import AMENDMENTS, CORRECTIONS, REDACTIONS, counting_corrections
from escalate.render.console import Screen
from escalate.render.days import format_day, format_moment
from escalate.render.entry_said import Said
from escalate.render.event_words import describe
from escalate.render.names_in_case import Names

# What only a computer compares, in entries that have nobody's own labels: it is never read aloud.
_FOR_CHECKING = (
    "Issue",
    "Of issue",
    "Head of the record before it",
    "The file as it came",
    "Package",
    "From the record",
)
WITH_CHECKS = (e.FormIssued, e.FormReceived, e.HandedOver, e.TakenOver)
_CORRECTED = tuple(kind.kind for kind in CORRECTIONS)
_REDACTED = tuple(kind.kind for kind in REDACTIONS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be read: what it says, what later entries did to it, and whether another record made it.

    `counts` is the one of `corrected_by` that counts, None where none does.
    """

    event: e.Event
    said: Said
    marks: tuple[str, ...]
    corrected_by: tuple[int, ...] = ()
    redacted_by: tuple[int, ...] = ()
    is_anothers: bool = False
    counts: int | None = None


def entries_of(events: Sequence[e.Event], names: Names, own_chain: str = "") -> list[Entry]:
    """Return every entry of a case in order, each as first recorded; a correction says what changed.

    Args:
        events: as recorded, with nothing restated.
        own_chain: this record's own id: entries of another, taken in with the case, are then marked.
    """
    by_sequence = {event.sequence: event for event in events}
    counting = counting_corrections(events)
    read = []
    named = set[str]()
    for event in events:
        corrected_by = tuple(x.sequence for x in events if x.kind in _CORRECTED and x.target == event.sequence)
        redacted_by = tuple(x.sequence for x in events if x.kind in _REDACTED and x.target == event.sequence)
        counts = counting.get(event.sequence)
        marks = (*_corrected_words(corrected_by, counts), *_redacted_words(redacted_by))
        is_anothers = bool(own_chain) and event.chain != own_chain
        said = _said(event, by_sequence, names)
        if isinstance(event.fact, e.PartyNamed):
            if event.fact.party in named:  # told as named again, one child would be heard as two
                said = Said(f"More was said of {event.fact.name}", said.details)
            named.add(event.fact.party)
        read.append(Entry(event, said, marks, corrected_by, redacted_by, is_anothers, counts))
    return read


def _corrected_words(corrected_by: Sequence[int], counts: int | None) -> Iterator[str]:
    if corrected_by:
        yield f"corrected by {_entries(corrected_by)}"
    if corrected_by and counts is None:
        which = "it does not count" if len(corrected_by) == 1 else "none of them counts"
        yield f"{which}, since words were removed"
    elif len(corrected_by) > 1:
        yield f"entry {counts} counts"


def _redacted_words(redacted_by: Sequence[int]) -> Iterator[str]:
    if redacted_by:
        yield f"redacted by {_entries(redacted_by)}"


def _entries(sequences: Sequence[int]) -> str:
    *others, last = map(str, sequences)
    return f"entries {', '.join(others)} and {last}" if others else f"entry {last}"


def show_chronology(screen: Screen, entries: Sequence[Entry], names: Names) -> None:
    """Write the entries, those recorded together under who recorded them and when."""
    for _, group in groupby(entries, key=_recorded):
        together = list(group)
        screen.gap()
        screen.say((_recorded_words(together[0], names), "quiet"), hang=2)
        for entry in together:
            _write(screen, entry)


def entry_as_plain(entry: Entry, names: Names) -> dict[str, Any]:
    """Return an entry as `--json` gives it: its fact as recorded, and the sentence it is shown as."""
    event = entry.event
    return {
        "sequence": event.sequence,
        "id": event.id,
        "kind": event.kind,
        "occurred_on": event.occurred_on,
        "occurred_time": event.occurred_time,
        "recorded_at": event.recorded_at,
        "recorded_by": names.of(event.recorded_by),
        "for_agency": names.of(event.for_agency),
        "target": event.target,
        "of_another_record": entry.is_anothers,
        "corrected_by": list(entry.corrected_by),
        "correction_that_counts": entry.counts,
        "redacted_by": list(entry.redacted_by),
        "says": entry.said.sentence,
        "details": [{"label": label, "words": words} for label, words in entry.said.details],
        "fact": None if event.fact is None else plain_fact(event.fact, names),
        "hash": event.hash,
    }


def plain_fact(fact: e.Fact, names: Names) -> dict[str, Any]:
    """Return a fact's fields as plain values; an address that is withheld, then or since, is told nowhere."""
    withheld = {party for party, named in names.parties.items() if named.address_withheld or named.withheld}
    return _without_withheld(to_plain(fact), withheld)


def _without_withheld(plain: dict[str, Any], withheld: set[str]) -> dict[str, Any]:
    shown = dict(plain)
    # An amendment restates another entry, which may itself be an amendment.
    if isinstance(plain.get("restated"), dict):
        shown["restated"] = _without_withheld(plain["restated"], withheld)
    is_withheld = plain.get("address_withheld") or plain.get("withheld") or plain.get("party") in withheld
    if plain.get("address") and is_withheld:
        shown["address"] = "withheld"
    return shown


def _write(screen: Screen, entry: Entry) -> None:
    event = entry.event
    number = f"{event.sequence:>3}  "
    at = f" {event.occurred_time}" if event.occurred_time else ""
    marks = f" [{'; '.join(entry.marks)}]" if entry.marks else ""
    day = f"{screen.day(event.occurred_on)}{at}"
    screen.say(number, (day, "strong"), f"  {entry.said.sentence}.", (marks, "strong"), hang=len(number))
    for label, words in entry.said.details:
        if screen.kind == "spoken" and label in _FOR_CHECKING and isinstance(event.fact, WITH_CHECKS):
            continue
        if "\n" in words or len(words) > 60:
            screen.say((f"{label}:", "quiet"), indent=5)
            screen.user(words, indent=7)
        else:
            screen.say((f"{label}: ", "quiet"), words, indent=5, hang=2)


def _recorded(entry: Entry) -> tuple[str, str, str, bool]:
    event = entry.event
    return event.recorded_at, event.recorded_by, event.for_agency, entry.is_anothers


def _recorded_words(entry: Entry, names: Names) -> str:
    event = entry.event
    at = format_moment(event.recorded_at) if event.recorded_at else "at a time not known"
    agency = f", for {names.agency(event.for_agency)}" if event.for_agency else ""
    where = ", in another record" if entry.is_anothers else ""
    return f"Recorded {at} by {names.of(event.recorded_by) or 'somebody not named'}{agency}{where}:"


def _said(event: e.Event, by_sequence: dict[int, e.Event], names: Names) -> Said:
    fact = event.fact
    if isinstance(fact, AMENDMENTS) and event.target is not None:
        target = by_sequence[event.target]
        restated = fact_from_plain(target.kind, fact.restated) if fact.restated else None
        if isinstance(fact, REDACTIONS):
            stays = _stays(replace(target, fact=restated), by_sequence, names)
            return Said(f"Words of entry {target.sequence} were removed", (("Reason", fact.reason), *stays))
        return Said(
            f"Entry {target.sequence} was corrected; both are kept",
            (("Reason", fact.reason), *_changes(target, fact, restated, names)),
        )
    if fact is None and event.kind in (*_CORRECTED, *_REDACTED):
        about = f", about entry {event.target}," if event.target else ""
        return Said(f"The words of this entry{about} were removed")
    return describe(fact, names)


def _stays(restated: e.Event, by_sequence: dict[int, e.Event], names: Names) -> tuple[tuple[str, str], ...]:
    """Return what an entry still says once words were removed; it may itself be an amendment of another."""
    if restated.fact is None:
        return (("What may stay", "nothing"),)
    said = _said(restated, by_sequence, names)
    return (("It now says", f"{said.sentence}."), *said.details)


def _changes(
    target: e.Event, fact: e.Corrected | e.AnothersEntryCorrected, restated: e.Fact | None, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield what a correction changed: the day, the sentence, each labelled part that is another now."""
    if fact.occurred_on != target.occurred_on:
        yield "It happened on", f"{format_day(fact.occurred_on)}, not {format_day(target.occurred_on)}"
    if restated is None:
        return
    now, before = describe(restated, names), describe(target.fact, names)
    if now.sentence != before.sentence:
        yield "It now says", f"{now.sentence}."
    old = dict(before.details)
    for label, words in now.details:
        if words != old.get(label, ""):
            yield label, words
    for label in old.keys() - dict(now.details).keys():
        yield label, "(left empty)"
