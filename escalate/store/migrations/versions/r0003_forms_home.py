"""What came in: returned files as they came, cases logged by a partnership, and which cases are one escalation.

The list of cases gets what a logged case is called where it was raised, and a third side. It is kept for reading only
and is made anew from what was there; the rows are marked, and made again by whoever writes next. A payload may now
also be blanked after somebody else's installation, or this one, removed the words of an entry of the other's chain.
"""

from __future__ import annotations

from alembic import op

from escalate.store.guards import GUARDS

revision = "0003"
down_revision = "0002"

_COLUMNS = (
    "stream, reference, policy, policy_name, policy_digest, calendar_version, our_side, raising_agency,"
    " receiving_agencies, subject, themes, owner, stage, stage_title, state, concern_on, opened_on, stage_entered_on,"
    " ended_on, last_sequence, closing_note"
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
        PRIMARY KEY (stream),
        CONSTRAINT state CHECK (state IN ('open', 'to check', 'ended', 'withdrawn')),
        CONSTRAINT our_side CHECK (our_side IN ('raising', 'receiving', 'partnership')),
        UNIQUE (reference),
        FOREIGN KEY(policy_digest) REFERENCES policy_text (digest)
    )
    """,
    f"INSERT INTO case_view ({_COLUMNS}, their_reference, their_case) SELECT {_COLUMNS}, '', '' FROM kept_case",
    "UPDATE case_view SET last_sequence = 0",
    "DROP TABLE kept_case",
    "CREATE INDEX case_view_list ON case_view (state, opened_on, reference)",
    "CREATE INDEX case_view_opened ON case_view (opened_on, reference)",
    "CREATE INDEX case_view_older ON case_view (stream) WHERE last_sequence = 0",
    "CREATE INDEX case_view_number ON case_view (length(reference), reference)",
    "CREATE INDEX case_view_theirs ON case_view (their_reference) WHERE their_reference <> ''",
    "CREATE INDEX case_view_logged ON case_view (their_case) WHERE their_case <> ''",
    "CREATE INDEX case_view_partnership ON case_view (stream) WHERE our_side = 'partnership'",
    "CREATE INDEX party_view_born ON party_view (born_on) WHERE born_on IS NOT NULL",
    """
    CREATE TABLE received_file (
        event_id TEXT NOT NULL,
        digest TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (event_id),
        CONSTRAINT digest CHECK (length(digest) = 64),
        FOREIGN KEY(event_id) REFERENCES ledger (id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX received_file_digest ON received_file (digest)",
    """
    CREATE TABLE case_link (
        stream TEXT NOT NULL,
        other TEXT NOT NULL,
        PRIMARY KEY (stream, other),
        FOREIGN KEY(stream) REFERENCES case_view (stream),
        FOREIGN KEY(other) REFERENCES case_view (stream)
    )
    """,
    "DROP TRIGGER payload_only_blanked",
)


def upgrade() -> None:
    """Make the list of cases anew, the tables of what came in, and the guards of both."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
    for guard in GUARDS:
        if guard.table == "received_file" or guard.name == "payload_only_blanked":
            connection.exec_driver_sql(guard.text)
