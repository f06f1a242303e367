"""A form that came in, as a page: whose it is, what differs three ways, what stands in no field, what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalate.core.forms.returned import AsRead, Difference, ReturnedForm, can_stand, says_the_same
from escalate.render.console import Screen
from escalate.render.days import format_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """The case a form belongs to, as far as is known: its reference, "" for none; how it was known, what speaks for it.

    `is_sure` says that nobody need be asked. `issue` is the issue of ours that it came of, "" where none; `before` is
    what to call what the form said before. `newer` says that it is not the newest of its kind.
    `as_proposed` says that nobody is asked: what is proposed of each field is done.
    """

    reference: str = ""
    subject: str = ""
    by: str = ""
    is_sure: bool = False
    issue: str = ""
    before: str = "sent"
    fits: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    newer: str = ""
    as_proposed: bool = False


_BY = {
    "properties": "known by the file's own properties",
    "printed reference": "known by the reference printed on it, which counts only once a person says yes",
    "answered": "as was said",
}
_OF_ANOTHER = "It is not taken over: its row is about another case or child than this form's."
_WHY_FLAGGED = "to change it in the case: escalate correct"


def say_form(screen: Screen, form: ReturnedForm, differences: Sequence[Difference], belongs: Belonging) -> None:
    """Show a form before anything of it is recorded; what is unchanged is only counted."""
    screen.say((form.definition.title, "strong"), f", {form.definition.partnership}", hang=2)
    _say_belonging(screen, form, belongs)
    missing = [one for one in differences if _is_missing_and_empty(one)]
    shown = [one for one in differences if one.standing != "unchanged" and one not in missing]
    for one in shown:
        if belongs.reference:
            _say_difference(screen, one, belongs)
        else:
            _say_words(screen, one.field.called, one.returned.text)
            if one.is_of_another:
                screen.say(_OF_ANOTHER, indent=4, hang=2)
    left = len(differences) - len(shown) - len(missing)
    if missing:
        screen.say(f"{format_count(len(missing), 'field')} {'was' if len(missing) == 1 else 'were'} not found on it.")
    if left:
        was_sent = any(one.sent is not None for one in differences)
        screen.say(f"{format_count(left, 'field')} {'unchanged' if was_sent else 'without an answer'}.")
    if form.not_placed:
        screen.heading("In no field of it")
        for words in form.not_placed:
            screen.user(words, indent=2)
    if form.warnings:
        screen.heading("Look at the document itself")
        for warning in form.warnings:
            screen.say(f"{warning}.", indent=2, hang=2)


def _say_belonging(screen: Screen, form: ReturnedForm, belongs: Belonging) -> None:
    if not belongs.reference:
        screen.say("It belongs to no case of this record, as far as the file says.", indent=2, hang=2)
        if form.reference:
            screen.say(f"The reference printed on it: {form.reference}", indent=2, hang=2)
    else:
        about = f", about {belongs.subject}" if belongs.subject else ""
        issue = f"; of issue {belongs.issue}" if belongs.issue else ""
        screen.say(f"Case {belongs.reference}{about}: {_BY[belongs.by]}{issue}", indent=2, hang=2)
    if belongs.fits and not belongs.is_sure:
        screen.say(f"It fits: {', '.join(belongs.fits)}.", indent=2, hang=2)
    for doubt in (*belongs.doubts, *filter(None, (belongs.newer,))):
        screen.say(f"Look: {doubt}.", indent=2, hang=2)


def _is_missing_and_empty(one: Difference) -> bool:
    return one.standing == "not found" and not (one.sent or one.now)


def _say_difference(screen: Screen, one: Difference, belongs: Belonging) -> None:
    screen.heading(f"{one.field.called} ({one.said_as})")
    if one.sent is not None:
        _say_words(screen, belongs.before, one.sent)
    if one.standing == "unreadable":
        for number, words in enumerate(one.returned.readings, 1):
            _say_words(screen, f"reading {number}", words)
    elif one.standing != "not found":
        _say_words(screen, "returned" if one.sent is not None else "it says", one.returned.text)
    is_as_sent = one.sent is not None and bool(one.sent.strip()) and says_the_same(one.field, one.sent, one.now)
    _say_words(screen, "here now", f"as {belongs.before}" if is_as_sent else one.now)
    if one.is_of_another:
        screen.say(_OF_ANOTHER, indent=2, hang=2)
        return
    if one.is_older:
        screen.say("It is left as it is here, because a newer one came in.", indent=2, hang=2)
        return
    if one.proposed == "leave" and not one.is_quiet and one.standing != "not found":
        screen.say("It stays with this form: it is about who filled this one in.", indent=2, hang=2)
    if one.proposed == "flag" and not can_stand(one.field, one.returned.text):
        choices = ", ".join(one.field.options)
        screen.say(f"It is not taken over: it is none of the form's choices ({choices}).", indent=2, hang=2)
    elif one.proposed == "flag":
        screen.say(f"It is not taken over; {_WHY_FLAGGED} {belongs.reference}", indent=2, hang=2)
    elif belongs.as_proposed and one.proposed == "take":
        screen.say("As proposed: taken over.", indent=2)
    elif belongs.as_proposed and (one.is_quiet or one.standing == "not found"):
        screen.say("As proposed: left as it is here.", indent=2)


def _say_words(screen: Screen, what: str, words: str) -> None:
    if not words.strip():
        screen.say(f"{what}: (nothing)", indent=2)
    elif "\n" in words:
        screen.say(f"{what}:", indent=2)
        screen.user(words, indent=4)
    else:
        screen.say(f"{what}: {words}", indent=2, hang=2)


def reading_data(read: AsRead) -> dict[str, object]:
    """Return how a field was read, as plain data: by which readers, how certain, and what others read."""
    return {"source": list(read.by), "certainty": read.certainty, "otherwise": dict(read.otherwise)}
