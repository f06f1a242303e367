"""A case as it travels from one installation to another: every entry of every chain, and what it counts by.

Its bytes are a length, canonical JSON, and then the received files one after the other. The entries stand in the order
in which they arrived where the file was written, each with its salt and words exactly as they are kept there.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, cast

from escalate.core.case import Case
from escalate.core.events import CalendarStored
from escalate.core.plain import fact_from_plain, to_plain
from escalate.core.views import ReceivedFile
from escalate.errors import FormRefused
from escalate.store import readers
from escalate.store.calendar_rows import stored_version
from escalate.store.chain import Entry, canonical

_SHAPE = 1
_LENGTH = 8
MOST_ENTRIES = 200_000
_MOST_JSON = 64 * 1024 * 1024
_NUMBERS = ("sequence", "shape")


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """One entry as a ledger keeps it; `salt` and `body` are None where its words were removed."""

    entry: Entry
    hash: str
    salt: bytes | None
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portable:
    """A case on its way: `package` is the file's own id, `from_chain` the installation that wrote it.

    `anchor` is that installation's when it wrote it, `policy` the name and text the case was raised under, `files`
    those that were received in the case.
    """

    package: str
    from_chain: str
    anchor: str
    stream: str
    entries: tuple[KeptEntry, ...]
    policy: tuple[str, str]
    calendars: tuple[CalendarStored, ...]
    files: tuple[ReceivedFile, ...]

    @property
    def chains(self) -> tuple[str, ...]:
        """The installations that recorded something in the case, the first one first."""
        return tuple(dict.fromkeys(kept.entry.chain for kept in self.entries))


def portable(con: sqlite3.Connection, case: Case, package: str) -> Portable:
    """Return a case of this database with everything that another installation needs to go on with it."""
    versions = dict.fromkeys((case.raised.calendar_version, *(version for _, version in case.calendars_adopted)))
    stored = (stored_version(con, version) for version in versions)
    names = readers.rows(con, "SELECT name FROM policy_text WHERE digest = ?", (case.raised.policy_digest,))
    files = readers.rows(
        con,
        "SELECT received_file.* FROM received_file JOIN ledger ON id = event_id WHERE stream = ? ORDER BY event_id",
        (case.stream,),
    )
    return Portable(
        package=package,
        from_chain=readers.own_chain(con),
        anchor=readers.head_anchor(con),
        stream=case.stream,
        entries=kept_entries(con, case.stream),
        policy=(names[0]["name"], readers.policy_text(con, case.raised.policy_digest)),
        calendars=tuple(one for one in stored if one),
        files=tuple(ReceivedFile(**dict(row)) for row in files),
    )


def kept_entries(con: sqlite3.Connection, stream: str) -> tuple[KeptEntry, ...]:
    """Return a stream's entries as they are kept, in the order they arrived here."""
    found = readers.rows(
        con,
        "SELECT ledger.*, salt, body FROM ledger JOIN spine USING (stream, chain, sequence)"
        " JOIN payload ON event_id = id WHERE ledger.stream = ? ORDER BY position",
        (stream,),
    )
    return tuple(
        KeptEntry(Entry(*(row[name] for name in Entry._fields)), row["hash"], row["salt"], row["body"]) for row in found
    )


def to_bytes(travelling: Portable) -> bytes:
    """Return a case on its way as the bytes that `from_bytes` reads."""
    about = {
        "shape": _SHAPE,
        "package": travelling.package,
        "from_chain": travelling.from_chain,
        "anchor": travelling.anchor,
        "stream": travelling.stream,
        "policy": travelling.policy,
        "calendars": [to_plain(one) for one in travelling.calendars],
        "entries": [
            [*one.entry, one.hash, one.salt.hex() if one.salt is not None else None, one.body]
            for one in travelling.entries
        ],
        "files": [[one.event_id, one.digest, len(one.content)] for one in travelling.files],
    }
    written = canonical(about).encode()
    return b"".join((len(written).to_bytes(_LENGTH, "big"), written, *(one.content for one in travelling.files)))


def from_bytes(content: bytes) -> Portable:
    """Return the case that `to_bytes` wrote: every value of its kind, nothing of it proved yet.

    Raises:
        FormRefused: it is something else, or a newer escalate wrote it.
    """
    length = int.from_bytes(content[:_LENGTH], "big")
    if length > min(_MOST_JSON, len(content) - _LENGTH):
        raise not_a_case()
    try:
        about = json.loads(content[_LENGTH : _LENGTH + length].decode())
        if about["shape"] > _SHAPE:
            raise FormRefused(
                "the case was handed over by a newer escalate", remedy="install the newer escalate", recorded=""
            )
        return _read(about, memoryview(content)[_LENGTH + length :])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Without the cause: it would hold the words.
        raise not_a_case() from None


def not_a_case() -> FormRefused:
    """Return the refusal of a file that holds no case as escalate writes one."""
    return FormRefused(
        "the protected file holds no case that escalate wrote", remedy="ask whoever sent it what it is", recorded=""
    )


def _read(about: dict[str, Any], files: memoryview) -> Portable:
    text = {name: _text(about[name]) for name in ("package", "from_chain", "anchor", "stream")}
    name, policy = about["policy"]
    entries = tuple(_entry(row) for row in about["entries"])
    if not 0 < len(entries) <= MOST_ENTRIES:
        raise ValueError("entries")
    received, start = [], 0
    for event_id, digest, size in about["files"]:
        if not 0 <= size <= len(files) - start:
            raise ValueError("files")
        content = bytes(files[start : start + size])
        received.append(ReceivedFile(event_id=_text(event_id), digest=_text(digest), content=content))
        start += size
    if start != len(files):
        raise ValueError("files")
    calendars = (fact_from_plain(CalendarStored.kind, one) for one in about["calendars"])
    return Portable(
        **text,
        entries=entries,
        policy=(_text(name), _text(policy)),
        calendars=tuple(cast(CalendarStored, one) for one in calendars),
        files=tuple(received),
    )


def _entry(row: list[Any]) -> KeptEntry:
    *values, own_hash, salt, body = row
    entry = Entry._make(values)
    for name, value in entry._asdict().items():
        is_number = name in _NUMBERS or (name == "target" and value is not None)
        if value is None and name == "target":
            continue
        if type(value) is not (int if is_number else str):
            raise TypeError(name)
    return KeptEntry(
        entry,
        _text(own_hash),
        None if salt is None else bytes.fromhex(salt),
        None if body is None else _text(body),
    )


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("text")
    value.encode()  # half a character is none
    return value
