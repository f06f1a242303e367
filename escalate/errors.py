"""What goes wrong, as values and as sentences: every error says where, what, and what to do next.

Nothing here ever holds a person's name or words: a case reference is enough to find them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place; a check returns all of them, in file order.

    `where` is `file:line`, a question's id or a table's name. `remedy` is empty where `what` says it all.
    """

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}\n    {self.remedy}" if self.remedy else line


class EscalateError(Exception):
    """A command cannot go on: what happened and what to do, in words a practitioner can act on.

    Args:
        what: `where: what`, without capital or full stop, never a person's name or words.
        remedy: what to do, preferably a command to paste.
        problems: the places at fault where there are several; printed one a line.
        recorded: what the command had already recorded, or None where it could not have written.
    """

    exit_code = 1
    heading = "error: "

    def __init__(
        self,
        what: str,
        *,
        remedy: str = "",
        problems: Sequence[Problem] = (),
        recorded: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.problems = tuple(problems)
        self.recorded = recorded


class AnswersMissing(EscalateError):
    """Standard input is not a terminal and answers are missing or of the wrong kind."""

    exit_code = 2


class CannotDecide(EscalateError):
    """The case does not allow it: a stage that does not exist, a date before the concern."""

    exit_code = 3


class NotFound(EscalateError):
    """No such case, policy, form, entry or deadline."""

    exit_code = 4


class SomeoneWasFirst(EscalateError):
    """Another person changed the case between reading it and recording."""

    exit_code = 5


class RouteOut(EscalateError):
    """This policy does not apply: another route does. Nothing is kept."""

    exit_code = 6
    heading = ""


class PolicyRefused(EscalateError):
    """A policy file has problems; none of it is used."""

    exit_code = 7


class FormRefused(EscalateError):
    """A form was not issued: blanks under --strict, recorded names, or it did not read back whole."""

    exit_code = 8


class LedgerRefused(EscalateError):
    """The database is newer, damaged, on a network share, or cannot be written."""

    exit_code = 9


class LedgerDamaged(LedgerRefused):
    """`verify` found an entry that is not as it was recorded."""

    exit_code = 10


class Interrupted(EscalateError):
    """Ctrl-C, Ctrl-D or a closed window: the answers so far are kept as a draft."""

    exit_code = 130
    heading = ""
