"""Forms as people return them, edited in every way there is, and the partnerships' own blanks filled in by hand."""

from __future__ import annotations

import pytest

from escalate.files.docx.reader import read_form
from escalate.files.forms.detection import detect_form
from tests.forms.returned.by_hand import STYLES, by_hand
from tests.forms.returned.hand import Returned
from tests.forms.returned.judging import judge
from tests.forms.returned.measure import complaints, read
from tests.forms.returned.returning import COUNTED_ONLY, REFERENCE, STAMP, form, names, returned, ways


def in_some_form(way: str) -> Returned:
    """Return a form that came back in this way: another one for each way, so that all have their turn."""
    among = names()
    first = ways().index(way)
    found = (returned(among[(first + shift) % len(among)], way, 7) for shift in range(len(among)))
    return next(one for one in found if one is not None)


@pytest.mark.parametrize("way", [way for way in ways() if way not in COUNTED_ONLY])
def test_a_form_returned_in_this_way_is_read_field_by_field_and_nothing_in_it_is_lost(way: str) -> None:
    one = in_some_form(way)

    judged = judge(one, read(one))

    assert complaints(one, judged) == []


@pytest.mark.parametrize("way", sorted(COUNTED_ONLY))
def test_where_nobody_can_tell_what_is_whose_no_word_is_lost_all_the_same(way: str) -> None:
    for name in names():
        one = returned(name, way, 3)
        assert one is not None
        assert judge(one, read(one)).lost == []


@pytest.mark.parametrize(("name", "style"), STYLES)
def test_a_blank_of_the_partnership_s_own_filled_in_by_hand_is_read_field_by_field(name: str, style: str) -> None:
    one = by_hand(name, style, 3)

    judged = judge(one, read(one))

    assert complaints(one, judged) == []


@pytest.mark.parametrize(("name", "style"), STYLES)
def test_answers_that_read_like_labels_lose_nothing_in_a_blank_filled_in_by_hand(name: str, style: str) -> None:
    one = by_hand(name, style, 5, like_labels=True)

    assert judge(one, read(one)).lost == []


@pytest.mark.parametrize("name", names())
def test_a_form_returned_as_it_was_issued_gives_back_nothing_of_its_own_print(name: str) -> None:
    one = returned(name, "as issued", 1)
    assert one is not None

    result = read(one)

    assert result.not_placed == ()
    assert [reading.beside for reading in result.fields.values() if reading.beside] == []
    assert {reading.certainty for reading in result.fields.values()} == {"certain"}


@pytest.mark.parametrize("name", names())
def test_whose_form_it_is_is_known_until_its_properties_are_gone_and_then_by_what_is_printed(name: str) -> None:
    kept, bare = returned(name, "controls removed", 2), returned(name, "properties removed", 2)
    assert kept is not None
    assert bare is not None

    by_properties, by_print = (read_form(one.form, one.content, "the form").identity for one in (kept, bare))

    assert (by_properties.case, by_properties.issue, by_properties.reference) == (STAMP.case_id, STAMP.issue, REFERENCE)
    assert (by_print.case, by_print.form, by_print.issue, by_print.reference) == ("", "", "", REFERENCE)


@pytest.mark.parametrize("name", names())
def test_which_form_it_is_is_known_by_its_labels_where_nothing_else_is_left(name: str) -> None:
    one = returned(name, "only labels left", 4)
    assert one is not None

    found = detect_form(one.content, "the form", [form(each)[0] for each in names()])

    assert found is not None
    assert found[0].id == name


@pytest.mark.parametrize(("name", "style"), STYLES)
def test_which_form_a_blank_filled_in_by_hand_is_is_known_by_its_labels(name: str, style: str) -> None:
    one = by_hand(name, style, 6)

    found = detect_form(one.content, "the form", [form(each)[0] for each in names()])

    assert found is not None
    assert found[0].id == name
