"""Facts as plain values for storing, and back: dates as ISO text, tuples as lists, nothing else changed.

The ledger stores what `to_plain` gives; `from_plain` builds the fact again without pydantic, so that reading
commands stay quick. Writing validates with pydantic at the door (`store`).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, cast, get_args, get_origin

from escalate.core.events import KINDS, Fact


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


@cache
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def _build(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _build(next(arm for arm in get_args(hint) if arm is not type(None)), value)
    if origin is tuple:
        return tuple(_build(get_args(hint)[0], item) for item in value)
    if hint is date:
        return date.fromisoformat(value)
    if dataclasses.is_dataclass(hint):
        hints = _hints(cast(type, hint))
        # Most fields are text, and a log of ten thousand cases reads a million of them.
        built = {
            name: item if hints[name] is str else _build(hints[name], item)
            for name, item in value.items()
            if name in hints
        }
        return cast(Any, hint)(**built)
    return value


def fact_from_plain(kind: str, body: Mapping[str, Any]) -> Fact:
    """Return the fact of this kind that `to_plain` made `body` from.

    Raises:
        KeyError: no such kind in this version of escalate.
        TypeError, ValueError: the body is not of that kind's shape.
    """
    return cast(Fact, _build(KINDS[kind], body))
