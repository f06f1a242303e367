"""Whether another agency knows of the disagreement, as far as is recorded: nobody is chased who was never told."""

from __future__ import annotations

from datetime import date

from escalate.core import events as e
from escalate.core.case import Case


def knows_of_it(case: Case, agency: str) -> bool:
    """Return whether an agency of the case was told of the concern, or had a part in what was recorded since.

    Whoever raised it knows. So does everybody where the case was raised with us or logged from a form: it had been
    raised then. That a stage ended without their answer shows nothing.
    """
    if case.raised.our_side != "raising" or agency in (case.our_agency, case.raised.raising_agency):
        return True
    # Of an entry whose words were removed nobody can tell any more which agency it was.
    return any(event.fact is None or _shows(event.fact, agency) for event in case.events if event.kind in _KINDS)


def first_known_on(case: Case, agency: str) -> date | None:
    """Return the first day on which the record shows that an agency knew of the concern; None where no entry does."""
    shown = (event for event in case.events if event.kind in _KINDS and event.fact and _shows(event.fact, agency))
    return min((event.occurred_on for event in shown), default=None)


_KINDS = frozenset(
    kind.kind
    for kind in (e.CounterpartTold, e.DiscussionRecorded, e.OutcomeRecorded, e.OutcomeConfirmed, e.AgencyResponded)
)


def _shows(fact: e.Fact, agency: str) -> bool:
    match fact:
        case e.DiscussionRecorded():
            return agency in fact.agencies
        case e.OutcomeRecorded():
            return fact.agency == agency and fact.outcome != "no response"
        case e.CounterpartTold() | e.OutcomeConfirmed() | e.AgencyResponded():
            return fact.agency == agency
        case _:
            return False
