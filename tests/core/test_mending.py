"""Correcting an entry: what it should have said, all of it, beside what it said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from escalate.core import events as e
from escalate.core import mending
from escalate.core.deciding import Decided
from escalate.core.plain import fact_from_plain
from escalate.errors import CannotDecide, NotFound
from tests.builders import SOCIAL_CARE, discussed, told
from tests.rules.scenario import Scenario, scenario

TODAY = date(2026, 4, 30)
CASE = scenario(told("2026-04-02"), discussed("2026-04-08"))


def entry(kind: type[e.Fact], case: Scenario = CASE) -> int:
    """Return the number of the first entry of this kind."""
    return next(event.sequence for event in case.events if isinstance(event.fact, kind))


def refused(number: int, changes: Mapping[str, str]) -> str:
    """Return why a correction is refused."""
    with pytest.raises(CannotDecide) as found:
        mending.correct(CASE.events, number, changes, "It was wrong.", TODAY)
    assert found.value.recorded == ""
    return found.value.what


def test_a_correction_restates_the_whole_entry_and_its_day() -> None:
    changes = {"how": "letter", "occurred_on": "07/04/2026"}

    decided = mending.correct(CASE.events, entry(e.CounterpartTold), changes, "It was a letter.", TODAY)

    restated = {"agency": SOCIAL_CARE, "person": "person-counterpart", "how": "letter", "said": ""}
    assert decided == Decided(
        fact=e.Corrected(reason="It was a letter.", occurred_on=date(2026, 4, 7), restated=restated),
        on=TODAY,
        target=entry(e.CounterpartTold),
    )


def test_a_second_correction_builds_on_the_first() -> None:
    once = CASE.corrected(e.CounterpartTold, to="2026-04-07", how="letter")

    again = mending.correct(once.events, entry(e.CounterpartTold), {"said": "Nothing."}, "More.", TODAY)

    assert isinstance(again.fact, e.Corrected)
    assert (again.fact.occurred_on, again.fact.restated["how"], again.fact.restated["said"]) == (
        date(2026, 4, 7),
        "letter",
        "Nothing.",
    )


def test_nothing_is_written_as_a_hyphen() -> None:
    opening = entry(e.ConcernRaised)
    case = scenario(disagreed_on="2026-03-30", evidence="Two disclosures.")

    decided = mending.correct(case.events, opening, {"disagreed_on": "-", "evidence": "-"}, "No.", TODAY)

    assert isinstance(decided.fact, e.Corrected)
    assert (decided.fact.restated["disagreed_on"], decided.fact.restated["evidence"]) == (None, "")


@pytest.mark.parametrize("written", ["30/03/2026", "2026-03-30"])
def test_a_day_is_written_either_way_round(written: str) -> None:
    decided = mending.correct(CASE.events, entry(e.ConcernRaised), {"disagreed_on": written}, "Earlier.", TODAY)

    assert isinstance(decided.fact, e.Corrected)
    assert decided.fact.restated["disagreed_on"] == "2026-03-30"


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        (e.CounterpartTold, {"manner": "letter"}, '"manner" cannot be corrected in this entry'),
        (
            e.CounterpartTold,
            {"how": "pigeon"},
            '"how" is one of "telephone", "face to face", "meeting", "e-mail", "letter", "form", "not known"',
        ),
        (e.CounterpartTold, {"occurred_on": "31/04/2026"}, '"occurred on" is not a date'),
        (e.CounterpartTold, {"occurred_on": "Friday"}, '"occurred on" is not a date'),
        (e.ConcernRaised, {"decision_received_on": "-"}, '"decision received on" cannot be left without words'),
        (e.ConcernRaised, {"receiving_agencies": "x"}, '"receiving_agencies" cannot be corrected in this entry'),
        (e.DiscussionRecorded, {"actions": "x"}, '"actions" cannot be corrected in this entry'),
    ],
)
def test_cannot_correct_an_entry_to_what_it_cannot_say(kind: type[e.Fact], changes: dict[str, str], why: str) -> None:
    assert refused(entry(kind), changes) == why


def test_cannot_correct_a_day_to_one_after_today() -> None:
    number = entry(e.CounterpartTold)

    assert refused(number, {"occurred_on": "01/05/2026"}) == f"entry {number}: a day given is after today"


def test_cannot_correct_the_day_the_decision_was_learned_of_to_one_after_today() -> None:
    number = entry(e.ConcernRaised)

    assert refused(number, {"decision_received_on": "01/05/2026"}) == f"entry {number}: a day given is after today"


def test_cannot_correct_an_entry_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="^entry 99: is not in this case, or its words were removed$"):
        mending.correct(CASE.events, 99, {"how": "letter"}, "-", TODAY)


def test_a_concern_corrected_keeps_all_it_is_made_of() -> None:
    decided = mending.correct(CASE.events, entry(e.ConcernRaised), {"concern": "Hunger."}, "Clearer.", TODAY)

    assert isinstance(decided.fact, e.Corrected)
    fact = fact_from_plain("concern raised", decided.fact.restated)
    assert isinstance(fact, e.ConcernRaised)
    assert (fact.concern, fact.receiving_agencies, fact.decision_received_on) == (
        "Hunger.",
        (SOCIAL_CARE,),
        date(2026, 4, 1),
    )
