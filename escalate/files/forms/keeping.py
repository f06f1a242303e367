"""Keeping a form that was made: its two files, both or neither, and never in place of others."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from escalate.errors import CannotDecide, EscalateError
from escalate.files.places import home


def own_forms() -> Path:
    """Return the folder of a person's own forms; it need not exist."""
    return home() / "templates"


def keep_new_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files, by name, into a folder, which is made where it is not there.

    Raises:
        CannotDecide: one of them is there already; all are left as they are.
        EscalateError: they cannot be written; none of them is left behind.
    """
    kept: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).exists():
                raise FileExistsError(name)
        for name, content in files.items():
            path = folder / name
            with path.open("xb") as file:
                kept.append(path)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except FileExistsError:
        _remove(kept)
        there = next(name for name in files if (folder / name).exists())
        raise CannotDecide(
            f"{there}: there is such a file already, and it is left as it is",
            remedy="give another name with --id, or another folder with --out",
            recorded="",
        ) from None
    except OSError as error:
        _remove(kept)
        raise EscalateError(
            f"the form cannot be written: {error.strerror}", remedy="write it elsewhere with --out", recorded=""
        ) from error


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
