"""What a whole table gives away: the exact range of a count in a table whose lines and columns both add up.

Narrowing one sum at a time does not find all of it. A table with totals is a network: from the whole to the lines,
through the counts to the columns, and back. Where nothing more can be pushed through a way, up or down, its count is at
the end of its range.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from escalate.core.reports.intervals import Range


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one node to another that carries a whole number within a range."""

    start: int
    end: int
    known: Range


class Network:
    """Ways between nodes, at each of which what comes in goes out.

    `ways` keep their place, from 0. After `fill`, `carried` is one possible number for each way.
    """

    def __init__(self, ways: Sequence[Way]) -> None:
        self.ways = tuple(ways)
        self.carried = [way.known.low for way in ways]
        self._from: list[list[int]] = [[] for _ in range(1 + max(max(way.start, way.end) for way in ways))]
        for place, way in enumerate(ways):
            self._from[way.start].append(place)
            self._from[way.end].append(place)
        self._seen = [[way.known.low, way.known.low] for way in ways]

    def fill(self) -> bool:
        """Find numbers with which everything adds up; False where there are none."""
        left = [0] * len(self._from)
        for way, carried in zip(self.ways, self.carried, strict=True):
            left[way.start] -= carried
            left[way.end] += carried
        for node in range(len(left)):
            while left[node] > 0:
                short = {other for other, amount in enumerate(left) if amount < 0}
                path = self._path(node, short, without=-1)
                if path is None:
                    return False
                end = self._end(node, path)
                amount = self._push(node, path, min(left[node], -left[end]))
                left[node] -= amount
                left[end] += amount
        self._seen = [[carried, carried] for carried in self.carried]
        return True

    def range_of(self, place: int, enough: int) -> Range:
        """Return the exact range of a way, or a part of it that holds `enough` values."""
        way, seen = self.ways[place], self._seen[place]
        for up, start, end in ((True, way.end, way.start), (False, way.start, way.end)):
            while seen[1] - seen[0] + 1 < enough:
                carried = self.carried[place]
                most = way.known.high - carried if up else carried - way.known.low
                path = self._path(start, {end}, without=place) if most > 0 else None
                if path is None:
                    break
                amount = self._push(start, path, most)
                self.carried[place] += amount if up else -amount
                self._look(place)
        return Range(*seen)

    def _path(self, start: int, ends: set[int], *, without: int) -> list[int] | None:
        """Return the ways of a shortest path along which one more can be pushed, in order; None where there is none."""
        came: dict[int, tuple[int, int]] = {start: (-1, -1)}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            if node in ends:
                path = []
                while node != start:
                    node, place = came[node]
                    path.append(place)
                return path[::-1]
            for place in self._from[node]:
                way = self.ways[place]
                forward = way.start == node
                other = way.end if forward else way.start
                if place == without or other in came:
                    continue
                if self.carried[place] < way.known.high if forward else self.carried[place] > way.known.low:
                    came[other] = (node, place)
                    waiting.append(other)
        return None

    def _end(self, node: int, path: list[int]) -> int:
        for place in path:
            way = self.ways[place]
            node = way.end if way.start == node else way.start
        return node

    def _push(self, node: int, path: list[int], most: int) -> int:
        """Push as much as goes along a path, at most `most`; return how much."""
        steps = []
        for place in path:
            way, carried = self.ways[place], self.carried[place]
            forward = way.start == node
            most = min(most, way.known.high - carried if forward else carried - way.known.low)
            steps.append((place, forward))
            node = way.end if forward else way.start
        for place, forward in steps:
            self.carried[place] += most if forward else -most
            self._look(place)
        return most

    def _look(self, place: int) -> None:
        seen, carried = self._seen[place], self.carried[place]
        seen[0], seen[1] = min(seen[0], carried), max(seen[1], carried)
