"""`list`: the cases, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from escalate.render.console import Cell, Column, Part, Screen
from escalate.render.days import format_count, format_day, format_short_day
from escalate.render.owed_words import Row, stage_in_short

STATES = ("open", "to check", "ended", "withdrawn")
_PLAIN = (
    "reference",
    "subject",
    "state",
    "policy",
    "policy_name",
    "stage",
    "stage_title",
    "our_side",
    "raising_agency",
    "receiving_agencies",
    "themes",
    "owner",
    "concern_on",
    "opened_on",
    "stage_entered_on",
    "ended_on",
    "last_sequence",
)
_TABBED = ("reference", "subject", "state", "stage", "raised by", "raised with", "themes", "concern", "days", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """The cases found, of `total`; `filters` is what was asked for, in words."""

    today: date
    cases: Sequence[Row]
    total: int
    filters: Sequence[str] = ()


def show_cases(screen: Screen, page: CasePage) -> None:
    """Write the list to the screen, in the way the screen has."""
    if screen.kind == "piped":
        screen.table([Column(name) for name in _TABBED], [_tabbed(case, page.today) for case in page.cases])
        return
    screen.say((_summary(page), "strong"))
    if page.cases:
        screen.gap()
    if screen.kind == "spoken":
        for case in page.cases:
            screen.say(_sentence(case, page.today), hang=2)
    elif page.cases:
        columns = [Column("case", 19), Column("stage", 18), Column("between"), Column("concern", 15)]
        screen.table(columns, [_cells(case, page.today) for case in page.cases])
    if (more := page.total - len(page.cases)) > 0:
        screen.say(f"{more} more: escalate {' '.join(('list', *page.filters, f'--limit {page.total}'))}", indent=2)
    screen.gap()
    if page.cases:
        screen.say(f"One case: escalate show {page.cases[0]['reference']}")
    elif page.filters:
        screen.say("All cases: escalate list")
    else:
        screen.say("Open one: escalate raise")


def no_cases(page: CasePage) -> str:
    """Return what to say where nothing was found."""
    return f"No case is found with {' '.join(page.filters)}." if page.filters else "No case is recorded here."


def cases_as_plain(page: CasePage) -> dict[str, Any]:
    """Return the list as `--json` gives it."""
    cases = [case_as_plain(case, page.today) for case in page.cases]
    return {"today": page.today, "filters": list(page.filters), "total": page.total, "cases": cases}


def case_as_plain(case: Row, today: date) -> dict[str, Any]:
    """Return one case's line as `--json` gives it: text and dates as kept, and the days since the concern."""
    return {name: case[name] for name in _PLAIN} | {"days_since_concern": days_since_concern(case, today)}


def days_since_concern(case: Row, today: date) -> int:
    """Return the calendar days since the concern: until the case ended, or until today."""
    until = date.fromisoformat(case["ended_on"]) if case["ended_on"] else today
    return (until - date.fromisoformat(case["concern_on"])).days


def state_of(case: Row, today: date) -> str:
    """Return how a case stands: "open", "resolved on …, agreed actions to check", "ended on …", "withdrawn on …"."""
    if case["state"] == "open":
        return "open"
    on = format_short_day(date.fromisoformat(case["ended_on"]), today) if case["ended_on"] else "a day not known"
    if case["state"] == "to check":
        return f"resolved {on}, agreed actions to check"
    return f"{case['state']} {on}"


def _summary(page: CasePage) -> str:
    if not page.cases:
        return no_cases(page)
    asked = f" with {' '.join(page.filters)}" if page.filters else ""
    return f"{format_count(page.total, 'case')}{asked}, the latest first."


def _cells(case: Row, today: date) -> list[Cell]:
    head: list[Part] = [(case["reference"], "strong"), case["subject"]]
    stage: list[Part] = [stage_in_short(case["stage_title"]), state_of(case, today)]
    between: list[Part] = [_between(case), (case["themes"], "quiet")]
    concern_on = date.fromisoformat(case["concern_on"])
    concern: list[Part] = [
        format_short_day(concern_on, today),
        (format_count(days_since_concern(case, today), "day"), "quiet"),
    ]
    return [head, stage, between if case["themes"] else between[:1], concern]


def _between(case: Row) -> str:
    return f"{case['raising_agency']} with {case['receiving_agencies'] or 'nobody named'}"


def _sentence(case: Row, today: date) -> str:
    words = (
        f"{case['reference']}, {case['subject']}, {stage_in_short(case['stage_title'])}",
        state_of(case, today),
        f"Raised by {_between(case)}",
        f"about {case['themes']}" if case["themes"] else "",
        f"Concern on {format_day(date.fromisoformat(case['concern_on']))}",
    )
    return " ".join(f"{said[:1].upper()}{said[1:].rstrip('.')}." for said in words if said)


def _tabbed(case: Row, today: date) -> list[Cell]:
    return [
        case["reference"],
        case["subject"],
        case["state"],
        case["stage_title"],
        case["raising_agency"],
        case["receiving_agencies"],
        case["themes"],
        case["concern_on"],
        str(days_since_concern(case, today)),
        case["ended_on"] or "",
    ]
