"""Which issue of which form of which case a document says it is: by its properties, and by what is printed on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from escalate.core.references import SHAPE, is_reference, make_reference
from escalate.files.docx.opener import OpenedDocx, parse_part
from escalate.files.docx.parts import DocxPart

_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"
_CREATED = "{http://purl.org/dc/terms/}created"
_REFERENCE = re.compile(rf"(?<![\w-]){SHAPE}(?![\w-])")
_LABELLED = re.compile(rf"\bRef(?:erence)?\b[\s.:]*(?P<reference>{_REFERENCE.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """Which issue of which form this is, from the document's own properties; `reference` is the one printed.

    `issued_on` is the day of the issue, None for a document that is none.
    """

    case: str = ""
    form: str = ""
    issue: str = ""
    reference: str = ""
    issued_on: date | None = None


def stated_by(parts: Mapping[str, bytes]) -> FormIdentity:
    """Return what a document's own properties alone say of it, from its parts: nothing that is printed on it."""
    stated: dict[str, str] = {}
    if (custom := parts.get(_CUSTOM)) is not None:
        for item in parse_part(custom):
            stated.setdefault(item.get("name", ""), "".join(item.itertext()).strip())
    issue = stated.get("escalate.render", "")
    return FormIdentity(
        case=stated.get("escalate.case", ""),
        form=stated.get("escalate.form", ""),
        issue=issue,
        issued_on=_created_on(parts) if issue else None,
    )


def _created_on(parts: Mapping[str, bytes]) -> date | None:
    """Return the day a document says it was made, which whoever saves it again leaves as it is."""
    core = parts.get(_CORE)
    made = "" if core is None else "".join(parse_part(core).itertext(_CREATED)).strip()
    try:
        return date.fromisoformat(made[:10])
    except ValueError:
        return None


def identity_of(opened: OpenedDocx, parts: Sequence[DocxPart]) -> FormIdentity:
    """Return whose form a document says it is; empty strings where it does not say.

    Of several references the footer's counts before one that calls itself so, and that before any other; one whose
    check letter fits counts before one with a slip.
    """
    printed = list(printed_references(parts))
    reference = next((one for one in printed if is_reference(one)), printed[0] if printed else "")
    return replace(stated_by(opened.parts), reference=reference)


def printed_references(parts: Sequence[DocxPart]) -> Iterator[str]:
    """Yield every reference printed on a document, the most likely its own first."""
    asides = [line.text for part in parts if part.is_aside for line in part.lines]
    body = [line.text for part in parts if not part.is_aside for line in part.lines]
    for text in asides:
        yield from _REFERENCE.findall(text)
    for text in body:
        yield from (found["reference"].upper() for found in _LABELLED.finditer(text))
    for text in body:
        yield from _REFERENCE.findall(text)


def identity_warnings(identity: FormIdentity, parts: Sequence[DocxPart]) -> Iterator[str]:
    """Yield where what a document says of itself does not fit together."""
    printed = identity.reference
    if printed and not is_reference(printed) and not identity.case:
        yield "the reference printed on it has a slip: its last letter does not fit the others"
    if printed and is_reference(printed) and identity.case:
        prefix, year, number, _ = printed.split("-")
        if make_reference(prefix, int(year), int(number), identity.case) != printed:
            yield "identity disagrees: the reference printed on it is not that of the case its properties name"
    asides = {one for part in parts if part.is_aside for line in part.lines for one in _REFERENCE.findall(line.text)}
    if len(asides) > 1:
        yield "identity disagrees: more than one reference is printed at the head or foot of its pages"
