"""The command line: finds the verb that was typed, runs it, and turns what goes wrong into words.

`escalate --help` and `--version` come from a table and import no verb; a verb's module is imported when it is typed.
`escalate` alone shows what needs doing today.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from escalate import __version__
from escalate.cli.quick import quick
from escalate.cli.verbs import VERBS, Verb, verb_named

if TYPE_CHECKING:
    from typer._click import Command, Context

HELP_FLAGS = ("--help", "-h")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (listed in `escalate.cli.front_page.EXIT_CODES`).

    Args:
        argv: what was typed after `escalate`; by default the process's own arguments.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    first = arguments[0] if arguments else ""
    verb = verb_named(first)
    _say_pretended_day()
    try:
        if (verb or not first) and (sys.stdin.isatty() or sys.stdout.isatty()):
            from escalate.cli.plain_once import settle_plain

            settle_plain()
        if not arguments:
            from escalate.cli.front_page import show_today

            code: int | None = show_today()
        else:
            code = quick(arguments)
        if code is None:
            code = _run(verb, arguments[1:]) if verb else _without_verb(first, arguments[1:])
        sys.stdout.flush()
        return code
    except (Exception, KeyboardInterrupt) as error:
        from escalate.cli.boundary import explain

        return explain(error, verb)


def load(verb: Verb) -> Command:
    """Return the verb's parsed command, importing its module and no other verb's.

    Help is plain text: it reads the same on a narrow terminal, through a pipe and to a screen reader.
    """
    import typer

    from escalate.cli.parts import found_at, group_of, parsed

    found = found_at(verb.home)
    if isinstance(found, tuple):
        command: Command = group_of(verb.name, f"{verb.says[:1].upper()}{verb.says[1:]}.", found)
    else:
        command = parsed(found, verb.name)
    if isinstance(command, typer.core.TyperGroup):
        command.no_args_is_help = True
    # "\b" is click's mark for a paragraph whose lines stay as they are.
    command.epilog = "\n".join(["\b", "Examples:", *(f"  {example}" for example in verb.examples)])
    return command


def _run(verb: Verb, arguments: list[str]) -> int:
    command = load(verb)
    from typer import Exit

    # Not `command.main()`: it would swallow Ctrl-C and broken pipes before the boundary sees them.
    try:
        with _read(command, verb, arguments) as context:
            command.invoke(context)
    except Exit as end:
        return int(end.exit_code)
    return 0


def _read(command: Command, verb: Verb, arguments: list[str]) -> Context:
    """Return what was typed as typer reads it; a verb of one case typed without one is given the case meant."""
    from typer._click.exceptions import MissingParameter

    try:
        return command.make_context(f"escalate {verb.name}", list(arguments))
    except MissingParameter as error:
        from escalate.cli.which_case import OF_A_CASE, case_meant

        if verb.name not in OF_A_CASE or error.param is None or error.param.name != "reference":
            raise
        meant = case_meant(verb.name, arguments)
    return command.make_context(f"escalate {verb.name}", [meant, *arguments])


def _without_verb(first: str, rest: list[str]) -> int:
    if first == "help" and rest and (verb := verb_named(rest[0])):
        return _run(verb, ["--help"])
    if first in HELP_FLAGS or first == "help":
        from escalate.cli.front_page import format_help

        print(format_help())
        return 0
    if first == "--version":
        print(f"escalate {__version__}")
        return 0
    from escalate.cli.boundary import Mistyped

    if first.startswith("-"):
        # Only a verb is said again: whatever else was typed may be a name.
        after = next((word for word in rest if verb_named(word)), "")
        remedy = f"write it after the verb: escalate {after} {first}" if after else "see: escalate --help"
        raise Mistyped(f'no such option "{first}" before a verb', remedy=remedy)
    near = _verbs_like(first)
    raise Mistyped(
        f'no such verb "{first}"',
        remedy="did you mean: " + ", ".join(f"escalate {name}" for name in near) if near else "see: escalate --help",
    )


def _verbs_like(name: str) -> list[str]:
    """Return the names of up to three verbs that `name` may have been meant for, nearest first."""
    from difflib import get_close_matches

    return get_close_matches(name.lower(), [verb.name for verb in VERBS], n=3, cutoff=0.5)


def _say_pretended_day() -> None:
    """Say that another day than today is pretended, through a pipe too: forgotten, it would be recorded."""
    day = os.environ.get("ESCALATE_TODAY", "").strip()
    if not day:
        return
    from escalate.cli.chosen_draft import chosen_draft

    if not chosen_draft.get():  # a draft gone on with is a verb within `resume`, which has said it
        print(f"Pretending it is {day} (ESCALATE_TODAY)", file=sys.stderr)


def _speak_utf8() -> None:
    """Make the standard streams UTF-8: redirected on Windows they are not, and "Łukasz" could not be written."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")
