"""Which cases are one escalation: links between them join, and what they join counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
"""Two cases by their streams, the lower first."""


def pair_of(one: str, other: str) -> Pair:
    """Return two streams as the pair they are kept as, in whatever order they are named."""
    return (one, other) if one < other else (other, one)


def escalations(links: Iterable[Pair]) -> Mapping[str, str]:
    """Return, for each linked stream, the one that stands for its escalation: the lowest of all it is joined to.

    Where A is one with B and B with C, the three are one. A stream without a link is an escalation of its own.

    Example:
        >>> dict(escalations([("a", "b"), ("b", "d"), ("c", "e")]))
        {'a': 'a', 'b': 'a', 'd': 'a', 'c': 'c', 'e': 'c'}
    """
    beside: dict[str, list[str]] = {}
    for one, other in links:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found: dict[str, str] = {}
    for first in sorted(beside):
        waiting = [] if first in found else [first]
        while waiting:
            stream = waiting.pop()
            if stream not in found:
                found[stream] = first
                waiting += beside[stream]
    return {stream: found[stream] for stream in beside}
