"""The forms that are due, offered to somebody at a terminal once a stage was entered or a case has ended."""

from __future__ import annotations

import sys

from escalate.casework.desk import OpenCase
from escalate.core.forms.due import forms_due
from escalate.core.logged import is_logged
from escalate.core.policy import follow


def write_forms_due(opened: OpenCase, source: str | None, *, plain: bool, as_json: bool) -> None:
    """Ask at a terminal whether the forms that are due are to be written now, and write them as `export` does.

    Off a terminal, or where answers came from a file, nothing is asked and nothing is written. The desk must be
    closed: `export` opens its own.
    """
    is_asked = source is None and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
    owed = [due for due in forms_due(opened.case, follow(opened.policy)) if due.standing == "owed"]
    if not (is_asked and owed) or is_logged(opened.case):
        return
    from escalate.cli.interviewing import say, typed_one_of
    from escalate.errors import Interrupted

    say(f"\nDue now: {', '.join(due.use.title for due in owed)}.")
    say("Write the forms that are due now? (yes/no)")
    try:
        typed = typed_one_of("yes", "no", "y", "n")
    except Interrupted:  # everything is recorded by now: leaving here is a no
        typed = "no"
    if typed.startswith("y"):
        from escalate.cli import export

        export.command(opened.case.reference, plain=plain)
    else:
        say(f"Later: escalate export {opened.case.reference}")
