"""What is recorded of the child's and the agencies' situation, and the details that only forms ask for."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.ask.question import Condition, Kind, Option, Question, Step, answered, never
from escalate.ask.scripts.raising import CHILD_FACTS
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.forms.data_work import details_said
from escalate.core.forms.definition import FormField
from escalate.core.forms.details import DetailAsked
from escalate.core.policy import Policy
from escalate.core.references import initials


def situation_questions(case: Case, policy: Policy, details: Sequence[DetailAsked]) -> tuple[Step, ...]:
    """Return the questions about one fact: which, of which child or agency, and whether it is so."""
    situation = answered("what", "situation")
    about = {fact: "child" for _, fact, _ in CHILD_FACTS} | {fact.id: fact.about for fact in policy.fact}
    asked = {fact: text for _, fact, text in CHILD_FACTS} | {fact.id: fact.ask for fact in policy.fact}
    facts = [Option(fact, text) for fact, text in asked.items()]

    def is_about(kind: str) -> Condition:
        return lambda answers: situation(answers) and about.get(answers.text("fact")) == kind

    has_details = answered("what", "details") if any(one.is_of_child for one in details) else never

    def is_of_one_child(answers: Answers) -> bool:
        return is_about("child")(answers) or has_details(answers)

    children = tuple(Option(str(n), initials(child.name)) for n, child in enumerate(case.children, 1))
    agencies = (case.raised.raising_agency, *case.raised.receiving_agencies)
    return (
        Question(
            id="fact",
            text="Which of these do you know now?",
            kind="choice",
            options=tuple(facts),
            required=True,
            when=situation,
            label="What is known",
            help="Each of these decides whether somebody has to be told something by this policy.",
        ),
        Question(
            id="child",
            text="Of which child?",
            kind="choice",
            options=children,
            required=True,
            when=is_of_one_child if len(children) > 1 else never,
            label="Child",
            help="By initials, in the order in which they were named.",
        ),
        Question(
            id="of_agency",
            text="Of which agency?",
            kind="choice",
            options=tuple(Option(str(n), case.name_of(agency)) for n, agency in enumerate(agencies)),
            required=True,
            when=is_about("agency"),
            label="Agency",
            help="0 is the agency that raised it; the others are numbered as they were named.",
        ),
        Question(
            id="answer",
            text="Is it so?",
            kind="choice",
            options=(Option("yes"), Option("no"), Option("not known", "nobody knows yet")),
            required=True,
            when=situation,
            label="Is it so",
            help="What it brings with it, if it is so, stands on the page at the end, before anything is recorded.",
        ),
    )


def detail_questions(case: Case, details: Sequence[DetailAsked]) -> tuple[Step, ...]:
    """Return a question for each detail that a form asks for; what is recorded already is what Enter keeps."""
    known = details_said(case, "") if len(case.raised.children) < 2 else {}
    return tuple(
        Question(
            id=one.question,
            text=f"{one.field.label.rstrip(':')} ({one.form})",
            kind=_kind(one.field),
            help=one.field.help or "As the form asks for it: what you say stands there on its next issue.",
            options=tuple(map(Option, one.field.options)) if one.field.kind == "choice" else (),
            offered=tuple(map(Option, one.field.options)) if one.field.kind == "choice or words" else (),
            default=known.get(one.key, ""),
            when=answered("what", "details"),
            label=one.field.label.rstrip(":"),
        )
        for one in details
    )


def _kind(field: FormField) -> Kind:
    if field.kind in ("choice", "date"):
        return "choice" if field.kind == "choice" else "date"
    return "long" if field.kind in ("long", "list") else "text"
