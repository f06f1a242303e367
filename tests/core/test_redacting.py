"""Removing words wherever a case holds them, and nothing else with them."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core import mending
from escalate.core.plain import fact_from_plain, to_plain
from escalate.errors import CannotDecide, NotFound
from tests.builders import SOCIAL_CARE, discussed, ended, told
from tests.rules.scenario import Scenario, learned, scenario, situation

TODAY = date(2026, 4, 30)
CASE = scenario(told("2026-04-02"), discussed("2026-04-08"))


def entry(kind: type[e.Fact], case: Scenario = CASE) -> int:
    """Return the number of the first entry of this kind."""
    return next(event.sequence for event in case.events if isinstance(event.fact, kind))


def issued(**answers: str) -> tuple[e.Fact, date]:
    """A form was issued with these answers."""
    form = e.FormIssued(
        issue="issue-0001",
        form="knowsley-appendix-2",
        form_version=1,
        stage="2",
        child="child-1",
        file_name="KSCP-2026-0001-TEST-appendix-2.docx",
        digest="0" * 64,
        content_digest="1" * 64,
        anchor="L-0001",
        answers=answers,
        blanks=("child_address",),
    )
    return form, date(2026, 4, 10)


def test_words_are_removed_from_every_entry_that_holds_them_and_from_no_other() -> None:
    case = scenario(
        told("2026-04-02", said="Mr Invented drove off."),
        discussed("2026-04-08", said="Nothing of it."),
        learned("2026-04-08"),
        ended("1", "resolved", "2026-04-09", decision="MR INVENTED stays away."),
    )

    redaction = mending.redact(case.events, ["Mr Invented"], "Another family.", TODAY)

    assert redaction.sequences == (entry(e.CounterpartTold, case), entry(e.OutcomeRecorded, case))
    said = [one.fact.restated for one in redaction.decided if isinstance(one.fact, e.Redacted)]
    assert (said[0]["said"], said[1]["decision"]) == ("[removed] drove off.", "[removed] stays away.")
    assert [one.target for one in redaction.decided] == list(redaction.sequences)


def test_words_in_agreed_actions_are_removed_and_their_ids_and_dates_stay() -> None:
    action = e.Action(id="action-1", what="Ring Mr Invented.", owner="Mr Invented", by_on=date(2026, 4, 20))
    case = scenario(discussed("2026-04-08", actions=(action,)))

    redaction = mending.redact(case.events, ["Mr Invented"], "-", TODAY)

    assert isinstance(redaction.decided[0].fact, e.Redacted)
    assert redaction.decided[0].fact.restated["actions"] == [
        {"id": "action-1", "what": "Ring [removed].", "owner": "[removed]", "by_on": "2026-04-20"}
    ]


def test_words_in_an_issued_forms_answers_are_removed_and_the_form_is_named() -> None:
    case = scenario(issued(child_name="Rowan Testcase", stage="2"))

    redaction = mending.redact(case.events, ["Rowan Testcase"], "-", TODAY)

    form = redaction.decided[-1].fact
    assert isinstance(form, e.Redacted)
    assert form.restated["answers"] == {"child_name": "[removed]", "stage": "2"}
    assert [one.issue for one in redaction.issued] == ["issue-0001"]


def test_ids_digests_and_choices_are_never_touched_whatever_words_are_given() -> None:
    case = scenario(issued(stage="2"), situation("2026-04-10", SOCIAL_CARE, health_agency="yes"), told("2026-04-10"))
    words = ["child-1", "knowsley", "0000", "agency-social-care", "telephone", "yes", "2026"]

    kinds = ("counterpart told", "form issued", "situation recorded")

    with pytest.raises(NotFound, match="^these words stand nowhere in this case$"):
        mending.redact([one for one in case.events if one.kind in kinds], words, "-", TODAY)


def test_the_reason_of_a_redaction_does_not_repeat_the_words() -> None:
    case = scenario(told("2026-04-02", said="Mr Invented."))

    redaction = mending.redact(case.events, ["mr invented"], "Mr Invented is of another family.", TODAY)

    assert isinstance(redaction.decided[0].fact, e.Redacted)
    assert redaction.decided[0].fact.reason == "[removed] is of another family."


def test_words_stand_in_corrections_too_and_go_there_as_well() -> None:
    case = scenario(told("2026-04-02")).corrected(e.CounterpartTold, said="Mr Invented.")

    redaction = mending.redact(case.events, ["Mr Invented"], "-", TODAY)

    assert redaction.sequences == (case.events[-1].sequence,)
    assert isinstance(redaction.decided[0].fact, e.Redacted)
    assert redaction.decided[0].fact.restated["restated"]["said"] == "[removed]."  # type: ignore[index]


def blanked(case: Scenario, redaction: mending.Redaction) -> Scenario:
    """Return the case after a redaction, as the ledger holds it: the words of the entries themselves are gone."""
    erased = tuple(
        dataclasses.replace(event, fact=None) if event.sequence in redaction.sequences else event
        for event in case.events
    )
    return dataclasses.replace(case, events=erased).then(*redaction.decided)


def test_what_a_correction_restates_keeps_its_dates_ids_and_choices() -> None:
    case = scenario(told("2026-04-02")).corrected(e.ConcernRaised, concern="In 2026 by telephone: agency-social-care.")

    redaction = mending.redact(case.events[-1:], ["2026"], "-", TODAY)
    with_the_rest = mending.redact(case.events, ["2026", "telephone"], "-", TODAY)

    assert redaction.sequences == (case.events[-1].sequence,)
    read = blanked(case, with_the_rest).case
    assert (read.raised.concern, read.raised.decision_received_on, read.reference) == (
        "In [removed] by [removed]: agency-social-care.",
        date(2026, 4, 1),
        "KSCP-2026-0001-TEST",
    )


def test_other_words_of_one_entry_can_be_removed_later() -> None:
    case = scenario(concern="Mr Invented and Ms Imagined live there.")
    once = blanked(case, mending.redact(case.events, ["Mr Invented"], "-", TODAY))
    twice = blanked(once, mending.redact(once.events, ["Ms Imagined"], "-", TODAY))
    thrice = blanked(twice, mending.redact(twice.events, ["live there"], "-", TODAY))

    assert once.case.raised.concern == "[removed] and Ms Imagined live there."
    assert twice.case.raised.concern == "[removed] and [removed] live there."
    assert thrice.case.raised.concern == "[removed] and [removed] [removed]."
    assert thrice["stage-1-raise"].due_on == date(2026, 4, 7)


def test_an_entry_whose_words_were_removed_can_still_be_corrected() -> None:
    case = scenario(concern="Mr Invented lives there.")
    redacted = blanked(case, mending.redact(case.events, ["Mr Invented"], "-", TODAY))

    correction = mending.correct(
        redacted.events, entry(e.ConcernRaised, case), {"disagreed_on": "30/03/2026"}, "Earlier.", TODAY
    )

    read = redacted.then(correction).case
    assert (read.raised.concern, read.concern_on) == ("[removed] lives there.", date(2026, 3, 30))


def test_brackets_and_stars_in_words_are_only_what_they_are() -> None:
    case = scenario(told("2026-04-02", said="Flat 4 [rear] (*) and flat 44."))

    redaction = mending.redact(case.events, ["[rear] (*)"], "-", TODAY)

    assert isinstance(redaction.decided[0].fact, e.Redacted)
    assert redaction.decided[0].fact.restated["said"] == "Flat 4 [removed] and flat 44."


@pytest.mark.parametrize(
    "written",
    [
        "O'Example Smith-Invented",
        "O’Example Smith-Invented",
        "OʼEXAMPLE smith‐invented",
        "O'Example\nSmith-Invented",
        "O'Example \u00a0\t Smith-Invented",
        "O'Ex\u00adample \u00adSmith\u00ad-Invented",
        "O'Example\r\n\r\nSmith\u2011Inven\u200bted",
    ],
)
@pytest.mark.parametrize("words", ["o‘example  smith-invented", "O'Example\nSmith‑Inven\u00adted"])
def test_words_are_removed_however_quotes_spaces_and_hyphens_were_set(words: str, written: str) -> None:
    case = scenario(told("2026-04-02", said=f"Ask {written}, not O Example."))

    (decided,) = mending.redact(case.events, [words], f"It is {written}.", TODAY).decided

    assert isinstance(decided.fact, e.Redacted)
    assert decided.fact.restated["said"] == "Ask [removed], not O Example."
    assert decided.fact.reason == "It is [removed]."


def test_an_accent_written_after_its_letter_is_the_same_and_a_letter_without_it_is_another() -> None:
    case = scenario(told("2026-04-02", said="Zoe\u0301 and Zo\u00e9, not Zoe."))

    (decided,) = mending.redact(case.events, ["Zo\u00e9"], "-", TODAY).decided

    assert isinstance(decided.fact, e.Redacted)
    assert decided.fact.restated["said"] == "[removed] and [removed], not Zoe."


@pytest.mark.parametrize("words", [["\u00ad"], ["x\u00ad"], [], [""], ["  "], ["x"], ["Mr Invented", "x"]])
def test_cannot_remove_nothing_or_a_single_letter(words: list[str]) -> None:
    with pytest.raises(CannotDecide, match="^the words to remove are missing, or a single letter$"):
        mending.redact(CASE.events, words, "-", TODAY)


def test_cannot_remove_words_that_stand_nowhere() -> None:
    with pytest.raises(NotFound, match="^these words stand nowhere in this case$"):
        mending.redact(CASE.events, ["Mr Invented"], "-", TODAY)


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=2, max_size=12).filter(
        lambda t: len(t.strip()) > 1
    )
)
def test_words_removed_are_gone_from_what_the_case_then_says(words: str) -> None:
    case = scenario(told("2026-04-02", said=f"Before {words} after."), learned("2026-04-08"))

    redaction = mending.redact(case.events, [words], "-", TODAY)

    wanted = words.strip().casefold()
    for one in redaction.decided:
        assert isinstance(one.fact, e.Redacted)
        before = next(event for event in case.events if event.sequence == one.target)
        assert fact_from_plain(before.kind, one.fact.restated)
    read = case.then(*redaction.decided).case
    told_now = read.latest(e.CounterpartTold)
    assert told_now is not None
    said = str(to_plain(told_now.fact)["said"])
    assert wanted not in said.replace("[removed]", "\0").casefold()
