"""Makes a Word template of a partnership's blank form: a content control for each answer, where people would write it.

Nothing else of the form is changed but what must be: a footer that says which case and issue it is, a table round
labels that stand outside any, and everything gone that tells who made the blank.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.files.docx.opener import MAIN_PART, W, parse_part
from escalate.files.docx.text import text_of
from escalate.files.forms.blank_answers import AnswerPlace
from escalate.files.forms.blank_plain import text_run
from escalate.render.word.finish import finish_parts
from escalate.render.word.footer import put_footer
from escalate.render.word.package import Properties, keep_needed, serialised, set_properties, to_bytes

_SETTINGS = "word/settings.xml"
_SHOUTING = tuple(
    f"{W}{name}" for name in ("b", "bCs", "i", "iCs", "u", "caps", "smallCaps", "highlight", "shd", "rStyle")
)


def make_template(
    parts: Mapping[str, bytes], root: Any, places: Sequence[AnswerPlace], definition: FormDefinition, made_on: date
) -> bytes:
    """Return the template as a .docx.

    Args:
        parts: those of the blank, whose body is not read again.
        root: its body, made plain, in which `places` stand; it is changed.
        places: where each field's answer goes, in the definition's order.
        made_on: the day its properties name, and nobody.
    Raises:
        FormRefused: the blank shows something a form cannot carry, such as a chart.
    """
    blocks = []
    for place, field in reversed(list(zip(places, definition.fields, strict=True))):
        blocks.append(_put(place, field))
    _into_tables(root.find(f"{W}body"), blocks[::-1])
    _settle(root)
    made = {**parts, MAIN_PART: serialised(root)}
    _unprotect(made)
    put_footer(made)
    made = keep_needed(made, definition.template)
    # Without fields, the finish settles no control's state: it only takes away what tells of people and machines.
    made = finish_parts(replace(definition, fields=(), tables=()), made, {})
    set_properties(made, Properties(title=definition.title, issued_on=made_on, issue="", custom={}))
    return to_bytes(made)


def _unprotect(parts: dict[str, bytes]) -> None:
    """Take off the protection of older forms: it lets people type into the places it knows, and ours are others."""
    if _SETTINGS in parts:
        settings = parse_part(parts[_SETTINGS])
        for element in (*settings.iter(f"{W}documentProtection"), *settings.iter(f"{W}writeProtection")):
            element.getparent().remove(element)
        parts[_SETTINGS] = serialised(settings)


def control(field: FormField, like: Any = None) -> Any:
    """Return the content control of a field, rich and inside a line, holding the field's expression.

    Args:
        like: a run whose look the answer takes.
    """
    element = etree.Element(f"{W}sdt")
    properties = etree.SubElement(element, f"{W}sdtPr")
    etree.SubElement(properties, f"{W}alias").set(f"{W}val", field.label)
    etree.SubElement(properties, f"{W}tag").set(f"{W}val", field.id)
    if field.kind in ("choice", "choice or words"):
        listed = etree.SubElement(properties, f"{W}{'dropDownList' if field.kind == 'choice' else 'comboBox'}")
        for option in field.options:
            item = etree.SubElement(listed, f"{W}listItem")
            item.set(f"{W}displayText", option)
            item.set(f"{W}value", option)
    elif field.kind == "date":
        picker = etree.SubElement(properties, f"{W}date")
        for name, value in (("dateFormat", "d MMMM yyyy"), ("lid", "en-GB"), ("storeMappedDataAs", "dateTime")):
            etree.SubElement(picker, f"{W}{name}").set(f"{W}val", value)
        etree.SubElement(picker, f"{W}calendar").set(f"{W}val", "gregorian")
    run = text_run(f"{{{{ {field.id} }}}}", like)
    for element_of_look in run.iter(*_SHOUTING):
        element_of_look.getparent().remove(element_of_look)
    etree.SubElement(element, f"{W}sdtContent").append(run)
    return element


def _put(place: AnswerPlace, field: FormField) -> tuple[Any, Any]:
    """Put a field's control where it belongs; return the paragraph it is in, and the one the place named."""
    if place.is_new:
        answer = etree.Element(f"{W}p")
        look = place.paragraph.find(f"{W}pPr")
        if look is not None:
            answer.append(copy.deepcopy(look))
            for mark in (*answer.iter(f"{W}numPr"), *answer.iter(f"{W}sectPr")):
                mark.getparent().remove(mark)
        answer.append(control(field, _first_run(place.paragraph)))
        place.paragraph.addnext(answer)
        return answer, place.paragraph
    before, inside = _cut(place.paragraph, place.start, place.end)
    like = inside[0] if inside else before if before is not None else _first_run(place.paragraph)
    made = control(field, like)
    for run in inside:
        run.getparent().remove(run)
    if before is not None:
        before.addnext(made)
        if place.start and not text_of(before)[-1:].isspace():
            before.addnext(text_run(" ", before))
    else:
        look = place.paragraph.find(f"{W}pPr")
        place.paragraph.insert(0 if look is None else place.paragraph.index(look) + 1, made)
    for spare in place.spare:
        if spare.getnext() is not None or spare.getprevious() is not None:
            spare.getparent().remove(spare)
    return place.paragraph, place.paragraph


def _first_run(paragraph: Any) -> Any:
    return next(paragraph.iter(f"{W}r"), None)


def _cut(paragraph: Any, start: int, end: int) -> tuple[Any, list[Any]]:
    """Split a paragraph's runs so that the characters `start` to `end` are runs of their own.

    Returns:
        the last run before them, or None; and the runs they are.
    """
    _explode(paragraph)
    before: Any = None
    inside: list[Any] = []
    at = 0
    for run in [run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p"), None) is paragraph]:
        words = text_of(run)
        if at + len(words) <= start:
            before = run if words or before is None else before
        elif at >= end:
            break
        else:
            left, right = max(start - at, 0), min(end - at, len(words))
            if left:
                before = text_run(words[:left], run)
                run.addprevious(before)
            if right < len(words):
                run.addnext(text_run(words[right:], run))
            middle = text_run(words[left:right], run)
            run.addprevious(middle)
            run.getparent().remove(run)
            inside.append(middle)
        at += len(words)
    return before, inside


def _explode(paragraph: Any) -> None:
    """Give each piece of a paragraph's runs (text, tab, line break) a run of its own, looking the same."""
    for run in list(paragraph.iter(f"{W}r")):
        pieces = [child for child in run if child.tag != f"{W}rPr"]
        if len(pieces) > 1:
            look = run.find(f"{W}rPr")
            for piece in pieces:
                one = etree.Element(f"{W}r")
                if look is not None:
                    one.append(copy.deepcopy(look))
                one.append(piece)
                run.addprevious(one)
            run.getparent().remove(run)


def _into_tables(body: Any, blocks: Sequence[tuple[Any, Any]]) -> None:
    """Put labels that stand outside tables, each with its answer, into the rows of plain tables without lines.

    The reader of returned forms takes only what stands in tables for an answer: letters hold prose as well.
    """
    table: Any = None
    for answer, _ in blocks:
        if answer.getparent() is not body:
            continue
        first = answer
        label = answer.getprevious()
        if not _says_more(answer) and label is not None and label.tag == f"{W}p" and text_of(label).strip():
            first = label
        if first.find(f"{W}pPr/{W}sectPr") is not None or answer.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        if table is None or first.getprevious() is not table:
            table = _plain_table()
            first.addprevious(table)
        cell = etree.SubElement(etree.SubElement(table, f"{W}tr"), f"{W}tc")
        width = etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}tcW")
        width.set(f"{W}w", "5000")
        width.set(f"{W}type", "pct")
        cell.extend([first] if first is answer else [first, answer])


def _says_more(answer: Any) -> bool:
    """Whether a paragraph holds its own label before its control."""
    control_in_it = answer.find(f"{W}sdt")
    whole, held = text_of(answer), text_of(control_in_it) if control_in_it is not None else ""
    return bool(whole.replace(held, "").strip())


def _plain_table() -> Any:
    table = etree.Element(f"{W}tbl")
    look = etree.SubElement(table, f"{W}tblPr")
    width = etree.SubElement(look, f"{W}tblW")
    width.set(f"{W}w", "5000")
    width.set(f"{W}type", "pct")
    margins = etree.SubElement(look, f"{W}tblCellMar")
    for side in ("left", "right"):
        margin = etree.SubElement(margins, f"{W}{side}")
        margin.set(f"{W}w", "0")
        margin.set(f"{W}type", "dxa")
    etree.SubElement(etree.SubElement(table, f"{W}tblGrid"), f"{W}gridCol").set(f"{W}w", "9638")
    return table


def _settle(root: Any) -> None:
    """Leave every cell and the body ending in a paragraph, as Word demands."""
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    body = root.find(f"{W}body")
    last = body[-1] if len(body) else None
    if last is not None and last.tag == f"{W}sectPr":
        last = last.getprevious()
    if last is not None and last.tag == f"{W}tbl":
        last.addnext(etree.Element(f"{W}p"))
