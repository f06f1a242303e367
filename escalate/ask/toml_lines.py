"""On which line of a TOML text each key stands, which the standard library's reader does not tell."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([^\]\[]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=\s*(.*)""")
_QUOTES = ('"""', "'''")


def lines_of_keys(text: str) -> dict[str, int]:
    """Return the line, from 1, of each key: "concern", "receiving.0", "receiving.0.agency".

    The text is known to be TOML. A single table counts as the first entry of an array of tables. Keys inside
    inline tables are not looked for: the line of the key before them serves.
    """
    lines: dict[str, int] = {}
    entries: dict[str, int] = {}
    prefix = ""
    inside = ""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if inside:
            if inside in line:
                inside = ""
        elif match := _ENTRY.match(line) or _TABLE.match(line):
            name = _bare(match[1])
            count = entries[name] = entries.get(name, -1) + 1
            prefix = f"{name}.{count}."
            lines.setdefault(name, number)
            lines[f"{name}.{count}"] = number
        elif match := _KEY.match(line):
            lines.setdefault(f"{prefix}{_bare(match[1])}", number)
            opened = next((quotes for quotes in _QUOTES if match[2].startswith(quotes)), "")
            if opened and opened not in match[2][3:]:
                inside = opened
    return lines


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in "\"'" else re.sub(r"\s", "", key)
