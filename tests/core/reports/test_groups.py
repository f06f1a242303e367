"""Two groups of one partnership: what a published report of each tells together, and whose cases are among whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core.reports.adding_up import Shape, found, true_counts
from escalate.core.reports.attacker import attacks, is_withheld
from escalate.core.reports.groups import Cases, among, of_each
from escalate.core.reports.intervals import Range
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Period, Report, Row, Table
from escalate.core.reports.rule import Rule
from escalate.files.policies.loading import load_policy

ALL, HIGHER = "The Board", "The stage 3 panel"
AMONG = {HIGHER: frozenset({ALL}), ALL: frozenset[str]()}
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31), "1 April 2025 to 31 March 2026")
NEXT = Period(date(2025, 7, 1), date(2026, 6, 30), "1 July 2025 to 30 June 2026")
EXACT = Rule(fewer_than=5, base=1)
OPEN = Rule(least=1)


def a_report(group: str, *lines: int, period: Period = YEAR) -> Report:
    """Return a report of one column with its total."""
    rows = [Row(f"Agency {place}", (count,)) for place, count in enumerate(lines, 1)]
    table = Table(
        id="agencies",
        title="By agency",
        heads="Agency",
        columns=("Raised",),
        units=("cases",),
        rows=(*rows, Row("All", (sum(lines),), is_total=True)),
    )
    return Report(
        policy="Exampleshire, edition 2025-09",
        partnership="Exampleshire",
        group=group,
        edition="restricted",
        period=period,
        as_of=date(2026, 7, 15),
        tables=(table,),
    )


def shape_of(report: Report) -> Shape:
    return replace(found(report.tables), among=AMONG)


def test_what_two_groups_differ_by_is_a_count_that_the_attacker_looks_for() -> None:
    board, panel = a_report(ALL, 12, 30), a_report(HIGHER, 11, 20)
    told = [published(board, (), EXACT), published(panel, (), EXACT)]

    (won,) = attacks(told, EXACT, shape_of(panel)).won

    assert (won.count.line, won.count.group, won.known) == ("Agency 1", f"{ALL} without ", Range(1, 1))
    assert not attacks(told, EXACT, found(panel.tables)).won


@pytest.mark.parametrize("first", [ALL, HIGHER])
def test_the_second_group_s_table_is_withheld_where_both_together_would_tell(first: str) -> None:
    reports = {ALL: a_report(ALL, 12, 30), HIGHER: a_report(HIGHER, 11, 20)}
    (second,) = set(reports) - {first}
    older = published(reports[first], (), EXACT, AMONG)

    alone = published(reports[second], (), EXACT, AMONG)
    after = published(reports[second], [older], EXACT, AMONG)

    assert [is_withheld(told.tables[0]) for told in (older, alone, after)] == [False, False, True]
    assert not attacks([older, after], EXACT, shape_of(reports[second])).won


def test_by_the_rule_itself_the_difference_of_two_groups_is_not_known_nearly() -> None:
    board, panel = a_report(ALL, 12, 30), a_report(HIGHER, 11, 20)

    told = published(panel, [published(board)], Rule(), AMONG)

    assert not is_withheld(told.tables[0])


def test_groups_whose_cases_are_not_among_each_other_s_are_read_each_by_itself() -> None:
    board, panel = a_report(ALL, 12, 30), a_report(HIGHER, 11, 20)

    assert not is_withheld(published(panel, [published(board, (), EXACT)], EXACT).tables[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), st.integers(0, 30)), min_size=2, max_size=4))
def test_what_is_found_over_two_groups_and_two_years_holds_every_true_count(
    drawn: list[tuple[int, int, int]],
) -> None:
    # Of each agency: cases of the panel, what the board has besides, and what the panel had in the year before.
    panel = a_report(HIGHER, *(higher for higher, _, _ in drawn), period=NEXT)
    board = a_report(ALL, *(higher + rest for higher, rest, _ in drawn), period=NEXT)
    before = a_report(HIGHER, *(earlier for _, _, earlier in drawn))
    told: list[Report] = []
    for one in (before, board, panel):
        told.append(published(one, told, OPEN, AMONG))

    known = attacks(told, OPEN, shape_of(panel)).known

    for count, true in true_counts(panel.tables[0]).items():
        assert true in known[2, count]
    kept = published(panel, [published(before, (), Rule(), AMONG), published(board, (), Rule(), AMONG)], Rule(), AMONG)
    assert kept.edition == "published"


def test_cases_that_entered_higher_stages_are_among_those_that_entered_lower_ones() -> None:
    every, resolved = Cases(), Cases(only_resolved=True)
    second, third = Cases(frozenset({"2", "3"})), Cases(frozenset({"3"}))
    resolved_third = Cases(frozenset({"3"}), only_resolved=True)

    assert third.are_among(second)
    assert resolved_third.are_among(third)
    assert resolved_third.are_among(resolved)
    assert second.are_among(every)
    assert not second.are_among(third)
    assert not third.are_among(resolved)
    assert not every.are_among(second)


def test_groups_that_hear_of_the_same_cases_are_not_told_apart_by_them() -> None:
    policy = load_policy("knowsley-2020-11")[0]

    assert set(of_each(policy).values()) == {Cases()}
    assert set(among(policy).values()) == {frozenset()}
