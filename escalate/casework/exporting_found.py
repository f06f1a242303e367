"""Where what a form may not say stands in people's own words, and what was decided of it for an earlier issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from escalate.casework.desk import OpenCase
from escalate.core import events as e
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.updates import short_label
from escalate.core.identifying import Identifier, are_initials, find_identifiers, identifiers
from escalate.core.names_in_text import Hit
from escalate.core.policy import follow

_ASKED_BY = {"child.born_on": "date of birth", "child.address": "address", "child.reference": "reference"}
# What says who works on the case, or who the child is as the form itself asks, is no free text.
_NO_FREE_TEXT = ("agency.", "form.", "child.")
_AROUND = 40

Choice = str | None
"""The words to put in its place, or None to let it stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One form as the case fills it; `about` is how the child is called on the screen, where the case has several."""

    definition: FormDefinition
    answers: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which form something stands that it may not say: in `line`, from `start` to `end` of it.

    `at` is where in the field's whole answer it begins; `called` what the field is called in short.
    """

    draft: Draft
    field: FormField
    called: str
    line: str
    start: int
    end: int
    at: int
    identifier: Identifier

    @property
    def written(self) -> str:
        return self.line[self.start : self.end]

    @property
    def excerpt(self) -> str:
        """Return it with the words around it."""
        return f"… {self.line[max(self.start - _AROUND, 0) : self.end + _AROUND]} …"

    @property
    def where(self) -> str:
        """Return which form, about whom, and which field of it."""
        about = f", about {self.draft.about}" if self.draft.about else ""
        return f"{self.draft.definition.title}{about}: {self.called}"


def places_in(opened: OpenCase, draft: Draft) -> Iterator[Place]:
    """Yield every place of a form where something stands that it may not say."""
    # Where a name is shared, it counts as the one that is withheld.
    known = sorted(identifiers(opened.case, opened.chronology), key=lambda one: not one.withheld_at)
    definition, policy = draft.definition, follow(opened.policy)
    if definition.names == "in full" and not any(one.withheld_at for one in known):
        return
    asked = {_ASKED_BY[one.fills] for one in definition.fields if one.fills in _ASKED_BY}
    for field in definition.fields_in(draft.answers):
        # A date of the form's own is a day of the case, even where the child was born on it.
        if field.kind == "date" or field.fills.startswith("agency."):
            continue
        text = draft.answers.get(field.id, "")
        for hit in find_identifiers(text, known):
            one = known[hit.index]
            if one.withheld_at or (one.sort not in asked and _may_not_say(definition, field, text, hit, one)):
                first, end = _lines_around(text, hit)
                start, stop = hit.start - first, hit.end - first
                yield Place(draft, field, short_label(field, policy), text[first:end], start, stop, hit.start, one)


def _may_not_say(definition: FormDefinition, field: FormField, text: str, hit: Hit, one: Identifier) -> bool:
    is_free_text = not field.fills.startswith(_NO_FREE_TEXT) or field.fills == "child.parental_responsibility"
    is_allowed = definition.names == "initials" and are_initials(text[hit.start : hit.end], one)
    return definition.names != "in full" and is_free_text and not is_allowed


def _lines_around(text: str, hit: Hit) -> tuple[int, int]:
    """Return where the line begins in which it stands, and where it ends: all its lines, where it goes over several."""
    end = text.find("\n", hit.end)
    return text.rfind("\n", 0, hit.start) + 1, end if end >= 0 else len(text)


def decided_before(opened: OpenCase, draft: Draft, places: Sequence[Place]) -> dict[Place, Choice]:
    """Return what was decided of the words at these places when the form was issued before, for whichever child."""
    sent = _lines_sent(opened, draft.definition) if places else {}
    found: dict[Place, Choice] = {}
    by_line: dict[tuple[str, int], list[Place]] = {}
    for place in places:
        by_line.setdefault((place.field.id, place.at - place.start), []).append(place)
    for line in by_line.values():
        found |= _as_sent(line, sent)
    chosen: dict[tuple[Identifier, str], set[Choice]] = {}
    for place, choice in found.items():
        chosen.setdefault((place.identifier, place.written), set()).add(choice)
    for place in places:
        # What was let stand in one line may mean somebody in another.
        match list(chosen.get((place.identifier, place.written), ())):
            case [str() as instead]:
                found.setdefault(place, instead)
    return found


def _lines_sent(opened: OpenCase, definition: FormDefinition) -> dict[str, int]:
    """Return every line that the form ever said when it was issued, the latest first, with the entry of its issue."""
    issues = [event for event in opened.case.of(e.FormIssued) if cast(e.FormIssued, event.fact).form == definition.id]
    lines: dict[str, int] = {}
    for event in sorted(issues, key=lambda one: one.sequence, reverse=True):
        for text in cast(e.FormIssued, event.fact).answers.values():
            for line in text.splitlines():
                lines.setdefault(line, event.sequence)
    return lines


def _as_sent(places: Sequence[Place], sent: Mapping[str, int]) -> dict[Place, Choice]:
    """Return what stood at these places of one line when it went out, as far as a person can have decided it so."""
    text = max((place.line for place in places), key=len)
    kept, end = [], 0
    for place in places:
        kept.append(re.escape(text[end : place.start]))
        end = place.end
    # A text of several lines did not go out as one of them.
    pattern = re.compile("(.+?)".join([*kept, re.escape(text[end:])]))
    for line, entry in sent.items():
        match = pattern.fullmatch(line)
        said = dict(zip(places, match.groups(), strict=True)) if match else {}
        if said and all(words == one.written or words in one.identifier.instead for one, words in said.items()):
            return {
                one: None if words == one.written else words
                for one, words in said.items()
                if entry > one.identifier.withheld_at
            }
    return {}
