"""What is owed with a date, as a calendar takes it; through DB-API, like `readers`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from escalate.core.working_days import WorkingCalendar
from escalate.store.calendar_rows import working_calendar
from escalate.store.due_list import DueQuestion, conditions
from escalate.store.readers import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedList:
    """Items with a date, by date: those open, and those that were due and closed since a day.

    A row has `stream`, the columns of `core.views.DueItem`, and of its case `reference`, `policy_name`,
    `calendar_version`, `last_sequence` and `changed_at`, the moment its last entry was recorded. `calendars` are the
    working days by the `calendar_version` of a row. `references` are those looked for, of cases that are here.
    """

    rows: Sequence[sqlite3.Row]
    calendars: Mapping[str, WorkingCalendar]
    references: frozenset[str] = frozenset()


def dated_list(
    con: sqlite3.Connection, asked: DueQuestion, closed_since: date, references: Collection[str] | None = None
) -> DatedList:
    """Return the items with a date of what is asked; or all those of the cases with these references."""
    if references is not None:
        asked = DueQuestion(today=asked.today)
    where, values = conditions(asked)
    among = "" if references is None else " AND reference IN (SELECT value FROM json_each(:references))"
    sql = (
        "SELECT due_item.*, reference, policy_name, case_view.calendar_version, last_sequence,"
        " (SELECT recorded_at FROM spine JOIN ledger USING (stream, chain, sequence)"
        " WHERE spine.stream = case_view.stream ORDER BY position DESC LIMIT 1) AS changed_at"
        " FROM due_item JOIN case_view USING (stream)"
        f" WHERE due_on IS NOT NULL AND (is_open = 1 OR min(closed_on, due_on) >= :closed_since){where}{among}"
        " ORDER BY due_on, due_time IS NULL, due_time, reference, key"
    )
    looked_for: dict[str, object] = {"references": json.dumps(sorted(references or ()))}
    found = rows(con, sql, {**values, **looked_for, "closed_since": closed_since.isoformat()})
    versions = {str(row["calendar_version"]) for row in found}
    here = rows(
        con, "SELECT reference FROM case_view WHERE reference IN (SELECT value FROM json_each(:references))", looked_for
    )
    return DatedList(
        rows=found,
        calendars={version: working_calendar(con, version) for version in versions},
        references=frozenset(str(row["reference"]) for row in here),
    )
