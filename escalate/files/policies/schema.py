"""The JSON Schema of the policy file, for editors: from the very shapes that files are read into.

A whole policy says everything; one that extends another names only what it changes, so what must be there is demanded
under `else`, and what may be there is told to the editor in both.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from escalate.core import moments, timescale
from escalate.core import policy as shapes
from escalate.core.policy import FORCES
from escalate.files.policies.shape import policy_door

Node = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A policy file of escalate"
DESCRIPTION = (
    "One edition of one partnership's policy for resolving professional disagreements about a child, in TOML. Every"
    " item names its clause in the source. A file whose [policy] names another in extends holds only what it adds,"
    " changes, follows otherwise ([follow]) or leaves out ([[opt_out]])."
)
TIMESCALES = (
    r"^((\d+ to )?\d+ (working|calendar) days?|\d+ hours?|a working week|the same working day|immediately"
    r"|an agreed date|not stated)(, or less if the child needs it)?$"
)
_TIMES, _MOMENTS = ("within",), ("from", "until", "when", "owed_when")
_STAGES_FROM = "StraightUp"  # its `from` names stages, not moments
_SAYS: dict[str, str] = {
    "id": "Its name in this file: small letters, figures and hyphens.",
    "clause": 'Its place in the source; where the source is silent, say so: "4.1 para 2 (ours)".',
    "rule": "The id under which the rule is traced from the source to its test: one, or a list.",
    "who": "Who it falls to, in the policy's own words.",
    "side": "Whose it is: the agency raising the concern, the one receiving it, both, or the partnership.",
    "until": "What shows that it was met: the first of these moments closes it.",
    "from": "What it counts from: the earliest of these moments that is known.",
    "when": "What brings it about: each of these moments that happens.",
    "each": "Whether it is owed once in a case, or once by each agency that received the concern.",
    "stage": "The id of a stage of this file.",
    "extends": "The edition this one is written upon: then only what differs is written here.",
    "between": "Who speaks to whom.",
    **{force: f'The act, where the source says "{force}": exactly one of {", ".join(FORCES)}.' for force in FORCES},
}
_FIELD = re.compile(r"`(\w+)`: (.*?)(?=\s*`\w+`: |\n\s*\n|\Z)", re.DOTALL)
OPT_OUT: Node = {
    "type": "object",
    "description": "An item of the policy extended that this one leaves out, and why.",
    "properties": {
        "item": {"type": "string", "description": "The id of the item left out."},
        "table": {"type": "string", "description": "The table it stands in, where several have that id."},
        "because": {"type": "string", "description": "Why it does not apply here."},
        "clause": {"type": "string", "description": "Where that is decided."},
        "rule": {"$ref": "#/$defs/rule"},
    },
    "required": ["item", "because", "clause"],
    "additionalProperties": False,
}
FOLLOW: Node = {
    "type": "object",
    "description": "The reading to follow of each doubt of the policy extended: doubt id = reading.",
    "additionalProperties": {"type": "string"},
}


def policy_schema() -> Node:
    """Return the JSON Schema (draft 2020-12) of a policy file, whole or extending another, keys as the file has them.

    A date stands in TOML without quotes, and is a string of format "date" here, as editors read it.
    """
    made = policy_door().json_schema()
    definitions = {name: _table(name, node) for name, node in made["$defs"].items()}
    whole = _table("Policy", {key: value for key, value in made.items() if key != "$defs"})
    del whole["properties"]["name"]  # the file's own name, which it does not say itself
    demanded = _demanded(whole, definitions)
    known = {"follow": FOLLOW, "opt_out": {"type": "array", "items": OPT_OUT}}
    in_whole = demanded | {"properties": {"follow": False, **demanded["properties"]}}
    for node in definitions.values():
        node.pop("required", None)
    return {
        "$schema": DIALECT,
        "title": TITLE,
        "description": DESCRIPTION,
        "type": "object",
        "properties": whole["properties"] | known,
        "required": ["policy"],
        "additionalProperties": False,
        "if": {"properties": {"policy": {"required": ["extends"], "properties": {"extends": {"minLength": 1}}}}},
        "then": {"description": "It extends another: only what differs is written."},
        "else": in_whole,
        "$defs": {**definitions, "moment": _moment(), "timescale": _timescale(), "rule": _rule()},
    }


def _table(name: str, node: Node) -> Node:
    """Return one table's schema with the file's own keys, what each says, and nothing that TOML cannot write."""
    told = dict(_told(name))
    properties = {}
    for key, value in node.get("properties", {}).items():
        written = key.rstrip("_")
        said = _items_in(value) if name == "Policy" else told.get(written) or _SAYS.get(written, "")
        described = {"description": said} if said else {}
        properties[written] = _written(name, written, value) | described
    table = {"type": "object", "description": _plain(node.get("description", "")), "properties": properties}
    required = [key.rstrip("_") for key in node.get("required", ())]
    return table | {"required": required, "additionalProperties": False}


def _written(table: str, key: str, node: Node) -> Node:
    if key == "rule":
        return {"$ref": "#/$defs/rule"}
    if key in _TIMES:
        return {"$ref": "#/$defs/timescale"}
    if key == "by_band":
        return {"type": "object", "additionalProperties": {"$ref": "#/$defs/timescale"}}
    if key in _MOMENTS and table != _STAGES_FROM:
        return {"type": "array", "items": {"$ref": "#/$defs/moment"}}
    return _without_nothing(node)


def _without_nothing(node: Node) -> Node:
    """Return a value's schema without null, which TOML has not, empty defaults and titles made of the key."""
    kept = {key: value for key, value in node.items() if key != "title" and not (key == "default" and not value)}
    arms = [arm for arm in kept.get("anyOf", ()) if arm.get("type") != "null"]
    if len(arms) == 1:
        kept = {key: value for key, value in kept.items() if key != "anyOf"} | arms[0]
    return kept


def _told(table: str) -> Iterator[tuple[str, str]]:
    """Yield what the shape's docstring, and those of what it is made from, say of each key; its own last."""
    shape = getattr(shapes, table, None)
    for made_from in reversed(inspect.getmro(shape)) if inspect.isclass(shape) else ():
        if dataclasses.is_dataclass(made_from):
            for found in _FIELD.finditer(inspect.cleandoc(made_from.__doc__ or "")):
                yield found[1].rstrip("_"), _plain(found[2])


def _items_in(node: Node) -> str:
    """Return the first sentence of what a table of items says of itself."""
    shape = getattr(shapes, str(node.get("items", {}).get("$ref", "")).rpartition("/")[2], None)
    return (shape.__doc__ or "").partition("\n")[0] if shape else ""


def _plain(words: str) -> str:
    joined = " ".join(words.split()).replace("_`", "`").rstrip(";")
    return f"{joined[:1].upper()}{joined[1:]}"


def _demanded(node: Node, definitions: Mapping[str, Node]) -> Node:
    """Return what a whole policy must hold, table by table: its required keys, and one force for each act."""
    if "$ref" in node:
        return _demanded(definitions.get(node["$ref"].rpartition("/")[2], {}), definitions)
    found: Node = {"required": node["required"]} if node.get("required") else {}
    properties = {
        key: inner for key, value in node.get("properties", {}).items() if (inner := _demanded(value, definitions))
    }
    if properties:
        found["properties"] = properties
    if set(FORCES) <= set(node.get("properties", ())):
        found["oneOf"] = [{"required": [force]} for force in FORCES]
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict) and (inner := _demanded(node[key], definitions)):
            found[key] = inner
    return found


def _moment() -> Node:
    """Every moment that can be counted from: those of the case by name, those of a stage, clock or duty by pattern."""
    plain = {written: says for written, says in moments.WRITTEN.items() if "[id]" not in written}
    named = {written: says for written, says in moments.WRITTEN.items() if "[id]" in written}
    patterns = [
        {
            "type": "string",
            "pattern": "^" + re.escape(written).replace(r"\[id\]", r"[\w-]+").replace(r"\ ", " ") + "$",
            "description": says,
        }
        for written, says in named.items()
    ]
    return {
        "description": "Something that happens in a case.",
        "anyOf": [
            {"enum": list(plain), "description": "; ".join(f"{key}: {says}" for key, says in plain.items())},
            *patterns,
        ],
        "examples": [*plain, *(written.replace("[id]", "1") for written in named if written.startswith("stage"))],
    }


def _timescale() -> Node:
    return {
        "type": "string",
        "description": f"A time allowed: {', '.join(timescale.WRITTEN)}; each may end with {timescale.OR_LESS!r}.",
        "pattern": TIMESCALES,
        "examples": [written.strip('"') for written in timescale.WRITTEN],
    }


def _rule() -> Node:
    return {
        "description": _SAYS["rule"],
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    }
