"""An interview with a person at a terminal: one question at a time, in numbered lines that never redraw.

The two adapters (`prompts`, `plain_prompts`) differ only in their keyboard. What is shown is plain text: whoever
shows it must not read markup in it, for it holds people's words.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date

from escalate.ask.answering import Answering, Show, columns
from escalate.ask.beside import Beside
from escalate.ask.checking import Checking
from escalate.ask.interview import Done, completed, next_question, question_for
from escalate.ask.keeping import WITHIN_SECONDS, Keeper, Save, keep_nothing
from escalate.ask.keyboard import BACK, LEAVE, PRINT, HungUp, Keyboard, LeftOff
from escalate.ask.leaving import leaving_when_hung_up
from escalate.ask.pages import wrapped_page
from escalate.ask.progress import Progress
from escalate.ask.question import Question, Script, Stop
from escalate.core.answers import Answers
from escalate.core.text import clean
from escalate.errors import Interrupted, RouteOut

__all__ = ["Beside", "Conversation", "Keyboard", "LeftOff", "Occasion", "Save", "Show", "keep_nothing"]

_WELCOME = "Type < to go back one question and ? for help. Ctrl-C leaves, and keeps {kept}."


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when an interview is held.

    `show` prints one block of plain text. `save` is given the draft after every answer and while words are being
    typed; an empty draft means that nothing may be kept. `today` is the civil date that dates are read by.
    """

    show: Show
    save: Save
    today: date


@dataclass(slots=True)
class Conversation:
    """One interview being held. `hold` returns the answers; nothing else is meant to be called."""

    script: Script
    keyboard: Keyboard
    occasion: Occasion
    beside: Beside = field(default_factory=Beside)
    within: float = WITHIN_SECONDS
    one: Answering = field(init=False)
    checking: Checking = field(init=False)

    def __post_init__(self) -> None:
        self.one = Answering(
            script=self.script,
            keyboard=self.keyboard,
            show=self.occasion.show,
            keeper=Keeper(self.occasion.save, self.within),
            today=self.occasion.today,
            beside=self.beside,
        )
        # What was filled in beforehand is nothing that somebody left half typed.
        self.one.gone_back_over |= Progress.from_draft(self.beside.filled).ahead.keys()
        self.checking = Checking(self.one)

    def hold(self, draft: Answers) -> Answers:
        """Return every answer that counts, after the person has seen them all together and said so.

        What waits and was not said is "not known yet" among them.

        Raises:
            Interrupted: the person left; the draft is saved, unless `save` is `keep_nothing`.
            RouteOut: another route applies; the draft saved last is empty.
        """
        self.one.progress = Progress.from_draft(draft)
        keeper = self.one.keeper
        if self.beside.about:
            self.one.say(self.beside.about)
        self.one.say(_WELCOME.format(kept="your answers as a draft" if keeper.keeps else "nothing"))
        if self.one.progress.answers:
            self.one.say("Going on with the answers already given.")
        with closing(keeper), leaving_when_hung_up(keeper.what_waits, self.keyboard.hang_up):
            try:
                self._offer_what_an_editor_left()
                answers = self._hold()
                self._say_what_an_editor_left()
                return answers
            except (LeftOff, KeyboardInterrupt, EOFError) as left:
                is_gone = isinstance(left, HungUp) or (isinstance(left, LeftOff) and left.is_gone)
                raise self._left(is_gone=is_gone) from left

    def _hold(self) -> Answers:
        while True:
            progress = self.one.progress
            begun = [key for key in progress.ahead if key not in self.one.set_aside]
            match next_question(self.script, progress.answers, begun):
                case Question() as question:
                    self.one.ask(question)
                case Stop() as stop:
                    self._stop(stop)
                case Done() as done:
                    first = next((key for key in done.answers if key in begun), "")
                    if again := question_for(self.script, done.answers, first):
                        self.one.ask(again, changing=True)
                    elif self.checking.is_confirmed(done.answers):
                        return completed(self.script, done.answers)

    def _offer_what_an_editor_left(self) -> None:
        left = self.one.room.left() if self.one.room else []
        for one in left:
            self.one.progress = self.one.progress.left_off(one.key, clean(one.words).text)
        self.one.in_files = frozenset(one.key for one in left)
        if left and self.one.keep():
            self.one.say("Words from an editor that was not closed are offered again.")

    def _say_what_an_editor_left(self) -> None:
        """Say which files of an editor no answer was read from: they stay."""
        for path in self.one.room.unread() if self.one.room else ():
            self.one.say("A file from your editor is left, because it could not be read; its words are not recorded:")
            self.one.show(f"  {path}")

    def _stop(self, stop: Stop) -> None:
        lines = ("", stop.text, stop.remedy, "Nothing is kept. Press Enter to end here, or type < to go back.")
        # Before it is read: a window closed on this page leaves nothing behind.
        is_forgotten = self._forget()
        self.one.show(wrapped_page("\n".join(lines), columns()))
        try:
            typed = self.keyboard.line()
        except (LeftOff, KeyboardInterrupt, EOFError):
            typed = ""
        if typed.strip() == BACK:
            self.one.progress = self.one.progress.back(self.script)
            self.one.keep()
            return
        if not is_forgotten and not self._forget():
            left = f"What was kept before could not be removed: {self.one.keeper.trouble}."
            raise RouteOut(stop.text, remedy=f"{stop.remedy}\n{left}".strip(), recorded="")
        raise RouteOut(stop.text, remedy=stop.remedy, recorded="")

    def _forget(self) -> bool:
        if self.one.room:
            self.one.room.clear()
        return self.one.keeper.now(Answers())

    def _is_kept_after_all(self, draft: Answers) -> bool:
        """Ask until somebody whose answers are kept nowhere says that they leave; return whether they are kept then."""
        self.one.say("Your answers are NOT kept on disk. Make room, then press Enter here: they are kept.")
        self.one.say("p and Enter prints them all here, to copy. q and Enter leaves without them.")
        with suppress(LeftOff, KeyboardInterrupt, EOFError):
            while (typed := self.keyboard.line().strip().casefold()) != LEAVE:
                if typed == PRINT:
                    self.checking.print_all()
                elif typed:
                    self.one.say("Type p, Enter or q.")
                elif self.one.keeper.now(draft):
                    return True
                else:
                    self.one.say(f"Still NOT kept: {self.one.keeper.trouble}. Type p, Enter or q.")
        return False

    def _offer_to_print(self) -> None:
        """Let somebody whose draft is not theirs any more copy their answers before they leave."""
        self.one.show("")
        self.one.say("Nothing of this is kept here. p and Enter prints all your answers, to copy. Enter leaves.")
        with suppress(LeftOff, KeyboardInterrupt, EOFError):
            while self.keyboard.line().strip().casefold() == PRINT:
                self.checking.print_all()

    def _left(self, *, is_gone: bool) -> Interrupted:
        """Keep the draft of somebody who left, and return the error that says whether it is kept."""
        keeper = self.one.keeper
        draft = self.one.progress.draft()
        if keeper.keeps and keeper.now(draft):
            if not draft:
                nothing = "left before the end; nothing was answered yet"
                return Interrupted(nothing, remedy="run the same command again to begin", recorded="")
            what = "left before the end; the answers so far are kept as a draft"
            return Interrupted(what, remedy="run the same command again to go on from there", recorded="")
        if keeper.gone and draft and not is_gone:
            self._offer_to_print()
        if not keeper.keeps:
            what = f"left before the end; {keeper.gone or 'no draft is kept of the answers so far'}"
            return Interrupted(what, remedy="run the same command again to begin again", recorded="")
        what = f"left before the end; the answers so far could not be kept: {keeper.trouble}"
        if not is_gone and self._is_kept_after_all(draft):
            what = "left before the end; the answers so far are kept as a draft"
            return Interrupted(what, remedy="run the same command again to go on from there", recorded="")
        return Interrupted(what, remedy="copy them from this window, if you need them", recorded="")
