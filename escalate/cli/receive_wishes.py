"""What was typed with `escalate receive`, and which file's answers are come by how."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from escalate.ask.written_answers import Written, written_for_each
from escalate.cli.interviewing import read_written
from escalate.cli.receive_one import Way
from escalate.errors import AnswersMissing
from escalate.files.incoming import Incoming
from escalate.render.console import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was typed: which case and form, and how answers are come by.

    `written` are, of several files, the answers that --from holds for each of them that it names.
    """

    case: str = ""
    form: str = ""
    accept: bool = False
    log: bool = False
    hand: bool = False
    source: str | None = None
    written: Mapping[Incoming, Written] = field(default_factory=dict)
    passphrase_file: Path | None = None
    plain: bool = False
    as_json: bool = False

    @property
    def only_looks(self) -> bool:
        """Whether nothing may be recorded: a program asked what the files say, or there is nobody to ask."""
        if self.accept or self.source is not None:
            return False
        return self.as_json or not sys.stdin.isatty()

    @property
    def takes_as_proposed(self) -> bool:
        """Whether nobody says of any field what becomes of it."""
        return self.accept and self.source is None and not self.only_looks

    @property
    def asks(self) -> bool:
        """Whether a person decides about each file."""
        return not (self.only_looks or self.accept or self.source is not None)

    def way(self, file: Incoming, *, alone: bool) -> Way:
        """Return how the answers about one file are come by.

        Raises:
            AnswersMissing: it is one of several, the answers do not name it, and nothing is to be taken as proposed.
        """
        source = self.source if alone else self.written.get(file)
        if source is None and self.source is not None and not self.accept:
            raise AnswersMissing(
                f"{file.where}: there are no answers under its name",
                remedy="write them under its own name, in quotes; or --accept takes the rest as proposed",
                recorded="",
            )
        return Way(accept=self.accept, log=self.log, source=source, plain=self.plain)


def answers_of_each(source: str, files: Sequence[Incoming], screen: Screen | None) -> dict[Incoming, Written]:
    """Return which answers of a file are about which of several files: those in the table of its name.

    Args:
        screen: where the files are listed by name if the answers name another, which an error does not say.
    Raises:
        AnswersMissing: it cannot be read, or an answer in it is about none of the files, or about two.
    """
    written = read_written(source)
    try:
        found = written_for_each(written, [file.path.name for file in files])
    except AnswersMissing:
        if screen:
            screen.say("The files are:")
            screen.lines([file.path.name for file in files], indent=2)
        raise
    return {files[place]: answers for place, answers in found.items()}
