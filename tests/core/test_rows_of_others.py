"""Rows of an agency's log that are about other cases or other children than the one the log came for."""

from __future__ import annotations

import pytest

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.returned import AsRead, ReturnedForm, compare
from escalate.core.forms.rows import cells_of_others, set_aside

COLUMNS = (
    FormField(id="ref", label="Reference", kind="text", fills="case.reference"),
    FormField(id="child", label="Child Details", kind="long", fills="child.details"),
    FormField(id="concern", label="Concern", kind="long", fills="case.concern"),
)
LOG = FormDefinition(
    id="invented-log",
    version=1,
    title="Invented log",
    partnership="Invented Partnership",
    standing="invented",
    source="the tests",
    template="invented.docx",
    per_child=False,
    names="initials",
    return_to="",
    fields=(),
    tables=(FormTable(id="log", rows_of="children", columns=COLUMNS, rows=2),),
)
OURS = {"log_1_ref": "ESCP-1", "log_1_child": "Name: R.T.\nDOB: 3 March 2019\nAge: 7", "log_1_concern": "No visit."}
SECOND = {"log_2_ref", "log_2_child", "log_2_concern"}


def row_2(ref: str, child: str) -> dict[str, str]:
    return {**OURS, "log_2_ref": ref, "log_2_child": child, "log_2_concern": "Another concern."}


@pytest.mark.parametrize(
    ("ref", "child"),
    [
        ("ESCP-2", ""),
        ("ESCP-2", "Name: R.T.\nDOB: 3 March 2019"),
        ("ESCP-1", "Name: Ada Other"),
        ("", "Other Child"),
        ("", "Name: R.T.\nDOB: 4/3/19"),
    ],
)
def test_a_row_with_another_reference_or_child_is_another_s(ref: str, child: str) -> None:
    assert cells_of_others(LOG, row_2(ref, child), OURS, ("ESCP-1",)) == SECOND


@pytest.mark.parametrize(
    ("ref", "child"),
    [("", ""), ("escp-1", ""), ("", "Name: Rowan Testcase\nDOB: 3.3.19\nAge: 8"), ("ESCP-1", "R.T.")],
)
def test_a_row_that_names_no_other_is_the_case_s_own(ref: str, child: str) -> None:
    assert cells_of_others(LOG, row_2(ref, child), OURS, ("ESCP-1",)) == frozenset()


def test_of_a_log_that_opens_a_case_the_row_with_its_reference_is_its_own_or_else_the_first() -> None:
    said = row_2("ESCP-2", "Name: Ada Other")

    assert cells_of_others(LOG, said, {}, ("",)) == SECOND
    assert cells_of_others(LOG, said, {}, ("ESCP-2",)) == {"log_1_ref", "log_1_child", "log_1_concern"}


def test_cannot_take_words_from_another_s_row() -> None:
    said = row_2("ESCP-2", "Name: Ada Other")
    form = ReturnedForm(definition=LOG, fields={one: AsRead(text=words) for one, words in said.items()})

    found = set_aside(compare(form, OURS, OURS), cells_of_others(LOG, said, OURS, ("ESCP-1",)))

    assert {one.field.id: (one.proposed, one.is_of_another) for one in found if not one.is_quiet} == {
        "log_2_ref": ("flag", True),
        "log_2_child": ("flag", True),
        "log_2_concern": ("flag", True),
    }
