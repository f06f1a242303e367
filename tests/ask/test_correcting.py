"""Correcting an entry at a keyboard: days are understood as everywhere, and answers are called as `show` calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from escalate.ask.answer_file import answers_from_file
from escalate.ask.scripts.mending import correct_script, correctable
from escalate.core import mending
from escalate.core.answers import Answers, Value
from escalate.core.events import StageEntered
from escalate.errors import CannotDecide, Interrupted
from escalate.render.answer_labels import answer_labels
from escalate.render.event_words import describe
from tests.ask.at_a_keyboard import TODAY, Sitting
from tests.builders import at_risk, ended, told
from tests.render.test_event_words import NOBODY
from tests.rules.scenario import Scenario, scenario

CASE = scenario(
    told("2026-04-08"),
    at_risk("2026-04-08", "not sure"),
    ended("1", "no response", "2026-04-09"),
    opened="2026-04-09",
    nature="Whether a plan is needed.",
    disagreed_on="2026-03-30",
)
CHILD, OPENING, TELLING, RISK, ENDING = "5", "6", "8", "9", "10"


def sitting(case: Scenario = CASE) -> Sitting:
    """Return the interview of `correct` for a case, on Friday 10 April 2026."""

    def bars(entry: int, changes: Mapping[str, str]) -> str | None:
        try:
            mending.correct(case.events, entry, changes, "", TODAY)
        except CannotDecide as refused:
            return "; ".join(filter(None, (refused.what, refused.remedy)))
        return None

    events = case.case.events
    says = {event.sequence: describe(event.fact, NOBODY).sentence for event in correctable(events)}
    script = correct_script(says, lambda fact, fields: answer_labels(fact, fields, NOBODY), events, TODAY, bars)
    return Sitting(script)


def begun(*typed: str, case: Scenario = CASE) -> Sitting:
    """Return an interview in which this was typed, left at the question after it."""
    one = sitting(case)
    with pytest.raises(Interrupted):
        one.held(*typed)
    return one


def value(one: Sitting) -> object:
    """Return what the first change should say, as it was kept last."""
    return one.kept[-1].get("changes.0.value")


@pytest.mark.parametrize(
    ("typed", "shown", "day"),
    [
        ("3 April", "Fri 3 Apr 2026", date(2026, 4, 3)),
        ("2/4", "Thu 2 Apr 2026", date(2026, 4, 2)),
        ("Thu", "Thu 9 Apr 2026", date(2026, 4, 9)),
        ("yesterday", "Thu 9 Apr 2026", date(2026, 4, 9)),
        ("2026-04-07", "Tue 7 Apr 2026", date(2026, 4, 7)),
    ],
)
def test_a_starting_day_is_understood_as_every_other_day_and_said_with_its_weekday(
    typed: str, shown: str, day: date
) -> None:
    one = begun(OPENING, "Learned of it on", typed)

    assert f"  {shown}" in one.shown
    assert value(one) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/4", '"31/4" is not a date: April has 30 days'),
        ("Mon 3 Apr 2026", "3 April 2026 is a Friday, not a Monday"),
        ("13/04/2026", "Mon 13 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026"),
    ],
)
def test_a_day_that_cannot_be_is_explained(typed: str, why: str) -> None:
    assert why in begun(OPENING, "learned", typed).screen


def test_a_day_after_the_telling_is_refused_at_its_question_with_the_entry_to_correct_first() -> None:
    case = scenario(told("2026-04-02"), opened="2026-04-09")
    one = begun(OPENING, "learned", "3 April", case=case)

    assert " ".join(one.shown[-1].split()) == (
        "Entry 6: the concern would then begin on 03/04/2026, and entry 8 (02/04/2026) cannot lie before it; if"
        " 03/04/2026 is right, correct the day of entry 8 first."
    )
    assert value(one) is None


def test_the_day_it_was_raised_can_be_changed_first_and_then_the_day_it_was_learned_of() -> None:
    case = scenario(told("2026-04-08"), opened="2026-04-02").corrected(StageEntered, to="2026-04-08")

    refused = begun(OPENING, "learned", "3 April", case=case)
    taken = begun(OPENING, "the day it happened", "8 April", "yes", "learned", "3 April", case=case)

    assert "and entry 6 (02/04/2026) cannot lie before it" in " ".join(refused.screen.split())
    assert taken.kept[-1]["changes.1.value"] == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("entry", "field"), [(OPENING, "disagreement arose"), (CHILD, "born"), (RISK, "until"), (ENDING, "no answer by")]
)
def test_a_dash_takes_a_day_away_where_there_may_be_none(entry: str, field: str) -> None:
    one = begun(entry, field, "-")

    assert "Which day should it say? (a single dash for none)" in one.screen
    assert value(one) == "-"


def test_cannot_take_away_the_day_the_decision_was_learned_of() -> None:
    one = begun(OPENING, "learned", "-")

    assert '"-" is not a date' in one.screen
    assert value(one) is None


def test_a_date_of_birth_needs_its_year() -> None:
    assert "A date of birth needs its year" in begun(CHILD, "born", "3/5").screen


def test_what_should_change_is_chosen_by_the_words_that_show_has_for_it() -> None:
    one = begun(OPENING)

    assert "Learned of it on (now 01/04/2026)" in one.screen
    assert "Nature of the disagreement (now Whether a plan is needed.)" in one.screen
    assert "The day it happened (now 09/04/2026)" in one.screen
    assert "Why the family was not told (now nothing)" in one.screen
    assert begun(OPENING, "nature").kept[-1]["changes.0.field"] == "nature"
    assert begun(OPENING, "family was not").kept[-1]["changes.0.field"] == "family_not_told"


def test_of_a_few_answers_each_is_named_in_the_question() -> None:
    one = begun(RISK, "immediate risk", "perhaps", "yes")

    assert "What should it say? (yes, no or not sure)" in one.screen
    assert value(one) == "yes"


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("decision_received_on", '"02/04/2026"', date(2026, 4, 2)),
        ("disagreed_on", '"2026-03-31"', date(2026, 3, 31)),
        ("disagreed_on", "2026-03-31", date(2026, 3, 31)),
        ("disagreed_on", '"-"', "-"),
    ],
)
def test_a_file_names_the_fields_and_days_as_before(field: str, written: str, kept: Value) -> None:
    text = f'entry = "6"\nreason = "A slip."\n[[changes]]\nfield = "{field}"\nvalue = {written}\n'

    answers, notes = answers_from_file(sitting().script, text, "answers.toml")

    given: dict[str, Value] = {
        "entry": "6",
        "changes.0.field": field,
        "changes.0.value": kept,
        "changes.0.another": "no",
    }
    assert (answers, notes) == (Answers({**given, "reason": "A slip."}), ())
