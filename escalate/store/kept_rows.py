"""The rows kept for reading as they stand in the tables: how a view is written there, and whether it still says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from escalate.core.calendars import non_working
from escalate.core.events import CalendarStored, Event, FormIssued, PartyNamed
from escalate.core.plain import to_plain
from escalate.core.reports.kept import ReportRows
from escalate.core.restating import REMOVED
from escalate.core.views import CaseRows, PartyRow
from escalate.store.readers import rows

Columns = dict[str, Any]


def columns_of(view: object) -> Columns:
    """Return a view's fields as the columns of its table: dates as text, yes and no as 1 and 0."""
    plain = to_plain(view)
    return {name: int(value) if isinstance(value, bool) else value for name, value in plain.items()}


def offered_columns(party: PartyRow) -> Columns | None:
    """Return what is kept to offer a person or agency again, without when; None for a child and a name removed."""
    if party.sort == "child" or REMOVED in party.name:
        return None
    kept = {name: value for name, value in columns_of(party).items() if name not in ("born_on", "reference")}
    return {**kept, "folded": party.name.casefold()}


def party_entered(event: Event) -> str:
    """Return the id of the party that an event names, or whose naming it corrects or redacts, or ""."""
    if isinstance(event.fact, PartyNamed):
        return event.fact.party
    body: Any = getattr(event.fact, "restated", None)
    while isinstance(body, Mapping) and isinstance(body.get("restated"), Mapping):
        body = body["restated"]
    # Of all facts only a naming has a field of this name.
    return str(body.get("party", "")) if isinstance(body, Mapping) else ""


CALENDAR_COLUMNS = ("version", "nation", "partnership", "source", "first_year", "last_year")


def calendar_day_rows(stored: CalendarStored) -> list[Columns]:
    """Return every non-working day of a calendar as the rows of its table, by date."""
    return [
        {
            "version": stored.version,
            "day": day.isoformat(),
            **(
                {"name": what, "kind": "bank holiday", "source": stored.source}
                if isinstance(what, str)
                else {"name": what.name, "kind": what.kind, "source": what.source}
            ),
        }
        for day, what in non_working(stored).items()
    ]


def case_streams(con: sqlite3.Connection) -> Iterator[str]:
    """Yield the stream of every case in the ledger, one at a time."""
    for row in con.execute("SELECT DISTINCT stream FROM ledger WHERE kind = 'concern raised' ORDER BY stream"):
        yield row[0]


def entered_at(con: sqlite3.Connection, stream: str, events: Sequence[Event]) -> dict[str, int]:
    """Return each party that these events of a stream name, with the spine's position of its latest naming."""
    found = rows(con, "SELECT chain, sequence, position FROM spine WHERE stream = ?", (stream,))
    positions = {(row["chain"], row["sequence"]): row["position"] for row in found}
    named: dict[str, int] = {}
    for event in events:
        if party := party_entered(event):
            named[party] = max(named.get(party, 0), positions.get((event.chain, event.number), 0))
    return named


def case_differences(con: sqlite3.Connection, stream: str, made: CaseRows) -> list[str]:
    """Return in which places the rows kept for a case are not `made`, by table; no value is said."""
    found = []
    kept = next((dict(row) for row in rows(con, "SELECT * FROM case_view WHERE stream = ?", (stream,))), {})
    case = {"stream": stream, **columns_of(made.case)}
    other = [name for name, value in case.items() if kept.get(name) != value]
    if other:
        found.append(f"its line in the list ({', '.join(other) if kept else 'missing'})")
    items = rows(con, "SELECT * FROM due_item WHERE stream = ?", (stream,))
    made_items = ({"stream": stream, **columns_of(item)} for item in made.items)
    found += [f"due_item {key}" for key in _other("key", items, made_items)]
    points = rows(con, "SELECT * FROM learning_view WHERE stream = ?", (stream,))
    made_points = ({"stream": stream, **columns_of(point)} for point in made.learning)
    found += [f"learning_view {key}" for key in _other("key", points, made_points)]
    return found + _report_differences(con, stream, made.report) + party_differences(con, stream, made.parties)


REPORT_KEYS: dict[str, tuple[str, ...]] = {
    "report_case": (),
    "stage_run": ("place", "agency"),
    "clock_run": ("key", "reading"),
    "case_mark": ("sort", "mark"),
    "case_act": ("place",),
}
"""What tells a case's rows apart in each table that reports are counted from."""


def report_columns(report: ReportRows | None) -> tuple[list[Columns], ...]:
    """Return what reports count a case by, as the columns of the tables of `REPORT_KEYS`, in their order."""
    if report is None:
        return tuple([] for _ in REPORT_KEYS)
    kept = ((report.case,), report.stages, report.clocks, report.marks, report.acts)
    return tuple([columns_of(one) for one in ones] for ones in kept)


def _report_differences(con: sqlite3.Connection, stream: str, made: ReportRows | None) -> list[str]:
    """Return which tables that reports are counted from hold of a case what its entries do not make."""
    found = []
    for (table, keys), columns in zip(REPORT_KEYS.items(), report_columns(made), strict=True):
        kept = rows(con, f"SELECT * FROM {table} WHERE stream = ?", (stream,))
        by_key = {tuple(row[key] for key in keys): dict(row) for row in kept}
        if by_key != {tuple(one[key] for key in keys): {"stream": stream, **one} for one in columns}:
            found.append(table)
    return found


def party_differences(con: sqlite3.Connection, stream: str, made: Iterable[PartyRow]) -> list[str]:
    """Return which names kept for a stream are not those `made`, by opaque id."""
    kept = rows(con, "SELECT * FROM party_view WHERE stream = ?", (stream,))
    return [
        f"party_view {party}"
        for party in _other("party", kept, ({"stream": stream, **columns_of(party)} for party in made))
    ]


def issue_differences(con: sqlite3.Connection, stream: str, issued: Iterable[FormIssued]) -> list[str]:
    """Return which issues kept for a case are not those recorded. A folder is nobody's to vouch for; a name is."""
    kept = {
        row["issue"]: (row["form"], row["digest"], _file_name(row["path"]))
        for row in rows(con, "SELECT * FROM issued_file WHERE stream = ?", (stream,))
    }
    recorded = {fact.issue: (fact.form, fact.digest, fact.file_name) for fact in issued}
    return [f"issued_file {issue}" for issue in sorted({issue for issue, _ in kept.items() ^ recorded.items()})]


def offered(con: sqlite3.Connection) -> Iterator[Columns]:
    """Yield each person and agency kept to be offered again, as `offered_columns` gives them."""
    cursor = con.cursor()
    cursor.row_factory = sqlite3.Row
    for row in cursor.execute("SELECT * FROM known_party ORDER BY party"):
        yield {name: row[name] for name in row.keys() if name != "used"}  # noqa: SIM118


def _other(key: str, kept: Iterable[sqlite3.Row], made: Iterable[Columns]) -> list[str]:
    rest = {row[key]: dict(row) for row in kept}
    other = [row[key] for row in made if rest.pop(row[key], None) != row]
    return sorted((*other, *rest))


def _file_name(path: str) -> str:
    # Written on Windows, it may be verified elsewhere.
    return path.replace("\\", "/").rpartition("/")[2]
