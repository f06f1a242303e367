"""What two records say of one thing, side by side where they differ."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.both_sides import Differing, differing, may_bring_back

DAY = date(2026, 4, 9)


def entry(sequence: int, fact: e.Fact, target: int | None = None, chain: str = "") -> e.Event:
    """An entry of ours, or from the fourteenth on of the other record."""
    return e.Event(
        stream="case-1",
        chain=chain or ("db-2" if sequence >= 14 else "db-1"),
        sequence=sequence,
        id=f"event-{sequence}",
        fact=fact,
        kind=fact.kind,
        occurred_on=DAY,
        target=target,
    )


def outcome(answer: e.Outcome, stage: str = "1", agency: str = "agency-2") -> e.OutcomeRecorded:
    return e.OutcomeRecorded(agency=agency, stage=stage, outcome=answer)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (outcome("resolved"), outcome("unresolved")),
        (e.SituationRecorded(facts={"moved": "yes"}), e.SituationRecorded(facts={"moved": "no"})),
        (e.DetailsRecorded(details={"child.send": "yes"}), e.DetailsRecorded(details={"child.send": "no"})),
        (e.RiskConsidered(answer="yes"), e.RiskConsidered(answer="no")),
        (e.UrgencyJudged(band="urgent"), e.UrgencyJudged(band="routine")),
        (e.StageEntered(stage="2", ground="unresolved"), e.StageEntered(stage="3", ground="skipped")),
        (
            e.RecommendationMade(by="The chair", recommendation="To stay.", stage="4"),
            e.RecommendationMade(by="The chair", recommendation="To go.", stage="4"),
        ),
        (
            e.AgencyResponded(agency="agency-2", response="accepted"),
            e.AgencyResponded(agency="agency-2", response="not accepted"),
        ),
        (e.TimescaleAgreed(item="reply", by_on=DAY), e.TimescaleAgreed(item="reply", by_on=date(2026, 4, 10))),
        (e.DutyDone(item="tell"), e.DutyNotApplicable(item="tell", reason="Nobody to tell.")),
        (e.ActionChecked(action="action-1", was_done="yes"), e.ActionChecked(action="action-1", was_done="no")),
        (e.Withdrawn(wanted_by="Us", reason="It was agreed."), e.Reopened(reason="It was not.")),
        (e.CalendarAdopted(version="ENG-1"), e.CalendarAdopted(version="ENG-2")),
        (
            e.PartyNamed(party="person-1", sort="person", name="Sam Counterpart"),
            e.PartyNamed(party="person-1", sort="person", name="Samuel Counterpart"),
        ),
    ],
)
def test_two_answers_to_one_question_stand_side_by_side(ours: e.Fact, theirs: e.Fact) -> None:
    here, there = entry(10, ours), entry(14, theirs)

    assert differing([here], [there]) == (Differing(here, there),)
    assert differing([here], [entry(14, ours)]) == ()


def test_answers_to_two_questions_do_not() -> None:
    assert differing([entry(10, outcome("resolved"))], [entry(14, outcome("unresolved", stage="2"))]) == ()
    assert differing([entry(10, outcome("resolved"))], [entry(14, outcome("unresolved", agency="agency-3"))]) == ()


def test_only_the_last_answer_of_each_side_counts() -> None:
    ours = [entry(10, outcome("unresolved")), entry(11, outcome("resolved"))]

    assert differing(ours, [entry(14, outcome("resolved"))]) == ()


def test_two_corrections_of_one_entry_stand_side_by_side_and_of_two_do_not() -> None:
    def corrected(words: str) -> e.Corrected:
        return e.Corrected(reason="a slip", occurred_on=DAY, restated={"learning": words})

    here, there = entry(10, corrected("Ask."), 3), entry(14, corrected("Speak."), 3)

    assert differing([here], [there]) == (Differing(here, there, later=there),)
    assert differing([here], [entry(14, corrected("Speak."), 4)]) == ()


def test_an_entry_that_restates_what_the_other_side_removed_may_bring_it_back() -> None:
    corrected = entry(10, e.Corrected(reason="a slip", occurred_on=DAY, restated={}), 3)
    of_another = e.AnothersEntryRedacted(of_chain="db-2", entry=3, reason="another family", restated={})

    assert may_bring_back([corrected], [entry(14, of_another, 3)]) == (corrected,)
    assert may_bring_back([entry(14, of_another, 3)], [corrected]) == (corrected,)
    assert may_bring_back([corrected], [entry(14, of_another, 4)]) == ()
