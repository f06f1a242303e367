"""Policy files: TOML read strictly, every problem named at its line, and a wrong file never half used."""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
import types
import typing
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from escalate.core import policy as shapes
from escalate.core.policy import Policy
from escalate.core.policy_checks import check_policy
from escalate.errors import NotFound, PolicyRefused, Problem
from escalate.files.places import find, home, names, shipped
from escalate.files.toml_lines import index_lines

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_WORDS = {"from": "from_", "if": "if_"}
_TWO_SIDES = 'write who speaks to whom: ["the practitioner", "the counterpart"]'
_KINDS = {  # what pydantic calls a value of the wrong kind, by how it begins
    "date": ("a date", "write it without quotes, year first: 2026-01-05"),
    "string": ("words", 'write it in double quotes: "like this"'),
    "tuple": ("a list", 'write it in square brackets: ["like this"]'),
    "bool": ("yes or no", "write true or false, without quotes"),
    "dict": ("a table", "write it under a heading of its own, in square brackets"),
    "mapping": ("a table", "write it under a heading of its own, in square brackets"),
    "dataclass": ("a table", "write it under a heading of its own, in square brackets"),
}
_EITHER = ("str", "tuple[str, ...]")  # how pydantic marks the two ways to write a rule
_SHAPES: list[Any] = [shape for shape in vars(shapes).values() if dataclasses.is_dataclass(shape)]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy file as written: `name` is the file's stem, `digest` the SHA-256 of its UTF-8 text."""

    name: str
    text: str
    digest: str
    where: str


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that can be used, sorted: the user's own and the shipped ones."""
    return names("policies", home())


def policy_standing(name: str) -> Literal["shipped", "your own", "your own, in place of the shipped one"]:
    """Return whose copy of a policy is used here."""
    own = (home() / "policies" / f"{name}.toml").is_file()
    is_shipped = (shipped("policies") / f"{name}.toml").is_file()
    return "shipped" if not own else "your own, in place of the shipped one" if is_shipped else "your own"


def read_policy_text(name_or_path: str) -> PolicyText:
    """Return the text of a policy by its name ("knowsley-2020-11") or by the path of a .toml file.

    Raises:
        NotFound: no such policy.
        PolicyRefused: the file is not UTF-8 text.
    """
    path = find("policies", f"{name_or_path}.toml", home())
    if path is None and name_or_path.endswith(".toml"):
        path = Path(name_or_path)
    if path is None or not path.is_file():
        known = ", ".join(policy_names()) or "none"
        raise NotFound(f'there is no policy "{name_or_path}"', remedy=f"the policies here are: {known}")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise PolicyRefused(
            f"{path.name}: is not UTF-8 text", remedy="save it as UTF-8 in a plain text editor"
        ) from problem
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return PolicyText(path.stem, text, digest, path.name)


def load_policy(name_or_path: str) -> tuple[Policy, PolicyText]:
    """Return a policy and its text.

    Raises:
        NotFound: no such policy.
        PolicyRefused: the file has problems; its `problems` are all of them, as `file:line: what`.
    """
    written = read_policy_text(name_or_path)
    return parse_policy(written.text, name=written.name, where=written.where), written


def parse_policy(text: str, *, name: str, where: str) -> Policy:
    """Return the policy that a TOML text says.

    Raises:
        PolicyRefused: with every problem found, in file order.
    """
    policy, problems = read_policy(text, name=name, where=where)
    if policy is None or problems:
        raise PolicyRefused(
            f"{where} is not used: {len(problems)} problem{'s' * (len(problems) != 1)}",
            problems=problems,
            remedy=f"correct the file, then: escalate policy check {name}",
        )
    return policy


def read_policy(text: str, *, name: str, where: str) -> tuple[Policy | None, list[Problem]]:
    """Return the policy, where its shape is right, and every problem of the text in file order."""
    policy, found = _read(text)
    if not found:
        return policy and dataclasses.replace(policy, name=name), []
    lines = index_lines(text)
    placed = sorted((lines.of(path) if path or not line else line, what, remedy) for path, line, what, remedy in found)
    problems = [Problem(f"{where}:{line}", what, remedy) for line, what, remedy in dict.fromkeys(placed)]
    return policy and dataclasses.replace(policy, name=name), problems


Found = tuple[tuple[str | int, ...], int, str, str]
"""A problem: its path in the file, or the line where there is no path, what is wrong and what to do."""


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[Policy | None, tuple[Found, ...]]:
    """Read a text once, however often it is asked for: an interview asks by its policy at every step."""
    try:
        return _checked(tomllib.loads(text))
    except RecursionError:
        return None, (
            ((), 1, "too many brackets or names stand inside one another", "no rule of a policy needs more than four"),
        )
    except tomllib.TOMLDecodeError as problem:
        twice = index_lines(text).twice
        written_twice: list[Found] = [
            ((), again, f'"{path[-1]}" is written twice', f"it stands at line {first} already")
            for path, first, again in twice
        ]
        return None, tuple(written_twice) or (_not_toml(problem, last=len(text.splitlines())),)


def _checked(tables: dict[str, Any]) -> tuple[Policy | None, tuple[Found, ...]]:
    policy, problems = _shaped(tables)
    if policy is None:
        return None, tuple((path, 0, what, remedy) for path, what, remedy in problems)
    return policy, tuple((path, 0, what, remedy) for path, what, remedy in check_policy(policy))


def _not_toml(problem: tomllib.TOMLDecodeError, *, last: int) -> Found:
    said, _, place = str(problem).rpartition(" (at ")
    line = place.removeprefix("line ").split(",")[0] if place.startswith("line") else str(last)
    what = (said or str(problem)).replace("Invalid", "not a TOML", 1)
    return (), int(line), f"{what[:1].lower()}{what[1:]}", "check the quotes, brackets and equals signs"


def _shaped(tables: dict[str, Any]) -> tuple[Policy | None, list[tuple[tuple[str | int, ...], str, str]]]:
    from pydantic import ValidationError

    try:
        return _door().validate_python(_renamed(tables)), []
    except ValidationError as refused:
        return None, [_explained(error) for error in refused.errors(include_url=False, include_input=True)]


@cache
def _door() -> TypeAdapter[Policy]:
    from pydantic import TypeAdapter

    for shape in _SHAPES:
        shape.__pydantic_config__ = {"extra": "forbid"}
    return TypeAdapter(Policy)


def _renamed(value: Any) -> Any:
    """Return the tables with the keys that Python keeps for itself under their attribute's name."""
    if isinstance(value, dict):
        return {_WORDS.get(key, key): _renamed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    return value


def _explained(error: Any) -> tuple[tuple[str | int, ...], str, str]:
    loc = tuple(part for part in error["loc"] if part not in _EITHER)
    path = tuple(part[:-1] if isinstance(part, str) and part.endswith("_") else part for part in loc)
    key = str(path[-1]) if path else ""
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            allowed = ", ".join(sorted(name.rstrip("_") for name in _allowed(loc[:-1])))
            return path, f'unknown key "{key}"', f"allowed here: {allowed}"
        case "missing" | "too_long" if isinstance(loc[-1], int) or error["type"] == "too_long":
            name = next(part for part in reversed(path) if isinstance(part, str))
            return path, f'"{name}" names {"one side" if error["type"] == "missing" else "too many"}', _TWO_SIDES
        case "missing" | "missing_argument":
            return path, f'"{key}" is missing', "write it; where the source is silent, write that it is ours"
        case "literal_error":
            expected = error["ctx"]["expected"].replace("'", '"')
            return path, f'"{error["input"]}" is not one of {expected}', ""
        case _ if error["loc"][-1] in _EITHER:
            return path, f'"{key}" is neither words nor a list of words', 'write it as "K1" or as ["K1", "K2"]'
        case "tuple_type" if isinstance(error["input"], dict):
            return path, f'"{key}" is written as one table, and may be several', f"write its heading as [[{key}]]"
        case sort:
            kind = next((kind for start, kind in _KINDS.items() if sort.startswith(start)), ("as it must be", ""))
            return path, f'"{key}" is not {kind[0]}', kind[1]


def _allowed(loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the table at `loc` may hold."""
    shape: Any = Policy
    for part in loc:
        if isinstance(part, int):
            continue
        hint = typing.get_type_hints(shape).get(part) if dataclasses.is_dataclass(shape) else None
        if hint is None:
            continue  # the name of a reading
        shape = _table_shape(hint)
    return [f.name for f in dataclasses.fields(cast(Any, shape)) if f.name != "name" or shape is not Policy]


def _table_shape(hint: Any) -> Any:
    arms = [arm for arm in typing.get_args(hint) if arm is not Ellipsis]
    if typing.get_origin(hint) in (typing.Union, types.UnionType, tuple):
        return next((arm for arm in arms if dataclasses.is_dataclass(arm)), hint)
    return arms[-1] if arms else hint
