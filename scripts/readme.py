"""Runs the commands that README.md shows, so that it cannot go stale: `python scripts/readme.py` rewrites their output.

Each block of `toml` that begins with `# NAME.toml` is a file; each line of a `console` block that begins with `$` is
run, in order, in one empty folder, on a terminal of 80 columns. What differs from run to run is held to its shape only,
and a line that is only "…" stands for any lines: a block that is rewritten comes whole, to be shortened again by hand.
"""

from __future__ import annotations

import os
import re
import shlex
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
README = CHECKOUT / "README.md"
sys.path.insert(0, str(CHECKOUT))
ROWS, COLUMNS = 50, 80
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (?:from )?(\S+\.toml)\n")
_EXIT_CODES = re.compile(r"(\| Code \| Meaning \|\n\|---\|---\|\n)((?:\|.*\n)*)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_REFERENCE = re.compile(r"\b([A-Z]+-\d{4}-\d{4})-[0-9A-Z]{4}\b")
_VARIES = (
    (_REFERENCE, r"\1-CODE"),
    (re.compile(r"\bL(\d+)(?:-[0-9a-f]{4}){4}\b"), r"L\1-ANCHOR"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "ISSUE"),
    (re.compile(r"\b([A-Z]{3}(?:-[A-Z]+)?-\d{4})-[0-9a-f]{8}\b"), r"\1-CALENDAR"),
    (re.compile(r"\bat \d\d:\d\d\b"), "at HH:MM"),
)


class Block(NamedTuple):
    """One block between fences: its language, its text, and where the text stands in the page."""

    language: str
    text: str
    start: int
    end: int


def blocks(page: str, language: str) -> list[Block]:
    """Return the blocks of this language, in order."""
    return [
        Block(found[1], found[2], found.start(2), found.end(2))
        for found in _BLOCK.finditer(page)
        if found[1] == language
    ]


def files(page: str) -> dict[str, str]:
    """Return the files that the page shows: name to text. One that begins with "# from" is an excerpt, kept so."""
    return {found[1]: block.text for block in blocks(page, "toml") if (found := _FILE.match(block.text))}


def held(text: str) -> str:
    """Return `text` with what differs from run to run replaced by its shape, and no blanks at the ends of lines."""
    for pattern, shape in _VARIES:
        text = pattern.sub(shape, text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


def says_the_same(shown: str, now: str) -> bool:
    """Return whether a block shows what its commands print now, but for what it leaves out at "…"."""
    parts = [re.escape(part) for part in re.split(r"^…\n", held(shown), flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), held(now)) is not None


def replayed(page: str, folder: Path) -> Iterator[tuple[Block, str]]:
    """Run every command of the page in `folder`, an empty one; yield each block with the text it has now."""
    for name, text in files(page).items():
        if "/" not in name:
            (folder / name).write_text(text, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ESCALATE_", "COLUMNS"))}
    environment |= {"PYTHONPATH": str(CHECKOUT), "TERM": "xterm-256color", "HOME": str(folder)}
    for block in blocks(page, "console"):
        lines = []
        for line in block.text.splitlines():
            if line.startswith("$ "):
                lines += [line, *_run(shlex.split(line[2:]), folder, environment)]
        yield block, "\n".join(lines) + "\n"


def rewritten(page: str, folder: Path) -> str:
    """Return the page with the output its commands have now, and every exit code; what says the same stays.

    A case keeps the reference by which the page first calls it.
    """
    called: dict[str, str] = {}
    for found in _REFERENCE.finditer(page):
        called.setdefault(found[1], found[0])
    for block, now in reversed(list(replayed(page, folder))):
        text = block.text if says_the_same(block.text, now) else now
        text = _REFERENCE.sub(lambda found: called.get(found[1], found[0]), text)
        page = page[: block.start] + text + page[block.end :]
    return _EXIT_CODES.sub(lambda found: found[1] + exit_code_rows(), page)


def exit_code_rows() -> str:
    """Return the rows of the table of exit codes."""
    from escalate.cli.front_page import EXIT_CODES

    return "".join(f"| {code} | {meaning} |\n" for code, meaning in EXIT_CODES)


def _run(words: list[str], folder: Path, environment: dict[str, str]) -> list[str]:
    """Return the lines that a command prints; `export NAME=VALUE` holds for those after it."""
    if words[0] == "export":
        environment |= dict(word.split("=", 1) for word in words[1:])
        return []
    if words[0] != "escalate":
        raise ValueError(f"{words[0]}: the page may show only escalate and export in a console block")
    said = _on_a_terminal([sys.executable, "-m", "escalate", *words[1:]], folder, environment)
    return [line.rstrip() for line in _COLOUR.sub("", said).replace("\r\n", "\n").rstrip("\n").split("\n")]


def _on_a_terminal(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    running = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    # Linux ends a terminal with an error rather than with nothing more to read.
    try:
        while more := os.read(ours, 4096):
            said += more
    except OSError:
        pass
    os.close(ours)
    running.wait()
    return said.decode()


def main() -> None:
    """Rewrite README.md where its commands print something else than it shows."""
    page = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="escalate-readme-") as folder:
        now = rewritten(page, Path(folder))
    README.write_text(now, encoding="utf-8")
    print("README.md: " + ("rewritten" if now != page else "as its commands print it"))


if __name__ == "__main__":
    main()
