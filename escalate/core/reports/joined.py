"""Several linked cases as the one escalation they are: their rows for reports, made one case's.

It is open while any of them is, and ended when the last one did. It is told under the one raised first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalate.core.text import folded

Line = dict[str, Any]
"""A row of a table that reports are counted from, by its columns; days as text."""
Count = Callable[[date, date], int]
"""Returns the working days from one day to another."""

_STILL_OPEN = "9999-12-31"
_NUMBER = re.compile(r"@(\d+)")


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of one case, or of one escalation, by the table they stand in."""

    case: Line
    stages: Sequence[Line] = field(default=())
    clocks: Sequence[Line] = field(default=())
    marks: Sequence[Line] = field(default=())
    acts: Sequence[Line] = field(default=())


def joined(cases: Sequence[Joined], count: Count) -> Joined:
    """Return linked cases as one escalation, under the first of them.

    A stage with one agency that several of them tell of is one: entered when the first says so, open while it is open
    in any, ended when it ended last. Of a clock of theirs likewise, the one that is open counts, or was closed last.
    Stages and clocks of another policy or edition than the first one's are left out: they would be no stage of it.

    Args:
        cases: the one raised first stands first.
        count: counts by the first one's calendar.
    """
    case = _case([one.case for one in cases], count)
    same = [one for one in cases if one.case["policy"] == case["policy"]]
    under = {"stream": case["stream"], "policy": case["policy"]}
    raised = {name: case[name] for name in ("raised_on", "ended_on", "ending")}
    return Joined(
        case,
        [{**one, **under} for one in _stages(same, count)],
        [{**one, **under} for one in _clocks(same)],
        [{**one, **under, **raised} for one in _marks(cases, str(case["need"]))],
        [{**one, **under, "place": place} for place, one in enumerate(_acts(cases), 1)],
    )


def _end(day: Any) -> str:
    return str(day) if day else _STILL_OPEN


def _case(cases: Sequence[Line], count: Count) -> Line:
    first, last = cases[0], _last_ended(cases)
    told = {name: last[name] for name in ("ended_on", "ending")}
    own = last["policy"] == first["policy"]
    days = first["days"] if last is first else None
    if last is not first and last["ended_on"]:
        days = count(date.fromisoformat(first["concern_on"]), date.fromisoformat(last["ended_on"]))
    return {
        **first,
        **told,
        "stage": last["stage"] if own else first["stage"],
        "ended_stage": last["ended_stage"] if own or not last["ended_on"] else first["ended_stage"],
        "days": days,
        "received_on": min((one["received_on"] for one in cases if one["received_on"]), default=None),
        "need": next((one["need"] for one in cases if one["need"]), ""),
        "is_undated": int(any(one["is_undated"] for one in cases)),
    }


def _last_ended(cases: Iterable[Line]) -> Line:
    """Return the case that is open, or ended last; of several the first."""
    return max(cases, key=lambda one: _end(one["ended_on"]))


def _chosen(
    cases: Sequence[Joined], of: Callable[[Joined], Iterable[tuple[Hashable, Line]]], end: str
) -> dict[Hashable, int]:
    """Return which case tells of each thing: the one in which it is open, or ended last; of several the first."""
    found: dict[Hashable, tuple[str, int]] = {}
    for place, case in enumerate(cases):
        for what, line in of(case):
            last = (_end(line[end]), -place)
            found[what] = max(found.get(what, last), last)
    return {what: -place for what, (_, place) in found.items()}


def _stages(cases: Sequence[Joined], count: Count) -> list[Line]:
    def of(case: Joined) -> list[tuple[Hashable, Line]]:
        return [((line["stage"], folded(line["agency_name"])), line) for line in case.stages]

    tells = _chosen(cases, of, "ended_on")
    entered: dict[Hashable, str] = {}
    for case in cases:
        for what, line in of(case):
            entered[what] = min(entered.get(what, line["entered_on"]), line["entered_on"])
    kept = [(number, what, line) for number, case in enumerate(cases) for what, line in of(case)]
    made = [(number, _entered(line, entered[what], count)) for number, what, line in kept if tells[what] == number]
    return _placed(cases, made)


def _entered(line: Line, on: str, count: Count) -> Line:
    if on == line["entered_on"]:
        return line
    ended_on = line["ended_on"]
    days = count(date.fromisoformat(on), date.fromisoformat(ended_on)) if ended_on else None
    return {**line, "entered_on": on, "days": days}


def _placed(cases: Sequence[Joined], made: Sequence[tuple[int, Line]]) -> list[Line]:
    """Return stages in their order: those that cases are at which are open, or ended last, stand in the last place."""
    last = _end(_last_ended([case.case for case in cases])["ended_on"])
    at = {number: max(line["place"] for of, line in made if of == number) for number, _ in made}

    def order(one: tuple[int, Line]) -> tuple[bool, str, str, int]:
        number, line = one
        end = _end(cases[number].case["ended_on"])
        is_last = end == last and line["place"] == at[number]
        return is_last, "" if is_last else end, "" if is_last else line["entered_on"], 0 if is_last else line["place"]

    places: dict[tuple[bool, str, str, int], int] = {}
    found: list[Line] = []
    for one in sorted(made, key=lambda one: (order(one), one[1]["entered_on"], one[1]["stage"])):
        place = places.setdefault(order(one), len(places) + 1)
        found.append({**one[1], "place": place, "agency": len(found) + 1})
    return found


def _clocks(cases: Sequence[Joined]) -> list[Line]:
    def of(case: Joined) -> list[tuple[Hashable, Line]]:
        names = {line["agency"]: folded(line["agency_name"]) for line in case.stages}
        number = [_NUMBER.search(line["key"]) for line in case.clocks]
        agencies = [names.get(int(found[1]) if found else 1, "") for found in number]
        return [((line["clock"], agency), line) for line, agency in zip(case.clocks, agencies, strict=True)]

    tells = _chosen(cases, of, "closed_on")
    return [line for number, case in enumerate(cases) for what, line in of(case) if tells[what] == number]


def _marks(cases: Sequence[Joined], need: str) -> list[Line]:
    once: dict[Hashable, Line] = {}
    for case in cases:
        for line in case.marks:
            if line["sort"] != "need" or line["mark"] == need:
                once.setdefault((line["sort"], line["mark"]), line)
    return list(once.values())


def _acts(cases: Sequence[Joined]) -> list[Line]:
    """Return what happened in any of them; what two of them tell of one day happened once."""
    found: list[Line] = []
    for case in cases:
        told = {_act(line) for line in found}
        found += [line for line in case.acts if _act(line) not in told]
    return sorted(found, key=lambda line: str(line["occurred_on"]))


def _act(line: Line) -> Hashable:
    return line["sort"], line["what"], line["occurred_on"], folded(line["agency"])
