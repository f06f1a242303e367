"""Asks what to do with words that a form may not say: once for all the places where they stand, or for each use."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.casework.exporting_found import Choice, Place
from escalate.casework.exporting_names import NameFound
from escalate.cli.interviewing import typed_one_of
from escalate.render.console import Screen


def choose(found: NameFound) -> Sequence[Choice]:
    """Return what a person decides about words found: a choice for each of their uses.

    Raises:
        Interrupted: the person left.
    """
    screen = Screen.here(plain=True)
    number = len(found.places)
    places = "" if number == 1 else f" in {number} places"
    screen.gap()
    screen.say(f'"{found.written}" stands{places} in what was written. It is a {found.identifier.called}, and')
    for line in dict.fromkeys(_may_not(place) for place in found.places):
        screen.say(line, indent=2)
    for use in found.uses:
        _say_use(screen, use)
    each = _ask(screen, found, is_one=len(found.uses) == 1)
    if each != _EACH:
        return [each] * len(found.uses)
    chosen: list[Choice] = []
    for use in found.uses:
        screen.gap()
        _say_use(screen, use)
        chosen.append(_ask(screen, found, is_one=True))
    return chosen


_EACH = "\n"  # no words to put in a place have a line's end


def _may_not(place: Place) -> str:
    definition = place.draft.definition
    if place.identifier.withheld_at:
        return "what is withheld is told by no form:"
    may = "names no child" if definition.names == "nobody" else "gives a child's initials and nothing fuller"
    return f"{definition.title} {may}:"


def _say_use(screen: Screen, use: Sequence[Place]) -> None:
    screen.user(use[0].excerpt)
    for where in dict.fromkeys(place.where for place in use):
        screen.say(where, indent=6, hang=2)


def _ask(screen: Screen, found: NameFound, *, is_one: bool) -> Choice:
    # Initials are not offered in place of initials.
    plain = found.written.replace(".", "")
    offered: list[Choice] = [words for words in found.identifier.instead if words.replace(".", "") != plain]
    for number, words in enumerate(offered, 1):
        screen.say(f'{number}  put "{words}" in its place', indent=2, hang=3)
    everywhere = "" if is_one else ", in none of these places"
    screen.say(f"{len(offered) + 1}  leave it: it identifies nobody here{everywhere}", indent=2, hang=3)
    offered.append(None)
    if not is_one:
        offered.append(_EACH)
        screen.say(f"{len(offered)}  decide each of the {len(found.uses)} by itself", indent=2, hang=3)
    numbers = [str(number) for number in range(1, len(offered) + 1)]
    return offered[int(typed_one_of(*numbers)) - 1]
