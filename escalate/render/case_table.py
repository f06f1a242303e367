"""`list`: the cases, the latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalate.render.console import Cell, Column, Part, Screen
from escalate.render.days import format_count, format_day, format_short_day
from escalate.render.owed_words import Row, stage_in_short

STATES = ("open", "to check", "ended", "withdrawn")
_PLAIN = (
    "reference",
    "their_reference",
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
_TABBED_LAST = ("their reference", "one escalation with")


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """The cases found, of `total`; `filters` is what was asked for, in words.

    `escalations` is how many escalations all of them are: linked cases count once. `others` are the references of the
    other cases of its escalation for each linked case, by stream.
    """

    today: date
    cases: Sequence[Row]
    total: int
    filters: Sequence[str] = ()
    escalations: int | None = None
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def counted_once(self) -> int:
        return self.total if self.escalations is None else self.escalations

    def others_of(self, case: Row) -> Sequence[str]:
        """Return the references of the other cases of this one's escalation, mostly none."""
        return self.others.get(case["stream"], ()) if self.others else ()


def show_cases(screen: Screen, page: CasePage) -> None:
    """Write the list to the screen, in the way the screen has."""
    if screen.kind == "piped":
        columns = [Column(name) for name in (*_TABBED, *_TABBED_LAST)]
        screen.table(columns, [_tabbed(case, page) for case in page.cases])
        return
    screen.say((_summary(page), "strong"))
    if page.cases:
        screen.gap()
    if screen.kind == "spoken":
        for case in page.cases:
            screen.say(_sentence(case, page), hang=2)
    elif page.cases:
        columns = [Column("case", 19), Column("stage", 18), Column("between"), Column("concern", 15)]
        screen.table(columns, [_cells(case, page) for case in page.cases])
    if (more := page.total - len(page.cases)) > 0:
        screen.say(f"{more} more: escalate {' '.join(('list', *page.filters, f'--limit {page.total}'))}", indent=2)
    screen.gap()
    if page.counted_once != page.total:
        cases, once = format_count(page.total, "case"), format_count(page.counted_once, "escalation")
        screen.say(f"{cases}, {once}: linked ones count once.")
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
    cases = [
        case_as_plain(case, page.today) | {"one_escalation_with": list(page.others_of(case))} for case in page.cases
    ]
    return {
        "today": page.today,
        "filters": list(page.filters),
        "total": page.total,
        "escalations": page.counted_once,
        "cases": cases,
    }


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


def _cells(case: Row, page: CasePage) -> list[Cell]:
    today = page.today
    head: list[Part] = [(case["reference"], "strong"), case["subject"]]
    if case["their_reference"]:
        head.append((f"theirs: {case['their_reference']}", "quiet"))
    stage: list[Part] = [stage_in_short(case["stage_title"]), state_of(case, today)]
    between: list[Part] = [_between(case)]
    between += [(case["themes"], "quiet")] if case["themes"] else []
    between += [(f"one escalation with {', '.join(others)}", "quiet")] if (others := page.others_of(case)) else []
    concern_on = date.fromisoformat(case["concern_on"])
    concern: list[Part] = [
        format_short_day(concern_on, today),
        (format_count(days_since_concern(case, today), "day"), "quiet"),
    ]
    return [head, stage, between, concern]


def _between(case: Row) -> str:
    return f"{case['raising_agency']} with {case['receiving_agencies'] or 'nobody named'}"


def _sentence(case: Row, page: CasePage) -> str:
    today = page.today
    others = page.others_of(case)
    words = (
        f"{case['reference']}, {case['subject']}, {stage_in_short(case['stage_title'])}",
        state_of(case, today),
        f"Raised by {_between(case)}",
        f"about {case['themes']}" if case["themes"] else "",
        f"Concern on {format_day(date.fromisoformat(case['concern_on']))}",
        f"Their reference: {case['their_reference']}" if case["their_reference"] else "",
        f"One escalation with {', '.join(others)}" if others else "",
    )
    return " ".join(f"{said[:1].upper()}{said[1:].rstrip('.')}." for said in words if said)


def _tabbed(case: Row, page: CasePage) -> list[Cell]:
    return [
        case["reference"],
        case["subject"],
        case["state"],
        case["stage_title"],
        case["raising_agency"],
        case["receiving_agencies"],
        case["themes"],
        case["concern_on"],
        str(days_since_concern(case, page.today)),
        case["ended_on"] or "",
        case["their_reference"],
        ", ".join(page.others_of(case)),
    ]
