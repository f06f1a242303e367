"""`escalate resume`: the interviews that were begun and left, to go on with one or to forget it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Annotated

import typer

from escalate.ask.conversation import LeftOff
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.cli.chosen_draft import chosen_draft
from escalate.cli.options import Plain, ShownAsJson
from escalate.clock import today
from escalate.errors import AnswersMissing, NotFound
from escalate.files.places import database, find, home
from escalate.render.console import Screen
from escalate.render.drafts_words import draft_command, draft_words, say_draft
from escalate.store import readers
from escalate.store.drafts_left import DraftLeft, drafts_left

Number = Annotated[int | None, typer.Argument(metavar="N", min=1, help="Go on with the one of this number.")]
Forget = Annotated[int | None, typer.Option("--forget", metavar="N", min=1, help="Forget the one of this number.")]
_HOW = "Type a number to go on with it, - and a number to forget it, or Enter to leave."


def command(number: Number = None, forget: Forget = None, plain: Plain = False, as_json: ShownAsJson = False) -> None:
    """List the interviews that were begun and left; go on with one by its number, or forget it.

    Going on is the same as typing its verb again. The list names the verb and the case, by its reference, and
    by initials or its theme; when it was left and how many answers it has: never a name. Through a pipe it only lists.
    """
    left = _left()
    if as_json:
        from escalate.render.json_out import print_json

        print_json("drafts", [_as_plain(place, one) for place, one in enumerate(left, 1)])
        return
    screen = Screen.here(plain=plain)
    if forget is not None:
        _forget(screen, _the(forget, left))
        return
    if number is not None:
        _go_on(_the(number, left), plain=plain)
        return
    _list(screen, left)
    if left and sys.stdin.isatty() and sys.stdout.isatty():
        _choose(screen, left, plain=plain)


def _left() -> list[DraftLeft]:
    try:
        con = readers.open_for_reading(database())
    except NotFound:  # nothing is recorded here yet
        return []
    with closing(con):
        return drafts_left(con)


def _the(number: int, left: Sequence[DraftLeft]) -> DraftLeft:
    if number > len(left):
        raise NotFound(f"there is no draft {number}", remedy="see which there are: escalate resume")
    return left[number - 1]


def _as_plain(number: int, left: DraftLeft) -> dict[str, object]:
    return {
        "number": number,
        "verb": left.verb,
        "reference": left.reference,
        "about": left.about,
        "command": draft_command(left),
        "left_at": left.updated_at,
        "answers": left.answers,
        "note": _note(left),
    }


def _list(screen: Screen, left: Sequence[DraftLeft]) -> None:
    if not left:
        screen.say("No draft is left: nothing was begun and not finished.")
        return
    screen.say(("Begun and not finished, the latest first", "heading"))
    for number, one in enumerate(left, 1):
        screen.say((f"{number}", "strong"), f"  {say_draft(one, today())}", indent=2, hang=3)
        if note := _note(one):
            screen.say(note, indent=5)


def _note(left: DraftLeft) -> str:
    """Return what stands in the way of going on, as a sentence, or ""."""
    if left.has_lost_its_case:
        return "Its case is not here any more: it can only be forgotten."
    if left.needs_its_file:
        return "To go on, give the same file again: escalate receive FILE"
    if left.state in ("ended", "withdrawn"):
        return "Its case has ended since."
    if left.policy and find("policies", f"{left.policy}.toml", home()) is None:
        return "The file of its policy is not here any more: which policy governs will be asked again."
    return ""


def _choose(screen: Screen, left: list[DraftLeft], *, plain: bool) -> None:
    keyboard = PlainKeyboard(print)
    while True:
        screen.gap()
        screen.say(_HOW)
        try:
            typed = keyboard.line().strip()
        except LeftOff:
            return
        if not typed or typed == "q":
            return
        bare = typed.removeprefix("-").strip()
        if not (bare.isascii() and bare.isdigit() and 1 <= int(bare[:9]) <= len(left)):
            screen.say(f"There is 1 to {len(left)}." if len(left) > 1 else "There is only 1.")
        elif typed.startswith("-"):
            if _forget(screen, left[int(bare) - 1]):
                left = _left()
                _list(screen, left)
                if not left:
                    return
        elif (one := left[int(bare) - 1]).has_lost_its_case or one.needs_its_file:
            screen.say(_note(one))
        else:
            _go_on(one, plain=plain)
            return


def _go_on(left: DraftLeft, *, plain: bool) -> None:
    """Run its verb with this draft; the exit code is the verb's.

    Raises:
        AnswersMissing: there is nobody to ask.
        NotFound: its case is not here any more, or its file must be given.
    """
    if left.has_lost_its_case:
        raise NotFound("the case of this draft is not here any more", remedy="to forget it: escalate resume --forget N")
    if left.needs_its_file:
        raise NotFound("this draft is about a form that was given", remedy="give it again: escalate receive FILE")
    if not sys.stdin.isatty():
        raise AnswersMissing(
            "standard input is not a terminal, so nothing can be asked",
            remedy=f"at a terminal: {draft_command(left)}; or give the answers in a file: --from answers.toml",
            recorded="",
        )
    from escalate.cli import main

    token = chosen_draft.set(left.id)
    try:
        code = main([*draft_words(left), *(["--plain"] if plain else [])])
    finally:
        chosen_draft.reset(token)
    raise typer.Exit(code)


def _forget(screen: Screen, left: DraftLeft) -> bool:
    """Ask once, at a terminal, and forget the draft; return whether it was forgotten."""
    if sys.stdin.isatty():
        screen.say(f"Forget {say_draft(left, today())}?")
        screen.say("What was typed cannot be had back. Type y to forget it; anything else keeps it.")
        try:
            typed = PlainKeyboard(print).line().strip().casefold()
        except LeftOff:
            typed = ""
        if typed not in ("y", "yes"):
            screen.say("It is kept.")
            return False
    from escalate.cli.interviewing import writing_room
    from escalate.cli.sitting import open_desk

    with open_desk() as desk:
        desk.ledger.drop_draft(left.id)
        writing_room(desk.home, left.id).clear()
    screen.say("Forgotten. Nothing was recorded.")
    return True
