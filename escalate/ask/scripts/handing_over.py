"""Handing a case over: to whom, at which agency, and why."""

from __future__ import annotations

from collections.abc import Collection

from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.known import Known
from escalate.core.case import Case
from escalate.core.same_agency import agency_in_case


def handing_over_script(case: Case, known: Known, given: Collection[str] = (), *, asks: bool = False) -> Script:
    """Return the interview of `handover`, without the questions that were answered before; no passphrase is asked here.

    Args:
        given: the ids of the questions not to be asked.
        asks: somebody is asked, who sees that Enter alone names their own agency; a file says it, or does not.
    """
    setup = known.setup
    own = (Option(setup.agency, known.own_agency),) if setup and known.own_agency else ()
    questions = (
        Question(
            id="to",
            text="To whom do you hand the case over?",
            kind="text",
            help="Whoever takes the file in becomes its owner in their own record. Yours stays readable here.",
            offered=known.people_of(case.our_agency, known.setup.agency if known.setup else ""),
            required=True,
            check=lambda value, _: of_the_other_side(case, str(value)),
            asks="who",
            label="To",
        ),
        Question(
            id="to_agency",
            text="At which agency?",
            kind="text",
            offered=(*own, *known.agencies),
            default=known.own_agency if asks else "",
            asks="who",
            label="Agency",
            help="The agency of whoever takes it over. Leave it open where it stays in yours.",
        ),
        Question(
            id="because",
            text="Why is it handed over?",
            kind="long",
            example="I am on leave from Monday, and stage 2 ends on Wednesday.",
            label="Reason",
            help="Whoever takes it over reads this first.",
        ),
    )
    return tuple(question for question in questions if question.id not in given)


def of_the_other_side(case: Case, named: str) -> str | None:
    """Return what is wrong with handing a case to somebody who acts for the other side in it; None for anybody else.

    Args:
        named: a name as typed, or an opaque id.
    """
    raised = case.raised
    if raised.our_side == "partnership":
        return None
    sides = {raised.raising_agency, *raised.receiving_agencies} - {case.our_agency}
    for party in case.parties.values():
        is_theirs = party.sort == "person" and agency_in_case(case, party.agency) in sides
        if is_theirs and named.strip().casefold() in (party.party.casefold(), party.name.casefold()):
            return "that is the other side of this case: name somebody who takes it on for your own side"
    return None
