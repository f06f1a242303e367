"""Recording a discussion or a fact in an open case."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.ask.question import Condition, Kind, Option, Question, Script, Step, answered
from escalate.ask.scripts.discussing import decider_questions, discussion_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.opening_a_stage import urgency_questions
from escalate.ask.scripts.raising import CHILD_FACTS, HOW_TOLD
from escalate.ask.scripts.safety import risk_questions
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.forms.data_work import details_said
from escalate.core.forms.definition import FormField
from escalate.core.forms.details import DetailAsked
from escalate.core.policy import Policy
from escalate.core.references import initials

WHAT = (
    Option("told", "somebody was told: the concern was raised with the counterpart"),
    Option("discussion", "a discussion between agencies"),
    Option("situation", "something about the child's or an agency's situation"),
    Option("urgency", "how urgent it is, by the policy's bands"),
    Option("oversight", "a manager's oversight"),
    Option("learning", "something the partnership could learn from"),
    Option("details", "something that a form asks for"),
    Option("confirmation", "an outcome was confirmed in writing"),
    Option("recommendation", "a recommendation or decision by whoever ends the ladder"),
    Option("response", "an agency's answer to a recommendation"),
    Option("departure", "something that was done otherwise than the policy says"),
    Option("nothing more", "only the answer about risk"),
)


def record_script(case: Case, policy: Policy, known: Known, details: Sequence[DetailAsked] = ()) -> Script:
    """Return the interview of `record` for one case; `details` are what its forms ask for."""
    guidance = "\n".join(prompt.says for prompt in policy.prompts_at("record"))
    return (
        *risk_questions(known, again=True),
        Question(
            id="what",
            text="What do you want to record?",
            kind="choice",
            options=tuple(option for option in WHAT if option.value not in _impossible(case, policy, details)),
            required=True,
            notice=guidance,
        ),
        *_when_and_who(case, known),
        *_told(known),
        *discussion_questions(case, policy),
        *urgency_questions(policy, answered("what", "urgency")),
        *_situation(case, policy, details),
        *_details(case, details),
        *_rest(),
        *decider_questions(case, policy),
    )


def _impossible(case: Case, policy: Policy, details: Sequence[DetailAsked]) -> set[str]:
    """Return what cannot be recorded yet: nobody confirms, recommends or answers what there is not."""
    can_confirm = any(case.settled_on(agency) for agency in case.raised.receiving_agencies)
    can_recommend = any(ending.stage == case.stage for ending in policy.ending)
    can_answer = case.latest(e.RecommendationMade) is not None
    has_bands = bool(policy.band)
    possible = {
        "urgency": has_bands,
        "details": bool(details),
        "confirmation": can_confirm,
        "recommendation": can_recommend,
        "response": can_answer,
    }
    return {what for what, is_possible in possible.items() if not is_possible}


def agency_options(case: Case, agencies: Sequence[str]) -> tuple[Option, ...]:
    """Return agencies of the case as options: "1", "2" … by their place among the receiving agencies."""
    places = case.raised.receiving_agencies
    return tuple(Option(str(places.index(agency) + 1), case.name_of(agency)) for agency in agencies)


def on_question(known: Known, case: Case, when: Condition, text: str = "On which day?") -> Question:
    """Return the question for the day something happened, from the concern to today."""
    return Question(
        id="on",
        text=text,
        kind="date",
        required=True,
        default="today",
        earliest=case.concern_on,
        latest=known.today,
        when=when,
        label="On",
    )


def _when_and_who(case: Case, known: Known) -> tuple[Step, ...]:
    dated = answered("what", *(option.value for option in WHAT if option.value not in ("nothing more", "details")))
    several = len(case.raised.receiving_agencies) > 1
    with_agency = answered("what", "told", "discussion", "confirmation", "response")
    steps: list[Step] = [
        on_question(known, case, dated),
        Question(
            id="time", text="At what time, if you know?", kind="time", when=answered("what", "told", "discussion")
        ),
    ]
    if several:
        options = agency_options(case, case.raised.receiving_agencies)
        steps.append(
            Question(
                id="agency",
                text="With which agency?",
                kind="choice",
                options=(*options, Option("all", "all of them")),
                required=True,
                when=with_agency,
            )
        )
    return tuple(steps)


def _told(known: Known) -> tuple[Step, ...]:
    told = answered("what", "told")
    return (
        Question(
            id="person",
            text="Who was told?",
            kind="text",
            required=True,
            offered=known.people,
            when=told,
            label="Who was told",
        ),
        Question(
            id="how",
            text="How?",
            kind="choice",
            options=tuple(Option(how) for how in HOW_TOLD),
            required=True,
            when=told,
        ),
    )


def _situation(case: Case, policy: Policy, details: Sequence[DetailAsked]) -> tuple[Step, ...]:
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
        Question(id="fact", text="What is known?", kind="choice", options=tuple(facts), required=True, when=situation),
        Question(
            id="child",
            text="Of which child?",
            kind="choice",
            options=children,
            required=True,
            when=is_of_one_child if len(children) > 1 else never,
            label="Child",
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
            options=(Option("yes"), Option("no"), Option("not known")),
            required=True,
            when=situation,
        ),
    )


def _details(case: Case, details: Sequence[DetailAsked]) -> tuple[Step, ...]:
    """Return a question for each detail that a form asks for; what is recorded already is what Enter keeps."""
    known = details_said(case, "") if len(case.raised.children) < 2 else {}
    return tuple(
        Question(
            id=one.question,
            text=f"{one.field.label.rstrip(':')} ({one.form})",
            kind=_kind(one.field),
            help=one.field.help,
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


def never(_answers: Answers) -> bool:
    """Return False: the condition of a question there is no need to ask."""
    return False


def _rest() -> tuple[Step, ...]:
    responses = ("accepted", "accepted in part", "not accepted")
    return (
        Question(id="manager", text="Which manager?", kind="text", required=True, when=answered("what", "oversight")),
        Question(id="note", text="What did they say?", kind="long", required=True, when=answered("what", "oversight")),
        Question(
            id="learning", text="What could be learned?", kind="long", required=True, when=answered("what", "learning")
        ),
        Question(
            id="departure",
            text="What was done otherwise?",
            kind="long",
            required=True,
            when=answered("what", "departure"),
        ),
        Question(id="reason", text="Why?", kind="long", required=True, when=answered("what", "departure")),
        Question(id="by", text="Who confirmed it?", kind="text", when=answered("what", "confirmation")),
        Question(id="to", text="To whom?", kind="text", when=answered("what", "confirmation")),
        Question(
            id="means",
            text="By what?",
            kind="choice",
            options=(Option("e-mail"), Option("letter"), Option("form")),
            when=answered("what", "confirmation"),
        ),
        Question(
            id="recommended_by",
            text="Who made it?",
            kind="text",
            required=True,
            when=answered("what", "recommendation"),
        ),
        Question(
            id="recommendation",
            text="What was it?",
            kind="long",
            required=True,
            when=answered("what", "recommendation"),
        ),
        Question(
            id="response",
            text="What did the agency answer?",
            kind="choice",
            options=tuple(map(Option, responses)),
            required=True,
            when=answered("what", "response"),
        ),
        Question(id="response_note", text="In what words?", kind="long", when=answered("what", "response")),
    )
