"""Which cases to look through for forms that are owed."""

from __future__ import annotations

from escalate.casework.desk import Desk
from escalate.store import readers

_MAY_OWE = """
    SELECT reference FROM case_view
    WHERE state IN ('open', 'to check')
       OR (state = 'ended' AND stream IN (SELECT stream FROM due_item WHERE is_open))
    ORDER BY reference
"""


def cases_that_may_owe(desk: Desk) -> list[str]:
    """Return the references of the cases that may owe a form: those not over, and those over with something open.

    A form can be owed because a case was resolved. Withdrawn cases owe none.
    """
    with desk.reading() as con:
        return [str(row["reference"]) for row in readers.rows(con, _MAY_OWE)]
