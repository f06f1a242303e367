"""Somebody at a keyboard who types what a test says, and everything that was shown to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from escalate.ask.conversation import Beside, Conversation, LeftOff, Occasion
from escalate.ask.keyboard import Typing, let_it_pass
from escalate.ask.question import Script
from escalate.core.answers import Answers

TODAY = date(2026, 4, 10)
Typed = str | BaseException | Callable[[], str]


@dataclass
class Hands:
    """A keyboard on which one thing after the other is typed: words, or leaving, or what a function gives."""

    typed: list[Typed]
    edits: bool = False
    how_to_finish: str = "finish with two empty lines"
    typing: Typing = let_it_pass

    def forget_typed_ahead(self) -> None:
        """What is to be typed here comes after what is shown."""

    def hang_up(self) -> bool:
        return False

    def line(self) -> str:
        if not self.typed:
            raise LeftOff
        now = self.typed.pop(0)
        if isinstance(now, BaseException):
            raise now
        return now if isinstance(now, str) else now()

    def words(self, current: str) -> str:
        return self.line() or current

    def paragraphs(self, current: str) -> str:
        return self.line() or (current if self.edits else "")


@dataclass
class Sitting:
    """One interview, `held` with what is typed; `shown` is the screen, `kept` each draft in its order."""

    script: Script
    beside: Beside = field(default_factory=Beside)
    draft: Answers = field(default_factory=Answers)
    shown: list[str] = field(default_factory=list)
    kept: list[Answers] = field(default_factory=list)
    refuses: Callable[[], None] = lambda: None

    def save(self, answers: Answers) -> None:
        self.refuses()
        self.kept.append(answers)

    def held(self, *typed: Typed, edits: bool = False) -> Answers:
        """Return the answers, or raise what the interview raises; it is left where nothing more is typed."""
        return self._held(Hands(list(typed), edits))

    def held_by(self, words: Callable[[str], str]) -> Answers:
        """Return the answers of somebody who edits lines: `words` is given what stands in one, and returns it."""
        keyboard = Hands([], edits=True)
        keyboard.words = words  # type: ignore[method-assign]
        return self._held(keyboard)

    def held_at_length(self, words: Callable[[str], str], *typed: Typed) -> Answers:
        """Return the answers of somebody who edits words of several lines, which `words` returns of those standing."""
        keyboard = Hands(list(typed), edits=True)
        keyboard.paragraphs = words  # type: ignore[method-assign]
        return self._held(keyboard)

    def _held(self, keyboard: Hands) -> Answers:
        occasion = Occasion(self.shown.append, self.save, TODAY)
        return Conversation(self.script, keyboard, occasion, self.beside, within=0.01).hold(self.draft)

    @property
    def screen(self) -> str:
        return "\n".join(self.shown)


def folder_of(tmp_path: Path) -> Beside:
    """Return what stands beside an interview in which an editor may be opened."""
    return Beside(folder=tmp_path / "being-written" / "draft-1")
