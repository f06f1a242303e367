"""`learning`: the learning points of all cases, with whose each is and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalate.core.text import folded
from escalate.render.console import Cell, Column, Part, Screen
from escalate.render.days import format_count, format_day, format_short_day
from escalate.render.owed_words import Row

_PLAIN = (
    "reference",
    "number",
    "sequence",
    "stage",
    "identified_on",
    "words",
    "state",
    "owner",
    "owned_on",
    "taken_to",
    "taken_on",
    "decided",
    "ended_on",
    "became",
    "policy",
    "policy_name",
    "themes",
    "their_reference",
)
_TABBED = (
    "point",
    "identified",
    "stage",
    "state",
    "words",
    "owner",
    "taken to",
    "taken on",
    "decided",
    "ended",
    "became",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPage:
    """The points found; `limit` is how many of them are shown, `filters` what was asked for, in words.

    `others` are the references of the other cases of its escalation for each linked case, by stream: words that both
    cases hold are one point there.
    """

    today: date
    points: Sequence[Row]
    limit: int | None = None
    filters: Sequence[str] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def shown(self) -> Sequence[Row]:
        return self.points[: self.limit]

    def counted_once(self, *, is_open: bool = False) -> int:
        """Return how many points these are where linked cases that hold the same words count once."""
        found = {
            (min([row["reference"], *self.others.get(row["stream"], ())]), folded(row["words"]))
            if self.others.get(row["stream"])
            else (row["stream"], row["key"])
            for row in self.points
            if not is_open or row["state"] == "open"
        }
        return len(found)


def show_points(screen: Screen, page: LearningPage) -> None:
    """Write the list to the screen, in the way the screen has."""
    if screen.kind == "piped":
        screen.table([Column(name) for name in _TABBED], [_tabbed(row) for row in page.shown])
        return
    screen.say((_summary(page) if page.points else no_points(page), "strong"))
    if page.points:
        screen.gap()
    if screen.kind == "spoken":
        for row in page.shown:
            screen.say(_sentences(row, page), hang=2)
    elif page.shown:
        columns = [Column("point", 22), Column("what could be learned"), Column("what became of it", 26)]
        screen.table(columns, [_cells(row, page) for row in page.shown])
    if (more := len(page.points) - len(page.shown)) > 0:
        screen.say(
            f"{more} more: escalate {' '.join(('learning', *page.filters, f'--limit {len(page.points)}'))}", indent=2
        )
    screen.gap()
    if page.points:
        open_one = next((row for row in page.points if row["state"] == "open"), page.points[0])
        screen.say(f"What became of one: escalate learning {_name(open_one)}")
    else:
        screen.say("All of them: escalate learning" if page.filters else "Record some: escalate record REF")


def points_as_plain(page: LearningPage) -> dict[str, Any]:
    """Return the list as `--json` gives it; `counted_once` is their number where linked cases count once."""
    return {
        "today": page.today,
        "filters": list(page.filters),
        "total": len(page.points),
        "counted_once": page.counted_once(),
        "open": page.counted_once(is_open=True),
        "points": [
            {"point": _name(row)}
            | {name: row[name] for name in _PLAIN}
            | {"one_escalation_with": list(page.others.get(row["stream"], ()))}
            for row in page.shown
        ],
    }


def _name(row: Row) -> str:
    return f"{row['reference']}:{row['number']}"


def no_points(page: LearningPage) -> str:
    """Return what to say where nothing was found: never more than was asked."""
    return f"No learning point is found{_asked(page)}." if page.filters else "No learning is recorded here."


def _asked(page: LearningPage) -> str:
    return f" with {' '.join(page.filters)}" if page.filters else ""


def _summary(page: LearningPage) -> str:
    asked = _asked(page)
    count, still = page.counted_once(), page.counted_once(is_open=True)
    are_open = "" if still == count else f", {still} of them open" if still else ", none of them open"
    once = "" if count == len(page.points) else "; what linked cases both hold counts once"
    return f"{format_count(count, 'learning point')}{asked}{are_open}, the oldest first{once}."


def _cells(row: Row, page: LearningPage) -> list[Cell]:
    on = format_short_day(date.fromisoformat(row["identified_on"]), page.today)
    head: list[Part] = [(_name(row), "strong"), f"{on}, stage {row['stage']}"]
    head += [(f"theirs: {row['their_reference']}", "quiet")] if row["their_reference"] else []
    words: list[Part] = [row["words"]]
    words += [(row["themes"], "quiet")] if row["themes"] else []
    words += [(f"one escalation with {', '.join(others)}", "quiet")] if (others := _others(row, page)) else []
    return [head, words, list(_became(row, page.today))]


def _became(row: Row, today: date) -> list[str]:
    """Return what became of a point, a line for each thing; what is open and nobody's says so."""

    def day(name: str) -> str:
        return format_short_day(date.fromisoformat(row[name]), today)

    said = [f"{row['state']} {day('ended_on')}: {row['became']}"] if row["state"] != "open" else []
    if row["taken_to"]:
        decided = f": {row['decided']}" if row["decided"] else ""
        said.append(f"taken to {row['taken_to']} {day('taken_on')}{decided}")
    if row["owner"]:
        said.append(
            f"{row['owner']} has it since {day('owned_on')}" if row["state"] == "open" else f"had: {row['owner']}"
        )
    elif row["state"] == "open":
        said.append("open, nobody has it")
    return said


def _others(row: Row, page: LearningPage) -> Sequence[str]:
    return page.others.get(row["stream"], ())


def _sentences(row: Row, page: LearningPage) -> str:
    on = format_day(date.fromisoformat(row["identified_on"]))
    others = _others(row, page)
    words = (
        f"{_name(row)}, identified on {on} at stage {row['stage']}",
        row["words"],
        *_became(row, page.today),
        f"themes: {row['themes']}" if row["themes"] else "",
        f"their reference: {row['their_reference']}" if row["their_reference"] else "",
        f"one escalation with {', '.join(others)}" if others else "",
    )
    return " ".join(f"{said[:1].upper()}{said[1:].rstrip('.')}." for said in words if said)


def _tabbed(row: Row) -> list[Cell]:
    columns = (
        "identified_on",
        "stage",
        "state",
        "words",
        "owner",
        "taken_to",
        "taken_on",
        "decided",
        "ended_on",
        "became",
    )
    return [_name(row), *(row[name] or "" for name in columns)]
