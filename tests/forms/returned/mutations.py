"""Forms that are broken, or were made to break a program: in their bytes, in their XML, in their zip, in their size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from tests.forms.returned import broken_bytes, broken_large, broken_xml, broken_zip
from tests.forms.returned.broken import Mutation
from tests.forms.returned.returning import issued, names

_SMALL = {**broken_bytes.KINDS, **broken_xml.KINDS, **broken_zip.KINDS}
KINDS = {**_SMALL, **broken_large.KINDS}
# The large ones take longer to make.
_TURNS = [*_SMALL, *_SMALL, *_SMALL, *broken_large.KINDS]


def mutated(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many broken forms, each with what was done to it: every kind in turn, the large ones more seldom."""
    for number in range(count):
        kind = _TURNS[number % len(_TURNS)]
        chance = Random(f"mutation {number}")
        content = KINDS[kind](_sound(chance.randrange(2 * len(names()))), chance)
        if kind in _SMALL and chance.random() < 0.1:
            other = chance.choice(list(_SMALL))
            kind, content = f"{kind}, {other}", _again(_SMALL[other], content, chance)
        yield f"{number}: {kind}", content


def _again(mutation: Mutation, content: bytes, chance: Random) -> bytes:
    """What is broken already cannot always be taken apart once more."""
    try:
        return mutation(content, chance)
    except Exception:  # noqa: BLE001
        return content


@cache
def _sound(number: int) -> bytes:
    return issued(names()[number % len(names())], Random(f"sound {number}")).paper.save()
