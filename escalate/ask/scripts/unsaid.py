"""What was not said yet of a case, asked again in the words of `raise`: each may still be left open."""

from __future__ import annotations

from dataclasses import replace

from escalate.ask.question import Condition, Question, never
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising_challenge import more_of_the_challenge
from escalate.ask.scripts.raising_people import more_of_children
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
    of_the_concern = {one.id: one for one in more_of_the_challenge(policy, known.today, (), received=received)}
    of_a_child = {one.id: one for one in more_of_children(known, ()).questions}
    found = []
    for one in askable(case):
        if one.id in of_the_concern:
            question = of_the_concern[one.id]
        elif one.about:
            question = _of_a_child(of_a_child[one.id], one, case)
        else:
            question = _of_the_counterpart(case, known)
        found.append(replace(question, when=when, waits=never))
    return tuple(found)


def _of_a_child(asked: Question, one: Unsaid, case: Case) -> Question:
    """Return what `raise` asks of a child, as it is asked of one child of the case, by its number."""
    of = f" ({initials(case.name_of(one.about))})" if len(case.raised.children) > 1 else ""
    return replace(
        asked,
        id=f"{asked.id}_{case.raised.children.index(one.about) + 1}",
        text=f"{asked.text}{of}",
        label=f"{asked.label}{of}",
        help=asked.help if asked.id == "born_on" else "Whom the policy wants told may depend on it.",
    )


def _of_the_counterpart(case: Case, known: Known) -> Question:
    return Question(
        id="counterpart",
        text="Whose decision in your agency is challenged?"
        if case.raised.our_side == "receiving"
        else "Who there made the decision, or is your counterpart?",
        kind="text",
        offered=known.people_of(*case.raised.receiving_agencies),
        asks="who",
        label="Counterpart",
        help="A name, and the post behind a comma: Sam Counterpart, social worker.",
    )
