from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from escalate.core.text import Cleaned, clean

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
