"""What is not said yet of a case: the list of cases gets a column for it.

That list is kept for reading only and is made anew from what was there; the rows are marked, and made again by whoever
writes next.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = (
    "stream, reference, policy, policy_name, policy_digest, calendar_version, our_side, raising_agency,"
    " receiving_agencies, subject, themes, owner, stage, stage_title, state, concern_on, opened_on, stage_entered_on,"
    " ended_on, last_sequence, closing_note, their_reference, their_case"
)

_STATEMENTS = (
    "CREATE TABLE kept_case AS SELECT * FROM case_view",
    "DROP TABLE case_view",
    """
    CREATE TABLE case_view (
        stream TEXT NOT NULL,
        reference TEXT NOT NULL,
        policy TEXT NOT NULL,
        policy_name TEXT NOT NULL,
        policy_digest TEXT NOT NULL,
        calendar_version TEXT NOT NULL,
        our_side TEXT NOT NULL,
        raising_agency TEXT NOT NULL,
        receiving_agencies TEXT NOT NULL,
        subject TEXT NOT NULL,
        themes TEXT NOT NULL,
        owner TEXT NOT NULL,
        stage TEXT NOT NULL,
        stage_title TEXT NOT NULL,
        state TEXT NOT NULL,
        concern_on TEXT NOT NULL,
        opened_on TEXT NOT NULL,
        stage_entered_on TEXT NOT NULL,
        ended_on TEXT,
        last_sequence INTEGER NOT NULL,
        closing_note TEXT NOT NULL,
        their_reference TEXT NOT NULL,
        their_case TEXT NOT NULL,
        unsaid TEXT NOT NULL,
        PRIMARY KEY (stream),
        CONSTRAINT state CHECK (state IN ('open', 'to check', 'ended', 'withdrawn')),
        CONSTRAINT our_side CHECK (our_side IN ('raising', 'receiving', 'partnership')),
        UNIQUE (reference),
        FOREIGN KEY(policy_digest) REFERENCES policy_text (digest)
    )
    """,
    f"INSERT INTO case_view ({_COLUMNS}, unsaid) SELECT {_COLUMNS}, '' FROM kept_case",
    "UPDATE case_view SET last_sequence = 0",
    "DROP TABLE kept_case",
    "CREATE INDEX case_view_list ON case_view (state, opened_on, reference)",
    "CREATE INDEX case_view_opened ON case_view (opened_on, reference)",
    "CREATE INDEX case_view_older ON case_view (stream) WHERE last_sequence = 0",
    "CREATE INDEX case_view_number ON case_view (length(reference), reference)",
    "CREATE INDEX case_view_theirs ON case_view (their_reference) WHERE their_reference <> ''",
    "CREATE INDEX case_view_logged ON case_view (their_case) WHERE their_case <> ''",
    "CREATE INDEX case_view_partnership ON case_view (stream) WHERE our_side = 'partnership'",
    "CREATE INDEX case_view_unsaid ON case_view (reference) WHERE unsaid <> ''",
)


def upgrade() -> None:
    """Make the list of cases anew."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
