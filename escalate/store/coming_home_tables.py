"""The tables of what came in: files as they came, and which cases are one escalation."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from escalate.store.tables import GUARDED, text_field


class ReceivedFileRow(SQLModel, table=True):
    """`core.views.ReceivedFile`, kept: only a redaction of its entry takes it away."""

    __tablename__ = "received_file"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest"),
        Index("received_file_digest", "digest"),
        GUARDED,
    )

    event_id: str = text_field(primary_key=True, foreign_key="ledger.id")
    digest: str = text_field()
    content: bytes


class CaseLinkRow(SQLModel, table=True):
    """Two cases that are one escalation; each pair once, the lower stream first."""

    __tablename__ = "case_link"

    stream: str = text_field(primary_key=True, foreign_key="case_view.stream")
    other: str = text_field(primary_key=True, foreign_key="case_view.stream")
