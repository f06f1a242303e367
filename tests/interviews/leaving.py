"""An interview left at each of its questions, and gone on with: no word, finished or half typed, is lost."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.builders import database_in
from tests.cli.kept import drafts, is_sound
from tests.cli.typist import Typist
from tests.interviews.scenarios import Scenario
from tests.interviews.sitting import NotAsThought, Sitting

THE_THREE = ("Ctrl-C", "SIGHUP", "SIGKILL")
_GONE = ("SIGKILL", "window closed")
_WAITS_SECONDS = 20


@dataclass
class Left:
    """One interview that is left at its questions, at each in all `ways`, and in one of those `in_turn`.

    `again` counts how often it was begun again.
    """

    scenario: Scenario
    folder: Path
    adapter: str
    ways: Sequence[str] = THE_THREE
    in_turn: Sequence[str] = ()
    again: int = 0
    questions: int = 0
    half_typed: int = 0
    finished: dict[str, object] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    by: str = ""

    def __post_init__(self) -> None:
        self.home, self.typed = self.scenario.at(self.folder)
        self.sitting = Sitting(Typist(self.home, self.adapter, self.scenario.today), self.scenario.prefers)
        self.before = _cases(self.home)

    def everywhere(self, at: Collection[int] | None = None) -> None:
        """Go through it, leaving at the questions of these numbers, from 1; at all and at the end for None."""
        self.sitting.begin(*self.typed)
        while self.sitting.now.kind != "check":
            self.questions += 1
            if at is None or self.questions in at:
                for by in self._ways_here():
                    self._left_here(by)
            self._answered()
        if at is None:
            for by in self._ways_here():
                self._left_at_the_check(by)
        self._recorded(self.sitting.confirms())

    def _ways_here(self) -> list[str]:
        place = self.questions % len(self.in_turn) if self.in_turn else 0
        return [*self.ways, *self.in_turn[place : place + 1]]

    def _left_here(self, by: str) -> None:
        page, half = self.sitting.now, ""
        if page.kind in ("text", "long") and by != "Ctrl-D":  # which ends an empty line only
            self.half_typed += 1
            # No letter in common with the one before: a keyboard that edits draws only what differs.
            half = f"Half of it: {chr(ord('a') + self.half_typed % 26) * 4}"
            self.sitting.half_types(half)
            if by in _GONE:
                self._wait_for(half)
        self._leave(by)
        self._draft_is(half, self.questions - 1)
        self._go_on()
        if self.sitting.now.question != page.question:
            self._fails(f"left at {page.question!r}, gone on at {self.sitting.now.question!r}")
        if half and half not in self.sitting.shown_now:
            self._fails(f"the words half typed at {page.question!r} are not offered again")

    def _left_at_the_check(self, by: str) -> None:
        listed = self.sitting.now.options
        self._leave(by)
        self._draft_is("", self.questions)
        self._go_on()
        if self.sitting.now.options != listed:
            self._fails("the page of all answers is another one")

    def _answered(self) -> None:
        typed = self.sitting.answer()
        if "Invented" in typed:
            self.words.append(typed.split("\n", 1)[0])

    def _leave(self, by: str) -> None:
        self.by = by
        code = self.sitting.leaves(by)
        if code != (-9 if by == "SIGKILL" else 130):
            self._fails(f"the exit code is {code}")

    def _go_on(self) -> None:
        """The same command, or `resume`: in turn."""
        self.again += 1
        if self.again % 2 == 0 and drafts(self.home):
            self.sitting.begin("resume", "1")
            return
        came = self.sitting.begin(*self.typed)
        if came is not None and came.kind == "draft":
            self.sitting.send("1")
        elif self.finished:
            self._fails("no draft is offered")

    def _draft_is(self, half: str, answered: int) -> None:
        """The draft holds every answer finished before and each since, and the words half typed."""
        kept = drafts(self.home)
        if len(kept) > 1 or (answered and not kept):
            self._fails(f"{len(kept)} drafts are kept")
        draft = kept[0] if kept else {}
        finished = {key: value for key, value in draft.items() if not key.startswith("~")}
        if finished | self.finished != finished or len(finished) != answered:
            self._fails(f"after {answered} answers these are kept: {list(finished)}")
        lost = [words for words in self.words if not any(words in str(value) for value in finished.values())]
        if lost:
            self._fails(f"lost: {lost}")
        # In plain lines, what is typed to words half typed before is added below them.
        if half and not any(half in str(draft[key]) for key in draft.keys() - finished.keys()):
            self._fails(f"the half-typed {half!r} is not kept")
        self.finished = finished

    def _wait_for(self, half: str) -> None:
        """Wait until the draft holds these words: nothing but time brings them there."""
        until = time.monotonic() + _WAITS_SECONDS
        while not any(half in str(value) for draft in drafts(self.home) for value in draft.values()):
            if time.monotonic() > until:
                self._fails(f"{half!r} is not kept within {_WAITS_SECONDS} seconds")
            time.sleep(0.05)

    def _recorded(self, code: int) -> None:
        if code:
            self._fails(f"recording ends with {code}")
        if not is_sound(self.home) or drafts(self.home):
            self._fails(f"sound: {is_sound(self.home)}; drafts left: {len(drafts(self.home))}")
        new = 1 if self.scenario.words[0] == "raise" else 0
        if _cases(self.home) != self.before + new:
            self._fails(f"there were {self.before} cases, and are {_cases(self.home)}")
        recorded = said_in(self.home)
        lost = [words for words in self.words if words not in recorded]
        if lost:
            self._fails(f"recorded without {lost}")

    def _fails(self, what: str) -> None:
        where = f"{self.scenario.name}, {self.adapter}, {self.by}, question {self.questions}"
        raise NotAsThought(f"{where}: {what}\n{self.sitting.shown_now[-1500:]}")


def _cases(home: Path) -> int:
    """Return how many cases were ever opened here."""
    return said_in(home).count('"outcome_wanted"') if database_in(home).exists() else 0


def said_in(home: Path) -> str:
    """Return what every entry says, as one text."""
    with closing(sqlite3.connect(database_in(home))) as con:
        bodies = [row[0] for row in con.execute("SELECT body FROM payload WHERE body IS NOT NULL")]
    return "\n".join(json.dumps(json.loads(body), ensure_ascii=False) for body in bodies)
