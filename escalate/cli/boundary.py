"""The one place where errors become words on standard error, and an exit code.

An `EscalateError` is something a person can act on; anything unforeseen is a fault in escalate, shown as the lines of
code it passed through and nothing else: neither local variables nor the exception's message, which may quote a case.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from escalate.cli.verbs import Verb
from escalate.errors import EscalateError

FULL_TRACEBACK = "ESCALATE_TRACEBACK"
MISTYPED, FAULT, STOPPED, PIPE_CLOSED = 2, 70, 130, 141
# A file that came in is never called by its own name, which may be a child's.
_ONLY_FILE = "the file: "
_SAID_OF_A_FILE = ("is", "has", "holds", "would", "refers", "cannot")


class Mistyped(EscalateError):
    """What was typed is not a command: no such verb or option, or an argument is missing."""

    exit_code = MISTYPED


def explain(error: BaseException, verb: Verb | None) -> int:
    """Say on standard error what went wrong and what to do, and return the exit code.

    Args:
        error: what reached the top of the program.
        verb: the verb that was running, or None where none was found.
    """
    records = verb is not None and verb.records
    if isinstance(error, BrokenPipeError):
        return _leave_quietly()
    if isinstance(error, EscalateError):
        return _say(fitted(format_error(error, records=records)), error.exit_code)
    if isinstance(error, KeyboardInterrupt):
        return _say(fitted(_stopped(records=records)), STOPPED)

    # Whatever else it is, typer was already imported to run the verb, or this is a fault.
    from typer import Abort
    from typer._click.exceptions import ClickException, NoArgsIsHelpError

    if isinstance(error, Abort):
        return _say(fitted(_stopped(records=records)), STOPPED)
    if isinstance(error, NoArgsIsHelpError) and error.ctx is not None:
        print(error.ctx.get_help())
        return 0
    if isinstance(error, ClickException):
        return _say(fitted(format_error(_mistyped(error), records=records)), MISTYPED)
    return _say(format_fault(error, records=records), FAULT)


def format_error(error: EscalateError, *, records: bool) -> str:
    """Return the error as a person reads it: what, each problem, what to do, and what was recorded.

    Args:
        error: `error.recorded` is None where it was raised before anything could be written.
        records: whether the verb can write at all; a verb that only reads says nothing about it.
    """
    lines = [f"{error.heading}{_of_the_file(error.what)}", *(str(problem) for problem in error.problems)]
    if error.remedy:
        lines += [f"    {line}" for line in error.remedy.splitlines()]
    if error.recorded:
        lines.append(error.recorded)
    elif records or error.recorded is not None:
        lines.append("Nothing was recorded.")
    return visible("\n".join(lines))


def _of_the_file(what: str) -> str:
    """Return what is wrong with the only file given as a clause: of several, each is called by its number before it."""
    _, is_only, said = what.partition(_ONLY_FILE)
    if not is_only or not what.startswith(_ONLY_FILE):
        return what
    return f"the file {said}" if said.split(" ", 1)[0] in _SAID_OF_A_FILE else said


def format_fault(error: BaseException, *, records: bool) -> str:
    """Return a traceback without local variables, messages or this person's folders, and whom to tell."""
    if os.environ.get(FULL_TRACEBACK) == "full":
        lines = ["".join(traceback.format_exception(error)).rstrip()]
    else:
        lines = [line for link in _chain(error) for line in _path_through_code(link)]
    # The lines of code stay as they are, so that they can be reported.
    said = [
        "",
        "error: escalate has a fault; this is not something you did",
        "    please report it with the lines above: they name code, and nothing from a case",
    ]
    if records:
        said.append("escalate list shows what was recorded, escalate verify whether it is whole.")
    return visible("\n".join([*lines, fitted("\n".join(said))]))


def fitted(text: str) -> str:
    """Return lines for standard error, each wrapped between words where that is a terminal; else as they are."""
    if not sys.stderr.isatty():
        return text
    from escalate.ask.pages import wrapped_page

    fallback = (80, 24)
    with suppress(OSError, ValueError):
        fallback = os.get_terminal_size(sys.stderr.fileno())
    return wrapped_page(text, shutil.get_terminal_size(fallback).columns)


def visible(text: str) -> str:
    """Return `text` with every character a terminal would obey, or not show, written out as an escape."""
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)


def _mistyped(error: Exception) -> Mistyped:
    """Typer's complaint, in our shape: no capital, no full stop, and where to look."""
    from typer._click.exceptions import ClickException, UsageError

    said = error.format_message() if isinstance(error, ClickException) else str(error)
    path = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else "escalate"
    what = said[:1].lower() + said[1:].rstrip(".")
    if "unexpected extra argument" in what:
        # What was typed may be a name: it is not said again.
        what = "more was typed than it takes; names and words are asked for, or read from a file"
    return Mistyped(f"{path}: {what}", remedy=f"see: {path} --help")


def _stopped(*, records: bool) -> str:
    if records:
        return "Stopped. Nothing recorded before that is lost: escalate list shows it."
    return "Stopped."


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, first cause first."""
    links = [error]
    while True:
        last = links[-1]
        before = last.__cause__ or (None if last.__suppress_context__ else last.__context__)
        if before is None or before in links:
            return links[::-1]
        links.append(before)


def _path_through_code(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__qualname__}, through"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        if frame.line:
            yield f"    {frame.line}"


def _short(file_name: str) -> str:
    """The file's path from its package on: the folders before it can hold a person's name."""
    parts = Path(file_name).parts
    for top in ("site-packages", "escalate"):
        if top in parts:
            start = len(parts) - parts[::-1].index(top) - (1 if top == "escalate" else 0)
            return "/".join(parts[start:])
    return parts[-1] if parts else file_name


def _say(words: str, code: int) -> int:
    try:
        print(words, file=sys.stderr, flush=True)
    except BrokenPipeError:
        return _leave_quietly()
    return code


def _leave_quietly() -> int:
    """Point the broken stream at nothing, so that Python's own flush at exit has nothing to complain of."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            os.dup2(nothing, stream.fileno())
    return PIPE_CLOSED
