"""Whether the record is as it was recorded: every entry, every digest, every link, every guard; named where not.

One pass over the ledger in one read transaction, in memory that does not grow with it. It reports and never repairs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from escalate.errors import AnswersMissing, EscalateError, Problem
from escalate.store import chain
from escalate.store.findings import Findings
from escalate.store.guards import guard_problems
from escalate.store.readers import head_anchor, open_for_reading, rows
from escalate.store.received_files import check_received
from escalate.store.schema import TABLES
from escalate.store.verify_chains import check_chains, check_spine
from escalate.store.verify_views import check_calendars, check_lists, check_policies

# The words lie in the order of their ids, not of the ledger: with SQLite's 2 MB most pages would be read many times.
_CACHE_KIB = 8_000

_Check = Callable[[sqlite3.Connection, Findings], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `verify` found.

    `blanked` counts the payloads erased by redaction. `anchor` is that of the head now, to be printed and kept
    elsewhere. `first_bad` names the entry that was recorded first among those that are wrong, or is "".
    """

    events: int
    cases: int
    blanked: int
    anchor: str
    first_bad: str
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return not self.problems


def verify(path: Path, *, anchor: str | None = None) -> VerifyReport:
    """Return whether the database at `path` is as it was recorded, and what is not, in the order of the checks.

    Args:
        anchor: one printed earlier; without it a tail that was cut off cleanly cannot be seen.

    Raises:
        NotFound: nothing was recorded here yet.
        LedgerRefused: the file cannot be opened as a database of this version.
        AnswersMissing: `anchor` is not an anchor.
    """
    wanted = _wanted(anchor)
    found = Findings()
    with closing(_open(path)) as con, ThreadPoolExecutor(max_workers=1) as beside:
        # SQLite reads every page by itself meanwhile, without Python: on a connection and a core of its own.
        pages = beside.submit(_check_pages, path)
        con.execute("BEGIN")
        for check in _CHECKS:
            _run(check, con, found)
        if wanted:
            _run(lambda con, found: _check_anchor(con, found, *wanted), con, found)
        return _report(con, found, pages.result())


def _open(path: Path) -> sqlite3.Connection:
    con = open_for_reading(path)
    # A damaged schema is named by the checks themselves; without the larger cache they only take longer.
    with suppress(sqlite3.DatabaseError):
        con.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return con


def _report(con: sqlite3.Connection, found: Findings, pages: list[Problem]) -> VerifyReport:
    try:
        cases, head = rows(con, "SELECT count(*) FROM case_view")[0][0], head_anchor(con)
        first, problems = found.first_bad(con), found.problems(con)
    except sqlite3.Error:
        # Too damaged to name cases.
        cases, head, first, problems = 0, "", "", found.problems(None)
    return VerifyReport(
        events=found.events,
        cases=cases,
        blanked=found.blanked,
        anchor=head,
        first_bad=first,
        problems=(*pages, *problems),
    )


def _wanted(text: str | None) -> tuple[int, str] | None:
    try:
        return None if text is None else chain.parse_anchor(text)
    except ValueError:
        raise AnswersMissing(
            "this is not an anchor",
            remedy='copy it as it is printed on a form, such as "L17-c38e-1b5c-ab80-28dc"',
        ) from None


def _run(check: _Check, con: sqlite3.Connection, found: Findings) -> None:
    try:
        check(con, found)
    except EscalateError as error:
        found.add(Problem("", error.what))
    except sqlite3.Error as error:
        found.add(_unreadable(error))
    except (TypeError, ValueError, AttributeError):
        found.add(Problem("the file", "could not be read to its end: a value is of another kind than it was"))


def _unreadable(error: sqlite3.Error) -> Problem:
    return Problem("the file", f"could not be read to its end ({getattr(error, 'sqlite_errorname', 'not text')})")


def _check_pages(path: Path) -> list[Problem]:
    found = []
    try:
        with closing(_open(path)) as con:
            # SQLite names pages, tables and rows by number, never a value.
            said = [row[0] for row in con.execute("PRAGMA integrity_check(20)")]
            found += [Problem("the file", f"is damaged: {line}") for line in said if line != "ok"]
            for row in con.execute("PRAGMA foreign_key_check"):
                found.append(Problem(row["table"], f'refers to a row of "{row["parent"]}" that is not there'))
    except sqlite3.Error as error:
        found.append(_unreadable(error))
    return found


def _check_guards(con: sqlite3.Connection, found: Findings) -> None:
    for problem in guard_problems(con):
        found.add(problem)


def _check_anchor(con: sqlite3.Connection, found: Findings, position: int, wanted: str) -> None:
    head = rows(con, "SELECT coalesce(max(position), 0) FROM spine")[0][0]
    if position > head:
        found.add(
            Problem(wanted, f"the ledger ends at position {head}: the last {position - head} entries were cut off")
        )
        return
    at = rows(con, "SELECT hash FROM spine WHERE position = ?", (position,))
    if chain.anchor(position, at[0]["hash"] if at else chain.NO_LINK) != wanted:
        found.add(Problem(wanted, f"position {position} is another entry now: the record was rewritten"))


def _check_tables(con: sqlite3.Connection, found: Findings) -> None:
    kept = {row["name"] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in TABLES:
        if name not in kept:
            found.add(Problem(name, "the table is missing"))


_CHECKS: tuple[_Check, ...] = (
    _check_tables,
    _check_guards,
    check_chains,
    check_spine,
    check_policies,
    check_calendars,
    check_lists,
    check_received,
)
