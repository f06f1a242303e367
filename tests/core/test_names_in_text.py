"""A recorded name is found however it was written; what is no name is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core.names_in_text import NEVER_NAMES, Hit, find_names

any_text = st.text(alphabet=st.characters(categories=None))


def found(text: str, *names: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_names(text, names)]


@pytest.mark.parametrize(
    ("text", "name", "hits"),
    [
        ("Rowan Testcase was seen", "Rowan Testcase", ["Rowan Testcase"]),
        ("Rowan\n Testcase was seen", "Rowan Testcase", ["Rowan\n Testcase"]),
        ("TESTCASE, rowan", "Rowan Testcase", ["TESTCASE", "rowan"]),
        ("Rowan’s mother", "Rowan Testcase", ["Rowan"]),
        ("the Testcase family", "Rowan Testcase", ["Testcase"]),
        ("the Testcases, two Rowans", "Rowan Testcase", ["Testcase", "Rowan"]),
        ("rowanberries and atestcase", "Rowan Testcase", []),
        ("Jose\u0301 came", "José", ["Jose\u0301"]),
        ("LUKASZ", "Łukasz", ["LUKASZ"]),
        ("Rowan2 and Rowan_", "Rowan", ["Rowan", "Rowan"]),
        ("昨天王小明来了", "王小明", ["王小明"]),
        ("the price is (a+b)* [c]", "(a+b)* [c]", ["(a+b)* [c]"]),
        ("nothing here", "Rowan Testcase", []),
    ],
)
def test_a_recorded_name_is_found_whole_or_in_its_telling_parts(text: str, name: str, hits: list[str]) -> None:
    assert found(text, name) == hits


@pytest.mark.parametrize("name", ["Kit O'Brien", "Kit O’Brien", "Kit OBrien", "Kit O Brien", "Kit Obrien"])
@pytest.mark.parametrize("written", ["O'Brien", "O’Brien", "OBrien", "O Brien", "O-Brien", "o'brien", "OBRIEN"])
def test_a_name_with_an_apostrophe_is_found_with_without_and_with_a_space(name: str, written: str) -> None:
    assert found(f"seen by {written} then", name) == [written]


@pytest.mark.parametrize("name", ["Anne-Marie Testcase", "Annemarie Testcase", "Anne Marie Testcase", "AnneMarie"])
@pytest.mark.parametrize("written", ["Anne-Marie", "Annemarie", "Anne Marie", "AnneMarie", "Anne\nMarie", "Anne–Marie"])
def test_a_double_name_is_found_hyphenated_joined_and_apart(name: str, written: str) -> None:
    assert found(f"then {written} said", name) == [written]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MaryJane", "Mary Jane Testcase"),
        ("Mary Jane", "MaryJane Testcase"),
        ("maryjane", "MaryJane Testcase"),
        ("Mac Donald", "Kit MacDonald"),
        ("Mac Donald", "Kit Macdonald"),
        ("Macdonald", "Kit Mac Donald"),
        ("RowanTestcase", "Rowan Testcase"),
        ("Mueller", "Kit Müller"),
        ("Muller", "Kit Müller"),
        ("MU\u0308LLER", "Kit Mueller"),
        ("Muller", "Kit Mueller"),
        ("Strauss", "Kit Strauß"),
        ("Soeren", "Søren"),
        ("Test-\ncase", "Rowan Testcase"),
        ("Test-  \n  case", "Rowan Testcase"),
        ("Test\u00ad\ncase", "Rowan Testcase"),
        ("Te\u00adst\u200bcase", "Rowan Testcase"),
        ("K i t", "Kit Testcase"),
        ("K.I.T", "Kit Testcase"),
        ("R-o-w-a-n", "Rowan Testcase"),
        ("R\u043ew\u0430n", "Rowan Testcase"),  # with a Cyrillic o and a
        ("Τestcase", "Rowan Testcase"),  # with a Greek capital tau
        ("\uff32\uff4f\uff57\uff41\uff4e", "Rowan Testcase"),
    ],
)
def test_a_name_is_found_however_it_is_split_joined_or_spelt(text: str, name: str) -> None:
    assert found(f"then {text} was seen", name) == [text]


@pytest.mark.parametrize(
    ("text", "name", "hits"),
    [
        ("Li came, li did not", "Li Ng", ["Li"]),
        ("Jo and Li Ng, not joking", "Jo Testcase", ["Jo"]),
        ("LI NG", "Li Ng", ["LI NG"]),
        ("many sing as so in row an hour", "Ma Ny", []),
        ("in a row an officer rang, and I too", "Rowan Andi", []),
    ],
)
def test_a_name_of_two_letters_counts_where_it_begins_with_a_capital(text: str, name: str, hits: list[str]) -> None:
    assert found(text, name) == hits


@pytest.mark.parametrize("written", ["K.O.", "K. O.", "KO", "K O"])
def test_initials_in_capitals_are_found_with_dots_and_without(written: str) -> None:
    assert found(f"then {written} was seen", "Kit Oldroyd") == [written]


def test_initials_are_those_of_all_words_and_of_the_first_and_last() -> None:
    assert found("K.J.O. and KO, but ko and k.o. and K. and KOW", "Kit Jay Oldroyd") == ["K.J.O.", "KO"]


@pytest.mark.parametrize(
    ("text", "name", "hits"),
    [
        ("Mrs Other saw Mrs Example", "Mrs Ada Example", ["Example"]),
        ("the mother, her aunt, Mr and Dr", "Mother Ada Example and Aunt Dr Bo Example", []),
        ("in the van, von der Leyen apart", "Kit van der Example", []),
        ("a mac", "Kit MacExample", []),
    ],
)
def test_titles_relatives_and_particles_are_no_names(text: str, name: str, hits: list[str]) -> None:
    assert found(text, name) == hits


def test_a_hit_says_where_and_which_name() -> None:
    hits = find_names("Alder told Rowan", ["Rowan Testcase", "Alder Testcase"])

    assert hits == [Hit(0, 5, 1), Hit(11, 16, 0)]


@pytest.mark.parametrize("names", [[], [""], ["  "], ["Mr"], ["-"], ["Mother"]])
def test_no_name_finds_nothing(names: list[str]) -> None:
    assert find_names("Mr - and others, mother", names) == []


@settings(deadline=None)
@given(any_text, st.lists(any_text, max_size=4))
def test_searching_never_raises_and_stays_within_the_text(text: str, names: list[str]) -> None:
    for hit in find_names(text, names):
        assert 0 <= hit.start < hit.end <= len(text)


@settings(deadline=None)
@given(
    st.from_regex(r"[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9}){1,2}", fullmatch=True).filter(
        lambda name: NEVER_NAMES.isdisjoint(name.lower().split())
    )
)
def test_every_name_is_found_in_a_text_that_says_it(name: str) -> None:
    assert found(f"seen: {name}.", name)[:1] == [name]
