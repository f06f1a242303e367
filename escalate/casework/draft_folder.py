"""A folder of drafted letters, in which a newer draft takes the place of an older one that nobody edited.

What was written there is known by digest, in a list beside the record: it names files and nobody's name. A draft that
somebody edited is never touched.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from escalate.errors import FormRefused
from escalate.store.issued_files import put_unless_there, write_part

_LIST = "drafts-written.json"
_WHAT = "the draft"


@dataclass(slots=True)
class DraftFolder:
    """One folder that drafts are put into. `edited` are older drafts of this time's letters that somebody edited."""

    home: Path
    folder: Path
    edited: list[Path] = field(default_factory=list)
    _written: dict[str, tuple[str, str]] = field(init=False)
    _now: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        kept = _read(self.home / _LIST).get(self._place, {})
        self._written = {
            name: (said[0], said[1])
            for name, said in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(said, list) and len(said) == 2 and (self.folder / name).is_file()
        }

    @property
    def _place(self) -> str:
        return hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()

    def put(self, content: bytes, name: tuple[str, str], matter: str) -> Path:
        """Write a draft, in place of the one of the same matter that was written here before, and return where.

        Args:
            name: what it is called, and its ending with the dot; an ending is part of what makes drafts alike.
            matter: to whom and about what it is, as an opaque word.
        Raises:
            FormRefused: it cannot be written there.
        """
        stem, ending = name
        earlier = [one for one, (of, _) in self._written.items() if of == matter and one.endswith(ending)]
        ours = [one for one in earlier if _digest_of(self.folder / one) == self._written[one][1]]
        self.edited += [self.folder / one for one in earlier if one not in ours]
        if f"{stem}{ending}" in ours:
            path = self.folder / f"{stem}{ending}"
            if path.read_bytes() != content:
                write_part(path, content, _WHAT).replace(path)
        else:
            path = put_unless_there(content, self.folder, name, _WHAT)
        for one in earlier:
            if one != path.name:
                del self._written[one]
                if one in ours:
                    with suppress(OSError):  # a mail program may hold it open
                        (self.folder / one).unlink()
        self._written[path.name] = (matter, hashlib.sha256(content).hexdigest())
        self._now.add(path.name)
        return path

    def close(self) -> list[Path]:
        """Keep what was written, and return the drafts of before that are of none of this time's letters."""
        kept = _read(self.home / _LIST)
        kept[self._place] = {name: list(said) for name, said in self._written.items()}
        path = self.home / _LIST
        with suppress(OSError, FormRefused):  # then no draft of now is ever replaced
            write_part(path, json.dumps(kept, indent=1).encode("utf-8"), "the list of drafts").replace(path)
        return [self.folder / name for name in sorted(self._written) if name not in self._now]


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        read = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(read, dict):
            return read
    return {}
