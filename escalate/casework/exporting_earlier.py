"""Earlier escalations of the same child or theme in this record, for a form that asks whether an issue is recurring.

Of another case nothing is told but its reference.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from escalate.casework.desk import Desk
from escalate.core.case import Case
from escalate.core.events import PartyNamed
from escalate.core.folded_text import fold
from escalate.core.forms.definition import FormDefinition
from escalate.store import readers
from escalate.store.case_links import one_escalation_with

_KEY = "case.recurring"
_EARLIER = """
    SELECT case_view.reference, party_view.name, party_view.born_on, party_view.reference AS own
    FROM case_view JOIN party_view ON party_view.stream = case_view.stream AND party_view.sort = 'child'
    WHERE case_view.stream <> ? AND case_view.opened_on < ? ORDER BY case_view.reference
"""
_ON_THEME = "SELECT reference, subject FROM case_view WHERE stream <> ? AND opened_on < ? ORDER BY reference"


def asks_for_earlier(definition: FormDefinition) -> bool:
    """Return whether a form has a place for earlier escalations."""
    columns = (column for table in definition.tables for column in table.columns)
    return any(field.fills == _KEY for field in (*definition.fields, *columns))


def earlier_escalations(desk: Desk, case: Case, child: str) -> tuple[str, ...]:
    """Return a line with the references of the earlier cases of the same child or theme, and one of those linked.

    The same child is one of the same reference number, or of the same name and date of birth; earlier are
    those opened on an earlier day.

    Args:
        child: the opaque id of the child the form is for; "" means each child of the case.
    """
    before = (case.stream, case.opening.occurred_on.isoformat())
    with desk.reading() as con:
        linked = [str(row["reference"]) for row in one_escalation_with(con, case.stream)]
        children = [one for one in case.children if child in ("", one.party)]
        rows = readers.rows(con, _EARLIER, before) if children else ()
        same_child = [row["reference"] for row in rows if any(_is(one, row) for one in children)]
        theme = _folded(case.raised.about_theme)
        on_theme = [
            row["reference"]
            for row in (readers.rows(con, _ON_THEME, before) if theme else ())
            if _folded(row["subject"]) == theme
        ]
    told = (
        ("Earlier escalations about the same child", _but_for(same_child, linked)),
        ("Earlier escalations on the same theme", _but_for(on_theme, linked)),
        ("One escalation with", linked),
    )
    return tuple(f"{words}: {', '.join(references)}" for words, references in told if references)


def _is(child: PartyNamed, row: sqlite3.Row) -> bool:
    if child.reference and row["own"]:
        return child.reference.casefold() == str(row["own"]).casefold()
    born_on = child.born_on.isoformat() if child.born_on else ""
    return bool(born_on) and born_on == row["born_on"] and _folded(child.name) == _folded(row["name"])


def _folded(name: str) -> str:
    return fold(name)[0].casefold()


def _but_for(references: Iterable[str], linked: Iterable[str]) -> list[str]:
    others = set(linked)
    return [one for one in dict.fromkeys(references) if one not in others]
