"""Which receiving agencies are still part of what is owed: not those with which it was settled before it came up."""

from __future__ import annotations

from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case


def not_settled_before(case: Case, stage: str, since_on: date | None) -> tuple[str, ...]:
    """Return the receiving agencies, by opaque id, that owe what is owed of all of them at a stage since a day.

    An agency with which it was settled neither owes nor learns what went on with the others. Of what came up when it
    was settled with everybody, those settled last are left.

    Args:
        stage: the stage at which it is owed, empty where it is of none.
    """
    entries = case.stage_entries
    entered = [x.sequence for x in entries if cast(e.StageEntered, x.fact).stage == stage]
    # What is of no stage may be owed because one was entered: that day the order of the entries says what came first.
    entered = entered or [x.sequence for x in entries if not stage and x.occurred_on == since_on]

    def is_part(agency: str) -> bool:
        if entered and case.is_resolved_before(agency, entered[-1]):
            return False
        settled_on = case.settled_on(agency)
        return settled_on is None or since_on is None or settled_on >= since_on

    receiving = case.raised.receiving_agencies
    found = tuple(agency for agency in receiving if is_part(agency))
    if found:
        return found
    days = {agency: case.settled_on(agency) or date.max for agency in receiving}
    return tuple(agency for agency in receiving if days[agency] == max(days.values()))


def stage_with(case: Case, agency: str) -> str:
    """Return the stage at which the case is with an agency: where it was resolved with it, the stage of that."""
    return stage_resolved(case, agency) or case.stage


def stage_resolved(case: Case, agency: str) -> str:
    """Return the stage at which it was resolved with an agency, "" where it was not."""
    event = case.outcome_of(agency)
    fact = cast(e.OutcomeRecorded, event.fact) if event else None
    return fact.stage if fact and fact.outcome == "resolved" else ""
