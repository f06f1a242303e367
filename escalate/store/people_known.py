"""Whether somebody of this record is named in words that go beyond a case; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from escalate.core.names_anywhere import is_anybody_named, words_of
from escalate.store.readers import rows


def is_somebody_named(con: sqlite3.Connection, words: Sequence[str], *, only_children: bool = False) -> bool:
    """Return whether a child or another person of any case here is named in these words; whoever set it up is not.

    Args:
        only_children: a word alone counts only of a child's name, and another person's name where it stands whole.
    """
    text = "\n".join(one for one in words if one)
    if not text.strip():
        return False
    people, agencies = _names(con, "('child')" if only_children else "('child', 'person')")
    return is_anybody_named(text, people, agencies, names_known(con) if only_children else ())


def words_of_names(con: sqlite3.Connection) -> frozenset[str]:
    """Return every word, folded, that is part of the name of a child or another person of any case here."""
    return words_of(*_names(con, "('child', 'person')"))


def names_known(con: sqlite3.Connection) -> list[str]:
    """Return the names of the children and other people of every case here, as recorded."""
    return _names(con, "('child', 'person')")[0]


def _names(con: sqlite3.Connection, sorts: str) -> tuple[list[str], list[str]]:
    """Return the names of people of these sorts, and those of agencies."""
    sql = f"SELECT DISTINCT name FROM party_view WHERE stream <> 'setup' AND sort IN {sorts}"
    agencies = rows(con, "SELECT DISTINCT name FROM party_view WHERE sort = 'agency'")
    return [row["name"] for row in rows(con, sql)], [row["name"] for row in agencies]
