"""What is due by who owes it: how each of them is called, and what they owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalate.core.views import WhoseItem

if TYPE_CHECKING:
    from escalate.render.due_table import DueLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedBy:
    """One who owes something, with what: `lines` may be fewer than `of_all`. `person` is empty where none is named."""

    side: WhoseItem
    agency: str
    person: str
    role: str
    lines: Sequence[DueLine]
    of_all: int

    @property
    def name(self) -> str:
        """Who it is: "ours: Alex Practitioner, Invented Primary School"."""
        if self.side == "not known":
            return "whose is not known"
        who = ", ".join(part for part in (self.person, self.role, self.agency) if part)
        nobody = "" if self.person else " (nobody there is named)"
        return f"{self.side}: {who}{nobody}" if who else self.side


def owed_by_as_plain(groups: Sequence[OwedBy]) -> list[dict[str, Any]]:
    """Return who owes what as `--json` gives it: each item by its case's reference and its key."""
    return [
        {
            "side": one.side,
            "agency": one.agency,
            "person": one.person,
            "role": one.role,
            "items": [{"reference": line.reference, "key": line.item.key} for line in one.lines],
        }
        for one in groups
    ]
