"""How far an interview has come: the answers that stand, and those to be offered again. Nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from escalate.ask.interview import previous
from escalate.ask.question import Question, Script
from escalate.core.answers import Answers, Value

_AHEAD = "~"


@dataclass(frozen=True, slots=True)
class Progress:
    """`answers` stand; `ahead` were gone back over, or left half typed: each is offered again where it is asked."""

    answers: Answers = field(default_factory=Answers)
    ahead: Answers = field(default_factory=Answers)

    @classmethod
    def from_draft(cls, draft: Answers) -> Progress:
        """Return the progress that `draft` was written from."""
        return cls(
            Answers((key, value) for key, value in draft.items() if not key.startswith(_AHEAD)),
            Answers((key.removeprefix(_AHEAD), value) for key, value in draft.items() if key.startswith(_AHEAD)),
        )

    def draft(self) -> Answers:
        """Return everything typed, to be kept: what is only offered again is under its key with "~" before it."""
        ahead = {f"{_AHEAD}{key}": value for key, value in self.ahead.items()}
        return Answers({**self.answers, **ahead})

    def having(self, key: str, value: Value) -> Progress:
        """Return the progress with this answer standing; answers it makes unreachable stay, in case it is changed."""
        return Progress(self.answers.having(key, value), self.ahead.without(key))

    def back(self, script: Script) -> Progress:
        """Return the progress one question back; the answer taken back is offered again."""
        fewer = previous(script, self.answers)
        taken = {key: value for key, value in self.answers.items() if key not in fewer}
        return Progress(fewer, Answers({**self.ahead, **taken}))

    def can_go_back(self, script: Script) -> bool:
        """Return whether there is an answer before the next question."""
        return previous(script, self.answers) != self.answers

    def left_off(self, key: str, typed: str) -> Progress:
        """Return the progress with what is half typed, to be offered again; without it where it is the answer."""
        if typed == self.answers.get(key):
            return self.put_back(key)
        return Progress(self.answers, self.ahead.having(key, typed)) if typed.strip() else self

    def put_back(self, key: str) -> Progress:
        """Return the progress without what was half typed: the answer that stands is left as it is."""
        return Progress(self.answers, self.ahead.without(key))

    def current(self, question: Question) -> Value | None:
        """Return the answer to offer for this question: one half typed or gone back over, else the standing one."""
        return self.ahead.get(question.key, self.answers.get(question.key))
