"""An interview with a person at a terminal: one question at a time, in numbered lines that never redraw.

The two adapters (`prompts`, `plain_prompts`) differ only in their keyboard. What is shown is plain text: whoever
shows it must not read markup in it, for it holds people's words.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from escalate.ask.interview import Done, answers_before, next_question, question_for, reviewed
from escalate.ask.pages import clipped, help_page, question_page, review_page, sentence, wrapped
from escalate.ask.progress import Progress
from escalate.ask.question import Question, Script, Stop
from escalate.ask.understanding import NotUnderstood, Understood, fault, hint, shown, understand, understand_default
from escalate.core.answers import NOT_KNOWN, Answers, Value
from escalate.core.text import clean
from escalate.errors import Interrupted, RouteOut

Show = Callable[[str], None]
Save = Callable[[Answers], None]
BACK, HELP, LEAVE = "<", "?", "q"

_WELCOME = "Type < to go back one question and ? for help. Ctrl-C leaves, and keeps {kept}."


def keep_nothing(_: Answers) -> None:
    """The `save` of an interview whose answers must leave no draft: whoever leaves it is told so."""


class LeftOff(Exception):
    """The person pressed Ctrl-C or Ctrl-D; `typed` is what stood in the unfinished answer, as far as is known."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


class Keyboard(Protocol):
    """Where answers come from. Every method raises LeftOff where the person leaves."""

    how_to_finish: str
    edits: bool

    def line(self) -> str:
        """Return one line as typed, without its end."""

    def words(self, current: str) -> str:
        """Return one line; `current` is there to be edited where the keyboard `edits`."""

    def paragraphs(self, current: str) -> str:
        """Return words that may run over several lines; the same of `current`."""


@dataclass(slots=True)
class Conversation:
    """One interview being held. `hold` returns the answers; nothing else is meant to be called.

    `save` is given the draft after every answer, before the next question is shown. An empty draft means that
    nothing may be kept.
    """

    script: Script
    keyboard: Keyboard
    show: Show
    save: Save
    today: date
    progress: Progress = field(default_factory=Progress)
    heading: str = ""

    def hold(self, draft: Answers) -> Answers:
        """Return every answer that counts, after the person has seen them all together and said so.

        Raises:
            Interrupted: the person left; the draft is saved, unless `save` is `keep_nothing`.
            RouteOut: another route applies; the draft saved last is empty.
        """
        self.progress = Progress.from_draft(draft)
        keeps = self.save is not keep_nothing
        self.show(wrapped(_WELCOME.format(kept="your answers as a draft" if keeps else "nothing"), _width()))
        if self.progress.answers:
            self.show("Going on with the answers already given.")
        try:
            return self._hold()
        except (LeftOff, KeyboardInterrupt, EOFError) as left:
            self.save(self.progress.draft())
            kept = "the answers so far are kept as a draft" if keeps else "no draft is kept of the answers so far"
            again = "to go on from there" if keeps else "to begin again"
            raise Interrupted(
                f"left before the end; {kept}", remedy=f"run the same command again {again}", recorded=""
            ) from left

    def _hold(self) -> Answers:
        while True:
            match next_question(self.script, self.progress.answers):
                case Question() as question:
                    self._ask(question)
                case Stop() as stop:
                    self._stop(stop)
                case Done() as done:
                    if self._is_confirmed(done.answers):
                        return done.answers

    def _stop(self, stop: Stop) -> None:
        lines = ("", stop.text, stop.remedy, "Nothing is kept. Press Enter to end here, or type < to go back.")
        # Before it is read: a window closed on this page leaves nothing behind.
        self.save(Answers())
        self.show("\n".join(wrapped(line, _width()) for line in lines))
        try:
            typed = self.keyboard.line()
        except (LeftOff, KeyboardInterrupt, EOFError):
            typed = ""
        if typed.strip() == BACK:
            self.progress = self.progress.back(self.script)
            self.save(self.progress.draft())
            return
        raise RouteOut(stop.text, remedy=stop.remedy, recorded="")

    def _ask(self, question: Question, *, changing: bool = False) -> None:
        """Ask until there is an answer, or the person goes back. Then the draft is saved, unless it leads out."""
        current = self.progress.current(question)
        self._show_question(question, current, changing=changing)
        while True:
            typed = self._type(question, current)
            first = typed.strip().split("\n", 1)[0].strip()
            if typed.strip() == BACK or self._is_back_after(question, typed, current):
                self._go_back(changing=changing)
                return
            if typed.strip() == HELP:
                self.show(help_page(question, _width()))
                continue
            found = self._find(question, typed, current)
            if isinstance(found, NotUnderstood):
                self.show(wrapped(sentence(found.why), _width()))
                current = clean(typed).text.strip() if self._is_edited(question, typed) else current
                continue
            for dropped in found.dropped:
                self.show(f"Left out, because it cannot be kept: {dropped}.")
            if question.kind != "long" and shown(question, found.value) != first:
                self.show(f"  {shown(question, found.value)}")
            self.progress = self.progress.having(question.key, found.value)
            if not isinstance(next_question(self.script, self.progress.answers), Stop):
                self.save(self.progress.draft())
            return

    def _type(self, question: Question, current: Value | None) -> str:
        editable = current if isinstance(current, str) and not question.offered else ""
        try:
            if question.kind == "long":
                return self.keyboard.paragraphs(editable)
            if question.kind == "text":
                return self.keyboard.words(editable)
            return self.keyboard.line()
        except LeftOff as left:
            if question.kind in ("text", "long"):
                self.progress = self.progress.left_off(question.key, clean(left.typed).text)
            raise

    def _find(self, question: Question, typed: str, current: Value | None) -> Understood | NotUnderstood:
        before = answers_before(self.script, self.progress.answers, question.key)
        if typed.strip() or self._is_edited(question, current):
            return understand(question, typed, before, self.today)
        if current is None:
            return understand_default(question, before, self.today)
        wrong = fault(question, current, before)
        return NotUnderstood(wrong) if wrong else Understood(current)

    def _is_edited(self, question: Question, current: Value | None) -> bool:
        """Whether the current answer stood in the line, so that an empty line means it was rubbed out."""
        editable = question.kind in ("text", "long") and not question.offered and isinstance(current, str)
        return self.keyboard.edits and editable

    def _is_back_after(self, question: Question, typed: str, current: Value | None) -> bool:
        """Whether < was typed behind the answer that stands in the line, which is then left as it was."""
        return self._is_edited(question, current) and typed.rstrip() == f"{current}{BACK}"

    def _go_back(self, *, changing: bool) -> None:
        if changing:
            return
        if not self.progress.can_go_back(self.script):
            self.show("This is the first question.")
            return
        self.progress = self.progress.back(self.script)
        self.save(self.progress.draft())

    def _show_question(self, question: Question, current: Value | None, *, changing: bool) -> None:
        heads = bool(question.heading) and question.heading != self.heading
        self.heading = question.heading
        can_go_back = changing or self.progress.can_go_back(self.script)
        notes = self._notes(question, current)
        self.show(question_page(question, notes, _width(), heads=heads, can_go_back=can_go_back))

    def _notes(self, question: Question, current: Value | None) -> list[str]:
        notes = [hint(question)] if question.kind != "choice" and hint(question) else []
        if question.kind == "long":
            notes.append(self.keyboard.how_to_finish)
        if current is not None:
            is_edited = self._is_edited(question, current)
            keeps = f"Enter keeps: {clipped(shown(question, current))}"
            notes.append("change it, or type < behind it to go back" if is_edited else keeps)
        elif question.default:
            default = understand_default(question, self.progress.answers, self.today)
            value = default.value if isinstance(default, Understood) else NOT_KNOWN
            notes.append(f"Enter: {shown(question, value)}")
        elif not question.required:
            notes.append("Enter: not known yet")
        return notes

    def _is_confirmed(self, answers: Answers) -> bool:
        """Show every answer together; return whether they may be recorded. Otherwise one was changed or taken back."""
        questions = reviewed(self.script, answers)
        self.show(review_page(questions, answers, _width()))
        while True:
            typed = self.keyboard.line().strip().casefold()
            if not typed:
                return True
            if typed == BACK:
                self._go_back(changing=False)
                return False
            if typed == LEAVE:
                raise LeftOff
            if typed.isdecimal() and 1 <= int(typed) <= len(questions):
                chosen = questions[int(typed) - 1]
                self._ask(question_for(self.script, answers, chosen.key) or chosen, changing=True)
                return False
            self.show(f"Type a number from 1 to {len(questions)}, Enter, < or q.")


def _width() -> int:
    return shutil.get_terminal_size().columns
