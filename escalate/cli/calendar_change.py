"""How a change of the calendar is understood from options, shown with what it would move, confirmed and recorded."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date

from escalate.ask.interview import completed, missing
from escalate.ask.question import Question, Script
from escalate.ask.scripts.declaring import AGENCY, CLOSURE
from escalate.ask.understanding import Understood, understand
from escalate.casework.calendar_changes import Preview, make_change
from escalate.casework.desk import Desk, DraftOf
from escalate.cli.interviewing import typed_one_of
from escalate.core.answers import Answers, Value
from escalate.core.plain import to_plain
from escalate.errors import AnswersMissing, Problem
from escalate.render.calendar_findings_page import move_in_words, say_change
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json

_OPTIONS = {"day": "DAY", "until": "--to"}


def understood(script: Script, given: Mapping[str, str], today: date) -> Answers:
    """Return the answers that options give to the interview of `calendar add`; an agency named makes it its closure.

    Raises:
        AnswersMissing: an option is missing, or is not understood; all are named at once.
    """
    assert isinstance(script, tuple)
    words = {**given, "kind": AGENCY if given["agency"] else given["kind"] or CLOSURE}
    answers: dict[str, Value] = {}
    problems = []
    for question in script:
        typed = words.get(question.id, "") if isinstance(question, Question) else ""
        if not isinstance(question, Question) or not typed:
            continue
        if not question.when(Answers(answers)):
            if "kind" in answers:
                problems.append(Problem(_option(question.id), f"does not go with this kind: {answers['kind']}"))
            continue
        found = understand(question, typed, Answers(answers), today)
        if isinstance(found, Understood):
            answers[question.id] = found.value
        else:
            problems.append(Problem(_option(question.id), found.why))
    if not problems:
        problems = [Problem(_option(one.where), one.what, one.remedy) for one in missing(script, Answers(answers))]
    if problems:
        raise AnswersMissing("calendar add: cannot be recorded like this", problems=problems, recorded="")
    return completed(script, Answers(answers))


def _option(question: str) -> str:
    return _OPTIONS.get(question, f"--{question}")


def carry_out(desk: Desk, shown: Preview, draft: DraftOf | None, *, yes: bool, plain: bool, as_json: bool) -> None:
    """Show what a change would move, ask, record it and say so. Where there is nothing to record, say that.

    Raises:
        AnswersMissing: nobody can be asked, and `yes` was not said: the message holds the preview.
        SomeoneWasFirst: the calendar or a case is not as it was shown.
    """
    screen = Screen.here(plain=plain)
    is_asked = not yes and not shown.is_empty
    if is_asked and (as_json or not sys.stdin.isatty()):
        raise _unconfirmed(shown)
    if not as_json:
        say_change(screen, shown.moves, len(shown.adopting), shown.notes)
    if shown.is_empty:
        if as_json:
            print_json("calendar change", _as_plain(shown, is_recorded=False))
        return
    if is_asked:
        screen.gap()
        print("  1  record it\n  2  leave the calendar as it is")
        if typed_one_of("1", "2") == "2":
            screen.say("Nothing was recorded.")
            return
    make_change(desk, shown, draft)
    if as_json:
        print_json("calendar change", _as_plain(shown, is_recorded=True))
        return
    screen.gap()
    cases = format_count(len(shown.adopting), "case counts", "cases count")
    screen.say(("Recorded: ", "strong"), f"{_versions(shown)}. From now on {cases} by it, and every new one.")
    screen.say("Next: escalate calendar show, or escalate due")


def _as_plain(shown: Preview, *, is_recorded: bool) -> dict[str, object]:
    return {
        "is_recorded": is_recorded,
        "nation": shown.nation,
        "partnership": shown.partnership,
        "versions": [one.version for one in shown.changed.stored.values()],
        "cases": [one.reference for one in shown.adopting],
        "moves": to_plain(shown.moves),
        "notes": list(shown.notes),
    }


def _versions(shown: Preview) -> str:
    stored = shown.changed.stored.values()
    return ", ".join(f"calendar {one.version}" for one in stored) or "the calendar that new cases count by"


def _unconfirmed(shown: Preview) -> AnswersMissing:
    moved = format_count(len(shown.moves), "open deadline")
    problems = [Problem(move.reference, move_in_words(move)) for move in shown.moves]
    problems += [Problem("note", note) for note in shown.notes]
    return AnswersMissing(
        f"calendar: {moved} would move, and {format_count(len(shown.adopting), 'case')} would count by it;"
        " what is past does not move",
        problems=problems,
        remedy="to record it, say so: --yes",
        recorded="",
    )
