"""The screen: words and tables for a terminal, for a screen reader, or for another program through a pipe.

Everything printed here is text and nothing but text: brackets, colons and equals signs stay as they are, and what a
terminal would obey or hide is written out (`visible`). Rich is imported only for a terminal that can show it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

from escalate.render.days import format_day, format_short_day

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console
    from rich.text import Text

Kind = Literal["terminal", "spoken", "piped"]
Style = Literal["", "heading", "strong", "past", "today", "quiet"]
Part = str | tuple[str, Style]
Cell = Part | list[Part]
"""What stands in one cell of a table: one line, or a list of lines."""

NOTICE = "escalate has sent nothing and told nobody."
"""How every verb ends that records, or drafts something to be sent."""

PROSE_WIDTH = 100
STACKED_BELOW = 72
NARROWEST = 16

# What a style adds never carries meaning alone: the words beside it say the same.
_RICH_STYLES: dict[str, str] = {
    "heading": "bold",
    "strong": "bold",
    "past": "bold red",
    "today": "bold yellow",
    "quiet": "dim",
}
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


_JOINERS = "\u200c\u200d"
_LATIN_ENDS = "\u024f"


def _joins(before: str, after: str) -> bool:
    """Return whether a joiner stands within a word or a picture that is written with it: never among Latin letters."""
    return all(one > _LATIN_ENDS and one.isprintable() for one in (before, after))


def visible(text: str, *, keep_lines: bool = False) -> str:
    r"""Return `text` with every character that a terminal obeys or hides written out.

    Args:
        keep_lines: keep line breaks; else they are shown as "⏎", so that one value stays on one line.
    Example:
        >>> print(visible("red\x1b[31m\nŁukasz [redacted]"))
        red\x1b[31m⏎Łukasz [redacted]
    """
    shown = _HIDDEN.sub(_written_out, text.replace("\r\n", "\n").replace("\t", " "))
    return shown if keep_lines else shown.replace("\n", "⏎")


def _written_out(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if found[0] in _JOINERS and _joins(before, after):
        return found[0]
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Column(NamedTuple):
    """A table's column: `width` characters wide, or as wide as is left where 0."""

    name: str
    width: int = 0
    is_number: bool = False


class Screen:
    """Where a command shows its result.

    Args:
        kind: "terminal" is laid out by Rich; "spoken" is plain lines for a screen reader or a simple terminal; "piped"
            is for another program: nothing is wrapped or cut, tables are separated by tabs.
        width: of the terminal, in characters.
        stream: where it goes; standard output where None.
    """

    def __init__(self, kind: Kind, width: int = 80, stream: TextIO | None = None) -> None:
        self.kind: Kind = kind
        self.width = max(width, NARROWEST)
        self._stream = stream or sys.stdout

    @classmethod
    def here(cls, *, plain: bool = False) -> Screen:
        """Return the screen that standard output is; `plain` asks for sentences, without boxes or colour.

        `ESCALATE_PLAIN` asks for them at every terminal, and leaves what goes through a pipe to the program behind it.
        """
        if not plain and not sys.stdout.isatty():
            return cls("piped")
        # What a pipe never needs is imported here and below, not above: `due` must start at once.
        from shutil import get_terminal_size

        width = get_terminal_size((80, 24)).columns
        if plain or os.environ.get("ESCALATE_PLAIN"):
            return cls("spoken", width)
        return cls("spoken" if os.environ.get("TERM", "") in ("dumb", "unknown") else "terminal", width)

    @property
    def is_stacked(self) -> bool:
        """Whether the terminal is too narrow for columns, so that each row is written over several lines."""
        return self.width < STACKED_BELOW

    def say(self, *parts: Part, indent: int = 0, hang: int = 0) -> None:
        """Write one paragraph of our own words, wrapped on a terminal; `hang` indents its further lines more."""
        if self.kind == "terminal":
            self._print_rich(_join(parts), indent, hang)
            return
        line = "".join(visible(part if isinstance(part, str) else part[0]) for part in parts)
        self._write_wrapped(line, indent, hang)

    def day(self, day: date, today: date | None = None) -> str:
        """Return a day in full where it is read aloud, else in short: with its year unless it is this year's."""
        return format_day(day) if self.kind == "spoken" else format_short_day(day, today)

    def heading(self, text: str) -> None:
        """Write a heading, with an empty line before it."""
        self.gap()
        self.say((text, "heading"))

    def gap(self) -> None:
        """Write an empty line."""
        print(file=self._stream)

    def user(self, text: str, indent: int = 4) -> None:
        """Write a person's own words: their line breaks kept, each line indented, nothing read as markup."""
        for line in visible(text, keep_lines=True).split("\n"):
            self.say(line, indent=indent) if line.strip() else self.gap()

    def lines(self, lines: Iterable[str], indent: int = 0) -> None:
        """Write lines that are already laid out, without wrapping them."""
        for line in lines:
            print(f"{' ' * indent}{visible(line)}", file=self._stream)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, has_head: bool = True) -> None:
        """Write a table; where there is no room for one, each row over several lines; through a pipe, by tabs."""
        if self.kind == "piped":
            self._write_tabbed(columns, rows, has_head=has_head)
        elif self.kind == "spoken" or self.is_stacked:
            self._write_stacked(columns, rows)
        else:
            self._print_table(columns, rows, has_head=has_head)

    def _write_tabbed(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, has_head: bool) -> None:
        if has_head:
            print("\t".join(column.name for column in columns), file=self._stream)
        for row in rows:
            print("\t".join(visible("; ".join(_words(cell))) for cell in row), file=self._stream)

    def _write_stacked(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            head, *rest = zip(columns, row, strict=True)
            self.say((", ".join(_words(head[1])), "strong"))
            for column, cell in rest:
                if said := "; ".join(_words(cell)):
                    self.say(f"{column.name}: {said}", indent=2, hang=2)

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console

        return Console(
            file=self._stream, width=self.width, force_terminal=True, markup=False, emoji=False, highlight=False
        )

    def _margins(self, indent: int, hang: int) -> tuple[int, int]:
        """Return how far in a first line stands, and the others: on a narrow screen no farther than leaves room."""
        most = self.width // 3 if self.kind != "piped" else indent + hang
        return min(indent, most), min(indent + hang, most)

    def _print_rich(self, text: Text, indent: int, hang: int) -> None:
        width = min(self.width, PROSE_WIDTH)
        indent, further = self._margins(indent, hang)
        first = text.wrap(self._console, width - indent)
        lines = [first[0]] if first else []
        if len(first) > 1:
            # What follows the first line is wrapped again, in the room that the hanging indent leaves.
            rest = text[len(first[0].plain) :]
            blanks = len(rest.plain) - len(rest.plain.lstrip())
            lines += rest[blanks:].wrap(self._console, width - further)
        for place, line in enumerate(lines):
            line.rstrip()
            line.pad_left(further if place else indent)
            self._console.print(line, soft_wrap=True)

    def _print_table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, has_head: bool) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, show_header=has_head, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
        for column in columns:
            table.add_column(
                Text(column.name, style="dim"),
                width=column.width or None,
                ratio=None if column.width else 1,
                justify="right" if column.is_number else "left",
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(Text("\n").join(_join([line]) for line in _lines(cell)) for cell in row))
        self._console.print(table)

    def _write_wrapped(self, line: str, indent: int, hang: int) -> None:
        if self.kind == "piped":
            print(" " * indent + line, file=self._stream)
            return
        import textwrap

        indent, further = self._margins(indent, hang)
        wrapped = textwrap.fill(
            line,
            min(self.width, PROSE_WIDTH),
            initial_indent=" " * indent,
            subsequent_indent=" " * further,
            break_on_hyphens=False,
            drop_whitespace=True,
            replace_whitespace=False,
        )
        print(wrapped, file=self._stream)


def _lines(cell: Cell) -> list[Part]:
    return cell if isinstance(cell, list) else [cell]


def _words(cell: Cell) -> list[str]:
    return [said for line in _lines(cell) if (said := line if isinstance(line, str) else line[0])]


def _join(parts: Sequence[Part]) -> Text:
    from rich.text import Text

    joined = Text()
    for part in parts:
        said, style = (part, "") if isinstance(part, str) else part
        joined.append(visible(said), style=_RICH_STYLES.get(style))
    return joined
