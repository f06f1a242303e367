"""Several files received one after the other: what is refused stops no other, and is said again at the end."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property

from escalate.casework.desk import Desk, Recorded
from escalate.casework.receiving import Looked, Said, already_received, look, removed_since
from escalate.casework.receiving_opening import as_opened, may_be_put_to_us
from escalate.casework.receiving_reading import KnownForms
from escalate.cli import receive_hand
from escalate.cli.boundary import fitted, format_error
from escalate.cli.handover import take_in_at_terminal
from escalate.cli.interviewing import typed_one_of
from escalate.cli.receive_one import OFF_A_TERMINAL, Way, belonging, decide_and_record, differences, is_unchanged
from escalate.cli.receive_opening import is_to_be_opened, left_with_its_case, open_from, questions_ahead
from escalate.cli.receive_said import recorded_as_plain, say_recorded_form
from escalate.cli.receive_wishes import Wishes
from escalate.errors import AnswersMissing, EscalateError, FormRefused, Interrupted, Problem
from escalate.files.docx.opener import FileDamaged
from escalate.files.incoming import Gathered, Incoming, ending_of, read_incoming
from escalate.files.sealed import is_sealed
from escalate.render.console import NOTICE, Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json
from escalate.render.received_json import form_data
from escalate.render.received_page import say_form


@dataclass
class Receiving:
    """One run of the verb: `receive` is all that is meant to be called.

    `told` is what --json says of each file, `refused` what was wrong with which. `waiting` are read and not decided
    about; `unknown` says that one of them may be of a case to be opened here.
    """

    desk: Desk
    wishes: Wishes
    screen: Screen
    told: list[dict[str, object]] = field(default_factory=list)
    refused: list[tuple[str, EscalateError]] = field(default_factory=list)
    recorded: int = 0
    waiting: int = 0
    unknown: bool = False

    @cached_property
    def forms(self) -> KnownForms:
        return KnownForms.of(self.desk)

    @property
    def said(self) -> Said:
        return Said(self.wishes.case, self.wishes.form)

    def receive(self, gathered: Gathered) -> None:
        """Receive every file in order.

        Raises:
            AnswersMissing: there is nobody to ask, and --accept was not given.
            EscalateError: of the one file, or of all that were refused, at the end.
        """
        self.desk.setup()
        files = gathered.files
        if not self.wishes.as_json:
            self._say_aside(gathered)
        if len(files) > 1 and self.wishes.asks:
            files = self._unchanged_together(files)
        for file in files:
            self._one(file, alone=len(gathered.files) == 1)
        if self.wishes.as_json and (self.told or not self.recorded):
            print_json("received", {"files": self.told, "notice": NOTICE})
        self._end(len(gathered.files))

    def _one(self, file: Incoming, *, alone: bool) -> None:
        about: dict[str, object] = {"file": file.path, "outcome": "refused"}
        if not alone and not self.wishes.as_json:
            self.screen.heading(f"{file.where}: {file.path.name}")
        try:
            about |= self._received(file, alone=alone)
        except Interrupted as left:
            left.recorded = self._before_that() or left.recorded
            raise
        except EscalateError as error:
            if alone:
                raise
            self.refused.append((file.where, error))
            about |= {"error": _error_as_plain(error)}
            if not self.wishes.as_json:
                error.recorded = error.recorded or "Of this file nothing was recorded."
                print(fitted(format_error(error, records=True)), file=sys.stderr)
        if about["outcome"] != "taken over":
            self.told.append(about)

    def _received(self, file: Incoming, *, alone: bool) -> dict[str, object]:
        """Receive one file; return its outcome as --json tells it."""
        content = read_incoming(file)
        if is_sealed(content):
            return self._taken_over(file, alone=alone)
        if before := already_received(self.desk, content):
            if not self.wishes.as_json:
                self.screen.say(f"This file was received already: {before.reference}, entry {before.entry}.")
                self.screen.say("Nothing is changed.")
            return {"outcome": "received already", "reference": before.reference, "entry": before.entry}
        if self.wishes.hand:
            return self._typed_in(file, content)
        try:
            looked = as_opened(self.desk, look(self.desk, content, file.where, self.forms, self.said))
        except FormRefused as refused:
            return self._unreadable(file, content, refused)
        if entry := removed_since(looked.whose.opened, looked.digest):
            return self._removed_since(looked, entry)
        return self._shown_and_recorded(file, looked, alone=alone)

    def _removed_since(self, looked: Looked, entry: int) -> dict[str, object]:
        reference = looked.whose.opened.case.reference if looked.whose.opened else ""
        if not self.wishes.as_json:
            self.screen.say(f"This file was received already: {reference}, entry {entry}; words were removed since.")
            self.screen.say("Nothing is changed.")
        return {"outcome": "received already, and words removed since", "reference": reference, "entry": entry}

    def _shown_and_recorded(self, file: Incoming, looked: Looked, *, alone: bool) -> dict[str, object]:
        differing = differences(self.desk, looked)
        said = form_data(looked.form, differing, belonging(looked.whose))
        if not self.wishes.as_json:
            belongs = belonging(looked.whose, as_proposed=self.wishes.takes_as_proposed)
            say_form(self.screen, looked.form, differing, belongs)
        may_open = may_be_put_to_us(self.desk, looked)
        if self.wishes.only_looks:
            self.waiting += 1
            self.unknown |= may_open
            to_open = {"to_open": questions_ahead(self.desk, looked)} if may_open and self.wishes.as_json else {}
            return {"outcome": "read", **said, **to_open}
        if not alone and self.wishes.asks and self._leaves_for_later():
            return {"outcome": "left aside", **said}
        if may_open and self.wishes.asks and is_to_be_opened(self.desk, looked, self.screen):
            return {**said, **self._opened_from(looked, self.wishes.way(file, alone=alone))}
        done = decide_and_record(self.desk, looked, self.wishes.way(file, alone=alone))
        if done is None:
            self.screen.say("Left aside: nothing was recorded of it.")
            return {"outcome": "left aside", **said}
        return {**said, **self._said_recorded(done[0])}

    def _opened_from(self, looked: Looked, way: Way) -> dict[str, object]:
        """Open the form's case at our agency, then receive the form as what it is: one of a known case."""
        looked = open_from(self.desk, looked, self.screen, plain=self.wishes.plain)
        self.screen.heading("The form that it was opened from")
        say_form(self.screen, looked.form, differences(self.desk, looked), belonging(looked.whose))
        try:
            done = decide_and_record(self.desk, looked, way)
        except Interrupted as left:
            raise left_with_its_case(left, looked) from left
        return self._said_recorded(done[0]) if done else {"outcome": "left aside"}

    def _leaves_for_later(self) -> bool:
        """Whether a person passes over this one of several, which would otherwise end the run."""
        self.screen.gap()
        self.screen.say("1  decide on it now", indent=2, hang=3)
        self.screen.say("2  leave it for later: nothing is recorded of it", indent=2, hang=3)
        return typed_one_of("1", "2") == "2"

    def _said_recorded(self, recorded: Recorded) -> dict[str, object]:
        self.recorded += 1
        if not self.wishes.as_json:
            say_recorded_form(self.desk, self.screen, recorded)
        return {"outcome": "recorded", "recorded": recorded_as_plain(self.desk, recorded)}

    def _taken_over(self, file: Incoming, *, alone: bool) -> dict[str, object]:
        if self.wishes.as_json and not alone:
            raise FormRefused(
                f"{file.where}: is a case that was handed over, which --json takes on its own",
                remedy="receive it by itself",
                recorded="",
            )
        wishes = self.wishes
        take_in_at_terminal(
            self.desk, file.path, passphrase_file=wishes.passphrase_file, plain=wishes.plain, as_json=wishes.as_json
        )
        self.recorded += 1
        return {"outcome": "taken over"}

    def _unreadable(self, file: Incoming, content: bytes, refused: FormRefused) -> dict[str, object]:
        """Offer to type in what only a person can read; what else is no form, or pretends to be one, is refused."""
        if ending_of(content) in (".docx", ".bin") and not isinstance(refused, FileDamaged):
            raise refused
        refused.remedy = f"{refused.remedy}; or type in what it says, beside the file: escalate receive FILE --hand"
        if not self.wishes.asks:
            raise refused
        self.screen.say(f"{refused.what[:1].upper()}{refused.what[1:]}.")
        self.screen.say("1  type in what it says; the file is kept beside it", indent=2, hang=3)
        self.screen.say("2  leave it aside", indent=2, hang=3)
        if typed_one_of("1", "2") == "2":
            return {"outcome": "left aside"}
        return self._typed_in(file, content)

    def _typed_in(self, file: Incoming, content: bytes) -> dict[str, object]:
        if self.wishes.only_looks:
            raise AnswersMissing(
                f"{file.where}: nobody can be asked what it says",
                remedy="write it in a file: --hand --from answers.toml",
                recorded="",
            )
        done = receive_hand.type_in(self.desk, content, file.where, self.forms, self.wishes)
        if done is None:
            self.screen.say("Left aside: nothing was recorded of it.")
            return {"outcome": "left aside"}
        return self._said_recorded(done)

    def _unchanged_together(self, files: tuple[Incoming, ...]) -> tuple[Incoming, ...]:
        """List the forms that came back as they went out, and record them together if a person says so.

        Returns:
            The files that are still to be received one by one.
        """
        unchanged = {file: looked for file in files if (looked := self._if_unchanged(file))}
        if not unchanged:
            return files
        self.screen.heading("These came back as they went out")
        for file, looked in unchanged.items():
            case = looked.whose.opened.case.reference if looked.whose.opened else ""
            self.screen.say(f"{file.path.name}: {looked.form.definition.title}, case {case}", indent=2, hang=2)
        self.screen.say(
            f"1  record {format_count(len(unchanged), 'form')} as received today, unchanged", indent=2, hang=3
        )
        self.screen.say("2  look at each one", indent=2, hang=3)
        self.screen.say("3  leave them aside", indent=2, hang=3)
        chosen = typed_one_of("1", "2", "3")
        if chosen == "2":
            return files
        for file, looked in unchanged.items() if chosen == "1" else ():
            self._record_unchanged(file, looked)
        return tuple(file for file in files if file not in unchanged)

    def _if_unchanged(self, file: Incoming) -> Looked | None:
        try:
            content = read_incoming(file)
            if is_sealed(content) or already_received(self.desk, content):
                return None
            looked = look(self.desk, content, file.where, self.forms, self.said)
            return looked if is_unchanged(self.desk, looked) else None
        except EscalateError:
            return None  # said when its turn comes

    def _record_unchanged(self, file: Incoming, looked: Looked) -> None:
        done = decide_and_record(self.desk, looked, Way(accept=True, plain=self.wishes.plain))
        if done is not None:
            self.recorded += 1
            entry = done[0].events[0].sequence
            reference = done[0].after.case.reference
            self.screen.say(f"Recorded in {reference}, entry {entry}: {file.path.name}", indent=2, hang=2)

    def _say_aside(self, gathered: Gathered) -> None:
        if gathered.aside:
            self.screen.say("No Word documents, and not looked at here; each can be typed in, with --hand:")
            for path in gathered.aside:
                self.screen.say(path.name, indent=2)

    def _before_that(self) -> str:
        return f"{format_count(self.recorded, 'file')} received before that." if self.recorded else ""

    def _places_refused(self) -> str:
        """Return which files were refused, by their places, as each was called: "file 3, 9, 12"."""
        places = [where.removeprefix("file ").split(" of ")[0] for where, _ in self.refused]
        return f"file {', '.join(places)}"

    def _end(self, count: int) -> None:
        if self.refused:
            codes = {error.exit_code for _, error in self.refused}
            first = self.refused[0][1]
            refusal = type(first) if len(codes) == 1 else EscalateError
            raise refusal(
                f"{len(self.refused)} of {count} files were refused",
                problems=[Problem("", _said_of(where, error), error.remedy) for where, error in self.refused],
                recorded=f"{self.recorded or 'None'} recorded, {len(self.refused)} refused: {self._places_refused()}.",
            )
        if self.waiting and not self.wishes.as_json:
            raise AnswersMissing(
                "standard input is not a terminal, so nobody can say what of it counts",
                remedy="--accept records it with what is proposed; --json gives what was read"
                + (f"\n{OFF_A_TERMINAL}" if self.unknown else ""),
                recorded=self._before_that(),
            )


def _error_as_plain(error: EscalateError) -> dict[str, object]:
    problems = [{"where": one.where, "what": one.what, "remedy": one.remedy} for one in error.problems]
    return {"what": error.what, "remedy": error.remedy, "exit_code": error.exit_code, "problems": problems}


def _said_of(where: str, error: EscalateError) -> str:
    """Return what was wrong with one of several files, saying which: an error about its answers does not."""
    return error.what if error.what.startswith(where) else f"{where}: {error.what}"
