"""`escalate show --brief`: one page, whatever the case has grown to; what is cut or left out is said."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from escalate.cli.show import read_case_file
from escalate.core import events as e
from escalate.render.brief_page import show_brief
from escalate.render.console import Kind, Screen
from tests.builders import HEALTH, SOCIAL_CARE, Built, a_case, a_home, at_risk, discussed, ended, entered, told
from tests.running import run, say_nothing_in_the_environment

LONG = "She was seen at school, hungry and tired, and nobody came to the house. " * 20
WORDS = {"decision": LONG, "concern": LONG, "risk_to_child": LONG, "outcome_wanted": LONG, "they_want": LONG}
CHILD = "There is no tea at home. " * 40
NAMES = tuple(
    e.PartyNamed(party=agency, sort="agency", name=f"Invented Partnership of {which} Hospitals and Clinics, North West")
    for agency, which in ((HEALTH, "Community"), (SOCIAL_CARE, "Ambulance"))
)


@pytest.fixture(scope="module")
def long_case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A child at immediate risk, two agencies of long names, eight meetings: at stage 3, with pages of words."""
    return a_case(
        a_home(tmp_path_factory.mktemp("long")),
        told("2026-04-01", said=LONG),
        *(discussed(f"2026-04-0{day}", said=LONG, decision=LONG) for day in range(1, 9)),
        ended("1", "unresolved", "2026-04-08", decision=LONG),
        entered("2", "2026-04-08"),
        ended("2", "unresolved", "2026-04-09", agency=HEALTH, decision=LONG),
        entered("3", "2026-04-09"),
        at_risk("2026-04-09"),
        names=NAMES,
        receiving_agencies=(SOCIAL_CARE, HEALTH),
        child_said=CHILD,
        **WORDS,
    )


@pytest.fixture(scope="module")
def short_case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A case that is a day old."""
    return a_case(a_home(tmp_path_factory.mktemp("short")), told("2026-04-02"), child_said="There is no tea at home.")


def page(case: Built, kind: Kind = "spoken", width: int = 80) -> list[str]:
    """Return the lines of the page on a screen of this kind."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        say_nothing_in_the_environment(patch)
        patch.setenv("ESCALATE_HOME", str(case.home))
        patch.setenv("ESCALATE_TODAY", "2026-04-15")
        show_brief(Screen(kind, width, out), read_case_file(case.reference))
    return re.sub("\x1b\\[[0-9;]*m", "", out.getvalue()).splitlines()


def as_one(lines: list[str]) -> str:
    """Return what a page says, however it was wrapped."""
    return re.sub(r"\s+", " ", " ".join(lines))


@pytest.mark.parametrize("kind", ["terminal", "spoken"])
def test_the_page_of_a_long_case_has_at_most_forty_rows_at_eighty_columns(long_case: Built, kind: Kind) -> None:
    assert 36 <= len(page(long_case, kind)) <= 40


@pytest.mark.parametrize("kind", ["terminal", "spoken"])
@pytest.mark.parametrize("word", ["Ł" * 3000, "界" * 900, "\x1b[31m" * 500, "a\n" * 300, "[/] <b> =1+1 " * 200])
def test_no_words_make_the_page_longer(tmp_path: Path, kind: Kind, word: str) -> None:
    case = a_case(
        a_home(tmp_path), discussed("2026-04-02", decision=word), child_said=word, **dict.fromkeys(WORDS, word)
    )

    assert len(page(case, kind)) <= 40


@pytest.mark.parametrize("width", [60, 120])
def test_it_says_the_same_at_every_width(long_case: Built, width: int) -> None:
    assert as_one(page(long_case, "spoken", width)) == as_one(page(long_case))


def test_what_the_child_said_is_cut_only_where_it_says_so(long_case: Built) -> None:
    child = re.search(
        r"The child: ((?:There is no tea at home\. ?)+)(.*?) ?\[cut: (\d+) more words\]", as_one(page(long_case))
    )

    assert child is not None
    assert len(f"{child[1]}{child[2]}".split()) + int(child[3]) == len(CHILD.split())


def test_what_is_cut_or_left_out_is_on_show_and_it_says_so(long_case: Built) -> None:
    said = as_one(page(long_case))

    assert "(13 other steps left out)" in said
    assert f"Not all of it is here. All of it: escalate show {long_case.reference}" in said
    assert re.search(r"and \d+ more \(\d+ ours,", said)


def test_a_child_at_risk_comes_before_everything_else(long_case: Built) -> None:
    assert page(long_case)[1:3] == [
        "A child was considered at immediate risk. In danger now: telephone 999.",
        "By day: 01632 960100; Out of hours: 01632 960200",
    ]


def test_the_day_that_governs_is_not_left_out_for_a_duty_beside_it(long_case: Built) -> None:
    by_when = as_one(page(long_case)).partition("By when")[2]

    assert "(a guide): both senior managers should achieve a resolution [both sides]" in by_when


def test_no_words_of_a_short_case_are_cut(short_case: Built) -> None:
    said = as_one(page(short_case))

    assert "The child: There is no tea at home." in said
    assert not re.search(r"\[cut: |left out", said)


def test_the_challenged_agency_reads_what_is_asked_of_it_and_what_it_owes_first(tmp_path: Path) -> None:
    case = a_case(
        a_home(tmp_path, agency=SOCIAL_CARE),
        told("2026-04-02"),
        our_side="receiving",
        they_want="To work with the family by consent.",
    )

    said = as_one(page(case))

    assert "Asked of us Our decision, which they disagree with: The case was closed after one visit." in said
    assert "Wanted By them: A strategy discussion this week. By us: To work with the family by consent." in said
    by_when = said.partition("By when")[2]
    assert by_when.index("[ours]") < by_when.index("[theirs")


def test_off_a_terminal_it_is_the_same_page(long_case: Built) -> None:
    piped = run(long_case.home, "show", long_case.reference, "--brief", today="2026-04-15")

    assert as_one(piped.out.splitlines()) == as_one(page(long_case))
