"""Files that somebody has received, as they lie on the disk: found, read within bounds, and never called by name.

A file's own name may be a child's. It is shown to whoever named it, and stands in no error and no record: there a file
is "the file", or "file 2 of 3".
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from escalate.errors import FormRefused, NotFound
from escalate.files.sealed import MOST_BYTES, is_sealed
from escalate.files.zipped import is_zip, zip_ending

MOST_BYTES_OF_A_FORM = 20 * 1024 * 1024
_READ_HERE = (".docx", ".docm", ".dotx", ".escalate")
_HEAD = 64
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"{\\rtf", ".rtf"),
)
_OLE, _OUTLOOK = b"\xd0\xcf\x11\xe0", "__substg1.0_".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file to be received: what errors call it, and where it lies."""

    where: str
    path: Path


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to be received, in order, and how many of the folders' files are no forms by their names."""

    files: tuple[Incoming, ...]
    aside: tuple[Path, ...] = ()


def gather(paths: Sequence[Path]) -> Gathered:
    """Return the files named, and those directly in the folders named: Word documents and handed-over cases, by name.

    Raises:
        NotFound: a folder holds none.
        FormRefused: a folder cannot be looked into.
    """
    found: list[Path] = []
    aside: list[Path] = []
    for number, path in enumerate(paths, 1):
        if not path.is_dir():
            found.append(path)
            continue
        inside = _inside(path, _called(number, len(paths), "folder"))
        found += [one for one in inside if one.suffix.lower() in _READ_HERE]
        aside += [one for one in inside if one.suffix.lower() not in _READ_HERE]
    return Gathered(
        tuple(Incoming(_called(number, len(found), "file"), path) for number, path in enumerate(found, 1)), tuple(aside)
    )


def read_incoming(file: Incoming) -> bytes:
    """Return what a file holds.

    Raises:
        NotFound: there is no such file.
        FormRefused: it is no ordinary file, is larger than a form can be, or cannot be opened.
    """
    try:
        # What is no ordinary file, a pipe or a device, might never end: it is not opened.
        if not stat.S_ISREG(file.path.stat().st_mode):
            raise FormRefused(f"{file.where}: is not an ordinary file", remedy="name a file", recorded="")
        with file.path.open("rb") as opened:
            head = opened.read(_HEAD)
            most = MOST_BYTES if is_sealed(head) else MOST_BYTES_OF_A_FORM
            if os.fstat(opened.fileno()).st_size > most:
                megabytes = most // 1024 // 1024
                raise FormRefused(
                    f"{file.where}: the file is larger than {megabytes} MB",
                    remedy="take large pictures out of it",
                    recorded="",
                )
            return head + opened.read(most)
    except FileNotFoundError:
        raise NotFound(f"{file.where}: there is no such file", remedy="check how its name is written") from None
    except OSError as error:
        raise FormRefused(
            f"{file.where}: cannot be opened: {error.strerror}", remedy="close it in other programs, and try again"
        ) from None


def ending_of(content: bytes) -> str:
    """Return the ending that a file's name has by what the file holds: ".docx", ".pdf", …; ".bin" where unknown."""
    if content.startswith(_OLE):
        return ".msg" if _OUTLOOK in content else ".doc"
    if is_zip(content):
        return zip_ending(content)
    known = next((ending for head, ending in _KINDS if content.startswith(head)), "")
    if known:
        return known
    first = content[:2000].lstrip().lower()
    return ".eml" if first.startswith((b"from:", b"received:", b"return-path:", b"date:", b"mime-version:")) else ".bin"


def _inside(folder: Path, where: str) -> list[Path]:
    try:
        # Word keeps a lock file beside an open document, whose name begins with "~$".
        found = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith(("~$", ".")))
    except OSError as error:
        raise FormRefused(f"{where}: cannot be looked into: {error.strerror}", recorded="") from None
    if not any(one.suffix.lower() in _READ_HERE for one in found):
        raise NotFound(
            f"{where}: there is no Word document in it",
            remedy="name a folder with forms, or a file" + (" (a PDF or a scan: --hand)" if found else ""),
            recorded="",
        )
    return found


def _called(number: int, count: int, what: str) -> str:
    return f"the {what}" if count == 1 else f"{what} {number} of {count}"
