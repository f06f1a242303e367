"""Opening a case from the answers of `raise`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, cast

from escalate import clock
from escalate.casework.calendars import calendar_of
from escalate.casework.desk import Desk, DraftOf, Recorded
from escalate.casework.facts_answered import risk_answered, stage_dates_agreed, urgency_answered
from escalate.casework.names import Names
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.policy import Policy
from escalate.core.references import make_reference
from escalate.core.unsaid import LOOKED_AFTER, PLAN
from escalate.files.policies.loading import PolicyText, load_policy
from escalate.store.children_before import child_before

THEIR_CASE = re.compile(r"case-[0-9a-z-]{1,64}")
"""What a case's own id looks like, on whatever computer it was raised."""
CHILD_FACTS = {"child_protection_plan": PLAN, "looked_after": LOOKED_AFTER}
_PLAN_OR_CARE: dict[str, dict[str, e.Answer]] = {
    "plan": {PLAN: "yes", LOOKED_AFTER: "no"},
    "care": {PLAN: "no", LOOKED_AFTER: "yes"},
    "both": {PLAN: "yes", LOOKED_AFTER: "yes"},
    "neither": {PLAN: "no", LOOKED_AFTER: "no"},
}


def raise_concern(desk: Desk, answers: Answers, *, received: bool, draft: DraftOf | None = None) -> Recorded:
    """Open a case and return it with everything that is owed.

    Args:
        answers: complete answers to the interview of `raise`.
        received: our agency is the one challenged.
        draft: where the answers come from; one begun from a form names the case where it was raised.
    Raises:
        CannotDecide: a date that cannot be.
        SomeoneWasFirst: the draft was recorded already.
        NotFound: setup has not been run, or there is no such policy.
    """
    setup = desk.setup()
    policy, written = load_policy(answers.text("policy") or setup.policy)
    stream = clock.new_id("case")
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        book.keep_policy(written.name, written.text)
        reference = make_reference(
            policy.policy.prefix, desk.today.year, book.next_number(policy.policy.prefix, desk.today.year), stream
        )
        calendar = calendar_of(desk, book, policy, scribe)
        opening = _Opening(Names(book.reading, (), desk.today), answers, setup, received=received)
        their_case = draft.stream if draft and received and THEIR_CASE.fullmatch(draft.stream) else ""
        raised = replace(opening.concern(reference, written, calendar), their_case=their_case)
        decided = deciding.raise_concern(raised, policy, desk.today, opening.beside(), people=answers.text("people"))
        decided = (*decided, *stage_dates_agreed(policy, decided, raised.receiving_agencies, answers))
        events = book.append(stream, desk.new_events(decided, draft), scribe)
        after = desk.keep(book, stream)
        if draft:
            book.drop_draft(draft.id)
    return Recorded(None, after, events)


class _Opening:
    """The parties and facts that one set of answers opens a case with."""

    def __init__(self, names: Names, answers: Answers, setup: e.SetupRecorded, *, received: bool) -> None:
        self.answers = answers
        self.today = names.today
        self.received = received
        self.names = names
        self.us = self.names.agency(setup.agency)
        self.me = self.names.person(setup.person, self.us)
        self.children = tuple(self._child(entry) for entry in answers.entries("children"))
        self.receiving, self.counterparts = self._receiving()
        self.raising = self.us
        self.raised_by = self.me
        if received:
            self.raising = self.names.agency(answers.text("raising_agency"))
            name, role = name_and_post(answers.text("raising_person"), answers.text("raising_role"))
            self.raised_by = self.names.person(name, self.raising, role=role)

    def _child(self, entry: Answers) -> str:
        before = child_before(self.names.con, entry.text("name"))
        if before is not None:
            return self.names.child(replace(before, born_on=before.born_on or entry.day("born_on")))
        return self.names.child(
            e.PartyNamed(
                party=clock.new_id("child"),
                sort="child",
                name=entry.text("name"),
                born_on=entry.day("born_on"),
                address=entry.text("address"),
                address_withheld=entry.says("address_withheld", "yes"),
                parental_responsibility=entry.text("parental_responsibility"),
                reference=entry.text("reference"),
            )
        )

    def _receiving(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if self.received:
            person = self.names.person(self.answers.text("our_counterpart"), self.us)
            return (self.us,), (person,) if person else ()
        agencies, people = [], []
        for entry in self.answers.entries("receiving"):
            agency = self.names.agency(entry.text("agency"))
            name, role = name_and_post(entry.text("person"), entry.text("role"))
            agencies.append(agency)
            people.append(
                self.names.person(
                    name,
                    agency,
                    role=role,
                    email=entry.text("email"),
                    telephone=entry.text("telephone"),
                )
            )
        return tuple(dict.fromkeys(agencies)), tuple(person for person in people if person)

    def concern(self, reference: str, written: PolicyText, calendar: str) -> e.ConcernRaised:
        """Return the concern as these answers tell it."""
        answers = self.answers
        area = answers.text("theme_area")
        return e.ConcernRaised(
            reference=reference,
            policy=written.name,
            policy_digest=written.digest,
            calendar_version=calendar,
            our_side="receiving" if self.received else "raising",
            raising_agency=self.raising,
            raised_by=self.raised_by,
            receiving_agencies=self.receiving,
            children=self.children,
            about_theme=answers.text("theme"),
            counterparts=self.counterparts,
            decision=answers.text("decision"),
            decision_received_on=cast(date, answers.day("learned_on")),
            disagreed_on=answers.day("disagreed_on"),
            concern=answers.text("concern"),
            risk_to_child=answers.text("risk_to_child"),
            evidence=answers.text("evidence"),
            nature=answers.text("nature"),
            outcome_wanted=answers.text("outcome_wanted"),
            they_want=answers.text("they_want"),
            themes=(area,) if area else (),
            policy_still_governs=answers.text("still_governs"),
            child_said=answers.text("child_said"),
            family_knows=answers.text("family_knows"),
            family_not_told=answers.text("family_not_told"),
            their_reference=answers.text("their_reference"),
        )

    def beside(self) -> tuple[Decided, ...]:
        """Return what is recorded with the concern: names, risk, who was told, what is known of each child."""
        situations = []
        for child, entry in zip(self.children, self.answers.entries("children"), strict=True):
            if facts := plan_or_care(entry):
                fact = e.SituationRecorded(subject=child, facts=facts)
                situations.append(Decided(fact=fact, on=self.today))
        judged = urgency_answered(self.answers)
        urgency = (Decided(fact=judged, on=self.today),) if judged else ()
        risk = risk_answered(self.answers, self.today)
        return (*self.names.decided, *risk, *urgency, *self._told(), *situations)

    def _told(self) -> tuple[Decided, ...]:
        on = self.answers.day("told_on")
        if on is None:
            return ()  # also where it was raised with us: a day that nobody knows starts no clock
        how = cast(Any, self.answers.text("told_how") or "not known")
        said = self.answers.text("told_said")
        return tuple(
            Decided(fact=e.CounterpartTold(agency=agency, how=how, said=said), on=on) for agency in self.receiving
        )


def plan_or_care(entry: Answers) -> dict[str, e.Answer]:
    """Return what was answered of a child's plan and care, fact by fact; nothing where it is not known."""
    own = {CHILD_FACTS[name]: cast(e.Answer, entry.text(name)) for name in CHILD_FACTS if entry.is_known(name)}
    return _PLAN_OR_CARE.get(entry.text("plan_or_care"), own)


def name_and_post(answer: str, post: str) -> tuple[str, str]:
    """Return a person's name and post, where both were given in one line: "Sam Counterpart, social worker".

    A single word before the comma is a family name put first, and stays as it is.

    Example:
        >>> name_and_post("Sam Counterpart, social worker", ""), name_and_post("Counterpart, Sam", "")
        (('Sam Counterpart', 'social worker'), ('Counterpart, Sam', ''))
    """
    name, comma, rest = answer.partition(",")
    if post or not (comma and rest.strip() and len(name.split()) > 1):
        return answer, post
    return name.strip(), rest.strip()


def policy_named(name: str) -> Policy:
    """Return a policy by name, for an interview that asks by it."""
    return load_policy(name)[0]
