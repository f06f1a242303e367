"""The verbs, as a table: what each is called and does, and where it lives. Importing it imports no verb.

How to write a verb. Put a module in `escalate/cli/` and name it in a table beside this one as `module:attribute`. The
attribute is either

- a function with typer's annotations, for a verb of its own. Its docstring is the help; it takes what was typed, calls
  one use case, shows the result and returns nothing. Another exit code than 0 is `raise typer.Exit(code)`:

      def command(reference: Annotated[str, typer.Argument(metavar="REF")]) -> None:
          \"\"\"Show one case with its chronology.\"\"\"

- or a `typer.Typer()`, or a table of `escalate.cli.parts.Part`, for a verb with parts of its own (`policy list`). Of a
  table only the part that was typed is imported.

Only the module of the verb that was typed is imported. Errors are raised, never printed: `escalate.cli.boundary` turns
them into words and an exit code. The examples below are printed by `escalate VERB --help`.
"""

from __future__ import annotations

from escalate.cli.verbs.looking import LOOKING_VERBS
from escalate.cli.verbs.of_a_case import CASE_VERBS
from escalate.cli.verbs.partnership import PARTNERSHIP_VERBS
from escalate.cli.verbs.trust import TRUST_VERBS
from escalate.cli.verbs.verb import Verb

__all__ = ["VERBS", "Verb", "verb_named"]

VERBS: tuple[Verb, ...] = (*CASE_VERBS, *LOOKING_VERBS, *PARTNERSHIP_VERBS, *TRUST_VERBS)


def verb_named(name: str) -> Verb | None:
    """Return the verb of exactly this name, or None."""
    return next((verb for verb in VERBS if verb.name == name), None)
