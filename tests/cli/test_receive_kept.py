"""The file as it came: kept beside its entry, given out again, gone with its words."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Built, database_in
from tests.cli.kept import entries, every_byte, is_sound
from tests.cli.returned import came_back, sent_out
from tests.running import run


@pytest.fixture
def received(home: Path, tmp_path: Path) -> tuple[Built, Path]:
    """A case at stage 3, and the form that came back as entry 11."""
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "Rowan Testcase.docx", oversight="Seen with Zebedee.")
    assert run(home, "receive", str(came), "--accept").code == 0
    return case, came


def test_a_received_file_comes_out_as_it_came(home: Path, tmp_path: Path, received: tuple[Built, Path]) -> None:
    case, came = received

    done = run(home, "receive", "--kept", f"{case.reference}:11", "--out", str(tmp_path / "out"))

    path = tmp_path / "out" / f"{case.reference}-received-11.docx"
    digest = hashlib.sha256(came.read_bytes()).hexdigest()
    assert done == (0, f"The file as it came:\n  {path}\n  SHA-256 {digest}\n", "")
    assert path.read_bytes() == came.read_bytes()
    assert run(home, "receive", "--kept", f"{case.reference}:11", "--out", str(tmp_path / "out")).code == 0


def test_cannot_overwrite_another_file(home: Path, tmp_path: Path, received: tuple[Built, Path]) -> None:
    case, _ = received
    there = tmp_path / "out" / f"{case.reference}-received-11.docx"
    there.parent.mkdir()
    there.write_bytes(b"another")

    done = run(home, "receive", "--kept", f"{case.reference}:11", "--out", str(there.parent))

    assert (done.code, there.read_bytes()) == (8, b"another")
    assert done.err.startswith(f"error: {there}: another file of this name lies there\n")


@pytest.mark.parametrize(("kept", "code"), [("11", 2), ("{}", 2), ("{}:x", 2), ("{}:7", 4), ("{}:99", 4)])
def test_cannot_give_out_what_no_entry_received(
    home: Path, tmp_path: Path, received: tuple[Built, Path], kept: str, code: int
) -> None:
    case, _ = received

    done = run(home, "receive", "--kept", kept.format(case.reference), "--out", str(tmp_path / "out"))

    assert (done.code, done.out, (tmp_path / "out").exists()) == (code, "", False)


def test_a_redaction_takes_the_file_with_the_words(home: Path, tmp_path: Path, received: tuple[Built, Path]) -> None:
    case, came = received

    done = run(home, "redact", case.reference, typed='words = ["Zebedee"]\nreason = "Another family."\n')

    assert "The file kept with entry 11 is removed with its words.\n" in done.out
    assert b"Zebedee" not in every_byte(home)
    assert is_sound(home)
    kept = run(home, "receive", "--kept", f"{case.reference}:11", "--out", str(tmp_path / "out"))
    assert (kept.code, kept.err.splitlines()[0]) == (
        4,
        f"error: case {case.reference}: entry 11: no file is kept with it",
    )
    before = entries(home)
    again = run(home, "receive", str(came), "--accept")
    assert again.out == (
        f"This file was received already: {case.reference}, entry 11; words were removed since.\nNothing is changed.\n"
    )
    as_json = json.loads(run(home, "receive", str(came), "--json").out)
    (told,) = as_json["received"]["files"] if "received" in as_json else as_json["data"]["files"]
    assert told["outcome"] == "received already, and words removed since"
    assert entries(home) == before


def test_a_redaction_of_words_that_the_form_repeats_takes_its_file_too(
    home: Path, received: tuple[Built, Path]
) -> None:
    case, _ = received

    done = run(home, "redact", case.reference, typed='words = ["two disclosures"]\nreason = "Not ours."\n')

    assert (done.code, _rows(home, "SELECT digest FROM received_file")) == (0, [])
    assert is_sound(home)


def test_no_file_name_of_whoever_sent_it_is_kept(home: Path, received: tuple[Built, Path]) -> None:
    assert b"Rowan Testcase.docx" not in every_byte(home)


def test_a_changed_file_is_found_by_verify(home: Path, received: tuple[Built, Path]) -> None:
    with closing(sqlite3.connect(database_in(home))) as con:
        (guard,) = con.execute("SELECT sql FROM sqlite_master WHERE name = 'received_file_no_update'").fetchone()
        con.execute("DROP TRIGGER received_file_no_update")
        con.execute("UPDATE received_file SET content = x'00'")
        con.execute(guard)
        con.commit()

    done = run(home, "verify")

    assert done.code == 10
    assert "the file it received is not as it came" in done.err


def test_a_missing_file_is_found_by_verify(home: Path, received: tuple[Built, Path]) -> None:
    with closing(sqlite3.connect(database_in(home))) as con:
        (guard,) = con.execute("SELECT sql FROM sqlite_master WHERE name = 'received_file_only_redacted'").fetchone()
        con.execute("DROP TRIGGER received_file_only_redacted")
        con.execute("DELETE FROM received_file")
        con.execute(guard)
        con.commit()

    done = run(home, "verify")

    assert done.code == 10
    assert "the file it received is missing" in done.err


def test_cannot_give_out_and_take_in_at_once(home: Path, received: tuple[Built, Path]) -> None:
    case, came = received

    assert run(home, "receive", str(came), "--kept", f"{case.reference}:11").code == 2
    assert run(home, "receive").code == 2
    assert run(home, "receive", str(came), "--out", "elsewhere").code == 2


def _rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database_in(home))) as con:
        return con.execute(sql).fetchall()
