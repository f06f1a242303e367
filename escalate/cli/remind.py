"""`escalate remind`: one draft e-mail to each person who owes something. Nothing is sent and nothing recorded."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from escalate.casework.reminding import Reminder, reminders
from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownPlain
from escalate.cli.quick import MOST_DAYS
from escalate.clock import today as todays_date
from escalate.core.views import PartyRow
from escalate.errors import FormRefused
from escalate.files.places import database, home
from escalate.render.console import NOTICE, Screen
from escalate.render.json_out import print_json
from escalate.render.messages import draft_message
from escalate.render.reminders import (
    Drafted,
    Sender,
    draft_email,
    drafted_as_plain,
    reminder_words,
    show_reminders,
    subject_and_body,
)
from escalate.store import readers
from escalate.store.calendar_rows import last_day_within
from escalate.store.due_list import DueQuestion, Part
from escalate.store.issued_files import put_unless_there

_UNTIL: frozenset[Part] = frozenset(("overdue", "today", "this week", "later"))


def command(
    agency: Annotated[str, typer.Option("--agency", metavar="TEXT", help="Only to an agency named so.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only of what is overdue; else also due today.")] = False,
    within: Annotated[
        int | None,
        typer.Option("--within", min=0, max=MOST_DAYS, metavar="N", help="Also of what is due within N working days."),
    ] = None,
    with_closed: Annotated[
        bool, typer.Option("--closed", help="Also of cases that ended or were withdrawn; the message says so.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="As plain text on the screen, or in files with --out.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Where the drafts go; reminders/ beside the record.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON; files are written with --out.")] = False,
    plain: ShownPlain = False,
) -> None:
    """Draft one reminder to each person who owes something: what, since when, by which clause, in which case.

    Each is an e-mail (.eml) that a mail program opens as a draft, addressed where an e-mail is recorded. It speaks of
    cases by reference alone. One person is written to once, of those of their own cases; where nobody is named, an
    agency is, of its cases with one other agency. They are written to reminders/ beside the record, or with --out;
    those that are there already are kept.
    """
    if overdue and within is not None:
        raise Mistyped("escalate remind: --overdue and --within ask for different things", remedy="use one of them")
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        until_on = None if within is None else last_day_within(con, today, within)
        asked = DueQuestion(today=today, agency=agency, until_on=until_on)
        found = reminders(con, asked, _parts(overdue=overdue, within=within), with_closed=with_closed)
        setup = readers.setup(con)
        person = readers.known_party(con, setup.person) if setup else None
        ours = readers.known_party(con, setup.agency) if setup else None
    sender = _sender(person, ours.name if ours else "")
    drafted = [_draft(one, sender, asked) for one in found.reminders]
    if out or not (text or as_json):
        folder = out or home() / "reminders"
        drafted = [_written(one, sender, folder, asked, as_text=text) for one in drafted]
    if as_json:
        data = {"today": today, "reminders": [drafted_as_plain(one) for one in drafted], "left_out": found.left_out}
        print_json("reminders", {**data, "notice": NOTICE})
        return
    screen = Screen.here(plain=plain)
    looked_for = "overdue" if overdue else f"due within {within} working days" if within else "overdue or due today"
    show_reminders(screen, drafted, found.left_out, looked_for, with_text=text and not out)
    screen.gap()
    screen.say((NOTICE, "strong"))
    if drafted:
        reference = drafted[0].references[0]
        screen.say(f"Once you have sent one, record it: escalate record {reference}", hang=2)


def _parts(*, overdue: bool, within: int | None) -> frozenset[Part]:
    if overdue:
        return frozenset(("overdue",))
    return _UNTIL if within is not None else frozenset(("overdue", "today"))


def _sender(person: PartyRow | None, agency: str) -> Sender:
    if person is None:
        return Sender(agency=agency)
    signature = ", ".join(part for part in (person.name, person.role) if part)
    return Sender(signature, person.name, agency, person.email)


def _draft(reminder: Reminder, sender: Sender, asked: DueQuestion) -> Drafted:
    words = reminder_words(reminder.to, reminder.items, sender, asked.today)
    subject, body = subject_and_body(draft_message("remind", words, home()))
    items = tuple(one.item for one in reminder.items)
    return Drafted(to=reminder.to, references=reminder.references, items=items, subject=subject, body=body)


def _written(one: Drafted, sender: Sender, folder: Path, asked: DueQuestion, *, as_text: bool) -> Drafted:
    """Return the draft with its file, which is written unless it lies there word for word."""
    content = f"Subject: {one.subject}\n\n{one.body}".encode() if as_text else draft_email(one, sender)
    more = f"-and-{len(one.references) - 1}-more" if len(one.references) > 1 else ""
    stem = f"reminder-{asked.today.isoformat()}-{one.references[0]}{more}"
    name = (stem, ".txt" if as_text else ".eml")
    try:
        return replace(one, file=put_unless_there(content, folder, name, "the draft"))
    except OSError as error:
        raise FormRefused(
            f"{folder}: the draft cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
        ) from None
