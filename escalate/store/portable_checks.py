"""Whether a case on its way is as it was recorded: looked at whole, before anything of it is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.restating import REDACTIONS, with_targets
from escalate.errors import CannotDecide, EscalateError, FormRefused
from escalate.store.chain import NO_LINK, Entry, event_hash, payload_digest, text_digest
from escalate.store.door import body_of
from escalate.store.portable import KeptEntry, Portable, not_a_case
from escalate.store.readers import event_of

_CASES = "case-"
_TIME = re.compile(r"(?:[0-2]\d:[0-5]\d)?", re.ASCII)
_REMEDY = "take nothing from it; ask whoever sent it to run `escalate verify`, and for the file again"


def proved(travelling: Portable) -> Case:
    """Return the case that a file holds, once every entry, chain, text and file in it has shown itself sound.

    Raises:
        FormRefused: something is not as it was recorded, or a newer escalate recorded it; the first such entry is
            named, by its place in the file.
    """
    if not travelling.stream.startswith(_CASES):
        raise not_a_case()
    _prove_chains(travelling)
    try:
        events = _events(travelling)
        case = read_case(events)
        digest = case.raised.policy_digest
    except (IndexError, TypeError, ValueError, KeyError, AttributeError):
        raise not_a_case() from None
    _prove_blanks(events)
    if text_digest(travelling.policy[1]) != digest:
        raise _refused("the text of the policy is not that of the case")
    handed = (cast(e.HandedOver, event.fact).package for event in case.of(e.HandedOver))
    if travelling.package not in handed:
        raise _refused("it does not say itself to whom the case was handed over")
    _prove_calendars(travelling)
    _prove_files(travelling, events, case)
    return case


def _prove_chains(travelling: Portable) -> None:
    last: dict[str, tuple[int, str]] = {}
    ids: set[str] = set()
    for place, kept in enumerate(travelling.entries, 1):
        entry = kept.entry
        number, before = last.get(entry.chain, (0, NO_LINK))
        said = _wrong(kept, number, before)
        if entry.stream != travelling.stream or entry.id in ids:
            said = "is of another case, or there twice"
        if said:
            raise _refused(f'entry {place} ("{_shown(entry)}") {said}')
        ids.add(entry.id)
        last[entry.chain] = entry.sequence, kept.hash


def _wrong(kept: KeptEntry, number: int, before: str) -> str:
    """Return what is wrong with an entry that follows the `number`th of its chain, or ""."""
    entry = kept.entry
    if entry.sequence != number + 1 or entry.prev != before:
        return "does not follow the entry before it"
    if event_hash(entry) != kept.hash:
        return "was changed after it was recorded"
    if (kept.salt is None) != (kept.body is None):
        return "has lost part of its words"
    if kept.salt is not None and kept.body is not None and payload_digest(kept.salt, kept.body) != entry.digest:
        return "has other words than were recorded"
    if entry.target is not None and not 0 < entry.target < entry.sequence:
        return "is about an entry that is not before it"
    return ""


def _shown(entry: Entry) -> str:
    return entry.kind if entry.kind in e.KINDS else "of a kind not known"


def _events(travelling: Portable) -> list[e.Event]:
    """Return the entries as events, each read as strictly as if it were recorded now."""
    places = {(one.entry.chain, one.entry.sequence): place for place, one in enumerate(travelling.entries, 1)}
    found = []
    for place, kept in enumerate(travelling.entries, 1):
        row: Any = {**kept.entry._asdict(), "hash": kept.hash, "body": kept.body}
        try:
            event = event_of(row, place, places)
            if event.fact is not None:
                body_of(event.fact)
            is_whole = (
                datetime.fromisoformat(event.recorded_at).utcoffset() is not None
                and event.occurred_on.isoformat() == kept.entry.occurred_on
                and _TIME.fullmatch(event.occurred_time) is not None
                and kept.entry.shape > 0
            )
        except (CannotDecide, ValueError):
            is_whole = False
        except EscalateError as refused:
            raise FormRefused(f"the case in the file: {refused.what}", remedy=refused.remedy, recorded="") from None
        if not is_whole:
            raise _refused(f'entry {place} ("{_shown(kept.entry)}") does not hold what such an entry holds')
        found.append(event)
    return with_targets(found)


def _prove_blanks(events: Sequence[e.Event]) -> None:
    kinds = {kind.kind for kind in REDACTIONS}
    redacted = {event.target for event in events if event.kind in kinds}
    for event in events:
        if event.fact is None and event.sequence not in redacted:
            raise _refused(f'entry {event.sequence} ("{event.kind}") has lost its words without a redaction')


def _prove_calendars(travelling: Portable) -> None:
    try:
        for calendar in travelling.calendars:
            body_of(calendar)
    except CannotDecide:
        raise _refused("a calendar in it is none") from None


def _prove_files(travelling: Portable, events: Sequence[e.Event], case: Case) -> None:
    """Look whether each form that came in is there as it came, and whether what went out has a plain file name."""
    digests = {one.event_id: (one.digest, hashlib.sha256(one.content).hexdigest()) for one in travelling.files}
    for event in events:
        if isinstance(event.fact, e.FormReceived) and set(digests.pop(event.id, ("", ""))) != {event.fact.digest}:
            raise _refused(f"the file that entry {event.sequence} received is missing, or not as it came")
    if digests:
        raise _refused("a file in it was received by none of its entries")
    if not all(_is_plain(name) for name in _file_names(case)):
        raise _refused("a form in it was issued under a name that is no file's")


def _file_names(case: Case) -> Iterator[str]:
    for event in case.of(e.FormIssued):
        yield cast(e.FormIssued, event.fact).file_name


def _is_plain(name: str) -> bool:
    return name not in ("", ".", "..") and not set(name) & set('/\\:*?"<>|\0\n')


def _refused(what: str) -> FormRefused:
    return FormRefused(f"the case in the file is not as it was recorded: {what}", remedy=_REMEDY, recorded="")
