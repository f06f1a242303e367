"""Where the data that ships with escalate is: in a checkout beside the package, installed inside it.

A checkout's own folders come first, because an editable install can leave stale copies inside the package.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from escalate.errors import EscalateError

Kind = Literal["policies", "templates"]
_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """Return the folder that holds this person's database, drafts, issued forms, own policies and templates.

    `ESCALATE_HOME` moves it; else it is where the computer keeps a person's own data. It need not exist yet.
    """
    moved = os.environ.get("ESCALATE_HOME", "").strip()
    if moved:
        return Path(moved).expanduser()
    from platformdirs import user_data_path

    return user_data_path("escalate", appauthor=False)


def database() -> Path:
    """Return where this person's record lies; it need not exist yet."""
    return home() / "escalate.db"


def shipped(kind: Kind) -> Path:
    """Return the folder of shipped policies or templates that this installation uses.

    It is the folder beside the package where the package lies in a checkout (known by the project's own
    `pyproject.toml` there), else the copy inside the installed package.

    Raises:
        EscalateError: neither is there, so the installation is incomplete.
    """
    checkout = _PACKAGE.parent
    if (checkout / kind).is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / kind
    packaged = _PACKAGE / "_shipped" / kind
    if packaged.is_dir():
        return packaged
    raise EscalateError(
        f"the {kind} that ship with escalate are not where this installation should have them",
        remedy="install escalate again",
    )


def folders(kind: Kind, home: Path | None = None) -> tuple[Path, ...]:
    """Return the folders to look in, first one first: the user's own `home/kind` where it exists, then the shipped."""
    own = (home / kind,) if home is not None and (home / kind).is_dir() else ()
    return (*own, shipped(kind))


def find(kind: Kind, file_name: str, home: Path | None = None) -> Path | None:
    """Return the file of this plain name, the user's own before the shipped one, or None."""
    if Path(file_name).name != file_name:
        return None
    return next((folder / file_name for folder in folders(kind, home) if (folder / file_name).is_file()), None)


def names(kind: Kind, home: Path | None = None) -> tuple[str, ...]:
    """Return the names, without `.toml`, of all policies or forms there are, sorted, each once."""

    def of(folder: Path) -> Iterator[str]:
        # Word keeps a lock file beside an open document whose name begins with "~$".
        found = (path for path in folder.glob("*.toml") if not path.name.startswith(("~$", ".")))
        return (path.stem for path in found if path.is_file())

    return tuple(sorted({name for folder in folders(kind, home) for name in of(folder)}))
