"""`policy diff`: what changed from one edition to another, then which open cases would have other dates."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from escalate.core.plain import to_plain
from escalate.core.two_editions import CasesUnderBoth, DateUnderBoth
from escalate.render.console import Screen
from escalate.render.days import format_count, format_day
from escalate.render.policy_differences import TABLES, Changed, Difference
from escalate.render.policy_words import capital

NOTHING_MOVES = "Every case stays under the edition it was raised in: nothing is recorded, and no date has moved."


def show_differences(screen: Screen, found: Sequence[Difference]) -> None:
    """Write what differs between two policies, by the kind of item."""
    for table, title in TABLES.items():
        shown = [one for one in found if one.table == table]
        if not shown:
            continue
        screen.heading(title)
        for one in shown:
            if one.sort != "clause only":
                _difference(screen, one)
        moved = [f"{one.item} [{one.clause_was} → {one.clause_now}]" for one in shown if one.sort == "clause only"]
        if moved:
            screen.say(f"Only the clause differs: {'; '.join(moved)}.", indent=2, hang=2)


def show_cases(screen: Screen, cases: CasesUnderBoth, first: str, second: str) -> None:
    """Write the open cases of the first edition whose dates would differ under the second."""
    screen.heading("Open cases")
    count = format_count(cases.open_cases, "open case")
    if not cases.differing:
        screen.say(f"{count} under {first}; in none of them would anything owed be otherwise under {second}.", indent=2)
    else:
        would = format_count(len(cases.differing), "of them would differ", "of them would differ")
        screen.say(f"{count} under {first}; {would} under {second}.", indent=2, hang=2)
    for case in cases.differing:
        screen.gap()
        screen.say((case.reference, "strong"), f"  {case.subject}, {case.stage_title}", indent=2, hang=2)
        if not case.is_at_a_stage_of_both:
            screen.say(f"It is at a stage that {second} does not have.", indent=4, hang=2)
        for one in case.dates:
            screen.say(f"{one.key}: {_dates(one, first, second)}. {capital(one.act)}.", indent=4, hang=2)
    screen.gap()
    screen.say(NOTHING_MOVES, hang=2)


def show_extends(screen: Screen, base: str, found: Sequence[Difference], opt_outs: Sequence[Mapping[str, Any]]) -> None:
    """Write what a policy written upon another adds, changes, follows otherwise and leaves out, and why."""
    left = {one["item"] for one in opt_outs}
    shown = [one for one in found if not (one.sort == "no longer" and one.item in left)]
    counts = [
        f"{count} {word}"
        for word, count in (
            ("added", sum(one.sort == "added" for one in shown)),
            ("changed", sum(one.sort in ("changed", "clause only") and one.table != "policy" for one in shown)),
            ("left out", len(opt_outs)),
        )
        if count
    ]
    screen.gap()
    screen.say((f"It extends {base}", "strong"), f": {', '.join(counts) or 'nothing is otherwise'}.", hang=2)
    show_differences(screen, shown)
    if opt_outs:
        screen.heading("Left out")
    for one in opt_outs:
        screen.say(f"{one['item']}, because {one['because'].rstrip('.')} [{one['clause']}].", indent=2, hang=2)


def differences_as_plain(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return the differences as `--json` gives them."""
    return [dataclasses.asdict(one) for one in found]


def cases_as_plain(cases: CasesUnderBoth | None) -> dict[str, Any] | None:
    """Return the cases as `--json` gives them; None where nothing is recorded yet."""
    return dict(to_plain(cases)) if cases else None


def _difference(screen: Screen, one: Difference) -> None:
    clause = _clauses(one)
    if one.sort != "changed":
        said = f"{one.item}: {one.says}" if one.item and one.item != one.says else one.says
        screen.say((f"{one.sort.capitalize()}: ", "strong"), f"{said}{clause}.", indent=2, hang=2)
    elif one.table == "policy":
        for change in one.changes:
            screen.say(f"{capital(change.word)}: {_from_to(change)}.", indent=2, hang=2)
    else:
        about = f"{one.item}: {one.says}" if one.item and one.item != one.says else one.says
        screen.say(("Changed: ", "strong"), f"{about}{clause}", indent=2, hang=2)
        for change in one.changes:
            screen.say(f"{change.word}: {_from_to(change)}", indent=6, hang=2)


def _clauses(one: Difference) -> str:
    if one.clause_was and one.clause_now and one.clause_was != one.clause_now:
        return f" [{one.clause_was} → {one.clause_now}]"
    clause = one.clause_now or one.clause_was
    return f" [{clause}]" if clause else ""


def _from_to(change: Changed) -> str:
    if not change.was:
        return f'now "{change.now}"'
    return f'from "{change.was}" to "{change.now}"' if change.now else f'no longer "{change.was}"'


def _dates(one: DateUnderBoth, first: str, second: str) -> str:
    here = format_day(one.first_on) if one.first_on else f"no date, because {one.first_why}"
    there = format_day(one.second_on) if one.second_on else f"no date, because {one.second_why}"
    if one.owed == "only under the first":
        return f"owed only under {first} ({here})"
    if one.owed == "only under the second":
        return f"owed only under {second} ({there})"
    return f"under {first} {here}; under {second} {there}"
