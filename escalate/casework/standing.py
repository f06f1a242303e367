"""The record as it stood when a day ended: the cases that changed since are read again, without what came later."""

from __future__ import annotations

import sqlite3
from datetime import date

from escalate.casework.desk import open_case
from escalate.casework.projection import kept_rows_of
from escalate.core.case import read_case
from escalate.core.escalations import pair_of
from escalate.core.linked import standing_links
from escalate.core.reports.as_recorded import as_recorded_until
from escalate.core.views import CaseRows
from escalate.store.readers import chronology
from escalate.store.report_as_of import changed_since, stand_as_of


def stand_as_of_day(con: sqlite3.Connection, day: date) -> None:
    """Have this connection count the record as it stood at the end of `day`; nothing is written to the record."""
    changed = changed_since(con, day.isoformat())
    if not changed:
        return
    made: list[tuple[str, CaseRows]] = []
    said: dict[str, frozenset[str]] = {}
    for stream in changed:
        events = as_recorded_until(chronology(con, stream), day)
        if events:
            opened = open_case(events, con)
            made.append((stream, kept_rows_of(opened.case, opened.policy, opened.calendars, opened.owed)))
            said[stream] = standing_links(opened.case)
    for other in {one for links in said.values() for one in links} - set(changed):
        found = chronology(con, other)
        said[other] = standing_links(read_case(found)) if found else frozenset()
    links = {pair_of(one, other) for one, others in said.items() for other in others if one in said.get(other, ())}
    stand_as_of(con, changed, made, sorted(pair for pair in links if set(pair) & set(changed)))
