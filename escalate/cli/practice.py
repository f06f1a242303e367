"""`escalate practice`: the same verbs on an invented case, in a throw-away database."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from escalate.ask.conversation import LeftOff
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.casework.practising import practice_home
from escalate.cli.options import Plain
from escalate.cli.plain_once import settle_as
from escalate.cli.practice_case import begin_case, cases_here, usual_policy
from escalate.cli.verbs import VERBS
from escalate.cli.which_case import OF_A_CASE
from escalate.errors import AnswersMissing
from escalate.files.places import home
from escalate.render.console import Screen

Policy = Annotated[
    str, typer.Option("--policy", metavar="NAME", help="The policy to practise with; else yours, or it is asked.")
]
LINE = "PRACTICE: an invented case in a throw-away database. Nothing here is real, nothing is kept."
_NOT_HERE = frozenset(("practice", "handover", "receive", "completion"))
_LEAVE, _HELP = ("q", "quit", "exit"), ("?", "??", "help", "--help")
_SIGNS = ("<", "!", "-", "+")
"""What means something in an interview; here no interview is held."""
_WAYS = "q leaves practice; ? lists the verbs."


def command(policy: Policy = "", plain: Plain = False) -> None:
    """Try everything on an invented case, in a throw-away database: for yourself, or for a team together.

    Type the verbs as always, without "escalate" and without a reference where there is one case: due, show, why,
    record, advance, export. It uses your own policy, works before setup too, and never touches your own record. Every
    reference and every form says PRACTICE. All of it is deleted when you leave, with q or Ctrl-C.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AnswersMissing(
            "practice asks and answers at a terminal, and this is none",
            remedy="type it in a window of its own: escalate practice\n"
            "for a script, set ESCALATE_HOME to a folder of its own, then: escalate setup --from me.toml",
        )
    mine = usual_policy()
    with ExitStack() as leaving:
        leaving.enter_context(_cleaning_up_when_ended())
        began_in = Path.cwd()
        folder = leaving.enter_context(practice_home(home()))
        # Files named without a folder are made in the throw-away one; it can be deleted only from outside.
        leaving.callback(os.chdir, began_in)
        os.chdir(folder)
        screen = Screen.here(plain=plain)
        settle_as(plain=plain or screen.kind == "spoken")
        with suppress(LeftOff):
            begun = begin_case(screen, policy or mine.policy, mine)
            screen.say((LINE, "strong"))
            _say_how(screen, folder, begun)
            _practise(screen, began_in)
    screen.say("Practice has ended. The database and every form made in it are deleted.")


def _practise(screen: Screen, began_in: Path) -> None:
    """Run one verb after another until the person leaves.

    Raises:
        LeftOff: the person pressed Ctrl-C or Ctrl-D.
    """
    from escalate.cli import main

    keyboard = PlainKeyboard(print, prompt="practice> ", after_clearing=_WAYS)
    while True:
        screen.gap()
        words = _words(screen, keyboard.line())
        if words and words[0] in _LEAVE:
            return
        if words and words[0] in _HELP and len(words) == 1:
            _list_verbs(screen)
        elif words and words[0] in _SIGNS:
            screen.say(_WAYS)
        elif words and words[0] in _NOT_HERE:
            screen.say(f"{words[0]} is left out of practice: it is about what is real.")
        elif leads_out(words, Path.cwd()):
            screen.say("In practice, files are made only in the throw-away folder: leave --out out, or name one there.")
        elif words:
            screen.say((LINE, "strong"))
            main(_as_typed(words, began_in))
            screen.say((LINE, "strong"))
        else:
            main([])
            screen.say((LINE, "strong"))


def _words(screen: Screen, typed: str) -> list[str]:
    try:
        # As a shell would; on Windows a backslash is part of a path.
        words = shlex.split(typed, posix=os.name != "nt")
    except ValueError:
        screen.say("A quotation mark is not closed.")
        return ["?"]
    return words[1:] if words[:1] == ["escalate"] else words


def leads_out(words: list[str], folder: Path) -> bool:
    """Return whether a file would be made outside the throw-away folder, which holds all that is to be deleted."""
    named = [word.partition("=")[2] for word in words if word.startswith("--out=")]
    named += [after for word, after in pairwise(words) if word == "--out"]
    return any(not Path(one).expanduser().resolve().is_relative_to(folder.resolve()) for one in named)


def _as_typed(words: list[str], began_in: Path) -> list[str]:
    """Return the words with the one case there is for a verb that needs one, and answers found where they lie."""
    verb, *rest = words
    for place, word in enumerate(rest[1:], 1):
        if rest[place - 1] == "--from" and word != "-" and (began_in / word).is_file():
            rest[place] = str(began_in / word)
    first = rest[0] if rest else "-"
    if verb in OF_A_CASE and first.startswith("-") and "--help" not in rest:
        here = cases_here()
        if len(here) == 1:
            rest.insert(0, here[0])
    return [verb, *rest]


def _say_how(screen: Screen, folder: Path, reference: str) -> None:
    if reference:
        screen.say(f"Your case is {reference}. A verb without a reference is about it, while it is the only one.")
        screen.say("Next: show. Then try due, record (you told somebody), advance (how the stage ended), export.")
    else:
        screen.say("There is no case yet: raise opens one.")
    screen.say('Type a verb as always, without "escalate".')
    screen.say("Enter alone shows what presses; ? lists the verbs; q leaves. Until then what is made lies in:")
    screen.user(str(folder), indent=2)


def _list_verbs(screen: Screen) -> None:
    screen.say("What to try, one after the other: show, due, record, advance, export. All there is:")
    for verb in VERBS:
        if verb.name not in _NOT_HERE:
            screen.say(f"{verb.name}: {verb.says}", indent=2, hang=4)
    screen.say("One verb, with its options: advance --help. q leaves.")


@contextmanager
def _cleaning_up_when_ended() -> Iterator[None]:
    """Have a closed window, or a computer shutting down, end this run in order, so that what is to go is deleted."""
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {one: signal.signal(one, _end) for one in ending}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    # Not an Exception: no verb that is running takes it for a fault of its own.
    raise SystemExit(128 + number)
