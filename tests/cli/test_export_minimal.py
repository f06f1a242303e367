"""What was recorded of a child and not asked for stands nowhere in an issued file: not in its text, nor beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from escalate.files.forms.loading import form_names, load_form
from tests.builders import Happened, a_case, discussed, ended, entered, on, told
from tests.cli.issued import parts_of
from tests.running import run

KIT = e.PartyNamed(
    party="child-1",
    sort="child",
    name="Kit Oldroydson",
    born_on=date(2017, 11, 23),
    address="12 Inventedway\nFablethorpe",
    parental_responsibility="Jordan Larkfield",
    reference="ZZ-987654",
)
POLICIES = {
    "knowsley": "knowsley-2020-11",
    "herefordshire": "herefordshire-undated",
    "croydon": "croydon-2024-05",
    "wirral": "wirral-2015-09",
    "somerset": "somerset-2016-12",
}
AT = {"wirral-appendix-1": "2", "knowsley-appendix-3": "2"}


@pytest.mark.parametrize("form", form_names())
def test_nothing_that_a_form_does_not_ask_for_is_anywhere_in_its_file(home: Path, form: str) -> None:
    definition, _ = load_form(form)
    stage = AT.get(form, "3")
    learned: Happened = (e.LearningIdentified(stage=stage, learning="Ask schools."), on("2026-04-09"))
    told_of_need: Happened = (
        e.DetailsRecorded(child="child-1", details={"need.current": "Level 2"}),
        on("2026-04-09"),
    )
    case = a_case(
        home,
        told("2026-04-02"),
        entered(stage, "2026-04-07"),
        discussed("2026-04-08", decision="A visit."),
        learned,
        told_of_need,
        ended(stage, "resolved", "2026-04-10", decision="A visit each week."),
        names=[KIT],
        policy=POLICIES[form.partition("-")[0]],
    )

    done = run(home, "export", case.reference, "--form", form, "--json")

    assert (done.code, done.err) == (0, "")
    whole = parts_of(Path(done.data[0]["file"])) + done.data[0]["file"]
    keys = {field.fills for field in definition.fields}
    keys |= {column.fills for table in definition.tables for column in table.columns}
    in_full = definition.names == "in full" and bool(keys & {"child.name", "child.details"})
    assert ("Oldroydson" in whole) == in_full
    assert ("23 November 2017" in whole) == bool(keys & {"child.born_on", "child.details"})
    assert ("Inventedway" in whole) == ("child.address" in keys)
    assert ("Larkfield" in whole) == ("child.parental_responsibility" in keys)
    assert ("ZZ-987654" in whole) == bool(keys & {"child.reference", "child.details"})
    assert "01632 960001" not in whole
