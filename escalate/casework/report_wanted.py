"""Which report somebody asks for, and what that means in a policy's words: the group, the cases, what is left out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from escalate.casework.choosing import themes_named
from escalate.core.policy import Policy
from escalate.core.policy_items import Report as ReportAsked
from escalate.core.policy_items import Theme
from escalate.core.reports.learning_lines import LearningLine
from escalate.core.reports.report import Edition, Period
from escalate.core.text import folded
from escalate.errors import NotFound
from escalate.store import choices
from escalate.store.report_scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report somebody asks for. What is "" was not said.

    `policy` is an edition's name, or its partnership's part of it; `agency` is part of one's name. `group` is who is
    reported to, or how that begins: the first that the policy names. `theme` is one's id, or part of its title.
    `as_of`: as recorded until the end of that day. `with_learning`: the learning points in their own words as well; of
    a published one `lines` are those chosen, None before any were.
    """

    period: Period
    policy: str = ""
    group: str = ""
    agency: str = ""
    theme: str = ""
    stage: str = ""
    edition: Edition = "restricted"
    as_of: date | None = None
    distribution: tuple[str, ...] = ()
    with_learning: bool = False
    lines: tuple[LearningLine, ...] | None = None


def group_asked(policy: Policy, group: str) -> ReportAsked | None:
    """Return what the policy says of the first group whose name begins so; None where it names none at all.

    Raises:
        NotFound: the policy names others.
    """
    found = [one for one in policy.report if one.group.casefold().startswith(group.strip().casefold())]
    if not found and group:
        groups = ", ".join(dict.fromkeys(one.group for one in policy.report)) or "none"
        raise NotFound("the policy names no such group to report to", remedy=f"it names: {groups}")
    return found[0] if found else None


def scope_of(con: sqlite3.Connection, wanted: Wanted, policy: Policy, asked: ReportAsked | None) -> Scope:
    """Return which cases are counted.

    Raises:
        NotFound: no such agency, stage or theme.
    """
    choices.refuse_unknown(con, agency=wanted.agency)
    if wanted.stage and policy.stage_of(wanted.stage) is None:
        stages = ", ".join(stage.id for stage in policy.stage)
        raise NotFound(
            f'"{wanted.stage}" is not a {policy.policy.called} of this policy',
            remedy=f"its {policy.policy.called}s are: {stages}",
        )
    return Scope(
        policy=policy.name,
        agency=wanted.agency,
        theme=theme_asked(policy, wanted.theme).id if wanted.theme else "",
        stage=wanted.stage,
        stages=asked.stages if asked else (),
        only_resolved=bool(asked and asked.only == "resolved"),
    )


def theme_asked(policy: Policy, typed: str) -> Theme:
    """Return the theme that somebody means: by id, by title, or by a part of one title alone.

    Raises:
        NotFound: there is none, or it could be several.
    """
    said = folded(typed)
    ids = themes_named(policy.theme, typed)
    found = [one for one in policy.theme if one.id in ids]
    whole = [one for one in found if said in (one.id.casefold(), one.title.casefold())]
    if len(whole or found) == 1:
        return (whole or found)[0]
    if found:
        raise NotFound("several themes are named so: say which", remedy=f"they are: {', '.join(ids)}")
    raise NotFound("the policy has no such theme", remedy=f"its themes are: {', '.join(t.id for t in policy.theme)}")


def narrowed(con: sqlite3.Connection, wanted: Wanted, policy: Policy) -> tuple[str, ...]:
    """Return which part of the cases was asked for, so that nobody takes it for all."""
    parts = (
        wanted.agency and f"raised by or with {' or '.join(choices.agencies_named(con, wanted.agency))}",
        wanted.theme and f"about: {theme_asked(policy, wanted.theme).title}",
        wanted.stage and f"that entered {policy.say_stage(wanted.stage)}",
    )
    said = "; ".join(part for part in parts if part)
    return (f"It counts only cases {said}.",) if said else ()
