"""Finishes a filled form: the state of its controls, its ids, and everything that would tell of people or machines.

docxtpl puts text into content controls without knowing them. Word needs to be told that a control is empty, which
date it holds or which choice; and two documents with the same answers are to be the same to the last byte.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.files.docx.opener import MAIN_PART, W14, W, parse_part
from escalate.files.docx.reader import EMPTY_SHOWS
from escalate.render.word.package import serialised

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_REVISION_MARKS = re.compile(rf"({re.escape(W)}rsid\w*|{re.escape(W14)}(paraId|textId))")
_TELLING = (
    *(f"{W}{name}" for name in ("rsids", "rsid", "proofErr", "lastRenderedPageBreak", "attachedTemplate", "docVars")),
    *(f"{W}{name}" for name in ("mailMerge", "printerSettings", "trackRevisions")),
    f"{W14}docId",
    f"{_W15}docId",
)
_BEFORE_FLAG = frozenset(f"{W}{name}" for name in ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary"))
_EMPTY_COLOUR = "595959"
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def finish_parts(
    definition: FormDefinition, parts: Mapping[str, bytes], answers: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the parts of a filled form with its controls in their right state and no trace of who made it where."""
    finished = dict(parts)
    bookmarks = 0
    for name in _in_reading_order(parts):
        root = parse_part(parts[name])
        _scrub(root)
        if _TEXT_PARTS.fullmatch(name):
            _finish_controls(root, definition, answers, name)
            bookmarks = _number_bookmarks(root, bookmarks)
        finished[name] = serialised(root)
    return finished


def _in_reading_order(parts: Mapping[str, bytes]) -> list[str]:
    xml = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    return sorted(xml, key=lambda name: (name != MAIN_PART, name))


def _scrub(root: Any) -> None:
    for element in list(root.iter(*_TELLING)):
        element.getparent().remove(element)
    for element in root.iter():
        for name in [name for name in element.attrib if _REVISION_MARKS.fullmatch(name)]:
            del element.attrib[name]


def _finish_controls(root: Any, definition: FormDefinition, answers: Mapping[str, str], part: str) -> None:
    fields = {field.id: field for field in definition.fields_in(answers)}
    marked = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    given: set[int] = set()
    for number, control in enumerate(list(root.iter(f"{W}sdt"))):
        properties = control.find(f"{W}sdtPr")
        if properties is None:
            continue
        tag = properties.find(f"{W}tag")
        name = "" if tag is None else tag.get(f"{W}val", "")
        identity = zlib.crc32((name or f"{part} {number}").encode()) & 0x7FFFFFFF or 1
        while identity in given:
            identity = identity % 0x7FFFFFFF + 1
        given.add(identity)
        _set(properties, "id", str(identity))
        if name in fields:
            _set(properties, "alias", fields[name].label)
            _set_state(control, properties, fields[name], answers.get(name, ""))
            if fields[name].bookmark not in marked:
                _put_bookmark(control, fields[name].bookmark)


def _put_bookmark(control: Any, name: str) -> None:
    """Put a bookmark round a control: LibreOffice forgets a control's tag, and keeps the bookmark."""
    start, end = etree.Element(f"{W}bookmarkStart"), etree.Element(f"{W}bookmarkEnd")
    for mark in (start, end):
        mark.set(f"{W}id", name)
    start.set(f"{W}name", name)
    control.addprevious(start)
    control.addnext(end)


def _set(properties: Any, name: str, value: str) -> None:
    element = properties.find(f"{W}{name}")
    if element is None:
        element = etree.SubElement(properties, f"{W}{name}")
        properties.insert(1 if properties.find(f"{W}rPr") is not None else 0, element)
    element.set(f"{W}val", value)


def _set_state(control: Any, properties: Any, field: FormField, answer: str) -> None:
    for flag in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(flag)
    day = parse_form_date(answer)
    for picker in properties.findall(f"{W}date"):
        picker.attrib.pop(f"{W}fullDate", None)
        if day is not None:
            picker.set(f"{W}fullDate", f"{day.isoformat()}T00:00:00Z")
        elif answer:
            # A date picker holds one date; words such as "not known yet" need an ordinary control.
            properties.remove(picker)
    for choice in (*properties.findall(f"{W}dropDownList"), *properties.findall(f"{W}comboBox")):
        choice.attrib.pop(f"{W}lastValue", None)
        if answer and answer in {item.get(f"{W}value") for item in choice.iter(f"{W}listItem")}:
            choice.set(f"{W}lastValue", answer)
    if not answer:
        _show_empty(control, properties, field)


def _show_empty(control: Any, properties: Any, field: FormField) -> None:
    kind = field.kind.removesuffix(" or words")
    kind = kind if kind in EMPTY_SHOWS else "text"
    content = control.find(f"{W}sdtContent")
    for child in list(content):
        content.remove(child)
    run = etree.SubElement(content, f"{W}r")
    look = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(look, f"{W}rStyle").set(f"{W}val", "PlaceholderText")
    etree.SubElement(look, f"{W}color").set(f"{W}val", _EMPTY_COLOUR)
    etree.SubElement(run, f"{W}t").text = EMPTY_SHOWS[kind]
    flag = etree.Element(f"{W}showingPlcHdr")
    # The flag stands after what names the control and before what it holds.
    named = [child for child in properties if child.tag in _BEFORE_FLAG]
    properties.insert(properties.index(named[-1]) + 1, flag)


def _number_bookmarks(root: Any, after: int) -> int:
    """Give bookmarks consecutive ids in reading order, drop those without an end; return the last id given.

    A bookmark ends at the next end with its id, because the rows of a table may repeat one.
    """
    open_ones: dict[str, Any] = {}
    ends: dict[Any, Any] = {}
    for mark in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        identity = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart":
            open_ones[identity] = mark
        elif identity in open_ones:
            ends[open_ones.pop(identity)] = mark
    ends = {start: end for start, end in ends.items() if start.get(f"{W}name") != "_GoBack"}
    closing = set(ends.values())
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if mark in ends:
            after += 1
            mark.set(f"{W}id", str(after))
            ends[mark].set(f"{W}id", str(after))
        elif mark not in closing:
            mark.getparent().remove(mark)
    return after
