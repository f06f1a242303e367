"""What lies outside the database while an interview is open: texts in an editor, and the mark that it is open.

Each draft has a folder of its own in `being-written`, for the files of an editor, and beside it `ID.open` for as long
as a window has it open. A file whose draft is gone is an orphan: it may hold the only copy of somebody's words.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from escalate.store.open_mark import OpenMark

FOLDER = "being-written"
_MARK = ".open"
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")


def room_of(home: Path, draft_id: str) -> Path:
    """Return the folder of one draft's texts; of an id that is no name of a folder, one that is never there."""
    is_a_name = draft_id == Path(draft_id).name and "\\" not in draft_id and "\0" not in draft_id and draft_id != ".."
    return home / FOLDER / (draft_id if is_a_name and draft_id else "none")


def orphans(home: Path, draft_ids: Collection[str]) -> list[Path]:
    """Return the folders with a file in them that are of none of these drafts, in the order of their names."""
    folders = [path for path in _inside(home / FOLDER) if path.is_dir() and not path.is_symlink()]
    return [folder for folder in folders if folder.name not in draft_ids and _files(folder)]


def remove_room(folder: Path) -> tuple[Path, ...]:
    """Remove a draft's folder with all that an editor left in it; return the files that could not be removed."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    left = _files(folder)
    remove_if_empty(folder.parent)
    return tuple(left)


def remove_if_empty(folder: Path) -> None:
    """Remove `being-written` where nothing lies in it."""
    if folder.name == FOLDER:
        with suppress(OSError):
            folder.rmdir()


def clear_texts(home: Path, draft_ids: Iterable[str], holds: Callable[[str], object]) -> tuple[int, tuple[Path, ...]]:
    """Remove the files of these drafts, and every other, of a draft or of none, in which `holds` is true of the text.

    Returns:
        How many files were removed, and those that could not be.
    """
    of_drafts = [path for draft_id in draft_ids for path in _files(room_of(home, draft_id))]
    others = [path for path in _files(home / FOLDER) if any(holds(text) for text in _texts(path))]
    wanted = list(dict.fromkeys((*of_drafts, *others)))
    for path in wanted:
        with suppress(OSError):
            path.unlink()
        with suppress(OSError):
            path.parent.rmdir()  # where nothing else lies in it
    remove_if_empty(home / FOLDER)
    left = tuple(path for path in wanted if path.exists())
    return len(wanted) - len(left), left


def open_mark(home: Path, draft_id: str) -> OpenMark:
    """Return the mark that a window has this draft open; `close_mark` gives it back."""
    room = room_of(home, draft_id)
    return OpenMark(room.with_name(f"{room.name}{_MARK}"))


def close_mark(mark: OpenMark) -> None:
    """Give back the mark of a draft: no window has it open any more. Nothing else of it is left."""
    mark.give_back()
    remove_if_empty(mark.path.parent)


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.iterdir())
    return []


def _files(folder: Path) -> list[Path]:
    """Return the files in a folder and in those inside it, however they are called; links are not followed."""
    found: list[Path] = []
    for path in _inside(folder) if not folder.is_symlink() else ():
        if path.is_dir() and not path.is_symlink():
            found += _files(path)
        elif path.suffix != _MARK or folder.name != FOLDER:
            found.append(path)
    return found


def _texts(path: Path) -> list[str]:
    """Return what a file may say: an editor's own files are no text, and an editor may write in its own alphabet."""
    try:
        raw = path.read_bytes() if path.is_file() else b""
    except OSError:
        return []
    return [raw.decode(encoding, errors="replace") for encoding in _ENCODINGS]
