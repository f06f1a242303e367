"""How a verb comes by its answers: asked at a terminal, with a draft; else read from a file or standard input."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path

from escalate import clock
from escalate.ask.answer_file import answers_from_file
from escalate.ask.conversation import LeftOff, Save, keep_nothing
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.ask.question import Script
from escalate.ask.scripts.safety import emergency_lines
from escalate.casework.desk import Desk, DraftOf
from escalate.cli.sitting import known_at
from escalate.core.answers import Answers, answers_from_plain, answers_to_plain
from escalate.errors import AnswersMissing, EscalateError, Interrupted
from escalate.store.drafts import Draft

Given = tuple[Answers, DraftOf | None]


class Interviewer:
    """One verb's way to its answers.

    Args:
        verb: the verb's name, under which a draft is kept.
        source: the file named with --from, "-" for standard input, or None.
        plain: ask without redrawing, line by line.
        keeps_draft: False where the answers themselves must not be kept: words to be removed.
    """

    def __init__(self, desk: Desk, verb: str, source: str | None, *, plain: bool, keeps_draft: bool = True) -> None:
        self.desk, self.verb, self.source = desk, verb, source
        self.keeps_draft = keeps_draft
        self.plain = plain or bool(os.environ.get("ESCALATE_PLAIN")) or os.environ.get("TERM") == "dumb"

    def answers(self, script: Script, stream: str = "", given: Callable[[str], Answers] | None = None) -> Given:
        """Return complete answers, and the draft they came from where they were asked for and are kept.

        Args:
            stream: the case, or "" before there is one.
            given: makes answers that a file implies, from its text.
        Raises:
            AnswersMissing: there is no terminal, and required answers are missing.
            Interrupted: the person left; the draft is kept, if this verb keeps one.
            RouteOut: another route applies; nothing is kept.
        """
        if self.source is None and sys.stdin.isatty():
            # What a program reads from standard output holds no question.
            with redirect_stdout(sys.stdout if sys.stdout.isatty() else sys.stderr):
                if not self.keeps_draft:
                    return self._held(script, Answers(), keep_nothing), None
                return self._asked(script, stream)
        text, where = self._written()
        implied = given(text) if given else Answers()
        try:
            answers, notes = answers_from_file(script, text, where, implied)
        except EscalateError:
            if answers_risk(text):  # whom to telephone comes before what is wrong with the file
                print(emergency_lines(known_at(self.desk)), file=sys.stderr)
            raise
        for note in notes:
            print(f"note: {note}", file=sys.stderr)
        return answers, None

    def _written(self) -> tuple[str, str]:
        path = None if self.source in (None, "-") else Path(str(self.source))
        where = path.name if path else "standard input"
        try:
            if path:
                return path.read_text(encoding="utf-8-sig"), where
            # Read as bytes: as text, what is not UTF-8 would be read as something else on some computers.
            raw = getattr(sys.stdin, "buffer", None)
            return (raw.read().decode("utf-8-sig") if raw else sys.stdin.read()), where
        except UnicodeDecodeError:
            raise AnswersMissing(
                f"{where}: is not UTF-8 text", remedy="save it as UTF-8 in a plain text editor", recorded=""
            ) from None
        except OSError as error:
            raise AnswersMissing(
                f"{where}: cannot be read: {error.strerror}", remedy="check the file's name", recorded=""
            ) from None

    def _asked(self, script: Script, stream: str) -> Given:
        draft = self._draft(stream)

        def save(answers: Answers) -> None:
            if answers:
                kept = answers_to_plain(answers)
                self.desk.ledger.save_draft(
                    Draft(
                        id=draft.id,
                        verb=self.verb,
                        stream=stream,
                        event_id=draft.event_id,
                        answers=kept,
                        updated_at=clock.now().isoformat(),
                    )
                )
            else:
                self.desk.ledger.drop_draft(draft.id)

        started = answers_from_plain(draft.answers)
        if draft.updated_at[:10] != self.desk.today.isoformat():
            started = started.without("risk")  # an earlier day's answer says nothing of today's risk
        answers = self._held(script, started, save)
        return answers, DraftOf(draft.id, draft.event_id)

    def _held(self, script: Script, started: Answers, save: Save) -> Answers:
        if self.plain:
            from escalate.ask.plain_prompts import run
        else:
            from escalate.ask.prompts import run
        return run(script, answers=started, save=save, show=print, today=self.desk.today)

    def _draft(self, stream: str) -> Draft:
        """Return the draft to go on with, if there is one and the person wants it, or a new one."""
        for left in self.desk.ledger.drafts(self.verb):
            if left.stream == stream and left.answers:
                self._say_what_is_left(left)
                if typed_one_of("1", "2") == "1":
                    return left
                self.desk.ledger.drop_draft(left.id)
        new = clock.new_id
        return Draft(id=new("draft"), verb=self.verb, stream=stream, event_id=new("event"), answers={}, updated_at="")

    def _say_what_is_left(self, left: Draft) -> None:
        if self.verb != "setup" and not self.verb.startswith("policy"):
            # The answer about risk is as old as the draft: whom to telephone comes before any question.
            print(emergency_lines(known_at(self.desk)), end="\n\n")
        print(f"A draft is left from {left.updated_at[:16].replace('T', ' ')}, with its answers so far.")
        last = self.desk.last_recorded_at(left.stream)
        if last and datetime.fromisoformat(last) > datetime.fromisoformat(left.updated_at):
            print("The case has changed since then: look at it first, with escalate show.")
        print("1. go on with it\n2. forget it and begin again")


def answers_risk(text: str) -> bool:
    """Return whether answers in a file say that a child may be at immediate risk."""
    try:
        return tomllib.loads(text).get("risk") in ("yes", "not sure")
    except (ValueError, RecursionError):
        return False


def typed_one_of(*allowed: str) -> str:
    """Return which of these was typed at the terminal, asking until it is one of them.

    Raises:
        Interrupted: the person left.
    """
    keyboard = PlainKeyboard(print)
    try:
        while (typed := keyboard.line().strip()) not in allowed:
            print(f"Type {', '.join(allowed[:-1])} or {allowed[-1]}.")
    except (LeftOff, KeyboardInterrupt):
        raise Interrupted("left before anything was done", remedy="run the same command again", recorded="") from None
    return typed
