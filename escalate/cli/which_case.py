"""Which case a verb is about that was typed without a reference: the only open one, or the one that is chosen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from escalate.clock import today
from escalate.errors import AnswersMissing, Problem
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.owed_words import Row, stage_in_short
from escalate.store.cases_at_hand import OPEN, OVER, cases_at_hand
from escalate.store.reading import reading_if_any

OF_A_CASE = frozenset(
    ("record", "agree", "do", "advance", "resolve", "withdraw", "reopen", "show", "why", "export", "correct", "redact")
)
_OFFERED, _NAMED = 9, 5


def case_meant(verb: str, arguments: Sequence[str]) -> str:
    """Return the reference of the case meant: at a terminal the only open one, which is said, or the one chosen.

    Where answers come from a file, or the output goes to a program, nothing is guessed and nothing is asked.

    Raises:
        AnswersMissing: there is nobody to ask, and up to five cases are named; or there is none that it could be.
        Interrupted: the person left.
    """
    found = _at_hand(OVER if verb == "reopen" else OPEN)
    others = "escalate export --all for every case, or --blank --form NAME; " if verb == "export" else ""
    if not found:
        kind = "over, so that it could be opened again" if verb == "reopen" else "open"
        raise AnswersMissing(
            f"escalate {verb}: which case? None is {kind}",
            remedy=f"escalate {verb} REF; {others}all there are: escalate list",
        )
    is_read = any(word == "--json" or word.startswith("--from") for word in arguments)
    if is_read or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AnswersMissing(
            f"escalate {verb}: which case? Its reference is missing",
            problems=[Problem("", _without_initials(row)) for row in found[:_NAMED]],
            remedy=f"escalate {verb} REF; {others}all there are: escalate list",
        )
    return _only(found[0]) if len(found) == 1 else _chosen(found)


def _at_hand(states: Sequence[str]) -> Sequence[Row]:
    with reading_if_any(database()) as con:
        return cases_at_hand(con, states, today(), _OFFERED + 1) if con else []


def _only(row: Row) -> str:
    Screen.here(plain=False).say(("The only one: ", "strong"), _called(row))
    return str(row["reference"])


def _chosen(found: Sequence[Row]) -> str:
    from escalate.cli.interviewing import typed_one_of

    screen = Screen.here(plain=False)
    screen.say("Which case? The most pressing first:")
    numbered = {str(number): row for number, row in enumerate(found[:_OFFERED], 1)}
    for number, row in numbered.items():
        screen.say((number, "strong"), f"  {_called(row)}", indent=2, hang=3)
    if len(found) > _OFFERED:
        screen.say("There are more: escalate list", indent=2)
    screen.say("Type a number; Ctrl-C leaves.")
    return str(numbered[typed_one_of(*numbered)]["reference"])


def _called(row: Row) -> str:
    return f"{row['reference']}, {row['subject']}, {stage_in_short(row['stage_title'])}"


def _without_initials(row: Row) -> str:
    return f"{row['reference']}, {stage_in_short(row['stage_title'])}"
