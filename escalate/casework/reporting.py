"""Counting a report, and issuing one: frozen with its figures, so that it can be rendered again as it was.

Counting only reads. What was published before is read from the reports that were issued: they are the register.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from escalate.casework.published_days import refuse_days_not_to_be_published, refuse_published_twice
from escalate.core.policy import Policy, follow
from escalate.core.policy_items import Report as ReportAsked
from escalate.core.reports.kept import folded
from escalate.core.reports.periods import periods_before, year_ending_with
from escalate.core.reports.plain_report import plain_report, report_from_plain
from escalate.core.reports.report import Edition, Period, Report
from escalate.core.reports.tables import tables_of
from escalate.core.reports.unknown import unknown_of
from escalate.errors import CannotDecide, NotFound
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers, reports_issued
from escalate.store.chain import canonical, text_digest
from escalate.store.report_rows import agencies_of, count, headline, not_known
from escalate.store.report_scope import Scope, asked_of

if TYPE_CHECKING:
    from escalate.casework.desk import Desk
    from escalate.core.events import ReportIssued

Publish = Callable[[Report, Sequence[Report]], Report]
"""Makes the published edition of a report, given what was published before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report somebody asks for. What is "" was not said.

    `policy` is an edition's name, or how it begins. `group` is who is reported to, or how that begins: the first that
    the policy names. `theme` is one's id or title. `as_of`: as recorded until the end of that day.
    """

    period: Period
    policy: str = ""
    group: str = ""
    agency: str = ""
    theme: str = ""
    stage: str = ""
    edition: Edition = "restricted"
    as_of: date | None = None
    distribution: tuple[str, ...] = ()


def report_for(database: Path, wanted: Wanted, today: date, publish: Publish | None = None) -> Report:
    """Return the report that was asked for, as counted now. Nothing is recorded.

    The published edition is rolled over the year that ends with the period, and made by `publish`.

    Raises:
        NotFound: no such policy, group, agency, theme or stage.
        CannotDecide: a part of the cases, or a day after today, is asked for where it cannot be.
    """
    with closing(readers.open_for_reading(database)) as con:
        con.execute("BEGIN")
        return _report(con, wanted, today, publish)[1]


def issue_report(desk: Desk, wanted: Wanted, publish: Publish | None = None) -> Report:
    """Count a report, record it for good under a number of its own, and return it as it is to be rendered.

    Raises:
        NotFound, CannotDecide: as for `report_for`.
    """
    from escalate.core.deciding import Decided
    from escalate.core.events import ReportIssued

    scribe = desk.scribe()
    # Counted while nobody else can write: what it says is what its anchor stands for.
    with desk.ledger.writing() as book, desk.reading() as con:
        policy, counted = _report(con, wanted, desk.today, publish)
        this_year = [one for on, one in reports_issued.reports_issued(con) if on.year == desk.today.year]
        report = replace(
            counted,
            number=f"{policy.policy.prefix}-R{desk.today.year}-{len(this_year) + 1:03d}",
            anchor=book.anchor(),
            distribution=wanted.distribution if wanted.edition == "restricted" else (),
        )
        plain = plain_report(report)
        fact = ReportIssued(
            number=report.number,
            policy=policy.name,
            group=report.group,
            edition=report.edition,
            first_on=report.period.first,
            last_on=report.period.last,
            as_of=report.as_of,
            digest=text_digest(canonical(plain)),
            distribution=report.distribution,
            report=plain,
        )
        book.append(reports_issued.REPORTS, desk.new_events((Decided(fact=fact, on=desk.today),)), scribe)
    return report


def issued_reports(database: Path) -> list[tuple[date, ReportIssued]]:
    """Return every report that was issued, with the day it was, the latest first."""
    with closing(readers.open_for_reading(database)) as con:
        return reports_issued.reports_issued(con)[::-1]


def issued_report(database: Path, number: str) -> Report:
    """Return a report as it was issued.

    Raises:
        NotFound: none was issued under this number.
    """
    for _, fact in issued_reports(database):
        if fact.number.casefold() == number.strip().casefold():
            return report_from_plain(fact.report)
    raise NotFound("no report was issued under this number", remedy="`escalate report --list` shows them all")


def groups_of(database: Path, policy: str = "") -> tuple[str, ...]:
    """Return to whom the policy says it is reported, in its own order."""
    with closing(readers.open_for_reading(database)) as con:
        name = reports_issued.policy_named(con, policy)
        return tuple(dict.fromkeys(one.group for one in _policy(con, name).report))


def _report(con: sqlite3.Connection, wanted: Wanted, today: date, publish: Publish | None) -> tuple[Policy, Report]:
    """Return the policy that governs, and the report as counted."""
    as_of = wanted.as_of or today
    is_published = wanted.edition == "published"
    _refuse(wanted, as_of, today, publish)
    name = reports_issued.policy_named(con, wanted.policy)
    policy = _policy(con, name)
    asked = _asked_by_policy(policy, wanted.group)
    scope = _scope(con, wanted, policy, asked)
    period = year_ending_with(wanted.period) if is_published else wanted.period
    # The register is of today, whatever day the figures are of.
    issued = reports_issued.reports_issued(con) if is_published else []
    before = [fact for _, fact in issued if _is_before(fact, name, asked)]
    refuse_published_twice(before, period)
    if as_of < today:
        from escalate.casework.standing import stand_as_of_day

        stand_as_of_day(con, as_of)
    question = asked_of(con, scope, period, as_of.isoformat())
    earlier = () if is_published else periods_before(period)
    headlines = [
        (one.called, headline(con, replace(question, first=one.first.isoformat(), last=one.last.isoformat())))
        for one in earlier
    ]
    agencies = agencies_of(con, name, period.last.isoformat()) if is_published else []
    report = Report(
        policy=f"{policy.policy.title}, edition {policy.policy.edition}",
        partnership=policy.policy.partnership,
        group=asked.group if asked else "",
        edition="restricted",
        period=period,
        as_of=as_of,
        tables=tables_of(count(con, question, period), policy, headlines, agencies, is_published=is_published),
        unknown=(*_narrowed(wanted, policy), *unknown_of(not_known(con, question), policy, asked, period, as_of)),
        distribution=wanted.distribution,
    )
    if publish and is_published:
        report = publish(report, [report_from_plain(fact.report) for fact in before])
    return policy, report


def _is_before(one: ReportIssued, policy: str, asked: ReportAsked | None) -> bool:
    return one.edition == "published" and one.policy == policy and one.group == (asked.group if asked else "")


def _refuse(wanted: Wanted, as_of: date, today: date, publish: Publish | None) -> None:
    if as_of > today:
        raise CannotDecide("a report cannot say what will be recorded: that day has not come", recorded="")
    if wanted.edition == "published":
        if wanted.agency or wanted.theme or wanted.stage:
            raise CannotDecide(
                "a published report counts every case: what a part leaves out could be worked out from the whole",
                remedy="leave out --agency, --theme and --stage, or make it restricted",
                recorded="",
            )
        refuse_days_not_to_be_published(wanted.period, as_of)
        if publish is None:
            raise ValueError("a published edition needs what makes it")


def _policy(con: sqlite3.Connection, name: str) -> Policy:
    return follow(policy_kept(reports_issued.policy_text_named(con, name), name))


def _asked_by_policy(policy: Policy, group: str) -> ReportAsked | None:
    found = [one for one in policy.report if one.group.casefold().startswith(group.strip().casefold())]
    if not found and group:
        groups = ", ".join(dict.fromkeys(one.group for one in policy.report)) or "none"
        raise NotFound("the policy names no such group to report to", remedy=f"it names: {groups}")
    return found[0] if found else None


def _scope(con: sqlite3.Connection, wanted: Wanted, policy: Policy, asked: ReportAsked | None) -> Scope:
    if wanted.agency and not reports_issued.is_agency_known(con, folded(wanted.agency)):
        raise NotFound("no case here names this agency", remedy="write it as `escalate list` shows it")
    if wanted.stage and policy.stage_of(wanted.stage) is None:
        stages = ", ".join(stage.id for stage in policy.stage)
        raise NotFound(
            f'"{wanted.stage}" is not a {policy.policy.called} of this policy',
            remedy=f"its {policy.policy.called}s are: {stages}",
        )
    themes = {theme.title.casefold(): theme.id for theme in policy.theme} | {
        theme.id: theme.id for theme in policy.theme
    }
    theme = themes.get(wanted.theme.strip().casefold(), "")
    if wanted.theme and not theme:
        raise NotFound(
            "the policy has no such theme", remedy=f"its themes are: {', '.join(t.id for t in policy.theme)}"
        )
    return Scope(
        policy=policy.name,
        agency=wanted.agency,
        theme=theme,
        stage=wanted.stage,
        stages=asked.stages if asked else (),
        only_resolved=bool(asked and asked.only == "resolved"),
    )


def _narrowed(wanted: Wanted, policy: Policy) -> tuple[str, ...]:
    """Return which part of the cases was asked for, so that nobody takes it for all."""
    titles = {theme.id: theme.title for theme in policy.theme}
    parts = (
        wanted.agency and f"raised by or with {wanted.agency}",
        wanted.theme and f"about: {titles.get(wanted.theme, wanted.theme)}",
        wanted.stage and f"that entered {policy.say_stage(wanted.stage)}",
    )
    said = "; ".join(part for part in parts if part)
    return (f"It counts only cases {said}.",) if said else ()
