"""What forms that came in say of a logged case, as a log tells it: what was done, and how it ended.

Neither agency's entries are in the partnership's record: what it took over from their forms stands in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import Done, in_one_line
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.logged import LOGGED, is_logged
from escalate.core.policy import Policy

Forms = Callable[[str], FormDefinition | None]
"""What gives the definition of a form by its id; None of one that is not known here."""

_DONE = ("discussion.", "action.", "oversight.", "case.progress", "case.history", "case.actions_taken", "stage.request")
_ENDED = ("case.outcome", "case.method", "case.resolved_", "stage.outcome", "stage.resolved", "stage.closed_on")


def done_by_forms(case: Case, policy: Policy, forms: Forms) -> Iterator[Done]:
    """Yield the stage that a logged case had reached, and what each form that came in was the first to say was done."""
    if not is_logged(case):
        return
    for event in case.of(e.StageEntered):
        entered = cast(e.StageEntered, event.fact)
        if entered.ground == LOGGED and not entered.left:
            stage = policy.stage_of(entered.stage)
            words = f"had reached {stage.title if stage else entered.stage}"
            yield Done(event.sequence, event.occurred_on, entered.stage, words)
    for event, said in _said(case, forms, _DONE):
        fact = cast(e.FormReceived, event.fact)
        form = forms(fact.form)
        words = f"{form.title if form else 'a form'} came in"
        yield Done(event.sequence, event.occurred_on, fact.stage, words, said)


def ended_by_forms(case: Case, forms: Forms) -> str:
    """Return how a logged case ended as its forms say, a line each; "" where none says anything of it."""
    return "\n".join(line for _, said in _said(case, forms, _ENDED) for line in said) if is_logged(case) else ""


def _said(case: Case, forms: Forms, wanted: tuple[str, ...]) -> Iterator[tuple[e.Event, tuple[str, ...]]]:
    """Yield each form that came in with what was taken over of these fields and no form before it said."""
    told: set[tuple[str, str]] = set()
    for event in case.of(e.FormReceived):
        fact = cast(e.FormReceived, event.fact)
        form = forms(fact.form)
        fields: tuple[FormField, ...] = tuple(form.fields_in(fact.taken)) if form else ()
        said = {
            one.called: in_one_line(fact.taken[one.id])
            for one in fields
            if one.fills.startswith(wanted) and fact.taken.get(one.id, "").strip()
        }
        new = {called: words for called, words in said.items() if (called, words) not in told}
        told.update(new.items())
        yield event, tuple(f"{called.rstrip(':')}: {words}" for called, words in new.items())
