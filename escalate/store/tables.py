"""The tables, described once: migrations make them, the ledger writes through them, readers' SQL is held to them.

Ids, dates and moments are text, moments with their offset: SQLModel's own types read differently through raw readers
and PostgreSQL. The database checks what it can; the facts themselves are validated before they come here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, column, func, text
from sqlmodel import Field, SQLModel

# No hidden row number: `INSERT OR REPLACE` could replace a guarded row by it.
_GUARDED = {"sqlite_with_rowid": False}


_OPEN = "is_open = 1"
# `is_open` once more: without it SQLite looks each row up to see what the index's own condition says.
_SHOWN = ("stream", "key", "side", "shows_from", "agency_name", "is_open")


def _is_date(name: str) -> str:
    return f"{name} IS date({name})"


def _text(**about: Any) -> Any:
    return Field(sa_type=Text, **about)


class DatabaseRow(SQLModel, table=True):
    """This database's own id, which is its `chain` in every stream; one row."""

    __tablename__ = "database"
    __table_args__ = (_GUARDED,)

    id: str = _text(primary_key=True)
    created_at: str = _text()


class LedgerRow(SQLModel, table=True):
    """One event, without its words."""

    __tablename__ = "ledger"
    __table_args__ = (
        CheckConstraint("typeof(sequence) = 'integer' AND sequence >= 1", name="counts_from_one"),
        CheckConstraint("typeof(shape) = 'integer' AND shape >= 1", name="shape"),
        CheckConstraint("target IS NULL OR (target >= 1 AND target < sequence)", name="target_is_earlier"),
        CheckConstraint("kind NOT IN ('corrected', 'redacted') OR target IS NOT NULL", name="amends_something"),
        CheckConstraint(_is_date("occurred_on"), name="occurred_on"),
        CheckConstraint(
            "occurred_time = '' OR occurred_time GLOB '[0-2][0-9]:[0-5][0-9]'",
            name="occurred_time",
        ),
        CheckConstraint("length(digest) = 64 AND length(prev) = 64 AND length(hash) = 64", name="whole_hashes"),
        _GUARDED,
    )

    stream: str = _text(primary_key=True)
    chain: str = _text(primary_key=True)
    sequence: int = Field(primary_key=True)
    id: str = _text(unique=True)
    kind: str = _text()
    shape: int
    occurred_on: str = _text()
    occurred_time: str = _text()
    recorded_at: str = _text()
    recorded_by: str = _text()
    for_agency: str = _text()
    target: int | None = None
    digest: str = _text()
    prev: str = _text()
    hash: str = _text(unique=True)


class PayloadRow(SQLModel, table=True):
    """An event's words as canonical JSON, with the salt of their digest; both null once redacted."""

    __tablename__ = "payload"
    __table_args__ = (
        CheckConstraint("(salt IS NULL) = (body IS NULL)", name="blank_or_whole"),
        CheckConstraint("salt IS NULL OR (typeof(salt) = 'blob' AND length(salt) = 16)", name="salt"),
        _GUARDED,
    )

    event_id: str = _text(primary_key=True, foreign_key="ledger.id")
    salt: bytes | None = None
    body: str | None = _text(default=None)


class SpineRow(SQLModel, table=True):
    """One event's place among all of this database's, in order of arrival."""

    __tablename__ = "spine"
    __table_args__ = (
        UniqueConstraint("stream", "chain", "sequence"),
        ForeignKeyConstraint(["stream", "chain", "sequence"], ["ledger.stream", "ledger.chain", "ledger.sequence"]),
        CheckConstraint("length(event_hash) = 64 AND length(prev) = 64 AND length(hash) = 64", name="whole_hashes"),
        _GUARDED,
    )

    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stream: str = _text()
    chain: str = _text()
    sequence: int
    event_hash: str = _text()
    prev: str = _text(unique=True)
    hash: str = _text()


class PolicyTextRow(SQLModel, table=True):
    """The text of a policy as a case was raised under it."""

    __tablename__ = "policy_text"
    __table_args__ = (_GUARDED,)

    digest: str = _text(primary_key=True)
    name: str = _text()
    text: str = _text()


class CaseViewRow(SQLModel, table=True):
    """`core.views.CaseRow`, kept."""

    __tablename__ = "case_view"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'to check', 'ended', 'withdrawn')", name="state"),
        CheckConstraint("our_side IN ('raising', 'receiving')", name="our_side"),
        Index("case_view_list", "state", "opened_on", "reference"),
        Index("case_view_opened", "opened_on", "reference"),
        # Within one prefix and year the longest reference has the highest number: the next is found by one seek.
        Index("case_view_number", func.length(column("reference")), "reference"),
    )

    stream: str = _text(primary_key=True)
    reference: str = _text(unique=True)
    policy: str = _text()
    policy_name: str = _text()
    policy_digest: str = _text(foreign_key="policy_text.digest")
    calendar_version: str = _text()
    our_side: str = _text()
    raising_agency: str = _text()
    receiving_agencies: str = _text()
    subject: str = _text()
    themes: str = _text()
    owner: str = _text()
    stage: str = _text()
    stage_title: str = _text()
    state: str = _text()
    concern_on: str = _text()
    opened_on: str = _text()
    stage_entered_on: str = _text()
    ended_on: str | None = _text(default=None)
    last_sequence: int
    closing_note: str = _text()


class DueItemRow(SQLModel, table=True):
    """`core.views.DueItem`, kept. Only open rows are indexed: `due` costs the same however many cases have ended."""

    __tablename__ = "due_item"
    __table_args__ = (
        CheckConstraint("sort IN ('clock', 'duty', 'action', 'proposal', 'fact')", name="sort"),
        CheckConstraint("side IN ('ours', 'theirs', 'not known')", name="side"),
        CheckConstraint("says IN ('', 'now')", name="says"),
        CheckConstraint(f"due_on IS NULL OR {_is_date('due_on')}", name="due_on"),
        CheckConstraint("is_guide IN (0, 1) AND is_open IN (0, 1)", name="flags"),
        # The orders `due` asks for, and the narrow one it counts by: no row is looked up to sort or to count.
        Index("due_item_counted", "due_on", "shows_from", "side", "is_open", sqlite_where=text(_OPEN)),
        Index("due_item_open", "due_on", text("due_time IS NULL"), "due_time", *_SHOWN, sqlite_where=text(_OPEN)),
        Index(
            "due_item_undated",
            "due_on",
            text("since_on IS NULL"),
            "since_on",
            *_SHOWN,
            sqlite_where=text(f"{_OPEN} AND due_on IS NULL"),
        ),
    )

    stream: str = _text(primary_key=True, foreign_key="case_view.stream")
    key: str = _text(primary_key=True)
    sort: str = _text()
    item: str = _text()
    stage: str = _text()
    agency: str = _text()
    agency_name: str = _text()
    side: str = _text()
    who: str = _text()
    act: str = _text()
    force: str = _text()
    to_whom: str = _text()
    rule: str = _text()
    clause: str = _text()
    due_on: str | None = _text(default=None)
    due_time: str | None = _text(default=None)
    says: str = _text()
    is_guide: int
    shows_from: str | None = _text(default=None)
    since_on: str | None = _text(default=None)
    policy_due_on: str | None = _text(default=None)
    agreed_on: str | None = _text(default=None)
    own_due_on: str | None = _text(default=None)
    before_correction_on: str | None = _text(default=None)
    closed_on: str | None = _text(default=None)
    closed_how: str = _text()
    no_date: str = _text()
    is_open: int
    working: str = _text()


class PartyViewRow(SQLModel, table=True):
    """`core.views.PartyRow`, kept: the names of a case, or those entered at setup."""

    __tablename__ = "party_view"
    __table_args__ = (CheckConstraint("sort IN ('person', 'agency', 'child')", name="sort"),)

    stream: str = _text(primary_key=True)
    party: str = _text(primary_key=True)
    sort: str = _text()
    name: str = _text()
    role: str = _text()
    agency: str = _text()
    email: str = _text()
    telephone: str = _text()
    born_on: str | None = _text(default=None)
    reference: str = _text()


class KnownPartyRow(SQLModel, table=True):
    """A person or agency as entered last, in whatever case, to be offered again; never a child.

    `folded` is the name as it is compared, `used` the spine's position when it was entered last.
    """

    __tablename__ = "known_party"
    __table_args__ = (
        CheckConstraint("sort IN ('person', 'agency')", name="sort"),
        Index("known_party_named", "sort", "folded"),
        Index("known_party_used", "used"),
    )

    party: str = _text(primary_key=True)
    sort: str = _text()
    name: str = _text()
    folded: str = _text()
    role: str = _text()
    agency: str = _text()
    email: str = _text()
    telephone: str = _text()
    used: int


class CalendarVersionRow(SQLModel, table=True):
    """One version of a nation's non-working days; `position` is the spine's when it was recorded."""

    __tablename__ = "calendar_version"

    version: str = _text(primary_key=True)
    nation: str = _text()
    source: str = _text()
    first_year: int
    last_year: int
    position: int


class CalendarDayRow(SQLModel, table=True):
    """One non-working day of one version."""

    __tablename__ = "calendar_day"
    __table_args__ = (CheckConstraint(_is_date("day"), name="day"), _GUARDED)

    version: str = _text(primary_key=True, foreign_key="calendar_version.version")
    day: str = _text(primary_key=True)
    name: str = _text()


class IssuedFileRow(SQLModel, table=True):
    """`core.views.IssuedFile`, kept."""

    __tablename__ = "issued_file"

    issue: str = _text(primary_key=True)
    stream: str = _text(foreign_key="case_view.stream")
    form: str = _text()
    path: str = _text()
    digest: str = _text()


class DraftRow(SQLModel, table=True):
    """An interview not finished yet; outside the ledger."""

    __tablename__ = "draft"

    id: str = _text(primary_key=True)
    verb: str = _text()
    stream: str = _text()
    event_id: str = _text()
    answers: str = _text()
    updated_at: str = _text()
