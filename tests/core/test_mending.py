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
from tests.builders import SOCIAL_CARE, at_risk, discussed, told
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


def refused_in(case: Scenario, changes: Mapping[str, str], kind: type[e.Fact] = e.ConcernRaised) -> tuple[str, str]:
    """Return why a correction of the first entry of a kind is refused, and what to do."""
    with pytest.raises(CannotDecide) as found:
        mending.correct(case.events, entry(kind, case), changes, "It was wrong.", TODAY)
    return found.value.what, found.value.remedy


TOLD = scenario(told("2026-04-08"), discussed("2026-04-10"), opened="2026-04-09")
"""Told on Wednesday 8 April, in entry 8, and written down on the Thursday, in entries 6 and 7."""


@pytest.mark.parametrize("on", ["2026-04-02", "2026-04-08"])
def test_the_decision_may_have_been_learned_of_up_to_the_day_the_other_side_was_told(on: str) -> None:
    decided = mending.correct(TOLD.events, entry(e.ConcernRaised), {"decision_received_on": on}, "Later.", TODAY)

    assert isinstance(decided.fact, e.Corrected)
    assert decided.fact.restated["decision_received_on"] == on


def test_cannot_correct_the_day_the_decision_was_learned_of_to_one_after_the_other_side_was_told() -> None:
    assert refused_in(TOLD, {"decision_received_on": "09/04/2026"}) == (
        "entry 6: the concern would then begin on 09/04/2026, and entry 8 (08/04/2026) cannot lie before it",
        "if 09/04/2026 is right, correct the day of entry 8 first",
    )


def test_every_entry_that_would_lie_before_the_concern_is_named_by_its_number() -> None:
    talks = [discussed("2026-04-10") for _ in range(4)]

    assert refused_in(TOLD, {"decision_received_on": "13/04/2026"})[0] == (
        "entry 6: the concern would then begin on 13/04/2026, and entries 6, 7, 8 and 9 (the first on 08/04/2026)"
        " cannot lie before it"
    )
    assert refused_in(TOLD.then(*talks), {"decision_received_on": "13/04/2026"})[1] == (
        "if 13/04/2026 is right, correct the day of entries 6, 7, 8, 9 and 4 more first"
    )


@pytest.mark.parametrize("disagreed_on", ["-", "09/04/2026"])
def test_cannot_take_the_earlier_starting_day_away_from_before_the_day_of_telling(disagreed_on: str) -> None:
    case = scenario(
        told("2026-04-08"), opened="2026-04-30", decision_received_on="2026-04-09", disagreed_on="2026-04-07"
    )

    assert refused_in(case, {"disagreed_on": disagreed_on}) == (
        "entry 6: the concern would then begin on 09/04/2026, and entry 8 (08/04/2026) cannot lie before it",
        "if 09/04/2026 is right, correct the day of entry 8 first",
    )


def test_while_the_disagreement_began_before_the_telling_the_decision_may_be_learned_of_later() -> None:
    case = scenario(told("2026-04-08"), opened="2026-04-30", disagreed_on="2026-03-30")

    decided = mending.correct(case.events, 6, {"decision_received_on": "09/04/2026"}, "Later.", TODAY)

    assert isinstance(decided.fact, e.Corrected)


def test_the_order_of_days_is_that_of_the_corrected_days() -> None:
    moved_up = TOLD.corrected(e.CounterpartTold, to="2026-04-02")
    put_off = TOLD.corrected(e.CounterpartTold, to="2026-04-09")

    assert refused_in(moved_up, {"decision_received_on": "03/04/2026"})[0].endswith(
        "and entry 8 (02/04/2026) cannot lie before it"
    )
    decided = mending.correct(put_off.events, 6, {"decision_received_on": "09/04/2026"}, "Later.", TODAY)
    assert isinstance(decided.fact, e.Corrected)


def test_risk_and_names_may_be_from_before_the_concern_and_a_concern_is_always_moved_to_an_earlier_day() -> None:
    case = scenario(at_risk("2026-04-02"), opened="2026-04-09")
    later = mending.correct(case.events, 6, {"decision_received_on": "09/04/2026"}, "Later.", TODAY)
    wrong = scenario(told("2026-04-02"), opened="2026-04-20", decision_received_on="2026-04-14")
    nearer = mending.correct(wrong.events, 6, {"decision_received_on": "07/04/2026"}, "Earlier.", TODAY)

    assert isinstance(later.fact, e.Corrected)
    assert isinstance(nearer.fact, e.Corrected)


def test_the_opening_itself_cannot_have_been_written_down_before_what_it_is_corrected_to() -> None:
    case = scenario(opened="2026-04-02").corrected(e.StageEntered, to="2026-04-07")
    together = {"decision_received_on": "03/04/2026", "occurred_on": "07/04/2026"}

    assert refused_in(case, {"decision_received_on": "03/04/2026"}) == (
        "entry 6: the concern would then begin on 03/04/2026, and entry 6 (02/04/2026) cannot lie before it",
        "if 03/04/2026 is right, correct the day of entry 6 first",
    )
    assert refused_in(case, {"occurred_on": "31/03/2026"})[0] == "entry 6: 31/03/2026 is before the concern"
    decided = mending.correct(case.events, 6, together, "Later.", TODAY)
    assert isinstance(decided.fact, e.Corrected)
    assert (decided.fact.occurred_on, decided.fact.restated["decision_received_on"]) == (date(2026, 4, 7), "2026-04-03")


def test_cannot_correct_a_telling_to_a_day_before_the_concern() -> None:
    assert refused_in(TOLD, {"occurred_on": "31/03/2026"}, e.CounterpartTold)[0] == (
        "entry 8: 31/03/2026 is before the concern"
    )


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
