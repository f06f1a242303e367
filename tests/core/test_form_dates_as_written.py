"""Dates as people write them on a form by hand."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.forms.dates import parse_form_date


@pytest.mark.parametrize(
    "written",
    [
        "3/3/19",
        "03/03/2019",
        "3.3.2019",
        "3-3-19",
        "3 Mar 2019",
        "3-Mar-19",
        "3rd March 2019",
        "3rd of March, 2019",
        " 3 march 2019 ",
        "2019-03-03",
    ],
)
def test_a_day_is_read_as_people_write_it_and_two_figures_are_a_year_of_this_century(written: str) -> None:
    assert parse_form_date(written) == date(2019, 3, 3)


@pytest.mark.parametrize(
    "written", ["31/02/2019", "March 2019", "3/3/199", "3 Foo 2019", "about seven", "3/3/0019", "3/3/1819", ""]
)
def test_cannot_read_as_a_day_what_is_none(written: str) -> None:
    assert parse_form_date(written) is None
