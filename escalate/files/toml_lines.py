"""Where each key of a TOML file stands: `tomllib` reads values but forgets their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[(\[)?\s*((?:\"[^\"]*\"|'[^']*'|[\w. -])+?)\s*\]\]?\s*(#.*)?$")
_STEP = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[^.]+)")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|[\[\]{}]|#.*')


@dataclass(frozen=True)
class TomlLines:
    """Line numbers (from 1) of tables and keys by path, and the keys written twice in one table."""

    lines: dict[Path, int]
    twice: list[tuple[Path, int, int]]

    def of(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest table or key around it."""
        while path and path not in self.lines and (*path, 0) not in self.lines:
            path = path[:-1]
        return self.lines.get(path) or self.lines.get((*path, 0), 1)


def index_lines(text: str) -> TomlLines:
    """Return where each table and key of a TOML text stands.

    Array tables are numbered from 0, as `tomllib` lists them. Keys inside inline tables and arrays are found at the
    line of the key that holds them.

    Example:
        >>> index_lines('[[stage]]\\nid = "1"\\n').lines[("stage", 0, "id")]
        2
    """
    found = TomlLines({}, [])
    counts: dict[Path, int] = {}
    table: Path = ()
    depth, open_string = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if depth == 0 and not open_string:
            if header := _HEADER.match(line):
                table = _table(header[2], is_array=bool(header[1]), counts=counts)
                _note(found, table, number)
                continue
            if key := _KEY.match(line):
                _note(found, (*table, key[1].strip("\"'")), number)
        depth, open_string = _follow(line, depth, open_string)
    return found


def _table(name: str, *, is_array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    # A dot within quotes, as in the name of a file, parts nothing.
    parts = [part.strip("\"'") for step in _STEP.findall(name) if (part := step.strip())]
    for place, part in enumerate(parts):
        path = (*path, part)
        is_last = place == len(parts) - 1
        if is_last and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(found: TomlLines, path: Path, number: int) -> None:
    if path in found.lines and path and not isinstance(path[-1], int):
        found.twice.append((path, found.lines[path], number))
    found.lines.setdefault(path, number)


def _follow(line: str, depth: int, open_string: str) -> tuple[int, str]:
    """Return the bracket depth and the open multi-line string after `line`."""
    while True:
        if open_string:
            _, end, line = line.partition(open_string)
            if not end:
                return depth, open_string
            open_string = ""
        for token in _TOKEN.finditer(line):
            if token[0] in ('"""', "'''"):
                open_string, line = token[0], line[token.end() :]
                break
            depth += (token[0] in "[{") - (token[0] in "]}")
        else:
            return depth, ""
