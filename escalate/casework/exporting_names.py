"""What a form may not say: who a child is, where it names none or by initials, and what is withheld, in every form.

It is looked for in people's own words, shown, and decided by a person: the same words once for all places in all forms
of one export, and not again for the words of an earlier issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from escalate.casework.desk import OpenCase
from escalate.casework.exporting_found import Choice, Draft, Place, decided_before, places_in
from escalate.core.forms.definition import FormDefinition
from escalate.core.identifying import Identifier, identifiers
from escalate.errors import FormRefused, Problem


@dataclass(frozen=True, slots=True)
class NameFound:
    """The same words, wherever they stand: `uses` are the places by the words around them."""

    identifier: Identifier
    written: str
    uses: tuple[tuple[Place, ...], ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for use in self.uses for place in use)


Choose = Callable[[NameFound], Sequence[Choice]]
"""What a person decides about words found: a choice for each of their uses."""


def without_names(opened: OpenCase, drafts: Sequence[Draft], choose: Choose | None) -> list[dict[str, str]]:
    """Return the answers of each form with everything in them that it may not say decided by a person.

    Of a form that names no child, or by initials, that is all by which the family was ever recorded: names, addresses,
    references, dates of birth; initials too where it names nobody. What the form asks for in a field of its own is let
    stand. Of every form it is what is withheld: people and addresses. Words decided for an earlier issue of the form
    stay decided: put in place of others everywhere, let stand where the line is the same.

    Args:
        choose: asks the person; None where there is nobody to ask.
    Raises:
        FormRefused: something is undecided and there is nobody to ask. The message names fields, never what is in them.
    """
    decided: dict[Place, Choice] = {}
    undecided: list[Place] = []
    for draft in drafts:
        places = list(places_in(opened, draft))
        decided |= decided_before(opened, draft, places)
        undecided += (place for place in places if place not in decided)
    for found in _grouped(undecided):
        if choose is None:
            raise _refused(opened, undecided)
        for use, choice in zip(found.uses, choose(found), strict=True):
            decided |= dict.fromkeys(use, choice)
    return [_with(draft, decided) for draft in drafts]


def _with(draft: Draft, decided: Mapping[Place, Choice]) -> dict[str, str]:
    kept = dict(draft.answers)
    # From the end, so that what was found before stays where it was found.
    for place, instead in sorted(decided.items(), key=lambda one: one[0].at, reverse=True):
        if place.draft is draft and instead is not None:
            text = kept[place.field.id]
            kept[place.field.id] = text[: place.at] + instead + text[place.at + len(place.written) :]
    return kept


def _grouped(places: Sequence[Place]) -> list[NameFound]:
    """Return what is to be decided: the same words once for all forms that may say as much as each other."""
    groups: dict[tuple[str, Identifier, str], dict[str, list[Place]]] = {}
    for place in places:
        key = place.draft.definition.names, place.identifier, place.written
        groups.setdefault(key, {}).setdefault(place.excerpt, []).append(place)
    return [
        NameFound(identifier, written, tuple(tuple(use) for use in uses.values()))
        for (_, identifier, written), uses in groups.items()
    ]


def _refused(opened: OpenCase, undecided: Sequence[Place]) -> FormRefused:
    titles = list(dict.fromkeys(place.draft.definition.title for place in undecided))
    definition = undecided[0].draft.definition
    may = "names no child" if definition.names == "nobody" else "gives a child's initials and nothing fuller"
    if all(place.identifier.withheld_at for place in undecided):
        what = f"what is withheld stands in the answers of {' and '.join(titles)}"
    elif len(titles) == 1:
        what = f"{definition.title} {may}, and what was recorded of one stands in its answers"
    else:
        what = f"what they may not say of a child stands in the answers of {' and '.join(titles)}"
    holds: dict[str, dict[str, dict[int, None]]] = {}
    for place in undecided:
        form = f"{place.draft.definition.title}, " if len(titles) > 1 else ""
        kinds = holds.setdefault(f'{form}field "{place.called}"', {})
        kinds.setdefault(place.identifier.called, {})[place.at + 1] = None
    return FormRefused(
        f"case {opened.case.reference}: {what}",
        problems=[
            Problem(where, "holds " + "; ".join(f"a {called}, at {_counted(at)}" for called, at in kinds.items()))
            for where, kinds in holds.items()
        ],
        remedy="run it at a terminal, where each can be decided, or correct the entries: "
        f"escalate correct {opened.case.reference}",
        recorded="",
    )


def _counted(numbers: Mapping[int, None]) -> str:
    *first, last = map(str, sorted(numbers))
    return f"characters {', '.join(first)} and {last}" if first else f"character {last}"


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
