"""The words that stand already when a question is asked, and what is typed to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalate.ask.keyboard import ANEW, BACK, HELP, HELP_AND_POLICY, SIGNS_IN_WORDS, Keyboard
from escalate.ask.pages import clipped, in_lines
from escalate.ask.question import Question
from escalate.ask.understanding import hint, shown
from escalate.core.answers import Value

_IN_LINES = "< or ? on a line of its own goes back or helps"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a question has for an answer so far: `value` is what Enter alone gives, None for the question's default.

    `line` are the words that stand in the line to be edited, "" where none do. `is_half_typed` says that nobody
    finished it.
    """

    value: Value | None = None
    line: str = ""
    is_half_typed: bool = False

    def below(self, question: Question) -> str:
        """Return the words below which is written: those of a long answer that do not stand in the line."""
        return self.value if question.kind == "long" and isinstance(self.value, str) and not self.line else ""

    def whole(self, question: Question, typed: str) -> str:
        """Return the words with what was typed to them; nothing typed is nothing."""
        before = self.below(question)
        return f"{before}\n{typed}" if before and typed.strip() else typed


def standing_in(question: Question, value: Value | None, keyboard: Keyboard, *, is_half_typed: bool) -> Standing:
    """Return what stands where this keyboard asks: in its line, where it edits words."""
    is_edited = keyboard.edits and question.kind in ("text", "long") and not question.offered
    line = value if is_edited and isinstance(value, str) else ""
    return Standing(value, line, is_half_typed)


def parted(question: Question, typed: str, standing: Standing) -> tuple[str, str]:
    """Return the words typed, and the sign after them: alone, or below a long answer on a line of its own.

    An answer in the line is left as it was by < behind it.
    """
    alone = typed.strip()
    if alone in (BACK, HELP, HELP_AND_POLICY) or (alone == ANEW and standing.below(question)):
        return "", alone
    if standing.line and typed.rstrip() == f"{standing.line}{BACK}":
        return "", BACK
    before, _, last = typed.rstrip().rpartition("\n")
    if question.kind == "long" and last.strip() in SIGNS_IN_WORDS:
        return before.rstrip(), last.strip()
    return typed, ""


def is_sign(typed: str) -> bool:
    """Return whether nothing but a sign was typed: no words to be kept."""
    return typed.strip() in (*SIGNS_IN_WORDS, ANEW)


def notes_on(question: Question, standing: Standing, keyboard: Keyboard, default: str) -> Sequence[str]:
    """Return how a question can be answered, in a few words each.

    Args:
        default: what Enter alone gives where nothing stands, as it is shown; "" where it gives nothing.
    """
    is_long = question.kind == "long"
    notes = [hint(question)] if question.kind != "choice" and hint(question) else []
    if standing.is_half_typed and not standing.below(question):
        notes.append("left half-typed")
    if standing.line:
        where = "on a line of its own" if is_long else "behind it"
        notes.append(f"change it, or type < {where} to go back; F1 for help")
    elif standing.below(question):
        notes.append("Enter keeps them; what you type is added below them; - alone starts again without them")
    elif standing.value is not None:
        notes.append(f"Enter keeps: {clipped(shown(question, standing.value))}")
        if question.kind == "text" and not question.offered:
            notes.append("anything else replaces it")
    elif default:
        notes.append(f"Enter: {default}")
    if is_long:
        notes += [keyboard.how_to_finish] if standing.line else [keyboard.how_to_finish, _IN_LINES]
    return notes


def notes_after_help(question: Question, standing: Standing, notes: Sequence[str]) -> Sequence[str]:
    """Return the notes under a question that stands again after its help: of words so far, how many lines there are."""
    so_far = [f"{in_lines(lines)} so far"] if (lines := standing.below(question)) else []
    return [*so_far, *([hint(question)] if question.kind == "choice" else []), *notes]
