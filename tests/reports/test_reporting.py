"""A report: which cases it counts, what it says of time, what it does not know, and that an issued one stays."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.casework.desk import Desk
from escalate.casework.published_days import published_before, refuse_published_twice
from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import issue_report, issued_report, issued_reports, report_for
from escalate.core import events as e
from escalate.core.reports.periods import days, quarter, year
from escalate.core.reports.plain_report import report_from_plain
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Days, Period, Report, Row, Share, Table, Untold
from escalate.core.reports.time_tables import NO_DATE
from escalate.errors import CannotDecide, NotFound
from escalate.files.policies.loading import load_policy
from tests.builders import HEALTH, NAMES, a_case, a_home, at_risk, database_in, ended, entered, told
from tests.running import run

TODAY = date(2026, 7, 1)
SPRING = quarter(2026, 2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ESCALATE_TODAY", TODAY.isoformat())
    return a_home(tmp_path)


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is only read."""
    home = a_home(tmp_path_factory.mktemp("one-case"))
    a_case(home, entered("2", "2026-04-09"), entered("3", "2026-04-10"))
    return home


def report(home: Path, **wanted: Any) -> Report:
    return report_for(database_in(home), Wanted(**{"period": SPRING, **wanted}), TODAY)


def table(report: Report, name: str) -> Table:
    return next(one for one in report.tables if one.id == name)


def figures(report: Report, name: str) -> dict[str, Any]:
    return {row.label: row.figures for row in table(report, name).rows}


def test_the_first_table_counts_each_case_on_its_own_days(home: Path) -> None:
    a_case(home, ended("1", "resolved", "2026-04-09"))
    a_case(home, (e.Withdrawn(wanted_by="the school", reason="It was mended."), date(2026, 5, 1)), number=2)
    a_case(home, number=3, our_side="receiving")
    a_case(home, number=4, decision_received_on=date(2026, 7, 1))

    assert table(report(home), "overview").rows == (
        Row("open at the start of the period", (0,)),
        Row("raised", (3,)),
        Row("received here", (1,)),
        Row("resolved", (1,)),
        Row("withdrawn", (1,)),
        Row("reopened", (0,)),
        Row("open at the end of the period", (1,)),
    )


def test_linked_cases_count_once_and_are_open_while_one_of_them_is(home: Path) -> None:
    first = a_case(home, ended("1", "resolved", "2026-04-09"))
    second = a_case(home, entered("2", "2026-05-05", left="1"), number=2, receiving_agencies=(HEALTH,))
    assert run(home, "link", first.reference, second.reference).code == 0

    found = report(home)

    told = {label: number for label, (number,) in figures(found, "overview").items()}
    assert (told["raised"], told["resolved"], told["open at the end of the period"]) == (1, 0, 1)
    assert [row.label[:7] for row in table(found, "open-by-stage").rows if row.figures[0] == 1] == ["Stage 2"]
    assert [row.label for row in table(found, "open-by-agency").rows] == ["Invented Health Visiting Service"]
    assert "1 case raised in the period and linked with another as one escalation did not count again." in found.unknown
    assert figures(report(home, agency="Invented Health"), "overview")["raised"] == (1,)


def test_linked_cases_ended_when_the_last_of_them_did(home: Path) -> None:
    first = a_case(home, ended("1", "resolved", "2026-04-09"))
    second = a_case(home, ended("1", "resolved", "2026-07-01"), number=2)
    assert run(home, "link", first.reference, second.reference).code == 0

    assert figures(report(home), "overview")["open at the end of the period"] == (1,)
    assert figures(report(home, period=quarter(2026, 3)), "overview")["resolved"] == (1,)


def test_what_the_policy_leaves_open_is_said_to_be_counted_as_it_is_followed_alone(one_case: Path) -> None:
    notes = table(report(one_case), "clocks").notes

    assert [note for note in notes if note.endswith("counted from receipt of the decision (Stage 1 para 1).")] == [
        "Stage 1, raise the matter with the practitioner or decision maker, verbally or in writing: the policy leaves"
        " open how it is counted. Followed here: where both a disagreement and a decision exist, counted from the"
        " earlier. Not counted here: counted from receipt of the decision (Stage 1 para 1)."
    ]


def test_linked_cases_of_other_days_or_other_themes_are_not_told_of(home: Path) -> None:
    first, second = a_case(home), a_case(home, number=2, themes=("threshold",))
    assert run(home, "link", first.reference, second.reference).code == 0

    for found in (report(home, theme="roles"), report(home, period=quarter(2026, 1))):
        assert not [sentence for sentence in found.unknown if "linked with another" in sentence]


def test_what_was_open_at_the_start_leads_to_what_is_open_at_the_end(home: Path) -> None:
    a_case(home, ended("1", "resolved", "2026-04-30"))
    a_case(home, number=2)
    reopened = (e.Reopened(reason="It was not mended."), date(2026, 5, 5))
    a_case(home, ended("1", "resolved", "2026-04-09"), reopened, number=3)

    found = report(home, period=days(date(2026, 4, 15), date(2026, 6, 30)))

    told = {label: number for label, (number,) in figures(found, "overview").items()}
    assert told == {
        "open at the start of the period": 3,
        "raised": 0,
        "received here": 0,
        "resolved": 1,
        "withdrawn": 0,
        "reopened": 1,
        "open at the end of the period": 2,
    }


def test_the_days_a_case_took_are_the_working_days_from_its_concern(home: Path) -> None:
    # Thursday, then Easter: Good Friday and Easter Monday do not count.
    a_case(home, ended("1", "resolved", "2026-04-09"))
    a_case(home, ended("1", "unresolved", "2026-04-09"), entered("2", "2026-04-09"), number=2).add(
        ended("2", "resolved", "2026-04-14")
    )

    assert table(report(home), "time").rows[:3] == (
        Row("from the concern to the resolution", (Days(median=5.5, ninetieth=7, of=2), 7)),
        Row("Stage 1: practitioner to practitioner", (Days(median=4.0, ninetieth=4, of=1), 4)),
        Row("Stage 2: line manager to line manager", (Days(median=3.0, ninetieth=3, of=1), 3)),
    )


def test_k16_the_share_kept_in_time_is_given_by_both_readings(home: Path) -> None:
    up = [ended("1", "unresolved", "2026-04-08"), entered("2", "2026-04-08"), ended("2", "unresolved", "2026-04-10")]
    # Three working days at stage 3: within the text's five, and past the flowchart's two.
    a_case(home, *up, entered("3", "2026-04-10"), ended("3", "resolved", "2026-04-15"))

    found = table(report(home), "clocks")

    rows = {row.label: row.figures for row in found.rows}
    by_flowchart = "Stage 3: achieve a resolution, 2 working days, or less if the child needs it"
    assert rows[by_flowchart] == (Share(0, 1),)
    labels = [row.label for row in found.rows]
    after = found.rows[labels.index(by_flowchart) + 1]
    assert after == Row("— by the other reading: a resolution within 5 working days (Stage 3 para 2)", (Share(1, 1),))
    assert (
        "Two readings: the one followed is: a resolution within 2 working days (flowchart stage 3), because it protects"
        " the child sooner." in found.notes
    )


def test_a_clock_kept_on_its_last_day_is_kept_and_one_day_later_is_not(home: Path) -> None:
    a_case(home, told("2026-04-07"))  # two working days after Wednesday 1 April, over Easter
    a_case(home, told("2026-04-08"), number=2)

    label = (
        "Stage 1: raise the matter with the practitioner or decision maker, verbally or in writing, 2 working days, or"
        " less if the child needs it"
    )
    assert figures(report(home), "clocks")[label] == (Share(1, 2),)


def test_a_clock_that_is_a_guide_for_a_child_at_risk_is_marked_as_one(home: Path) -> None:
    a_case(home, at_risk("2026-04-01"), told("2026-04-02"))

    rows = [row for row in table(report(home), "clocks").rows if "raise the matter" in row.label]

    assert [row.figures for row in rows] == [(Share(0, 0),), (Share(1, 1),)]
    assert rows[1].label.endswith("(a guide)")


def test_a_clock_that_runs_without_a_last_day_has_no_date_and_is_not_of_no_cases(home: Path) -> None:
    a_case(home, entered("1", "2026-04-02"), entered("2", "2026-04-07"), policy="herefordshire-undated")

    found = table(report(home, policy="herefordshire"), "clocks")

    # Nobody recorded the day that was agreed for an answer, at either stage entered; the later ones had no cases.
    answers = [row.figures for row in found.rows if "the answer is due by then" in row.label]
    assert answers == [(NO_DATE,), (NO_DATE,), (Share(0, 0),), (Share(0, 0),)]
    shown = report_for(
        database_in(home), Wanted(period=SPRING, policy="herefordshire", edition="published"), TODAY, published
    )
    assert NO_DATE not in [figure for row in table(shown, "clocks").rows for figure in row.figures]


def test_h23_that_the_times_are_guides_by_another_reading_is_noted(home: Path) -> None:
    a_case(home, policy="herefordshire-undated")

    found = table(report(home, policy="herefordshire"), "clocks")

    assert (
        "By another reading these times are guides: the times are suggested and indicative (s4 para 3)." in found.notes
    )


def test_k9_confirmations_are_counted_of_the_resolutions_and_by_their_own_time(home: Path) -> None:
    confirmed = e.OutcomeConfirmed(agency="agency-social-care", stage="1", by="the manager")
    a_case(home, ended("1", "resolved", "2026-04-09"), (confirmed, date(2026, 4, 13)))
    a_case(home, ended("1", "resolved", "2026-04-09"), (confirmed, date(2026, 4, 14)), number=2)
    a_case(home, ended("1", "resolved", "2026-04-09"), number=3)

    assert figures(report(home), "confirmations")["Stage 1"] == (3, Share(2, 3), Share(1, 3))


def test_no_response_is_a_share_of_the_stages_that_ended_with_each_agency(home: Path) -> None:
    a_case(
        home,
        ended("1", "no response", "2026-04-09"),
        ended("1", "resolved", "2026-04-09", agency=HEALTH),
        names=[NAMES[HEALTH]],
        receiving_agencies=("agency-social-care", HEALTH),
    )

    ends = figures(report(home), "answers")["Stage 1: practitioner to practitioner"]

    assert ends == (2, Share(1, 2), Share(0, 2), Share(1, 2), Share(0, 2))


def test_a_case_of_an_earlier_child_and_of_the_same_pair_and_theme_came_back(home: Path) -> None:
    a_case(home)
    a_case(home, number=2, decision_received_on=date(2026, 4, 2))
    a_case(home, number=3, decision_received_on=date(2026, 4, 2), children=(), themes=("roles",))

    assert [row.figures for row in table(report(home), "recurrences").rows] == [(1,), (1,), (0,)]


def test_a_form_that_is_owed_counts_as_sent_once_somebody_sent_it(home: Path) -> None:
    up = [entered(stage, "2026-04-09") for stage in ("2", "3")]
    a_case(home, *up)
    sent = e.DutyDone(item="copy-to-business-manager", to="the business manager", how="e-mail")
    a_case(home, *up, (sent, date(2026, 4, 10)), number=2)

    assert figures(report(home), "forms")["Escalation Template (Appendix 2)"] == (2, 1, 0, 1)


def test_a_learning_point_is_told_by_where_it_stands(home: Path) -> None:
    a_case(home, (e.LearningIdentified(stage="1", learning="Say it sooner.\nAsk the nursery."), date(2026, 4, 9)))

    assert figures(report(home), "learning")["open"] == (2,)


def test_the_level_of_need_that_nobody_recorded_is_a_line_and_a_sentence(home: Path) -> None:
    details = e.DetailsRecorded(child="child-1", details={"need.current": "Level 3, as the panel said"})
    a_case(home, (details, date(2026, 4, 2)))
    a_case(home, number=2)

    found = report(home)

    assert table(found, "need").rows == (
        Row("level 3", (1, 0)),
        Row("not recorded", (1, 0)),
        Row("all", (2, 0), is_total=True),
    )
    assert "Of 1 case raised in the period no level of need is recorded." in found.unknown


def test_h15_a_report_of_higher_stages_leaves_out_what_was_settled_below_and_says_so(home: Path) -> None:
    a_case(home, ended("1", "resolved", "2026-04-09"), policy="herefordshire-undated")
    a_case(home, entered("2", "2026-04-09"), number=2, policy="herefordshire-undated")

    found = report(home, policy="herefordshire-undated")

    assert found.group == "Quality and Effectiveness and MASH Strategic sub-group"
    assert figures(found, "overview")["raised"] == (1,)
    assert found.unknown[:2] == (
        "It counts the cases that reached stages 2, 3 and 4, and no others (s5 para 2).",
        "By design of the policy it leaves out what was settled before stage 2, of which no report is submitted"
        " (s5 para 2).",
    )


def test_the_group_is_the_policy_s_first_unless_another_is_asked_for(one_case: Path) -> None:
    groups = ("Core Business Group", "Policy and Performance Group", "partner agencies")
    assert [report(one_case, group=said).group for said in ("", "policy", "PARTNER")] == list(groups)


def test_cases_of_another_edition_do_not_count_and_are_told_of(home: Path) -> None:
    a_case(home)
    a_case(home, number=2, policy="wirral-2015-09")

    found = report(home)

    assert figures(found, "overview")["raised"] == (1,)
    assert "1 case raised in the period under another policy or edition did not count." in found.unknown


def test_as_of_a_day_nothing_counts_that_was_recorded_after_it(home: Path) -> None:
    case = a_case(home, ended("1", "unresolved", "2026-04-09"), entered("2", "2026-04-09"))
    a_case(home, number=2, decision_received_on=date(2026, 4, 20))
    before = report_for(database_in(home), Wanted(period=SPRING, as_of=date(2026, 4, 30)), date(2026, 4, 30))

    case.add(ended("2", "resolved", "2026-04-28"), recorded_on=date(2026, 5, 2))
    a_case(home, number=3, decision_received_on=date(2026, 6, 1))

    assert report(home, as_of=date(2026, 4, 30)) == before
    assert figures(before, "overview")["raised"] == (2,)
    assert figures(report(home), "overview")["raised"] == (3,)
    assert figures(report(home), "overview")["resolved"] == (1,)


def test_as_of_a_day_what_was_removed_since_stays_removed(home: Path) -> None:
    case = a_case(home, (e.DetailsRecorded(child="child-1", details={"need.current": "CP"}), date(2026, 4, 2)))
    last = case.events()[-1].sequence
    case.redact(last, "2026-05-02", {"child": "child-1", "details": {}})

    assert figures(report(home, as_of=date(2026, 4, 30)), "need") == {"not recorded": (1, 0), "all": (1, 0)}


def test_an_issued_report_is_the_same_whatever_is_recorded_afterwards(home: Path) -> None:
    case = a_case(home)
    with Desk(home) as desk:
        issued = issue_report(
            desk, Wanted(period=SPRING, distribution=("The chair of the sub-group",), as_of=desk.today)
        )

    case.add(ended("1", "resolved", "2026-04-09"))
    case.redact(case.events()[-1].sequence, "2026-04-10")

    assert issued_report(database_in(home), issued.number) == issued
    ((_, listed),) = issued_reports(database_in(home))
    assert (listed.number, report_from_plain(listed.report), listed.policy) == (
        issued.number,
        issued,
        "knowsley-2020-11",
    )
    assert issued.distribution == ("The chair of the sub-group",)
    assert issued.anchor.startswith("L")
    assert run(home, "verify").code == 0


def test_reports_are_numbered_within_the_year_they_are_issued_in(home: Path) -> None:
    a_case(home)

    with Desk(home) as desk:
        numbers = [issue_report(desk, Wanted(period=SPRING)).number for _ in range(2)]

    assert numbers == ["KSCP-R2026-001", "KSCP-R2026-002"]


def test_a_published_report_is_rolled_over_the_year_and_knows_what_was_published_before(home: Path) -> None:
    a_case(home)
    given: list[tuple[Report, ...]] = []

    def publish(true: Report, before: Any, *more: Any) -> Report:
        given.append(tuple(before))
        return published(true, before, *more)

    with Desk(home) as desk:
        first = issue_report(
            desk, Wanted(period=quarter(2026, 1), edition="published", distribution=("nobody",)), publish
        )
        issue_report(desk, Wanted(period=SPRING), None)
        issue_report(desk, Wanted(period=SPRING, edition="published"), publish)

    assert given == [(), (first,)]
    assert (first.period.first, first.period.last) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (first.edition, first.distribution) == ("published", ())
    assert figures(first, "overview")["raised"] == (
        Untold("*", "none, or too few to tell without telling of somebody"),
    )
    restricted = {"quarters", "years", "no-response", "open-by-stage", "open-by-agency"}
    assert not restricted & {one.id for one in first.tables}
    assert "open at the start of the period" not in figures(first, "overview")
    assert table(first, "time").columns == ("median, and nine of ten within",)


def test_cannot_publish_the_same_days_twice_for_one_group(home: Path) -> None:
    a_case(home)
    wanted = Wanted(period=SPRING, edition="published")
    with Desk(home) as desk:
        first = issue_report(desk, wanted, published)
        with pytest.raises(CannotDecide) as refused:
            issue_report(desk, wanted, published)

    assert refused.value.what == (
        f"a published report on these days is issued already as {first.number}, and there is one only"
    )
    assert refused.value.remedy == f"escalate report --again {first.number}"
    with pytest.raises(CannotDecide, match="is issued already as KSCP-R2026-001"):
        report_for(database_in(home), wanted, TODAY, published)
    assert [one.number for _, one in issued_reports(database_in(home))] == ["KSCP-R2026-001"]


def test_cannot_publish_the_same_days_for_another_group_that_hears_of_the_same_cases(home: Path) -> None:
    a_case(home)
    with Desk(home) as desk:
        first = issue_report(desk, Wanted(period=SPRING, edition="published"), published)
        with pytest.raises(CannotDecide, match=f"on these days is issued already as {first.number}"):
            issue_report(desk, Wanted(period=SPRING, edition="published", group="policy"), published)


def test_what_another_group_with_other_cases_was_told_is_known_to_the_next(home: Path) -> None:
    a_case(home)
    with Desk(home) as desk:
        board = issue_report(desk, Wanted(period=SPRING, edition="published"), published)
    policy, _ = load_policy("knowsley-2020-11")
    panel = replace(policy.report[0], group="The stage 3 panel", stages=("3", "4"))
    with_panel = replace(policy, report=(policy.report[0], panel))

    for_panel = published_before(issued_reports(database_in(home)), with_panel, panel)
    for_board = published_before(issued_reports(database_in(home)), with_panel, policy.report[0])

    assert for_panel == for_board == (board,)
    refuse_published_twice(for_panel, panel.group, board.period)
    with pytest.raises(CannotDecide):
        refuse_published_twice(for_board, board.group, board.period)


@pytest.mark.parametrize(
    "period",
    [
        days(date(2025, 6, 16), date(2026, 6, 15)),
        days(date(2026, 5, 1), date(2026, 5, 31)),
        days(date(2025, 1, 1), date(2026, 3, 31)),
    ],
    ids=lambda period: period.called,
)
def test_cannot_publish_other_days_than_the_year_that_ends_with_a_quarter(one_case: Path, period: Period) -> None:
    with pytest.raises(CannotDecide, match="covers the year that ends with a calendar quarter, and no other days"):
        report_for(database_in(one_case), Wanted(period=period, edition="published"), TODAY, published)


def test_cannot_publish_a_quarter_that_is_not_over(one_case: Path) -> None:
    for wanted in (
        Wanted(period=quarter(2026, 3), edition="published"),
        Wanted(period=SPRING, edition="published", as_of=date(2026, 6, 30)),
    ):
        with pytest.raises(CannotDecide, match="a published report is of days that are over"):
            report_for(database_in(one_case), wanted, TODAY, published)


def test_a_published_year_is_the_one_that_ends_with_its_last_quarter(one_case: Path) -> None:
    told = report_for(database_in(one_case), Wanted(period=year(2025), edition="published"), TODAY, published)

    assert told.period == year(2025)


def test_a_quarter_stands_beside_quarters_and_a_year_beside_years(one_case: Path) -> None:
    quarters = table(report(one_case), "quarters")
    years = table(report(one_case, period=year(2026)), "years")

    assert (quarters.title, quarters.chart) == ("Change against the four quarters before", "lines")
    assert [row.label for row in quarters.rows] == [
        "April to June 2025",
        "July to September 2025",
        "October to December 2025",
        "January to March 2026",
        "April to June 2026",
    ]
    assert (years.title, years.chart) == ("Change against the four years before", "")
    assert [row.label for row in years.rows] == [f"January to December {number}" for number in range(2022, 2027)]


def test_other_days_are_compared_with_none_and_the_report_says_so(one_case: Path) -> None:
    found = report(one_case, period=days(date(2026, 4, 1), date(2026, 5, 31)))

    assert not {"quarters", "years"} & {one.id for one in found.tables}
    assert "It is not compared with what was before: its period is neither a quarter nor a year." in found.unknown


def test_who_did_not_respond_is_told_by_the_agency_that_was_asked(home: Path) -> None:
    both = {"names": [NAMES[HEALTH]], "receiving_agencies": ("agency-social-care", HEALTH)}
    a_case(home, ended("1", "no response", "2026-04-09"), ended("1", "resolved", "2026-04-09", agency=HEALTH), **both)
    a_case(home, ended("1", "resolved", "2026-04-10"), number=2)

    assert figures(report(home), "no-response") == {
        "Exampleshire Children's Social Care": (2, Share(1, 2)),
        "Invented Health Visiting Service": (1, Share(0, 1)),
    }


def test_what_is_open_at_the_end_is_told_by_stage_and_by_agency_with_its_days(home: Path) -> None:
    both = {"names": [NAMES[HEALTH]], "receiving_agencies": ("agency-social-care", HEALTH)}
    a_case(home, ended("1", "resolved", "2026-04-09", agency=HEALTH), **both)
    a_case(home, ended("1", "unresolved", "2026-05-11"), entered("2", "2026-05-11"), number=2)
    a_case(home, ended("1", "resolved", "2026-07-01"), number=3, decision_received_on=date(2026, 6, 20))
    none = Untold("–", "none was open")

    found = report(home)

    assert figures(found, "open-by-stage") == {
        "Stage 1: practitioner to practitioner": (2, 90, 90),
        "Stage 2: line manager to line manager": (1, 90, 90),
        **{row.label: (0, none, none) for row in table(found, "open-by-stage").rows[2:]},
    }
    assert figures(found, "open-by-agency") == {"Exampleshire Children's Social Care": (3, 90, 90)}


@pytest.mark.parametrize("part", [{"agency": "Invented Primary School"}, {"theme": "threshold"}, {"stage": "1"}])
def test_cannot_publish_a_part_of_the_cases(one_case: Path, part: dict[str, str]) -> None:
    with pytest.raises(CannotDecide, match="a published report counts every case"):
        report_for(database_in(one_case), Wanted(period=SPRING, edition="published", **part), TODAY, published)


def test_cannot_count_as_of_a_day_that_has_not_come(one_case: Path) -> None:
    with pytest.raises(CannotDecide, match="that day has not come"):
        report(one_case, as_of=date(2026, 7, 2))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"policy": "know"}, '"know" is no policy that a case here was raised under'),
        ({"policy": "croydon"}, '"croydon" is no policy that a case here was raised under'),
        ({"group": "Board"}, "the policy names no such group to report to"),
        ({"agency": "Nobody's Agency"}, "no case here names this agency"),
        ({"theme": "weather"}, "the policy has no such theme"),
        ({"stage": "9"}, '"9" is not a stage of this policy'),
    ],
)
def test_cannot_count_what_is_not_there(one_case: Path, wanted: dict[str, str], said: str) -> None:
    with pytest.raises(NotFound) as refused:
        report(one_case, **wanted)

    assert refused.value.what == said


def test_a_theme_can_be_asked_for_by_its_title_and_an_agency_in_any_letters(home: Path) -> None:
    a_case(home)
    a_case(home, number=2, themes=("roles",))

    by_theme = report(home, theme="roles and Responsibilities")

    assert figures(by_theme, "overview")["raised"] == (1,)
    assert by_theme.unknown[0] == "It counts only cases about: Roles and responsibilities."
    assert report(home, theme="responsib").unknown[0] == by_theme.unknown[0]
    assert figures(report(home, agency="invented  primary SCHOOL"), "overview")["raised"] == (2,)
    by_part = report(home, agency="primary school")
    assert figures(by_part, "overview")["raised"] == (2,)
    assert by_part.unknown[0] == "It counts only cases raised by or with Invented Primary School."


def test_a_period_that_is_not_over_says_so(one_case: Path) -> None:
    assert (
        "The period was not over on the day it was counted, 01/07/2026." in report(one_case, period=year(2026)).unknown
    )


def test_what_reports_are_counted_from_is_verified(one_case: Path, tmp_path: Path) -> None:
    for table_of in ("report_case", "stage_run", "clock_run", "case_mark", "case_act"):
        shutil.copy(database_in(one_case), database_in(tmp_path))
        with closing(sqlite3.connect(database_in(tmp_path))) as con, con:
            con.execute(f"DELETE FROM {table_of}")

        verified = run(tmp_path, "verify")

        assert verified.code == 10
        assert table_of in verified.out + verified.err
