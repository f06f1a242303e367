"""Whatever can be corrected in an entry is called by words of its own, and by those that `show` has for it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from escalate.ask.scripts.mending import correctable
from escalate.core import events as e
from escalate.core.mending import correctable_fields
from escalate.render.answer_labels import answer_labels
from escalate.render.event_words import describe
from tests.builders import a_concern
from tests.render.test_event_words import KINDS, NOBODY, filled

CORRECTED = [kind for kind in KINDS if kind is not e.FormIssued]


def labels(fact: e.Fact) -> dict[str, str]:
    return dict(answer_labels(fact, correctable_fields(type(fact)), NOBODY))


@pytest.mark.parametrize("kind", CORRECTED, ids=lambda kind: kind.kind)
def test_every_answer_that_can_be_corrected_has_words_of_its_own(kind: type[e.Fact]) -> None:
    called = labels(filled(kind))

    assert list(called) == correctable_fields(kind)
    assert [label for label in called.values() if "_" in label or not label[0].isupper()] == []
    assert len(set(called.values())) == len(called)


def test_the_answers_of_an_opening_are_called_as_show_calls_them() -> None:
    assert labels(a_concern()) == {
        "about_theme": "About",
        "decision": "Decision disagreed with",
        "decision_received_on": "Learned of it on",
        "disagreed_on": "Disagreement arose on",
        "concern": "Concern",
        "risk_to_child": "Risk to the child",
        "evidence": "Evidence",
        "nature": "Nature of the disagreement",
        "outcome_wanted": "Outcome wanted",
        "they_want": "What the other side wants",
        "policy_still_governs": "Whether the policy's edition still governs",
        "child_said": "What the child has said, and how their day is",
        "family_knows": "What the family knows",
        "family_not_told": "Why the family was not told",
    }


def test_a_withheld_address_keeps_its_name_and_is_not_told_by_it() -> None:
    child = e.PartyNamed(party="child-1", sort="child", name="Rowan", address="1 Invented Lane", address_withheld=True)

    assert (labels(child)["address"], labels(child)["born_on"]) == ("Address", "Born")


def test_the_day_that_passed_is_called_by_what_passed() -> None:
    ended = e.OutcomeRecorded(agency="agency-1", stage="1", outcome="no response", passed_on=date(2026, 4, 8))
    out_of_time = dataclasses.replace(ended, outcome="out of time")

    assert labels(ended)["passed_on"] == "No answer by"
    assert labels(out_of_time)["passed_on"] == "Agreed date that passed"
    assert describe(out_of_time, NOBODY).details == (("Agreed date that passed", "Wednesday 8 April 2026"),)


def test_every_kind_of_entry_that_can_be_corrected_is_among_these() -> None:
    events = [
        e.Event(
            stream="case-1",
            chain="c",
            sequence=1,
            id="event-1",
            fact=filled(kind),
            kind=kind.kind,
            occurred_on=date(2026, 4, 1),
        )
        for kind in KINDS
    ]

    assert [type(event.fact) for event in correctable(events)] == CORRECTED
