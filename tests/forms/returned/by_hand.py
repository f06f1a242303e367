"""Hand-filled blanks of the partnerships' own forms, with invented answers, in the ways people type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from escalate.core.forms.definition import FormDefinition
from tests.forms.returned import blank_croydon, blank_herefordshire, blank_knowsley
from tests.forms.returned.blank import Pen
from tests.forms.returned.hand import Returned
from tests.forms.returned.returning import form, without_presets
from tests.forms.returned.words import answer_to, day, like_labels_of

Filled = Callable[[Mapping[str, str], Pen], bytes]
BLANKS: Mapping[str, tuple[Filled, Sequence[str]]] = {
    "knowsley-appendix-2": (blank_knowsley.appendix_2, blank_knowsley.APPENDIX_2_STYLES),
    "knowsley-appendix-3": (blank_knowsley.appendix_3, blank_knowsley.APPENDIX_3_STYLES),
    "herefordshire-appendix-2": (blank_herefordshire.appendix_2, blank_herefordshire.APPENDIX_2_STYLES),
    "croydon-notification": (blank_croydon.notification, blank_croydon.STYLES),
}
LOG = "herefordshire-appendix-1"
STYLES: Sequence[tuple[str, str]] = (
    *((name, style) for name, (_, styles) in BLANKS.items() for style in styles),
    *((LOG, style) for style in blank_herefordshire.APPENDIX_1_STYLES),
)


def by_hand(name: str, style: str, seed: int, *, like_labels: bool = False) -> Returned:
    """Return a blank of the partnership's own that somebody filled in, each field answered or left."""
    chance = Random(f"{name} {style} {seed} {like_labels}")
    definition, template = _with_stand_ins(*form(name))
    pen = Pen(chance, style)
    way = f"by hand, {style}" + (", answers like labels" if like_labels else "")
    like = like_labels_of(definition) if like_labels else ()
    if name == LOG:
        return _log(style, pen, way)
    answers = {
        field.id: "" if chance.random() < 0.15 else answer_to(field, chance, like) for field in definition.fields
    }
    if name == "croydon-notification":
        # As most are: no further than stage 3, or 4; the rest of the form as the partnership sends it out.
        last = chance.choice(("3", "4", "5"))
        for field in definition.fields:
            if field.of_stage > last:
                answers[field.id] = ""
    content = BLANKS[name][0](answers, pen)
    if name == "croydon-notification":
        # The blank has them selected: where nobody chose, that is what it says.
        for field in definition.fields:
            answers[field.id] = answers[field.id] or field.preset
    expected = without_presets(definition, answers)
    return Returned(form=definition, template=template, way=way, content=content, answers=expected)


def _log(style: str, pen: Pen, way: str) -> Returned:
    definition, template = _with_stand_ins(*form(LOG))
    (table,) = definition.tables
    chance = pen.chance
    rows: list[dict[str, str]] = []
    for _ in range(chance.randint(8, 10) if style == "with rows added" else chance.randint(1, 7)):
        one = {column.id: answer_to(column, chance) for column in table.columns}
        one["child"] = (
            f"Name: Rowan Testcase {len(rows)}\nDOB: {day(chance)}\nAge: 7\n"
            f"Unique identifier: P{chance.randint(100, 999)}"
        )
        rows.append(one)
    content = blank_herefordshire.appendix_1(rows, pen)
    answers = {
        table.cell(number, column).id: row[column.id]
        for number, row in enumerate(rows, start=1)
        for column in table.columns
    }
    return Returned(form=definition, template=template, way=way, content=content, answers=answers)


def many_by_hand(count: int, *, like_labels: bool = False) -> Iterator[Returned]:
    """Yield so many hand-filled blanks, each form in each style in turn."""
    for seed in range(count):
        name, style = STYLES[seed % len(STYLES)]
        yield by_hand(name, style, seed, like_labels=like_labels)


def _with_stand_ins(definition: FormDefinition, template: bytes) -> tuple[FormDefinition, bytes]:
    """Return the form with the lines of these blanks among those it prints: theirs are the partnerships’ own words."""
    lines = (*blank_croydon.STAND_INS, *blank_herefordshire.STAND_INS)
    return replace(definition, printed=(*definition.printed, *lines)), template
