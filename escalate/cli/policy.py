"""`escalate policy`: list, show or check the partnerships' policies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from escalate.core.plain import to_plain
from escalate.core.policy import Policy, follow
from escalate.errors import PolicyRefused, Problem
from escalate.files.policy_files import (
    PolicyText,
    load_policy,
    policy_names,
    policy_standing,
    read_policy,
    read_policy_text,
)
from escalate.render.console import Cell, Column, Screen
from escalate.render.days import format_count, format_short_day
from escalate.render.json_out import print_json
from escalate.render.policy_lists import show_gaps
from escalate.render.policy_page import show_doubts, show_policy

app = typer.Typer(help="List, show or check the partnerships' policies.")

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="As sentences, without columns or colour.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A policy's name, as policy list shows it, or a .toml file.")]


@app.command("list")
def list_policies(as_json: AsJson = False, plain: Plain = False) -> None:
    """The policies that can be used here: your own, and those that come with escalate."""
    read = [_glance(name) for name in policy_names()]
    if as_json:
        print_json("policies", [_listed(written, policy, problems) for written, policy, problems in read])
        return
    columns = [Column("name", 24), Column("partnership"), Column("in force from", 15), Column("review due", 15)]
    screen = Screen.here(plain=plain)
    say_day = date.isoformat if screen.kind == "piped" else format_short_day
    screen.table(columns, [_row(written, policy, len(found), say_day) for written, policy, found in read])


@app.command("show")
def show(name: Name, as_json: AsJson = False, plain: Plain = False) -> None:
    """One policy, to be read aloud: stages, who speaks, times, duties by force and clause, doubts and readings."""
    policy, written = load_policy(name)
    if as_json:
        print_json("policy", {"name": written.name, "digest": written.digest, **_plain_policy(follow(policy))})
        return
    show_policy(Screen.here(plain=plain), policy)


@app.command("check")
def check(name: Name, as_json: AsJson = False, plain: Plain = False) -> None:
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
    written = read_policy_text(name)
    policy, problems = read_policy(written.text, name=written.name, where=written.where)
    return written, policy, problems


def _show_check(screen: Screen, written: PolicyText, policy: Policy | None, problems: list[Problem]) -> None:
    for problem in problems:
        screen.lines(str(problem).splitlines())
    if problems:
        screen.say(f"{written.where}: {format_count(len(problems), 'problem')}; none of it is used.")
        return
    screen.say(f"{written.where}: no problems.")
    if policy:
        show_doubts(screen, policy)
        show_gaps(screen, policy)


def _checked(written: PolicyText, policy: Policy | None, problems: list[Problem]) -> dict[str, Any]:
    return {
        "name": written.name,
        "file": written.where,
        "digest": written.digest,
        "problems": to_plain(problems),
        "contradictions": to_plain(policy.contradiction) if policy else [],
        "ambiguities": to_plain(policy.ambiguity) if policy else [],
        "to_fill_in": to_plain(policy.to_fill_in) if policy else [],
    }


def _listed(written: PolicyText, policy: Policy | None, problems: list[Problem]) -> dict[str, Any]:
    return {
        "name": written.name,
        "digest": written.digest,
        "standing": policy_standing(written.name),
        "policy": _plain_policy(policy)["policy"] if policy else None,
        "problems": len(problems),
    }


def _row(written: PolicyText, policy: Policy | None, problems: int, say_day: Callable[[date], str]) -> list[Cell]:
    if policy is None or problems:
        said = f"not used: {format_count(problems, 'problem')}; see: escalate policy check {written.name}"
        return [(written.name, "strong"), said, "", ""]
    head = policy.policy
    since = say_day(head.in_force_from) if head.in_force_from else "undated"
    review = say_day(head.review_due) if head.review_due else "none given"
    standing = policy_standing(written.name)
    own = "" if standing == "shipped" else f" ({standing})"
    return [(written.name, "strong"), f"{head.partnership}: {head.title}{own}", since, review]


def _plain_policy(policy: Policy) -> dict[str, Any]:
    """The policy with the keys of its file: Python's own words without the underscore they carry here."""
    renamed = _renamed(to_plain(policy))
    assert isinstance(renamed, dict)
    return {key: value for key, value in renamed.items() if key != "name"}


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.rstrip("_"): _renamed(item) for key, item in value.items()}
    return [_renamed(item) for item in value] if isinstance(value, list) else value
