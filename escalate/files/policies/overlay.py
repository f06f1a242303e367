"""A policy written upon another: what it adds, changes and leaves out is put into the base, item by item.

Pure: tables as `tomllib` gives them go in, whole tables come out, with the place in its file of everything in them. An
item with the id of one in the base changes the keys it names and keeps the rest; a new id adds; `[[opt_out]]` leaves
one out; `[follow]` names the reading to follow of a doubt. Which item is meant is said by its id, or by what stands
for one (`NATURAL`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from escalate.core.policy import FORCES, IMMEDIATE_RISK
from escalate.files.policies.opt_outs import Fault, Left, identity, left_out

Path = tuple[str | int, ...]
Tables = dict[str, Any]
Origins = dict[Path, tuple[Path, bool]]

_TELLS_APART = {"role": ("agency", "stage"), "report": ("cadence", "stages"), "straight_up": ("to", "from")}
_OF_THE_EDITION = ("in_force_from", "in_force_as_printed", "superseded_on", "review_due", "review_as_printed")
_ONE_OF: tuple[tuple[str, ...], ...] = (FORCES, ("within", "by_band", "by", "before"))
"""Keys of which an item has one: naming another of them takes the base's away."""
_MERGED = ("readings", "by_band")
_DOUBTS = ("contradiction", "ambiguity")
_NOT_OF_THE_SOURCE = ("contact", "to_fill_in", *_DOUBTS)
CHANGED = "(as the partnership has changed it)"
"""Stands behind a clause of the base where its item is changed and no other clause is named: the source says less."""
_NO_ITEMS = ("policy", "opt_out", "follow")


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole policy made of a base and what extends it.

    Args:
        tables: as its file would say it, with an `opt_out` for each item left out.
        origins: path in `tables` to the path in the file it comes from, and whether that is the file that extends;
            what is not listed lies within the nearest path that is.
        faults: what keeps it from being put together, by path in the file that extends.
    """

    tables: Tables
    origins: Mapping[Path, tuple[Path, bool]]
    faults: tuple[Fault, ...]

    def origin(self, path: Path) -> tuple[Path, bool]:
        """Return where something of the whole is written: its path there, and whether in the file that extends."""
        for length in range(len(path), 0, -1):
            if found := self.origins.get(path[:length]):
                return (*found[0], *path[length:]), found[1]
        return path, True


@dataclass(slots=True)
class _Row:
    """An item of the whole: what the base says of it and where, what the file that extends says of it and where."""

    item: Tables
    was: Tables | None = None
    base: Path = ()
    own: Path = ()


def compose(own: Tables, base: Tables, base_name: str) -> Composed:
    """Return the policy that `own` makes of `base`.

    Dates of an edition (in force, superseded, review) are inherited with the edition, and never by another edition.

    Args:
        own: the file that extends, with `[policy] extends`.
        base: a whole policy without problems, itself composed where it extends another.
    """
    return _Composing(own, base, base_name).whole()


def _drop_doubts_about_nothing(rows: dict[str, list[_Row]], left: Left) -> None:
    """Leave out of the base's doubts what this file leaves out, and those that were about nothing else."""
    gone = {name[0] for table, name in left if table in ("stage", "clock", "duty", "form")}
    for table in _DOUBTS:
        for row in list(rows.get(table, ())):
            about = row.item.get("about", "")
            items = [about] if isinstance(about, str) else list(about)
            if row.own or not gone & set(items):
                continue
            if kept := [one for one in items if one not in gone]:
                row.item = {**row.item, "about": kept}
            else:
                rows[table].remove(row)


@dataclass
class _Composing:
    own: Tables
    base: Tables
    base_name: str
    faults: list[Fault] = field(default_factory=list)
    origins: Origins = field(default_factory=dict)

    def whole(self) -> Composed:
        tables: Tables = {"policy": self._header()}
        left, faults = left_out(self.own, self.base, self.base_name)
        self.faults += faults
        rows: dict[str, list[_Row]] = {}
        for table in dict.fromkeys((*self.base, *self.own)):
            if table in _NO_ITEMS:
                continue
            if not _is_list_of_tables(self.own.get(table, [])):
                # Whoever reads the whole says what is wrong with it, at its own line.
                tables[table] = self.own[table]
                self.origins[(table,)] = (table,), True
            else:
                rows[table] = self._merged(table, left)
        _drop_doubts_about_nothing(rows, left)
        self._follow(rows)
        for table, found in rows.items():
            if found:
                tables[table] = [row.item for row in found]
                self._note(table, found)
        if kept := self._opt_outs(rows, left):
            tables["opt_out"] = kept
        self._find_what_changes_nothing(rows)
        return Composed(tables, self.origins, tuple(self.faults))

    def _header(self) -> Tables:
        own = self.own["policy"]
        header = inherited(own, self.base["policy"])
        self.origins |= {("policy", key): (("policy", key), key in own) for key in header}
        return header

    def _merged(self, table: str, left: Left) -> list[_Row]:
        items = enumerate(self.base.get(table, ()))
        rows = [_Row(item, item, (table, n)) for n, item in items if (table, identity(table, item)) not in left]
        for place, item in enumerate(self.own.get(table, ())):
            path = (table, place)
            name = identity(table, item)
            found = self._meant(table, item, rows)
            if (table, name) in left:
                self._fault(
                    path, f'{table} "{name[0]}" is changed in this file, and left out of it', "write one of both"
                )
            elif len(found) > 1:
                what = f'{self.base_name} has {len(found)} of {table} for "{name[0]}"'
                keys = " or ".join(_TELLS_APART.get(table, ())) or "all of it"
                self._fault(path, what, f"write what tells them apart, as it stands there: {keys}")
            elif not found:
                self._add(table, rows, item, path)
            elif found[0].own:
                self._fault(path, f'{table} "{name[0]}" is written more than once', "write it once")
            else:
                self._change(table, found[0], item, path)
        return rows

    def _meant(self, table: str, item: Tables, rows: list[_Row]) -> list[_Row]:
        """Return the items of the base that this one changes: none, one, or several that it does not tell apart."""
        name = identity(table, item)
        found = [row for row in rows if name[0] and row.was is not None and identity(table, row.was) == name]
        if len(found) > 1:
            found = [row for row in found if row.was == item] or found
        for key in _TELLS_APART.get(table, ()) if len(found) > 1 else ():
            if key in item:
                found = [row for row in found if row.was and row.was.get(key) == item[key]]
        return found

    def _change(self, table: str, row: _Row, item: Tables, path: Path) -> None:
        was = row.was or {}
        gone = {key for keys in _ONE_OF if set(keys) & set(item) for key in set(keys) - set(item)}
        row.item = {key: value for key, value in was.items() if key not in gone}
        for key, value in item.items():
            row.item[key] = _deeper(was[key], value) if key in _MERGED and key in was else value
        row.own = path
        if table == "stage" and "after" in item:
            what = f'stage "{item["id"]}" is in {self.base_name} already'
            self._fault((*path, "after"), what, "only a new stage says after which it comes")
        if table not in _NOT_OF_THE_SOURCE and "clause" not in item and _says_otherwise(item, was):
            row.item["clause"] = f"{was['clause']} {CHANGED}"
        if table in _DOUBTS and item.get("followed", was["followed"]) != was["followed"] and "because" not in item:
            row.item["because"] = self._because(was)

    def _add(self, table: str, rows: list[_Row], item: Tables, path: Path) -> None:
        row = _Row(item, own=path)
        place = len(rows)
        if table == "stage" and "after" in item:
            row.item = {key: value for key, value in item.items() if key != "after"}
            ids = [one.item.get("id") for one in rows]
            if item["after"] in ids:
                place = ids.index(item["after"]) + 1
            else:
                said = ", ".join(str(one) for one in ids)
                self._fault((*path, "after"), f'"{item["after"]}" is not a stage to come after', f"there are: {said}")
        rows.insert(place, row)

    def _follow(self, rows: Mapping[str, list[_Row]]) -> None:
        follow = self.own.get("follow", {})
        if not isinstance(follow, dict):
            self._fault(("follow",), '"follow" is not a table', "write its heading as [follow]")
            return
        doubts = {row.item.get("id"): row for table in _DOUBTS for row in rows.get(table, ())}
        for name, wanted in follow.items():
            said = wanted if isinstance(wanted, dict) else {"reading": wanted}
            row = doubts.get(name)
            if row is None:
                what = f'"{name}" is no contradiction or ambiguity of {self.base_name}'
                self._fault(("follow", name), what, f"it has: {', '.join(sorted(map(str, doubts)))}")
            elif not set(said) <= {"reading", "because"} or not all(isinstance(one, str) for one in said.values()):
                remedy = 'write the reading\'s name, or { reading = "its name", because = "why" }'
                self._fault(("follow", name), f'"{name}" does not name a reading', remedy)
            elif row.own and "followed" in self.own[str(row.own[0])][row.own[1]]:
                what = f'"{name}" is followed here, and by its own "followed"'
                self._fault(("follow", name), what, "write one of both")
            elif said.get("reading") not in row.item["readings"]:
                what = f'"{said.get("reading", "")}" is not a reading of "{name}"'
                self._fault(("follow", name), what, f"its readings are: {', '.join(sorted(row.item['readings']))}")
            elif said["reading"] != row.item["followed"] or "because" in said:
                because = said.get("because") or self._because(row.item)
                row.item = {**row.item, "followed": said["reading"], "because": because}

    def _because(self, was: Tables) -> str:
        because = str(was["because"]).rstrip(".")
        return f'this file follows it; {self.base_name} follows "{was["followed"]}", because {because}'

    def _note(self, table: str, rows: list[_Row]) -> None:
        """Keep where each item and each of its keys is written."""
        for place, row in enumerate(rows):
            path: Path = (table, place)
            self.origins[path] = (row.own or row.base, bool(row.own))
            own = self.own[table][row.own[1]] if row.own else {}
            for key, value in row.item.items() if row.own and row.was is not None else ():
                if key not in own:
                    self.origins[(*path, key)] = (*row.base, key), False
                elif key in _MERGED and isinstance(value, dict):
                    of_base = [one for one in value if one not in own[key]]
                    self.origins |= {(*path, key, one): ((*row.base, key, one), False) for one in of_base}

    def _opt_outs(self, rows: Mapping[str, list[_Row]], left: Left) -> list[Tables]:
        """Return every opting out that holds: the base's own too, but for what is written anew here."""
        added = {(table, identity(table, row.item)[0]) for table, found in rows.items() for row in found if row.own}
        names = {name for _, name in added}
        inherited = [one for one in self.base.get("opt_out", ()) if one["item"] not in names]
        own = [one for one in left.values() if one not in inherited]
        return [*inherited, *own]

    def _find_what_changes_nothing(self, rows: Mapping[str, list[_Row]]) -> None:
        """Say which change a followed reading would overrule: without a word, nothing would come of it."""
        for doubt in (row.item for table in _DOUBTS for row in rows.get(table, ())):
            reading = doubt.get("readings", {}).get(doubt.get("followed"), {})
            about = [doubt["about"]] if isinstance(doubt.get("about"), str) else doubt.get("about", [])
            for table, row in ((table, row) for table, found in rows.items() for row in found if row.own and row.was):
                name = IMMEDIATE_RISK if table == "immediate_risk" else identity(table, row.item)[0]
                for key in _overruled(row, reading) if name in about and table not in _DOUBTS else ():
                    what = f'"{key}" of "{name}" is what the reading followed of "{doubt["id"]}" says, not this'
                    remedy = f'change that reading, or leave "{doubt["id"]}" out by an [[opt_out]]'
                    self._fault((*row.own, key), what, remedy)

    def _fault(self, path: Path, what: str, remedy: str) -> None:
        self.faults.append((path, what, remedy))


def inherited(own: Tables, base: Tables) -> Tables:
    """Return the header of a file that extends another: its own keys, and the base's where it has none.

    The dates of an edition are the base's only while the edition is the base's too.
    """
    edition = base.get("edition")
    is_another = own.get("edition", edition) != edition
    return {**{key: value for key, value in base.items() if not (is_another and key in _OF_THE_EDITION)}, **own}


def _is_list_of_tables(value: object) -> bool:
    """Return whether this is what `[[…]]` headings give."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _deeper(was: Any, value: Any) -> Any:
    if not isinstance(was, dict) or not isinstance(value, dict):
        return value
    return {**was, **{key: _deeper(was[key], one) if key in was else one for key, one in value.items()}}


def _says_otherwise(item: Tables, was: Tables) -> bool:
    return any(was.get(key) != value for key, value in item.items() if key != "rule")


def _overruled(row: _Row, reading: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys that the item changes and the reading fills otherwise."""
    was = row.was or {}
    for key, value in row.item.items():
        is_changed = was.get(key) != value and key not in ("says", "clause", "rule")
        if is_changed and (
            reading.get(key, value) != value or (key in FORCES and key not in was and "force" in reading)
        ):
            yield key
