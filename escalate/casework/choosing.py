"""What is asked of many cases is known here, or it is refused: a misspelt name would find nothing and say nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from escalate.core.policy import Policy, follow
from escalate.core.policy_items import Theme
from escalate.core.text import folded
from escalate.errors import NotFound
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import choices, readers


def refuse_unknown(
    con: sqlite3.Connection, *, policy: str = "", agency: str = "", stage: str = "", theme: str = ""
) -> None:
    """Refuse what no case here could match; what is "" was not asked for.

    Raises:
        NotFound: no such policy, agency, stage or theme is known here; it says which are.
    """
    choices.refuse_unknown(con, policy=policy, agency=agency)
    if not (stage or theme) or not choices.policies_here(con):
        return
    policies = _policies(con, choices.editions_named(con, policy) if policy else choices.policies_here(con))
    stages = tuple(dict.fromkeys(one.id for each in policies for one in each.stage))
    if stage and stage not in stages:
        called = policies[0].policy.called
        raise NotFound(f'"{stage}" is no {called} of the policies here', remedy=f"known are: {', '.join(stages)}")
    themes = [one for each in policies for one in each.theme]
    if theme and not themes_named(themes, theme):
        ids = dict.fromkeys(one.id for one in themes)
        raise NotFound("the policies here have no such theme", remedy=f"known are: {', '.join(ids) or 'none'}")


def themes_named(themes: Iterable[Theme], typed: str) -> tuple[str, ...]:
    """Return the ids of the themes that somebody means: by id, or by part of a title."""
    said = folded(typed)
    found = (one.id for one in themes if said and (said == one.id.casefold() or said in one.title.casefold()))
    return tuple(dict.fromkeys(found))


def _policies(con: sqlite3.Connection, names: Sequence[str]) -> list[Policy]:
    """Return the editions named, in each text of them that a case was raised under."""
    kept = readers.rows(con, "SELECT digest, name FROM policy_text ORDER BY name, digest")
    digests = {str(row["digest"]): str(row["name"]) for row in kept if row["name"] in names}
    return [follow(policy_kept(readers.policy_text(con, digest), name)) for digest, name in digests.items()]
