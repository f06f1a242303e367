"""What two installations recorded of one entry without knowing of each other reads alike in both records."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.both_sides import Differing, differing, may_bring_back
from escalate.core.case import read_case
from escalate.core.meanwhile import Meanwhile
from escalate.core.mending import correct

DAY = date(2026, 4, 9)
A, B = "db-a", "db-b"


def entry(chain: str, number: int, fact: e.Fact | None, at: str = "09:00", **more: Any) -> e.Event:
    return e.Event(
        stream="case-1",
        chain=chain,
        number=number,
        sequence=0,
        id=f"{chain}-{number}",
        fact=fact,
        kind=more.pop("kind", "") or (fact.kind if fact else ""),
        occurred_on=DAY,
        recorded_at=f"2026-04-09T{at}:00+01:00",
        **more,
    )


LEARNED = entry(A, 1, e.LearningIdentified(stage="1", learning="Speak sooner, said Quitte and Zwetschge."))
HANDED = entry(A, 2, e.HandedOver(to="Bea Manager", package="one"))
TAKEN = entry(B, 1, e.TakenOver(by="person-b", agency="agency-b", package="one", from_chain=A))
BEFORE = (LEARNED, HANDED, TAKEN)


def here_and_there(*, ours: e.Event, theirs: e.Event) -> tuple[list[e.Event], list[e.Event]]:
    """Return the same entries as they stand in the record of A, and in that of B."""
    return placed(LEARNED, HANDED, ours, TAKEN, theirs), placed(*BEFORE, theirs, ours)


def placed(*events: e.Event) -> list[e.Event]:
    return [dataclasses.replace(event, sequence=place) for place, event in enumerate(events, 1)]


def corrected(words: str, at: str = "10:00") -> e.Event:
    """A correction by A of its own first entry."""
    restated = {"stage": "1", "learning": words}
    return entry(A, 3, e.Corrected(reason="a slip", occurred_on=DAY, restated=restated), at, target=1)


def corrected_there(words: str, at: str = "11:00", number: int = 2) -> e.Event:
    """A correction of that entry by B."""
    restated = {"stage": "1", "learning": words}
    fact = e.AnothersEntryCorrected(of_chain=A, entry=1, reason="a slip", occurred_on=DAY, restated=restated)
    return entry(B, number, fact, at, target=1)


def redacted(words: str) -> e.Event:
    return entry(A, 3, e.Redacted(reason="another family", restated={"stage": "1", "learning": words}), target=1)


def redacted_there(words: str) -> e.Event:
    restated = {"stage": "1", "learning": words}
    fact = e.AnothersEntryRedacted(of_chain=A, entry=1, reason="another family", restated=restated)
    return entry(B, 2, fact, target=1)


def learning(events: list[e.Event]) -> str:
    fact = read_case(events).events[0].fact
    assert isinstance(fact, e.LearningIdentified)
    return fact.learning


def test_of_two_corrections_that_knew_nothing_of_each_other_the_later_counts_in_both_records() -> None:
    one, other = here_and_there(ours=corrected("Said by A."), theirs=corrected_there("Said by B."))
    assert [learning(one), learning(other)] == ["Said by B."] * 2

    one, other = here_and_there(ours=corrected("Said by A.", "12:00"), theirs=corrected_there("Said by B."))
    assert [learning(one), learning(other)] == ["Said by A."] * 2


def test_of_two_corrections_of_one_moment_the_same_counts_in_both_records() -> None:
    one, other = here_and_there(ours=corrected("Said by A.", "11:00"), theirs=corrected_there("Said by B.", "11:00"))

    assert [learning(one), learning(other)] == ["Said by B."] * 2


def test_a_correction_that_knows_of_another_counts_whatever_the_clocks_say() -> None:
    first = corrected("Said by A.", "18:00")
    handed = entry(A, 4, e.HandedOver(to="Bea Manager", package="two"), "18:01")
    taken = entry(B, 2, e.TakenOver(by="person-b", agency="agency-b", package="two", from_chain=A), "08:00")
    later = corrected_there("Said by B.", "08:01", number=3)

    assert learning(placed(LEARNED, HANDED, first, handed, TAKEN, taken, later)) == "Said by B."
    assert learning(placed(*BEFORE, first, handed, taken, later)) == "Said by B."


def test_words_removed_do_not_come_back_by_a_correction_that_did_not_know_of_it() -> None:
    for removal, restating in (
        (redacted("Speak sooner."), corrected_there("Quitte said: speak soon.")),
        (redacted_there("Speak sooner."), corrected("Quitte said: speak soon.", "23:00")),
    ):
        ours, theirs = (removal, restating) if removal.chain == A else (restating, removal)
        one, other = here_and_there(ours=ours, theirs=theirs)
        assert [learning(one), learning(other)] == ["Speak sooner."] * 2


def test_a_correction_that_knew_of_the_removal_counts() -> None:
    after = entry(
        A,
        4,
        e.Corrected(reason="a slip", occurred_on=DAY, restated={"stage": "1", "learning": "Speak at once."}),
        target=1,
    )

    assert learning(placed(LEARNED, HANDED, redacted("Speak sooner."), after, TAKEN)) == "Speak at once."


def test_of_two_removals_only_what_both_leave_stays() -> None:
    ours = redacted("Speak sooner, said [removed] and Zwetschge.")
    theirs = redacted_there("Speak sooner, said Quitte and [removed].")

    one, other = here_and_there(ours=ours, theirs=theirs)

    assert [learning(one), learning(other)] == ["Speak sooner, said [removed] and [removed]"] * 2


def test_a_removal_that_leaves_nothing_leaves_nothing_whatever_the_other_leaves() -> None:
    nothing = entry(A, 3, e.Redacted(reason="another family", restated={}), target=1)
    one, other = here_and_there(ours=nothing, theirs=redacted_there("Speak sooner."))

    assert [read_case(events).events[0].fact for events in (one, other)] == [None, None]


def test_a_further_correction_builds_on_the_one_that_counts() -> None:
    for events in here_and_there(ours=corrected("Said by A.", "12:00"), theirs=corrected_there("Said by B.")):
        further = correct(events, 1, {"occurred_on": "08/04/2026"}, "a slip", DAY)

        assert isinstance(further.fact, e.Corrected)
        assert further.fact.restated["learning"] == "Said by A."


def test_both_records_are_told_of_two_corrections_when_the_other_one_comes_in() -> None:
    mine, yours = corrected("Said by A."), corrected_there("Said by B.")
    one, other = here_and_there(ours=mine, theirs=yours)

    assert differing(one[:3], one[3:]) == (Differing(one[2], one[4], one[4]),)
    assert differing(other[:4], other[4:]) == (Differing(other[3], other[4], other[3]),)


def test_nobody_is_told_again_of_two_answers_once_somebody_who_knew_both_has_answered() -> None:
    mine, yours = corrected("Said by A."), corrected_there("Said by B.")
    back = entry(B, 3, e.HandedOver(to="Alex Practitioner", package="back"))
    taken = entry(A, 4, e.TakenOver(by="person-a", agency="agency-a", package="back", from_chain=B))
    settled = dataclasses.replace(corrected("Said by both."), number=5, id="settled")

    there = placed(*BEFORE, yours, back, mine, taken, settled)

    assert differing(there[:5], there[5:]) == ()
    assert learning(there) == "Said by both."


def test_both_records_are_told_of_what_may_bring_removed_words_back() -> None:
    restating, removal = corrected("Quitte said: speak soon."), redacted_there("Speak sooner.")
    one, other = here_and_there(ours=restating, theirs=removal)

    assert may_bring_back(one[:3], one[3:]) == (one[2],)
    assert may_bring_back(other[:4], other[4:]) == (other[4],)
    assert may_bring_back(one, ()) == ()


def test_the_record_knows_who_knew_of_what() -> None:
    one, _ = here_and_there(ours=corrected("Said by A."), theirs=corrected_there("Said by B."))
    learned, handed, ours, taken, theirs = one
    meanwhile = Meanwhile(one)

    assert [meanwhile.knew(theirs, event) for event in one] == [True, True, False, True, False]
    assert [meanwhile.knew(ours, event) for event in one] == [True, True, False, False, False]
    assert meanwhile.are_apart(ours, taken)
    assert not meanwhile.are_apart(learned, handed)
