"""Reading a log: the cases asked for, each as one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from escalate.core.case import read_case
from escalate.core.initialled import Everyone
from escalate.core.policy import Policy, follow
from escalate.core.reports.log import Kept, LogLine, Told, log_line
from escalate.files.forms.glance import form_glanced_at
from escalate.files.places import home
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers
from escalate.store.agency_names import spelling
from escalate.store.log_rows import also_called, cases_of_lines, entries_of_each
from escalate.store.people_known import names_known

Tick = Callable[[], object]


def lines_of(
    con: sqlite3.Connection, found: Sequence[sqlite3.Row], tick: Tick, *, with_names: bool
) -> tuple[LogLine, ...]:
    """Return the lines of these cases, which are rows of `cases_asked_for`, in their order."""
    also, linked, lines = also_called(con, found), cases_of_lines(con, found), []
    together = {row["stream"]: linked.get(row["stream"], [row]) for row in found}
    cases = [one for several in together.values() for one in several]
    policies = _policies(con, cases)
    forms = cache(partial(form_glanced_at, home=home()))
    spelt = cache(partial(spelling, con))
    everyone = None if with_names else Everyone(names_known(con))
    entries = entries_of_each(con, [row["stream"] for row in cases])
    for row in found:
        several = together[row["stream"]]
        told = [
            Told(read_case(events), policies[one["policy_digest"]])
            for one, (_, events) in zip(several, entries, strict=False)
        ]
        lines.append(log_line(told, _kept(row, several, also[row["stream"]], spelt), everyone, forms))
        tick()
    return tuple(lines)


def _kept(row: sqlite3.Row, several: Sequence[sqlite3.Row], also: tuple[str, ...], spelt: Callable[[str], str]) -> Kept:
    at = _last_of(several)
    agencies = [spelt(name) for one in several for name in one["receiving_agencies"].split("; ")]
    themes = [theme for one in several for theme in one["themes"].split("; ") if theme]
    return Kept(
        also=also,
        policy=f"{row['policy_name']} ({row['policy']})",
        raised_by="; ".join(dict.fromkeys(spelt(one["raising_agency"]) for one in several)),
        raised_with="; ".join(dict.fromkeys(agencies)),
        themes="; ".join(dict.fromkeys(themes)),
        stage=at["stage_title"],
        state=at["state"],
        ended_on=date.fromisoformat(row["over_on"]) if row["over_on"] else None,
        days=row["days"],
    )


def _last_of(several: Sequence[sqlite3.Row]) -> sqlite3.Row:
    """Return the case by whose stage an escalation is known: one that is open, else the one that ended last.

    Of several that are open it is the one that entered its stage last.
    """
    return max(several, key=lambda one: (one["over_on"] is None, one["over_on"] or one["stage_entered_on"]))


def _policies(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> dict[str, Policy]:
    """Return each policy that one of these cases was raised under, by its digest."""
    names = {row["policy_digest"]: row["policy"] for row in found}
    return {digest: _policy(con, digest, name) for digest, name in names.items()}


def _policy(con: sqlite3.Connection, digest: str, name: str) -> Policy:
    return follow(policy_kept(readers.policy_text(con, digest), name))
