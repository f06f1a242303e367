"""Rows of a log that came in: which of them are about another case or another child than the one they came for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.definition import FormDefinition, FormTable
from escalate.core.forms.returned import Difference
from escalate.core.forms.whose_child import letters
from escalate.core.references import initials

_Row = Mapping[str, str]
_PARTS = {"child.name": "name", "child.born_on": "born", "child.reference": "reference"}
_LABELS = {"name": "name", "dob": "born", "date of birth": "born", "unique identifier": "reference"}


def cells_of_others(
    definition: FormDefinition, said: Mapping[str, str], own: Mapping[str, str], references: Collection[str]
) -> frozenset[str]:
    """Return the ids of the cells of every row that names another case, or another child, than its own.

    A row that names neither is its case's own.

    Args:
        said: what the form says, by field id.
        own: what the case itself says in it; where that is no row, the form's own row is the one with its reference,
            or else the first.
        references: every reference that is the case's own, here and where it was raised.
    """
    found: set[str] = set()
    for table in definition.tables:
        if table.rows_of != "children":
            continue
        rows = _rows(definition, table, said)
        known = list(_rows(definition, table, own).values())
        if not known:
            known = [row for row in rows.values() if _is_among(_reference(row), references)] or [*rows.values()][:1]
        ours = {letters(one) for one in (*references, *map(_reference, known)) if one.strip()}
        for number, row in rows.items():
            if _is_anothers(row, known, ours):
                found |= {table.cell(number, column).id for column in table.columns}
    return frozenset(found)


def set_aside(differences: Sequence[Difference], cells: Collection[str]) -> tuple[Difference, ...]:
    """Return the differences with these cells flagged as another's: they are shown, and never taken over."""
    return tuple(
        replace(one, proposed="flag", is_of_another=True) if one.field.id in cells and not one.is_quiet else one
        for one in differences
    )


def _rows(definition: FormDefinition, table: FormTable, said: Mapping[str, str]) -> dict[int, _Row]:
    """Return the rows that say anything, by number: what stands in each, by what fills it."""
    found: dict[int, _Row] = {}
    for number in range(1, definition.rows_in(table, said) + 1):
        row = {one.fills: words for one in table.columns if (words := said.get(table.cell(number, one).id, "").strip())}
        if row:
            found[number] = row
    return found


def _is_anothers(row: _Row, known: Sequence[_Row], ours: Collection[str]) -> bool:
    reference = letters(_reference(row))
    if reference and ours and reference not in ours:
        return True
    child = _child(row)
    return bool(child) and bool(known) and not any(_may_be_one(child, _child(other)) for other in known)


def _may_be_one(child: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two children agree in everything that both are said to be."""
    return all(
        child[part] == other[part]
        or (part == "name" and (child["initials"] == other["name"] or other["initials"] == child["name"]))
        for part in ("name", "born", "reference")
        if child.get(part) and other.get(part)
    )


def _child(row: _Row) -> dict[str, str]:
    """Return what a row says of its child: name, date of birth, own reference, from its cells or lines in one cell."""
    said = {part: row.get(key, "") for key, part in _PARTS.items()}
    for line in row.get("child.details", "").splitlines():
        label, colon, words = line.partition(":")
        part = _LABELS.get(label.strip().casefold(), "") if colon else "name"
        if part and not said[part]:
            said[part] = words if colon else line
    day = parse_form_date(said["born"])
    found = {
        "name": letters(said["name"]),
        "initials": letters(initials(said["name"])) if said["name"].strip() else "",
        "born": day.isoformat() if day else "",
        "reference": letters(said["reference"]),
    }
    return found if any(found.values()) else {}


def _reference(row: _Row) -> str:
    return row.get("case.reference", "")


def _is_among(reference: str, references: Collection[str]) -> bool:
    return letters(reference) in {letters(one) for one in references if one.strip()}
