"""The forms of one case: which are asked for, made ready with a person's decisions, issued, and shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from escalate.casework import exporting
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting import Issued, Wanted
from escalate.casework.exporting_answers import case_answers
from escalate.casework.exporting_found import Draft
from escalate.casework.exporting_names import without_names
from escalate.cli.export_names import choose
from escalate.core.forms.answers import About
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.due import FormDue, forms_due, recipients
from escalate.core.forms.issue import Stamp
from escalate.core.forms.updates import no_longer_said, short_label
from escalate.core.logged import is_logged
from escalate.core.policy import follow
from escalate.core.references import initials
from escalate.errors import CannotDecide, EscalateError, FormRefused, Problem
from escalate.render.console import Screen
from escalate.render.issued_page import IssuedPage


@dataclass(frozen=True, slots=True)
class Ready:
    """One form with its answers as they will stand in it, every name in them decided."""

    wanted: Wanted
    answers: Mapping[str, str]


def asked_for(opened: OpenCase) -> tuple[FormDue, ...]:
    """Return the forms of the case's policy, each with whether it is owed, issued, offered or not asked for."""
    return forms_due(opened.case, follow(opened.policy))


def refuse_logged(opened: OpenCase) -> None:
    """Refuse to issue a form in a case that was logged from the forms that came in.

    Raises:
        CannotDecide: it was.
    """
    if is_logged(opened.case):
        reference = opened.case.reference
        raise CannotDecide(
            f"case {reference} was logged from a form that came in, and its forms are for those who raised it to send",
            remedy=f"for the partnership's own record: escalate export {reference} --record",
            recorded="",
        )


def ready_forms(
    desk: Desk,
    stream: str,
    opened: OpenCase,
    names: Mapping[str, Sequence[str]],
    *,
    strict: bool,
    stage: str = "",
) -> tuple[Ready, ...]:
    """Return the forms of these names, one for each child where a form names one, with their answers.

    Args:
        names: with the children for whom the form was issued already, and is not to be again.
        stage: the one whose record is wanted; "" is the one the case is at.
    Raises:
        NotFound: there is no such form.
        CannotDecide: the policy has it for other stages only, or it is not the record of one stage.
        FormRefused: it has blanks and is to have none, or what it may not say stands in it and there is nobody to ask.
    """
    wanted = [
        one
        for name, issued_for in names.items()
        for one in exporting.wanted_forms(stream, opened, name, desk.home, issued_for)
    ]
    _refuse_other_stages(opened, wanted)
    if stage:
        _refuse_no_record_of(opened, wanted, stage)
        wanted = [replace(one, stage=stage) for one in wanted]
    drafts = [
        Draft(one.definition, _answers(desk, opened, one, strict=strict), _about(opened, one.child)) for one in wanted
    ]
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        decided = without_names(opened, drafts, choose if is_terminal else None)
    except FormRefused as refused:
        if len(names) > 1:
            refused.remedy += (
                f"\nthe other forms can be issued one by one: escalate export {opened.case.reference} --form …"
            )
        raise
    return tuple(Ready(one, answers) for one, answers in zip(wanted, decided, strict=True))


def _about(opened: OpenCase, child: str) -> str:
    """Return how a child is called on the screen where the case has several: by initials."""
    several = child and len(opened.case.raised.children) > 1
    return initials(opened.case.name_of(child)) if several else ""


def issue_each(desk: Desk, ready: Sequence[Ready], folder: Path) -> Iterator[Issued]:
    """Issue forms one after the other, and yield each once it is recorded and its file is there."""
    for one in ready:
        yield exporting.issue_form(desk, one.wanted, one.answers, render_form, folder)


def render_form(
    definition: FormDefinition, template: bytes, answers: Mapping[str, str], stamp: Stamp
) -> exporting.Filled:
    """Return the form filled in Word and read back; what does it is imported only here."""
    from escalate.render.word.filling import fill

    return fill(definition, template, answers, stamp)


def page_of(opened: OpenCase, issued: Issued) -> IssuedPage:
    """Return an issued form as it is shown."""
    case, policy = opened.case, follow(opened.policy)
    use = next((use for use in policy.form if use.form == issued.definition.id), None)
    about = About(child=issued.fact.child, stage=issued.fact.stage if issued.definition.per_stage else "")
    no_longer = no_longer_said(issued.definition, case, about, issued.fact.answers)
    to = []
    for words, contact in recipients(use, policy) if use else ():
        line = exporting.contact_line(policy.contact_of(contact))
        to.append(line or words)
    called = (*issued.blanks, *issued.removed, *(one.field for one in (*issued.changed, *no_longer)))
    return IssuedPage(
        reference=case.reference,
        definition=issued.definition,
        fact=issued.fact,
        entry=issued.entry,
        path=issued.path,
        about=_about(opened, issued.fact.child),
        to=to,
        blanks=issued.blanks,
        dropped=issued.dropped,
        replaces=issued.replaces,
        changed=issued.changed,
        removed=issued.removed,
        no_longer=no_longer,
        labels={one.id: short_label(one, policy) for one in called},
    )


def with_pdfs(pages: Sequence[IssuedPage]) -> tuple[list[IssuedPage], EscalateError | None]:
    """Return the pages with a PDF beside each form, and what went wrong with the first for which there is none."""
    from escalate.files.libreoffice import to_pdf

    found: list[IssuedPage] = []
    problem: EscalateError | None = None
    for page in pages:
        pdf = page.path.with_suffix(".pdf")
        try:
            to_pdf(page.path, pdf)
            found.append(replace(page, pdf=pdf))
        except EscalateError as error:
            problem = problem or error
            found.append(page)
    if problem:
        problem.recorded = f"Issued and recorded, as Word: {', '.join(page.path.name for page in found)}."
    return found, problem


def say_asked_for(screen: Screen, opened: OpenCase, dues: Sequence[FormDue]) -> None:
    """Say of each form how it stands, to whom it goes, and how to issue it."""
    reference = opened.case.reference
    for due in dues:
        command = f"escalate export {reference} --form {due.use.form}"
        if due.standing == "issued":
            screen.say(f"Issued already: {due.use.title}. To issue it anew: {command}")
        if due.standing == "offered":
            screen.say(f"Offered: {due.use.title}, to {due.use.to}. To issue it: {command}")


def _refuse_other_stages(opened: OpenCase, wanted: Sequence[Wanted]) -> None:
    """Refuse a form that the policy has for other stages only, where nothing in the case asks for it either."""
    standings = {due.use.form: due for due in asked_for(opened)}
    for one in wanted:
        due = standings.get(one.definition.id)
        stages = (*due.use.offered_at, *due.use.owed_at) if due and due.standing == "not asked for" else ()
        if stages:
            order = [stage.id for stage in opened.policy.stage if stage.id in stages]
            here, there = opened.policy.say_stage(opened.case.stage), opened.policy.say_stage(*order)
            raise CannotDecide(
                f"case {opened.case.reference}: {one.definition.title} is not for {here}",
                remedy=f"it is for {there}; to go up: escalate advance {opened.case.reference}",
                recorded="",
            )


def _refuse_no_record_of(opened: OpenCase, wanted: Sequence[Wanted], stage: str) -> None:
    """Refuse a form that is no record of one stage, and a stage that the case has not been at."""
    reference, policy = opened.case.reference, opened.policy
    for one in wanted:
        if not one.definition.per_stage:
            raise CannotDecide(
                f"case {reference}: {one.definition.title} is about the whole case and not about one stage",
                remedy=f"leave --stage away: escalate export {reference} --form {one.definition.id}",
                recorded="",
            )
    if opened.case.entered(stage) is None:
        been_at = [one.id for one in policy.stage if opened.case.entered(one.id)]
        raise CannotDecide(
            f'case {reference}: it has not been at {policy.policy.called} "{stage}"',
            remedy=f"it has been at {policy.say_stage(*been_at)}",
            recorded="",
        )


def _answers(desk: Desk, opened: OpenCase, wanted: Wanted, *, strict: bool) -> dict[str, str]:
    """Return what a form says, its blanks allowed."""
    definition = wanted.definition
    answers = case_answers(desk, opened, definition, wanted.child, wanted.stage)
    blanks = exporting.blanks_of(opened, wanted, answers)
    if strict and blanks:
        labels = dict.fromkeys(short_label(field, follow(opened.policy)) for field in blanks)
        raise FormRefused(
            f"case {opened.case.reference}: {definition.title} has blanks, and --strict was given",
            problems=[Problem("", f'field "{label}" is blank') for label in labels],
            remedy=f"record what is missing: escalate record {opened.case.reference}",
            recorded="",
        )
    return answers
