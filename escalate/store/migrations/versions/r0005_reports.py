"""What reports are counted from: one row a case, a stage, a clock, a mark and an act, beside the list of cases.

They are kept for reading only. The cases that are there are marked, and their rows made by whoever writes next.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    """
    CREATE TABLE report_case (
        stream TEXT NOT NULL,
        policy TEXT NOT NULL,
        side TEXT NOT NULL,
        raised_on TEXT NOT NULL,
        received_on TEXT,
        concern_on TEXT NOT NULL,
        raising_agency TEXT NOT NULL,
        stage TEXT NOT NULL,
        came_in_above INTEGER NOT NULL,
        is_undated INTEGER NOT NULL,
        need TEXT NOT NULL,
        ended_on TEXT,
        ending TEXT NOT NULL,
        ended_stage TEXT NOT NULL,
        days INTEGER,
        PRIMARY KEY (stream),
        CONSTRAINT ending CHECK (ending IN ('', 'resolved', 'withdrawn')),
        CONSTRAINT raised_on CHECK (raised_on IS date(raised_on)),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX report_case_ended ON report_case (policy, ended_on, ending, ended_stage, days, raised_on, stream)",
    "CREATE INDEX report_case_raised ON report_case (policy, raised_on, came_in_above, is_undated, need, stream)",
    "CREATE INDEX report_case_received ON report_case (policy, received_on, stream) WHERE received_on IS NOT NULL",
    """
    CREATE TABLE stage_run (
        stream TEXT NOT NULL,
        place INTEGER NOT NULL,
        agency INTEGER NOT NULL,
        policy TEXT NOT NULL,
        stage TEXT NOT NULL,
        agency_name TEXT NOT NULL,
        entered_on TEXT NOT NULL,
        ended_on TEXT,
        outcome TEXT NOT NULL,
        days INTEGER,
        confirmed_on TEXT,
        PRIMARY KEY (stream, place, agency),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX stage_run_ended ON stage_run (policy, ended_on, stage, outcome, days, confirmed_on, stream)",
    "CREATE INDEX stage_run_entered ON stage_run (policy, entered_on, stage, stream)",
    """
    CREATE TABLE clock_run (
        stream TEXT NOT NULL,
        "key" TEXT NOT NULL,
        reading TEXT NOT NULL,
        policy TEXT NOT NULL,
        clock TEXT NOT NULL,
        stage TEXT NOT NULL,
        is_guide INTEGER NOT NULL,
        since_on TEXT,
        due_on TEXT,
        closed_on TEXT,
        fell_away INTEGER NOT NULL,
        PRIMARY KEY (stream, "key", reading),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX clock_run_due ON clock_run (policy, due_on, clock, reading, is_guide, closed_on, fell_away, stream)",
    """
    CREATE TABLE case_mark (
        stream TEXT NOT NULL,
        sort TEXT NOT NULL,
        mark TEXT NOT NULL,
        label TEXT NOT NULL,
        policy TEXT NOT NULL,
        raised_on TEXT NOT NULL,
        ended_on TEXT,
        ending TEXT NOT NULL,
        PRIMARY KEY (stream, sort, mark),
        CONSTRAINT sort CHECK (sort IN ('raising', 'receiving', 'theme', 'need', 'child', 'pair')),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX case_mark_before ON case_mark (sort, mark, raised_on, stream)",
    "CREATE INDEX case_mark_ended ON case_mark (policy, sort, ended_on, ending, mark, label, stream)",
    "CREATE INDEX case_mark_raised ON case_mark (policy, sort, raised_on, mark, label, stream)",
    """
    CREATE TABLE case_act (
        stream TEXT NOT NULL,
        place INTEGER NOT NULL,
        sort TEXT NOT NULL,
        policy TEXT NOT NULL,
        occurred_on TEXT NOT NULL,
        what TEXT NOT NULL,
        agency TEXT NOT NULL,
        done_on TEXT,
        became TEXT NOT NULL,
        PRIMARY KEY (stream, place),
        CONSTRAINT sort CHECK (sort IN ('form', 'recommendation', 'response', 'reopened')),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
     WITHOUT ROWID
    """,
    "CREATE INDEX case_act_counted ON case_act (policy, sort, occurred_on, what, became, done_on, agency, stream)",
    "UPDATE case_view SET last_sequence = 0",
)


def upgrade() -> None:
    """Make the tables, and mark every case."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
