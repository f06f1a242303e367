"""Details that the forms of a case ask for: which they are, and what an interview's answers record of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from escalate.casework.desk import OpenCase
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.forms.data_work import details_said
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.details import DetailAsked, details_asked
from escalate.core.forms.due import forms_due
from escalate.core.policy import follow
from escalate.errors import CannotDecide, EscalateError
from escalate.files.forms.loading import form_names, load_form


def details_of(opened: OpenCase, home: Path) -> tuple[DetailAsked, ...]:
    """Return what the forms that are owed, offered or were issued at this stage ask for, each once."""
    known = set(form_names(home))
    dues = forms_due(opened.case, follow(opened.policy))
    names = [due.use.form for due in dues if due.standing != "not asked for" and due.use.form in known]
    return details_asked(_definitions(names, home), opened.case)


def _definitions(names: list[str], home: Path) -> Iterator[FormDefinition]:
    for name in names:
        # A form file with problems stands in the way of that form, and of nothing that is to be recorded.
        with suppress(EscalateError):
            yield load_form(name, home)[0]


def details_answered(case: Case, asked: tuple[DetailAsked, ...], answers: Answers) -> tuple[e.DetailsRecorded, ...]:
    """Return what was answered and not recorded so before: of the case, and of the child that was chosen.

    Raises:
        CannotDecide: nothing new was answered.
    """
    child = _child(case, answers)
    found: dict[str, dict[str, str]] = {}
    for one in asked:
        about = child if one.is_of_child else ""
        day = answers.day(one.question)
        said = day.isoformat() if day else answers.text(one.question)
        if said and said != details_said(case, about).get(one.key, ""):
            found.setdefault(about, {})[one.key] = said
    if not found:
        raise CannotDecide(
            f"case {case.reference}: nothing new was answered of what the forms ask for",
            remedy="answer at least one: " + ", ".join(f'"{one.question}"' for one in asked),
            recorded="",
        )
    return tuple(e.DetailsRecorded(child=about, details=details) for about, details in found.items())


def _child(case: Case, answers: Answers) -> str:
    if answers.is_known("child"):
        return case.children[int(answers.text("child")) - 1].party
    return case.raised.children[0] if len(case.raised.children) == 1 else ""
