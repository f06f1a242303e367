"""Which item of a policy is meant by a name, and what a file that extends another leaves out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

Path = tuple[str | int, ...]
Fault = tuple[Path, str, str]
"""What is wrong: its path in the file that extends, in words, and what to do."""
Identity = tuple[str, ...]
Left = dict[tuple[str, Identity], dict[str, Any]]
"""What is left out, by table and identity: its `[[opt_out]]`."""

NATURAL: Mapping[str, tuple[str, ...]] = {
    "form": ("form",),
    "role": ("role",),
    "post": ("title", "agency"),
    "ending": ("stage",),
    "report": ("group",),
    "straight_up": ("ground",),
    "route_out": ("kind", "what"),
    "immediate_risk": ("effect",),
    "prompt": ("says",),
}
"""What stands for an id in the tables without one. Of the ways out only "other" is told apart by its words."""
_KEYS = ("because", "clause", "item", "rule", "table")


def identity(table: str, item: Mapping[str, Any]) -> Identity:
    """Return what an item is known by in its table: its id, or what stands for one.

    Example:
        >>> identity("clock", {"id": "stage-1-raise"}), identity("route_out", {"kind": "complaint", "what": "one"})
        (('stage-1-raise',), ('complaint',))
    """
    keys = NATURAL.get(table, ("id",))
    if table == "route_out" and item.get("kind") != "other":
        keys = ("kind",)
    return tuple(str(item.get(key) or "") for key in keys)


def left_out(own: Mapping[str, Any], base: Mapping[str, Any], base_name: str) -> tuple[Left, list[Fault]]:
    """Return what `own` leaves out of `base`, and what is wrong with how it says so.

    What the base itself leaves out already is no fault.
    """
    written = own.get("opt_out", [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        return {}, [(("opt_out",), '"opt_out" is not a list of tables', "write its heading as [[opt_out]]")]
    left: Left = {}
    faults: list[Fault] = []
    for place, one in enumerate(written):
        path = ("opt_out", place)
        if wrong := list(_wrong(one, path)):
            faults += wrong
            continue
        fits = list(dict.fromkeys(_called(base, one["item"], one.get("table", ""))))
        fits = [fit for fit in fits if fit[0] not in NATURAL] or fits
        if len(fits) == 1 and fits[0] not in left:
            left[fits[0]] = one
        elif fits and fits[0] in left:
            faults.append(((*path, "item"), f'"{one["item"]}" is left out already', "write it once"))
        elif fits:
            tables = sorted({table for table, _ in fits})
            what = f'"{one["item"]}" is in several tables of {base_name}: {", ".join(tables)}'
            faults.append(((*path, "item"), what, f'say which, by table = "{tables[0]}"'))
        elif one not in base.get("opt_out", []):
            faults.append(((*path, "item"), f'"{one["item"]}" is not in {base_name}', _near(one["item"], base)))
    return left, faults


def _wrong(one: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    for key in sorted(set(one) - set(_KEYS)):
        yield (*path, key), f'unknown key "{key}"', f"allowed here: {', '.join(_KEYS)}"
    for key, remedy in (
        ("item", "write the id of what is left out"),
        ("because", "write why this partnership leaves it out"),
        ("clause", "write where that is decided; where the source is silent, write that it is ours"),
    ):
        if not isinstance(one.get(key, ""), str):
            yield (*path, key), f'"{key}" is not words', 'write it in double quotes: "like this"'
        elif not str(one.get(key, "")).strip():
            yield path, f'"{key}" is missing', remedy
    if not isinstance(one.get("table", ""), str):
        yield (*path, "table"), '"table" is not words', 'write it in double quotes: "like this"'


def _called(base: Mapping[str, Any], name: str, table: str) -> Iterator[tuple[str, Identity]]:
    for holds, found in _identities(base):
        if table in ("", holds) and name in (found[0], ", ".join(part for part in found if part)):
            yield holds, found


def _identities(base: Mapping[str, Any]) -> Iterator[tuple[str, Identity]]:
    for table, items in base.items():
        if table not in ("policy", "opt_out"):
            for item in items:
                yield table, identity(table, item)


def _near(name: str, base: Mapping[str, Any]) -> str:
    names = sorted({found[0] for _, found in _identities(base)})
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    return f"it has: {', '.join(near)}" if near else "write the id of an item, as the policy's page shows it"
