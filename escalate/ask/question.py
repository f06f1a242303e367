"""Questions, groups of questions asked again, and places where an interview stops: frozen data, nothing asked yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escalate.core.answers import Answers, Value

Kind = Literal["choice", "yes-no", "text", "long", "date", "time"]
Condition = Callable[[Answers], bool]
Check = Callable[[Value, Answers], str | None]
Doubt = Callable[[Value, Answers], str]
Names = Literal["", "a name", "who", "a birth"]


def always(_answers: Answers) -> bool:
    """Return True: the condition of a question that is asked of everybody."""
    return True


def no_doubt(_value: Value, _answers: Answers) -> str:
    """Return "": nothing is surprising about the answer."""
    return ""


def never(_answers: Answers) -> bool:
    """Return False: the condition of a question that never waits."""
    return False


@dataclass(frozen=True, slots=True)
class answered:  # noqa: N801 - reads as a condition: when=answered("risk", "yes", "not sure")
    """The condition that an earlier answer is one of these values. Inside a group, of this entry first."""

    key: str
    values: tuple[str, ...]

    def __init__(self, key: str, *values: str) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)

    def __call__(self, answers: Answers) -> bool:
        return answers.says(self.key, *self.values)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: `value` is the answer kept, `label` what is shown (the value itself where empty).

    `words` are other words that people type for it, and that need not be shown.
    """

    value: str
    label: str = ""
    help: str = ""
    words: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return self.label or self.value


YES_OR_NO = (Option("yes"), Option("no"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and what counts as an answer to it.

    The answer is kept as: choice, an option's `value`; yes-no, "yes" or "no"; text and long, the words; date, a
    civil `date`; time, "HH:MM" in 24 hours. Where `required` is False, "not known yet" is an answer too.

    `offered` are people or agencies already known: choosing one keeps its `value`, any other words are kept as
    typed. `default` is what Enter alone gives, written as it would be typed; a file is never assumed to mean it.
    `notice` is shown before the question. `check` gets the answer and those before it, and returns what is wrong
    (lower case, no full stop, never the words of the answer) or None. `when` looks at earlier answers only. `label`
    names the answer on the page that is checked at the end (`text` where empty).

    `earliest_is` says what happened on the `earliest` day, and what to do if that day is wrong.

    `nothing` is what may be typed in place of a date that may be taken away again, such as "-"; it is kept as it is.

    `near` is False where dates far from today are usual, such as when a policy came into force: others are asked back
    once. So is whatever `doubt` finds surprising: it gets the answer and those before it, and returns a sentence, ""
    where nothing is. `asks` says that the answer is the name of somebody; who, by name or post, be it several behind
    semicolons; or the day somebody was born. `whose` names that child or agency from the answers of one entry of a
    group: it stands behind the text.

    While `waits` holds, of the same answers as `when`, nobody at a terminal is asked unbidden: it is among what else
    can be said, on the page that is checked at the end. A file may answer it all the same, and must where `required`.

    `lacking` says, for an error's remedy, what to do where a needed answer is missing (lower case, no full stop).

    `prefix` and `heading` are set by the interview where the question stands in a group's entry.
    """

    id: str
    text: str
    kind: Kind
    help: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    offered: tuple[Option, ...] = ()
    default: str = ""
    check: Check | None = None
    earliest: date | None = None
    earliest_is: str = ""
    latest: date | None = None
    nothing: str = ""
    near: bool = True
    doubt: Doubt = no_doubt
    asks: Names = ""
    whose: Callable[[Answers], str] | None = None
    when: Condition = always
    waits: Condition = never
    notice: str = ""
    label: str = ""
    lacking: str = ""
    prefix: str = ""
    heading: str = ""

    @property
    def listed(self) -> tuple[Option, ...]:
        """What is listed with numbers under the question: what to choose from, or whom it offers."""
        if self.kind == "yes-no":
            return YES_OR_NO
        return self.options or self.offered

    @property
    def key(self) -> str:
        """The flat key of the answer: "concern", or "receiving.0.agency"."""
        return self.prefix + self.id

    @property
    def shown_label(self) -> str:
        """What the answer is called on the page that is checked at the end."""
        label = self.label or self.text
        return f"{self.heading}: {label}" if self.heading else label


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions asked once for each entry: "receiving.0.agency", then "receiving.0.another", "receiving.1.agency".

    Where `at_least` is 0, `first` is asked beforehand, as "receiving.any". `title` heads each entry, numbered. While
    `waits` holds and nothing of the group is answered, its questions wait, as `Question.waits` says; while
    `another_waits` does, only the question whether there is another.
    """

    id: str
    questions: tuple[Question, ...]
    title: str
    another: str
    first: str = ""
    at_least: int = 0
    at_most: int = 20
    when: Condition = always
    waits: Condition = never
    another_waits: Condition = never

    def __post_init__(self) -> None:
        if any(question.id in ("any", "another") or "." in question.id for question in self.questions):
            raise ValueError(f'group "{self.id}": a question cannot be called "any" or "another", nor hold a dot')
        if self.at_least == 0 and not self.first:
            raise ValueError(f'group "{self.id}" may be empty, so it needs `first`, the question whether there is any')


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The interview ends here and nothing is kept: another route applies. `text` says why, `remedy` what to do."""

    id: str
    text: str
    when: Condition
    remedy: str = ""


Step = Question | Group | Stop
Script = tuple[Step, ...] | Callable[[Answers], tuple[Step, ...]]
