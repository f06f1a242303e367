"""What level of need a case has, in our own few words: what people wrote of it is never repeated in a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from escalate.core.case import Case

OTHERWISE = "said otherwise"
LEVELS = ("looked after", "child protection plan", "child in need", "early help", "universal")
"""The levels that are known by name, the highest first; beside them stand "level 1" to "level 5"."""
_WRITTEN = (
    ("looked after", r"\blooked after\b|\bLAC\b|\bCLA\b|\bchild(ren)? in care\b"),
    ("child protection plan", r"\bchild protection\b|\bCP\b|\bCPP\b|\bsection 47\b|\bs\.? ?47\b"),
    ("child in need", r"\bchild(ren)? in need\b|\bCIN\b|\bsection 17\b|\bs\.? ?17\b"),
    ("early help", r"\bearly help\b|\bTAF\b|\bTAC\b|\bCAF\b|\btargeted\b"),
    ("universal", r"\buniversal\b"),
)
_BY_FACT = (("looked after", "looked after"), ("child protection plan", "child protection plan"))


def need_of(case: Case) -> str:
    """Return the level of need recorded of a case: a name of `LEVELS`, "level 3", `OTHERWISE`, or "" where none is.

    What was written as the present level counts, its first number or name; else a plan that a child is known to be on.
    Of several children it is the highest by name, or the highest number.
    """
    # A report of figures alone asks for the levels, and knows no events.
    from escalate.core import events as e

    written: dict[str, str] = {}
    for event in case.of(e.DetailsRecorded):
        fact = cast(e.DetailsRecorded, event.fact)
        if words := fact.details.get("need.current", "").strip():
            written[fact.child] = words
    levels = {_level(words) for words in written.values()}
    levels |= {level for fact, level in _BY_FACT if case.raised.children and case.known(fact) == "yes"}
    named = [level for level in LEVELS if level in levels]
    numbered = sorted((level for level in levels if level.startswith("level ")), reverse=True)
    return next(iter((*named, *numbered, *sorted(levels))), "")


def _level(words: str) -> str:
    for level, pattern in _WRITTEN:
        # Abbreviations are written in capitals: "tac" in another word is none.
        if re.search(pattern, words) or re.search(pattern, words.casefold()):
            return level
    found = re.search(r"\blevel ?([1-5])\b", words.casefold())
    return f"level {found[1]}" if found else OTHERWISE
