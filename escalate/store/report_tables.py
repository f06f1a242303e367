"""The tables that reports are counted from, each with the indexes that answer its questions without a row looked up."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from escalate.store.tables import GUARDED, is_date, text_field

_CASE = "case_view.stream"


class ReportCaseRow(SQLModel, table=True):
    """`core.reports.kept.CaseCounted`, kept."""

    __tablename__ = "report_case"
    __table_args__ = (
        CheckConstraint("ending IN ('', 'resolved', 'withdrawn')", name="ending"),
        CheckConstraint(is_date("raised_on"), name="raised_on"),
        Index("report_case_raised", "policy", "raised_on", "came_in_above", "is_undated", "need", "stream"),
        Index("report_case_received", "policy", "received_on", "stream", sqlite_where=text("received_on IS NOT NULL")),
        Index("report_case_ended", "policy", "ended_on", "ending", "ended_stage", "days", "raised_on", "stream"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True, foreign_key=_CASE)
    policy: str = text_field()
    side: str = text_field()
    raised_on: str = text_field()
    received_on: str | None = text_field(default=None)
    concern_on: str = text_field()
    raising_agency: str = text_field()
    stage: str = text_field()
    came_in_above: int
    is_undated: int
    need: str = text_field()
    ended_on: str | None = text_field(default=None)
    ending: str = text_field()
    ended_stage: str = text_field()
    days: int | None = None


class StageRunRow(SQLModel, table=True):
    """`core.reports.kept.StageRun`, kept."""

    __tablename__ = "stage_run"
    __table_args__ = (
        Index("stage_run_entered", "policy", "entered_on", "stage", "stream"),
        Index("stage_run_ended", "policy", "ended_on", "stage", "outcome", "days", "confirmed_on", "stream"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True, foreign_key=_CASE)
    place: int = Field(primary_key=True)
    agency: int = Field(primary_key=True)
    policy: str = text_field()
    stage: str = text_field()
    agency_name: str = text_field()
    entered_on: str = text_field()
    ended_on: str | None = text_field(default=None)
    outcome: str = text_field()
    days: int | None = None
    confirmed_on: str | None = text_field(default=None)


class ClockRunRow(SQLModel, table=True):
    """`core.reports.kept.ClockRun`, kept."""

    __tablename__ = "clock_run"
    __table_args__ = (
        Index("clock_run_due", "policy", "due_on", "clock", "reading", "is_guide", "closed_on", "fell_away", "stream"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True, foreign_key=_CASE)
    key: str = text_field(primary_key=True)
    reading: str = text_field(primary_key=True)
    policy: str = text_field()
    clock: str = text_field()
    stage: str = text_field()
    is_guide: int
    since_on: str | None = text_field(default=None)
    due_on: str | None = text_field(default=None)
    closed_on: str | None = text_field(default=None)
    fell_away: int


class CaseMarkRow(SQLModel, table=True):
    """`core.reports.kept.CaseMark`, kept."""

    __tablename__ = "case_mark"
    __table_args__ = (
        CheckConstraint("sort IN ('raising', 'receiving', 'theme', 'need', 'child', 'pair')", name="sort"),
        Index("case_mark_raised", "policy", "sort", "raised_on", "mark", "label", "stream"),
        Index("case_mark_ended", "policy", "sort", "ended_on", "ending", "mark", "label", "stream"),
        Index("case_mark_before", "sort", "mark", "raised_on", "stream"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True, foreign_key=_CASE)
    sort: str = text_field(primary_key=True)
    mark: str = text_field(primary_key=True)
    label: str = text_field()
    policy: str = text_field()
    raised_on: str = text_field()
    ended_on: str | None = text_field(default=None)
    ending: str = text_field()


class CaseActRow(SQLModel, table=True):
    """`core.reports.kept.CaseAct`, kept."""

    __tablename__ = "case_act"
    __table_args__ = (
        CheckConstraint("sort IN ('form', 'recommendation', 'response', 'reopened')", name="sort"),
        Index("case_act_counted", "policy", "sort", "occurred_on", "what", "became", "done_on", "agency", "stream"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True, foreign_key=_CASE)
    place: int = Field(primary_key=True)
    sort: str = text_field()
    policy: str = text_field()
    occurred_on: str = text_field()
    what: str = text_field()
    agency: str = text_field()
    done_on: str | None = text_field(default=None)
    became: str = text_field()


REPORT_TABLES: tuple[type[SQLModel], ...] = (ReportCaseRow, StageRunRow, ClockRunRow, CaseMarkRow, CaseActRow)
"""In the order of `kept_rows.report_columns`."""
