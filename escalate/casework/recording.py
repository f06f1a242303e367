"""Recording a discussion or a fact, a date agreed, a duty done: what the answers of these verbs become."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.casework.details import details_answered, details_of
from escalate.casework.facts_answered import actions_answered, risk_answered, urgency_answered
from escalate.casework.names import Names
from escalate.casework.saying_more import more_said
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.deciding import Decided
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.errors import CannotDecide, NotFound


def record(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Recorded:
    """Record what the answers of `record` say, after the answer about risk."""

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        with desk.reading() as con:
            names = Names(con, opened.case.parties, desk.today)
            facts = _facts(opened.case, opened.policy, answers, names)
        if answers.says("what", "details"):
            facts = details_answered(opened.case, details_of(opened, desk.home), answers)
        on = answers.day("on") or desk.today
        dated = tuple(Decided(fact=fact, on=on, time=answers.text("time")) for fact in facts)
        departed = deciding.departures(
            opened.case, opened.policy, dated, answers.text("chair_reason") or answers.text("decider_reason")
        )
        told = (*risk_answered(answers, desk.today), *dated, *departed)
        return (*names.decided, *deciding.record(opened.case, told, desk.today))

    return desk.decide(stream, decide, draft=draft)


def agencies_answered(case: Case, answers: Answers) -> tuple[str, ...]:
    """Return the agencies an answer means: the one chosen by its place, or all, or the only one there is."""
    agencies = case.raised.receiving_agencies
    chosen = answers.text("agency")
    return (agencies[int(chosen) - 1],) if chosen.isdecimal() else agencies


def _facts(case: Case, policy: Policy, answers: Answers, names: Names) -> tuple[e.Fact, ...]:
    agencies = agencies_answered(case, answers)
    said = answers.text
    match answers.text("what"):
        case "told":
            person = names.person(said("person"), agencies[0])
            how = cast(Any, said("how"))
            return tuple(e.CounterpartTold(agency=a, person=person, how=how, said=said("said")) for a in agencies)
        case "discussion":
            return (
                e.DiscussionRecorded(
                    agencies=agencies,
                    people=names.people(said("people")),
                    how=said("held"),
                    said=said("said"),
                    options=said("options"),
                    decision=said("decision"),
                    recommendations=said("recommendations"),
                    chaired_by=said("chaired_by"),
                    chair_agency=_agency_at(case, said("chair_from")),
                    actions=actions_answered(answers, case),
                ),
            )
        case "situation":
            return (
                e.SituationRecorded(
                    subject=_subject(case, policy, answers), facts={said("fact"): cast(Any, said("answer"))}
                ),
            )
        case "oversight":
            return (e.OversightRecorded(manager=said("manager"), note=said("note")),)
        case "learning":
            return (e.LearningIdentified(stage=case.stage, learning=said("learning")),)
        case "confirmation":
            return tuple(
                e.OutcomeConfirmed(
                    agency=agency, stage=_stage_resolved(case, agency), by=said("by"), to=said("to"), how=said("means")
                )
                for agency in _resolved(case, agencies)
            )
        case "not said":
            return more_said(case, answers, names)
        case "departure":
            return (e.DepartureRecorded(what=said("departure"), reason=said("reason")),)
        case "recommendation":
            recommendation = said("recommendation")
            ending = policy.ending_at(case.stage)
            binds = ending is not None and ending.binds
            by, does = said("recommended_by"), ending.does if ending else ""
            return (
                e.RecommendationMade(
                    by=by,
                    recommendation=recommendation,
                    stage=case.stage,
                    binds=binds,
                    does=does,
                    agency=_agency_at(case, said("decider_from")),
                ),
            )
        case "urgency":
            judged = urgency_answered(answers)
            return (judged,) if judged else ()
        case "response":
            response, note = cast(Any, said("response")), said("response_note")
            return tuple(e.AgencyResponded(agency=agency, response=response, note=note) for agency in agencies)
        case _:
            return ()


def _subject(case: Case, policy: Policy, answers: Answers) -> str:
    """Return whom the fact is about: the agency or child chosen by its place, the only child there is, or nobody."""
    if any(fact.id == answers.text("fact") and fact.about == "case" for fact in policy.fact):
        return ""
    if answers.is_known("of_agency"):
        return _agency_at(case, answers.text("of_agency"))
    if answers.is_known("child"):
        return case.children[int(answers.text("child")) - 1].party
    return case.raised.children[0] if len(case.raised.children) == 1 else ""


def _agency_at(case: Case, place: str) -> str:
    """Return the agency answered by its place: "0" is the one that raised it; "" for none of the case's."""
    agencies = (case.raised.raising_agency, *case.raised.receiving_agencies)
    return agencies[int(place)] if place.isdecimal() else ""


def _resolved(case: Case, agencies: tuple[str, ...]) -> tuple[str, ...]:
    """Return the agencies with which there is an outcome to confirm.

    Raises:
        CannotDecide: with none of them.
    """
    found = tuple(agency for agency in agencies if case.settled_on(agency))
    if not found:
        raise CannotDecide(
            f"case {case.reference}: nothing has been resolved with that agency, so nothing can be confirmed",
            remedy=f"record the resolution first: escalate resolve {case.reference}",
            recorded="",
        )
    return found


def _stage_resolved(case: Case, agency: str) -> str:
    outcome = case.outcome_of(agency)
    return cast(e.OutcomeRecorded, outcome.fact).stage if outcome else case.stage


def agree(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Recorded:
    """Record a date proposed or agreed for one thing owed."""
    on = answers.day("on") or desk.today
    by_on = cast(date, answers.day("by_on"))

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        item = _owed(opened, answers.text("item")).key
        fact: e.TimescaleAgreed | e.TimescaleProposed
        if answers.says("kind", "proposed"):
            fact = e.TimescaleProposed(
                item=item, by_on=by_on, proposed_by=answers.text("with"), reason=answers.text("reason")
            )
        else:
            fact = e.TimescaleAgreed(
                item=item,
                by_on=by_on,
                agreed_with=answers.text("with"),
                reason=answers.text("reason"),
                keeps_safe=answers.text("safe_until_then"),
                confirmed_by=answers.text("safe_confirmed_by"),
            )
        return deciding.agree(opened.case, fact, risk_answered(answers, desk.today), on, desk.today)

    return desk.decide(stream, decide, draft=draft)


def do(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Recorded:
    """Record what became of a duty or an agreed action."""
    on = answers.day("on") or desk.today

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        one = _owed(opened, answers.text("item"))
        return deciding.record(opened.case, (Decided(fact=_became(one, answers), on=on),), desk.today)

    return desk.decide(stream, decide, draft=draft)


def _became(one: Owed, answers: Answers) -> e.Fact:
    if answers.says("what", "not applicable"):
        return e.DutyNotApplicable(item=one.key, reason=answers.text("reason"))
    if one.sort == "action":
        done = {"done": "yes", "in part": "in part"}.get(answers.text("what"), "no")
        return e.ActionChecked(action=one.key, was_done=cast(Any, done), note=answers.text("note"))
    return e.DutyDone(item=one.key, to=answers.text("to"), how=answers.text("how"), note=answers.text("note"))


def _owed(opened: OpenCase, key: str) -> Owed:
    found = next((one for one in opened.owed if one.key == key), None)
    if found is None:
        raise NotFound(
            f'case {opened.case.reference}: nothing owed is called "{key}"',
            remedy=f"to see what is owed: escalate show {opened.case.reference}",
            recorded="",
        )
    return found
