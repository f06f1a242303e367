"""What follows in a case from a form that was accepted: details, learning, what whoever ends the ladder decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.forms.accepted import About
from escalate.core.forms.definition import FormField
from escalate.core.forms.returned import Difference, new_lines, says_the_same


def following(about: About, taken: Mapping[str, str], answers: Answers, on: date) -> tuple[Decided, ...]:
    """Return what is recorded beside a form that came in, of what was taken from it.

    What only forms ask for becomes a detail, new lines of learning become learning, what was decided at the end of the
    ladder a recommendation or decision. Whatever else was taken stands in the form's own entry.

    Args:
        on: the day it came.
    """
    changed = {
        one.field.id: (one, taken[one.field.id])
        for one in about.differences
        if one.field.id in taken and not says_the_same(one.field, taken[one.field.id], one.now)
    }
    facts = [Decided(fact=fact, on=on) for fact in (*_details(about, changed), *_learning(about, changed))]
    decisions = list(_decisions(about, changed, answers))
    if about.case is not None:
        decisions += deciding.departures(about.case, about.policy, decisions, answers.text("decider_reason"))
    return (*facts, *decisions)


_Changed = Mapping[str, tuple[Difference, str]]


def _details(about: About, changed: _Changed) -> Iterator[e.Fact]:
    details = {one.field.asks: words for one, words in changed.values() if one.field.asks and words.strip()}
    if details:
        yield e.DetailsRecorded(child=about.child, details=details)


def _learning(about: About, changed: _Changed) -> Iterator[e.Fact]:
    for one, words in changed.values():
        if _is_learning(one.field) and (new := new_lines(words, one.now)):
            yield e.LearningIdentified(stage=one.field.of_stage or about.stage, learning=new)


def _is_learning(field: FormField) -> bool:
    return field.fills in ("case.learning", "stage.learning")


def _decisions(about: About, changed: _Changed, answers: Answers) -> Iterator[Decided]:
    ending = about.policy.ending_at(about.stage)
    for field_id, (_, words) in changed.items():
        key = f"decided_{field_id}"
        made_on = answers.day(f"{key}_on")
        if ending is None or made_on is None or not answers.says(key, "yes"):
            continue
        fact = e.RecommendationMade(
            by=answers.text(f"{key}_by"),
            recommendation=words,
            stage=about.stage,
            binds=ending.binds,
            does=ending.does,
            agency=_agency(about, answers.text("decider_from")),
        )
        yield Decided(fact=fact, on=made_on)


def _agency(about: About, place: str) -> str:
    """Return the agency answered by its place, as `record` numbers them; "" for none of the case's."""
    if about.case is None or not place.isdecimal():
        return ""
    raised = about.case.raised
    return (raised.raising_agency, *raised.receiving_agencies)[int(place)]
