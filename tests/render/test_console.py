from __future__ import annotations

import io
import re
import sys

import pytest

from escalate.render.console import Column, Kind, Screen, visible

HOSTILE = "A&E <5 weeks [redacted] [/] [link=file:///etc/passwd]x[/link] :warning: {{ 7*7 }} =1+1 Łukasz"


def screen(kind: Kind, width: int = 80) -> tuple[Screen, io.StringIO]:
    written = io.StringIO()
    return Screen(kind, width, written), written


def unstyled(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


@pytest.mark.parametrize("kind", ["terminal", "spoken", "piped"])
def test_people_s_words_are_shown_as_they_are_and_never_read_as_markup(kind: Kind) -> None:
    shown, written = screen(kind, 120)

    shown.user(HOSTILE, indent=2)
    shown.say(HOSTILE)
    shown.table([Column("one"), Column("two")], [[HOSTILE, [HOSTILE]]])

    text = re.sub(r"\s+", " ", unstyled(written.getvalue()))
    assert text.count("[redacted]") == 4
    assert unstyled(written.getvalue()).startswith(f"  {HOSTILE}\n{HOSTILE}\n")


@pytest.mark.parametrize("kind", ["terminal", "spoken", "piped"])
def test_a_terminal_is_given_nothing_to_obey(kind: Kind) -> None:
    shown, written = screen(kind)

    for text in ("\x1b]52;c;x\x07", "\x9b31m", "a\u202eb", "\u200b", "\r", "\ud800"):
        shown.user(text)
        shown.say(text)
        shown.table([Column("one")], [[text]])

    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\ud800]", unstyled(written.getvalue())) == []


def test_what_is_hidden_is_written_out() -> None:
    assert visible("red\x1b[31m \x9b \u202e \U000e0041 a\tb\r\nc") == r"red\x1b[31m \x9b \u202e \U000e0041 a b⏎c"


def test_a_persons_line_breaks_are_kept() -> None:
    shown, written = screen("spoken")

    shown.user("One.\n\nTwo.", indent=4)

    assert written.getvalue() == "    One.\n\n    Two.\n"


def test_a_paragraph_is_wrapped_on_a_narrow_terminal_and_hangs() -> None:
    for kind in ("terminal", "spoken"):
        shown, written = screen(kind, 40)

        shown.say("KSCP-2026-0001-RQXZ", "  the professional with concerns should raise it", indent=2, hang=2)

        assert written.getvalue() == ("  KSCP-2026-0001-RQXZ  the professional\n    with concerns should raise it\n")


@pytest.mark.parametrize("width", [20, 30, 40])
@pytest.mark.parametrize("kind", ["terminal", "spoken"])
def test_on_the_narrowest_screen_no_line_is_wider_and_no_letter_is_lost(kind: Kind, width: int) -> None:
    shown, written = screen(kind, width)
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch must raise KSCP-2026-0001-RQXZ"

    shown.heading(long)
    shown.say(long, indent=8, hang=8)
    shown.user(f"{long}\n\n{long}")
    shown.table([Column("case", 19), Column("what")], [[["KSCP-2026-0001-RQXZ", "R.T."], long]])

    lines = unstyled(written.getvalue()).splitlines()
    assert [line for line in lines if len(line) > width] == []
    said = "".join("".join(lines).split())
    assert said == "".join(f"{long * 4}KSCP-2026-0001-RQXZ,R.T.what:{long}".split())


def test_nothing_is_wrapped_or_cut_through_a_pipe() -> None:
    shown, written = screen("piped", 30)

    shown.say("word " * 30 + "end")

    assert written.getvalue() == "word " * 30 + "end\n"


def test_a_table_through_a_pipe_is_one_line_a_row_between_tabs() -> None:
    shown, written = screen("piped")

    shown.table(
        [Column("case"), Column("says")], [["one", ["past since Fri", ("3 days ago", "past")]], ["two\tx", "a\nb"]]
    )

    assert written.getvalue() == "case\tsays\none\tpast since Fri; 3 days ago\ntwo x\ta⏎b\n"


def test_a_table_on_a_narrow_terminal_is_stacked() -> None:
    shown, written = screen("terminal", 60)

    shown.table([Column("case", 19), Column("what")], [[["KSCP-2026-0001-RQXZ", "R.T."], "raise it"]])

    assert unstyled(written.getvalue()) == "KSCP-2026-0001-RQXZ, R.T.\n  what: raise it\n"


def test_a_table_on_a_wide_terminal_has_columns() -> None:
    shown, written = screen("terminal", 76)

    shown.table([Column("case", 19), Column("what"), Column("days", 4, is_number=True)], [["KSCP", "raise it", "9"]])

    lines = [line.rstrip() for line in unstyled(written.getvalue()).splitlines()]
    assert lines == [
        "case                 what                                               days",
        "KSCP                 raise it                                              9",
    ]


def test_where_output_is_piped_the_screen_is_piped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert Screen.here().kind == "piped"
    assert Screen.here(plain=True).kind == "spoken"


@pytest.mark.parametrize(("term", "kind"), [("xterm-256color", "terminal"), ("dumb", "spoken"), ("unknown", "spoken")])
def test_a_simple_terminal_is_spoken_to(term: str, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", term)

    assert Screen.here().kind == kind


def test_joiners_stay_where_a_word_or_a_picture_is_written_with_them_and_show_where_they_hide_something() -> None:
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("क्षि\u200dत") == "क्षि\u200dत"
    assert visible("👩\u200d👧") == "👩\u200d👧"
    assert visible("Row\u200can \u200d👧\u200d") == "Row\\u200can \\u200d👧\\u200d"
    assert visible("می\u200bخواهم") == "می\\u200bخواهم"
