"""Who a child is, kept out of forms that name children by initials or not at all: found, shown, decided by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from escalate.casework.desk import OpenCase
from escalate.core.events import FormIssued
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.updates import last_issue
from escalate.core.identifying import Identifier, are_initials, find_identifiers, identifiers
from escalate.core.names_in_text import Hit
from escalate.errors import FormRefused, Problem

_ASKED_BY = {"child.born_on": "date of birth", "child.address": "address", "child.reference": "reference"}
# What says who works on the case, or who the child is as the form itself asks, is no free text.
_NO_FREE_TEXT = ("agency.", "form.", "child.")


@dataclass(frozen=True, slots=True)
class NameFound:
    """What identifies a child in the words of a form that may not: which form and field, where, and what it is."""

    definition: FormDefinition
    field: FormField
    text: str
    hit: Hit
    identifier: Identifier


Choose = Callable[[NameFound], str | None]
"""What a person decides about a name found: the words to put in its place, or None to let it stand."""


def without_names(
    opened: OpenCase, definition: FormDefinition, answers: dict[str, str], choose: Choose | None
) -> dict[str, str]:
    """Return the answers of a form that names no child, or by initials, what identifies one decided by a person.

    Looked for in its free text is what was ever recorded: names, addresses, references, dates of birth; initials too
    where the form names nobody. What the form asks for in a field of its own is let stand, and so are words that went
    out in the issue before.

    Args:
        choose: asks the person; None where there is nobody to ask.
    Raises:
        FormRefused: something was found and there is nobody to ask. The message names fields, never what is in them.
    """
    if definition.names == "in full":
        return answers
    found = list(_found(opened, definition, answers))
    if found and choose is None:
        what = "names no child" if definition.names == "nobody" else "gives a child's initials and nothing fuller"
        raise FormRefused(
            f"case {opened.case.reference}: {definition.title} {what}, and what was recorded of one stands in"
            " its answers",
            problems=[
                Problem(
                    f'field "{one.field.label}"',
                    f"holds a recorded {one.identifier.recorded}, at character {one.hit.start + 1}",
                )
                for one in found
            ],
            remedy="run it at a terminal, where each can be decided, or correct the entries: "
            f"escalate correct {opened.case.reference}",
            recorded="",
        )
    decided = [(one, choose(one)) for one in found] if choose else []
    kept = dict(answers)
    # From the end, so that what was found before stays where it was found.
    for one, instead in reversed(decided):
        if instead is not None:
            text = kept[one.field.id]
            kept[one.field.id] = text[: one.hit.start] + instead + text[one.hit.end :]
    return kept


def _found(opened: OpenCase, definition: FormDefinition, answers: Mapping[str, str]) -> Iterator[NameFound]:
    known = identifiers(opened.case, opened.chronology)
    asked = {_ASKED_BY[one.fills] for one in definition.fields if one.fills in _ASKED_BY}
    for field in definition.fields_in(answers):
        text = answers.get(field.id, "")
        # A date of the form's own is a day of the case, even where the child was born on it.
        if field.kind == "date" or _is_no_free_text(field) or text in _sent_before(opened, definition, field):
            continue
        for hit in find_identifiers(text, known):
            one = known[hit.index]
            is_allowed = definition.names == "initials" and are_initials(text[hit.start : hit.end], one)
            if not is_allowed and one.sort not in asked:
                yield NameFound(definition, field, text, hit, one)


def _is_no_free_text(field: FormField) -> bool:
    return field.fills.startswith(_NO_FREE_TEXT) and field.fills != "child.parental_responsibility"


def _sent_before(opened: OpenCase, definition: FormDefinition, field: FormField) -> set[str]:
    """Return what the field said in the last issue of this form for each child: it has gone out, and was decided."""
    children = ("", *opened.case.raised.children)
    issues = (last_issue(definition, opened.case, child) for child in children)
    facts = (event.fact for event in issues if event)
    return {words for fact in facts if isinstance(fact, FormIssued) and (words := fact.answers.get(field.id, ""))}


def must_name_nobody(opened: OpenCase, definition: FormDefinition, texts: Mapping[str, str]) -> None:
    """Make sure that what a form's file is called and says of itself, outside its fields, names no child or parent.

    Args:
        texts: by what each is: "file name", "title".
    Raises:
        FormRefused: one of them does.
    """
    own = f"{definition.title} {definition.id}".casefold()
    for one in identifiers(opened.case, opened.chronology):
        words = one.words.casefold()
        if one.sort not in ("child's name", "parent's name") or " " not in words or words in own:
            continue
        for what, text in texts.items():
            if words in text.casefold() or words.replace(" ", "-") in text.casefold():
                raise FormRefused(
                    f"case {opened.case.reference}: the {what} of {definition.title} holds a recorded name",
                    remedy="report this: it is a fault in escalate",
                    recorded="",
                )
