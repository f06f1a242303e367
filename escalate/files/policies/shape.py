"""The shape of a policy file: each table of known keys, each value of its kind; what is not, said with what may be."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from escalate.core import policy as shapes
from escalate.core.checks.found import Found, Path, nearest
from escalate.core.policy import Policy
from escalate.core.policy_checks import check_policy

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Tables = dict[str, Any]

_WORDS = {"from": "from_", "if": "if_"}
_TWO_SIDES = 'write who speaks to whom: ["the practitioner", "the counterpart"]'
_A_TABLE = ("a table", 'write it in curly brackets, { key = "words" }, or under a heading of its own')
_KINDS = {  # what pydantic calls a value of the wrong kind, by how it begins
    "date": ("a date", "write it without quotes, year first: 2026-01-05"),
    "string": ("words", 'write it in double quotes: "like this"'),
    "tuple": ("a list", 'write it in square brackets: ["like this"]'),
    "bool": ("yes or no", "write true or false, without quotes"),
    "dict": _A_TABLE,
    "mapping": _A_TABLE,
    "dataclass": _A_TABLE,
}
_EITHER = ("str", "tuple[str, ...]")  # how pydantic marks the two ways to write a rule
_SHAPES: list[Any] = [shape for shape in vars(shapes).values() if dataclasses.is_dataclass(shape)]
_STAND_IN = {
    "partnership": "-",
    "title": "-",
    "edition": "-",
    "prefix": "P",
    "nation": "England",
    "source": {"document": "-"},
    "clause": "-",
}


def shaped(tables: Tables) -> tuple[Policy | None, list[Found]]:
    """Return the policy that the tables of a TOML text hold, or None and everything wrong with their shape."""
    from pydantic import ValidationError

    try:
        return policy_door().validate_python(_renamed(_without_opt_outs(tables))), []
    except ValidationError as refused:
        return None, [_explained(error) for error in refused.errors(include_url=False, include_input=True)]


def wrong_with_the_rest(tables: Tables, paths: Iterable[Path]) -> list[Found]:
    """Return what is wrong with those items that have their shape, as far as it does not depend on the others.

    Args:
        paths: where the shape is not as it must be.
    """
    left, places = _without(tables, paths)
    policy, _ = shaped(left)
    found = check_policy(policy, is_whole=False) if policy else []
    return [
        (_placed(path, places), what, remedy)
        for path, what, remedy in found
        if left.get("policy") is not _STAND_IN or path[:1] != ("policy",)
    ]


def _without(tables: Tables, paths: Iterable[Path]) -> tuple[Tables, dict[str, list[int]]]:
    """Return the tables without the items at `paths`, and of each table the places of those that are left."""
    left = dict(tables)
    gone: dict[str, set[int]] = {}
    for path in paths:
        table = str(path[0]) if path else ""
        if len(path) > 1 and isinstance(path[1], int) and isinstance(tables.get(table), list):
            gone.setdefault(table, set()).add(path[1])
        else:
            left.pop(table, None)
    places = {table: [n for n in range(len(tables[table])) if n not in lost] for table, lost in gone.items()}
    left |= {table: [tables[table][n] for n in kept] for table, kept in places.items() if table in left}
    left.setdefault("policy", _STAND_IN)
    left.setdefault("stage", [])
    return left, places


def _placed(path: Path, places: dict[str, list[int]]) -> Path:
    if len(path) > 1 and isinstance(path[1], int) and path[0] in places:
        return (path[0], places[str(path[0])][path[1]], *path[2:])
    return path


def _without_opt_outs(tables: Tables) -> Tables:
    """Return the tables of a policy; what a composed one says it leaves out of its base is no part of the policy."""
    header = tables.get("policy")
    is_composed = isinstance(header, dict) and header.get("extends")
    return {key: value for key, value in tables.items() if key != "opt_out"} if is_composed else tables


@cache
def policy_door() -> TypeAdapter[Policy]:
    """Return what turns tables into a policy and refuses every key it does not know."""
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


def _explained(error: Any) -> Found:
    loc = tuple(part for part in error["loc"] if part not in _EITHER)
    path = tuple(part[:-1] if isinstance(part, str) and part.endswith("_") else part for part in loc)
    key = str(path[-1]) if path else ""
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            allowed = sorted(name.rstrip("_") for name in _allowed(loc[:-1]))
            return path, f'unknown key "{key}"', f"{nearest(key, allowed)}allowed here: {', '.join(allowed)}"
        case "missing" | "too_long" if isinstance(loc[-1], int) or error["type"] == "too_long":
            name = next(part for part in reversed(path) if isinstance(part, str))
            return path, f'"{name}" names {"one side" if error["type"] == "missing" else "too many"}', _TWO_SIDES
        case "missing" | "missing_argument":
            return path, f'"{key}" is missing', "write it; where the source is silent, write that it is ours"
        case "literal_error":
            expected = error["ctx"]["expected"].replace("'", '"')
            near = nearest(str(error["input"]), re.findall(r'"([^"]*)"', expected)).strip()
            return path, f'"{error["input"]}" is not one of {expected}', near
        case _ if error["loc"][-1] in _EITHER:
            return path, f'"{key}" is neither words nor a list of words', 'write it as "K1" or as ["K1", "K2"]'
        case "tuple_type" if isinstance(error["input"], dict):
            return path, f'"{key}" is written as one table, and may be several', f"write its heading as [[{key}]]"
        case sort:
            kind = next((kind for start, kind in _KINDS.items() if sort.startswith(start)), ("as it must be", ""))
            return path, f'"{key}" is not {kind[0]}', kind[1]


def _allowed(loc: Sequence[str | int]) -> list[str]:
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
