"""A policy kept with a case, built from its text again without checking it: reading commands must start at once.

The text was checked when the case was raised under it (`loading.parse_policy`).
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from escalate.core.policy import Policy
from escalate.errors import LedgerRefused

_AS_WRITTEN = {"from_": "from", "if_": "if"}


def policy_kept(text: str, name: str) -> Policy:
    """Return the policy that a text kept with a case says, by this name.

    Raises:
        LedgerRefused: the text is not that of a policy; `verify` says whether it was changed.
    """
    try:
        policy: Policy = _built(Policy, tomllib.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise LedgerRefused(f"the policy kept as {name}: cannot be read", remedy="run `escalate verify`") from None
    return dataclasses.replace(policy, name=name)


@cache
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def _built(hint: Any, value: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        # Either one text, or several; or nothing.
        arms = [arm for arm in inner if arm is not type(None)]
        lists = [arm for arm in arms if typing.get_origin(arm) is tuple]
        return _built(lists[0] if isinstance(value, list) and lists else arms[0], value)
    if origin is tuple:
        return tuple(_built(inner[0], item) for item in value)
    if isinstance(value, dict) and origin is not None and issubclass(origin, Mapping):
        return {key: _built(inner[1], item) for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        names = {field.name: _AS_WRITTEN.get(field.name, field.name) for field in dataclasses.fields(hint)}
        hints = _hints(hint)
        return hint(**{name: _built(hints[name], value[key]) for name, key in names.items() if key in value})
    return value
