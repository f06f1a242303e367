"""Drafts as escalate did not write them, recorded already, or left by an editor: no verb stops at one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Built, database_in
from tests.cli.kept import drafts, events, references
from tests.cli.raised import MINIMAL
from tests.running import run

NOON = "2026-04-09T12:00:00+01:00"
UNREAD = "a draft that cannot be read; it can only be forgotten"


def put(home: Path, answers: Any, updated_at: Any = NOON, event_id: str = "event-x", id_: Any = "draft-x") -> None:
    """Write a row as nobody's escalate would."""
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute("INSERT INTO draft VALUES (?, 'raise', '', ?, ?, ?)", (id_, event_id, answers, updated_at))


@pytest.mark.parametrize(
    ("answers", "updated_at"),
    [
        ("{", NOON),
        ("[" * 2000 + "]" * 2000, NOON),
        ('{"children":' + "[" * 2000 + "]" * 2000 + "}", NOON),
        ('["Rowan Testcase"]', NOON),
        ('{"concern": 3}', NOON),
        ('{"learned_on": {"date": "yesterday"}}', NOON),
        (b"\xff\xfe\x00", NOON),
        ('{"risk": "no"}', "yesterday"),
        ('{"risk": "no"}', "2026-04-09"),
        ('{"risk": "no"}', 7),
        (b'{"risk": "\xff"}', NOON),
    ],
    ids=[
        "no JSON",
        "deep",
        "deep inside",
        "a list",
        "a number",
        "no day",
        "bytes",
        "no moment",
        "a day",
        "7",
        "no text",
    ],
)
def test_a_draft_that_cannot_be_read_is_listed_and_forgotten_and_stops_no_verb(
    home: Path, answers: Any, updated_at: Any
) -> None:
    put(home, answers, updated_at)

    assert run(home).code == 0
    listed = run(home, "resume")
    assert (listed.code, listed.err, f"  1  {UNREAD}\n" in listed.out) == (0, "", True)
    refused = run(home, "resume", "1")
    assert (refused.code, refused.err.splitlines()[0]) == (4, "error: this draft cannot be read")
    assert run(home, "raise", typed=MINIMAL).code == 0
    assert run(home, "resume", "--forget", "1").out == "Forgotten. Nothing was recorded.\n"
    assert run(home, "resume").out.startswith("No draft is left")


def test_a_draft_under_an_id_that_is_no_text_can_be_forgotten(home: Path) -> None:
    put(home, "{", id_=b"\xff../..")

    assert run(home, "resume", "--forget", "1").code == 0
    with closing(sqlite3.connect(database_in(home))) as con:
        assert con.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_a_draft_that_cannot_be_read_is_forgotten_with_the_words_it_holds(home: Path, case: Built) -> None:
    put(home, '["Rowan Testcase')

    done = run(home, "redact", case.reference, typed='words = ["Rowan Testcase"]\nreason = "Wrong child."\n')

    assert done.code == 0
    assert "1 draft that held the words: forgotten.\n" in done.out


def test_a_draft_that_is_recorded_already_can_only_be_forgotten(home: Path) -> None:
    assert run(home, "raise", typed=MINIMAL).code == 0
    (reference,) = references(home)
    put(home, json.dumps({"risk": "no"}), event_id=events(home, reference)[0].id)

    (left,) = run(home, "resume", "--json").data
    refused = run(home, "resume", "1")

    assert left["note"] == f"It is already recorded as {reference}: it can only be forgotten."
    assert (refused.code, refused.err.splitlines()[0]) == (4, f"error: this draft is already recorded as {reference}")
    assert drafts(home) == [{"risk": "no"}]


def test_words_of_an_editor_whose_draft_is_gone_are_listed_and_can_be_forgotten(home: Path) -> None:
    file = home / "being-written" / "draft-gone" / "concern.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Rowan was seen.", encoding="utf-8")

    (left,) = run(home, "resume", "--json").data
    assert left["note"] == f"words from an editor, of a draft that is gone: {file.parent}"
    assert "error: that is no draft, but words from an editor\n" in run(home, "resume", "1").err
    assert run(home, "resume", "--forget", "1").out == "Forgotten. Nothing was recorded.\n"

    assert not (home / "being-written").exists()


def test_redacted_words_are_gone_from_the_files_of_editors_too(home: Path, case: Built) -> None:
    for draft in ("draft-gone", "draft-x"):
        (home / "being-written" / draft).mkdir(parents=True)
        (home / "being-written" / draft / "said.txt").write_text("About Rowan Testcase.", encoding="utf-8")
    put(home, json.dumps({"risk": "no"}))

    done = run(home, "redact", case.reference, typed='words = ["Rowan Testcase"]\nreason = "Wrong child."\n')

    assert "2 files that an editor left of drafts: removed.\n" in done.out
    assert not (home / "being-written").exists()


def test_control_characters_in_a_draft_are_cleaned_when_it_is_read(home: Path) -> None:
    from escalate.casework.desk import Desk

    put(home, json.dumps({"concern": "red\x1b[31m\x00 Łukasz\u202e"}))

    with Desk(home) as desk:
        assert [draft.answers for draft in desk.ledger.drafts()] == [{"concern": "red[31m Łukasz"}]
