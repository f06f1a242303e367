"""What a Word template carries beside its fields: what is unsafe, what would tell of people, what shuts readers out.

Nothing is rendered and nothing followed. A template that fails here is not tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from escalate.core.forms.trials import Finding
from escalate.files.docx.opener import MAIN_PART, OpenedDocx, W, parse_part
from escalate.files.docx.places import Places, text_parts
from escalate.files.docx.text import text_of
from escalate.files.forms.template_addresses import addresses_in

_EXPRESSION = re.compile(r"\{[{%#]")
# Fields of Word that fetch, run or put in something that is not in the document.
_FETCHING = frozenset({
    "AUTOTEXT", "AUTOTEXTLIST", "DATABASE", "DDE", "DDEAUTO", "EMBED", "GLOSSARY", "IMPORT", "INCLUDE",
    "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD",
})  # fmt: skip
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_EMBEDDED = {
    f"{W}object": "an embedded object",
    f"{_OFFICE}OLEObject": "an embedded object",
    f"{W}control": "a control that runs a program",
    f"{W}altChunk": "a piece of another document",
    f"{W}subDoc": "a piece of another document",
}
_TRACKED = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange", f"{W}pPrChange")
_PEOPLE = frozenset({"creator", "lastModifiedBy", "Manager", "Company"})
_OURS = frozenset({"", "escalate", "python-docx"})
_A4, _SLACK = (11906, 16838), 60
_WIDE_TABLE = 3


def package_findings(opened: OpenedDocx) -> Iterator[Finding]:
    """Yield everything found, what is unsafe first."""
    yield from _links(opened)
    yield from _addresses(opened)
    yield from _property_expressions(opened)
    for name, called in text_parts(opened.parts):
        root = parse_part(opened.parts[name])
        places = Places(root, called)
        yield from _embedded(root, places)
        yield from _fetching_fields(root, places)
        yield from _tracked(root, places)
    if any(name.startswith("word/comments") for name in opened.parts):
        yield Finding("wrong", "comments", "it has comments", "delete them in Word: Review, Delete all comments")
    yield from _people(opened)
    yield from _for_readers(opened)


def _links(opened: OpenedDocx) -> Iterator[Finding]:
    for name, content in opened.parts.items():
        if not name.endswith(".rels"):
            continue
        for link in parse_part(content):
            kind = link.get("Type", "").rsplit("/", 1)[-1]
            target = link.get("Target", "").strip().lower()
            if link.get("TargetMode") != "External":
                continue
            if kind == "attachedTemplate":
                what, remedy = (
                    "it is attached to a template elsewhere",
                    "detach it in Word: Developer, Document Template",
                )
            elif kind != "hyperlink":
                what, remedy = f"it fetches something from elsewhere ({kind})", "put a copy into the document instead"
            elif not target.startswith(("http://", "https://", "mailto:", "tel:")):
                what, remedy = "it has a link that leads into a computer", "remove the link in Word"
            else:
                continue
            yield Finding("unsafe", name, what, remedy)


def _addresses(opened: OpenedDocx) -> Iterator[Finding]:
    called = dict(text_parts(opened.parts))
    for name, element, kind in addresses_in(opened.parts):
        where = Places(element.getroottree().getroot(), called[name]).of(element) if name in called else name
        remedy = "end it in Word: Mailings, Start Mail Merge, Normal Word Document"
        if kind != "mailMerge":
            remedy = "remove it, and put a copy of what it shows into the document instead"
        yield Finding("unsafe", where, f"it fetches something from elsewhere ({kind})", remedy)


def _property_expressions(opened: OpenedDocx) -> Iterator[Finding]:
    for name, content in opened.parts.items():
        if name.startswith("docProps/") and name.endswith(".xml"):
            root = parse_part(content)
            for element in root.iter():
                if _EXPRESSION.search(f"{element.text or ''}{''.join(map(str, element.attrib.values()))}"):
                    called = element.get("name") or str(element.tag).rpartition("}")[2]
                    what = f'its property "{called}" holds an expression'
                    yield Finding("unsafe", name, what, "clear it in Word: File, Info")


def _embedded(root: Any, places: Places) -> Iterator[Finding]:
    for element in root.iter(*_EMBEDDED):
        yield Finding("unsafe", places.of(element), f"it holds {_EMBEDDED[element.tag]}", "remove it")


def _fetching_fields(root: Any, places: Places) -> Iterator[Finding]:
    for element, instruction in _instructions(root):
        word = (instruction.split() or [""])[0].upper()
        fetches_file = word == "HYPERLINK" and re.search(r"[\"\s](file:|\\\\|//)", instruction, re.IGNORECASE)
        if word in _FETCHING or fetches_file:
            what = f"it has the Word field {word}, which reaches outside the document"
            yield Finding("unsafe", places.of(element), what, "click on it and press Ctrl+Shift+F9: its text stays")


def _instructions(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield every field of Word with its whole instruction, however many runs it is spread over."""
    open_fields: list[tuple[Any, list[str]]] = []
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag == f"{W}fldSimple":
            yield element, element.get(f"{W}instr", "")
        elif element.tag != f"{W}fldChar":
            if open_fields:
                open_fields[-1][1].append(element.text or "")
            else:
                yield element, element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            open_fields.append((element, []))
        elif element.get(f"{W}fldCharType") == "end" and open_fields:
            start, said = open_fields.pop()
            yield start, "".join(said)
    yield from ((start, "".join(said)) for start, said in open_fields)


def _tracked(root: Any, places: Places) -> Iterator[Finding]:
    first = next(root.iter(*_TRACKED), None)
    if first is not None:
        yield Finding("wrong", places.of(first), "it has tracked changes", "accept or reject them in Word: Review")


def _people(opened: OpenedDocx) -> Iterator[Finding]:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name not in opened.parts:
            continue
        told = [
            str(element.tag).rpartition("}")[2]
            for element in parse_part(opened.parts[name]).iter()
            if str(element.tag).rpartition("}")[2] in _PEOPLE and (element.text or "").strip() not in _OURS
        ]
        if told:
            what = f"its properties tell of people or where they work ({', '.join(told)})"
            yield Finding("to look at", name, what, "no form issued from it has them; clear them before you pass it on")


def _for_readers(opened: OpenedDocx) -> Iterator[Finding]:
    """Yield what keeps a form from being heard, or printed as it should."""
    body = parse_part(opened.parts[MAIN_PART])
    places = Places(body, "text")
    for table in body.iter(f"{W}tbl"):
        cell = next(table.iter(f"{W}tc"), table)
        if _has_headings(table) and next(table.iter(f"{W}tblHeader"), None) is None:
            remedy = "in Word: Table Layout, Repeat Header Rows"
            yield Finding("to look at", places.of(cell), "its table has columns and no row marked as headings", remedy)
        if next(table.iterancestors(f"{W}tc"), None) is not None:
            yield Finding("to look at", places.of(cell), "it has a table inside a table", "readers lose their place")
    for page in body.iter(f"{W}pgSz"):
        size = tuple(sorted(int(page.get(f"{W}{side}", "0") or 0) for side in ("w", "h")))
        if any(abs(one - wanted) > _SLACK for one, wanted in zip(size, _A4, strict=True)):
            yield Finding("to look at", "text", "its page is not A4", "in Word: Layout, Size, A4")
            break
    languages = [
        tongue.get(f"{W}val", "")
        for name in ("word/styles.xml", MAIN_PART)
        if name in opened.parts
        for tongue in parse_part(opened.parts[name]).iter(f"{W}lang")
    ]
    if not any(languages):
        yield Finding("to look at", "text", "it names no language", "in Word: Review, Language, English (UK)")


def _has_headings(table: Any) -> bool:
    """Whether a table's first row heads columns: three and more cells of print, and under each a place to write."""
    first, *others = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.findall(f"{W}tr")[:3]] or [[]]
    printed = len(first) >= _WIDE_TABLE and all(words.strip() and not _EXPRESSION.search(words) for words in first)
    return printed and any(all(not words.strip() or _EXPRESSION.search(words) for words in row) for row in others)
