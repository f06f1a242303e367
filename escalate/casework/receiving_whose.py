"""Whose a form is that came in: of which case, which issue, about which child, and why somebody may doubt it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from escalate.casework.desk import Desk, OpenCase, open_case
from escalate.casework.logged_cases import logged_of
from escalate.casework.receiving_order import NOTHING_NEWER, Newer, newer_than
from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.returned import ReturnedForm
from escalate.core.forms.whose_child import child_of, letters, what_fits
from escalate.core.logged import is_logged
from escalate.core.references import initials
from escalate.store import readers

IdentifiedBy = Literal["properties", "printed reference", "answered"]


@dataclass(frozen=True, slots=True)
class Whose:
    """The case a form belongs to, as far as can be told without asking.

    `opened` is None where no case of this record fits. `is_sure` says that nobody need be asked: the file's own
    properties name a case and an issue of this record, and nothing in it speaks against them. `doubts` say what does,
    `fits` what else speaks for the case; neither ever quotes the form. `nearest` is the reference of a case whose
    reference the form carries with nothing else to fit. `newer` is what went out or came in of the same form since.
    """

    stream: str = ""
    opened: OpenCase | None = None
    by: IdentifiedBy = "answered"
    issue: e.FormIssued | None = None
    child: str = ""
    is_sure: bool = False
    doubts: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    nearest: str = ""
    newer: Newer = NOTHING_NEWER


def whose(desk: Desk, form: ReturnedForm, reference: str = "") -> Whose:
    """Return whose the form is: by its properties, else by the reference printed on it, else by `reference`.

    A printed reference counts only together with something else that fits: the child's name or initials, a date of
    birth, or both agencies; and never without a person's yes.

    Args:
        reference: of the case that somebody says it belongs to, "" where nobody does.
    Raises:
        NotFound: no case has this reference.
    """
    found = _whose(desk, form, reference)
    if found.opened is None:
        return found
    with desk.reading() as con:
        return replace(found, newer=newer_than(con, form, found.opened.case, found.issue, found.child))


def _whose(desk: Desk, form: ReturnedForm, reference: str) -> Whose:
    if reference:
        stream, opened = desk.find(reference)
        return _answered(form, stream, opened)
    with desk.reading() as con:
        if stream := _stream_stated(con, form):
            return _stated(form, stream, open_case(readers.chronology(con, stream), con))
        if stream := _stream_printed(con, form):
            opened = open_case(readers.chronology(con, stream), con)
            fits, doubts = compared_with(form, opened.case)
            if not fits:
                return Whose(nearest=opened.case.reference, doubts=doubts)
            return Whose(
                stream, opened, "printed reference", None, child_of(form, opened.case), doubts=doubts, fits=fits
            )
    return Whose()


def _answered(form: ReturnedForm, stream: str, opened: OpenCase) -> Whose:
    issue = _issue(form, opened.case)
    fits, doubts = compared_with(form, opened.case)
    return _known(form, Whose(stream, opened, "answered", issue, fits=fits), doubts)


def _stated(form: ReturnedForm, stream: str, opened: OpenCase) -> Whose:
    issue = _issue(form, opened.case)
    fits, doubts = compared_with(form, opened.case, issue)
    found = Whose(stream, opened, "properties", issue, fits=fits)
    is_theirs = is_logged(opened.case) or form.case == opened.case.raised.their_case
    if issue is None and not is_theirs:
        found = replace(found, doubts=("it says that it came of an issue which this record did not make",))
    return _known(form, found, doubts)


def _known(form: ReturnedForm, found: Whose, doubts: tuple[str, ...]) -> Whose:
    """Return whose it is with what speaks against it, in the file itself and (`doubts`) in who is named on it.

    A logged case that the file's properties name may be about one child more than is known: another child on the form
    is then no doubt about its case, since it is asked about which child it is.
    """
    assert found.opened is not None
    case, issue = found.opened.case, found.issue
    child = issue.child if issue else child_of(form, case)
    others = (*_other_case(form, found.stream, found.opened), *found.doubts)
    is_named = form.case != "" and form.case in (found.stream, case.raised.their_case)
    tells_children = is_named and is_logged(case) and issue is None and form.definition.per_child
    if tells_children and case.raised.children:
        shown = (*others, *(() if child else doubts))
        return replace(found, child=child, is_sure=not others, doubts=shown)
    return replace(found, child=child, is_sure=not (others or doubts), doubts=(*others, *doubts))


def _other_case(form: ReturnedForm, stream: str, opened: OpenCase) -> Iterator[str]:
    raised = opened.case.raised
    if form.case and form.case not in (stream, raised.their_case):
        yield "its properties name another case"
    if form.reference and form.reference.upper() not in (raised.reference, raised.their_reference.upper()):
        yield f"the reference printed on it is {form.reference}"


def _stream_stated(con: sqlite3.Connection, form: ReturnedForm) -> str:
    """Return the case that the file's own properties name: one of this record, or one logged from the same origin."""
    if not form.case:
        return ""
    found = readers.rows(con, "SELECT stream FROM case_view WHERE stream = ?", (form.case,))
    return str(found[0]["stream"]) if found else logged_of(con, form.case, "") or ""


def _stream_printed(con: sqlite3.Connection, form: ReturnedForm) -> str:
    if not form.reference:
        return ""
    found = readers.rows(con, "SELECT stream FROM case_view WHERE reference = ?", (form.reference.upper(),))
    return str(found[0]["stream"]) if found else logged_of(con, form.case, form.reference) or ""


def _issue(form: ReturnedForm, case: Case) -> e.FormIssued | None:
    facts = (cast(e.FormIssued, event.fact) for event in case.of(e.FormIssued))
    issues = (fact for fact in facts if form.issue and (fact.issue, fact.form) == (form.issue, form.definition.id))
    return next(issues, None)


def compared_with(
    form: ReturnedForm, case: Case, issue: e.FormIssued | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what on the form fits the case, and what does not: never whose name or which date.

    Args:
        issue: the one it came of: what was sent in it as a child's name is no other child's.
    """
    fits: list[str] = []
    doubts: list[str] = []
    children = [one for one in case.children if not issue or issue.child in ("", one.party)]
    for what, fills in (("child's name", "child.name"), ("date of birth", "child.born_on")):
        said = form.saying(fills)
        if not said:
            continue
        if any(what in what_fits(form, child) for child in children):
            fits.append(f"the {what}")
        elif fills == "child.born_on" and parse_form_date(said) is None:
            continue  # words such as "about seven" are no other child's date
        elif not _was_sent(form, issue, fills, said):
            doubts.append(f"the {what} on it is not the case's")
    if _names_agencies(form, case):
        fits.append("both agencies")
    details = form.saying("child.details")
    if details and any(_stands_in(details, child) for child in children):
        fits.append("the child's details")
    return tuple(fits), tuple(doubts)


def _was_sent(form: ReturnedForm, issue: e.FormIssued | None, fills: str, said: str) -> bool:
    """Whether it came back as it went out: withheld, or since corrected here."""
    asked = [one.id for one in form.definition.fields if one.fills == fills]
    return issue is not None and any(letters(issue.answers.get(one, "")) == letters(said) for one in asked)


def _names_agencies(form: ReturnedForm, case: Case) -> bool:
    keys = ("agency.raising", "agency.receiving", "agency.all")
    said = "\n".join(form.saying(key) for key in keys).casefold()
    raised = case.raised
    receiving = [case.name_of(agency) for agency in raised.receiving_agencies]
    return case.name_of(raised.raising_agency).casefold() in said and any(one.casefold() in said for one in receiving)


def _stands_in(details: str, child: e.PartyNamed) -> bool:
    lines = [letters(line.partition(":")[2]) for line in details.split("\n")]
    days = [parse_form_date(line.partition(":")[2].strip()) for line in details.split("\n")]
    names = {letters(child.name), letters(initials(child.name))} - {""}
    return bool(names & set(lines)) or (child.born_on is not None and child.born_on in days)
