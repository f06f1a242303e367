"""Choosing which learning points a published report tells in their own words: at a terminal, or by a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import lines_to_choose
from escalate.cli.interviewing import typed_one_of
from escalate.clock import today
from escalate.core.reports.learning_lines import LearningLine
from escalate.core.text import clean
from escalate.errors import AnswersMissing, CannotDecide, Interrupted, NotFound
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.days import format_count


def with_lines_chosen(wanted: Wanted, source: str, screen: Screen, *, as_json: bool) -> Wanted:
    """Return what is wanted with the lines that may be published, as somebody chose them; a restricted one tells all.

    Of lines that may name somebody of another case it is said that they are to be looked at, unless `as_json`.

    Args:
        source: a file of them, "-" for standard input, "" to be asked at the terminal.
    Raises:
        AnswersMissing: nobody can be asked, and no file says.
        NotFound: the file cannot be read, or names no point of the year.
        CannotDecide: a line that was chosen names somebody of a case.
        Interrupted: the person left, or took nothing of it as right.
    """
    lines = lines_to_choose(database(), wanted, today())
    if source:
        chosen = _from_file(lines, source)
    elif not lines or wanted.edition == "restricted":
        chosen = lines
    elif sys.stdin.isatty() and not as_json:
        chosen = _asked(lines)
    else:
        raise AnswersMissing(
            "which learning points are published is chosen line by line",
            remedy="write those to be published into a file, REF:N a line: --lines FILE",
            recorded="",
        )
    for line in chosen if not as_json else ():
        if line.may_name:
            screen.say(f"{line.point}: {_words_of_names(line)}. Look before you send it.", hang=2)
    return replace(wanted, lines=chosen) if wanted.edition == "published" else wanted


def _words_of_names(line: LearningLine) -> str:
    """Return which words of a line may name somebody of another case, as what they are."""
    said = ", ".join(line.may_name)
    return f"{said}: {'words' if len(said.split()) > 1 else 'a word'} of a name in this record"


def _from_file(lines: Sequence[LearningLine], source: str) -> tuple[LearningLine, ...]:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotFound(
            f"{source}: the lines to publish cannot be read",
            remedy="a text file in UTF-8, REF:N a line, as `escalate learning` numbers them",
            recorded="",
        ) from None
    known = {line.point.casefold(): line for line in lines}
    chosen: dict[str, LearningLine] = {}
    for place, written in enumerate(clean(text).text.splitlines(), 1):
        if not (said := written.strip().casefold()):
            continue
        if said not in known:
            raise NotFound(
                f"{source}:{place}: is no learning point of the year that is published",
                remedy="write REF:N, such as KSCP-2026-0007-Q4TX:2, as `escalate learning` numbers them",
                recorded="",
            )
        chosen[said] = known[said]
    _refuse_names([line for line in chosen.values() if line.names])
    return tuple(chosen.values())


def _refuse_names(named: Sequence[LearningLine]) -> None:
    if named:
        points = ", ".join(line.point for line in named)
        raise CannotDecide(
            f"learning point {points}: names somebody of a case, be it by initials, and cannot be published",
            remedy=f"leave it out, or say it without names: escalate correct {named[0].reference}",
            recorded="",
        )


def _asked(lines: Sequence[LearningLine]) -> tuple[LearningLine, ...]:
    """Return the lines chosen one by one; each can be gone back to, and all are shown before they count."""
    screen = Screen.here(plain=True)
    offered = [line for line in lines if not line.names]
    if kept := len(lines) - len(offered):
        named = format_count(kept, "learning point names", "learning points name")
        screen.say(f"{named} somebody of a case, and cannot be published.", hang=2)
    chosen: dict[str, bool] = {}
    at = 0
    while at < len(offered):
        line = offered[at]
        screen.gap()
        screen.say((f"{at + 1} of {len(offered)}, {line.point}", "strong"))
        screen.user(line.words)
        screen.user(line.became)
        if line.may_name:
            screen.say(f"Look twice: {_words_of_names(line)}.", hang=2)
        screen.say("Publish these words for anybody to read? yes, no, back, or done: no more of them")
        typed = typed_one_of("yes", "no", "back", "done")
        if typed == "done":
            break
        if typed == "back":
            at = max(at - 1, 0)
            continue
        chosen[line.key] = typed == "yes"
        at += 1
    found = tuple(line for line in offered if chosen.get(line.key))
    screen.gap()
    screen.say(f"To be published, for good: {format_count(len(found), 'line')}.")
    for line in found:
        screen.user(line.words)
    screen.say("Is that right? yes, or no: nothing is issued")
    if typed_one_of("yes", "no") == "no":
        raise Interrupted("left before anything was issued", remedy="run the same command again", recorded="")
    return found
