"""The passphrase of a protected file: typed unseen, read from a file, or made; never kept, and in no answer."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from escalate.errors import AnswersMissing, Interrupted
from escalate.files.sealed import SHORTEST_PASSPHRASE, new_passphrase, plain_passphrase


def new_passphrase_at_terminal() -> str:
    """Return a passphrase that was typed twice, or one made here, which is shown.

    Raises:
        AnswersMissing, Interrupted: nobody can be asked, or the person left.
    """
    must_be_a_terminal()
    while True:
        typed = typed_unseen(f"Passphrase, {SHORTEST_PASSPHRASE} characters or more; Enter alone makes one: ")
        if not typed.strip():
            made = new_passphrase()
            print(f"The passphrase is:  {made}", file=sys.stderr)
            print("Write it down now: it is kept nowhere, and without it the file cannot be read.", file=sys.stderr)
            return made
        if len(plain_passphrase(typed)) < SHORTEST_PASSPHRASE:
            print(f"It has fewer than {SHORTEST_PASSPHRASE} characters.", file=sys.stderr)
        elif typed_unseen("The passphrase again: ") != typed:
            print("The two are not alike.", file=sys.stderr)
        else:
            return typed


def must_be_a_terminal() -> None:
    """Refuse to ask for a passphrase where nobody can be asked.

    Raises:
        AnswersMissing: standard input is no terminal.
    """
    if not sys.stdin.isatty():
        raise AnswersMissing(
            "the passphrase is missing, and there is no terminal to ask at",
            remedy="write it in the first line of a file that only you can read: --passphrase-file FILE",
            recorded="",
        )


def typed_unseen(question: str) -> str:
    """Return what was typed, without showing it.

    Raises:
        Interrupted: the person left.
    """
    try:
        return getpass.getpass(question, stream=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        raise Interrupted("left before anything was done", remedy="run the same command again", recorded="") from None


def read_passphrase(path: Path, *, shortest: int = SHORTEST_PASSPHRASE) -> str:
    """Return the first line of a file.

    Raises:
        AnswersMissing: it cannot be read, or the line is too short.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(1_000).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise AnswersMissing(
            "the file with the passphrase cannot be read", remedy="check its name", recorded=""
        ) from None
    if len(plain_passphrase(line)) < shortest:
        raise AnswersMissing(
            f"the passphrase in the file has fewer than {shortest} characters" if shortest > 1 else "the file is empty",
            remedy="write it in the first line of the file",
            recorded="",
        )
    return line
