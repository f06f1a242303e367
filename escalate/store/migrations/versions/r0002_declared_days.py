"""Calendars of a partnership, what each non-working day is and where it comes from, and agencies' closures.

Of what has no date and waits as long, a stage's own time comes first: the index of it has that order too.

The two tables are kept for reading and guarded by no trigger: they are made anew and filled from what was there, since
a column added in place would leave them described otherwise than `calendar_tables` has them. Until now every day was a
bank holiday, from where its version says.

The rows kept of each case were made by rules that knew less: they are marked, and made again by whoever writes next.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    "CREATE TABLE kept_version AS SELECT * FROM calendar_version",
    "CREATE TABLE kept_day AS SELECT * FROM calendar_day",
    "DROP TABLE calendar_day",
    "DROP TABLE calendar_version",
    """
    CREATE TABLE calendar_version (
        version TEXT NOT NULL,
        nation TEXT NOT NULL,
        partnership TEXT NOT NULL,
        source TEXT NOT NULL,
        first_year INTEGER NOT NULL,
        last_year INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (version)
    )
    """,
    """
    CREATE TABLE calendar_day (
        version TEXT NOT NULL,
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (version, day),
        CONSTRAINT day CHECK (day IS date(day)),
        CONSTRAINT kind CHECK (kind IN ('bank holiday', 'holiday', 'closure')),
        FOREIGN KEY(version) REFERENCES calendar_version (version)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO calendar_version (version, nation, partnership, source, first_year, last_year, position)
    SELECT version, nation, '', source, first_year, last_year, position FROM kept_version
    """,
    """
    INSERT INTO calendar_day (version, day, name, kind, source)
    SELECT version, day, name, 'bank holiday', source FROM kept_day JOIN kept_version USING (version)
    """,
    "DROP TABLE kept_day",
    "DROP TABLE kept_version",
    "CREATE INDEX case_view_older ON case_view (stream) WHERE last_sequence = 0",
    "UPDATE case_view SET last_sequence = 0",
    "DROP INDEX due_item_undated",
    """
    CREATE INDEX due_item_undated ON due_item (
        due_on, since_on IS NULL, since_on, sort <> 'clock', force IN ('may', 'consider'), stream, "key", side,
        shows_from, agency_name, is_open
    ) WHERE is_open = 1 AND due_on IS NULL
    """,
    """
    CREATE TABLE agency_closure (
        closure TEXT NOT NULL,
        agency TEXT NOT NULL,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        first_on TEXT NOT NULL,
        last_on TEXT NOT NULL,
        because TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (closure),
        CONSTRAINT days CHECK (first_on IS date(first_on) AND last_on IS date(last_on) AND first_on <= last_on)
    )
    """,
)


def upgrade() -> None:
    """Make the calendars' tables anew with what was in them, and the table of agencies' closures."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
