"""Facts as plain values for storing, and back: dates as ISO text, tuples as lists, nothing else changed.

The ledger stores what `to_plain` gives; `from_plain` builds the fact again without pydantic, so that reading
commands stay quick. Writing validates with pydantic at the door (`store`).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

if TYPE_CHECKING:
    from escalate.core.events import Fact


def to_plain(value: object) -> Any:
    """Return `value` in dicts, lists, strings, numbers and booleans only; empty optional fields are kept."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


Make = Callable[[Any], Any]


@cache
def _make(hint: Any) -> Make | None:
    """Return what makes a value of this kind from its plain one; None where it is taken as it is.

    Worked out once a kind: a log of ten thousand cases reads a million fields, and most of them are text.
    """
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        make = _make(next(arm for arm in get_args(hint) if arm is not type(None)))
        return make and (lambda value: None if value is None else make(value))
    if origin is tuple:
        each = _make(get_args(hint)[0])
        return (lambda value: tuple(map(each, value))) if each else tuple
    if hint is date:
        return date.fromisoformat
    if dataclasses.is_dataclass(hint):
        return partial(_made, cast(type, hint))
    return None


@cache
def _fields(shape: type) -> tuple[frozenset[str], tuple[tuple[str, Make], ...]]:
    """Return the names of a shape's fields, and of those that are not taken as they are what makes them."""
    makes = {name: _make(hint) for name, hint in typing.get_type_hints(shape).items()}
    return frozenset(makes), tuple((name, make) for name, make in makes.items() if make)


def _made(shape: type, value: Mapping[str, Any]) -> Any:
    names, makes = _fields(shape)
    built = {name: item for name, item in value.items() if name in names}
    for name, make in makes:
        if name in built:
            built[name] = make(built[name])
    return shape(**built)


def fact_from_plain(kind: str, body: Mapping[str, Any]) -> Fact:
    """Return the fact of this kind that `to_plain` made `body` from.

    Raises:
        KeyError: no such kind in this version of escalate.
        TypeError, ValueError: the body is not of that kind's shape.
    """
    # What only makes values plain, as a report does, knows no facts.
    from escalate.core.events import KINDS

    return cast("Fact", _made(KINDS[kind], body))
