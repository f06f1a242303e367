"""Somebody who answers whatever is asked at a real pseudo-terminal, by what the page itself says it takes."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cli.typist import Typist, pexpect
from tests.interviews.screen import Page, plain_text, read_page

_LABEL = "label "
_ANEW = "-"
_WIPED = "\x7f" * 120
_PLAIN_PROMPT = re.compile(r"(?:^|\n)> \Z")
# prompt_toolkit says that pastes are to be marked before it draws each prompt, and takes it back after each answer.
_BEGINS, _ENDS = "\x1b[?2004h", "\x1b[?2004l"
_DAYS = ("today", "yesterday", "tomorrow", "2026-04-20", "2026-05-20", "2026-03-31", "2019-03-03")
_LINES = ("alex@invented.example", "01632 960123", "2026-09", "3", "2025-09-01", "ESCP", "5 working days")


class NotAsThought(AssertionError):
    """What came is not what somebody at the terminal may count on."""


@dataclass
class Sitting:
    """One verb at a terminal, page by page. `page` is what stands there now; None once the verb has ended.

    `prefers` gives answers by words of the question: what is typed, or several to be tried in turn; "label ..." stands
    for the number of the option that begins so.
    """

    typist: Typist
    prefers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    page: Page | None = None
    raw: str = ""
    drawn: str = ""
    written: int = 0

    def begin(self, *words: str) -> Page | None:
        """Type a verb; return its first page."""
        self.typist.types(*words)
        self.drawn = ""
        return self._next()

    @property
    def child(self) -> Any:
        return self.typist.child

    @property
    def now(self) -> Page:
        if self.page is None:
            raise NotAsThought(f"it has ended:\n{self.raw[-3000:]}")
        return self.page

    @property
    def shown_now(self) -> str:
        """Everything that stands there since the last answer, with what stands in the line."""
        return plain_text(self.drawn.rpartition(_ENDS)[2])

    def send(self, typed: str, *, wipes: bool = False) -> Page | None:
        """Type this, and Enter as the page wants it; return the next page, None where the verb has ended.

        `wipes` rubs out first what stands in the line.
        """
        kind = self.now.kind
        if self.typist.adapter == "plain":
            lines = [typed]
            if kind == "long" and typed.strip() not in ("", "<", "?"):
                lines = [
                    *([_ANEW] if wipes and "Your words so far" in self.shown_now else []),
                    *typed.split("\n"),
                    "",
                    "",
                ]
            for line in lines[:-1]:
                self.child.send(line + "\r")
                self._wait()
            self.child.send(lines[-1] + "\r")
        else:
            pasted = f"\x1b[200~{typed}\x1b[201~" if "\n" in typed else typed
            self.child.send((_WIPED if wipes else "") + pasted + ("\x1b\r" if kind == "long" else "\r"))
        return self._next()

    def back(self) -> Page:
        self.send("<")
        return self.now

    def _next(self) -> Page | None:
        raw = self._wait()
        self.raw, self.drawn = self.raw + raw, raw
        if raw.endswith(_ENDED):
            self.page = None
            return None
        self.page = read_page(self._shown(raw))
        return self.page

    def _shown(self, raw: str) -> str:
        if self.typist.adapter == "plain" or _BEGINS not in raw:
            return plain_text(raw).rpartition("> ")[0]
        return raw.rpartition(_BEGINS)[0].rpartition(_ENDS)[2]

    def _wait(self) -> str:
        """Return what is written up to the next prompt, at which keys are read; or up to the end."""
        raw = ""
        while True:
            try:
                raw += self.child.read_nonblocking(65536, timeout=30)
            except pexpect.EOF:
                return raw + _ENDED
            except pexpect.TIMEOUT:
                raise NotAsThought(f"nothing comes any more:\n{plain_text(self.raw[-500:] + raw)[-3000:]}") from None
            if self._is_drawn(raw):
                return raw

    def _is_drawn(self, raw: str) -> bool:
        if self.typist.adapter == "plain":
            return bool(_PLAIN_PROMPT.search(plain_text(raw)))
        _, begins, drawn = raw.rpartition(_BEGINS)
        # What stands before an interview or behind it is asked in plain lines, whatever the keyboard.
        _, ends, after = raw.rpartition(_ENDS)
        is_over = bool(ends) or _BEGINS not in self.drawn
        return bool(begins and ">" in drawn) or (is_over and bool(_PLAIN_PROMPT.search(plain_text(after))))

    def answers(self) -> tuple[str, ...]:
        """Return what could be typed here, the likeliest first."""
        page = self.now
        for words, typed in self.prefers.items():
            if words in page.question:
                return tuple(map(self._number_of, (typed,) if isinstance(typed, str) else typed))
        self.written += 1
        match page.kind:
            case "choice":
                return ("", *page.options) if page.may_be_left else tuple(page.options)
            case "yes-no":
                return ("no", "yes") if "Enter: no" in page.notes else ("yes", "no")
            case "date":
                return _DAYS
            case "time":
                return ("16:40", "09:15")
            case "long":
                return (f"Invented words {self.written:03}.\nA second line of {self.written:03}.",)
            case _:
                return (f"Invented Line {self.written:03}", *_LINES)

    def _number_of(self, typed: str) -> str:
        """Return what is typed; for "label ..." the number of the option that begins so."""
        if not typed.startswith(_LABEL):
            return typed
        label = typed.removeprefix(_LABEL)
        return next(number for number, shown in self.now.options.items() if shown.startswith(label))

    def answer(self, candidates: tuple[str, ...] = ()) -> str:
        """Answer the question that stands here with the first candidate that is understood; return it."""
        page = self.now
        for typed in candidates or self.answers():
            came = self.send(typed, wipes=page.kind in ("text", "long"))
            if came is not None and came.kind == "right":
                came = self.send("yes")
            if came is None or came.kind != "again":
                return typed
            self.page = page
        raise NotAsThought(f"nothing is understood as an answer:\n{page.text}\n{plain_text(self.raw)[-1500:]}")

    def to_the_check(self) -> None:
        """Answer until all answers stand together."""
        while self.now.kind != "check":
            self.answer()

    def confirms(self) -> int:
        """Have all of it recorded, decline what is offered after that, and return the exit code."""
        self.send("")
        while self.page is not None:
            self.send("no")
        return self.ends()

    def half_types(self, words: str) -> None:
        """Type words without finishing them, and see them stand there."""
        wiped = _WIPED if self.typist.adapter == "editing" else ""
        self.child.send(wiped + words)
        self._until(lambda raw: words.rpartition(" ")[2] in plain_text(raw))

    def _until(self, is_there: Callable[[str], bool]) -> None:
        raw = ""
        while not is_there(raw):
            raw += self.child.read_nonblocking(65536, timeout=30)
        self.raw += raw

    def leaves(self, by: str) -> int:
        """Leave in one of the ways of `WAYS`; return the exit code, minus the signal where that ended it."""
        if by == "window closed":
            self.child.ptyproc.fileobj.close()
            self.child.wait()
            self.child.closed = self.child.ptyproc.closed = True
            return _code(self.child)
        if by in _KEYS:
            empties = by == "Ctrl-D" and self.typist.adapter == "editing"
            self.child.send((_WIPED if empties else "") + _KEYS[by])
        else:
            self.child.kill(getattr(signal, by))
        if self.child.expect([pexpect.EOF, pexpect.TIMEOUT]):
            raise NotAsThought(f"{by} does not end it:\n{self.now.text}")
        self.raw += str(self.child.before)
        self.child.close()
        return _code(self.child)

    def ends(self) -> int:
        """Return the exit code of a verb that has ended by itself."""
        self.child.close()
        return _code(self.child)


_ENDED = "\0ended"
_KEYS = {"Ctrl-C": "\x03", "Ctrl-D": "\x04"}
WAYS = ("Ctrl-C", "Ctrl-D", "SIGINT", "SIGHUP", "SIGTERM", "window closed", "SIGKILL")


def _code(child: Any) -> int:
    return -child.signalstatus if child.signalstatus else int(child.exitstatus)
