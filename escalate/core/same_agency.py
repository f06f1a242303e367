"""Which agency of a case somebody works for: another installation may know the same one under another id."""

from __future__ import annotations

from escalate.core.case import Case
from escalate.core.folded_text import are_alike
from escalate.core.restating import REMOVED


def agency_in_case(case: Case, agency: str) -> str:
    """Return the id under which an agency raised the case or was challenged in it: by its own id, else by its name.

    An agency that did neither is returned as it came, and so is one whose name was removed.
    """
    raised = case.raised
    sides = (raised.raising_agency, *raised.receiving_agencies)
    if not agency or agency in sides:
        return agency
    name = _name(case, agency)
    return next((one for one in sides if name and are_alike(name, _name(case, one))), agency)


def _name(case: Case, agency: str) -> str:
    known = case.parties.get(agency)
    return known.name if known and REMOVED not in known.name else ""
