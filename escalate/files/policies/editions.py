"""The editions here: which stand for a partnership's name, which one is in force on a day, and which has a newer one.

Only headers are read, with `tomllib`: this costs a few milliseconds, whatever the number of policies.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from escalate.errors import NotFound, Problem
from escalate.files.places import find, home, names
from escalate.files.policies.layers import find_base
from escalate.files.policies.overlay import inherited

_STEM = re.compile(r"(?P<of>.+?)-(?:undated|(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?)(?:-.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an edition's header says of when it holds. `of` is its file's name before the date."""

    name: str
    of: str
    partnership: str
    prefix: str = ""
    nation: str = ""
    in_force_from: date | None = None
    superseded_on: date | None = None
    review_due: date | None = None
    extends: str = ""

    @property
    def since(self) -> date:
        """From when it holds: as it says, else by the date in its name, else before all others."""
        if self.in_force_from:
            return self.in_force_from
        found = _STEM.fullmatch(self.name)
        try:
            year, month, day = (int(found[part] or 1) for part in ("year", "month", "day")) if found else (1, 1, 1)
            return date(year, month, day)
        except ValueError:
            return date.min

    def is_in_force(self, today: date) -> bool:
        return self.since <= today and not (self.superseded_on and self.superseded_on <= today)


def name_before_date(name: str) -> str:
    """Return the partnership's part of a policy's name.

    Example:
        >>> name_before_date("dunmere-2025-11"), name_before_date("dunmere-2025-11-ours"), name_before_date("ours")
        ('dunmere', 'dunmere', 'ours')
    """
    found = _STEM.fullmatch(name)
    return found["of"] if found else name


def editions() -> tuple[Edition, ...]:
    """Return the editions here, by name; the user's own before a shipped one of the same name.

    A file without a header that can be read is not among them: `policy list` says what is wrong with it.
    """
    headers = {name: _header(find("policies", f"{name}.toml", home())) for name in names("policies", home())}
    return tuple(_edition(name, header) for name, header in headers.items() if header)


def newer_edition(name: str, today: date, here: Sequence[Edition]) -> str:
    """Return the name of the latest edition of the same partnership that came into force after this one, or ""."""
    own = next((one for one in here if one.name == name), None)
    if own is None:
        return ""
    later = [
        one
        for one in here
        if own.since < one.since
        and one.is_in_force(today)
        and (one.of == own.of or (one.partnership and one.partnership == own.partnership))
    ]
    return max(later, key=lambda one: (one.since, one.name)).name if later else ""


def edition_for(wanted: str, today: date | None) -> str:
    """Return the name of the edition that a partnership's name alone stands for, "" where it stands for none.

    Of several it is the one in force today, else the latest.

    Raises:
        NotFound: several are in force equally, or there are several and nobody says which day it is.
    """
    here = [one for one in editions() if one.of.casefold() == wanted.casefold()]
    if len(here) < 2:
        return here[0].name if here else ""
    in_force = [one for one in here if today and one.is_in_force(today)] or here
    latest = max(one.since for one in in_force)
    found = [one for one in in_force if one.since == latest] if today else here
    if len(found) > 1:
        problems = [Problem("", one.name) for one in found]
        raise NotFound(f'"{wanted}" is the name of several policies here', problems=problems, remedy="say which one")
    return found[0].name


def _edition(name: str, header: dict[str, Any]) -> Edition:
    def day(key: str) -> date | None:
        value = header.get(key)
        return value if type(value) is date else None

    return Edition(
        name=name,
        of=name_before_date(name),
        partnership=str(header.get("partnership", "")),
        prefix=str(header.get("prefix", "")),
        nation=str(header.get("nation", "")),
        in_force_from=day("in_force_from"),
        superseded_on=day("superseded_on"),
        review_due=day("review_due"),
        extends=str(header.get("extends", "")),
    )


def _header(path: Path | None, deeper: int = 8) -> dict[str, Any]:
    """Return the header of a policy, with what it inherits from the one it extends; empty where none can be read."""
    header = _header_of(path) if path else {}
    extends = header.get("extends")
    if path is None or not deeper or not isinstance(extends, str):
        return header
    base = find_base(path, extends)
    return inherited(header, _header(base, deeper - 1))


def _header_of(path: Path) -> dict[str, Any]:
    """Return a file's own header. It stands first in nearly every file: what follows need not be read then."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        for part in (text.partition("\n[[")[0], text):
            with suppress(ValueError):  # what is not TOML, and a number of thousands of digits
                if isinstance(header := tomllib.loads(part).get("policy"), dict):
                    return header
    except (OSError, UnicodeDecodeError, RecursionError):
        return {}
    return {}
