"""How a verb comes by its answers: asked at a terminal, with a draft; else read from a file or standard input."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from escalate import clock
from escalate.ask.answer_file import answers_from_file
from escalate.ask.answering import columns
from escalate.ask.conversation import Beside, LeftOff, Occasion, Save, keep_nothing
from escalate.ask.editor import WritingRoom
from escalate.ask.pages import wrapped_page
from escalate.ask.plain_prompts import PlainKeyboard, forget_typed_ahead
from escalate.ask.question import Script
from escalate.ask.scripts.safety import emergency_lines
from escalate.ask.written_answers import Written
from escalate.casework.desk import Desk, DraftOf
from escalate.cli.chosen_draft import chosen_draft
from escalate.cli.sitting import known_at
from escalate.core.answers import Answers, answers_from_plain, answers_to_plain
from escalate.errors import AnswersMissing, EscalateError, Interrupted
from escalate.render.console import visible
from escalate.store.being_written import close_mark, open_mark, room_of
from escalate.store.case_list import case_in_short
from escalate.store.draft_held import HeldDraft
from escalate.store.drafts import Draft
from escalate.store.drafts_left import draft_left, recorded_as

Given = tuple[Answers, DraftOf | None]


class Interviewer:
    """One verb's way to its answers.

    Args:
        verb: the verb's name, under which a draft is kept.
        source: the file named with --from, "-" for standard input, or None; or what was read from it already.
        plain: ask without redrawing, line by line.
        keeps_draft: False where the answers themselves must not be kept: words to be removed.

    `first_entry` may be set to the id that the first entry of what is answered is to have; "" for a new one.
    """

    def __init__(
        self, desk: Desk, verb: str, source: str | Written | None, *, plain: bool, keeps_draft: bool = True
    ) -> None:
        self.desk, self.verb, self.source = desk, verb, source
        self.keeps_draft = keeps_draft
        self.first_entry = ""
        self.plain = plain or bool(os.environ.get("ESCALATE_PLAIN")) or os.environ.get("TERM") == "dumb"

    def answers(
        self,
        script: Script,
        stream: str = "",
        given: Callable[[str], Answers] | None = None,
        beside: Beside | None = None,
    ) -> Given:
        """Return complete answers, and the draft they came from where they were asked for and are kept.

        Args:
            stream: the case, or "" before there is one; where a form opens it, what tells its case from others.
            given: makes answers that a file implies, from its text.
            beside: what stands beside the questions at a terminal: guidance, and what will follow.
        Raises:
            AnswersMissing: there is no terminal, and required answers are missing.
            Interrupted: the person left; the draft is kept, if this verb keeps one.
            RouteOut: another route applies; nothing is kept.
        """
        if self.source is None and sys.stdin.isatty():
            forget_typed_ahead()
            beside = replace(beside or Beside(), about=self._which_case(stream))
            # What a program reads from standard output holds no question.
            with redirect_stdout(sys.stdout if sys.stdout.isatty() else sys.stderr):
                if not self.keeps_draft:
                    return self._held(script, Answers(), keep_nothing, beside), None
                return self._asked(script, stream, beside)
        written = self.source if isinstance(self.source, Written) else read_written(self.source)
        implied = given(written.text) if given else Answers()
        try:
            answers, notes = answers_from_file(script, written.text, written.where, implied, written.table)
        except EscalateError:
            if answers_risk(written.text):  # whom to telephone comes before what is wrong with the file
                print(emergency_lines(known_at(self.desk)), file=sys.stderr)
            raise
        for note in notes:
            print(f"note: {note}", file=sys.stderr)
        return answers, None

    def _which_case(self, stream: str) -> str:
        """Return which case is asked about, by initials or theme, so that a slip is seen; "" before there is one."""
        if not stream:
            return ""
        with self.desk.reading() as con:
            case = case_in_short(con, stream)
        return f"Case {case}." if case else ""

    def _asked(self, script: Script, stream: str, beside: Beside) -> Given:
        draft = self._draft(stream, beside.filled)
        held = HeldDraft(self.desk.ledger.path, draft)
        held.take(clock.now().isoformat())

        def save(answers: Answers) -> None:
            if answers:
                held.keep(answers_to_plain(answers), clock.now().isoformat())
            else:
                held.forget()

        started = answers_from_plain(draft.answers)
        if draft.updated_at[:10] != self.desk.today.isoformat():
            started = started.without("risk").without("~risk")  # an earlier day's says nothing of today's risk
        room = writing_room(self.desk.home, draft.id)
        mark = open_mark(self.desk.home, draft.id)
        mark.take()
        try:
            # Of a case that a form opens, what stands half way are the form's words, and nobody's half-typed ones.
            filled = started if draft.stream and self.verb.startswith("raise") else beside.filled
            answers = self._held(script, started, save, replace(beside, folder=room.folder, filled=filled))
        except Interrupted as left:
            self._say_where_it_is_recorded(left, draft)
            raise
        finally:
            close_mark(mark)
        return answers, DraftOf(draft.id, draft.event_id, draft.stream)

    def _say_where_it_is_recorded(self, left: Interrupted, draft: Draft) -> None:
        """Say, to somebody who leaves what another window recorded meanwhile, in which case: not to begin it again."""
        with suppress(EscalateError), self.desk.reading() as con:
            if reference := recorded_as(con, draft.event_id):
                left.remedy = f"its answers are recorded already, in case {reference}: escalate show {reference}"

    def _held(self, script: Script, started: Answers, save: Save, beside: Beside) -> Answers:
        if self.plain:
            from escalate.ask.plain_prompts import run
        else:
            from escalate.ask.prompts import run
        return run(script, Occasion(show, save, self.desk.today), answers=started, beside=beside)

    def _draft(self, stream: str, filled: Answers) -> Draft:
        """Return the draft to go on with, if there is one and the person wants it, or a new one with what is filled."""
        chosen = chosen_draft.get()  # in `escalate resume`: then nothing is asked about it, and others are left alone
        for left in self.desk.ledger.drafts(self.verb):
            is_meant = left.id == chosen or (not chosen and left.stream == stream)
            if is_meant and left.answers and not self._is_recorded(left):
                if open_mark(self.desk.home, left.id).is_elsewhere():
                    if self._is_taken_over(left):
                        return left
                    continue
                self._say_what_is_left(left)
                meant = "go on" if chosen else self._what_becomes_of_it()
                if meant == "go on":
                    return left
                if meant == "keep":
                    break
                self.desk.ledger.drop_draft(left.id)
                writing_room(self.desk.home, left.id).clear()
        new = clock.new_id
        first, answers = self.first_entry or new("event"), answers_to_plain(filled)
        return Draft(id=new("draft"), verb=self.verb, stream=stream, event_id=first, answers=answers, updated_at="")

    def _is_recorded(self, left: Draft) -> bool:
        """Whether a draft's answers were recorded already: they are not asked for again."""
        with self.desk.reading() as con:
            reference = recorded_as(con, left.event_id)
        if reference:
            say(f"A draft left is already recorded as {reference}. To forget it: escalate resume")
        return bool(reference)

    def _is_taken_over(self, left: Draft) -> bool:
        """Whether a person takes over a draft that another window has open; else it is left to that window.

        Raises:
            Interrupted: it was the one chosen, and is left.
        """
        say(f"The draft kept last at {_minute(left)} is open in another window.")
        say("  1  take it over: the other window then keeps nothing more of it")
        chosen = chosen_draft.get()
        say("  2  leave it there" if chosen else "  2  leave it there, and begin another")
        if typed_one_of("1", "2") == "1":
            return True
        if chosen:
            raise Interrupted("the draft is left to the other window", remedy="go on there", recorded="")
        return False

    def _what_becomes_of_it(self) -> str:
        """Ask what becomes of a draft: "go on", "forget", or of a case not opened yet "keep", to begin another."""
        ways = [("go on", "go on with it"), ("forget", "forget it and begin again")]
        if self.verb.startswith("raise"):
            ways.insert(1, ("keep", "keep it and begin another"))
        numbered = {str(number): way for number, way in enumerate(ways, 1)}
        say("\n".join(f"  {number}  {says}" for number, (_, says) in numbered.items()))
        return numbered[typed_one_of(*numbered)][0]

    def _say_what_is_left(self, left: Draft) -> None:
        if self.verb != "setup" and not self.verb.startswith("policy"):
            # The answer about risk is as old as the draft: whom to telephone comes before any question.
            say(f"{emergency_lines(known_at(self.desk))}\n")
        with self.desk.reading() as con:
            one = draft_left(con, left)
        told = ", ".join(part for part in (one.about, one.reference) if part)
        about = f" about {told}," if told else ""
        say(f"A draft is left from {_minute(left)},{about} with its answers so far.")
        if one.state in ("ended", "withdrawn"):
            say(f"The case has ended since: look at it first, with escalate show {one.reference}.")
            return
        last = self.desk.last_recorded_at(left.stream)
        if last and datetime.fromisoformat(last) > datetime.fromisoformat(left.updated_at):
            say("The case has changed since then: look at it first, with escalate show.")


def show(text: str) -> None:
    """Show a block of an interview; in people's words, what a terminal obeys or hides is written out."""
    print(visible(text, keep_lines=True))


def say(text: str) -> None:
    """Show our own words to whoever is being asked, each line wrapped to the terminal."""
    print(wrapped_page(text, columns()))


def _minute(left: Draft) -> str:
    return left.updated_at[:16].replace("T", " ")


def writing_room(home: Path, draft_id: str) -> WritingRoom:
    """Return where a draft's words lie while an editor has them open: to be cleared when the draft is forgotten."""
    return WritingRoom(room_of(home, draft_id))


def read_written(source: str | None) -> Written:
    """Return the answers in a file, as they are written; from standard input for "-" or None.

    Raises:
        AnswersMissing: it cannot be read, or is not UTF-8 text.
    """
    path = None if source in (None, "-") else Path(str(source))
    where = path.name if path else "standard input"
    try:
        if path:
            return Written(path.read_text(encoding="utf-8-sig"), where)
        # Read as bytes: as text, what is not UTF-8 would be read as something else on some computers.
        raw = getattr(sys.stdin, "buffer", None)
        return Written(raw.read().decode("utf-8-sig") if raw else sys.stdin.read(), where)
    except UnicodeDecodeError:
        raise AnswersMissing(
            f"{where}: is not UTF-8 text", remedy="save it as UTF-8 in a plain text editor", recorded=""
        ) from None
    except OSError as error:
        raise AnswersMissing(
            f"{where}: cannot be read: {error.strerror}", remedy="check the file's name", recorded=""
        ) from None


def answers_risk(text: str) -> bool:
    """Return whether answers in a file say that a child may be at immediate risk."""
    try:
        return tomllib.loads(text).get("risk") in ("yes", "not sure")
    except (ValueError, RecursionError):
        return False


def typed_one_of(*allowed: str) -> str:
    """Return which of these was typed at the terminal, asking until it is one of them.

    Raises:
        Interrupted: the person left.
    """
    keyboard = PlainKeyboard(print)
    try:
        while (typed := keyboard.line().strip()) not in allowed:
            say(f"Type {', '.join(allowed[:-1])} or {allowed[-1]}.")
    except (LeftOff, KeyboardInterrupt):
        raise Interrupted("left before anything was done", remedy="run the same command again", recorded="") from None
    return typed
