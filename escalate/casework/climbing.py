"""Going up, and the ends of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from escalate.casework.calendars import catching_up
from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.casework.facts_answered import actions_answered, risk_answered, stage_dates_agreed
from escalate.casework.names import Names
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.deciding import Decided, GoingUp, next_action_ids
from escalate.core.logged import is_logged


def advance(desk: Desk, stream: str, answers: Answers, seen: int, draft: DraftOf | None = None) -> Recorded:
    """Record how this stage ended with each agency and, unless all is resolved, enter the next.

    Args:
        seen: the last entry the answers were given upon.
    Raises:
        CannotDecide: the stage does not exist, the day cannot be, or the case has ended.
        SomeoneWasFirst: the case changed since `seen`.
    """
    on = answers.day("on") or desk.today

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        case = opened.case
        outcomes = _outcomes(case, answers, asked=True)
        with desk.reading() as con:
            names = Names(con, case.parties, desk.today)
            discussed = _discussed(outcomes, case, answers, on, _People(names, desk.setup().person))
        beside = (*risk_answered(answers, desk.today), *discussed)
        ground = answers.text("ground")
        going = GoingUp(
            on=on,
            outcomes=outcomes,
            to=answers.text("to"),
            ground=ground if ground != "as it ended" else "",
            reason=answers.text("reason"),
            people=answers.text("people"),
            beside=(*beside, *_learning(case, answers, on)),
        )
        decided = deciding.advance(case, opened.policy, going, desk.today)
        decided = (*names.decided, *decided)
        return (*decided, *stage_dates_agreed(opened.policy, decided, case.raised.receiving_agencies, answers))

    return desk.decide(stream, decide, seen=seen, draft=draft)


def resolve(desk: Desk, stream: str, answers: Answers, seen: int, draft: DraftOf | None = None) -> Recorded:
    """Record the resolution with every agency still open."""
    on = answers.day("on") or desk.today

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        outcomes = _outcomes(opened.case, answers, asked=False)
        beside = (*risk_answered(answers, desk.today), *_learning(opened.case, answers, on))
        return deciding.resolve(opened.case, outcomes, beside, on, desk.today)

    return desk.decide(stream, decide, seen=seen, draft=draft)


def withdraw(desk: Desk, stream: str, answers: Answers, seen: int, draft: DraftOf | None = None) -> Recorded:
    """Record that the escalation is withdrawn: who wanted it, why, which manager knows."""
    on = answers.day("on") or desk.today
    fact = e.Withdrawn(
        wanted_by=answers.text("wanted_by"),
        reason=answers.text("reason"),
        manager_who_knows=answers.text("manager"),
        changed_for_child=answers.text("changed_for_child"),
    )

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        return deciding.withdraw(opened.case, fact, risk_answered(answers, desk.today), on, desk.today)

    return desk.decide(stream, decide, seen=seen, draft=draft)


def reopen(desk: Desk, stream: str, answers: Answers, seen: int, draft: DraftOf | None = None) -> Recorded:
    """Open a case again at the stage it was at."""
    fact = e.Reopened(reason=answers.text("reason"))

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        return (*deciding.reopen(opened.case, fact, desk.today), *catching_up(desk, opened))

    return desk.decide(stream, decide, seen=seen, draft=draft)


def _outcomes(case: Case, answers: Answers, *, asked: bool) -> tuple[e.OutcomeRecorded, ...]:
    found: list[e.OutcomeRecorded] = []
    for agency in case.unsettled:
        own = _of_agency(answers, case, agency)
        if own.says("outcome", "going up"):
            continue
        is_silent = own.says("outcome", "no response")
        action = own.text("action")
        ids = next_action_ids(case, len(_actions_in(found)) + 1)
        agreed = e.Action(id=ids[-1], what=action, owner=own.text("action_owner"), by_on=own.day("action_by_on"))
        found.append(
            e.OutcomeRecorded(
                agency=agency,
                stage=case.stage,
                outcome=cast(Any, own.text("outcome") if asked else "resolved"),
                said=own.text("said") if is_silent else "",
                decision=own.text("decision"),
                outstanding=own.text("outstanding"),
                changed_for_child=own.text("changed_for_child"),
                actions=(agreed,) if action else (),
                sent_on=own.day("sent_on") if is_silent else None,
                passed_on=own.day("passed_on") if own.says("outcome", "no response", "out of time") else None,
                confirms=own.text("confirms"),
            )
        )
    return tuple(found)


def _of_agency(answers: Answers, case: Case, agency: str) -> Answers:
    """Return the answers about one agency under their plain names: of the second, "outcome-2" is "outcome"."""
    place = case.raised.receiving_agencies.index(agency)
    if place == 0:
        return answers
    ending = f"-{place + 1}"
    return Answers((key.removesuffix(ending), value) for key, value in answers.items() if key.endswith(ending))


def _actions_in(outcomes: Sequence[e.OutcomeRecorded]) -> list[e.Action]:
    return [action for outcome in outcomes for action in outcome.actions]


@dataclass(frozen=True, slots=True)
class _People:
    """How names become people of the case, and who records: they spoke for us where nobody else is named."""

    names: Names
    recorder: str


def _discussed(
    outcomes: Sequence[e.OutcomeRecorded], case: Case, answers: Answers, on: date, people: _People
) -> tuple[Decided, ...]:
    """Return the discussion that ended the stage without agreement, with each agency that spoke.

    Silence is none: it would answer for an agency that did not.
    """
    names = people.names
    spoke = [one for one in outcomes if one.outcome in ("unresolved", "out of time")]
    actions = actions_answered(answers, case, after=len(_actions_in(outcomes)))
    decided: list[Decided] = []
    for place, one in enumerate(spoke):
        is_first = place == 0
        own = _of_agency(answers, case, one.agency)
        said = e.DiscussionRecorded(
            agencies=(one.agency,),
            said=own.text("said"),
            options=answers.text("options") if is_first else "",
            decision=answers.text("decided") if is_first else "",
            actions=actions if is_first else (),
        )
        if said.said or said.options or said.decision or said.actions or own.text("for_us") or own.text("with_whom"):
            ours = names.people(own.text("for_us"), case.our_agency) or _recorder(case, people)
            theirs = names.people(own.text("with_whom"), one.agency)
            decided.append(Decided(fact=replace(said, people=(*ours, *theirs)), on=on))
    return tuple(decided)


def _recorder(case: Case, people: _People) -> tuple[str, ...]:
    """Return whoever records it; nobody where the partnership logged the case and took no part in it."""
    return () if is_logged(case) else (people.names.person(people.recorder),)


def _learning(case: Case, answers: Answers, on: date) -> tuple[Decided, ...]:
    if not answers.text("learning"):
        return ()
    return (Decided(fact=e.LearningIdentified(stage=case.stage, learning=answers.text("learning")), on=on),)
