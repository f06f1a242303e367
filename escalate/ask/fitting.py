"""Which of what is listed somebody means who types it otherwise: without the apostrophe, by initials, as "phone"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from escalate.ask.question import Option
from escalate.core.folded_text import bare

YES_NO = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


def meant(options: Sequence[Option], typed: str) -> list[Option]:
    """Return the options called so, or whose other words these are, but for what nobody minds when typing.

    That is capitals, accents, spaces, apostrophes, hyphens and dots.
    """
    said = bare(typed)
    if not any(map(str.isalpha, said)):
        return []
    return [one for one in options if said == bare(one.shown) or any(_is_word(word, typed) for word in one.words)]


def mentioned(options: Sequence[Option], typed: str) -> list[Option]:
    """Return the options one of whose words stands somewhere in what was typed: "by phone", "I rang her"."""
    said = typed.casefold()
    return [
        one
        for one in options
        if one.words and any(_stands_in(word.casefold(), said) for word in (one.shown, *one.words))
    ]


def _is_word(word: str, typed: str) -> bool:
    if bare(word) != bare(typed):
        return False
    if not _INITIALS.fullmatch(word) or "." in typed:
        return True
    # Jo is somebody's name, and no more J.O. than "no" is N.O.; "jo" and "JO" can be.
    return (typed.isupper() or typed.islower()) and typed.casefold() not in YES_NO


def _stands_in(word: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) is not None
