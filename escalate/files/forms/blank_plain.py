"""Makes a partnership's blank form plain: every place to write, whatever Word made it of, becomes a rule to write on.

Content controls, the form fields of older Word and rules of underscores then are one thing, and only one way of
putting an answer there is needed. What each was (a list of choices, a date) is kept beside it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from escalate.files.docx.opener import W14, W
from escalate.files.docx.text import text_of

RULE = "______"
BOX = "☐"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNWRAPPED = (f"{W}ins", f"{W}moveTo", f"{W}smartTag")
_DROPPED = (
    *(f"{W}{name}" for name in ("del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "trPrChange")),
    *(f"{W}{name}" for name in ("tcPrChange", "sectPrChange", "tblGridChange", "numberingChange", "proofErr")),
    *(f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd")),
    *(f"{W}{name}" for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")),
)
_TRACKED = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")


@dataclass(frozen=True, slots=True)
class Was:
    """What a place to write was: its options if it offered some, which of them stood there, whether it was a date."""

    options: tuple[str, ...] = ()
    preset: str = ""
    is_date: bool = False


NOTHING = Was()


def make_plain(body: Any) -> tuple[dict[Any, Was], tuple[str, ...]]:
    """Make the body plain, in place; return what each rule (its run) was, and in words what was settled on the way."""
    said = []
    if next(body.iter(*_TRACKED), None) is not None:
        said.append("its tracked changes were accepted")
    for element in list(body.iter(*_DROPPED)):
        _drop(element)
    for element in list(body.iter(*_UNWRAPPED)):
        _unwrap(element)
    was: dict[Any, Was] = {}
    for control in list(body.iter(f"{W}sdt")):
        _plain_control(control, was)
    for paragraph in list(body.iter(f"{W}p")):
        _plain_form_fields(paragraph, was)
    for mark in list(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        _drop(mark)
    return was, tuple(said)


def text_run(words: str, like: Any = None) -> Any:
    """Return a run of these words, looking as the run `like` does."""
    run = etree.Element(f"{W}r")
    look = like.find(f"{W}rPr") if like is not None else None
    if look is not None:
        run.append(copy.deepcopy(look))
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set(_XML_SPACE, "preserve")
    return run


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        if child.tag != f"{W}smartTagPr":
            parent.insert(place, child)
    parent.remove(element)


def _plain_control(control: Any, was: dict[Any, Was]) -> None:
    """Put a rule where a control stood for an answer; where it stood round other things, only take it away."""
    properties = control.find(f"{W}sdtPr")
    content = control.find(f"{W}sdtContent")
    if content is None:
        _drop(control)
        return
    paragraphs = list(content.iter(f"{W}p"))
    holds_answer = next(content.iter(f"{W}tbl"), None) is None and len(paragraphs) <= 1
    if properties is not None and holds_answer and properties.find(f"{W}docPartObj") is None:
        _put_rule(content, paragraphs, properties, was)
    _unwrap_content(control, content)


def _put_rule(content: Any, paragraphs: list[Any], properties: Any, was: dict[Any, Was]) -> None:
    shown = text_of(content).strip()
    box = properties.find(f"{W14}checkbox")
    runs = list(content.iter(f"{W}r"))
    rule = text_run(BOX if box is not None else RULE, runs[0] if runs else None)
    look = rule.find(f"{W}rPr")
    for style in look.findall(f"{W}rStyle") if look is not None else ():
        look.remove(style)
    holder = paragraphs[0] if paragraphs else content
    for child in list(holder):
        if child.tag != f"{W}pPr":
            holder.remove(child)
    holder.append(rule)
    if box is None:
        listed = [*properties.iter(f"{W}listItem")]
        options = tuple(dict.fromkeys(one.get(f"{W}displayText") or one.get(f"{W}value") or "" for one in listed))
        chosen = tuple(one for one in options if one and not one.lower().startswith("choose"))
        was[rule] = Was(chosen, shown if shown in chosen else "", properties.find(f"{W}date") is not None)


def _unwrap_content(control: Any, content: Any) -> None:
    parent = control.getparent()
    place = parent.index(control)
    for child in reversed(list(content)):
        parent.insert(place, child)
    parent.remove(control)


def _plain_form_fields(paragraph: Any, was: dict[Any, Was]) -> None:
    """Put a rule in place of each form field of older Word ("legacy") in a paragraph."""
    for begin in list(paragraph.iter(f"{W}fldChar")):
        data = begin.find(f"{W}ffData")
        if data is None or begin.get(f"{W}fldCharType") != "begin":
            continue
        runs = list(_runs_of_field(begin))
        if not runs:
            continue
        first = runs[0]
        is_box = data.find(f"{W}checkBox") is not None
        rule = text_run(BOX if is_box else RULE, first)
        first.addprevious(rule)
        for run in runs:
            _drop(run)
        if not is_box:
            options = tuple(one.get(f"{W}val", "") for one in data.iter(f"{W}listEntry"))
            kind = data.find(f"{W}textInput/{W}type")
            was[rule] = Was(options, "", kind is not None and kind.get(f"{W}val") in ("date", "currentDate"))


def _runs_of_field(begin: Any) -> Iterator[Any]:
    """Yield the runs of a field, from the one that begins it to the one that ends it, in one paragraph."""
    run = begin.getparent()
    depth = 0
    while run is not None:
        for mark in run.iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)
        yield run
        if depth <= 0:
            return
        run = run.getnext()
