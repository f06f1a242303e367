"""`escalate due --by-person`: what is due by who owes it, ours first. What several owe stands with each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from escalate.core.case import Case
from escalate.core.owing_people import Owing, owing_people
from escalate.render.due_people import OwedBy
from escalate.render.due_table import DueLine
from escalate.render.owed_words import Row

_ORDER = ("ours", "theirs", "not known")


def by_person(
    rows: Sequence[Row], lines: Sequence[DueLine], read: Callable[[str], Case], most: int | None = None
) -> list[OwedBy]:
    """Return the lines of `due` by who owes them: ours, then theirs by agency and person, then nobody knows whose.

    Args:
        rows: of `store.due_list.due_items`, one for each of `lines`.
        read: gives the case of a stream, asked once for each.
        most: so many lines of each.
    """
    cases: dict[str, Case] = {}
    found: dict[tuple[str, str, str, str], tuple[Owing | None, list[DueLine]]] = {}
    for row, line in zip(rows, lines, strict=True):
        stream = row["stream"]
        if stream not in cases:
            cases[stream] = read(stream)
        owing = owing_people(line.item, cases[stream], row["owner"])
        for one in owing or (None,):
            found.setdefault(_place_of(line, one), (one, []))[1].append(line)
    groups = [found[place] for place in sorted(found, key=lambda place: (_ORDER.index(place[0]), *place[1:]))]
    return [
        OwedBy(
            side=one.side if one else held[0].item.side,
            agency=one.agency if one else "",
            person=one.person if one else "",
            role=one.role if one else "",
            lines=held[:most],
            of_all=len(held),
        )
        for one, held in groups
    ]


def _place_of(line: DueLine, one: Owing | None) -> tuple[str, str, str, str]:
    if one is None:
        return (line.item.side, "", "", "")
    return (one.side, one.agency.casefold(), one.person.casefold(), one.role.casefold())
