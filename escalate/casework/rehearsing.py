"""Trying what a verb would record: the same use case on the same record, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting import blanks_of, unfillable, wanted_forms
from escalate.casework.exporting_answers import case_answers
from escalate.core.forms.ahead import FormAhead
from escalate.core.forms.due import FormDue, forms_due
from escalate.core.forms.updates import short_label
from escalate.core.policy import follow
from escalate.errors import EscalateError
from escalate.store.rehearsal import Rehearsal


@contextmanager
def rehearsing(desk: Desk) -> Iterator[Desk]:
    """Give a desk at which a use case returns what it would record: `with rehearsing(desk) as trial: …`

    Each of its transactions is undone as it ends, so that no reference number is used up and no draft is touched. A
    use case refuses there what it would refuse in earnest.
    """
    trial = copy(desk)
    trial.ledger = Rehearsal(desk.ledger)
    yield trial


def forms_ahead(desk: Desk, opened: OpenCase) -> tuple[FormAhead, ...]:
    """Return the forms that a case as it stands owes, then those it is offered, with what would be blank in each.

    Args:
        opened: a case, recorded or rehearsed.
    """
    dues = forms_due(opened.case, follow(opened.policy))
    owed = [due for due in dues if due.standing == "owed"]
    offered = [due for due in dues if due.standing == "offered"]
    return tuple(_ahead(desk, opened, due) for due in (*owed, *offered))


def _ahead(desk: Desk, opened: OpenCase, due: FormDue) -> FormAhead:
    use, is_owed = due.use, due.standing == "owed"
    if use.form in {one.form for one in unfillable(opened, desk.home)}:
        return FormAhead(use.title, is_owed, elsewhere=use.obtained_from or "the partnership")
    blank: dict[str, None] = {}
    try:
        for wanted in wanted_forms(opened.case.stream, opened, use.form, desk.home, due.issued_for):
            answers = case_answers(desk, opened, wanted.definition, wanted.child, wanted.stage)
            for field in blanks_of(opened, wanted, answers):
                blank.setdefault(short_label(field, opened.policy))
    except EscalateError as problem:
        # A form file with problems stands in the way of that form, and of nothing that is to be recorded.
        return FormAhead(use.title, is_owed, elsewhere=problem.what)
    return FormAhead(use.title, is_owed, tuple(blank))
