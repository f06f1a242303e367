"""What is opened, for whom, and what is refused untouched."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from escalate.errors import LedgerRefused, NotFound
from escalate.store import readers
from escalate.store.connection import open_for_writing
from escalate.store.ledger import Ledger
from escalate.store.places import network_share, refuse_network_share
from escalate.store.schema import CURRENT

posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps it inside the profile instead")


def test_a_connection_writes_durably_and_checks_what_it_reads(path: Path) -> None:
    with open_for_writing(path).connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "secure_delete",
                "trusted_schema",
            )
        }

    assert said == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


@posix
def test_only_its_owner_can_open_the_folder_the_database_its_journal_and_its_backup(path: Path, make: Any) -> None:
    before = os.umask(0)
    try:
        with Ledger(path) as ledger, ledger.writing() as book:
            book.append("case-1", [make.new()], make.scribe)
            journal = path.with_name("escalate.db-journal")
            modes = [entry.stat().st_mode & 0o777 for entry in (path.parent, path, journal)]
    finally:
        os.umask(before)

    assert modes == [0o700, 0o600, 0o600]


def test_cannot_write_into_a_newer_database_nor_read_it_and_it_stays_as_it_is(path: Path) -> None:
    Ledger(path)
    newer = CURRENT.version + 1
    with path.open("rb+") as file:
        file.seek(60)
        file.write(struct.pack(">I", newer))
    before = path.read_bytes()

    for opening in (Ledger, readers.open_for_reading):
        with pytest.raises(LedgerRefused) as refused:
            opening(path)
        versions = f"(its version {newer}, ours {CURRENT.version})"
        assert str(refused.value) == f"{path}: was written by a newer escalate {versions}"
        assert refused.value.remedy == "install the newer escalate; this file has not been touched"

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("what", ["another program's", "a letter", "a short note"])
def test_cannot_take_another_file_for_the_record_and_it_stays_as_it_is(tmp_path: Path, what: str) -> None:
    path = tmp_path / "escalate.db"
    if what == "another program's":
        with closing(sqlite3.connect(path)) as con:
            con.execute("PRAGMA journal_mode = wal")
            con.execute("CREATE TABLE notes (words)")
    else:
        path.write_bytes(b"Dear colleague, " * (100 if what == "a letter" else 1))
    before = path.read_bytes()

    with pytest.raises(LedgerRefused):
        Ledger(path)
    with pytest.raises((LedgerRefused, NotFound)):
        readers.open_for_reading(path)

    assert path.read_bytes() == before


def test_cannot_read_where_nothing_was_recorded(path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        readers.open_for_reading(path)

    assert str(refused.value) == f"{path}: nothing is recorded here yet"
    assert not path.parent.exists()


def test_a_first_start_that_was_cut_short_begins_again(path: Path, make: Any) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(NotFound):
        readers.open_for_reading(path)

    with Ledger(path) as ledger:
        make.raised(ledger)


def test_cannot_write_through_a_readers_connection(path: Path) -> None:
    Ledger(path)

    with closing(readers.open_for_reading(path)) as con, pytest.raises(sqlite3.OperationalError, match="readonly"):
        con.execute("DELETE FROM draft")


def test_no_persons_words_are_in_an_error_of_the_database(path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
        with pytest.raises(LedgerRefused) as refused, ledger.writing() as book:
            book.keep_parties("case-1", [make.party(), make.party()])

    error: BaseException | None = refused.value
    while error:
        assert "Rowan" not in str(error)
        error = error.__cause__


NOBODY = 65534
AS_NOBODY = """
import os, sys
from pathlib import Path
import escalate.store.migrate, escalate.store.verify, encodings.idna
from escalate.errors import LedgerRefused
from escalate.store.ledger import Ledger
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
print(escalate.store.verify.verify(path).events)
try:
    with Ledger(path) as ledger:
        ledger.drop_draft("none")
        with ledger.writing() as book:
            book.keep_policy("a", "text")
except LedgerRefused as refused:
    print(refused, "|", refused.remedy, "|", repr(refused.recorded))
"""


@pytest.fixture
def readable_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@posix
def test_a_record_in_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(
    readable_folder: Path, make: Any
) -> None:
    path = readable_folder / "escalate.db"
    with Ledger(path) as ledger:
        make.raised(ledger)
    path.chmod(0o444)
    readable_folder.chmod(0o555)

    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, check=False, encoding="utf-8"
    )

    assert (done.stdout, done.stderr) == (
        f"1\n{path}: cannot be written: the file or its folder is read-only |"
        " ask whoever looks after the folder | ''\n",
        "",
    )


MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
//server/team /home/dsl/shared\040drive cifs rw 0 0
server:/home /home/dsl/homes nfs4 rw 0 0
tmpfs /home/dsl/homes/fast tmpfs rw 0 0
dsl@server: /home/dsl/far fuse.sshfs rw 0 0
/dev/fuse /home/dsl/near fuse.portal rw 0 0
"""


@posix
@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/home/dsl/escalate.db", ""),
        ("/home/dsl/shared drive/escalate.db", "cifs"),
        ("/home/dsl/shared drive 2/escalate.db", ""),
        ("/home/dsl/homes/a/b/escalate.db", "nfs4"),
        ("/home/dsl/homes/fast/escalate.db", ""),
        ("/home/dsl/far/escalate.db", "fuse.sshfs"),
        ("/home/dsl/near/escalate.db", ""),
    ],
)
def test_a_network_share_is_known_by_what_is_mounted_there(where: str, kind: str) -> None:
    assert network_share(Path(where), MOUNTS) == kind


@posix
def test_cannot_keep_the_record_on_a_network_share(path: Path) -> None:
    with pytest.raises(LedgerRefused) as refused:
        refuse_network_share(path, f"//server/team {path.parents[1].resolve()} cifs rw 0 0\n")

    assert str(refused.value) == (
        f"{path}: lies on a network share (cifs), where two people writing at once can damage the record"
    )
    assert refused.value.remedy == "set ESCALATE_HOME to a folder on this computer's own disk"
    assert not path.parent.exists()
