"""Whose an agreed action is, where another installation knows the same agency under another id."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from tests.builders import NAMES, discussed
from tests.rules.scenario import scenario

DAY = date(2026, 4, 8)


def named(name: str, agency: str, person: str = "Sam Placeholder") -> tuple[tuple[e.Fact, date], ...]:
    """An agency and one of its people, as another installation names them."""
    return (
        (e.PartyNamed(party=agency, sort="agency", name=name), DAY),
        (e.PartyNamed(party="person-b", sort="person", name=person, agency=agency), DAY),
    )


@pytest.mark.parametrize(
    ("agency", "side"),
    [
        ("Invented Primary School", "raising"),
        ("INVENTED  primary school", "raising"),
        ("Exampleshire Children\u2019s Social Care", "receiving"),
        ("Invented Youth Service", ""),
    ],
)
def test_an_agency_of_the_same_name_is_the_same_agency_whatever_its_id(agency: str, side: str) -> None:
    agreed = discussed("2026-04-08", actions=(e.Action(id="action-1", what="Ring.", owner="Sam Placeholder"),))

    case = scenario(*((named, DAY) for named in NAMES.values()), agreed, *named(agency, "agency-there"))

    assert case["action-1"].party == side


def test_an_agency_whose_name_was_removed_is_no_other_one() -> None:
    agreed = discussed("2026-04-08", actions=(e.Action(id="action-1", what="Ring.", owner="Sam Placeholder"),))
    removed = (e.PartyNamed(party="agency-school", sort="agency", name="[removed]"), DAY)

    case = scenario(agreed, removed, *named("[removed]", "agency-there"))

    assert case["action-1"].party == ""
