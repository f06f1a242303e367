"""Learning points in their own words, as a table of a report: all of them, or those chosen line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalate.core.reports.report import Row, Table

LINES = "learning-lines"
"""The id of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningLine:
    """A learning point as a report tells it; initials stand for the names of its case, and for whole names of others.

    `key` is its case's stream, a space and the point's own key; nobody reads that or `reference` in a report. `names`
    says that it cannot be published: somebody of its case is named, by initials too, or somebody of another one by the
    whole name. `may_name` are those of its words, as they stand, that may name somebody of another case.
    """

    key: str
    reference: str
    number: int
    words: str
    became: str
    names: bool = False
    may_name: tuple[str, ...] = ()

    @property
    def point(self) -> str:
        """Return it as it is written to be chosen: REF:N."""
        return f"{self.reference}:{self.number}"


def lines_table(lines: Sequence[LearningLine], *, is_published: bool) -> Table:
    """Return the table of these lines, in their order."""
    said = "Those chosen for this edition, line by line." if is_published else "Initials stand for people's names."
    return Table(
        id=LINES,
        title="What was learned",
        heads="Learning point",
        columns=("what became of it",),
        units=("words",),
        rows=tuple(Row(line.words, (line.became,)) for line in lines),
        says=f"Points identified in the period, in the words of whoever recorded them. {said}",
    )
