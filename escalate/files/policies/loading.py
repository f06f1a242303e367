"""Policy files: TOML read strictly, every problem named at its line, and a wrong file never half used."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from escalate.core.checks.references import forms_can_be_had
from escalate.core.policy import Policy
from escalate.core.policy_checks import check_policy
from escalate.errors import NotFound, PolicyRefused, Problem
from escalate.files.places import find, home, names, shipped
from escalate.files.policies.editions import edition_for
from escalate.files.policies.layers import PolicyText, read_whole
from escalate.files.policies.shape import shaped, wrong_with_the_rest
from escalate.files.toml_lines import index_lines
from escalate.files.toml_problems import not_toml

__all__ = [
    "PolicyText",
    "check_text",
    "load_policy",
    "parse_policy",
    "policy_names",
    "policy_standing",
    "read_policy",
    "read_policy_text",
    "standing_of",
]


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that can be used, sorted: the user's own and the shipped ones."""
    return names("policies", home())


def policy_standing(name: str) -> Literal["shipped", "your own", "your own, in place of the shipped one"]:
    """Return whose copy of a policy is used here."""
    own = (home() / "policies" / f"{name}.toml").is_file()
    is_shipped = (shipped("policies") / f"{name}.toml").is_file()
    return "shipped" if not own else "your own, in place of the shipped one" if is_shipped else "your own"


def standing_of(written: PolicyText) -> str:
    """Return whose copy this one is: one of those that can be used here, or a file elsewhere."""
    is_here = written.folder in (home() / "policies", shipped("policies"))
    return policy_standing(written.name) if is_here else "a file that is not among the policies here"


def read_policy_text(name_or_path: str, today: date | None = None) -> PolicyText:
    """Return the text of a policy, whole, composed with the one it extends.

    Args:
        name_or_path: its name ("exampleshire-2026-01"), the path of a .toml file, or a partnership's name alone
            ("exampleshire"): the edition in force on `today`, else the latest.
        today: needed only where a partnership's name alone stands for several editions.
    Raises:
        NotFound: no such policy, or several.
        PolicyRefused: a file is not UTF-8 text.
    """
    path = find("policies", f"{name_or_path}.toml", home())
    if path is None and name_or_path.endswith(".toml"):
        path = Path(name_or_path)
    if path is None and (edition := edition_for(name_or_path, today)):
        path = find("policies", f"{edition}.toml", home())
    if path is None or not path.is_file():
        known = ", ".join(policy_names()) or "none"
        raise NotFound(f'there is no policy "{name_or_path}"', remedy=f"the policies here are: {known}")
    return read_whole(path, lambda base: check_text(base)[1])


def load_policy(name_or_path: str, today: date | None = None) -> tuple[Policy, PolicyText]:
    """Return a policy and its text, found as `read_policy_text` finds it.

    Raises:
        NotFound: no such policy, or several.
        PolicyRefused: the file has problems; its `problems` are all of them, as `file:line: what`.
    """
    written = read_policy_text(name_or_path, today)
    return _unless_refused(*check_text(written), written.name, written.where), written


def check_text(written: PolicyText) -> tuple[Policy | None, list[Problem]]:
    """Return the policy, where its shape is right, and every problem, each at its line of the file that wrote it."""
    if written.refused:
        return None, list(written.refused)
    if written.composed is None:
        return read_policy(written.text, name=written.name, where=written.where)
    policy, found = _read_here(written.text)
    placed = sorted((*written.place(path), what, remedy) for path, _, what, remedy in found)
    problems = [Problem(f"{where}:{line}", what, remedy) for _, line, where, what, remedy in dict.fromkeys(placed)]
    return policy and dataclasses.replace(policy, name=written.name), problems


def parse_policy(text: str, *, name: str, where: str) -> Policy:
    """Return the policy that a text kept with a case says.

    Only its shape is looked at: it was checked when the case was raised, and a later escalate that asks more of a new
    file, or a form that is gone since, must not keep anybody from an open case.

    Raises:
        PolicyRefused: with every problem of its shape, in file order.
    """
    policy, found = shaped(tomllib.loads(text))
    lines = index_lines(text)
    problems = [Problem(f"{where}:{lines.of(path)}", what, remedy) for path, what, remedy in found]
    return _unless_refused(policy and dataclasses.replace(policy, name=name), problems, name, where)


def _unless_refused(policy: Policy | None, problems: list[Problem], name: str, where: str) -> Policy:
    if policy is None or problems:
        raise PolicyRefused(
            f"{where} is not used: {len(problems)} problem{'s' * (len(problems) != 1)}",
            problems=problems,
            remedy=f"correct the file, then: escalate policy check {name}",
        )
    return policy


def read_policy(text: str, *, name: str, where: str) -> tuple[Policy | None, list[Problem]]:
    """Return the policy, where its shape is right, and every problem of the text in file order."""
    policy, found = _read_here(text)
    if not found:
        return policy and dataclasses.replace(policy, name=name), []
    lines = index_lines(text)
    placed = sorted((lines.of(path) if path or not line else line, what, remedy) for path, line, what, remedy in found)
    problems = [Problem(f"{where}:{line}", what, remedy) for line, what, remedy in dict.fromkeys(placed)]
    return policy and dataclasses.replace(policy, name=name), problems


Found = tuple[tuple[str | int, ...], int, str, str]
"""A problem: its path in the file, or the line where there is no path, what is wrong and what to do."""


def _read_here(text: str) -> tuple[Policy | None, tuple[Found, ...]]:
    """Read a text, and look for its forms among those there are here: the shipped ones and the person's own."""
    policy, found = _read(text)
    forms = forms_can_be_had(policy, names("templates", home())) if policy else ()
    return policy, (*found, *((path, 0, what, remedy) for path, what, remedy in forms))


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[Policy | None, tuple[Found, ...]]:
    """Read a text once, however often it is asked for: an interview asks by its policy at every step."""
    try:
        return _checked(tomllib.loads(text))
    except RecursionError:
        return None, (
            ((), 1, "too many brackets or names stand inside one another", "no rule of a policy needs more than four"),
        )
    except ValueError as problem:
        if not isinstance(problem, tomllib.TOMLDecodeError):
            return None, (((), 1, "a number in it has thousands of digits", "no rule of a policy needs such a number"),)
        twice = index_lines(text).twice
        if str(problem).startswith("Cannot declare"):  # the keys under a heading written twice follow from it
            lines = text.splitlines()
            twice = [one for one in twice if lines[one[2] - 1].lstrip().startswith("[")]
        written_twice: list[Found] = [
            ((), again, f'"{path[-1]}" is written twice', f"it stands at line {first} already")
            for path, first, again in twice
        ]
        if not written_twice:
            return None, (((), *not_toml(problem, text)),)
        return None, (*written_twice, *_wrong_with_what_stands_once(text, [again for _, _, again in twice]))


def _wrong_with_what_stands_once(text: str, again: list[int]) -> tuple[Found, ...]:
    """Return what is wrong beside the keys written twice, as far as it does not depend on which of the two is meant.

    Args:
        again: the lines of the second ones, from 1. Where one is a heading, or goes on over the next line, nothing is.
    """
    lines = text.splitlines()
    if any(lines[line - 1].lstrip().startswith("[") for line in again):
        return ()
    for line in again:
        lines[line - 1] = ""
    try:
        return _checked(tomllib.loads("\n".join(lines)), is_whole=False)[1]
    except tomllib.TOMLDecodeError:
        return ()


def _checked(tables: dict[str, Any], *, is_whole: bool = True) -> tuple[Policy | None, tuple[Found, ...]]:
    policy, problems = shaped(tables)
    if policy is None:
        problems += wrong_with_the_rest(tables, [path for path, _, _ in problems])
    else:
        problems = check_policy(policy, is_whole=is_whole)
    return policy, tuple((path, 0, what, remedy) for path, what, remedy in problems)
