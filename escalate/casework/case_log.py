"""Reading a log: the cases asked for, each as one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from escalate.core.case import read_case
from escalate.core.initialled import Everyone
from escalate.core.policy import Policy, follow
from escalate.core.reports.log import Kept, LogLine, log_line
from escalate.files.forms.glance import form_glanced_at
from escalate.files.places import home
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers
from escalate.store.agency_names import spelling
from escalate.store.log_rows import also_called, entries_of_each
from escalate.store.people_known import names_known

Tick = Callable[[], object]


def lines_of(
    con: sqlite3.Connection, found: Sequence[sqlite3.Row], tick: Tick, *, with_names: bool
) -> tuple[LogLine, ...]:
    """Return the lines of these cases, which are rows of `cases_asked_for`, in their order."""
    also, policies, lines = also_called(con, found), _policies(con, found), []
    forms = cache(partial(form_glanced_at, home=home()))
    spelt = cache(partial(spelling, con))
    by_stream = {row["stream"]: row for row in found}
    everyone = None if with_names else Everyone(names_known(con))
    for stream, events in entries_of_each(con, list(by_stream)):
        row = by_stream[stream]
        policy = policies[row["policy_digest"]]
        lines.append(log_line(read_case(events), policy, _kept(row, also[stream], spelt), everyone, forms))
        tick()
    return tuple(lines)


def _kept(row: sqlite3.Row, also: tuple[str, ...], spelt: Callable[[str], str]) -> Kept:
    return Kept(
        also=also,
        policy=f"{row['policy_name']} ({row['policy']})",
        raised_by=spelt(row["raising_agency"]),
        raised_with="; ".join(map(spelt, row["receiving_agencies"].split("; "))),
        themes=row["themes"],
        stage=row["stage_title"],
        state=row["state"],
        ended_on=date.fromisoformat(row["over_on"]) if row["over_on"] else None,
        days=row["days"],
    )


def _policies(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> dict[str, Policy]:
    """Return each policy that one of these cases was raised under, by its digest."""
    names = {row["policy_digest"]: row["policy"] for row in found}
    return {digest: _policy(con, digest, name) for digest, name in names.items()}


def _policy(con: sqlite3.Connection, digest: str, name: str) -> Policy:
    return follow(policy_kept(readers.policy_text(con, digest), name))
