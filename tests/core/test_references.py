"""A case's reference: a slip of the pen shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.core.references import initials, is_reference, make_reference

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LOOK_ALIKE = {frozenset("I1"), frozenset("L1"), frozenset("IL"), frozenset("O0"), frozenset("UV")}


def test_a_reference_is_prefix_year_number_and_a_code_of_the_case_itself() -> None:
    assert make_reference("KSCP", 2026, 7, "case-0001") == "KSCP-2026-0007-RQX9"
    assert make_reference("KSCP", 2026, 7, "case-0002") != make_reference("KSCP", 2026, 7, "case-0001")


@pytest.mark.parametrize("case_id", ["case-0001", "case-0002", "case-0003", "case-0004"])
def test_every_single_character_slip_is_caught(case_id: str) -> None:
    reference = make_reference("KSCP", 2026, 7, case_id)

    taken_for_right = {
        (reference[place], other)
        for place in range(len(reference))
        for other in LETTERS
        if other != reference[place]
        and reference[place] != "-"
        and is_reference(reference[:place] + other + reference[place + 1 :])
    }

    # Only what reads alike is one character: I and L are 1, O is 0, U is V.
    assert {pair for pair in taken_for_right if frozenset(pair) not in LOOK_ALIKE} == set()


@given(
    prefix=st.from_regex(r"[A-HJKMNP-TV-Z][A-HJKMNP-TV-Z0-9]{0,7}", fullmatch=True),
    year=st.integers(2000, 2100),
    number=st.integers(1, 999_999),
    case_id=st.text(max_size=40),
)
def test_every_reference_made_is_one_in_either_case_of_letters(
    prefix: str, year: int, number: int, case_id: str
) -> None:
    reference = make_reference(prefix, year, number, case_id)

    assert is_reference(reference)
    assert is_reference(f" {reference.lower()} ")


@given(
    case_id=st.text(max_size=20), place=st.integers(0, 15), other=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
)
def test_no_wrong_character_of_the_code_or_number_passes(case_id: str, place: int, other: str) -> None:
    digits = make_reference("KSCP", 2026, 42, case_id).replace("-", "")
    slipped = digits[:place] + other + digits[place + 1 :]
    written = f"{slipped[:4]}-{slipped[4:8]}-{slipped[8:12]}-{slipped[12:]}"

    assert is_reference(written) == (slipped == digits)


@pytest.mark.parametrize("written", ["", "KSCP", "KSCP-2026-7-RQX9", "KSCP-26-0007-RQX9", "KSCP-2026-0007-RQX", "4"])
def test_cannot_be_a_reference_without_its_shape(written: str) -> None:
    assert not is_reference(written)


def test_cannot_be_a_reference_with_a_slip() -> None:
    assert not is_reference("KSCP-2026-0008-RQX9")


@pytest.mark.parametrize(
    ("name", "shown"), [("Rowan Testcase", "R.T."), ("Łukasz Anna-Maria", "Ł.A.M."), ("", "?"), ("[removed]", "?")]
)
def test_initials_name_a_child_without_naming_it(name: str, shown: str) -> None:
    assert initials(name) == shown
