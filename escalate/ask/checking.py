"""The page on which all answers are checked before they are recorded: whole at first, then what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from escalate.ask.answering import Answering, columns
from escalate.ask.interview import completed, question_for, reviewed, waiting
from escalate.ask.keyboard import BACK, LEAVE, MORE, PRINT, RECORD, LeftOff
from escalate.ask.pages import (
    answer_listed,
    answers_listed,
    laid_out,
    more_page,
    review_page,
    what_next,
    wrapped,
    wrapped_page,
)
from escalate.ask.question import Question
from escalate.ask.understanding import shown
from escalate.core.answers import Answers
from escalate.core.deciding import REMEDY_DATE
from escalate.errors import CannotDecide, EscalateError, LedgerRefused


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody has seen of the page: each answer by its label and words under its key, and what will follow."""

    answers: Mapping[str, tuple[str, str]]
    preview: str


@dataclass(slots=True)
class Checking:
    """The answers of one interview looked at together. `is_adding` while what else can be said is being said.

    `refused` says why the answers shown last cannot be recorded as they are; "" where they can, as far as is known.
    """

    one: Answering
    seen: Seen | None = None
    is_adding: bool = field(default=False)
    refused: str = ""

    def is_confirmed(self, answers: Answers) -> bool:
        """Show the answers; return whether they may be recorded. Otherwise one was changed, added or taken back."""
        questions, more = reviewed(self.one.script, answers), waiting(self.one.script, answers)
        if self.is_adding and more and self._adds(more):
            return False
        self.is_adding = False
        self._show(questions, answers, has_more=bool(more))
        self.one.keyboard.forget_typed_ahead()  # whoever pressed Enter once too often has not seen this page
        while True:
            typed = self.one.keyboard.line().strip().casefold()
            if not typed and self.refused and self._is_refused_still(answers):
                continue
            if not typed:
                return self._is_kept_or_risked()
            if typed == BACK:
                self.one.go_back()
                return False
            if typed == LEAVE:
                raise LeftOff
            if typed == MORE and more:
                self.is_adding = self._adds(more)
                if self.is_adding:
                    return False
                self.one.show(what_next(columns(), has_more=True, is_whole=False))
            elif typed == PRINT:
                self.seen = None
                self._show(questions, answers, has_more=bool(more))
            elif typed.isdecimal() and 1 <= int(typed) <= len(questions):
                self._change(questions[int(typed) - 1], answers)
                return False
            else:
                signs = "Enter, +, p, < or q" if more else "Enter, p, < or q"
                self.one.say(f"Type a number from 1 to {len(questions)}, {signs}.")

    def print_all(self) -> None:
        """Print every answer, and what was begun, whole."""
        progress, script, width = self.one.progress, self.one.script, columns()
        self.one.show("\n".join(answers_listed(reviewed(script, progress.answers), progress.answers, width)))
        for key, value in progress.ahead.items():
            question = question_for(script, progress.answers, key)
            words = shown(question, value) if question else str(value)
            label = question.shown_label if question else key
            self.one.show(f"\n{wrapped(f'      {label} (begun)', width)}\n{laid_out(words, width)}")

    def _show(self, questions: tuple[Question, ...], answers: Answers, *, has_more: bool) -> None:
        preview, before = self._preview(answers), self.seen
        self.seen = Seen({one.key: (one.shown_label, shown(one, answers[one.key])) for one in questions}, preview)
        if before is None:
            if self.one.beside.about:
                self.one.show(f"\n{wrapped(self.one.beside.about, columns())}")
            self.one.show(review_page(questions, answers, preview, columns(), has_more=has_more))
        else:
            self.one.show("\n".join(self._changes(questions, answers, before)))
            self.one.show("\n" + what_next(columns(), has_more=has_more, is_whole=False))
        aside = [one.shown_label for one in questions if one.key in self.one.set_aside]
        if aside:
            self.one.say(f"Not among your answers are the words begun at: {'; '.join(aside)}.")

    def _changes(self, questions: tuple[Question, ...], answers: Answers, before: Seen) -> list[str]:
        """Return the lines of the page that are others than before; a heading where several follow."""
        width = columns()
        kept = [one.key for one in questions]
        numbers = {key: number for number, key in enumerate(before.answers)}
        is_numbered_anew = any(numbers.get(key, number) != number for number, key in enumerate(kept))
        lines = [
            answer_listed(number, one, answers, width)
            for number, one in enumerate(questions, 1)
            if is_numbered_anew or before.answers.get(one.key) != (one.shown_label, shown(one, answers[one.key]))
        ]
        gone = [label for key, (label, _) in before.answers.items() if key not in kept]
        follows = _others(before.preview, self.seen.preview if self.seen else "")
        if not lines and not gone and not follows:
            return ["", "Your answers are as they were."]
        heading = "Changed:" if lines else "Your other answers are as they were."
        page = ["", "Your answers, numbered anew:" if is_numbered_anew else heading, *lines]
        page += [wrapped(f"      No longer asked: {label}", width) for label in gone]
        if follows:
            page += ["", "And so in what will follow:", *(wrapped(line, width) for line in follows)]
        return page

    def _preview(self, answers: Answers) -> str:
        self.refused = ""
        try:
            return self.one.beside.preview(completed(self.one.script, answers))
        except LedgerRefused as error:  # nothing is wrong with the answers
            return f"What will follow cannot be shown: {error.what}."
        except EscalateError as error:
            # How a date is written is no way out of this: it is a day that cannot be.
            remedy = "" if error.remedy == REMEDY_DATE else f"  {error.remedy}"
            refused = f"This cannot be recorded as it is: {error.what}.\n{remedy}".rstrip()
            if isinstance(error, CannotDecide):  # an answer is at fault; what is not, recording says
                self.refused = refused
            return refused

    def _is_refused_still(self, answers: Answers) -> bool:
        """Say why the answers cannot be recorded as they are, and what to do; return whether that is still so."""
        if self._preview(answers) and self.refused:
            self.one.show(wrapped_page(f"\n{self.refused}\nChange that answer by its number first.", columns()))
        return bool(self.refused)

    def _adds(self, more: tuple[Question, ...]) -> bool:
        """Ask one of the questions that wait; return False where the person would rather return to their answers."""
        self.one.show(more_page(more, columns()))
        while True:
            typed = self.one.keyboard.line().strip()
            if typed in ("", BACK):
                return False
            if typed.isdecimal() and 1 <= int(typed) <= len(more):
                self._change(more[int(typed) - 1], self.one.progress.answers)
                return True
            self.one.say(f"Type a number from 1 to {len(more)}, or Enter.")

    def _change(self, chosen: Question, answers: Answers) -> None:
        self.one.ask(question_for(self.one.script, answers, chosen.key) or chosen, changing=True)

    def _is_kept_or_risked(self) -> bool:
        """Return whether to record: where the draft is kept, at once or when there is room again; else at a word."""
        gone_was_said = self.one.gone_was_said
        if self.one.keep() or (gone_was_said and not self.one.keeper.is_elsewhere):
            return True
        if self.one.keeper.is_elsewhere:
            self.one.say("The other window has these answers as they were then, and goes on: record them there.")
            self.one.say("p prints all of yours here, to copy. q leaves.")
        if self.one.keeper.gone:  # only now: whoever checked the page did not know it
            return False
        self._say_they_are_not_kept()
        while True:
            typed = self.one.keyboard.line().strip().casefold()
            if not typed:
                if self.one.keep() or self.one.keeper.gone:
                    return not self.one.keeper.gone
                self._say_they_are_not_kept()
            elif typed in (BACK, RECORD):
                return typed == RECORD
            elif typed == LEAVE:
                raise LeftOff
            elif typed == PRINT:
                self.print_all()
            else:
                self.one.say("Type p, Enter, r, < or q.")

    def _say_they_are_not_kept(self) -> None:
        self.one.say(f"Your answers are still NOT kept on disk: {self.one.keeper.trouble}.")
        self.one.say("Make room, then press Enter here. Do not leave: nothing of this is on disk.")
        self.one.say(
            "p prints them all here, to copy. r records them all the same: refused, they would be lost. "
            "< returns, q leaves."
        )


def _others(before: str, now: str) -> list[str]:
    """Return the lines that were not there before, each group under its heading, and those that are gone."""
    stood, stands = set(before.split("\n")), set(now.split("\n"))
    lines: list[str] = []
    heading = ""
    for line in now.split("\n"):
        heading = line if line and not line.startswith(" ") else heading
        if line and line not in stood:
            lines += [heading, line] if heading not in (line, *lines) else [line]
    gone = [line for line in before.split("\n") if line.startswith(" ") and line not in stands]
    return [*lines, *(["No longer:", *gone] if gone else [])]
