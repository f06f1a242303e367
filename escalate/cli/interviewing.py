"""How a verb comes by its answers: asked at a terminal, with a draft; else read from a file or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from escalate import clock
from escalate.ask.answer_file import answers_from_file
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.ask.question import Script
from escalate.casework.desk import Desk, DraftOf
from escalate.core.answers import Answers, answers_from_plain, answers_to_plain
from escalate.errors import AnswersMissing
from escalate.store.drafts import Draft

Given = tuple[Answers, DraftOf | None]


class Interviewer:
    """One verb's way to its answers.

    Args:
        verb: the verb's name, under which a draft is kept.
        source: the file named with --from, "-" for standard input, or None.
        plain: ask without redrawing, line by line.
    """

    def __init__(self, desk: Desk, verb: str, source: str | None, *, plain: bool) -> None:
        self.desk, self.verb, self.source = desk, verb, source
        self.plain = plain or bool(os.environ.get("ESCALATE_PLAIN")) or os.environ.get("TERM") == "dumb"

    def answers(self, script: Script, stream: str = "", given: Callable[[str], Answers] | None = None) -> Given:
        """Return complete answers, and the draft they came from where they were asked for.

        Args:
            stream: the case, or "" before there is one.
            given: makes answers that a file implies, from its text.
        Raises:
            AnswersMissing: there is no terminal, and required answers are missing.
            Interrupted: the person left; the draft is kept.
            RouteOut: another route applies; nothing is kept.
        """
        if self.source is None and sys.stdin.isatty():
            return self._asked(script, stream)
        text, where = self._written()
        implied = given(text) if given else Answers()
        answers, notes = answers_from_file(script, text, where, implied)
        for note in notes:
            print(f"note: {note}", file=sys.stderr)
        return answers, None

    def _written(self) -> tuple[str, str]:
        if self.source in (None, "-"):
            return sys.stdin.read(), "standard input"
        path = Path(str(self.source))
        try:
            return path.read_text(encoding="utf-8-sig"), path.name
        except UnicodeDecodeError:
            raise AnswersMissing(
                f"{path.name}: is not UTF-8 text", remedy="save it as UTF-8 in a plain text editor", recorded=""
            ) from None
        except OSError as error:
            raise AnswersMissing(
                f"{path.name}: cannot be read: {error.strerror}", remedy="check the file's name", recorded=""
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
        today = self.desk.today
        if self.plain:
            from escalate.ask import plain_prompts

            answers = plain_prompts.run(script, answers=started, save=save, show=print, today=today)
        else:
            from escalate.ask import prompts

            answers = prompts.run(script, answers=started, save=save, show=print, today=today)
        return answers, DraftOf(draft.id, draft.event_id)

    def _draft(self, stream: str) -> Draft:
        """Return the draft to go on with, if there is one and the person wants it, or a new one."""
        for left in self.desk.ledger.drafts(self.verb):
            if left.stream == stream and left.answers:
                print(f"A draft is left from {left.updated_at[:16].replace('T', ' ')}, with its answers so far.")
                print("1. go on with it\n2. forget it and begin again")
                if _one_or_two() == "1":
                    return left
                self.desk.ledger.drop_draft(left.id)
        new = clock.new_id
        return Draft(id=new("draft"), verb=self.verb, stream=stream, event_id=new("event"), answers={}, updated_at="")


def _one_or_two() -> str:
    keyboard = PlainKeyboard(print)
    while True:
        typed = keyboard.line().strip()
        if typed in ("1", "2"):
            return typed
        print("Type 1 or 2.")
