"""One question at a terminal, until it is answered or gone back from; with help, an editor, and a draft kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from escalate.ask.beside import Beside
from escalate.ask.doubting import asked_back, signs_among, surprise
from escalate.ask.editor import WritingRoom
from escalate.ask.helping import Helping
from escalate.ask.interview import answers_before, next_question
from escalate.ask.keeping import Keeper
from escalate.ask.keyboard import ANEW, BACK, EDITOR, Keyboard, LeftOff, let_it_pass
from escalate.ask.opening import written_in_editor
from escalate.ask.pages import (
    asked_again,
    in_lines,
    laid_out,
    left_out,
    notes_line,
    question_helped,
    question_page,
    sentence,
    words_page,
    wrapped,
)
from escalate.ask.progress import Progress
from escalate.ask.question import Question, Script, Stop
from escalate.ask.standing import Standing, is_sign, notes_after_help, notes_on, parted, standing_in
from escalate.ask.understanding import (
    NotUnderstood,
    Understood,
    fault,
    shown,
    understand,
    understand_default,
)
from escalate.core.answers import NOT_KNOWN
from escalate.core.text import clean, is_blank

Show = Callable[[str], None]
_SHORT = 30


@dataclass(slots=True, kw_only=True)
class Answering:
    """The answers so far, and how the next one is come by. `progress` is kept as a draft after every change."""

    script: Script
    keyboard: Keyboard
    show: Show
    keeper: Keeper
    today: date
    beside: Beside
    progress: Progress = field(default_factory=Progress)
    heading: str = ""
    begun: str = ""
    """The words being typed, as far as they are known."""
    trouble_was_said: bool = False
    gone_was_said: bool = False
    gone_back_over: set[str] = field(default_factory=set)
    """The questions whose answers were taken back in this sitting: they were finished, unlike other words ahead."""
    set_aside: set[str] = field(default_factory=set)
    """The questions whose words typed anew were left for the answer that stood: they are offered when it is changed."""
    helping: Helping = field(default_factory=Helping)
    in_files: frozenset[str] = frozenset()
    """The questions whose words came from an editor: each file goes when the draft with its words is kept."""

    def keep(self) -> bool:
        """Keep the draft; return whether it is kept. Where it is not, that is said once, and once when it is again."""
        kept = self.keeper.now(self.progress.draft())
        if self.keeper.gone:
            self._say_it_is_gone()
            return False
        if not kept and not self.trouble_was_said:
            self.say(f"Your answers cannot be kept on disk just now: {self.keeper.trouble}.")
            self.say("Go on: after every answer it is tried again. Until then they are only in this window.")
        elif kept and self.trouble_was_said:
            self.say("Your answers are kept on disk again.")
        self.trouble_was_said = not kept
        if kept and self.room and self.in_files:
            for key in self.in_files:
                self.room.clear_of(key)
            self.in_files = frozenset()
        return kept

    def _say_it_is_gone(self) -> None:
        """Say once that the draft is not this interview's any more; its files are whoever's it is now, or nobody's."""
        if not self.gone_was_said:
            self.say(sentence(self.keeper.gone))
        self.gone_was_said = True

    @property
    def room(self) -> WritingRoom | None:
        """Where a text lies while an editor has it open; None where none may be opened."""
        return WritingRoom(self.beside.folder) if self.beside.folder and not self.keeper.gone else None

    def say(self, line: str) -> None:
        """Show a line of our own words."""
        self.show(wrapped(line, columns()))

    def ask(self, question: Question, *, changing: bool = False) -> None:
        """Ask until there is an answer, or the person goes back. Then the draft is kept, unless it leads out."""
        standing = self._standing(question)
        self.begun = ""
        back = changing or self.progress.can_go_back(self.script)
        self._show_question(question, standing, can_go_back=back)
        again: str | None = None
        while True:
            typed, sign = parted(question, self._type(question, standing) if again is None else again, standing)
            typed, again = standing.whole(question, typed), None
            if sign == BACK:
                self._leave(question, typed, changing=changing)
                return
            if sign == ANEW:
                standing = Standing()
                self.say("Your words so far are left out. Type the answer anew.")
            elif sign == EDITOR:
                standing, again = self._edit(question, typed, standing)
            elif sign:
                standing = self._having_begun(question, typed or self.begun, standing)
                self._help(question, sign)
                notes = notes_after_help(question, standing, self._notes(question, standing))
                self.show(question_helped(question, notes, columns(), can_go_back=back))
            else:
                found = self._find(question, typed, standing)
                if isinstance(found, NotUnderstood):
                    self.say(sentence(found.why))
                    if is_blank(typed):
                        self.show(asked_again(question, self._notes(question, standing), columns(), can_go_back=back))
                    standing = self._after_refusal(question, typed, standing)
                    continue
                if not is_blank(typed) and (doubt := self._doubt(question, found, typed)):
                    again = asked_back(doubt, question, self.keyboard, self.say, partial(self._help, question))
                    if again is not None:
                        continue
                self._take(question, typed, found)
                return

    def go_back(self) -> None:
        """Take back the last answer, to be offered again."""
        if not self.progress.can_go_back(self.script):
            self.say("This is the first question.")
            return
        before, self.progress = self.progress, self.progress.back(self.script)
        self.gone_back_over |= before.answers.keys() - self.progress.answers.keys()
        self.keep()

    def _standing(self, question: Question) -> Standing:
        is_half = question.key in self.progress.ahead and question.key not in self.gone_back_over
        return standing_in(question, self.progress.current(question), self.keyboard, is_half_typed=is_half)

    def _having_begun(self, question: Question, words: str, standing: Standing) -> Standing:
        """Return what stands after help: words begun stand on, and are kept."""
        if question.kind not in ("text", "long") or question.offered or not words.strip():
            return standing
        words = clean(words).text.strip()
        self.progress = self.progress.left_off(question.key, words)
        self.keep()
        stands = standing_in(question, words, self.keyboard, is_half_typed=standing.is_half_typed)
        # What comes next of a long answer begins on a new line, as the sign for help did.
        return replace(stands, line=f"{stands.line}\n") if question.kind == "long" and stands.line else stands

    def _after_refusal(self, question: Question, typed: str, standing: Standing) -> Standing:
        """Return what stands after an answer that cannot be: a short one leaves the line, longer words stay in it."""
        words = clean(typed).text.strip()
        if question.kind == "long" and len(words) > _SHORT:
            return standing_in(question, words, self.keyboard, is_half_typed=False)
        if len(words) <= _SHORT or not standing_in(question, words, self.keyboard, is_half_typed=False).line:
            return Standing(standing.value)
        self.say("Ctrl-U clears the line.")
        return Standing(standing.value, words)

    def _help(self, question: Question, sign: str) -> None:
        """Show a question's help, and what the policy says."""
        self.show(self.helping.page(question, self.beside.guidance(self.progress.answers), sign, columns()))

    def _doubt(self, question: Question, found: Understood, typed: str) -> str:
        before = answers_before(self.script, self.progress.answers, question.key)
        return surprise(question, found.value, before, self.today, typed)

    def _leave(self, question: Question, words: str, *, changing: bool) -> None:
        """Go back from a question; words begun are kept, to be offered again. A changed answer stands as before."""
        words = clean(words).text.strip()
        if not changing:
            self.progress = self.progress.left_off(question.key, words)
            self.gone_back_over -= {question.key} if words else set()
            self.go_back()
            return
        self.progress = self.progress.left_off(question.key, words)
        self.gone_back_over -= {question.key}
        if question.key in self.progress.ahead:
            self.set_aside |= {question.key}
            self.say("The answer stays as it was. The words begun instead are offered when you change it again.")
        self.keep()

    def _take(self, question: Question, typed: str, found: Understood) -> None:
        first = typed.strip().split("\n", 1)[0].strip()
        for dropped in found.dropped:
            self.say(left_out(dropped))
        if question.kind != "long" and shown(question, found.value) != first:
            self.say(f"  {shown(question, found.value)}")
        self.set_aside -= {question.key}
        self.gone_back_over -= {question.key}
        self.progress = self.progress.having(question.key, found.value)
        if isinstance(next_question(self.script, self.progress.answers), Stop):
            return
        is_kept, is_long = self.keep(), question.kind == "long" and isinstance(found.value, str)
        if is_long and (sign := signs_among(str(found.value))):
            self.say(f'"{sign}" on a line of its own was taken as your words.')
        if is_long and typed.strip() and is_kept and self.keeper.keeps and not self.keyboard.edits:
            self.say(f"Kept: {in_lines(str(found.value))}.")

    def _type(self, question: Question, standing: Standing) -> str:
        if question.kind not in ("text", "long"):
            return self.keyboard.line()

        self.begun = ""

        def typing(words: str) -> None:
            if is_sign(words):
                return
            progress, self.begun = self.progress, standing.whole(question, words)
            begun = self.begun
            self.keeper.soon(lambda: progress.left_off(question.key, clean(begun).text).draft())

        self.keyboard.typing = typing
        try:
            if question.kind == "long":
                return self.keyboard.paragraphs(standing.line or standing.below(question))
            return self.keyboard.words(standing.line)
        except (LeftOff, KeyboardInterrupt) as left:
            is_told = isinstance(left, LeftOff) and not left.is_gone
            # A terminal that went away may have taken along what stood in its line.
            typed = standing.whole(question, left.typed) if isinstance(left, LeftOff) else ""
            typed = typed if is_told else max(typed, self.begun, key=len)
            self.progress = self.progress.left_off(question.key, clean(typed).text)
            raise
        finally:
            self.keyboard.typing = let_it_pass

    def _edit(self, question: Question, words: str, standing: Standing) -> tuple[Standing, str | None]:
        """Open the words in an editor; return what stands then, and what came back, None where nothing did."""
        if self.room is None:
            self.say("No editor can be opened for this.")
            return standing, None
        words = clean(words or standing.below(question)).text
        as_it_was = standing_in(question, words, self.keyboard, is_half_typed=False) if words else standing
        room = self.room
        self.progress = self.progress.left_off(question.key, words)
        self.keep()
        if self.keeper.gone:
            return as_it_was, None
        written = written_in_editor(room, question.key, words, say=self.say, wait=self.keyboard.line)
        if written is None:
            return as_it_was, None
        self.progress = self.progress.left_off(question.key, written)
        self.in_files |= {question.key}
        self.keep()
        if self.gone_was_said:
            room.clear_of(question.key)
        self.show(f"  Your words, as they came back:\n{laid_out(written.strip(), columns())}")
        return Standing(), written

    def _find(self, question: Question, typed: str, standing: Standing) -> Understood | NotUnderstood:
        before = answers_before(self.script, self.progress.answers, question.key)
        if not is_blank(typed) or standing.line:  # words that stood in the line and are gone were rubbed out
            return understand(question, typed, before, self.today)
        if standing.value is None:
            return understand_default(question, before, self.today)
        wrong = fault(question, standing.value, before)
        return NotUnderstood(wrong) if wrong else Understood(standing.value)

    def _show_question(self, question: Question, standing: Standing, *, can_go_back: bool) -> None:
        heads = bool(question.heading) and question.heading != self.heading
        self.heading = question.heading
        notes = self._notes(question, standing)
        words = standing.below(question)
        self.show(question_page(question, [] if words else notes, columns(), heads=heads, can_go_back=can_go_back))
        if words:
            self.show(words_page(words, columns(), is_half_typed=standing.is_half_typed))
            self.show(notes_line(notes, columns()))

    def _notes(self, question: Question, standing: Standing) -> Sequence[str]:
        default = "" if question.required else "not known yet"
        if question.default:
            found = understand_default(question, self.progress.answers, self.today)
            default = shown(question, found.value if isinstance(found, Understood) else NOT_KNOWN)
        return notes_on(question, standing, self.keyboard, default)


def columns() -> int:
    """Return how many columns this terminal has now."""
    return shutil.get_terminal_size().columns
