"""A form receives only what it asks for: nothing else that was recorded of a child reaches an answer of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core.forms.answers import About, answers_for, case_data
from escalate.core.forms.dates import format_form_date
from escalate.core.forms.definition import FormDefinition
from escalate.files.forms.loading import form_names, load_form
from tests.builders import discussed, ended, on, told
from tests.core.test_form_answers import AUTHOR, TODAY
from tests.rules.scenario import scenario

# Words that stand nowhere else, so that whatever holds one has it from the record.
_WORD = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=9).map(str.capitalize)
_DAY = st.dates(date(2009, 1, 1), date(2025, 12, 31))
_ASKED_BY = {
    "name": {"child.name", "child.details"},
    "born_on": {"child.born_on", "child.details"},
    "address": {"child.address"},
    "parental_responsibility": {"child.parental_responsibility"},
    "reference": {"child.reference", "child.details"},
    "gender": {"child.gender"},
}


FORMS = [load_form(name)[0] for name in form_names()]


@pytest.mark.parametrize("definition", FORMS, ids=lambda definition: definition.id)
@settings(deadline=None, max_examples=25)
@given(words=st.lists(_WORD, min_size=6, max_size=6, unique=True), born_on=_DAY, is_withheld=st.booleans())
def test_only_what_a_form_asks_for_reaches_it(
    definition: FormDefinition, words: list[str], born_on: date, *, is_withheld: bool
) -> None:
    first, last, street, parent, number, gender = words
    child = e.PartyNamed(
        party="child-1",
        sort="child",
        name=f"{first} {last}",
        born_on=born_on,
        address=f"1 {street} Road",
        parental_responsibility=parent,
        reference=number,
        withheld=is_withheld,
    )
    case = scenario(
        (child, on("2026-04-01")),
        (e.DetailsRecorded(child="child-1", details={"child.gender": gender}), on("2026-04-01")),
        told("2026-04-02"),
        discussed("2026-04-07", decision="A visit."),
        ended("1", "resolved", "2026-04-10", decision="A visit each week."),
    )

    about = "child-1" if definition.names != "nobody" else ""
    said = answers_for(definition, case_data(case.case, case.policy, About(child=about), AUTHOR, TODAY))

    asked = {key for field in definition.fields for key in (field.fills, field.asks)}
    asked |= {key for table in definition.tables for column in table.columns for key in (column.fills, column.asks)}
    recorded = {
        "name": (first, last),
        "born_on": (born_on.isoformat(), format_form_date(born_on), f"{born_on:%d/%m/%Y}"),
        "address": (street,),
        "parental_responsibility": (parent,),
        "reference": (number,),
        "gender": (gender,),
    }
    whole = "\n".join(said.values())
    for what, written in recorded.items():
        may = bool(asked & _ASKED_BY[what]) and not (is_withheld and what != "gender")
        if what == "name" and definition.names != "in full":
            may = False
        if not may:
            assert [one for one in written if one in whole] == [], what
