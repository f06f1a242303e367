"""What was not said yet of a case, asked again in the words of `raise`: each may still be left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from escalate.ask.question import Condition, Question, never
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising_challenge import more_of_the_challenge
from escalate.ask.scripts.raising_people import CHILD_FACTS, PLAN_OR_CARE
from escalate.core.case import Case
from escalate.core.policy import Policy
from escalate.core.references import initials
from escalate.core.unsaid import Unsaid, unsaid

ELSEWHERE = frozenset({"told"})
"""What `record` asks under a name of its own."""


def askable(case: Case) -> tuple[Unsaid, ...]:
    """Return what is not said yet of a case and can be said in one go, in the order of `raise`."""
    return tuple(one for one in unsaid(case) if one.id not in ELSEWHERE)


def unsaid_questions(case: Case, policy: Policy, known: Known, when: Condition) -> tuple[Question, ...]:
    """Return a question for each thing not said yet; nothing where all is said.

    What is about a child has the child's number in its id: "born_on_1".

    Args:
        when: the condition under which they are asked.
    """
    received = case.raised.our_side == "receiving"
    of_the_concern = {
        one.id: one for one in more_of_the_challenge(policy, known.today, (), received=received) if one.id != "told_on"
    }
    found = []
    for one in askable(case):
        if one.id in of_the_concern:
            question = of_the_concern[one.id]
        elif one.about:
            question = _of_a_child(case, one, known.today)
        else:
            question = _of_the_counterpart(case, known)
        found.append(replace(question, when=when, waits=never))
    return tuple(found)


def _of_a_child(case: Case, one: Unsaid, today: date) -> Question:
    place = case.raised.children.index(one.about) + 1
    of = f" ({initials(case.name_of(one.about))})" if len(case.raised.children) > 1 else ""
    if one.id == "born_on":
        return Question(
            id=f"born_on_{place}",
            text=f"Date of birth?{of}",
            kind="date",
            latest=today,
            near=False,
            label=f"Date of birth{of}",
            help="Two children may have one name: the date tells them apart. Day first: 3/5/2018.",
        )
    alone = next((asked for id_, _, asked in CHILD_FACTS if id_ == one.id), "")
    if alone:  # of the other it is known
        return Question(
            id=f"{one.id}_{place}",
            text=f"{alone}{of}",
            kind="yes-no",
            label=f"{'Looked after' if one.id == 'looked_after' else 'Child protection plan'}{of}",
            help="Whom the policy wants told may depend on it.",
        )
    return Question(
        id=f"plan_or_care_{place}",
        text=f"Is the child on a child protection plan, or looked after?{of}",
        kind="choice",
        options=PLAN_OR_CARE,
        label=f"Plan or care{of}",
        help="Whom the policy wants told may depend on it.",
    )


def _of_the_counterpart(case: Case, known: Known) -> Question:
    return Question(
        id="counterpart",
        text="Whose decision in your agency is challenged?"
        if case.raised.our_side == "receiving"
        else "Who there made the decision, or is your counterpart?",
        kind="text",
        offered=known.people_of(*case.raised.receiving_agencies),
        label="Counterpart",
        help="A name, and the post behind a comma: Sam Counterpart, social worker.",
    )
