"""Plain once for all: what `setup` was told about lines that never redraw holds for every verb at a terminal.

`--plain` and `ESCALATE_PLAIN` go before it: `ESCALATE_PLAIN=0` asks for lines that can be edited, whatever was set up.
Every screen and every interview looks at `ESCALATE_PLAIN`, and so it is said to them there.
"""

from __future__ import annotations

import os

from escalate.files.places import database
from escalate.store.set_up import asks_plainly

PLAIN = "ESCALATE_PLAIN"
_AS_SET_UP = "as set up"
_NOT = ("0", "no", "off", "false")


def settle_plain() -> None:
    """Look, once, how this person wants to be asked and answered, before a verb runs at a terminal."""
    said = os.environ.get(PLAIN)
    if said is None:
        settle_as(plain=asks_plainly(database()))
    elif said.strip().casefold() in _NOT:
        os.environ[PLAIN] = ""


def is_told_plain(*, plain: bool) -> bool:
    """Return whether lines that never redraw were asked for of this run or this window, whatever was set up."""
    said = os.environ.get(PLAIN, "")
    return plain or bool(said and said != _AS_SET_UP) or os.environ.get("TERM") == "dumb"


def settle_as(*, plain: bool) -> None:
    """Ask and answer so from now on, in this run, unless the person's own `ESCALATE_PLAIN` says otherwise."""
    if os.environ.get(PLAIN, _AS_SET_UP) != _AS_SET_UP:
        return
    if plain:
        os.environ[PLAIN] = _AS_SET_UP
    else:
        os.environ.pop(PLAIN, None)
