"""`why`: how a date was counted, said aloud day by day, with its clause and every reading that bears on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from escalate.core.agency_closures import AgencyClosure
from escalate.core.timescale import Timescale, end_of, parse_timescale
from escalate.core.views import DueItem
from escalate.core.working_days import WorkingCalendar
from escalate.render.closures_beside import closures_as_plain, who_covers
from escalate.render.console import Part, Screen
from escalate.render.counting import count_days, summarise
from escalate.render.days import format_count, format_day
from escalate.render.due_table import item_as_plain
from escalate.render.owed_words import by_when, plain_words, to_do, when_of, whose, working_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: `indent` 0 to 3."""

    parts: tuple[Part, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an explanation needs besides the item: today, the calendar its working names, what the policy allows.

    `allows` is the time as written of the item's clock or duty; `is_last_chance` that a stage must be agreed or left;
    `closures` are those of whoever owes it, until its date.
    """

    today: date
    calendar: WorkingCalendar
    allows: str = ""
    is_last_chance: bool = False
    closures: Sequence[AgencyClosure] = ()


def show_why(screen: Screen, item: DueItem, asked: Asked) -> None:
    """Write the explanation of one item."""
    for line in explain(item, asked):
        screen.say(*line.parts, indent=2 * line.indent, hang=2)


def why_as_plain(item: DueItem, asked: Asked) -> dict[str, Any]:
    """Return the explanation as `--json` gives it: the item, its counting day by day, and the same in sentences."""
    days = [
        {"day": day, "number": number or None, "why_not": why_not} for day, number, why_not in _counted(item, asked)
    ]
    says = ["".join(part if isinstance(part, str) else part[0] for part in line.parts) for line in explain(item, asked)]
    closures = closures_as_plain(asked.closures)
    return {**item_as_plain(item), "to_do": to_do(item), "counting": days, "says": says, "closures": closures}


def explain(item: DueItem, asked: Asked) -> Iterator[Line]:
    """Yield the explanation of one item, the date first."""
    working = working_of(item)
    yield Line(((item.key, "heading"), ": ", *_answer(item, asked)))
    yield Line((f"{_sentence(to_do(item))}{f' To: {item.to_whom}.' if item.to_whom else ''}",), 1)
    if item.sort in ("clock", "duty"):
        yield Line((f"Clause: {item.clause or 'not stated'}{_rules(item.rule.split())}.",), 1)
    yield Line((f"{_sentence(whose(item))}",), 1)
    if working.get("condition"):
        yield Line((f"It depends on what is not known yet: {working['condition']}",), 1)
    if item.closed_on:
        yield Line((f"No longer open since {format_day(item.closed_on)}: {item.closed_how}.",), 1)
    if item.shows_from and item.shows_from > asked.today:
        yield Line((f"It is hidden until {format_day(item.shows_from)}: only then will it be owed.",), 1)
    yield from _start(item, working, asked)
    yield from _count(item, asked)
    yield from _kept_beside(item, working)
    for note in working.get("notes", ()):
        yield Line((_sentence(note),), 1)
    for says in who_covers(asked.closures):
        yield Line((f"{says} It moves nothing.",), 1)
    for reading in working.get("readings", ()):
        yield from _reading(reading, item)


def _answer(item: DueItem, asked: Asked) -> tuple[Part, ...]:
    lines = by_when(item, asked.today, is_last_chance=asked.is_last_chance, in_full=True)
    if not item.is_open and item.due_on:
        return ((f"by {format_day(item.due_on)}{f', {item.due_time}' if item.due_time else ''}", "strong"),)
    # Other dates kept beside this one are explained below.
    said = [line for line in lines[:3] if not plain_words([line]).startswith(("agreed", "entered late", "before a"))]
    is_late_ours = when_of(item, asked.today) == "overdue" and item.side == "ours"
    return ((plain_words(said), "past" if is_late_ours else "strong"),)


def _start(item: DueItem, working: dict[str, Any], asked: Asked) -> Iterator[Line]:
    timescale, start_on = working.get("timescale", ""), _day(working.get("start_on"))
    written = timescale or (asked.allows if item.due_on is None else "")
    if written:
        yield Line((f'Time allowed, as written: "{written}".',), 1)
        if parse_timescale(written).or_less:
            yield Line(("The policy itself says: less where the child needs it. Do not wait for the day.",), 2)
    if start_on is None:
        return
    at = f" at {working['start_time']}" if working.get("start_time") else ""
    because = working.get("started_by") or "it began"
    if not timescale:
        yield Line((f"Since {format_day(start_on)}{at}: {because}.",), 1)
        return
    is_first = working.get("first_day") == "the day itself"
    place = "which is counted too, if it is a day that counts" if is_first else "which is day 0"
    yield Line((f"Counted from {format_day(start_on)}{at}, {place}: {because}.",), 1)
    for said, day in working.get("also", ()):
        yield Line((f"Not from {format_day(date.fromisoformat(day))}, which is not sooner: {said}.",), 2)


def _count(item: DueItem, asked: Asked) -> Iterator[Line]:
    """The counting itself, to the policy's own date even where an agreed one governs."""
    working = working_of(item)
    if item.due_on is None or not working.get("timescale"):
        return
    timescale = parse_timescale(working["timescale"])
    start_on = _day(working.get("start_on"))
    if start_on is None or not timescale.has_date:
        return
    first_day = working.get("first_day") or "the day after"
    end, end_time = end_of(timescale, start_on, working.get("start_time", ""), asked.calendar, first_day=first_day)
    yield from _in_words(timescale, start_on, working, (end, end_time))
    days = list(_counted(item, asked))
    if days:
        for text in summarise(days):
            yield Line((text,), 2)
    if timescale.unit in ("working days", "same working day"):
        last = item.policy_due_on or end  # a cap, or a calendar adopted later, may have moved what counting alone gives
        yield Line((f"Met through the end of {format_day(last)}; missed from {format_day(_next(last))}.",), 1)
        yield Line((f"Calendar: {asked.calendar.version}.",), 1)


def _in_words(timescale: Timescale, start_on: date, working: dict[str, Any], end: tuple[date, str]) -> Iterator[Line]:
    match timescale.unit:
        case "immediately":
            yield Line((("Now: no weekend and no holiday moves it.", "past"),), 1)
        case "hours":
            unknown = "" if working.get("start_time") else "; the time is not recorded, so it counts from 00:00"
            hours = format_count(timescale.amount, "clock hour")
            yield Line((f"{hours} end on {format_day(end[0])} at {end[1]}{unknown}.",), 1)
        case "same working day":
            moved = "" if end[0] == start_on else "; that day is not a working day, so the next one is"
            yield Line((f"The same working day is {format_day(end[0])}{moved}.",), 1)
        case "calendar days":
            days = format_count(timescale.amount, "calendar day")
            yield Line((f"{days} end on {format_day(end[0])}; weekends and holidays count.",), 1)
        case _:
            of_range = f", the last of {timescale.least} to {timescale.amount}" if timescale.least else ""
            is_range = timescale.least != timescale.amount
            yield Line((f"{format_count(timescale.amount, 'working day')}{of_range if is_range else ''}:",), 1)


def _counted(item: DueItem, asked: Asked) -> list[tuple[date, int, str]]:
    """Return the days counted to the policy's date: (day, its number or 0, why it does not count)."""
    working = working_of(item)
    start_on = _day(working.get("start_on"))
    if not working.get("timescale") or start_on is None or item.due_on is None:
        return []
    timescale = parse_timescale(working["timescale"])
    if working.get("first_day") == "the day itself" and timescale.unit in ("working days", "calendar days"):
        start_on -= timedelta(days=1)  # so that the day itself is the first counted
    return count_days(timescale, start_on, asked.calendar)


def _kept_beside(item: DueItem, working: dict[str, Any]) -> Iterator[Line]:
    for agreed in working.get("agreed", ()):
        yield from _agreed(agreed, item)
    own_start = _day(working.get("own_start_on"))
    if item.own_due_on and own_start:
        entered, own = format_day(own_start), format_day(item.own_due_on)
        yield Line(
            (f"The stage was entered on {entered}. Counted from then it would be {own}: that gives nobody more time.",),
            1,
        )
    if item.before_correction_on:
        before = format_day(item.before_correction_on)
        yield Line((f"Before an entry was corrected, this date was {before}: that date stays in sight.",), 1)
    if item.is_guide:
        said = "It is a guide: do not wait for it, and do not rely on it to keep a child safe."
        yield Line((said,), 1)


def _agreed(agreed: dict[str, Any], item: DueItem) -> Iterator[Line]:
    by_on, on = date.fromisoformat(agreed["by_on"]), date.fromisoformat(agreed["agreed_on"])
    if by_on == item.due_on and item.policy_due_on is None:
        stands = "the policy gives none, so this one governs"
    elif by_on == item.due_on and item.policy_due_on and by_on < item.policy_due_on:
        stands = f"it is sooner than the policy's, {format_day(item.policy_due_on)}, and governs"
    elif by_on == item.due_on:
        stands = "it is the policy's own"
    else:
        stands = "it is later than the date that governs, and changes nothing"
    yield Line((f"Agreed on {format_day(on)}: {format_day(by_on)}; {stands}.",), 1)
    for label, words in (("Reason", agreed.get("reason")), ("Keeps the child safe", agreed.get("keeps_safe"))):
        if words:
            yield Line(((f"{label}: ", "quiet"), words), 2)


def _reading(reading: dict[str, Any], item: DueItem) -> Iterator[Line]:
    doubt = "contradicts itself" if reading["sort"] == "contradiction" else "leaves this open"
    yield Line((f"The source {doubt} ({reading['doubt']}).",), 1)
    yield Line(
        (("Followed: ", "strong"), f"{reading['says']} ({reading['clause']}), because {_bare(reading['because'])}."), 2
    )
    for other in reading["others"]:
        yield Line(
            (("Not followed: ", "strong"), f"{other['says']} ({other['clause']}). {_would_give(other, item)}"), 2
        )


def _would_give(other: dict[str, Any], item: DueItem) -> str:
    gives = _day(other.get("gives"))
    governs = item.policy_due_on or item.due_on
    if gives is None:
        return "It would give no date." if governs else "It would give no date either."
    if governs is None:
        return f"It would give {format_day(gives)}."
    if gives == governs:
        return f"It would give the same day, {format_day(gives)}."
    return f"It would give {format_day(gives)}, {'later' if gives > governs else 'sooner'}."


def _day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and written else None


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _rules(rules: list[str]) -> str:
    if not rules:
        return ""
    return f", rule {rules[0]}" if len(rules) == 1 else f", rules {', '.join(rules[:-1])} and {rules[-1]}"


def _bare(words: str) -> str:
    return words.rstrip(".")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{_bare(words[1:])}."


def explained_first(items: Sequence[DueItem], today: date) -> list[DueItem]:
    """Return the open dated items, soonest first: what `why` explains where no item is named."""
    dated = [item for item in items if item.due_on and item.is_open and (item.shows_from or today) <= today]
    return sorted(dated, key=lambda item: (item.due_on or date.max, item.due_time or "", item.key))
