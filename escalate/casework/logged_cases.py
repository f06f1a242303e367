"""Opening a case that another agency raised, from the form that came in to the partnership."""

from __future__ import annotations

import sqlite3

from escalate import clock
from escalate.casework.calendars import calendar_of
from escalate.casework.desk import Desk
from escalate.casework.names import Names
from escalate.core import events as e
from escalate.core.logged import Logged, LoggedChild, opening_of
from escalate.core.policy import Policy
from escalate.core.references import make_reference
from escalate.files.policies.loading import PolicyText, load_policy
from escalate.store.ledger import Book
from escalate.store.readers import rows


def open_logged_case(desk: Desk, book: Book, logged: Logged) -> str:
    """Open a logged case inside a transaction and return its stream, with a reference of this record's own.

    The caller records the form that came in, and what it does (`core.logged.met_by_form`), then keeps the view.

    Raises:
        CannotDecide: what the form says cannot be: see `core.logged.opening_of`.
        NotFound: setup has not been run, or there is no such policy.
    """
    setup = desk.setup()
    policy, written = load_policy(logged.policy or setup.policy)
    stream = clock.new_id("case")
    scribe = desk.scribe()
    book.keep_policy(written.name, written.text)
    names = Names(book.reading, (), desk.today)
    # Whose record it is: neither agency's, so that it stands in no field of the concern.
    names.person(setup.person, names.agency(setup.agency))
    raised = _concern(
        logged, names, written, _reference(desk, book, policy, stream), calendar_of(desk, book, policy, scribe)
    )
    decided = opening_of(logged, policy, raised, desk.today, names.decided)
    book.append(stream, desk.new_events(decided), scribe)
    return stream


def _reference(desk: Desk, book: Book, policy: Policy, stream: str) -> str:
    prefix, year = policy.policy.prefix, desk.today.year
    return make_reference(prefix, year, book.next_number(prefix, year), stream)


def _concern(logged: Logged, names: Names, written: PolicyText, reference: str, calendar: str) -> e.ConcernRaised:
    raising = names.agency(logged.raising_agency)
    return e.ConcernRaised(
        reference=reference,
        policy=written.name,
        policy_digest=written.digest,
        calendar_version=calendar,
        our_side="partnership",
        raising_agency=raising,
        raised_by=names.person(logged.raised_by, raising, role=logged.raised_by_role),
        receiving_agencies=tuple(dict.fromkeys(names.agency(agency) for agency in logged.receiving_agencies)),
        children=tuple(names.child(child_named(child)) for child in logged.children),
        about_theme=logged.about_theme,
        decision=logged.decision,
        # No form says when the decision was learned of: the concern is the first day that is known.
        decision_received_on=logged.concern_on,
        concern=logged.concern,
        risk_to_child=logged.risk_to_child,
        evidence=logged.evidence,
        nature=logged.nature,
        outcome_wanted=logged.outcome_wanted,
        they_want=logged.they_want,
        themes=logged.themes,
        their_reference=logged.their_reference.strip(),
        their_case=logged.their_case,
    )


def child_named(child: LoggedChild) -> e.PartyNamed:
    """Return a child on a form as it is named in a case, with an opaque id of its own."""
    return e.PartyNamed(
        party=clock.new_id("child"), sort="child", name=child.name, born_on=child.born_on, reference=child.reference
    )


def logged_of(con: sqlite3.Connection, their_case: str, their_reference: str) -> str | None:
    """Return the stream of the case here that a form of another record is of, or None: one logged, or raised with us.

    A case's own id there tells it from every other. A reference alone does so only where one logged case has it, and
    that one is of no other case there.

    Args:
        their_case: the case's stream where it was raised, "" where the form does not say.
        their_reference: its reference there, as printed.
    """
    if their_case:
        found = rows(con, "SELECT stream FROM case_view WHERE their_case = ? AND our_side <> 'raising'", (their_case,))
        if found:
            return str(found[0]["stream"])
    if not their_reference.strip():
        return None
    found = rows(
        con,
        "SELECT stream FROM case_view WHERE their_reference <> '' AND their_reference = ? COLLATE NOCASE"
        " AND our_side <> 'raising' AND (their_case = '' OR ? = '')",
        (their_reference.strip(), their_case),
    )
    return str(found[0]["stream"]) if len(found) == 1 else None
