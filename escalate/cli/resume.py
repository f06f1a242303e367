"""`escalate resume`: the interviews that were begun and left, to go on with one or to forget it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

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
from escalate.store.being_written import orphans, remove_room, room_of
from escalate.store.drafts import all_drafts
from escalate.store.drafts_left import DraftLeft, drafts_left
from escalate.store.reading import reading_if_any

Left = DraftLeft | Path
"""A draft, or the folder of texts that an editor left of a draft that is gone."""

Number = Annotated[int | None, typer.Argument(metavar="N", min=1, help="Go on with the one of this number.")]
Forget = Annotated[int | None, typer.Option("--forget", metavar="N", min=1, help="Forget the one of this number.")]
_HOW = "Type a number to go on with it, - and a number to forget it, or Enter to leave."


def command(number: Number = None, forget: Forget = None, plain: Plain = False, as_json: ShownAsJson = False) -> None:
    """List the interviews that were begun and left; go on with one by its number, or forget it.

    Last come texts that an editor left of a draft that is gone: open them in a text editor, or forget them here.

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


def _left() -> list[Left]:
    """Return the drafts, then the folders of texts whose draft is gone."""
    with reading_if_any(database()) as con:
        if con is None:
            return []
        ids = {draft.id for draft in all_drafts(con)}
        return [*drafts_left(con), *orphans(home(), ids)]


def _the(number: int, left: Sequence[Left]) -> Left:
    if number > len(left):
        raise NotFound(f"there is no draft {number}", remedy="see which there are: escalate resume")
    return left[number - 1]


def _as_plain(number: int, left: Left) -> dict[str, object]:
    if isinstance(left, Path):
        nothing = dict.fromkeys(("verb", "reference", "about", "command", "left_at"), "")
        return {"number": number, **nothing, "answers": 0, "note": _say(left)}
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


def _say(left: Left, *, in_full: bool = False) -> str:
    if isinstance(left, Path):
        return f"words from an editor, of a draft that is gone: {left}"
    return say_draft(left, today(), in_full=in_full)


def _list(screen: Screen, left: Sequence[Left]) -> None:
    if not left:
        screen.say("No draft is left: nothing was begun and not finished.")
        return
    screen.say(("Begun and not finished, the latest first", "heading"))
    for number, one in enumerate(left, 1):
        screen.say((f"{number}", "strong"), f"  {_say(one, in_full=screen.kind == 'spoken')}", indent=2, hang=3)
        if note := _note(one):
            screen.say(note, indent=5)


class _Bar(NamedTuple):
    """Why a draft cannot be gone on with here: as the list notes it, and as an error and its remedy."""

    note: str
    what: str
    remedy: str


_FORGET = "to forget it: escalate resume --forget N"


def _bar(left: Left) -> _Bar | None:
    """Return what stands in the way of going on; None where nothing does."""
    if isinstance(left, Path):
        note = "Open its files in a text editor; here they can only be forgotten."
        return _Bar(note, "that is no draft, but words from an editor", f"open its files in a text editor: {left}")
    if not left.is_readable:
        return _Bar("It was not written by escalate, or is damaged.", "this draft cannot be read", _FORGET)
    if left.recorded_as:
        already = f"is already recorded as {left.recorded_as}"
        return _Bar(f"It {already}: it can only be forgotten.", f"this draft {already}", _FORGET)
    if left.has_lost_its_case:
        note = "Its case is not here any more: it can only be forgotten."
        return _Bar(note, "the case of this draft is not here any more", _FORGET)
    if left.needs_its_file:
        note = "To go on, give the same file again: escalate receive FILE"
        return _Bar(note, "this draft is about a form that was given", "give it again: escalate receive FILE")
    return None


def _note(left: Left) -> str:
    """Return what stands in the way of going on, or what to know before, as a sentence, or ""."""
    if bar := _bar(left):
        return bar.note
    if isinstance(left, Path):
        return ""
    if left.state in ("ended", "withdrawn"):
        return "Its case has ended since."
    if left.policy and find("policies", f"{left.policy}.toml", home()) is None:
        return "The file of its policy is not here any more: which policy governs will be asked again."
    return ""


def _choose(screen: Screen, left: list[Left], *, plain: bool) -> None:
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
            screen.say(_say_what_can_be_typed(len(left)))
        elif typed.startswith("-"):
            if _forget(screen, left[int(bare) - 1]):
                left = _left()
                _list(screen, left)
                if not left:
                    return
        elif bar := _bar(one := left[int(bare) - 1]):
            screen.say(bar.note)
        else:
            _go_on(one, plain=plain)
            return


def _say_what_can_be_typed(count: int) -> str:
    if count == 1:
        return "Type 1, - 1, or Enter."
    return f"Type a number from 1 to {count}, - and such a number, or Enter."


def _go_on(left: Left, *, plain: bool) -> None:
    """Run its verb with this draft; the exit code is the verb's.

    Raises:
        AnswersMissing: there is nobody to ask.
        NotFound: its case is not here any more, or its file must be given.
    """
    if bar := _bar(left):
        raise NotFound(bar.what, remedy=bar.remedy)
    assert not isinstance(left, Path)
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


def _forget(screen: Screen, left: Left) -> bool:
    """Ask once, at a terminal, and forget the draft; return whether it was forgotten."""
    if sys.stdin.isatty():
        screen.say(f"Forget {_say(left, in_full=screen.kind == 'spoken')}?")
        screen.say("What was typed cannot be had back. Type y to forget it; anything else keeps it.")
        try:
            typed = PlainKeyboard(print).line().strip().casefold()
        except LeftOff:
            typed = ""
        if typed not in ("y", "yes"):
            screen.say("It is kept.")
            return False
    from escalate.cli.sitting import open_desk

    with open_desk() as desk:
        if not isinstance(left, Path):
            desk.ledger.drop_draft(left.id)
        stays = remove_room(left if isinstance(left, Path) else room_of(desk.home, left.id))
    screen.say("Forgotten. Nothing was recorded.")
    if stays:
        screen.say("These files could not be removed; remove them by hand:")
        screen.lines([str(path) for path in stays], indent=2)
    return True
