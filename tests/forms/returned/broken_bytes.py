"""Forms whose bytes were flipped, cut, put in, doubled or blanked, wherever it hit."""

from __future__ import annotations

import re
import struct
from random import Random

from tests.forms.returned.broken import Mutation


def _some(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.randint(1, 400))


def _bits_flipped(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_out(content: bytes, chance: Random) -> bytes:
    start, end = _some(content, chance)
    return content[:start] + content[end:]


def _cut_off(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _cut_off_above(content: bytes, chance: Random) -> bytes:
    return content[chance.randrange(1, len(content)) :]


def _put_in(content: bytes, chance: Random) -> bytes:
    start, _ = _some(content, chance)
    return content[:start] + chance.randbytes(chance.randint(1, 300)) + content[start:]


def _doubled(content: bytes, chance: Random) -> bytes:
    start, end = _some(content, chance)
    return content[:end] + content[start:end] + content[end:]


def _blanked(content: bytes, chance: Random) -> bytes:
    start, end = _some(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def _put_before_and_after(content: bytes, chance: Random) -> bytes:
    return chance.randbytes(chance.randrange(50)) + content + chance.randbytes(chance.randrange(70000))


def _zip_fields(content: bytes, chance: Random) -> bytes:
    """A number in a header of the zip set to something else."""
    changed = bytearray(content)
    marks = [match.start() for match in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", content)]
    at = chance.choice(marks) + 4 + 2 * chance.randrange(20)
    changed[at : at + 2] = struct.pack("<H", chance.choice((0, 1, 8, 9, 99, 0x7FFF, 0xFFFF, chance.randrange(65536))))
    return bytes(changed)


KINDS: dict[str, Mutation] = {
    "bits flipped": _bits_flipped,
    "cut out": _cut_out,
    "cut off": _cut_off,
    "cut off above": _cut_off_above,
    "bytes put in": _put_in,
    "bytes doubled": _doubled,
    "bytes blanked": _blanked,
    "put before and after": _put_before_and_after,
    "numbers of the zip": _zip_fields,
}
