"""The arithmetic of the hash chain: what a quiet change would have to get past.

Each stream has a chain of its own, portable with the case. Each database has a spine over all of them in the order
they arrived, whose head is printed as an anchor on whatever is issued. An event's hash covers a salted digest of its
payload, so that the words can be erased and the chain still holds. Every field goes in with its length: no boundary
can be moved.

Tamper-evident, not tamper-proof: whoever can rewrite the whole file is caught only by an anchor printed elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import struct
from typing import NamedTuple

NO_LINK = "0" * 64
"""What the first link of a chain, or of the spine, follows."""

_SIZES = [struct.Struct(f">{fields}I") for fields in range(17)]
_SALT_BYTES = 16
_ANCHOR = re.compile(r"L(\d{1,15})((?:-[0-9A-F]{4}){4})", re.IGNORECASE)


class Entry(NamedTuple):
    """What an event's hash covers, in the order of the ledger's columns; people only by opaque id."""

    stream: str
    chain: str
    sequence: int
    id: str
    kind: str
    shape: int
    occurred_on: str
    occurred_time: str
    recorded_at: str
    recorded_by: str
    for_agency: str
    target: int | None
    digest: str
    prev: str


class Link(NamedTuple):
    """What a spine link's hash covers: the event that arrived at `position`, and the link before it."""

    position: int
    stream: str
    chain: str
    sequence: int
    event_hash: str
    prev: str


def new_salt() -> bytes:
    """Return a new salt; it is erased with the payload, else a guess at the erased words could be checked."""
    return os.urandom(_SALT_BYTES)


def canonical(plain: object) -> str:
    """Return plain values as the one JSON text they have: sorted keys, no spaces, characters as themselves."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def payload_digest(salt: bytes, body: str) -> str:
    """Return the digest that stands for a payload in the chain, as 64 hexadecimal digits."""
    return hmac.digest(salt, body.encode(), "sha256").hex()


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def event_hash(entry: Entry) -> str:
    """Return the hash of one event, as 64 hexadecimal digits."""
    return _hash("escalate event 1", *entry)


def link_hash(link: Link) -> str:
    """Return the hash of one spine link, as 64 hexadecimal digits."""
    return _hash("escalate spine 1", *link)


def anchor(position: int, spine_hash: str) -> str:
    """Return the anchor of the spine at `position`, to print where others will keep it.

    Example:
        >>> anchor(0, NO_LINK)
        'L0-004f-064e-c830-e98b'
    """
    short = _hash("escalate anchor 1", position, spine_hash)[:16]
    return f"L{position}-" + "-".join(short[at : at + 4] for at in range(0, 16, 4))


def parse_anchor(text: str) -> tuple[int, str]:
    """Return the position of an anchor, and the anchor as `anchor` writes it.

    Raises:
        ValueError: `text` is not an anchor.
    """
    found = _ANCHOR.fullmatch(text.strip())
    if found is None:
        raise ValueError("not an anchor")
    return int(found[1]), f"L{int(found[1])}{found[2].lower()}"


def _hash(*fields: str | int | None) -> str:
    """Return the SHA-256 over how many bytes each field has, as 32-bit numbers, and then the fields, in UTF-8."""
    texts = ["" if field is None else str(field) for field in fields]
    joined = "".join(texts)
    sizes = map(len, texts if joined.isascii() else map(str.encode, texts))
    return hashlib.sha256(_SIZES[len(texts)].pack(*sizes) + joined.encode()).hexdigest()
