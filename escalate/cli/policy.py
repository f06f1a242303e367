"""`escalate policy`: list, show or check the partnerships' policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any

import typer

from escalate.cli import policy_diagram
from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.plain import to_plain
from escalate.core.policy import Policy, follow
from escalate.errors import EscalateError, PolicyRefused, Problem
from escalate.files.policies.editions import editions, newer_edition
from escalate.files.policies.keeping import own_policy
from escalate.files.policies.loading import (
    PolicyText,
    check_text,
    load_policy,
    policy_names,
    read_policy_text,
    standing_of,
)
from escalate.render.console import Cell, Column, Part, Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json
from escalate.render.policy_diff_page import show_extends
from escalate.render.policy_differences import differences
from escalate.render.policy_lists import show_gaps
from escalate.render.policy_page import show_doubts, show_policy
from escalate.render.policy_words import capital

Name = Annotated[str, typer.Argument(metavar="NAME", help="A policy's name, as policy list shows it, or a .toml file.")]


def list_policies(as_json: ShownAsJson = False, plain: ShownPlain = False) -> None:
    """The policies that can be used here: your own, and those that come with escalate."""
    read = [_glance_or_refusal(name) for name in policy_names()]
    if as_json:
        print_json("policies", [_listed(written, policy, problems) for written, policy, problems in read])
        return
    columns = [Column("name", 24), Column("partnership"), Column("in force from", 15), Column("review due", 15)]
    screen = Screen.here(plain=plain)
    say_day = date.isoformat if screen.kind == "piped" else screen.day
    screen.table(columns, [_row(written, policy, len(found), say_day) for written, policy, found in read])


def show(
    name: Name,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
    diagram: policy_diagram.Diagram = "",
    out: policy_diagram.Out = None,
) -> None:
    """One policy, to be read aloud: stages, who speaks, times, duties by force and clause, doubts and readings."""
    policy, written = load_policy(name, today())
    if diagram and as_json:
        raise Mistyped("escalate policy show: --diagram draws it, and --json writes it out", remedy="give one of them")
    if diagram or out:
        policy_diagram.show_diagram(policy, diagram, out)
        return
    if as_json:
        print_json("policy", {**_identified(written), **_plain_policy(follow(policy))})
        return
    screen = Screen.here(plain=plain)
    if _say_standing(screen, written, policy):
        screen.gap()
    show_policy(screen, policy)


def check(name: Name, as_json: ShownAsJson = False, plain: ShownPlain = False) -> None:
    """Every problem of a policy file, as file:line: what; then what the source contradicts or leaves open.

    Exits with 7 where there is a problem: none of the file is used then.
    """
    written, policy, problems = _glance(name)
    if as_json:
        print_json("policy check", _checked(written, policy, problems))
    else:
        _show_check(Screen.here(plain=plain), written, policy, problems)
    if problems:
        raise typer.Exit(PolicyRefused.exit_code)


def _glance(name: str) -> tuple[PolicyText, Policy | None, list[Problem]]:
    written = read_policy_text(name, today())
    policy, problems = check_text(written)
    return written, policy, problems


def _glance_or_refusal(name: str) -> tuple[PolicyText, Policy | None, list[Problem]]:
    """Return the same of a file that cannot even be read: one of them keeps nobody from the others."""
    try:
        return _glance(name)
    except EscalateError as refused:
        text = PolicyText(name, "", "", f"{name}.toml", own_policy(name).parent)
        return text, None, [Problem(f"{name}.toml", refused.what, refused.remedy)]


def _show_check(screen: Screen, written: PolicyText, policy: Policy | None, problems: list[Problem]) -> None:
    for problem in problems:
        screen.lines(str(problem).splitlines())
    if problems:
        screen.say(f"{written.where}: {format_count(len(problems), 'problem')}; none of it is used.")
        return
    screen.say(f"{written.where}: no problems.")
    if policy:
        _say_standing(screen, written, policy)
        show_doubts(screen, policy)
        show_gaps(screen, policy)


def _say_standing(screen: Screen, written: PolicyText, policy: Policy) -> bool:
    """Say whose a policy is, and what it makes of the one it extends; return whether there was anything to say."""
    standing = standing_of(written)
    is_own = standing.startswith("your own")
    if is_own:
        screen.say(f"{capital(standing)}.")
    if written.base:
        base, _ = check_text(written.base)
        assert base is not None  # nothing is built on a policy with problems
        show_extends(screen, written.base.name, differences(base, policy), written.opt_outs)
    return is_own or written.base is not None


def _identified(written: PolicyText) -> dict[str, Any]:
    """What a policy is: its name, the digest of its text, whose it is, and what it extends and leaves out."""
    return {
        "name": written.name,
        "digest": written.digest,
        "standing": standing_of(written),
        "extends": written.base.name if written.base else "",
        "opt_out": list(written.opt_outs),
    }


def _checked(written: PolicyText, policy: Policy | None, problems: list[Problem]) -> dict[str, Any]:
    return {
        **_identified(written),
        "file": written.where,
        "problems": to_plain(problems),
        "contradictions": to_plain(policy.contradiction) if policy else [],
        "ambiguities": to_plain(policy.ambiguity) if policy else [],
        "to_fill_in": to_plain(policy.to_fill_in) if policy else [],
    }


def _listed(written: PolicyText, policy: Policy | None, problems: list[Problem]) -> dict[str, Any]:
    return {
        **_identified(written),
        "policy": _plain_policy(policy)["policy"] if policy else None,
        "problems": len(problems),
        "today": [words for _, words in _marks(written.name, policy, date.isoformat)] if policy else [],
    }


def _row(written: PolicyText, policy: Policy | None, problems: int, say_day: Callable[[date], str]) -> list[Cell]:
    if policy is None or problems:
        said = f"not used: {format_count(problems, 'problem')}; see: escalate policy check {written.name}"
        return [(written.name, "strong"), said, "", ""]
    head = policy.policy
    since = say_day(head.in_force_from) if head.in_force_from else "no day given"
    review = say_day(head.review_due) if head.review_due else head.review_as_printed or "none given"
    standing = standing_of(written)
    own = "" if standing == "shipped" else f" ({standing})"
    cells: dict[str, list[Part]] = {
        "partnership": [f"{head.partnership}: {head.title}{own}"],
        "since": [since],
        "review": [review],
    }
    if written.base:
        cells["partnership"].append(f"extends {written.base.name}")
    for cell, words in _marks(written.name, policy, say_day):
        cells[cell].append((words, "strong"))
    return [(written.name, "strong"), *cells.values()]


def _marks(name: str, policy: Policy, say_day: Callable[[date], str]) -> Iterator[tuple[str, str]]:
    """Yield what casts doubt on an edition today, each with the column it belongs to."""
    head = policy.policy
    if newer := newer_edition(name, today(), editions()):
        yield "partnership", f"a newer edition is here: {newer}"
    if head.in_force_from and head.in_force_from > today():
        yield "since", "not yet in force"
    if head.superseded_on and head.superseded_on <= today():
        yield "since", f"superseded on {say_day(head.superseded_on)}"
    if head.review_due and head.review_due < today():
        yield "review", "overdue"


def _plain_policy(policy: Policy) -> dict[str, Any]:
    """The policy with the keys of its file: Python's own words without the underscore they carry here."""
    renamed = _renamed(to_plain(policy))
    assert isinstance(renamed, dict)
    return {key: value for key, value in renamed.items() if key != "name"}


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.rstrip("_"): _renamed(item) for key, item in value.items()}
    return [_renamed(item) for item in value] if isinstance(value, list) else value
