"""Every question of an interview answered, gone back to and changed, at a terminal, before all of it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.interviews.screen import Page
from tests.interviews.sitting import NotAsThought, Sitting

FIRST_OF_SETUP = "How should escalate ask"
_MOST_PAGES = 400


@dataclass
class Walk:
    """What one interview was made to ask. `changed` counts answers put in place of one that had been given."""

    sitting: Sitting
    seen: set[str] = field(default_factory=set)
    back: int = 0
    changed: int = 0
    pages: int = 0

    def whole(self) -> None:
        """Come to the page of all answers by way of every question that a choice leads to; change every line of it."""
        if FIRST_OF_SETUP in self.sitting.now.question:  # asked in plain lines: its answer says how the rest is asked
            self.seen.add(self.sitting.now.question)
            self.sitting.send("1" if self.sitting.typist.adapter == "plain" else "2")
        while self.sitting.now.kind != "check":
            self._explore()
            if self.sitting.now.is_question:
                self._answer()
        self._say_more()
        self._change_each_line()

    def _explore(self) -> None:
        """Answer on, each question in every way there is to choose, up to one that was asked before."""
        while (page := self.sitting.now).is_question and page.question not in self.seen:
            self.seen.add(page.question)
            first, *others = self.sitting.answers()
            if page.kind in ("choice", "yes-no"):
                for other in others:
                    if self._answer((other,)):
                        self._explore()
                        self._back_to(page)
                self._answer((first,))
            else:
                typed = self._answer()
                self._back_to(page)
                self._is_offered(page, typed)
                self._answer()
            self.changed += 1

    def _answer(self, candidates: tuple[str, ...] = ()) -> str:
        """Answer the question that stands; return what was typed, "" where none of it was understood."""
        self.pages += 1
        page = self.sitting.now
        if self.pages > _MOST_PAGES:
            raise NotAsThought(f"it does not end:\n{page.text}")
        try:
            return self.sitting.answer(candidates) or "Enter"
        except NotAsThought:
            if not candidates:
                raise
            self.sitting.page = page
            return ""

    def _back_to(self, page: Page) -> None:
        for _ in range(40):
            came = self.sitting.back()
            self.back += 1
            if came.question == page.question:
                return
        raise NotAsThought(f"no way back to {page.question!r}:\n{came.text}")

    def _is_offered(self, page: Page, typed: str) -> None:
        first = typed.split("\n", 1)[0]
        if page.kind in ("text", "long") and first not in self.sitting.shown_now:
            raise NotAsThought(f"gone back to, and its answer {first!r} is not there:\n{self.sitting.shown_now}")

    def _say_more(self) -> None:
        """Say everything that waited until the end, each after having been gone back from."""
        while "+ adds" in self.sitting.now.text:
            before = self.sitting.send("+")
            if before is None or before.kind != "more":
                raise NotAsThought(f"+ shows nothing:\n{self.sitting.now.text}")
            self.sitting.send("1")
            self.back += 1
            if self.sitting.back().kind != "more":
                raise NotAsThought(f"< leads elsewhere:\n{self.sitting.now.text}")
            self.sitting.send("1")
            self._answer_on()

    def _answer_on(self) -> None:
        while self.sitting.now.kind != "check":
            if self.sitting.now.kind == "more":  # it stands there until there is no more to say, or Enter
                self.sitting.send("")
                continue
            self.seen.add(self.sitting.now.question)
            self._answer()

    def _change_each_line(self) -> None:
        for number in list(self._whole_page().options):
            if number not in self._whole_page().options:  # a changed answer took it away
                continue
            before = _listed(self.sitting.now)
            page = self.sitting.send(number)
            if page is None or not page.is_question:
                raise NotAsThought(f"line {number} asks nothing:\n{self.sitting.now.text}")
            self.back += 1
            self.sitting.back()
            if _listed(self._whole_page()) != before:
                raise NotAsThought(f"line {number} was gone back from, and something changed:\n{self.sitting.now.text}")
            self.sitting.send(number)
            if page.kind in ("text", "long") and not page.options:
                typed = self._answer()
                self._answer_on()
                if typed.split("\n", 1)[0] not in self._whole_page().text:
                    raise NotAsThought(f"line {number} was changed to {typed!r}:\n{self.sitting.now.text}")
            else:
                self.sitting.send("")
                self._answer_on()
            self.changed += 1

    def _whole_page(self) -> Page:
        """Have all answers shown: after the first time only what has changed is."""
        page = self.sitting.send("p")
        if page is None or page.kind != "check":
            raise NotAsThought(f"p shows no page of all answers:\n{self.sitting.raw[-1500:]}")
        return page


def _listed(page: Page) -> str:
    """Return the page of all answers from its head on, without what was typed before it."""
    return page.text.rpartition("Check your answers")[2]
