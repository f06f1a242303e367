"""How well forms are read back, counted by form and by way of returning them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from escalate.errors import EscalateError
from escalate.files.docx.reader import ReadForm, read_form
from tests.forms.returned.hand import Returned
from tests.forms.returned.judging import Judged, judge


@dataclass
class Count:
    """Of some forms: how many, their fields, those read right, and what was lost, revived or said without need."""

    forms: int = 0
    fields: int = 0
    right: int = 0
    lost: int = 0
    revived: int = 0
    needless: int = 0

    def add(self, judged: Judged) -> None:
        self.forms += 1
        self.fields += judged.right + len(judged.wrong)
        self.right += judged.right
        self.lost += len(judged.lost)
        self.revived += len(judged.revived)
        self.needless += len(judged.needless)

    def __str__(self) -> str:
        share = 100 * self.right / self.fields if self.fields else 100
        said = f"{self.forms:4} forms  {self.right:5}/{self.fields:<5} fields {share:6.2f} %  lost {self.lost}"
        said += f"  deleted text in an answer {self.revived}" if self.revived else ""
        return said + (f"  printed text given back {self.needless}" if self.needless else "")


@dataclass
class Measure:
    """All that was judged, by form and by way; and in words what was not right."""

    by_form: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    by_way: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    complaints: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    needless: Counter[str] = field(default_factory=Counter)

    def add(self, one: Returned) -> Judged:
        try:
            judged = judge(one, read(one))
        except EscalateError as refusal:
            self.complaints[one.way].append(f"{one.form.id}: {refusal}, because of {refusal.__cause__!r}")
            judged = Judged(right=0, lost=[one.form.id])
        self.by_form[one.form.id].add(judged)
        self.by_way[one.way].add(judged)
        self.complaints[one.way] += complaints(one, judged)
        self.needless.update(f"{one.form.id}: {text!r}" for text in judged.needless)
        return judged

    def report(self) -> Iterator[str]:
        for heading, counts in (("by form", self.by_form), ("by way", self.by_way)):
            yield f"{heading}:"
            for name, count in sorted(counts.items()):
                yield f"    {name:58} {count}"
        if self.needless:
            yield "printed by the form, and given back as somebody's words:"
        for text, times in self.needless.most_common(12):
            yield f"    {times} times {text[:200]}"


def read(one: Returned) -> ReadForm:
    return read_form(one.form, one.content, "the returned form", template=one.template)


def complaints(one: Returned, judged: Judged) -> list[str]:
    """Return in a line each what was not read as it stands."""
    found = [f"{one.form.id}.{name}: {got!r} instead of {said!r}" for name, said, got in judged.wrong]
    found += [f"{one.form.id}: lost {text!r}" for text in judged.lost]
    return found + [f"{one.form.id}: deleted, and in an answer: {text!r}" for text in judged.revived]
