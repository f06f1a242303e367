"""What a report says in every format: figures, markings, small numbers, signs, and the names of its files."""

from __future__ import annotations

from dataclasses import replace

from escalate.core.reports.report import Days, Row, Share, Table, Untold
from escalate.render.report_words import (
    about,
    base_name,
    beneath,
    figure_words,
    has_small_numbers,
    how_to_read,
    marking,
)
from tests.render.report_sample import CLOCKS, ISSUED, PUBLISHED, REPORT, THEMES


def a_table(*figures: int | Share | Days | Untold | str) -> Table:
    return Table(
        id="one", title="One", heads="Line", columns=("n",), units=("cases",), rows=(Row("line", figures[:1]),)
    )


def test_a_share_of_ten_has_its_percentage_and_a_share_of_nine_has_none() -> None:
    assert [figure_words(Share(7, 10)), figure_words(Share(7, 9))] == ["7 of 10 (70%)", "7 of 9"]


def test_half_a_per_cent_is_rounded_up() -> None:
    assert figure_words(Share(1, 200)) == "1 of 200 (1%)"


def test_a_share_of_no_cases_is_not_nought_per_cent() -> None:
    assert figure_words(Share(0, 0)) == "no cases"


def test_days_say_on_how_many_cases_they_were_measured() -> None:
    assert figure_words(Days(4.5, 9, 24)) == "median 4.5, 90% within 9 (24)"


def test_a_count_of_7_is_small_and_one_of_8_or_none_is_not() -> None:
    assert [has_small_numbers(a_table(count)) for count in (0, 1, 7, 8)] == [False, True, True, False]


def test_a_share_is_small_where_only_those_that_did_not_are_few() -> None:
    assert has_small_numbers(a_table(Share(30, 32)))


def test_the_title_block_of_a_restricted_report_says_who_is_given_it_and_of_which_record() -> None:
    assert about(ISSUED) == (
        ("Partnership", "Exampleshire Safeguarding Children Partnership"),
        ("Policy", "Exampleshire Escalation Policy, edition of September 2025"),
        ("For", "Quality sub-group"),
        ("Period", "January to March 2026 (1 January 2026 to 31 March 2026, both days included)"),
        ("Counted", "from what was recorded by the end of Wednesday 15 April 2026"),
        ("Edition", "Restricted: small numbers are shown and may tell of a child. Not to be passed on or published."),
        ("Issue", "Report KSCP-R2026-003, L17-c38e-1b5c-ab80-28dc"),
        ("Distribution", "Chair of the Quality sub-group; Business manager"),
    )


def test_a_report_that_was_not_issued_says_so() -> None:
    assert ("Issue", "Draft, not issued") in about(REPORT)
    assert base_name(REPORT) == "draft-restricted-2026-01-01-to-2026-03-31"


def test_a_published_report_has_no_distribution_list_and_no_word_of_small_numbers_under_its_tables() -> None:
    assert marking(PUBLISHED) == "PUBLISHED EDITION"
    assert marking(replace(PUBLISHED, number="")) == "PUBLISHED EDITION, NOT ISSUED: not to be given to anybody yet"
    assert "Distribution" not in dict(about(PUBLISHED))
    assert not [line for table in PUBLISHED.tables for line in beneath(PUBLISHED, table) if "not to be passed" in line]
    assert PUBLISHED.unknown[0].startswith("Counts of 0 to 7 are shown as *")


def test_how_to_read_it_tells_only_of_the_sorts_of_figures_that_are_there() -> None:
    assert how_to_read(replace(REPORT, tables=(THEMES,))) == ()
    assert (
        how_to_read(replace(REPORT, tables=(CLOCKS,)))[1] == "A percentage is given where it is a share of 10 or more."
    )


def test_under_a_table_stand_its_notes_its_signs_small_numbers_and_its_clause() -> None:
    assert beneath(REPORT, THEMES) == (
        "A case with two themes is counted under each.",
        "Holds numbers below 8: not to be passed on.",
        "Asked for by the policy: s5 para 2.",
    )
    assert beneath(REPORT, CLOCKS)[0] == "– stands for: no case reached it."


def test_a_file_name_holds_only_the_number_of_the_report_its_edition_and_its_days() -> None:
    hostile = replace(ISSUED, number="../KSCP R2026\n003")

    assert base_name(ISSUED) == "KSCP-R2026-003-restricted-2026-01-01-to-2026-03-31"
    assert base_name(hostile) == "KSCPR2026003-restricted-2026-01-01-to-2026-03-31"


def test_how_to_read_it_says_once_what_a_guide_is_where_one_is_marked() -> None:
    guides = replace(CLOCKS, rows=tuple(replace(row, label=f"{row.label} (a guide)") for row in CLOCKS.rows))

    said = [one for one in how_to_read(replace(REPORT, tables=(guides, guides))) if "guide" in one]

    assert said == ["What is marked (a guide) does not bind: to go past its last day is not to break the policy."]
