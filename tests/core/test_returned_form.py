"""A form that came back, field by field: as it was sent, as it is now, as the case says today."""

from __future__ import annotations

import pytest

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.returned import (
    AsRead,
    Difference,
    ReturnedForm,
    can_stand,
    compare,
    may_decide,
    new_lines,
    says_the_same,
)
from escalate.files.policies.loading import load_policy

ISSUE = FormField(id="issue", label="Issue", kind="long", fills="case.concern")
SINCE = FormField(id="since", label="Since", kind="date", fills="case.concern_on")
NAME = FormField(id="name", label="Name of child", kind="person", fills="child.name")
STAGE = FormField(id="stage", label="Stage", kind="choice", options=("2", "3"), fills="case.stage")
THEIRS = FormField(id="theirs", label="Actions taken by us", kind="long", filled_by="them")
SIGNED = FormField(id="signed", label="Signed", kind="sign")
FILLED_IN = FormField(id="filled_in", label="Completed on", kind="date", fills="form.completed_on")
WHAT = FormField(id="what", label="What", kind="text", fills="action.what")
ACTIONS = FormTable(id="actions", rows_of="actions", columns=(WHAT,), rows=2, after="issue")
FIELDS = (ISSUE, SINCE, NAME, STAGE, THEIRS, SIGNED, FILLED_IN)


def a_form(*fields: FormField, tables: tuple[FormTable, ...] = ()) -> FormDefinition:
    return FormDefinition(
        id="invented",
        version=1,
        title="Invented form",
        partnership="Invented Partnership",
        standing="invented",
        source="the tests",
        template="invented.docx",
        per_child=True,
        names="in full",
        return_to="",
        fields=fields or FIELDS,
        tables=tables,
    )


def returned(definition: FormDefinition | None = None, **said: str | AsRead) -> ReturnedForm:
    fields = {one: words if isinstance(words, AsRead) else AsRead(text=words) for one, words in said.items()}
    return ReturnedForm(definition=definition or a_form(), fields=fields)


def the_only(one: FormField, sent: str | None, came: str | AsRead, now: str) -> Difference:
    """Return the difference of a form of this one field."""
    before = None if sent is None else {one.id: sent}
    (found,) = compare(returned(a_form(one), **{one.id: came}), before, {one.id: now})
    return found


def judged(one: FormField, sent: str | None, came: str | AsRead, now: str) -> tuple[str, str]:
    found = the_only(one, sent, came, now)
    return found.standing, found.proposed


@pytest.mark.parametrize(
    ("sent", "came", "now", "expected"),
    [
        ("A", "A", "A", ("unchanged", "leave")),
        ("", "", "", ("unchanged", "leave")),
        ("A", "A", "B", ("changed here since", "leave")),
        ("", "", "B", ("changed here since", "leave")),
        ("A", "B", "B", ("agreed", "leave")),
        ("", "B", "", ("filled in by them", "take")),
        ("A", "B", "A", ("changed by them", "take")),
        ("A", "B", "C", ("changed on both sides", "ask")),
        ("", "B", "C", ("changed on both sides", "ask")),
        ("A", "", "A", ("cleared by them", "ask")),
        ("A", "", "C", ("changed on both sides", "ask")),
        ("A", "", "", ("agreed", "leave")),
    ],
)
def test_a_field_stands_three_ways(sent: str, came: str, now: str, expected: tuple[str, str]) -> None:
    assert judged(ISSUE, sent, came, now) == expected


@pytest.mark.parametrize(
    ("came", "now", "expected"),
    [
        ("", "", ("unchanged", "leave")),
        ("A", "A", ("agreed", "leave")),
        ("A", "", ("filled in by them", "take")),
        ("A", "B", ("changed by them", "take")),
        ("", "B", ("changed here since", "leave")),
    ],
)
def test_what_nobody_sent_is_compared_with_the_case_alone(came: str, now: str, expected: tuple[str, str]) -> None:
    assert judged(ISSUE, None, came, now) == expected


@pytest.mark.parametrize("written", ["3 April 2026", "03/04/2026", "2026-04-03", " 3 april 2026 "])
def test_a_date_is_the_same_whichever_way_it_is_written(written: str) -> None:
    assert judged(SINCE, "3 April 2026", written, "2026-04-03") == ("unchanged", "leave")


def test_the_case_s_own_date_is_shown_as_forms_print_it() -> None:
    assert the_only(SINCE, "3 April 2026", "4 April 2026", "2026-04-03").now == "3 April 2026"


def test_another_day_is_another_date() -> None:
    assert judged(SINCE, "3 April 2026", "04/04/2026", "2026-04-03") == ("changed by them", "take")


@pytest.mark.parametrize(
    "text", ["Two lines\nof it", "Two lines\r\nof it", "Two lines \nof it\n", "Two\xa0lines\nof it"]
)
def test_texts_are_the_same_whatever_ends_their_lines(text: str) -> None:
    assert says_the_same(ISSUE, "Two lines\nof it", text)


@pytest.mark.parametrize("text", ["Two lines of it", "two lines\nof it", "Two  lines\nof it", "Two lines\n\nof it"])
def test_another_word_case_or_break_is_another_text(text: str) -> None:
    assert not says_the_same(ISSUE, "Two lines\nof it", text)


def test_who_a_case_is_about_is_never_taken_over() -> None:
    assert judged(NAME, "Rowan Testcase", "Ash Testcase", "Rowan Testcase") == ("changed by them", "flag")
    assert judged(NAME, "Rowan Testcase", "", "Rowan Testcase") == ("cleared by them", "flag")


def test_what_others_fill_in_is_taken_over_even_where_something_stood_there() -> None:
    assert judged(THEIRS, "", "Followed up.", "Received.") == ("changed on both sides", "take")
    assert judged(THEIRS, "Received.", "", "Received.") == ("cleared by them", "ask")


def test_who_signed_and_completed_one_issue_says_nothing_of_the_next() -> None:
    assert judged(SIGNED, "", "J. Manager", "") == ("filled in by them", "leave")
    assert judged(FILLED_IN, "3 April 2026", "10 April 2026", "2026-04-15") == ("changed by them", "leave")
    assert judged(FILLED_IN, "3 April 2026", "3 April 2026", "2026-04-15") == ("unchanged", "leave")


def test_a_choice_that_the_form_does_not_have_is_only_shown() -> None:
    assert judged(STAGE, "2", "3", "2") == ("changed by them", "take")
    assert judged(STAGE, "2", "2 or perhaps 3", "2") == ("changed by them", "flag")
    assert (can_stand(STAGE, "2"), can_stand(STAGE, "two"), can_stand(ISSUE, "two")) == (True, False, True)


def test_readers_that_differ_leave_it_to_a_person() -> None:
    read = AsRead(text="Inside.", by=("tag",), otherwise={"label": "Inside. Beside."}, certainty="conflict")

    found = the_only(ISSUE, "Inside.", read, "Inside.")

    assert (found.standing, found.proposed) == ("unreadable", "ask")
    assert found.returned.readings == ("Inside.", "Inside. Beside.")


def test_readers_that_differ_by_a_line_end_agree() -> None:
    read = AsRead(text="Inside.\n", by=("tag",), otherwise={"label": "Inside."}, certainty="conflict")

    assert judged(ISSUE, "Inside.", read, "Inside.") == ("unchanged", "leave")


def test_a_field_that_is_not_found_takes_nothing_back() -> None:
    assert judged(ISSUE, "A", AsRead(text="", certainty="not found"), "A") == ("not found", "leave")
    (found,) = compare(returned(a_form(ISSUE)), {"issue": "A"}, {"issue": "A"})
    assert (found.standing, found.proposed) == ("not found", "leave")


def test_a_row_added_by_hand_is_filled_in_by_them() -> None:
    form = returned(a_form(ISSUE, tables=(ACTIONS,)), issue="A", actions_1_what="Visit", actions_3_what="Write")

    found = compare(form, {"issue": "A", "actions_1_what": "Visit"}, {"issue": "A", "actions_1_what": "Visit"})

    assert [(one.field.id, one.standing) for one in found] == [
        ("issue", "unchanged"),
        ("actions_1_what", "unchanged"),
        ("actions_2_what", "unchanged"),
        ("actions_3_what", "filled in by them"),
    ]


def test_new_lines_are_those_that_nobody_knew() -> None:
    assert new_lines("Ask earlier.\n\nWrite it down. ", "Ask earlier.\nSomething else.") == "Write it down. "
    assert new_lines("Ask earlier.", "Ask earlier.") == ""


def test_recommendations_are_a_decision_only_where_the_ladder_ends() -> None:
    policy, _ = load_policy("knowsley-2020-11")
    recommendations = FormField(id="r", label="Recommendations", kind="long", fills="discussion.recommendations")

    assert [stage for stage in ("1", "2", "3", "4") if may_decide(recommendations, policy, stage)] == ["4"]
    assert not may_decide(ISSUE, policy, "4")


def test_what_the_executive_writes_in_its_own_block_is_a_decision_at_its_stage() -> None:
    policy, _ = load_policy("croydon-2024-05")
    block = FormField(id="d", label="Decision / Outcome", kind="long", filled_by="them", of_stage="5")
    ours = FormField(id="o", label="Decision / Outcome", kind="long", fills="stage.outcome", of_stage="4")

    assert [stage for stage in ("3", "4", "5") if may_decide(block, policy, stage)] == ["5"]
    assert not any(may_decide(ours, policy, stage) for stage in ("3", "4", "5"))
