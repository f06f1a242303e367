"""What a check yields, and the ways through a policy that several checks walk."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Collection, Iterator

from escalate.core.moments import Moment, parse_moment
from escalate.core.policy import Doubt, Obliging, Policy, follow

Path = tuple[str | int, ...]
Found = tuple[Path, str, str]
"""A problem: its path in the file, what is wrong, what to do."""
Check = Callable[[Policy], Iterator[Found]]


def obliging(policy: Policy) -> Iterator[tuple[Path, Obliging]]:
    """Yield every clock and duty with its path in the file."""
    for table in ("clock", "duty"):
        for place, item in enumerate(getattr(policy, table)):
            yield (table, place), item


def doubts(policy: Policy) -> Iterator[tuple[Path, Doubt]]:
    """Yield every contradiction and ambiguity with its path in the file."""
    for table in ("contradiction", "ambiguity"):
        for place, doubt in enumerate(getattr(policy, table)):
            yield (table, place), doubt


def as_followed(policy: Policy) -> Policy:
    """Return the policy with its followed readings put in; of a doubt that follows none of its readings, nothing."""
    contradictions = tuple(doubt for doubt in policy.contradiction if doubt.followed in doubt.readings)
    ambiguities = tuple(doubt for doubt in policy.ambiguity if doubt.followed in doubt.readings)
    return follow(dataclasses.replace(policy, contradiction=contradictions, ambiguity=ambiguities))


def moment_in(text: str) -> Moment | None:
    """Return the moment a policy names, or None where it is no moment: a check of its own says so."""
    try:
        return parse_moment(text)
    except ValueError:
        return None


def listed(names: Collection[str]) -> str:
    """Return names in alphabetical order, or "none"."""
    return ", ".join(sorted(names)) or "none"


def nearest(written: str, known: Collection[str]) -> str:
    """Return the question whether what stands nearest was meant, with a space after it; nothing where few are known."""
    near = difflib.get_close_matches(written, sorted(known), n=1, cutoff=0.75) if len(known) > 3 else []
    return f'did you mean "{near[0]}"? ' if near else ""
