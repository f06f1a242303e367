"""Keeping a person's own policy files: written whole, under a name that nothing else has."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from escalate.errors import CannotDecide, EscalateError
from escalate.files.places import home


def own_policy(name: str) -> Path:
    """Return where a person's own policy of this name lies; it need not exist."""
    return home() / "policies" / f"{name}.toml"


def keep_own_policy(name: str, text: str, out: Path | None = None) -> Path:
    """Write a new policy file and return where it is: in the person's own folder, or at `out`.

    Raises:
        CannotDecide: a file is there already; it is left as it is.
        EscalateError: it cannot be written.
    """
    path = out or own_policy(name)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise FileExistsError
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with path.open("x"):  # whoever writes the same name first has it
            pass
        part.replace(path)
    except FileExistsError:
        raise CannotDecide(
            f"{path.name}: there is such a file already, and it is left as it is",
            remedy="give the new one another edition, or write it elsewhere with --out",
            recorded="",
        ) from None
    except OSError as error:
        raise EscalateError(
            f"{path.name}: cannot be written: {error.strerror}", remedy="write it elsewhere with --out", recorded=""
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path
