"""Which cases are one escalation, as kept for reading; through DB-API, like `readers`. Links are few."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from escalate.core.escalations import Pair, escalations, pair_of
from escalate.errors import EscalateError, Problem
from escalate.store.readers import chronology, rows

if TYPE_CHECKING:
    from escalate.core.case import Case
    from escalate.store.findings import Findings


def are_linked(con: sqlite3.Connection, one: str, other: str) -> bool:
    """Return whether these two cases are linked with each other, and not only through others."""
    return bool(rows(con, "SELECT 1 FROM case_link WHERE stream = ? AND other = ?", pair_of(one, other)))


def has_links(con: sqlite3.Connection) -> bool:
    """Return whether any two cases are linked."""
    return bool(rows(con, "SELECT 1 FROM case_link LIMIT 1"))


def links(con: sqlite3.Connection) -> list[Pair]:
    """Return every link, each once."""
    return [(row["stream"], row["other"]) for row in rows(con, "SELECT * FROM case_link ORDER BY stream, other")]


def one_escalation_with(con: sqlite3.Connection, stream: str) -> list[sqlite3.Row]:
    """Return the other cases of this one's escalation, linked with it or through others, as rows of the list."""
    standing = escalations(links(con))
    if stream not in standing:
        return []
    others = [one for one, first in standing.items() if first == standing[stream] and one != stream]
    places = ", ".join("?" * len(others))
    return rows(con, f"SELECT * FROM case_view WHERE stream IN ({places}) ORDER BY reference", others)


def others_of_each(con: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the references of the other cases of its escalation for each linked case, by stream, sorted."""
    standing = escalations(links(con))
    sql = "SELECT stream, reference FROM case_view WHERE stream IN (SELECT stream FROM case_link UNION SELECT other"
    named = {row["stream"]: row["reference"] for row in rows(con, f"{sql} FROM case_link)")}
    together: dict[str, list[str]] = {}
    for stream, first in standing.items():
        together.setdefault(first, []).append(stream)
    return {
        stream: sorted(named[one] for one in together[first] if one != stream) for stream, first in standing.items()
    }


def count_escalations(con: sqlite3.Connection, streams: Iterable[str]) -> int:
    """Return how many escalations these cases are: linked ones count once, whether or not all of them are among these.

    Args:
        streams: each case once.
    """
    standing = escalations(links(con))
    return len({standing.get(stream, stream) for stream in streams})


def likely_same(con: sqlite3.Connection, stream: str) -> list[sqlite3.Row]:
    """Return the cases that may be the same escalation as this one, as rows of the list; none that people told apart.

    They are: the case that a logged one says it is where it was raised; and, where one of two was logged, one about a
    child of the same initials and day of birth, with an agency in common.
    """
    row = rows(con, "SELECT * FROM case_view WHERE stream = ?", (stream,))[0]
    found = {one["stream"]: one for one in (*_same_case(con, row), *_same_child(con, row))}
    for one in one_escalation_with(con, stream):
        found.pop(one["stream"], None)
    if found:
        from escalate.core.linked import told_apart

        for apart in told_apart(_read(con, stream)):
            found.pop(apart, None)
    return sorted(found.values(), key=lambda one: str(one["reference"]))


def _same_case(con: sqlite3.Connection, row: sqlite3.Row) -> list[sqlite3.Row]:
    # Of two logged from one origin, or a logged one and the case itself, handed over since.
    return rows(
        con,
        "SELECT * FROM case_view WHERE their_case <> '' AND their_case IN (:stream, :theirs) AND stream <> :stream"
        " UNION SELECT * FROM case_view WHERE :theirs <> '' AND stream = :theirs",
        {"stream": row["stream"], "theirs": row["their_case"]},
    )


def _same_child(con: sqlite3.Connection, row: sqlite3.Row) -> list[sqlite3.Row]:
    if not rows(con, "SELECT 1 FROM case_view WHERE our_side = 'partnership' LIMIT 1"):
        return []
    from escalate.core.references import initials

    found = rows(
        con,
        "SELECT case_view.*, here.name AS here, there.name AS there FROM party_view AS here"
        " JOIN party_view AS there ON there.born_on = here.born_on AND there.sort = 'child'"
        " AND there.stream <> here.stream JOIN case_view ON case_view.stream = there.stream"
        " WHERE here.stream = ? AND here.sort = 'child' AND here.born_on IS NOT NULL"
        " AND 'partnership' IN (?, case_view.our_side)",
        (row["stream"], row["our_side"]),
    )
    here = _agencies(row)
    return [one for one in found if initials(one["here"]) == initials(one["there"]) and here & _agencies(one)]


def _agencies(row: sqlite3.Row) -> set[str]:
    names = (row["raising_agency"], *row["receiving_agencies"].split("; "))
    return {name.casefold() for name in names if name}


def keep_links(con: sqlite3.Connection, stream: str) -> None:
    """Keep the links of a case as the entries of both sides say, inside a write transaction.

    A link stands where both cases are here and both say so: one that was handed over may say more than it says here.
    """
    kept = rows(con, "SELECT * FROM case_link WHERE stream = ? OR other = ?", (stream, stream))
    before = {(row["stream"], row["other"]) for row in kept}
    after = {pair_of(stream, other) for other in _said(con, stream) if stream in _said(con, other)}
    con.executemany("DELETE FROM case_link WHERE stream = ? AND other = ?", sorted(before - after))
    con.executemany("INSERT INTO case_link (stream, other) VALUES (?, ?)", sorted(after - before))


def check_links(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether the links kept are those that the entries make; an entry that cannot be read is named elsewhere."""
    linked = rows(con, "SELECT DISTINCT stream FROM ledger WHERE kind = 'cases linked'")
    try:
        said = {row["stream"]: _said(con, row["stream"]) for row in linked}
    except (EscalateError, LookupError, TypeError, ValueError):
        return
    made = {pair_of(one, other) for one, others in said.items() for other in others if one in said.get(other, ())}
    for one, other in sorted(made ^ set(links(con))):
        found.add(Problem("case_link", f"{one} and {other}: are not linked as their entries say"))


def _said(con: sqlite3.Connection, stream: str) -> frozenset[str]:
    """Return the streams that a case of this record says it is one escalation with; none where it is not here."""
    if not rows(con, "SELECT 1 FROM ledger WHERE stream = ? AND kind = 'cases linked' LIMIT 1", (stream,)):
        return frozenset()
    from escalate.core.linked import standing_links

    return standing_links(_read(con, stream))


def _read(con: sqlite3.Connection, stream: str) -> Case:
    from escalate.core.case import read_case

    return read_case(chronology(con, stream))
