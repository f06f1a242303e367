"""The tables of the working calendars and of agencies' closures, described once, as those of `tables` are."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from escalate.store.tables import GUARDED, is_date, text_field


class CalendarVersionRow(SQLModel, table=True):
    """One version of a nation's non-working days; `position` is the spine's when it was recorded.

    `partnership` is the prefix of the policies whose cases count by it, empty for the whole nation.
    """

    __tablename__ = "calendar_version"

    version: str = text_field(primary_key=True)
    nation: str = text_field()
    partnership: str = text_field()
    source: str = text_field()
    first_year: int
    last_year: int
    position: int


class CalendarDayRow(SQLModel, table=True):
    """One non-working day of one version, what it is, and where it comes from."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        CheckConstraint(is_date("day"), name="day"),
        CheckConstraint("kind IN ('bank holiday', 'holiday', 'closure')", name="kind"),
        GUARDED,
    )

    version: str = text_field(primary_key=True, foreign_key="calendar_version.version")
    day: str = text_field(primary_key=True)
    name: str = text_field()
    kind: str = text_field()
    source: str = text_field()


class AgencyClosureRow(SQLModel, table=True):
    """`core.agency_closures.AgencyClosure`, kept while it stands; `folded` is the name as it is compared."""

    __tablename__ = "agency_closure"
    __table_args__ = (
        CheckConstraint(f"{is_date('first_on')} AND {is_date('last_on')} AND first_on <= last_on", name="days"),
    )

    closure: str = text_field(primary_key=True)
    agency: str = text_field()
    name: str = text_field()
    folded: str = text_field()
    first_on: str = text_field()
    last_on: str = text_field()
    because: str = text_field()
    source: str = text_field()
