"""Recording who uses this database, and storing the calendar it counts by."""

from __future__ import annotations

from typing import Literal, cast

from escalate import clock
from escalate.casework.calendars import adopt_calendar
from escalate.casework.desk import SETUP, Desk, DraftOf
from escalate.casework.names import Names
from escalate.casework.projection import party_row
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.files.policies.loading import load_policy
from escalate.store import readers
from escalate.store.ledger import Scribe

Asks = Literal["", "plain", "edited"]


def set_up(
    desk: Desk, answers: Answers, account: str, draft: DraftOf | None = None, asks: Asks = ""
) -> e.SetupRecorded:
    """Record who I am and store the nation's calendar if it is not stored yet.

    Args:
        account: the name of the operating system's account: a claim, kept beside the person's own.
        asks: how this person wants to be asked, where the answers do not say it.
    """
    load_policy(answers.text("policy"))  # refused before anything is recorded
    with desk.ledger.writing() as book:
        names = Names(book.reading, (), desk.today)
        fact = _who(names, answers, account, asks)
        scribe = Scribe(fact.person, fact.agency, clock.now().isoformat())
        adopt_calendar(desk, book, (answers.text("nation") or "England"), scribe)
        decided = (*names.decided, Decided(fact=fact, on=desk.today))
        book.append(SETUP, desk.new_events(decided, draft), scribe)
        named = [event.fact for event in book.events(SETUP) if isinstance(event.fact, e.PartyNamed)]
        latest = {party.party: party for party in named}
        book.keep_parties(SETUP, [party_row(party) for party in latest.values()])
        if draft:
            book.drop_draft(draft.id)
    return fact


def _who(names: Names, answers: Answers, account: str, asks: Asks) -> e.SetupRecorded:
    agency = names.agency(answers.text("agency"))
    person = names.person(
        answers.text("name"),
        agency,
        role=answers.text("role"),
        email=answers.text("email"),
        telephone=answers.text("telephone"),
    )
    return e.SetupRecorded(
        person=person,
        agency=agency,
        account=account,
        policy=answers.text("policy"),
        nation=(answers.text("nation") or "England"),
        emergency_day=answers.text("emergency_day"),
        emergency_out_of_hours=answers.text("emergency_out_of_hours"),
        asks=cast(Asks, answers.text("asking")) or asks,
    )


def names_recorded(desk: Desk) -> tuple[str, str, str]:
    """Return name, post and agency as setup recorded them last, or empty words."""
    with desk.reading() as con:
        setup = readers.setup(con)
        rows = {row.party: row for row in readers.parties_of(con, SETUP)}
    if setup is None or setup.person not in rows:
        return "", "", ""
    person = rows[setup.person]
    return person.name, person.role, rows[setup.agency].name if setup.agency in rows else ""
