"""Writes down what the screens show: `python scripts/screens.py`.

Into `tests/screens/golden` as text, at 60, 80 and 120 columns, plain (as with `--plain`) and coloured, whose escape
codes are written out; and into `docs/screens` as drawings for the README. What is shown is what the commands print, on
a record of invented cases made anew each time; a terminal is pretended, and its keyboard too.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from escalate.cli import main  # noqa: E402
from escalate.core import events as e  # noqa: E402
from tests import builders as b  # noqa: E402

GOLDEN = CHECKOUT / "tests" / "screens" / "golden"
DRAWN = CHECKOUT / "docs" / "screens"
TODAY = "2026-04-10"
WIDTHS = (60, 80, 120)
CHECK_PAGE = "Check your answers"
_NEEDED = "This is needed before"
_CODE = re.compile(r"\x1b\[[0-9;]*m")
_VARIES = (
    (re.compile(r"\bL(\d+)(?:-[0-9a-f]{4}){4}\b"), r"L\1-0000-0000-0000-0000"),
    (re.compile(r"\bat \d\d:\d\d\b"), "at 16:40"),
)
Replies = Callable[[str, int], str | None]
"""What is typed at a prompt, from what was shown since the last one and how many came before; None to leave."""


class Shown(NamedTuple):
    """A screen: the words typed after `escalate`, and what is replied to its questions.

    `starts_at` leaves out what came before those words: the questions before the check page.
    """

    words: tuple[str, ...]
    replies: Replies | None = None
    starts_at: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether it is an interview, which is the same in colour and without."""
        return self.replies is not None


def typing(*lines: str) -> Replies:
    """Return replies that type these lines, one a prompt, and then leave."""
    return lambda _shown, before: lines[before] if before < len(lines) else None


def answering(answers: Mapping[str, str]) -> Replies:
    """Return replies that answer what each question says, else press Enter, and leave at the page checked at the end.

    They leave too where a question that nothing here answers must be answered.
    """

    def reply(shown: str, _before: int) -> str | None:
        if CHECK_PAGE in shown or _NEEDED in shown:
            return None
        return next((answer for question, answer in answers.items() if question in shown), "")

    return reply


_RAISING = {
    "at immediate risk": "2",
    "What is this about?": "1",
    "Is it about one or more children": "1",
    "The child's full name?": "Rowan Testcase",
    "Is another child concerned?": "n",
    "With which agency do you disagree?": "Exampleshire Children's Social Care",
    "Do you disagree with another agency as well?": "n",
    "What was decided, or not done?": "The referral of 30 March was closed without an assessment.\n\n",
    "When did you learn": "8 April",
    "What worries you?": "Łukasz's brother has missed four meals a week, and falls asleep in class.\n\n",
    "What do you want to happen?": "A child and family assessment, begun this week.\n\n",
}
_ADVANCING = {
    "at immediate risk": "2",
    "How did this stage end?": "2",
    "What was said?": "We showed the lunchtime register. They hold that one visit was enough.\n\n",
    "What was decided all the same?": "Łukasz's school rings on Monday.\n\n",
}

TYPED = {line for answers in (_RAISING, _ADVANCING) for said in answers.values() for line in said.splitlines()}
"""Every line that somebody types here: people's words are shown as they are, and the terminal folds them."""


def screens(reference: str) -> dict[str, Shown]:
    """Return every screen, by the name of its file; `reference` is that of the case with a history."""
    return {
        "today": Shown(()),
        "help": Shown(("--help",)),
        "due": Shown(("due",)),
        "list": Shown(("list",)),
        "show": Shown(("show", reference)),
        "show-brief": Shown(("show", reference, "--brief")),
        "why": Shown(("why", reference, "stage-1-resolve")),
        "who": Shown(("who", "--stage", "2")),
        "policy-show": Shown(("policy", "show", "wirral-2015-09")),
        "raise-question": Shown(("raise",), typing("2")),
        "raise-help": Shown(("raise",), typing("2", "?")),
        "raise-check": Shown(("raise",), answering(_RAISING), CHECK_PAGE),
        "advance-question": Shown(("advance", reference), typing("2")),
        "advance-help": Shown(("advance", reference), typing("2", "?")),
        "advance-check": Shown(("advance", reference), answering(_ADVANCING), CHECK_PAGE),
    }


@contextlib.contextmanager
def invented_home() -> Iterator[tuple[Path, str]]:
    """Give a folder with a record of three invented cases, and the reference of the one with a history."""
    with tempfile.TemporaryDirectory(prefix="escalate-screens-") as folder:
        home = b.a_home(Path(folder) / "home")
        jo = e.PartyNamed(
            party=b.MANAGER, sort="person", name="Łukasz Invented-Surname", role="Team Manager", agency=b.SOCIAL_CARE
        )
        action = e.Action(
            id="action-1", what="Send the [attendance] log; say :warning: what is missing", by_on=b.on("2026-04-16")
        )
        case = b.a_case(home, b.told("2026-04-01"), names=[jo], counterparts=(b.COUNTERPART, b.MANAGER))
        case.add(
            b.discussed("2026-04-07", said="They hold that one visit was enough.\nWe do not.", options="A second visit")
        )
        b.a_case(
            home,
            b.discussed("2026-04-08", actions=(action,)),
            number=2,
            child="Ash Testcase-With-A-Name-Of-Many-Parts",
            receiving_agencies=(b.HEALTH,),
        )
        b.a_case(
            home, number=3, child="Sky Testcase", policy="somerset-2016-12", decision_received_on=b.on("2026-04-09")
        )
        yield home, case.reference


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Keyboard:
    """Standard input: replies to what was shown, and shows what is typed, as a terminal does."""

    def __init__(self, screen: _Screen, replies: Replies | None) -> None:
        self.screen, self.replies = screen, replies
        self.prompts, self.seen = 0, 0
        self.left: list[str] = []

    def isatty(self) -> bool:
        return self.replies is not None

    def fileno(self) -> int:
        raise io.UnsupportedOperation("there is no terminal behind it")

    def readline(self, *_: object) -> str:
        if not self.left:
            shown = self.screen.getvalue()
            reply = self.replies(shown[self.seen :], self.prompts) if self.replies else None
            self.seen, self.prompts = len(shown), self.prompts + 1
            if reply is None:
                return ""
            self.left = reply.split("\n")
        line = self.left.pop(0) + "\n"
        self.screen.write(line)
        return line


def screen_of(home: Path, shown: Shown, columns: int, *, plain: bool = False, no_color: bool = False) -> str:
    """Return what stands on a terminal so wide after a command, escape codes and all; interviews are always plain."""
    unwanted = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM_PROGRAM", "CI")
    kept = dict(os.environ)
    screen, played = _Screen(), home
    if shown.is_asked:  # what an interview leaves behind is not for the next one
        played = home.with_name(f"{home.name}-played")
        shutil.copytree(home, played, dirs_exist_ok=True)
    os.environ.update(ESCALATE_HOME=str(played), ESCALATE_TODAY=TODAY, TERM="xterm-256color", COLUMNS=str(columns))
    for name in (*unwanted, "ESCALATE_PLAIN", "ESCALATE_TRACEBACK"):
        os.environ.pop(name, None)
    if plain or shown.is_asked:
        os.environ["ESCALATE_PLAIN"] = "1"
    if no_color:
        os.environ["NO_COLOR"] = "1"
    streams = sys.stdin, sys.stdout, sys.stderr
    try:
        sys.stdin, sys.stdout, sys.stderr = _Keyboard(screen, shown.replies), screen, io.StringIO()  # type: ignore[assignment]
        main(shown.words)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(kept)
        if shown.is_asked:
            shutil.rmtree(played)
    text = screen.getvalue()
    return _same_each_time(text[text.index(shown.starts_at) :] if shown.starts_at in text else text)


def without_colour(text: str) -> str:
    """Return the text without its escape codes."""
    return _CODE.sub("", text)


def golden(text: str) -> str:
    """Return a screen as it is kept: escape codes written out, no blanks at the ends of lines."""
    lines = text.replace("\x1b", "\\e").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def goldens(home: Path, reference: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each file of `tests/screens/golden` with what it would hold now."""
    for name, shown in screens(reference).items():
        for columns in WIDTHS:
            yield f"{name}-{columns}-plain.txt", golden(screen_of(home, shown, columns, plain=True))
            if not shown.is_asked and shown.words != ("--help",):
                yield f"{name}-{columns}-coloured.txt", golden(screen_of(home, shown, columns))


def _same_each_time(text: str) -> str:
    for pattern, shape in _VARIES:
        text = pattern.sub(shape, text)
    return text


def drawings(home: Path, reference: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each file of `docs/screens` with the drawing it would hold now."""
    drawn = {
        "due": Shown(("due", "--mine", "--limit", "2")),
        "show-brief": Shown(("show", reference, "--brief")),
        "raise": Shown(("raise",), typing("3", "Her aunt, until Monday.", "", "", "The aunt, by telephone, today")),
    }
    for name, shown in drawn.items():
        typed = " ".join(("escalate", *shown.words))
        yield f"{name}.svg", drawing(screen_of(home, shown, 80), typed, name)


def drawing(text: str, typed: str, name: str) -> str:
    """Return a terminal's text as an SVG that asks nothing of the network: the reader's own monospaced font."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ {typed}"))
    for line in text.strip("\n").split("\n"):
        console.print(Text.from_ansi(line), overflow="fold")
    form = re.sub(r"\s*@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = re.sub(r"font-family: (?:Fira Code|arial)[^;]*;", "font-family: monospace;", form)
    # Some readers drop the blanks that align columns, unless they are told not to.
    form = form.replace("<svg ", '<svg xml:space="preserve" ', 1)
    drawn = console.export_svg(title=typed, code_format=form, unique_id=name, clear=True)
    return re.sub(r"<!--.*?-->\s*", "", "\n".join(line.rstrip() for line in drawn.splitlines()), flags=re.DOTALL) + "\n"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, and say which changed; what is no longer made is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in {path.name for path in folder.iterdir()} - set(files):
        (folder / left).unlink()
        print(f"{folder.relative_to(CHECKOUT).as_posix()}/{left}: removed")
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path.relative_to(CHECKOUT).as_posix()}: rewritten")


if __name__ == "__main__":
    with invented_home() as (its_home, its_reference):
        write(GOLDEN, dict(goldens(its_home, its_reference)))
        write(DRAWN, dict(drawings(its_home, its_reference)))
