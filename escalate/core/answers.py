"""The answers of one interview: flat, ordered and unchangeable, so that going back is taking one away.

A key is a question's id, or `receiving.0.agency` inside the first entry of the group `receiving`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Final, Literal


class NotKnown(Enum):
    """The answer "not known yet": given, unlike a question nobody has reached."""

    NOT_KNOWN = "not known yet"

    def __str__(self) -> str:
        return self.value


NOT_KNOWN: Final = NotKnown.NOT_KNOWN
Value = str | date | Literal[NotKnown.NOT_KNOWN]


class Answers(Mapping[str, Value]):
    """Answers by flat key, in the order they were given. Every change returns new answers.

    Two are equal when they hold the same answers, in whatever order.
    """

    __slots__ = ("_given",)

    def __init__(self, given: Mapping[str, Value] | Iterable[tuple[str, Value]] = ()) -> None:
        self._given: dict[str, Value] = dict(given)

    def __getitem__(self, key: str) -> Value:
        return self._given[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        # Keys only: the answers are people's words, and this is what a traceback would print.
        return f"Answers({', '.join(self._given)})"

    def having(self, key: str, value: Value) -> Answers:
        """Return these answers with one more, or with that one changed in its place."""
        return Answers({**self._given, key: value})

    def without(self, key: str) -> Answers:
        """Return these answers less one; the same where it was not among them."""
        return Answers((k, v) for k, v in self._given.items() if k != key)

    def says(self, key: str, *values: str) -> bool:
        """Return whether the answer to `key` is one of these words; no answer is none of them."""
        return self._given.get(key) in values

    def text(self, key: str) -> str:
        """Return the words answered, or "" where not known yet, not asked, or a date."""
        value = self._given.get(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """Return the civil date answered, or None where not known yet, not asked, or no date."""
        value = self._given.get(key)
        return value if isinstance(value, date) else None

    def is_known(self, key: str) -> bool:
        """Return whether `key` has an answer other than "not known yet"."""
        return self._given.get(key, NOT_KNOWN) is not NOT_KNOWN

    def entries(self, group: str) -> tuple[Answers, ...]:
        """Return the answers of each entry of a group, in order, under the bare ids of its questions."""
        found: dict[int, dict[str, Value]] = {}
        for key, value in self._given.items():
            name, _, rest = key.partition(".")
            number, _, question = rest.partition(".")
            if name == group and number.isdecimal() and question and question != "another":
                found.setdefault(int(number), {})[question] = value
        return tuple(Answers(found[number]) for number in sorted(found))

    def beside(self, prefix: str) -> Answers:
        """Return all answers, with those under `prefix` ("receiving.0.") also under their bare ids.

        A condition or check inside a group's entry thus speaks of `agency`, and of answers outside the group.
        """
        if not prefix:
            return self
        own = {key.removeprefix(prefix): value for key, value in self._given.items() if key.startswith(prefix)}
        return Answers({**self._given, **own})


def answers_to_plain(answers: Answers) -> dict[str, object]:
    """Return answers as JSON can hold them, in order: words as they are, {"date": ISO}, null for not known yet."""
    plain: dict[str, object] = {}
    for key, value in answers.items():
        if isinstance(value, date):
            plain[key] = {"date": value.isoformat()}
        else:
            plain[key] = value if isinstance(value, str) else None
    return plain


def answers_from_plain(plain: Mapping[str, object]) -> Answers:
    """Return the answers that `answers_to_plain` wrote down.

    Raises:
        ValueError: it holds something that `answers_to_plain` does not write.
    """
    given: dict[str, Value] = {}
    for key, value in plain.items():
        match value:
            case None:
                given[key] = NOT_KNOWN
            case str():
                given[key] = value
            case {"date": str(day)}:
                given[key] = date.fromisoformat(day)
            case _:
                raise ValueError(f'the draft\'s answer to "{key}" is of no kind that escalate writes')
    return Answers(given)
