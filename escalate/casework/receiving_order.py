"""Whether a form that came in is older than what went out, or came in, of the same form since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.dates import format_form_date
from escalate.core.forms.returned import ReturnedForm
from escalate.errors import FormRefused, NotFound
from escalate.files.docx.identity import stated_by
from escalate.files.docx.opener import open_docx
from escalate.store.received_files import received_content


@dataclass(frozen=True, slots=True)
class Newer:
    """What is newer than a form: `came_in` the entry that received a newer one, 0 for none; `why` in a sentence.

    Where a newer one only went out, what is on this one is still an answer: the three-way difference shows what the
    case says otherwise since.
    """

    why: str = ""
    came_in: int = 0


NOTHING_NEWER = Newer()


def newer_than(
    con: sqlite3.Connection, form: ReturnedForm, case: Case, issue: e.FormIssued | None, child: str
) -> Newer:
    """Return what is newer than a form of a case.

    An issue of this record is known by its entry; one that others made by the day its properties say, or by having come
    in before another did.

    Args:
        issue: the one of this record that it came of.
        child: the one it is about, by opaque id, "" where it is about none or nobody has said yet.
    """
    received = [x for x in case.of(e.FormReceived) if _is_of(cast(e.FormReceived, x.fact), form, child)]
    if issue is None:
        return _newer_of_theirs(con, form, received) if form.issue else NOTHING_NEWER
    issues = [x for x in case.of(e.FormIssued) if _is_of(cast(e.FormIssued, x.fact), form, child)]
    issues = [x for x in issues if cast(e.FormIssued, x.fact).stage == issue.stage or not form.definition.per_stage]
    places = {cast(e.FormIssued, x.fact).issue: x.sequence for x in issues}
    this = places.get(issue.issue, 0)
    came = [x for x in received if places.get(cast(e.FormReceived, x.fact).issue, 0) > this]
    if came:
        return _came_in(came[-1])
    if issues and issues[-1].sequence > this:
        last = issues[-1]
        number = cast(e.FormIssued, last.fact).issue
        return Newer(f"a newer issue of it, {number}, went out on {format_form_date(last.occurred_on)}")
    return NOTHING_NEWER


def _is_of(fact: e.FormIssued | e.FormReceived, form: ReturnedForm, child: str) -> bool:
    return fact.form == form.definition.id and fact.child == child


def _newer_of_theirs(con: sqlite3.Connection, form: ReturnedForm, received: list[e.Event]) -> Newer:
    stated = list(_stated(con, received))
    came_before = [place for place, (_, issue, _) in enumerate(stated) if issue == form.issue]
    after = stated[came_before[-1] + 1 :] if came_before else []
    newer = [event for event, issue, _ in after if issue != form.issue]
    newer += [event for event, _, on in stated if on and form.issued_on and on > form.issued_on]
    return _came_in(max(newer, key=lambda event: event.sequence)) if newer else NOTHING_NEWER


def _stated(con: sqlite3.Connection, received: list[e.Event]) -> Iterator[tuple[e.Event, str, date | None]]:
    """Yield each form with the issue and the day its properties say, but for those whose file is gone."""
    for event in received:
        with suppress(FormRefused, NotFound):
            identity = stated_by(open_docx(received_content(con, event.id, "the entry"), "the entry").parts)
            if identity.issue:
                yield event, identity.issue, identity.issued_on


def _came_in(event: e.Event) -> Newer:
    return Newer(f"a newer one came in, entry {event.sequence}", event.sequence)
