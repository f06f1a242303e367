"""The tables, described once: migrations make them, the ledger writes through them, readers' SQL is held to them.

Ids, dates and moments are text, moments with their offset: SQLModel's own types read differently through raw readers
and PostgreSQL. The database checks what it can; the facts themselves are validated before they come here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, column, func, text
from sqlmodel import Field, SQLModel

# No hidden row number: `INSERT OR REPLACE` could replace a guarded row by it.
GUARDED = {"sqlite_with_rowid": False}


_OPEN = "is_open = 1"
# `is_open` once more: without it SQLite looks each row up to see what the index's own condition says.
_SHOWN = ("stream", "key", "side", "shows_from", "agency_name", "is_open")


def is_date(name: str) -> str:
    """Return the check that a column holds a date written year-month-day."""
    return f"{name} IS date({name})"


def text_field(**about: Any) -> Any:
    """Return a column of text."""
    return Field(sa_type=Text, **about)


class DatabaseRow(SQLModel, table=True):
    """This database's own id, which is its `chain` in every stream; one row."""

    __tablename__ = "database"
    __table_args__ = (GUARDED,)

    id: str = text_field(primary_key=True)
    created_at: str = text_field()


class LedgerRow(SQLModel, table=True):
    """One event, without its words."""

    __tablename__ = "ledger"
    __table_args__ = (
        CheckConstraint("typeof(sequence) = 'integer' AND sequence >= 1", name="counts_from_one"),
        CheckConstraint("typeof(shape) = 'integer' AND shape >= 1", name="shape"),
        CheckConstraint("target IS NULL OR (target >= 1 AND target < sequence)", name="target_is_earlier"),
        CheckConstraint("kind NOT IN ('corrected', 'redacted') OR target IS NOT NULL", name="amends_something"),
        CheckConstraint(is_date("occurred_on"), name="occurred_on"),
        CheckConstraint(
            "occurred_time = '' OR occurred_time GLOB '[0-2][0-9]:[0-5][0-9]'",
            name="occurred_time",
        ),
        CheckConstraint("length(digest) = 64 AND length(prev) = 64 AND length(hash) = 64", name="whole_hashes"),
        GUARDED,
    )

    stream: str = text_field(primary_key=True)
    chain: str = text_field(primary_key=True)
    sequence: int = Field(primary_key=True)
    id: str = text_field(unique=True)
    kind: str = text_field()
    shape: int
    occurred_on: str = text_field()
    occurred_time: str = text_field()
    recorded_at: str = text_field()
    recorded_by: str = text_field()
    for_agency: str = text_field()
    target: int | None = None
    digest: str = text_field()
    prev: str = text_field()
    hash: str = text_field(unique=True)


class PayloadRow(SQLModel, table=True):
    """An event's words as canonical JSON, with the salt of their digest; both null once redacted."""

    __tablename__ = "payload"
    __table_args__ = (
        CheckConstraint("(salt IS NULL) = (body IS NULL)", name="blank_or_whole"),
        CheckConstraint("salt IS NULL OR (typeof(salt) = 'blob' AND length(salt) = 16)", name="salt"),
        GUARDED,
    )

    event_id: str = text_field(primary_key=True, foreign_key="ledger.id")
    salt: bytes | None = None
    body: str | None = text_field(default=None)


class SpineRow(SQLModel, table=True):
    """One event's place among all of this database's, in order of arrival."""

    __tablename__ = "spine"
    __table_args__ = (
        UniqueConstraint("stream", "chain", "sequence"),
        ForeignKeyConstraint(["stream", "chain", "sequence"], ["ledger.stream", "ledger.chain", "ledger.sequence"]),
        CheckConstraint("length(event_hash) = 64 AND length(prev) = 64 AND length(hash) = 64", name="whole_hashes"),
        GUARDED,
    )

    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stream: str = text_field()
    chain: str = text_field()
    sequence: int
    event_hash: str = text_field()
    prev: str = text_field(unique=True)
    hash: str = text_field()


class PolicyTextRow(SQLModel, table=True):
    """The text of a policy as a case was raised under it."""

    __tablename__ = "policy_text"
    __table_args__ = (GUARDED,)

    digest: str = text_field(primary_key=True)
    name: str = text_field()
    text: str = text_field()


class CaseViewRow(SQLModel, table=True):
    """`core.views.CaseRow`, kept."""

    __tablename__ = "case_view"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'to check', 'ended', 'withdrawn')", name="state"),
        CheckConstraint("our_side IN ('raising', 'receiving', 'partnership')", name="our_side"),
        Index("case_view_list", "state", "opened_on", "reference"),
        Index("case_view_opened", "opened_on", "reference"),
        # Rows that an older escalate made say 0, until they are made again.
        Index("case_view_older", "stream", sqlite_where=column("last_sequence") == 0),
        # Within one prefix and year the longest reference has the highest number: the next is found by one seek.
        Index("case_view_number", func.length(column("reference")), "reference"),
        Index("case_view_theirs", "their_reference", sqlite_where=text("their_reference <> ''")),
        Index("case_view_logged", "their_case", sqlite_where=text("their_case <> ''")),
        # What `due` ends with is counted without looking at a case of which all is said.
        Index("case_view_unsaid", "reference", sqlite_where=text("unsaid <> ''")),
        # Who keeps no logged case is never kept waiting for those that may be one escalation.
        Index("case_view_partnership", "stream", sqlite_where=text("our_side = 'partnership'")),
    )

    stream: str = text_field(primary_key=True)
    reference: str = text_field(unique=True)
    policy: str = text_field()
    policy_name: str = text_field()
    policy_digest: str = text_field(foreign_key="policy_text.digest")
    calendar_version: str = text_field()
    our_side: str = text_field()
    raising_agency: str = text_field()
    receiving_agencies: str = text_field()
    subject: str = text_field()
    themes: str = text_field()
    owner: str = text_field()
    stage: str = text_field()
    stage_title: str = text_field()
    state: str = text_field()
    concern_on: str = text_field()
    opened_on: str = text_field()
    stage_entered_on: str = text_field()
    ended_on: str | None = text_field(default=None)
    last_sequence: int
    closing_note: str = text_field()
    their_reference: str = text_field()
    their_case: str = text_field()
    unsaid: str = text_field()


class DueItemRow(SQLModel, table=True):
    """`core.views.DueItem`, kept. Only open rows are indexed: `due` costs the same however many cases have ended."""

    __tablename__ = "due_item"
    __table_args__ = (
        CheckConstraint("sort IN ('clock', 'duty', 'action', 'proposal', 'fact')", name="sort"),
        CheckConstraint("side IN ('ours', 'theirs', 'not known')", name="side"),
        CheckConstraint("says IN ('', 'now')", name="says"),
        CheckConstraint(f"due_on IS NULL OR {is_date('due_on')}", name="due_on"),
        CheckConstraint("is_guide IN (0, 1) AND is_open IN (0, 1)", name="flags"),
        # The orders `due` asks for, and the narrow one it counts by: no row is looked up to sort or to count.
        Index("due_item_counted", "due_on", "shows_from", "side", "is_open", sqlite_where=text(_OPEN)),
        Index("due_item_open", "due_on", text("due_time IS NULL"), "due_time", *_SHOWN, sqlite_where=text(_OPEN)),
        Index(
            "due_item_undated",
            "due_on",
            text("since_on IS NULL"),
            "since_on",
            text("sort <> 'clock'"),
            text("force IN ('may', 'consider')"),
            *_SHOWN,
            sqlite_where=text(f"{_OPEN} AND due_on IS NULL"),
        ),
    )

    stream: str = text_field(primary_key=True, foreign_key="case_view.stream")
    key: str = text_field(primary_key=True)
    sort: str = text_field()
    item: str = text_field()
    stage: str = text_field()
    agency: str = text_field()
    agency_name: str = text_field()
    side: str = text_field()
    who: str = text_field()
    act: str = text_field()
    force: str = text_field()
    to_whom: str = text_field()
    rule: str = text_field()
    clause: str = text_field()
    due_on: str | None = text_field(default=None)
    due_time: str | None = text_field(default=None)
    says: str = text_field()
    is_guide: int
    shows_from: str | None = text_field(default=None)
    since_on: str | None = text_field(default=None)
    policy_due_on: str | None = text_field(default=None)
    agreed_on: str | None = text_field(default=None)
    own_due_on: str | None = text_field(default=None)
    before_correction_on: str | None = text_field(default=None)
    closed_on: str | None = text_field(default=None)
    closed_how: str = text_field()
    no_date: str = text_field()
    is_open: int
    working: str = text_field()


class PartyViewRow(SQLModel, table=True):
    """`core.views.PartyRow`, kept: the names of a case, or those entered at setup."""

    __tablename__ = "party_view"
    __table_args__ = (
        CheckConstraint("sort IN ('person', 'agency', 'child')", name="sort"),
        Index("party_view_born", "born_on", sqlite_where=text("born_on IS NOT NULL")),
    )

    stream: str = text_field(primary_key=True)
    party: str = text_field(primary_key=True)
    sort: str = text_field()
    name: str = text_field()
    role: str = text_field()
    agency: str = text_field()
    email: str = text_field()
    telephone: str = text_field()
    born_on: str | None = text_field(default=None)
    reference: str = text_field()


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

    party: str = text_field(primary_key=True)
    sort: str = text_field()
    name: str = text_field()
    folded: str = text_field()
    role: str = text_field()
    agency: str = text_field()
    email: str = text_field()
    telephone: str = text_field()
    used: int


class IssuedFileRow(SQLModel, table=True):
    """`core.views.IssuedFile`, kept."""

    __tablename__ = "issued_file"

    issue: str = text_field(primary_key=True)
    stream: str = text_field(foreign_key="case_view.stream")
    form: str = text_field()
    path: str = text_field()
    digest: str = text_field()


class DraftRow(SQLModel, table=True):
    """An interview not finished yet; outside the ledger."""

    __tablename__ = "draft"

    id: str = text_field(primary_key=True)
    verb: str = text_field()
    stream: str = text_field()
    event_id: str = text_field()
    answers: str = text_field()
    updated_at: str = text_field()
