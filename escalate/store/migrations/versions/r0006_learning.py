"""Learning points as they stand: a table kept for reading.

It is filled from the entries: the rows of every case are marked, and made again by whoever writes next.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    """
    CREATE TABLE learning_view (
        stream TEXT NOT NULL,
        "key" TEXT NOT NULL,
        number INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        stage TEXT NOT NULL,
        identified_on TEXT NOT NULL,
        words TEXT NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        owned_on TEXT,
        taken_to TEXT NOT NULL,
        taken_on TEXT,
        decided TEXT NOT NULL,
        ended_on TEXT,
        became TEXT NOT NULL,
        PRIMARY KEY (stream, "key"),
        CONSTRAINT state CHECK (state IN ('open', 'closed', 'dropped')),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
    """,
    "CREATE INDEX learning_view_state ON learning_view (state, identified_on)",
    "CREATE INDEX learning_view_on ON learning_view (identified_on)",
    "UPDATE case_view SET last_sequence = 0",
)


def upgrade() -> None:
    """Make the table, to be filled by whoever writes next."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
