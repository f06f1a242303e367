"""`escalate remind`: one draft e-mail to each person who owes something. Nothing is sent and nothing recorded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from escalate.casework.draft_folder import DraftFolder
from escalate.casework.reminding import Reminder, reminders
from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownPlain
from escalate.cli.progress import watched
from escalate.cli.quick import MOST_DAYS
from escalate.clock import today as todays_date
from escalate.core.views import PartyRow
from escalate.errors import FormRefused
from escalate.files.places import database, home
from escalate.render.console import NOTICE, Screen
from escalate.render.json_out import print_json
from escalate.render.messages import draft_message
from escalate.render.reminders import (
    Before,
    Drafted,
    Sender,
    draft_email,
    reminder_words,
    show_reminders,
    subject_and_body,
)
from escalate.render.reminders_plain import reminders_as_plain
from escalate.store import readers
from escalate.store.calendar_rows import last_day_within
from escalate.store.choices import refuse_unknown
from escalate.store.due_list import DueQuestion, Part

_SOON = 100
"""So many are done well within a second: no bar is shown for them."""
_UNTIL: frozenset[Part] = frozenset(("overdue", "today", "this week", "later"))


def command(
    agency: Annotated[str, typer.Option("--agency", metavar="TEXT", help="Only to it; part of its name does.")] = "",
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
    agency is, of its cases with one other agency; one that was not told of the disagreement is not. They are written to
    reminders/ beside the record, or with --out. A draft takes the place of the one before, unless somebody edited that.
    """
    if overdue and within is not None:
        raise Mistyped("escalate remind: --overdue and --within ask for different things", remedy="use one of them")
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        until_on = None if within is None else last_day_within(con, today, within)
        if agency:
            refuse_unknown(con, agency=agency)
        asked = DueQuestion(today=today, agency=" ".join(agency.split()), until_on=until_on)
        watch = partial(watched, "Reading cases", least=_SOON)
        found = reminders(con, asked, _parts(overdue=overdue, within=within), watch, with_closed=with_closed)
        setup = readers.setup(con)
        person = readers.known_party(con, setup.person) if setup else None
        ours = readers.known_party(con, setup.agency) if setup else None
    sender = _sender(person, ours.name if ours else "")
    drafted = [_draft(one, sender, asked) for one in watched("Drafting", found.reminders, least=_SOON)]
    before: Before | None = None
    if out or not (text or as_json):
        folder = DraftFolder(home(), out or home() / "reminders")
        writing = watched("Writing drafts", list(zip(drafted, found.reminders, strict=True)), least=_SOON)
        drafted = [_written(one, sender, partial(_put, folder, of.matter), asked, as_text=text) for one, of in writing]
        left = folder.close()
        # What was chosen more narrowly than before says nothing of the others.
        before = Before(folder.edited, () if agency or overdue else left)
    if as_json:
        print_json("reminders", {**reminders_as_plain(today, drafted, found, before), "notice": NOTICE})
        return
    screen = Screen.here(plain=plain)
    looked_for = "overdue" if overdue else f"due within {within} working days" if within else "overdue or due today"
    show_reminders(screen, drafted, found, looked_for, before)
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


def _put(folder: DraftFolder, matter: str, content: bytes, name: tuple[str, str]) -> Path:
    try:
        return folder.put(content, name, matter)
    except OSError as error:
        raise FormRefused(
            f"{folder.folder}: the draft cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
        ) from None


def _written(
    one: Drafted, sender: Sender, put: Callable[[bytes, tuple[str, str]], Path], asked: DueQuestion, *, as_text: bool
) -> Drafted:
    """Return the draft with its file."""
    content = f"Subject: {one.subject}\n\n{one.body}".encode() if as_text else draft_email(one, sender)
    more = f"-and-{len(one.references) - 1}-more" if len(one.references) > 1 else ""
    stem = f"reminder-{asked.today.isoformat()}-{one.references[0]}{more}"
    return replace(one, file=put(content, (stem, ".txt" if as_text else ".eml")))
