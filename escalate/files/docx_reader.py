"""Reads a form back: which form of which case it is, and each answer as three readers found it.

The readers are the content control's tag, the bookmark round it, and the label with its place in the order. A value
two readers agree on is certain; nothing read here counts until a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from escalate.core.form_definition import BOOKMARK_PREFIX, FormDefinition
from escalate.files.docx_labels import read_by_label
from escalate.files.docx_opener import MAIN_PART, OpenedDocx, W, open_docx, parse_part
from escalate.files.docx_text import bookmarked, table_lines, text_of

Certainty = Literal["certain", "likely", "conflict", "not found"]
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_REFERENCE = re.compile(r"\b[A-Z][A-Z0-9]*-\d{4}-\d{4,}-[0-9A-Z]{2,8}\b")
# What an empty control shows: ours, Word's own in its editions, LibreOffice's.
EMPTY_SHOWS: Mapping[str, str] = {
    "text": "No entry. Click to type.",
    "choice": "No entry. Choose one.",
    "date": "No entry. Choose a date.",
    "sign": "Sign or type your name here.",
}
_SHOWN_EMPTY = frozenset(EMPTY_SHOWS.values()) | {
    "Click or tap here to enter text.",
    "Click or tap to enter text.",
    "Click here to enter text.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
    "Choose an item.",
    "Choose an item",
    "Choose a date",
    "Click to insert text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """Which issue of which form this is, from the document's own properties; `reference` is the one printed."""

    case: str = ""
    form: str = ""
    issue: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """One field as each reader found it: None where a reader did not find the field, "" where it is empty."""

    by_tag: str | None = None
    by_bookmark: str | None = None
    by_label: str | None = None

    @property
    def found(self) -> dict[str, str]:
        """What each reader that found the field says, the most trusted first."""
        values = {"tag": self.by_tag, "bookmark": self.by_bookmark, "label": self.by_label}
        return {reader: value for reader, value in values.items() if value is not None}

    @property
    def value(self) -> str:
        return next(iter(self.found.values()), "")

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers that agree on `value`."""
        return tuple(reader for reader, value in self.found.items() if value == self.value)

    @property
    def certainty(self) -> Certainty:
        found = self.found
        if not found:
            return "not found"
        if len(set(found.values())) > 1:
            return "conflict"
        return "certain" if len(found) > 1 else "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """A form as read: its identity, its fields by id in the form's order, and what a person should be told about it."""

    identity: FormIdentity
    fields: Mapping[str, FieldReading]
    warnings: tuple[str, ...] = ()


def read_form(definition: FormDefinition, content: bytes, where: str) -> ReadForm:
    """Return what the document says in each field of the form.

    Args:
        definition: the form it is taken to be.
        content: the bytes of the .docx.
        where: what errors call it, such as "the returned form".
    Raises:
        FormRefused: the file cannot be opened safely.
    """
    opened = open_docx(content, where)
    body = parse_part(opened.parts[MAIN_PART]).find(f"{W}body")
    tagged, doubled = _by_tag(body)
    marked = bookmarked(body, BOOKMARK_PREFIX)
    labelled = read_by_label(definition, table_lines(body, BOOKMARK_PREFIX))
    return ReadForm(
        identity=read_identity(opened),
        fields={
            field.id: FieldReading(
                by_tag=_unless_shown_empty(tagged.get(field.id)),
                by_bookmark=_unless_shown_empty(marked.get(field.id)),
                by_label=_unless_shown_empty(labelled.get(field.id)),
            )
            for field in definition.fields
        },
        warnings=(*opened.notes, *_warnings(body, opened, doubled)),
    )


def read_identity(opened: OpenedDocx) -> FormIdentity:
    """Return whose form a document says it is; empty strings where it does not say."""
    custom = opened.parts.get("docProps/custom.xml")
    stated: dict[str, str] = {}
    if custom is not None:
        for item in parse_part(custom).iter(_PROPERTY):
            stated[item.get("name", "")] = "".join(item.itertext())
    return FormIdentity(
        case=stated.get("escalate.case", ""),
        form=stated.get("escalate.form", ""),
        issue=stated.get("escalate.render", ""),
        reference=next(_printed_references(opened), ""),
    )


def _printed_references(opened: OpenedDocx) -> Iterator[str]:
    footers = sorted(name for name in opened.parts if re.fullmatch(r"word/footer\d*\.xml", name))
    for name in (*footers, MAIN_PART):
        yield from _REFERENCE.findall(text_of(parse_part(opened.parts[name])))


def _unless_shown_empty(value: str | None) -> str | None:
    # The flag that says "this is a placeholder" survives real answers in LibreOffice, so only the words count.
    return "" if value is not None and value.strip() in _SHOWN_EMPTY else value


def _by_tag(body: Any) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    doubled: list[str] = []
    for control in body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        content = control.find(f"{W}sdtContent")
        if tag is None or content is None:
            continue
        name = tag.get(f"{W}val", "")
        if name in found:
            doubled.append(name)
        else:
            found[name] = text_of(content)
    return found, doubled


def _warnings(body: Any, opened: OpenedDocx, doubled: list[str]) -> Iterator[str]:
    if doubled:
        yield f"a field stands in it twice ({', '.join(sorted(set(doubled)))}): only the first was read"
    if next(body.iter(f"{W}ins", f"{W}del", f"{W}moveTo"), None) is not None:
        yield "it has tracked changes: insertions were read, deletions were not"
    if any("comments" in name for name in opened.parts):
        yield "it has comments, which were not read"
    if next(body.iter(f"{W}drawing", f"{W}pict"), None) is not None:
        yield "it has a picture or a text box, which was not read"
