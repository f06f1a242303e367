"""What was not said yet of a case, said later: beside what was said first, and in place of nothing."""

from __future__ import annotations

from dataclasses import fields, replace

from escalate.casework.names import Names
from escalate.casework.raising import CHILD_FACTS, name_and_post, plan_or_care
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.errors import CannotDecide


def more_said(case: Case, answers: Answers, names: Names) -> tuple[e.Fact, ...]:
    """Return what the answers say of a case that was not said before: of the concern, its children, its counterpart.

    Raises:
        CannotDecide: nothing was answered.
    """
    said = {field.name: answers.text(field.name) for field in fields(e.MoreSaid) if answers.text(field.name)}
    counterpart = _counterpart(case, answers, names)
    facts: list[e.Fact] = []
    if said or counterpart:
        facts.append(e.MoreSaid(**said, counterparts=counterpart))  # type: ignore[arg-type]  # words, by the fields' names
    for place, child in enumerate(case.raised.children, 1):
        born_on, named = answers.day(f"born_on_{place}"), case.parties.get(child)
        if born_on and named:
            facts.append(replace(named, born_on=born_on))
        said_of = {id_: answers.text(f"{id_}_{place}") for id_ in ("plan_or_care", *CHILD_FACTS)}
        own = Answers((id_, words) for id_, words in said_of.items() if words)
        if situation := plan_or_care(own):
            facts.append(e.SituationRecorded(subject=child, facts=situation))
    if not facts:
        raise CannotDecide(
            f"case {case.reference}: nothing was answered of what is not said yet",
            remedy="answer at least one of it, or leave it for later",
            recorded="",
        )
    return tuple(facts)


def _counterpart(case: Case, answers: Answers, names: Names) -> tuple[str, ...]:
    name, role = name_and_post(answers.text("counterpart"), "")
    person = names.person(name, case.raised.receiving_agencies[0], role=role)
    return (person,) if person else ()
