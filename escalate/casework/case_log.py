"""Reading a log: the cases asked for, each as one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date

from escalate.core.case import read_case
from escalate.core.policy import Policy, follow
from escalate.core.reports.log import Asked, CaseLog, Kept, LogLine, log_line
from escalate.store import readers
from escalate.store.log_rows import also_called, cases_asked_for, entries_of_each

Tick = Callable[[], object]


def read_log(
    con: sqlite3.Connection, asked: Asked, made_on: date, tick: Tick = lambda: None, *, with_names: bool = False
) -> CaseLog:
    """Return the log of the cases asked for.

    Args:
        con: a connection of `store.readers`, or of a transaction.
        made_on: the day it is made: it stands in the file and fills no line.
        tick: called after each line.
        with_names: names stand in full; else initials. Whoever gives such a log out records it: `log_giving`.
    Raises:
        LedgerRefused: a case is not as it was written.
    """
    lines = lines_of(con, cases_asked_for(con, asked), tick, with_names=with_names)
    return CaseLog(asked=asked, lines=lines, made_on=made_on, with_names=with_names)


def lines_of(
    con: sqlite3.Connection, found: Sequence[sqlite3.Row], tick: Tick, *, with_names: bool
) -> tuple[LogLine, ...]:
    """Return the lines of these cases, which are rows of `cases_asked_for`, in their order."""
    also, policies, lines = also_called(con, found), _policies(con, found), []
    by_stream = {row["stream"]: row for row in found}
    for stream, events in entries_of_each(con, list(by_stream)):
        row = by_stream[stream]
        policy = policies[row["policy_digest"]]
        lines.append(log_line(read_case(events), policy, _kept(row, also[stream]), with_names=with_names))
        tick()
    return tuple(lines)


def _kept(row: sqlite3.Row, also: tuple[str, ...]) -> Kept:
    return Kept(
        also=also,
        policy=f"{row['policy_name']} ({row['policy']})",
        raised_by=row["raising_agency"],
        raised_with=row["receiving_agencies"],
        themes=row["themes"],
        stage=row["stage_title"],
        state=row["state"],
        ended_on=date.fromisoformat(row["over_on"]) if row["over_on"] else None,
        days=row["days"],
    )


def _policies(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> dict[str, Policy]:
    """Return each policy that one of these cases was raised under, by its digest."""
    from escalate.files.policies.loading import parse_policy

    def of(digest: str, name: str) -> Policy:
        text = readers.policy_text(con, digest)
        return follow(parse_policy(text, name=name, where=f"the policy kept with the case ({name})"))

    names = {row["policy_digest"]: row["policy"] for row in found}
    return {digest: of(digest, name) for digest, name in names.items()}
