"""Every form, saved again by LibreOffice and typed in there, says what it said, field by field."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.forms.returned.judging import judge
from tests.forms.returned.libreoffice import LibreOffice, soffice
from tests.forms.returned.measure import complaints, read
from tests.forms.returned.returning import REFERENCE, STAMP, names, returned
from tests.forms.returned.round_trip import BEFORE, after_saving, after_typing, before


@pytest.fixture
def office(tmp_path: Path) -> LibreOffice:
    if soffice() is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed, and in CI nothing is skipped")
        pytest.skip("LibreOffice is not installed: what it does to a form was not tried")
    return LibreOffice(tmp_path)


@pytest.mark.parametrize("by_way_of", ["docx", "odt"])
def test_a_form_saved_by_libreoffice_says_what_it_said_as_issued_and_after_edits(
    office: LibreOffice, by_way_of: str
) -> None:
    as_issued = list(before(["as issued"], [1]))
    # Each further way with one form that has anything of the kind, by each road with another.
    edited = []
    for number, way in enumerate(BEFORE[1:]):
        first = (number + len(by_way_of)) % len(names())
        in_turn = (returned(name, way, 1) for name in (*names()[first:], *names()[:first]))
        edited.append(next(one for one in in_turn if one is not None))

    came_back = list(after_saving([*as_issued, *edited], office, by_way_of))

    assert len(came_back) == len(names()) + len(BEFORE) - 1
    readings = [(one, read(one)) for one in came_back]
    assert [said for one, result in readings for said in complaints(one, judge(one, result))] == []
    assert {(result.identity.case, result.identity.reference) for _, result in readings} == {(STAMP.case_id, REFERENCE)}


def test_what_is_typed_in_libreoffice_is_read_and_the_rest_stays(office: LibreOffice) -> None:
    came_back = list(after_typing([1], office))

    assert len(came_back) == len(names())
    assert [said for one in came_back for said in complaints(one, judge(one, read(one)))] == []
