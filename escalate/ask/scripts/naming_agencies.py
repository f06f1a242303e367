"""An agency typed nearly as one is called that is known already is asked back, so that it does not stand here twice."""

from __future__ import annotations

from escalate.ask.scripts.known import Known
from escalate.core.answers import Answers, Value
from escalate.core.folded_text import bare
from escalate.core.text import folded


def is_ours_spelt_otherwise(known: Known, value: Value) -> str:
    """Return that this is our own agency's name but for apostrophes, accents and the like; "" where it is not."""
    said, own = str(value), known.own_agency
    if not own or folded(said) == folded(own) or bare(said) != bare(own):
        return ""
    return f"You know {own} already: it is your own agency. Is this another one?"


def is_known_already(known: Known, value: Value, answers: Answers) -> str:
    """Return that this is our own agency's name, or that of one named in this case before; "" where it is neither's."""
    names = {option.value: option.shown for option in known.agencies}
    said = names.get(str(value), str(value))
    for entry in answers.entries("receiving"):
        before = entry.text("agency")
        called = names.get(before, before)
        if called and bare(called) == bare(said):
            return f"You named {called} already. Is this another agency?"
    return is_ours_spelt_otherwise(known, value)
