"""Reading a log: the cases asked for, each as one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date

from escalate.core.case import read_case
from escalate.core.policy import Policy, follow
from escalate.core.reports.log import Asked, Kept, LogLine, log_line
from escalate.errors import NotFound
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers
from escalate.store.log_rows import agencies_like, also_called, entries_of_each

Tick = Callable[[], object]


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


def refuse_unknown(con: sqlite3.Connection, asked: Asked) -> None:
    """Refuse what no case here could match: it was misspelt, and an empty log would say that there was nothing.

    Raises:
        NotFound: no such policy, agency, stage or theme is known here; it says which are.
    """
    known = [str(row["name"]) for row in readers.rows(con, "SELECT DISTINCT name FROM policy_text ORDER BY name")]
    if not known:
        return
    names = [name for name in known if asked.policy in ("", name) or name.startswith(f"{asked.policy}-")]
    if not names:
        raise NotFound(
            f'"{asked.policy}" is no policy that a case here was raised under',
            remedy=f"--policy is one of: {', '.join(known)}",
        )
    if asked.agency and not agencies_like(con, asked.agency):
        raise NotFound("no case here names this agency", remedy=f"those named are: {', '.join(agencies_like(con, ''))}")
    if asked.stage or asked.theme:
        kept = readers.rows(con, "SELECT digest, name FROM policy_text ORDER BY name, digest")
        digests = {row["digest"]: row["name"] for row in kept if row["name"] in names}
        _refuse_unknown_to(tuple(_policy(con, digest, name) for digest, name in digests.items()), asked)


def _refuse_unknown_to(policies: Sequence[Policy], asked: Asked) -> None:
    stages = tuple(dict.fromkeys(stage.id for policy in policies for stage in policy.stage))
    if asked.stage and asked.stage not in stages:
        called = policies[0].policy.called
        raise NotFound(f'"{asked.stage}" is no {called} of the policies here', remedy=f"known are: {', '.join(stages)}")
    themes = tuple(theme for policy in policies for theme in policy.theme)
    said = asked.theme.casefold()
    if said and said not in {words.casefold() for theme in themes for words in (theme.id, theme.title)}:
        ids = dict.fromkeys(theme.id for theme in themes)
        raise NotFound("the policies here have no such theme", remedy=f"known are: {', '.join(ids) or 'none'}")


def _policies(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> dict[str, Policy]:
    """Return each policy that one of these cases was raised under, by its digest."""
    names = {row["policy_digest"]: row["policy"] for row in found}
    return {digest: _policy(con, digest, name) for digest, name in names.items()}


def _policy(con: sqlite3.Connection, digest: str, name: str) -> Policy:
    return follow(policy_kept(readers.policy_text(con, digest), name))
