"""`escalate receive --kept REF:ENTRY`: the file that an entry received, given out again as it came."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from escalate.casework.desk import Desk
from escalate.cli.boundary import Mistyped
from escalate.core.events import FormReceived
from escalate.errors import FormRefused, NotFound
from escalate.files.incoming import ending_of
from escalate.store.places import make_owner_only, sync_folder
from escalate.store.received_files import received_content


def give_out(desk: Desk, kept: str, folder: Path) -> tuple[Path, str]:
    """Write the file that an entry received into a folder and return where it lies, with its SHA-256.

    It is named by the case's reference and the entry, never as it came, and no other file is overwritten.

    Args:
        kept: "REF:ENTRY".
    Raises:
        Mistyped: it is not written so.
        NotFound: no such case or entry, it received no file, or the file went with the entry's words.
        FormRefused: the file cannot be written there.
    """
    reference, _, number = kept.rpartition(":")
    if not reference or not number.isdecimal():
        raise Mistyped(
            "escalate receive: --kept is written REF:ENTRY",
            remedy="such as KSCP-2026-0007-Q4TX:12; escalate show REF numbers the entries",
            recorded="",
        )
    _, opened = desk.find(reference)
    where = f"case {opened.case.reference}: entry {number}"
    event = next((one for one in opened.chronology if one.sequence == int(number)), None)
    if event is None or event.kind != FormReceived.kind:
        raise NotFound(f"{where}: received no form", remedy=f"escalate show {opened.case.reference}", recorded="")
    with desk.reading() as con:
        content = received_content(con, event.id, where)
    path = folder / f"{opened.case.reference}-received-{number}{ending_of(content)}"
    _write(path, content)
    fact = event.fact
    return path, fact.digest if isinstance(fact, FormReceived) else ""


def _write(path: Path, content: bytes) -> None:
    try:
        if path.exists():
            if path.read_bytes() == content:
                return
            raise FormRefused(
                f"{path}: another file of this name lies there", remedy="choose another folder with --out", recorded=""
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        try:
            make_owner_only(part)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise FormRefused(
            f"{path.parent}: the file cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
            recorded="",
        ) from error
