"""The attacker: what is worked out from everything published, against what can be worked out at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core.reports.adding_up import Count, found, true_counts
from escalate.core.reports.attacker import Won, attacks, is_withheld
from escalate.core.reports.intervals import Range, Sums
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Period, Report, Row, Share, Table
from escalate.core.reports.rule import HIDDEN, Rule
from tests.proofs.attacker import FIRST_YEAR, HIDE_UNDER_5, KEPT, NEXT_YEAR, a_report, attack_all

OPEN = Rule(least=1)  # nothing is withheld
NAIVE = Rule(fewer_than=5, base=1, least=1)


def one_column(*lines: int, period: Period = FIRST_YEAR, table: str = "agencies", **said: Any) -> Report:
    """Return a report of one column with its total."""
    told = [Row(f"Agency {place}", (count,)) for place, count in enumerate(lines, 1)]
    values = {"title": "By agency", "heads": "Agency", "columns": ("Raised",), "units": ("cases",)}
    rows = (*told, Row("All", (sum(lines),), is_total=True))
    return replace(a_report([[1, 1], [1, 1]], period), tables=(Table(**{**values, "id": table, "rows": rows, **said}),))


def known(reports: list[Report], true: Report, line: str, column: str = "Raised") -> Range:
    """Return what is found of one count of the last report."""
    (name,) = [count for count in true_counts(true.tables[0]) if (count.line, count.column) == (line, column)]
    return attacks(reports, OPEN, found(true.tables)).known[len(reports) - 1, name]


def test_a_sum_narrows_its_total_and_its_parts() -> None:
    sums = Sums()
    total, one, other = sums.number(Range(10, 12)), sums.number(Range(0, 7)), sums.number(Range(9, 11))
    sums.add(total, (one, other))

    assert sums.tighten()
    assert [sums.known(number) for number in (total, one, other)] == [Range(10, 12), Range(0, 3), Range(9, 11)]


def test_sums_that_cannot_be_true_together_are_said_to_be_so() -> None:
    sums = Sums()
    sums.add(sums.number(Range(5, 5)), (sums.number(Range(6, 9)), sums.number(Range(0, 9))))

    assert not sums.tighten()


def test_hiding_only_what_is_under_5_gives_a_single_hidden_count_back() -> None:
    true = one_column(12, 31, 3)

    naive = attacks([published(true, (), NAIVE)], NAIVE, found(true.tables))
    ours = known([published(true)], true, "Agency 3")

    assert naive.known[0, Count("agencies", "Agency 3", 0, "Raised", "n")] == Range(3, 3)
    assert ours == Range(0, 7)


def test_the_whole_table_gives_away_what_no_line_or_column_does_alone() -> None:
    # Lines 1 and 2 hold 4 hidden ones between them by their totals; columns 1 and 2, told of all else, hold as many.
    true = a_report([[1, 1, 9], [1, 1, 9], [9, 9, 2]])
    told = published(true, (), NAIVE)

    findings = attacks([told], NAIVE, found(true.tables))

    names = [Count("themes", line, 0, column, "n") for line, column in (("Theme 1", "Stage 1"), ("Theme 3", "Stage 3"))]
    assert [findings.known[0, name] for name in names] == [Range(0, 2), Range(2, 2)]


def test_all_agencies_12_and_all_but_the_school_11_do_not_tell_of_the_school() -> None:
    # No small number is in sight: the difference is one.
    true = a_report([[11, 1], [9, 2]])
    names = [Count("themes", "Theme 1", 0, column, "n") for column in ("All", "Stage 1", "Stage 2")]

    exact = attacks([published(true, (), NAIVE)], NAIVE, found(true.tables))
    ours = attacks([published(true, (), OPEN)], OPEN, found(true.tables))

    assert [exact.known[0, name] for name in names] == [Range(12, 12), Range(11, 11), Range(1, 1)]
    assert [ours.known[0, name] for name in names] == [Range(11, 12), Range(8, 12), Range(0, 4)]
    assert not ours.won


def test_two_rolling_years_and_the_quarter_that_dropped_out_tell_of_the_new_quarter() -> None:
    # The first year less its first quarter is the nine months that both years have; 33 less those 30 is 3.
    quarter = Period(date(2025, 4, 1), date(2025, 6, 30), "April to June 2025")
    true = [one_column(10, 50, period=quarter), one_column(40, 90), one_column(33, 95, period=NEXT_YEAR)]
    exact = [published(report, (), NAIVE) for report in true]
    ours: list[Report] = []
    for report in true:
        ours.append(published(report, ours))

    won = attacks(exact, Rule(fewer_than=5, base=1), found(true[-1].tables)).won

    assert won == (Won(-3, Count("agencies", "Agency 1", 0, "Raised", "n"), Range(3, 3)),)
    assert [is_withheld(report.tables[0]) for report in ours] == [False, False, False]
    assert not attacks(ours, Rule(), found(true[-1].tables)).won


def test_the_totals_of_two_rolling_years_tell_of_the_days_that_they_do_not_share() -> None:
    first, following = one_column(40, 30), one_column(6, 30, period=NEXT_YEAR)
    told = [published(first), published(following)]

    assert [row.figures for row in told[1].tables[0].rows] == [(HIDDEN,), (30,), (35,)]
    assert [known(told, following, line) for line in ("Agency 1", "All")] == [Range(1, 7), Range(33, 37)]


def test_a_table_that_would_tell_with_an_older_report_is_withheld_though_alone_it_would_not() -> None:
    exact = Rule(base=1)
    quarters = one_column(20, 30, period=Period(date(2025, 4, 1), date(2025, 12, 31), "April to December 2025"))
    year = one_column(23, 40)

    alone = published(year, (), exact)
    after = published(year, [published(quarters, (), exact)], exact)

    assert not is_withheld(alone.tables[0])
    assert is_withheld(after.tables[0])


def test_an_older_report_is_read_by_the_rule_that_it_was_published_by() -> None:
    # Told as 10 then, to the nearest 10, and as 15 now, it is 13 or 14.
    true = one_column(14, 40)
    older = published(true, (), Rule(fewer_than=5, base=10))

    findings = attacks([older, published(true)], Rule(), found(true.tables))

    assert findings.known[0, Count("agencies", "Agency 1", 0, "Raised", "n")] == Range(13, 14)


@pytest.mark.parametrize("rule", [Rule(), Rule(fewer_than=5), Rule(fewer_than=11), Rule(fewer_than=10, base=1)])
def test_the_rule_is_found_again_in_the_sentences_that_say_it(rule: Rule) -> None:
    said = Rule().as_said(("Stage 1 is not reported.", *rule.in_words()))

    assert [said.told(count) for count in range(100)] == [rule.told(count) for count in range(100)]


def test_a_line_that_names_its_quarter_means_the_same_days_in_every_report() -> None:
    # Hidden among 0 to 9 by the rule of the first report, told as 10 by that of the second: 8 or 9.
    rows = (Row("April to June 2025", (8,)), Row("July to September 2025", (30,)), Row("All", (38,), is_total=True))
    first = one_column(1, 1, rows=rows, heads="Quarter")
    following = one_column(1, 1, rows=rows, heads="Quarter", period=NEXT_YEAR)

    told = [published(first, (), Rule(fewer_than=10, least=1)), published(following, (), OPEN)]

    assert known(told, following, "April to June 2025") == Range(8, 9)


def test_an_older_report_that_contradicts_the_new_one_is_left_out() -> None:
    early, late = one_column(20, 30), one_column(60, 90)
    told = [published(early), published(late)]

    assert known(told, late, "Agency 1") == Range(58, 62)


def test_two_tables_with_one_total_are_attacked_together_and_one_is_withheld() -> None:
    # By agency 18 and 1, by need 12 and 7. Told as 20, the 19 is at least 18 by the one table, at most 19 by the other.
    agencies, needs = one_column(18, 1), one_column(12, 7, table="needs", heads="Level of need")
    both = replace(agencies, tables=(*agencies.tables, *needs.tables))
    name = Count("agencies", "Agency 2", 0, "Raised", "n")

    alone = attacks([published(agencies, (), OPEN)], OPEN, found(agencies.tables)).known[0, name]
    together = attacks([published(both, (), OPEN)], OPEN, found(both.tables)).known[0, name]
    kept = published(both)

    assert (alone, together) == (Range(0, 4), Range(0, 1))
    assert [is_withheld(table) for table in kept.tables].count(True) == 1
    assert not attacks([kept], Rule(), found(both.tables)).won


def test_lines_that_overlap_add_up_to_no_less_than_their_total() -> None:
    (table,) = one_column(20, 31, 3).tables
    overlapping = replace(table, rows=(*table.rows[:3], Row("All", (50,), is_total=True)))
    true = replace(one_column(1, 1), tables=(overlapping,))

    assert known([published(true, (), OPEN)], true, "Agency 3") == Range(0, 7)


def test_a_share_does_not_tell_how_many_were_late() -> None:
    rows = (
        Row("Stage 1", (Share(38, 41),)),
        Row("Stage 2", (Share(20, 30),)),
        Row("All", (Share(58, 71),), is_total=True),
    )
    (table,) = one_column(1, 1, columns=("In time",), units=("share",), rows=rows).tables
    true = replace(one_column(1, 1), tables=(table,))

    findings = attacks([published(true)], Rule(), found(true.tables))

    assert not findings.won
    assert 3 in findings.known[0, Count("agencies", "Stage 1", 0, "In time", "unmet")]


LINES = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))


@given(st.lists(LINES, min_size=2, max_size=6), st.sampled_from([Rule(), Rule(fewer_than=5), Rule(fewer_than=10)]))
@settings(max_examples=40, deadline=None)
def test_the_true_counts_of_shares_and_cases_are_always_possible_and_never_won(
    lines: list[tuple[int, int, int]], rule: Rule
) -> None:
    counted = [(met + late, met, met + late + waiting) for met, late, waiting in lines]
    counted.append(tuple(sum(column) for column in zip(*counted, strict=True)))
    rows = [
        Row(f"Stage {place}", (raised, ended, Share(met, ended)), is_total=place > len(lines))
        for place, (ended, met, raised) in enumerate(counted, 1)
    ]
    units = ("cases", "cases", "share")
    columns = ("Raised", "Ended", "In time")
    true = one_column(1, 1, rows=tuple(rows), columns=columns, units=units)
    told = published(true, (), rule)

    findings = attacks([told], rule, found(true.tables))

    assert not findings.won
    if not is_withheld(told.tables[0]):
        shape = found(true.tables)
        for count, number in true_counts(true.tables[0]).items():
            assert number in findings.known.get((0, shape.name(count)), Range(number, number))


@pytest.mark.parametrize("rule", [NAIVE, OPEN], ids=["hide under 5", "ours"])
@given(grid=st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=12, deadline=None)
def test_the_attacker_finds_exactly_what_listing_every_possible_table_finds(grid: list[list[int]], rule: Rule) -> None:
    true = a_report(grid)
    told = published(true, (), rule)
    (row_1, row_2, total) = (row.figures for row in told.tables[0].rows)

    def possible(figure: object) -> Range:
        return rule.of_told(figure) if isinstance(figure, int) else rule.of_hidden()

    ranges = [possible(figure) for figure in (*row_1[:2], *row_2[:2])]
    sums = [possible(figure) for figure in (row_1[2], row_2[2], *total)]
    every = [
        cells
        for cells in product(*(range(known.low, known.high + 1) for known in ranges))
        if all(count in known for count, known in zip(_sums(cells), sums, strict=True))
    ]

    findings = attacks([told], replace(rule, least=50), found(true.tables))

    for place, (line, column) in enumerate(product(("Theme 1", "Theme 2"), ("Stage 1", "Stage 2"))):
        listed = [cells[place] for cells in every]
        range_found = findings.known[0, Count("themes", line, 0, column, "n")]
        assert grid[place // 2][place % 2] in range_found
        if min(listed) <= rule.protected:
            assert range_found == Range(min(listed), max(listed))


def _sums(cells: tuple[int, ...]) -> tuple[int, ...]:
    a, b, c, d = cells
    return a + b, c + d, a + c, b + d, a + b + c + d


def test_five_hundred_tables_tell_of_no_count_of_1_to_4_while_hiding_under_5_tells_of_nearly_all() -> None:
    tallies = attack_all(500, "busy tables", (HIDE_UNDER_5, KEPT))

    naive, ours = tallies[HIDE_UNDER_5], tallies[KEPT]
    assert 10 * naive.exact > 9 * naive.small
    assert (ours.exact, ours.near, ours.wrong) == (0, 0, 0)
    assert ours.withheld < 10


def test_sixty_pairs_of_rolling_years_tell_of_no_count_of_1_to_4() -> None:
    tallies = attack_all(60, "pairs of rolling years", (HIDE_UNDER_5, KEPT))

    naive, ours = tallies[HIDE_UNDER_5], tallies[KEPT]
    assert 3 * naive.exact > naive.small
    assert (ours.exact, ours.near, ours.wrong) == (0, 0, 0)
