"""One field of a form as each reader found it, and what of it may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["certain", "likely", "conflict", "not found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """One field as each reader found it: None where a reader did not find the field, "" where it is empty.

    `beside` is what stands in the answer's cell beside its control and is no label: somebody typed it there.
    """

    by_tag: str | None = None
    by_bookmark: str | None = None
    by_label: str | None = None
    beside: str = ""

    @property
    def found(self) -> dict[str, str]:
        """What each reader that found the field says, the most trusted first."""
        values = {"tag": self.by_tag, "bookmark": self.by_bookmark, "label": self.by_label}
        return {reader: value for reader, value in values.items() if value is not None}

    @property
    def value(self) -> str:
        """What most readers say; of as many the most trusted, which is also the one that keeps blank ends."""
        same = [_compared(value) for value in self.found.values()]
        return max(self.found.values(), key=lambda value: same.count(_compared(value)), default="")

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers that agree on `value`."""
        return tuple(reader for reader, value in self.found.items() if _compared(value) == _compared(self.value))

    @property
    def certainty(self) -> Certainty:
        found = self.found
        if not found:
            return "not found"
        if self.beside or len({_compared(value) for value in found.values()}) > 1:
            return "conflict"
        return "certain" if len(found) > 1 else "likely"


def _compared(value: str) -> str:
    """Return a text as readings are compared: a label tells no blank lines round an answer, nor spaces at line ends."""
    return "\n".join(line.rstrip() for line in value.strip().split("\n"))
