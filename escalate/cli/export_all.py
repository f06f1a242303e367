"""`escalate export --all` without a case: what every case owes, with one summary; a case that cannot stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from escalate.casework import exporting
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting_all import cases_that_may_owe
from escalate.cli.export_forms import Ready, asked_for, issue_each, page_of, ready_forms, with_pdfs
from escalate.cli.progress import progress
from escalate.core.logged import is_logged
from escalate.errors import EscalateError, FormRefused, Interrupted, LedgerRefused, Problem
from escalate.render.console import NOTICE, Screen
from escalate.render.issued_page import IssuedPage, issued_data, say_issued
from escalate.render.json_out import print_json


@dataclass(frozen=True, slots=True)
class Lot:
    """What one case owes, made ready."""

    opened: OpenCase
    ready: tuple[Ready, ...]


def export_everywhere(desk: Desk, folder: Path, screen: Screen, *, strict: bool, pdf: bool, as_json: bool) -> None:
    """Issue every form that is owed in any case of this record, and say which were not, and why.

    Raises:
        FormRefused: the forms of some case were not issued; all others were.
    """
    lots, refused, elsewhere = _made_ready(desk, strict=strict)
    pages, late = _issued(desk, lots, folder)
    refused += late
    problem: EscalateError | None = None
    if pdf and pages:
        pages, problem = with_pdfs(pages)
    if as_json:
        print_json("issued", [issued_data(page) for page in pages])
    else:
        _say(screen, pages, elsewhere)
    if refused:
        raise FormRefused(
            f"the forms of {_counted(len(refused), 'case')} were not issued",
            problems=refused,
            remedy="the forms of one case: escalate export REF",
            recorded=f"{_counted(len(pages), 'form')} issued and recorded." if pages else "",
        )
    if problem:
        raise problem


def _made_ready(desk: Desk, *, strict: bool) -> tuple[list[Lot], list[Problem], list[str]]:
    """Return what each case owes, which cases cannot be issued and why, and what only the partnership has."""
    lots: list[Lot] = []
    refused: list[Problem] = []
    elsewhere: list[str] = []
    for reference in cases_that_may_owe(desk):
        try:
            stream, opened = desk.find(reference)
            if is_logged(opened.case):
                continue
            cannot = {use.form for use in exporting.unfillable(opened, desk.home)}
            owed = [due for due in asked_for(opened) if due.standing == "owed"]
            elsewhere += [f"{reference}: {due.use.title}, to {due.use.to}" for due in owed if due.use.form in cannot]
            names = {due.use.form: due.issued_for for due in owed if due.use.form not in cannot}
            if names:
                lots.append(Lot(opened, ready_forms(desk, stream, opened, names, strict=strict)))
        except (LedgerRefused, Interrupted):
            raise
        except EscalateError as error:
            refused.append(_problem(reference, error))
    return lots, refused, elsewhere


def _issued(desk: Desk, lots: Sequence[Lot], folder: Path) -> tuple[list[IssuedPage], list[Problem]]:
    pages: list[IssuedPage] = []
    refused: list[Problem] = []
    with progress("Issuing forms", sum(len(lot.ready) for lot in lots), least=2) as tick:
        for lot in lots:
            try:
                for issued in issue_each(desk, lot.ready, folder):
                    pages.append(page_of(lot.opened, issued))
                    tick()
            except LedgerRefused as error:
                error.recorded = f"{_counted(len(pages), 'form')} issued and recorded before that."
                raise
            except KeyboardInterrupt:
                raise Interrupted(
                    "left before all forms were issued",
                    remedy="for the others: escalate export --all",
                    recorded=f"{_counted(len(pages), 'form')} issued and recorded.",
                ) from None
            except EscalateError as error:
                refused.append(_problem(lot.opened.case.reference, error))
    return pages, refused


def _problem(reference: str, error: EscalateError) -> Problem:
    said = error.what.removeprefix(f"case {reference}: ")
    fields = "; ".join(f"{one.where} {one.what}".strip() for one in error.problems)
    return Problem(reference, f"{said}: {fields}" if fields else said)


def _say(screen: Screen, pages: Sequence[IssuedPage], elsewhere: Sequence[str]) -> None:
    cases = len({page.reference for page in pages})
    if pages:
        screen.say(f"{_counted(len(pages), 'form')} issued in {_counted(cases, 'case')}.")
    else:
        screen.say("No form was issued: none is owed that can be filled here.")
    for reference in dict.fromkeys(page.reference for page in pages):
        screen.heading(reference)
        for page in (page for page in pages if page.reference == reference):
            say_issued(screen, page)
    if elsewhere:
        screen.heading("Owed, and not filled here")
        for line in elsewhere:
            screen.say(line, indent=2, hang=2)
    screen.gap()
    screen.say((NOTICE, "strong"))
    screen.say("Next: escalate do REF   (once you have sent a form: to whom, how, when), or escalate due")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
