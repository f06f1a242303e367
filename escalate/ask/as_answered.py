"""The adapter of an interview whose own answer says how it is asked: plain lines until then, and what was said after.

Whoever needs lines that never redraw has said so before anything is redrawn.
"""

from __future__ import annotations

from collections.abc import Callable

from escalate.ask.conversation import Beside, Conversation, Occasion
from escalate.ask.keyboard import Keyboard, Typing, let_it_pass
from escalate.ask.plain_prompts import SHOWS_AGAIN, PlainKeyboard, forget_typed_ahead, must_be_a_terminal
from escalate.ask.question import Condition, Script
from escalate.core.answers import Answers


def run(
    script: Script, occasion: Occasion, *, answers: Answers, beside: Beside | None = None, is_edited: Condition
) -> Answers:
    """Return all answers of an interview held at this terminal, beginning with the draft `answers`.

    Args:
        is_edited: whether these answers say that lines can be edited.
    Raises:
        AnswersMissing: standard input is not a terminal: nothing is asked.
        Interrupted: the person left; the draft is saved.
        RouteOut: another route applies; an empty draft was saved.
    """
    must_be_a_terminal()
    forget_typed_ahead()
    keyboard = KeyboardAsAnswered(PlainKeyboard(occasion.show, after_clearing=SHOWS_AGAIN), _editing)
    conversation = Conversation(script, keyboard, occasion, beside or Beside())
    keyboard.is_edited = lambda: is_edited(conversation.one.progress.answers)
    return conversation.hold(answers)


def _editing() -> Keyboard:
    from escalate.ask.prompts import EditingKeyboard

    return EditingKeyboard()


class KeyboardAsAnswered:
    """The plain keyboard, or the one that edits lines for as long as `is_edited` says so."""

    def __init__(self, plain: Keyboard, editing: Callable[[], Keyboard]) -> None:
        self.is_edited: Callable[[], bool] = lambda: False
        self._plain, self._editing = plain, editing
        self._edited: Keyboard | None = None

    @property
    def _now(self) -> Keyboard:
        if not self.is_edited():
            return self._plain
        if self._edited is None:
            self._edited = self._editing()
        return self._edited

    @property
    def how_to_finish(self) -> str:
        return self._now.how_to_finish

    @property
    def edits(self) -> bool:
        return self._now.edits

    @property
    def typing(self) -> Typing:
        return self._now.typing

    @typing.setter
    def typing(self, typing: Typing) -> None:
        self._plain.typing = let_it_pass
        self._now.typing = typing

    def forget_typed_ahead(self) -> None:
        self._now.forget_typed_ahead()

    def hang_up(self) -> bool:
        return self._now.hang_up()

    def line(self) -> str:
        return self._now.line()

    def words(self, current: str) -> str:
        return self._now.words(current)

    def paragraphs(self, current: str) -> str:
        return self._now.paragraphs(current)
