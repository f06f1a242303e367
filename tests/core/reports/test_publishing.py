"""The published edition: what is hidden, what is rounded, what is withheld, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core.reports.attacker import is_withheld
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Days, Figure, Period, Report, Row, Share, Table, Unit, Untold
from escalate.core.reports.rule import HIDDEN, RESTS_ON_HIDDEN, Rule

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026")
WITHHELD = Untold("–", "withheld")


def a_table(*rows: tuple[Figure, ...], units: tuple[Unit, ...] = ("cases",), **said: Any) -> Table:
    """Return a table whose last line is its total."""
    told = [Row(f"Theme {place}", figures) for place, figures in enumerate(rows[:-1], 1)]
    units = units * len(rows[0]) if len(units) == 1 else units
    columns = tuple(f"Stage {place}" for place in range(1, len(units) + 1))
    all_rows = (*told, Row("All", rows[-1], is_total=True))
    values = {"id": "themes", "title": "Themes", "heads": "Theme", "columns": columns, "units": units}
    return Table(**{**values, "rows": all_rows, **said})


def a_report(*tables: Table, **said: Any) -> Report:
    """Return a report of one year."""
    values = {"policy": "exampleshire-2025-09", "partnership": "Exampleshire", "group": "Quality Group"}
    known = {"edition": "restricted", "period": YEAR, "as_of": date(2026, 4, 15), "tables": tables}
    return Report(**{**values, **known, **said})


def told(report: Report, **rule: Any) -> list[tuple[Figure, ...]]:
    """Return the figures of the first table as published."""
    return [row.figures for row in published(report, (), Rule(**rule)).tables[0].rows]


def test_counts_of_0_to_7_are_hidden_alike_and_the_rest_and_the_totals_are_rounded_to_5() -> None:
    report = a_report(a_table((0,), (1,), (7,), (8,), (12,), (13,), (41,)))

    assert told(report) == [(HIDDEN,), (HIDDEN,), (HIDDEN,), (10,), (10,), (15,), (40,)]


@pytest.mark.parametrize(
    ("fewer_than", "expected"),
    [(5, [HIDDEN, 5, 5, 10, 10]), (8, [HIDDEN, HIDDEN, HIDDEN, 10, 10]), (10, [HIDDEN, HIDDEN, HIDDEN, HIDDEN, 10])],
)
def test_the_partnership_sets_how_few_are_too_few(fewer_than: int, expected: list[Figure]) -> None:
    report = a_report(a_table((4,), (5,), (7,), (8,), (11,), (35,)))

    assert [figure for (figure,) in told(report, fewer_than=fewer_than)][:5] == expected


def test_what_would_be_rounded_to_less_than_is_ever_told_is_hidden() -> None:
    report = a_report(a_table((6,), (7,), (8,), (40,), (61,)))

    assert told(report, fewer_than=6)[:3] == [(HIDDEN,), (HIDDEN,), (10,)]


def test_cannot_set_a_rule_that_hides_less_than_it_protects() -> None:
    with pytest.raises(ValueError, match="what is protected is less than what is hidden"):
        Rule(fewer_than=4)


def test_a_share_is_told_only_where_those_that_met_and_those_that_did_not_are_many() -> None:
    report = a_report(
        a_table(
            (Share(23, 41),), (Share(39, 41),), (Share(3, 41),), (Share(2, 4),), (Share(67, 127),), units=("share",)
        )
    )

    unsaid = (RESTS_ON_HIDDEN,)
    assert told(report) == [(Share(25, 40, 5),), unsaid, unsaid, unsaid, (Share(65, 125, 5),)]


@pytest.mark.parametrize(
    ("share", "near"),
    [
        (Share(15, 20), True),
        (Share(15, 20, 5), False),
        (Share(60, 80, 5), True),
        (Share(50, 70, 5), False),
        (Share(35, 65, 5), True),
    ],
)
def test_a_percentage_is_near_where_rounding_cannot_have_moved_it_by_more_than_5_points(
    share: Share, near: bool
) -> None:
    assert share.is_near is near


def test_days_are_told_whole_on_a_rounded_base_and_not_at_all_on_a_small_one() -> None:
    report = a_report(
        a_table((Days(4.5, 11, 21),), (Days(3, 4, 7),), (Days(4, 10, 28),), units=("working days",)),
    )

    assert told(report) == [(Days(5, 15, 20),), (RESTS_ON_HIDDEN,), (Days(4, 10, 30),)]


def test_words_are_not_published() -> None:
    table = a_table(("Invented words", 20), ("More invented words", 30), ("", 50), units=("words", "cases"))

    assert [figures[0] for figures in told(a_report(table))] == [Untold("–", "words are not published")] * 3


def test_a_table_of_words_is_withheld_with_its_lines_unless_it_was_chosen() -> None:
    table = Table(
        id="learning",
        title="Learning",
        heads="Number",
        columns=("Learning",),
        units=("words",),
        rows=(Row("1", ("Invented words",)), Row("2", ("More invented words",))),
    )

    (kept,) = published(a_report(table)).tables
    (chosen,) = published(a_report(table), (), Rule(words=frozenset({"learning"}))).tables

    assert kept.rows == (Row("all lines", (WITHHELD,)),)
    assert kept.notes == ("Withheld: words are published only where they were chosen line by line.",)
    assert chosen == table


def test_one_of_the_tables_that_divide_the_same_cases_is_published() -> None:
    themes = a_table((20,), (30,), (50,), is_cut=True, title="By theme")
    agencies = a_table((24,), (26,), (50,), is_cut=True, id="agencies", title="By agency")

    first = published(a_report(themes, agencies))
    named = published(a_report(themes, agencies), (), Rule(cut="agencies"))

    assert [is_withheld(table) for table in first.tables] == [False, True]
    assert [is_withheld(table) for table in named.tables] == [True, False]
    assert first.tables[1].rows == (Row("all lines", (WITHHELD,)),)
    assert first.tables[1].notes == (
        'Withheld: it divides the same cases as "By theme" does otherwise, and only one such table is published.',
    )


def test_a_table_from_which_a_small_number_could_be_worked_out_is_withheld() -> None:
    # Three lines of 20 leave 3 of 63, where nothing is rounded; rounded, they leave anything from 0 to 7.
    table = a_table(*((20,) for _ in range(3)), (3,), (63,))

    (kept,) = published(a_report(table), (), Rule(base=1)).tables
    (rounded,) = published(a_report(table)).tables

    assert kept.rows == (Row("all lines", (WITHHELD,)),)
    assert kept.notes == ("Withheld: with what else is published, a small number could be worked out from it.",)
    assert [row.figures for row in rounded.rows] == [(20,), (20,), (20,), (HIDDEN,), (65,)]


def test_changes_are_not_published() -> None:
    table = a_table((20, -3), (30, 2), (50, -1))

    assert [figures[1] for figures in told(a_report(table))] == [Untold("–", "not published")] * 3


def test_what_is_not_known_by_design_is_said_and_one_unknown_among_others_is_hidden() -> None:
    by_design = Untold("–", "this policy reports no stage 1")
    table = a_table((by_design, 20), (by_design, Untold("–", "no cases")), (by_design, 20))

    assert told(a_report(table)) == [(by_design, 20), (by_design, HIDDEN), (by_design, 20)]


def test_sentences_that_count_cases_and_the_distribution_are_left_out_and_the_rule_is_said() -> None:
    report = a_report(
        a_table((20,), (30,), (50,), notes=("Two cases were linked.", "A guide of 5 working days is a guide.")),
        unknown=("Stage 1 escalations are not reported.", "3 of them have no level of need.", "One case has no theme."),
        distribution=("Quality Group",),
    )

    edition = published(report)

    assert edition.edition == "published"
    assert edition.unknown == (
        "Counts of 0 to 7 are shown as *; all others are rounded to the nearest 5, so that lines need not add up to"
        " their totals.",
        "A * may stand for none: a true 0 is hidden as well.",
        "Shares and times are shown only where the counts they rest on are, else as (*); 90th percentiles are rounded"
        " up to 5 days.",
        "Stage 1 escalations are not reported.",
    )
    assert edition.tables[0].notes == ("A guide of 5 working days is a guide.",)
    assert edition.distribution == ()


@pytest.mark.parametrize(
    ("sentence", "is_kept"),
    [
        ("Linked cases are counted as one escalation.", True),
        ("Level 2 forms are sent within 5 working days.", True),
        ("In 2026 cases were logged from June.", True),
        ("Of 14 cases, the level of need was not recorded.", False),
        ("There are three more escalations.", False),
        ("No form was owed.", False),
    ],
)
def test_a_sentence_is_left_out_where_it_counts_cases(sentence: str, is_kept: bool) -> None:
    edition = published(a_report(a_table((20,), (30,), (50,)), unknown=(sentence,)))

    assert (sentence in edition.unknown) is is_kept


def test_one_true_total_is_told_alike_in_every_table() -> None:
    themes = a_table((20,), (31,), (51,))
    needs = a_table((12,), (39,), (51,), id="needs", heads="Level of need")

    tables = published(a_report(themes, needs)).tables

    assert [table.rows[-1].figures for table in tables] == [(50,), (50,)]


GRIDS = st.integers(2, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=2, max_size=5)
)


def with_totals(grid: list[list[int]]) -> Report:
    """Return a report of one table with a total of each line and column."""
    rows = [(*counts, sum(counts)) for counts in grid]
    return a_report(a_table(*rows, tuple(sum(column) for column in zip(*rows, strict=True))))


@given(GRIDS)
@settings(max_examples=40, deadline=None)
def test_no_count_of_1_to_7_is_ever_told(grid: list[list[int]]) -> None:
    shown = [figure for figures in told(with_totals(grid)) for figure in figures]

    assert all(figure in (HIDDEN, WITHHELD) or (isinstance(figure, int) and figure >= 10) for figure in shown)
    assert all(figure % 5 == 0 for figure in shown if isinstance(figure, int))


@given(st.integers(0, 500), st.sampled_from([5, 8, 10]), st.sampled_from([1, 3, 5, 10]))
def test_what_is_told_of_a_count_leaves_every_count_possible_that_is_told_the_same(
    count: int, fewer_than: int, base: int
) -> None:
    rule = Rule(fewer_than=fewer_than, base=base)
    told_of = rule.told(count)
    possible = rule.of_told(told_of) if isinstance(told_of, int) else rule.of_hidden()

    alike = [other for other in range(600) if rule.told(other) == told_of]

    assert alike == list(range(possible.low, possible.high + 1))


@given(st.permutations(range(4)), GRIDS)
@settings(max_examples=6, deadline=None)
def test_what_is_published_does_not_depend_on_the_order_in_which_older_reports_are_given(
    order: list[int], grid: list[list[int]]
) -> None:
    older = [
        replace(published(with_totals(grid)), period=Period(date(2025, month, 1), date(2026, month, 1), str(month)))
        for month in (1, 2, 3, 4)
    ]

    assert published(with_totals(grid), [older[n] for n in order]) == published(with_totals(grid), older)
