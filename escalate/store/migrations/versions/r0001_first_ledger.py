"""The first ledger: events, their words, the spine, the policies' texts, the read models and the drafts.

This is what was shipped; `tables.py` says what is wanted now. When a guard's text changes, this revision keeps a copy
of the old one, and the revision that changes it drops the old guard and makes the new.
"""

from __future__ import annotations

from alembic import op

from escalate.store.guards import GUARDS

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
    CREATE TABLE "database" (
        id TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ledger (
        stream TEXT NOT NULL,
        chain TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        shape INTEGER NOT NULL,
        occurred_on TEXT NOT NULL,
        occurred_time TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT NOT NULL,
        for_agency TEXT NOT NULL,
        target INTEGER,
        digest TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (stream, chain, sequence),
        CONSTRAINT counts_from_one CHECK (typeof(sequence) = 'integer' AND sequence >= 1),
        CONSTRAINT shape CHECK (typeof(shape) = 'integer' AND shape >= 1),
        CONSTRAINT target_is_earlier CHECK (target IS NULL OR (target >= 1 AND target < sequence)),
        CONSTRAINT amends_something CHECK (kind NOT IN ('corrected', 'redacted') OR target IS NOT NULL),
        CONSTRAINT occurred_on CHECK (occurred_on IS date(occurred_on)),
        CONSTRAINT occurred_time CHECK (occurred_time = '' OR occurred_time GLOB '[0-2][0-9]:[0-5][0-9]'),
        CONSTRAINT whole_hashes CHECK (length(digest) = 64 AND length(prev) = 64 AND length(hash) = 64),
        UNIQUE (id),
        UNIQUE (hash)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE payload (
        event_id TEXT NOT NULL,
        salt BLOB,
        body TEXT,
        PRIMARY KEY (event_id),
        CONSTRAINT blank_or_whole CHECK ((salt IS NULL) = (body IS NULL)),
        CONSTRAINT salt CHECK (salt IS NULL OR (typeof(salt) = 'blob' AND length(salt) = 16)),
        FOREIGN KEY(event_id) REFERENCES ledger (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE spine (
        position INTEGER NOT NULL,
        stream TEXT NOT NULL,
        chain TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        event_hash TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (position),
        UNIQUE (stream, chain, sequence),
        FOREIGN KEY(stream, chain, sequence) REFERENCES ledger (stream, chain, sequence),
        CONSTRAINT whole_hashes CHECK (length(event_hash) = 64 AND length(prev) = 64 AND length(hash) = 64),
        UNIQUE (prev)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE policy_text (
        digest TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (digest)
    ) WITHOUT ROWID
    """,
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
        PRIMARY KEY (stream),
        CONSTRAINT state CHECK (state IN ('open', 'to check', 'ended', 'withdrawn')),
        CONSTRAINT our_side CHECK (our_side IN ('raising', 'receiving')),
        UNIQUE (reference),
        FOREIGN KEY(policy_digest) REFERENCES policy_text (digest)
    )
    """,
    "CREATE INDEX case_view_list ON case_view (state, opened_on, reference)",
    "CREATE INDEX case_view_opened ON case_view (opened_on, reference)",
    "CREATE INDEX case_view_number ON case_view (length(reference), reference)",
    """
    CREATE TABLE due_item (
        stream TEXT NOT NULL,
        "key" TEXT NOT NULL,
        sort TEXT NOT NULL,
        item TEXT NOT NULL,
        stage TEXT NOT NULL,
        agency TEXT NOT NULL,
        agency_name TEXT NOT NULL,
        side TEXT NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        force TEXT NOT NULL,
        to_whom TEXT NOT NULL,
        rule TEXT NOT NULL,
        clause TEXT NOT NULL,
        due_on TEXT,
        due_time TEXT,
        says TEXT NOT NULL,
        is_guide INTEGER NOT NULL,
        shows_from TEXT,
        since_on TEXT,
        policy_due_on TEXT,
        agreed_on TEXT,
        own_due_on TEXT,
        before_correction_on TEXT,
        closed_on TEXT,
        closed_how TEXT NOT NULL,
        no_date TEXT NOT NULL,
        is_open INTEGER NOT NULL,
        working TEXT NOT NULL,
        PRIMARY KEY (stream, "key"),
        CONSTRAINT sort CHECK (sort IN ('clock', 'duty', 'action', 'proposal', 'fact')),
        CONSTRAINT side CHECK (side IN ('ours', 'theirs', 'not known')),
        CONSTRAINT says CHECK (says IN ('', 'now')),
        CONSTRAINT due_on CHECK (due_on IS NULL OR due_on IS date(due_on)),
        CONSTRAINT flags CHECK (is_guide IN (0, 1) AND is_open IN (0, 1)),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
    """,
    "CREATE INDEX due_item_counted ON due_item (due_on, shows_from, side, is_open) WHERE is_open = 1",
    """
    CREATE INDEX due_item_open ON due_item (
        due_on, due_time IS NULL, due_time, stream, "key", side, shows_from, agency_name, is_open
    ) WHERE is_open = 1
    """,
    """
    CREATE INDEX due_item_undated ON due_item (
        due_on, since_on IS NULL, since_on, stream, "key", side, shows_from, agency_name, is_open
    ) WHERE is_open = 1 AND due_on IS NULL
    """,
    """
    CREATE TABLE party_view (
        stream TEXT NOT NULL,
        party TEXT NOT NULL,
        sort TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        agency TEXT NOT NULL,
        email TEXT NOT NULL,
        telephone TEXT NOT NULL,
        born_on TEXT,
        reference TEXT NOT NULL,
        PRIMARY KEY (stream, party),
        CONSTRAINT sort CHECK (sort IN ('person', 'agency', 'child'))
    )
    """,
    """
    CREATE TABLE known_party (
        party TEXT NOT NULL,
        sort TEXT NOT NULL,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        role TEXT NOT NULL,
        agency TEXT NOT NULL,
        email TEXT NOT NULL,
        telephone TEXT NOT NULL,
        used INTEGER NOT NULL,
        PRIMARY KEY (party),
        CONSTRAINT sort CHECK (sort IN ('person', 'agency'))
    )
    """,
    "CREATE INDEX known_party_named ON known_party (sort, folded)",
    "CREATE INDEX known_party_used ON known_party (used)",
    """
    CREATE TABLE calendar_version (
        version TEXT NOT NULL,
        nation TEXT NOT NULL,
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
        PRIMARY KEY (version, day),
        CONSTRAINT day CHECK (day IS date(day)),
        FOREIGN KEY(version) REFERENCES calendar_version (version)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE issued_file (
        issue TEXT NOT NULL,
        stream TEXT NOT NULL,
        form TEXT NOT NULL,
        path TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (issue),
        FOREIGN KEY(stream) REFERENCES case_view (stream)
    )
    """,
    """
    CREATE TABLE draft (
        id TEXT NOT NULL,
        verb TEXT NOT NULL,
        stream TEXT NOT NULL,
        event_id TEXT NOT NULL,
        answers TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)

_AS_IT_WAS = {
    "payload_only_blanked": """CREATE TRIGGER payload_only_blanked BEFORE UPDATE ON payload WHEN
    new.event_id IS NOT old.event_id OR new.body IS NOT NULL OR new.salt IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM ledger AS entry
                   JOIN ledger AS redaction ON redaction.stream = entry.stream AND redaction.chain = entry.chain
                   AND redaction.target = entry.sequence AND redaction.kind = 'redacted'
                   WHERE entry.id = old.event_id)
    BEGIN SELECT RAISE(ABORT, 'a payload is only ever blanked, after a redacted event'); END"""
}


def upgrade() -> None:
    """Make every table, index and guard, and this database's own id."""
    connection = op.get_bind()
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement.strip())
    # SQLite's own clock and chance: a migration is given neither.
    connection.exec_driver_sql(
        "INSERT INTO database (id, created_at)"
        " SELECT 'db-' || lower(hex(randomblob(10))), strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')"
    )
    for guard in GUARDS:
        if guard.table != "received_file":  # of a later revision
            connection.exec_driver_sql(_AS_IT_WAS.get(guard.name, guard.text))
