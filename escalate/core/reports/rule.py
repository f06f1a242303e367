"""The rule by which a count may be told to anybody: which counts are hidden, how the rest are rounded, and what a
reader can still work out from each.

Counts of 0 to 7 are all hidden alike, so that a hidden one is not known to be small and present; the rest, totals
included, are rounded to 5. Hiding only the small ones gives nearly all of them back through the totals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from escalate.core.reports.intervals import ENDLESS, Range
from escalate.core.reports.report import Days, Figure, Share, Unit, Untold

_SAID: Final = re.compile(r"Counts of 0 to (?P<most>\d+) are shown as .*?(nearest (?P<base>\d+)|as counted)")
HIDDEN: Final = Untold("*", "none, or too few to tell without telling of somebody")
RESTS_ON_HIDDEN: Final = Untold("(*)", "it rests on a number that is hidden, or would give one away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How counts are published: those of `fewer_than` hidden, the rest rounded to `base` (1 rounds nothing).

    A count of 1 to `protected` is what nobody may find out: of each count that could be one, at least `least` values
    stay possible to whoever knows everything published. `cut` is the id of the one table to publish of those that
    divide the same cases; the first of them where none is named. `words` are the ids of tables whose words were chosen
    for everybody, line by line.

    Raises:
        ValueError: a setting under which nothing would be hidden, or everything.
    """

    fewer_than: int = 8
    base: int = 5
    protected: int = 4
    least: int = 3
    cut: str = ""
    words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.base < 1 or self.least < 1 or not 1 <= self.protected < self.fewer_than:
            raise ValueError("base and least are at least 1, and what is protected is less than what is hidden")

    def rounded(self, count: int) -> int:
        """Return the multiple of the base nearest to a count, the higher of two.

        Example:
            >>> [Rule().rounded(count) for count in (8, 12, 13)]
            [10, 10, 15]
        """
        return (2 * count + self.base) // (2 * self.base) * self.base

    def hides(self, count: int) -> bool:
        """Is the count hidden: too small, or rounded to what would look too small?"""
        return count < self.fewer_than or self.rounded(count) < self.fewer_than

    def told(self, count: int) -> int | Untold:
        """Return what is published in place of a count."""
        return HIDDEN if self.hides(count) else self.rounded(count)

    def of_hidden(self) -> Range:
        """Return every count that a hidden one may be."""
        most = self.fewer_than - 1
        while self.hides(most + 1):
            most += 1
        return Range(0, most)

    def of_told(self, told: int) -> Range:
        """Return every count that is published as this one; of a number that is never published, itself.

        Example:
            >>> Rule().of_told(10), Rule().of_told(25)
            (Range(low=8, high=12), Range(low=23, high=27))
        """
        low, high = -((self.base - 2 * told) // 2), -((-2 * told - self.base) // 2) - 1
        low = max(low, self.of_hidden().high + 1)
        return Range(low, high) if low <= high else Range(told, told)

    def gives_away(self, known: Range) -> bool:
        """Does knowing that a count lies here tell too much of one that may be protected?"""
        return known.low <= self.protected and known.high >= 1 and known.high - known.low + 1 < self.least

    def figure(self, figure: Figure) -> Figure:
        """Return what is published in place of a figure; words and what was kept back are not told.

        A share is told where all three are many enough: what it is of, those that met it, and those that did not. Days
        are whole, the 90th percentile up to the next whole working week, since it is often one case's own time.
        """
        match figure:
            case bool() | str():
                return Untold("–", "words are not published")
            case int():
                return self.told(figure)
            case Share(met, of):
                if any(self.hides(count) for count in (met, of, of - met)):
                    return RESTS_ON_HIDDEN
                return Share(self.rounded(met), self.rounded(of), self.base)
            case Days(median, ninetieth, of):
                if self.hides(of):
                    return RESTS_ON_HIDDEN
                return Days(float(int(median + 0.5)), float(-int(-ninetieth // 5) * 5), self.rounded(of))
        return HIDDEN

    def in_words(self) -> tuple[str, ...]:
        """Return the rule as sentences for whoever reads the tables."""
        rest = f"all others are rounded to the nearest {self.base}, so that lines need not add up to their totals"
        return (
            f"Counts of 0 to {self.of_hidden().high} are shown as {HIDDEN.sign}; "
            + (f"{rest}." if self.base > 1 else "all others are as counted."),
            f"A {HIDDEN.sign} may stand for none: a true 0 is hidden as well.",
            f"Shares and times are shown only where the counts they rest on are, else as {RESTS_ON_HIDDEN.sign};"
            " 90th percentiles are rounded up to 5 days.",
        )

    def as_said(self, sentences: Sequence[str]) -> Rule:
        """Return the rule that these sentences say, as an older report was published by; this one where none does."""
        for sentence in sentences:
            if said := _SAID.match(sentence):
                most, base = int(said["most"]), int(said["base"] or 1)
                return replace(self, fewer_than=most + 1, base=base, protected=min(self.protected, most))
        return self

    def known(self, figure: Figure, unit: Unit, part: str) -> Range:
        """Return what a reader knows of one count in a published figure: "n" itself, or "of", "met" or "unmet"."""
        match figure:
            case bool():
                return Range(0, ENDLESS)
            case int():
                return self.of_told(figure)
            case Share(met, of):
                if part == "unmet":
                    return Range(self.of_hidden().high + 1, ENDLESS)
                return self.of_told(met if part == "met" else of)
            case Days(of=of):
                return self.of_told(of)
            case Untold(sign=HIDDEN.sign) if unit != "share":
                return self.of_hidden()
            case Untold(sign=RESTS_ON_HIDDEN.sign) if unit == "working days":
                return self.of_hidden()
        return Range(0, ENDLESS)
