"""What can be known of numbers that add up: each lies in a range, and every sum narrows the ranges of what is in it.

This is what somebody with the published tables and a spreadsheet can do. The ranges found always hold the true numbers,
where the ranges at the start did and the sums are true.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

ENDLESS: Final = 1_000_000_000
"""More than any count: a range without an upper end."""

_ROUNDS: Final = 60


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` to `high`, both included."""

    low: int
    high: int

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high


@dataclass(slots=True)
class Sums:
    """Numbers, each known to lie in a range, and sums over them; numbers and sums go by their place, from 0."""

    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def number(self, known: Range = Range(0, ENDLESS)) -> int:
        """Take in a number of which this is known; return its place."""
        self.lows.append(known.low)
        self.highs.append(known.high)
        return len(self.lows) - 1

    def known(self, number: int) -> Range:
        """Return what is known of a number."""
        return Range(self.lows[number], self.highs[number])

    def narrow(self, number: int, known: Range) -> None:
        """Take in that a number also lies in this range."""
        self.lows[number] = max(self.lows[number], known.low)
        self.highs[number] = min(self.highs[number], known.high)

    def add(self, total: int, parts: Iterable[int]) -> None:
        """Take in that the numbers at `parts` add up to the one at `total`."""
        self.sums.append((total, tuple(parts)))

    def tighten(self) -> bool:
        """Narrow every range as far as the sums do one at a time; return False where they cannot all be true.

        It ends after a bounded number of steps; ranges that could still be narrowed then are wider, never wrong.
        """
        if any(low > high for low, high in zip(self.lows, self.highs, strict=True)):
            return False
        users: list[list[int]] = [[] for _ in self.lows]
        for place, (total, parts) in enumerate(self.sums):
            for number in (total, *parts):
                users[number].append(place)
        waiting = deque(range(len(self.sums)))
        is_waiting = [True] * len(self.sums)
        for _ in range(_ROUNDS * len(self.sums)):
            if not waiting:
                break
            place = waiting.popleft()
            is_waiting[place] = False
            for number in self._narrowed_by(place):
                if self.lows[number] > self.highs[number]:
                    return False
                for user in users[number]:
                    if not is_waiting[user] and user != place:
                        is_waiting[user] = True
                        waiting.append(user)
        return True

    def _narrowed_by(self, place: int) -> list[int]:
        """Narrow what is in one sum until it narrows nothing more; return the numbers narrowed."""
        total, parts = self.sums[place]
        lows, highs, narrowed = self.lows, self.highs, set[int]()
        while True:
            least, most = sum(lows[part] for part in parts), sum(highs[part] for part in parts)
            found = [(total, least, most)]
            low, high = max(lows[total], least), min(highs[total], most)
            found += [(part, low - most + highs[part], high - least + lows[part]) for part in parts]
            changed = False
            for number, low, high in found:
                if low > lows[number] or high < highs[number]:
                    lows[number], highs[number] = max(low, lows[number]), min(high, highs[number])
                    narrowed.add(number)
                    changed = True
                    if lows[number] > highs[number]:
                        return list(narrowed)
            if not changed:
                return list(narrowed)
