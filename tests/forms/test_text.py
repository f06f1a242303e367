from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from escalate.core.text import Cleaned, Hit, clean, find_names

any_text = st.text(alphabet=st.characters(categories=None))


@pytest.mark.parametrize(
    "text",
    [
        "A&E",
        "aged <5 weeks",
        "[redacted]",
        "{{ 7*7 }}",
        "{_{ and {_% too",
        "=1+1",
        "Łukasz",
        "</w:t></w:r></w:p>",
        "يوسف בן 王小明",
        "क्षि\u200dत zero-width joiners stay",
        "left-to-right\u200e marks stay",
        "👩\u200d👧 families stay together",
        "",
        "  spaces and\ttabs \n stay  ",
    ],
)
def test_ordinary_words_are_kept_as_they_are(text: str) -> None:
    assert clean(text) == Cleaned(text)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_becomes_one_line_feed_and_is_not_called_dropped(end: str) -> None:
    assert clean(f"one{end}two") == Cleaned("one\ntwo")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", Cleaned("[31mred[0m", ("2 control characters (U+001B)",))),
        ("bell\a", Cleaned("bell", ("1 control character (U+0007)",))),
        ("nul\x00l", Cleaned("null", ("1 control character (U+0000)",))),
        ("delete\x7f", Cleaned("delete", ("1 control character (U+007F)",))),
        ("a\ud800b", Cleaned("ab", ("1 broken character (U+D800)",))),
        ("a\ufffeb", Cleaned("ab", ("1 character that no text can hold (U+FFFE)",))),
        ("\u202eabc\u202c", Cleaned("abc", ("1 hidden direction mark (U+202E)", "1 hidden direction mark (U+202C)"))),
        ("\ufeffpasted", Cleaned("pasted", ("1 hidden byte-order mark (U+FEFF)",))),
    ],
)
def test_what_is_dropped_is_said_without_the_words(text: str, cleaned: Cleaned) -> None:
    assert clean(text) == cleaned


def test_two_halves_of_one_character_are_joined() -> None:
    assert clean("\ud83d\ude00") == Cleaned("😀")


def test_letters_are_composed() -> None:
    assert clean("Jose\u0301") == Cleaned("José")


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once.text) == Cleaned(once.text)


@given(any_text)
def test_clean_text_can_be_written_as_utf_8_and_as_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = clean(text).text

    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == element.text


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
        ("Siân o’invented", "Sian O'Invented", ["Siân o’invented"]),
        ("Sian OInvented", "Siân O’Invented", ["Sian", "OInvented"]),
        ("Jose\u0301 came", "José", ["Jose\u0301"]),
        ("LUKASZ", "Łukasz", ["LUKASZ"]),
        ("Mary‑Ann then Ann", "Mary-Ann Testcase", ["Mary", "Ann", "Ann"]),
        ("Ro\u200bwan came", "Rowan", ["Ro\u200bwan"]),
        ("Rowan2 and Rowan_", "Rowan", ["Rowan", "Rowan"]),
        ("Li came, Li Ng came", "Li Ng", ["Li Ng"]),
        ("Mrs Other saw Mrs Example", "Mrs Ada Example", ["Example"]),
        ("昨天王小明来了", "王小明", ["王小明"]),
        ("the price is (a+b)* [c]", "(a+b)* [c]", ["(a+b)* [c]"]),
        ("nothing here", "Rowan Testcase", []),
    ],
)
def test_a_recorded_name_is_found_whole_or_in_its_telling_parts(text: str, name: str, hits: list[str]) -> None:
    assert found(text, name) == hits


def test_a_hit_says_where_and_which_name() -> None:
    hits = find_names("Alder told Rowan", ["Rowan Testcase", "Alder Testcase"])

    assert hits == [Hit(0, 5, 1), Hit(11, 16, 0)]


@pytest.mark.parametrize("names", [[], [""], ["  "], ["Mr"], ["-"]])
def test_no_name_finds_nothing(names: list[str]) -> None:
    assert find_names("Mr - and others", names) == []


@given(any_text, st.lists(any_text, max_size=4))
def test_searching_never_raises_and_stays_within_the_text(text: str, names: list[str]) -> None:
    for hit in find_names(text, names):
        assert 0 <= hit.start < hit.end <= len(text)
