"""The passphrase of a protected file: typed unseen, read from a file, or made; never kept, and in no answer."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from escalate.ask.keyboard import BACK, HELP, HELP_AND_POLICY, LEAVE
from escalate.ask.plain_prompts import forget_typed_ahead
from escalate.cli.boundary import fitted
from escalate.errors import AnswersMissing, Interrupted
from escalate.files.sealed import SHORTEST_PASSPHRASE, DoesNotOpen, new_passphrase, plain_passphrase

Opened = TypeVar("Opened")
_TRIES = 3
_UNSEEN = "What you type is not shown. ? helps; < or Ctrl-C leaves."
_NOT_COUNTED = "Its capitals do not count, nor how many spaces stand between two words."
_LEAVES = "Nothing is recorded where you leave, with <, q or Ctrl-C."


def new_passphrase_at_terminal() -> str:
    """Return a passphrase that was typed twice, or one made here, which is shown.

    Raises:
        AnswersMissing, Interrupted: nobody can be asked, or the person left.
    """
    must_be_a_terminal()
    _say(_UNSEEN)
    while True:
        typed = _asked(
            f"Passphrase, {SHORTEST_PASSPHRASE} characters or more; Enter alone makes one: ", _help_with_a_new_one
        )
        if not typed.strip():
            made = new_passphrase()
            _say(f"The passphrase is:  {made}")
            _say("Write it down now: it is kept nowhere, and without it the file cannot be read.")
            return made
        if len(plain_passphrase(typed)) < SHORTEST_PASSPHRASE:
            _say(f"It has fewer than {SHORTEST_PASSPHRASE} characters.")
        elif _asked("The passphrase again: ", _help_with_a_new_one) != typed:
            _say("The two are not alike.")
        else:
            return typed


def opened_at_terminal(opens: Callable[[str], Opened]) -> Opened:
    """Return what the passphrase of a file opens, which is asked for three times at most.

    Raises:
        DoesNotOpen: none of the three opens it.
        AnswersMissing, Interrupted: nobody can be asked, or the person left.
    """
    must_be_a_terminal()
    _say(_UNSEEN)
    _say(f"You have {_TRIES} tries.")
    left = _TRIES

    def helps() -> None:
        _say("It is the passphrase that goes with this file: whoever handed the case over tells it by telephone.")
        _say(f"{_NOT_COUNTED} What you type is not shown. {_tries(left)}: ? is none.")
        _say(_LEAVES)

    while True:
        passphrase = _asked("Passphrase of the file: ", helps)
        try:
            return opens(passphrase)
        except DoesNotOpen as refused:
            left -= 1
            if not left:
                refused.remedy = (
                    "that was the last try; to begin again: run the same command again\n"
                    "if the passphrase is the right one: ask for the file again. Nothing in it was read."
                )
                # Who hears too late that this was the last try types on: it is not meant for the shell.
                forget_typed_ahead()
                raise
            _say(f"{refused.what[:1].upper()}{refused.what[1:]}. {_tries(left)}.")


def _tries(left: int) -> str:
    return "1 try is left" if left == 1 else f"{left} tries are left"


def _help_with_a_new_one() -> None:
    _say("Whoever takes the case in needs it to open the file: tell it by telephone, not in the same e-mail.")
    _say(f"It has {SHORTEST_PASSPHRASE} characters or more, and you type it twice. {_NOT_COUNTED}")
    _say("Enter alone makes one of five words, and shows it. What you type yourself is not shown.")
    _say(_LEAVES)


def _asked(question: str, helps: Callable[[], None]) -> str:
    """Return what was typed unseen, once it is no sign.

    Raises:
        Interrupted: the person left.
    """
    while True:
        typed = typed_unseen(question)
        match typed.strip().casefold():
            case sign if sign in (HELP, HELP_AND_POLICY):
                helps()
            case sign if sign in (BACK, LEAVE):
                raise _left()
            case _:
                return typed


def _say(line: str) -> None:
    print(fitted(line), file=sys.stderr, flush=True)


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
        before, last = fitted(question.rstrip()).rpartition("\n")[::2]
        if before:
            print(before, file=sys.stderr, flush=True)
        return getpass.getpass(f"{last} ", stream=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        raise _left() from None


def _left() -> Interrupted:
    return Interrupted("left before anything was done", remedy="run the same command again", recorded="")


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
