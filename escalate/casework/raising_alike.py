"""Whether a case like the one being raised is open already: said beside it, and never a refusal."""

from __future__ import annotations

from escalate.casework.desk import Desk
from escalate.casework.projection import subject_of
from escalate.core.case import Case, read_case
from escalate.core.text import folded
from escalate.store.readers import chronology, rows

_OPEN = """
    SELECT stream FROM case_view WHERE state IN ('open', 'to check') AND subject = ? AND our_side = ? AND reference <> ?
    ORDER BY opened_on DESC, reference DESC
"""


def open_already(desk: Desk, case: Case) -> str:
    """Return the reference of an open case about the same child, agency, decision and day; "" where there is none.

    Children are the same by their initials, and a case about a theme by its theme. The latest is returned.

    Args:
        case: as it is recorded, or rehearsed.
    """
    with desk.reading() as con:
        for row in rows(con, _OPEN, (subject_of(case), case.raised.our_side, case.reference)):
            other = read_case(chronology(con, str(row["stream"])))
            if other.raised.decision_received_on == case.raised.decision_received_on and _is_alike(case, other):
                return other.reference
    return ""


def _is_alike(one: Case, other: Case) -> bool:
    return _plain(one.raised.decision) == _plain(other.raised.decision) and bool(_agencies(one) & _agencies(other))


def _agencies(case: Case) -> set[str]:
    theirs = case.raised.receiving_agencies
    sides = theirs if case.raised.our_side == "raising" else (case.raised.raising_agency,)
    return {_plain(case.parties[one].name) for one in sides if one in case.parties}


def _plain(words: str) -> str:
    return folded(words).rstrip(".")
