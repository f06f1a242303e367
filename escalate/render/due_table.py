"""`due`, as a table on a terminal, as sentences for a screen reader, as lines between tabs through a pipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from escalate.core.days import WEEKDAYS
from escalate.core.views import DueItem
from escalate.render.console import Column, Part, Screen
from escalate.render.days import format_count, format_day
from escalate.render.owed_words import When, by_when, plain_words, stage_in_short, to_do, whose

if TYPE_CHECKING:
    from escalate.core.agency_closures import AgencyClosure
    from escalate.render.due_people import OwedBy

ORDER: tuple[When, ...] = ("overdue", "today", "no date", "this week", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One open item and the case it belongs to. `is_last_chance`: on its day a stage must be agreed or left.

    `closures` are those of whoever owes it, until its date.
    """

    part: When
    item: DueItem
    reference: str
    subject: str
    stage_title: str
    concern_on: date
    is_last_chance: bool = False
    closures: Sequence[AgencyClosure] = ()

    def by_when(self, today: date, *, in_full: bool = False) -> list[Part]:
        """Return by when it is owed, one thing to a line, and who is closed meanwhile."""
        lines = by_when(self.item, today, is_last_chance=self.is_last_chance, in_full=in_full)
        return [*lines, *self.closed_meanwhile]

    @property
    def closed_meanwhile(self) -> list[str]:
        """Which agency is closed meanwhile, asking who covers: one line for each closure, mostly none."""
        if not self.closures:
            return []
        from escalate.render.closures_beside import who_covers

        return who_covers(self.closures)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """Everything `due` found. `counts` are of all there is, `lines` may be fewer; `filters` is what was asked for.

    `unsaid` are cases of which something is not said yet, with what that is; `of_unsaid` is how many there are.
    `owed_by` is the same by who owes it, where it was asked for so.
    """

    today: date
    lines: Sequence[DueLine]
    counts: Mapping[When, int]
    filters: Sequence[str] = ()
    until_on: date | None = None
    unsaid: Sequence[tuple[str, tuple[str, ...]]] = ()
    of_unsaid: int = 0
    owed_by: Sequence[OwedBy] = ()
    order: Sequence[When] = ORDER
    has_cases: bool = True

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def may_only(self, part: When) -> int:
        """Return how many of a part's items may be done and are owed by nobody; 0 where not all of them are shown."""
        lines = [line for line in self.lines if line.part == part]
        return sum(line.item.force == "may" for line in lines) if len(lines) == self.counts[part] else 0


def show_due(screen: Screen, page: DuePage) -> None:
    """Write the page to the screen, in the way the screen has."""
    if screen.kind == "piped":
        _write_tabbed(screen, page)
        return
    screen.say((format_day(page.today), "strong"), f". {_summary(page)}")
    if page.until_on:
        screen.say(f"Until {format_day(page.until_on)}; what is overdue or has no date is always shown.")
    if page.total and screen.kind == "terminal":
        screen.say(("Days are calendar days since the concern.", "quiet"))
    for one in page.owed_by:
        _write_lines(screen, page, f"{one.name[:1].upper()}{one.name[1:]}: {one.of_all}", one.lines)
        _say_more(screen, page, one.of_all - len(one.lines), one.of_all)
    for part in () if page.owed_by else page.order:
        lines = [line for line in page.lines if line.part == part]
        if lines:
            _write_lines(screen, page, _heading(screen, part, page), lines)
            _say_more(screen, page, page.counts[part] - len(lines), page.counts[part])
    following = _what_next(page)
    if following:
        screen.gap()
    for line in following:
        screen.say(line, hang=4)


def nothing_due(page: DuePage) -> str:
    """Return what to say where nothing was found: never more than was asked."""
    if page.filters:
        return f"Nothing is due among what you asked for: {' '.join(page.filters)}."
    return "Nothing is due."


def due_as_plain(page: DuePage) -> dict[str, Any]:
    """Return the page as `--json` gives it: every column of each item, its case, and the words of the table."""
    return {
        "today": page.today,
        "until_on": page.until_on,
        "filters": list(page.filters),
        "counts": {part.replace(" ", "_"): page.counts[part] for part in ORDER},
        "items": [_line_as_plain(line, page.today) for line in page.lines],
        "not_said_yet": [{"reference": reference, "what": list(what)} for reference, what in page.unsaid],
        **_owed_by_as_plain(page),
    }


def _owed_by_as_plain(page: DuePage) -> dict[str, Any]:
    if not page.owed_by:
        return {}
    from escalate.render.due_people import owed_by_as_plain

    return {"by_person": owed_by_as_plain(page.owed_by)}


def _summary(page: DuePage) -> str:
    if not page.total:
        return nothing_due(page)
    may = {part: page.may_only(part) for part in ORDER}
    said = {"overdue": "overdue", "today": "due today", "no date": "without a date", "this week": "later this week"}
    owed = [(page.counts[part] - may[part], said.get(part, part)) for part in ORDER]
    told = [f"{count} {words}" for count, words in owed if count]
    return ", ".join([*told, *([f"{sum(may.values())} that may be done"] if any(may.values()) else [])]) + "."


def _what_next(page: DuePage) -> list[str]:
    unsaid = [_say_unsaid(page)] if page.of_unsaid else []
    if not page.lines:
        here = ["The cases there are: escalate list"] if page.has_cases else []
        return [*(["Everything: escalate due"] if page.filters else here), *unsaid]
    first = page.lines[0].reference
    return [f"One case: escalate show {first}", f"How a date was counted: escalate why {first}", *unsaid]


def _say_unsaid(page: DuePage) -> str:
    return f"Not said yet in {format_count(page.of_unsaid, 'case')}: escalate show {page.unsaid[0][0]}"


def _heading(screen: Screen, part: When, page: DuePage) -> str:
    sunday = screen.day(page.today + timedelta(days=6 - page.today.weekday()), page.today)
    title = {
        "overdue": "Overdue",
        "today": "Due today",
        "no date": "No date, longest waiting first",
        "this week": f"This week, until {sunday}",
        "later": "Later",
    }[part]
    may = page.may_only(part)
    return f"{title}: {page.counts[part] - may}{f', and {may} that may be done' if may else ''}"


def _write_lines(screen: Screen, page: DuePage, title: str, lines: Sequence[DueLine]) -> None:
    screen.heading(title)
    if screen.kind == "spoken":
        for line in lines:
            screen.say(_sentence(line, page.today), hang=2)
    elif screen.is_stacked:
        for line in lines:
            _write_stacked(screen, line, page.today)
    else:
        is_first = (page.owed_by[0].lines if page.owed_by else page.lines)[0] is lines[0]
        reference = max(19, *(len(line.reference) for line in page.lines))
        columns = [Column("case", reference), Column("what"), Column("by when", _by_width(screen.width))]
        columns.append(Column("days", 5, is_number=True))
        screen.table(columns, [_cells(line, page.today) for line in lines], has_head=is_first)


def _say_more(screen: Screen, page: DuePage, more: int, of_all: int) -> None:
    if more > 0:
        asked = " ".join((*page.filters, f"--limit {of_all}"))
        screen.say(f"{more} more: escalate due {asked}", indent=2)


def _by_width(width: int) -> int:
    return max(20, min(32, width // 4))


def _cells(line: DueLine, today: date) -> list[Any]:
    case: list[Part] = [(line.reference, "strong"), line.subject, stage_in_short(line.stage_title)]
    by = list(line.by_when(today))
    return [case, [to_do(line.item), (whose(line.item), "quiet")], by, _days(line, today)]


def _write_stacked(screen: Screen, line: DueLine, today: date) -> None:
    screen.say((line.reference, "strong"), f"  {line.subject}  {stage_in_short(line.stage_title)}", hang=2)
    screen.say(to_do(line.item), indent=2)
    for part in line.by_when(today):
        screen.say(part, indent=2)
    screen.say(f"{whose(line.item)}; {format_count(int(_days(line, today)), 'day')} since the concern", indent=2)


def _sentence(line: DueLine, today: date) -> str:
    by = plain_words(by_when(line.item, today, is_last_chance=line.is_last_chance, in_full=True))
    said = (
        f"{line.reference}, {line.subject}, {stage_in_short(line.stage_title)}",
        by,
        to_do(line.item),
        whose(line.item),
        f"{format_count(int(_days(line, today)), 'day')} since the concern",
    )
    told = [f"{words[:1].upper()}{words[1:].rstrip('.')}." for words in said]
    return " ".join((*told, *line.closed_meanwhile))


def _days(line: DueLine, today: date) -> str:
    return str((today - line.concern_on).days)


_TABBED = ("part", "reference", "subject", "stage", "what", "whose", "agency", "by", "weekday", "says", "days")


def _write_tabbed(screen: Screen, page: DuePage) -> None:
    rows = []
    owed = [(line, one.name) for one in page.owed_by for line in one.lines]
    for line, name in owed or [(line, "") for line in page.lines]:
        item = line.item
        rows.append(
            [
                line.part,
                line.reference,
                line.subject,
                line.stage_title,
                to_do(item),
                "both sides" if item.is_both else item.side,
                item.agency_name,
                item.due_on.isoformat() if item.due_on else "",
                WEEKDAYS[item.due_on.weekday()][:3] if item.due_on else "",
                plain_words(line.by_when(page.today)),
                _days(line, page.today),
                *([name] if page.owed_by else []),
            ]
        )
    columns = (*_TABBED, "owed by") if page.owed_by else _TABBED
    screen.table([Column(name) for name in columns], rows)


def _line_as_plain(line: DueLine, today: date) -> dict[str, Any]:
    closures: list[Any] = []
    if line.closures:
        from escalate.render.closures_beside import closures_as_plain

        closures = closures_as_plain(line.closures)
    return {
        "part": line.part,
        "reference": line.reference,
        "subject": line.subject,
        "stage_title": line.stage_title,
        "concern_on": line.concern_on,
        "days_since_concern": (today - line.concern_on).days,
        "to_do": to_do(line.item),
        "says_when": plain_words(line.by_when(today, in_full=True)),
        **item_as_plain(line.item),
        "both_sides": line.item.is_both,
        "closures": closures,
    }


def item_as_plain(item: DueItem) -> dict[str, Any]:
    """Return an item as `--json` gives it: its own fields, its working as values rather than as text."""
    from escalate.core.plain import to_plain
    from escalate.render.owed_words import working_of

    return {**to_plain(item), "working": working_of(item)}
