"""Whom a policy names, for whoever asks: all of it, or what holds for one role, one stage, one agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from escalate.core.policy import Constraint, Policy, Post, RoleLine, Stage, ToFillIn
from escalate.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; an empty one asks for everything. `role` and `agency` may be parts of one."""

    role: str = ""
    stage: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a policy says of people, in the order of its file. `is_of_role`: only whom one role goes to was asked."""

    policy: Policy
    is_of_role: bool
    roles: tuple[RoleLine, ...]
    posts: tuple[Post, ...]
    stages: tuple[Stage, ...]
    constraints: tuple[Constraint, ...]
    gaps: tuple[ToFillIn, ...]


def whom_it_names(policy: Policy, wanted: Wanted) -> Named:
    """Return the roles, posts, stages, constraints and gaps of a policy that are wanted.

    What names no stage holds at each. A role is found by any part of it, whatever its capitals, that only one role
    has; its whole name always finds it.

    Raises:
        NotFound: no such stage, agency or role, or several roles; those there are are listed.
    """
    stage = _stage(policy, wanted.stage)
    roles = [line for line in policy.role if not stage or line.stage in ("", stage)]
    posts = [post for post in policy.post if not stage or post.stage in ("", stage)]
    if wanted.agency:
        _must_name_agency(policy, wanted.agency)
        roles = [line for line in roles if _holds(line.agency, wanted.agency)]
        posts = [post for post in posts if _holds(post.agency, wanted.agency)]
    if wanted.role:
        role = _role(policy, [line.role for line in roles], wanted.role)
        roles = [line for line in roles if line.role == role]
    return Named(
        policy=policy,
        is_of_role=bool(wanted.role),
        roles=tuple(roles),
        posts=tuple(posts),
        stages=tuple(one for one in policy.stage if not stage or one.id == stage),
        constraints=tuple(one for one in policy.constraint if not stage or one.stage == stage),
        gaps=tuple(one for one in policy.to_fill_in if not stage or one.stage in ("", stage)),
    )


def _stage(policy: Policy, wanted: str) -> str:
    found = next((one.id for one in policy.stage if one.id.casefold() == wanted.strip().casefold()), "")
    if wanted and not found:
        raise NotFound(
            f'policy {policy.name}: there is no {policy.policy.called} "{wanted}"',
            remedy=f"the {policy.policy.called}s are: {', '.join(one.id for one in policy.stage)}",
        )
    return found


def _must_name_agency(policy: Policy, wanted: str) -> None:
    of_all = [*(line.agency for line in policy.role), *(post.agency for post in policy.post)]
    agencies = _each_once(agency for agency in of_all if agency)
    if not any(_holds(agency, wanted) for agency in agencies):
        remedy = f"the agencies are: {', '.join(agencies)}" if agencies else "it names no agency: leave --agency out"
        raise NotFound(f'policy {policy.name}: no role or post is of an agency "{wanted}"', remedy=remedy)


def _role(policy: Policy, known: list[str], wanted: str) -> str:
    roles = _each_once(known)
    whole = [role for role in roles if role.casefold() == wanted.strip().casefold()]
    found = whole or [role for role in roles if _holds(role, wanted)]
    if len(found) > 1:
        raise NotFound(
            f'policy {policy.name}: "{wanted}" is a part of several roles', remedy=f"say which: {', '.join(found)}"
        )
    if not found:
        remedy = (
            f"the roles are: {', '.join(roles)}" if roles else "none is named here: see escalate who without --role"
        )
        raise NotFound(f'policy {policy.name}: no role is called "{wanted}"', remedy=remedy)
    return found[0]


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _holds(name: str, part: str) -> bool:
    return part.strip().casefold() in name.casefold()
