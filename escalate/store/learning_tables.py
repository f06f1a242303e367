"""The table of learning points as they stand."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from escalate.store.tables import text_field


class LearningViewRow(SQLModel, table=True):
    """`core.views.LearningRow`, kept."""

    __tablename__ = "learning_view"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed', 'dropped')", name="state"),
        Index("learning_view_state", "state", "identified_on"),
        Index("learning_view_on", "identified_on"),
    )

    stream: str = text_field(primary_key=True, foreign_key="case_view.stream")
    key: str = text_field(primary_key=True)
    number: int
    sequence: int
    stage: str = text_field()
    identified_on: str = text_field()
    words: str = text_field()
    state: str = text_field()
    owner: str = text_field()
    owned_on: str | None = text_field(default=None)
    taken_to: str = text_field()
    taken_on: str | None = text_field(default=None)
    decided: str = text_field()
    ended_on: str | None = text_field(default=None)
    became: str = text_field()
