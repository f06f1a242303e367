"""The forms of one case: which are asked for, made ready with a person's decisions, issued, and shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from escalate.casework import exporting
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting import Issued, Wanted
from escalate.casework.exporting_names import NameFound, without_names
from escalate.cli.interviewing import typed_one_of
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.due import FormDue, forms_due, recipients
from escalate.core.forms.issue import Stamp
from escalate.core.forms.updates import in_short, short_label
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


def ready_forms(desk: Desk, stream: str, opened: OpenCase, names: Sequence[str], *, strict: bool) -> tuple[Ready, ...]:
    """Return the forms of these names, one for each child where a form names one, with their answers.

    Raises:
        NotFound: there is no such form.
        CannotDecide: the policy has it for other stages only.
        FormRefused: it has blanks and is to have none, or a name stands in it and there is nobody to ask.
    """
    wanted = [one for name in names for one in exporting.wanted_forms(stream, opened, name, desk.home)]
    _refuse_other_stages(opened, wanted)
    return tuple(Ready(one, _answers(desk, opened, one, strict=strict, is_alone=len(names) == 1)) for one in wanted)


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
    to = []
    for words, contact in recipients(use, policy) if use else ():
        line = exporting.contact_line(policy.contact_of(contact))
        to.append(line or words)
    several = issued.fact.child and len(case.raised.children) > 1
    return IssuedPage(
        reference=case.reference,
        definition=issued.definition,
        fact=issued.fact,
        entry=issued.entry,
        path=issued.path,
        about=initials(case.name_of(issued.fact.child)) if several else "",
        to=to,
        blanks=issued.blanks,
        dropped=issued.dropped,
        replaces=issued.replaces,
        changed=issued.changed,
        labels={one.id: short_label(one, policy) for one in (*issued.blanks, *(one.field for one in issued.changed))},
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


def _answers(desk: Desk, opened: OpenCase, wanted: Wanted, *, strict: bool, is_alone: bool) -> dict[str, str]:
    """Return a form's answers, its blanks allowed and the names in it decided."""
    definition = wanted.definition
    answers = exporting.case_answers(desk, opened, definition, wanted.child)
    blanks = exporting.blanks_of(opened, definition, answers)
    if strict and blanks:
        raise FormRefused(
            f"case {opened.case.reference}: {definition.title} has blanks, and --strict was given",
            problems=[Problem("", f'field "{field.label}" is blank') for field in blanks],
            remedy=f"record what is missing: escalate record {opened.case.reference}",
            recorded="",
        )
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        return without_names(opened, definition, answers, _choose if is_terminal else None)
    except FormRefused as refused:
        if not is_alone:
            refused.remedy += (
                f"\nthe other forms can be issued one by one: escalate export {opened.case.reference} --form …"
            )
        raise


def _choose(found: NameFound) -> str | None:
    """Ask what to do with what identifies a child in a form that may name none."""
    start, stop = max(found.hit.start - 40, 0), found.hit.end + 40
    written = found.text[found.hit.start : found.hit.end]
    names_nobody = found.definition.names == "nobody"
    may = "names no child" if names_nobody else "gives a child's initials and nothing fuller"
    screen = Screen.here(plain=True)
    screen.say(f'"{in_short(found.field)}" holds a recorded {found.identifier.recorded}, and this form {may}:')
    screen.user(f"… {found.text[start:stop]} …")
    # Initials are not offered in place of initials.
    others = [words for words in found.identifier.instead if words.replace(".", "") != written.replace(".", "")]
    offered = {str(number): words for number, words in enumerate(others, 1)}
    for number, words in offered.items():
        screen.say(f'{number}. put "{words}" in its place')
    leave = str(len(offered) + 1)
    screen.say(f"{leave}. leave it: it identifies nobody here")
    return {**offered, leave: None}[typed_one_of(*offered, leave)]
