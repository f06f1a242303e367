"""A .docx as a dictionary of parts, and back: only what a form needs, and the same bytes from the same parts."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from escalate.errors import FormRefused
from escalate.files.docx.opener import parse_part

TYPES_PART = "[Content_Types].xml"
_CUSTOM, _CORE, _APP = "docProps/custom.xml", "docProps/core.xml", "docProps/app.xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_IN_DOCUMENT = f"{{{_OFFICE}/relationships}}"
# Everything else (comments and their authors, custom XML, thumbnails, printer settings, macros) stays behind.
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|word/_rels/[a-z]+\d*\.xml\.rels"
    r"|word/(document|styles|settings|fontTable|webSettings|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
    r"|word/theme/theme\d+\.xml|word/theme/_rels/theme\d+\.xml\.rels|word/media/[\w.-]+"
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a document says of itself: never a person, and no date but the day it was issued.

    `by` is the program that made it, where it says so. `description` says how true it is to the partnership's own
    form, where it is not that form.
    """

    title: str
    issued_on: date
    issue: str
    custom: Mapping[str, str]
    description: str = ""
    by: str = ""


def to_bytes(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as a .docx: in one order, at one moment, for every machine and every run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES_PART, name != "_rels/.rels", name)):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            archive.writestr(member, parts[name])
    return buffer.getvalue()


def content_digest(parts: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the unpacked parts, which another version of the packing library does not change."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        for item in (name.encode(), parts[name]):
            digest.update(len(item).to_bytes(8, "big"))
            digest.update(item)
    return digest.hexdigest()


def serialised(root: Any) -> bytes:
    """Return an XML part as bytes."""
    body: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return body


def keep_needed(parts: Mapping[str, bytes], where: str) -> dict[str, bytes]:
    """Return only the parts a form needs, with nothing left pointing at the others.

    Raises:
        FormRefused: the text itself shows one of the others (a chart, an embedded file), so the template must change.
    """
    kept = {name: content for name, content in parts.items() if _NEEDED.fullmatch(name)}
    for name in [name for name in kept if name.endswith(".rels")]:
        root = parse_part(kept[name])
        owner = name.replace("_rels/", "").removesuffix(".rels")
        for relationship in list(root):
            if not _stays(relationship, owner, kept):
                if _is_shown(relationship.get("Id", ""), kept.get(owner, b"")):
                    kind = relationship.get("Type", "").rsplit("/", 1)[-1]
                    raise FormRefused(f"{where}: it shows something a form cannot carry ({kind})")
                root.remove(relationship)
        kept[name] = serialised(root)
    types = parse_part(kept[TYPES_PART])
    for override in types.findall(f"{_TYPES}Override"):
        if override.get("PartName", "").lstrip("/") not in kept:
            types.remove(override)
    kept[TYPES_PART] = serialised(types)
    return kept


def _stays(relationship: Any, owner: str, kept: Mapping[str, bytes]) -> bool:
    if relationship.get("TargetMode") == "External":
        return bool(relationship.get("Type", "").endswith("/hyperlink"))
    target = relationship.get("Target", "")
    folder = owner.rpartition("/")[0]
    steps: list[str] = []
    for step in (target if target.startswith("/") else f"{folder}/{target}").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps) in kept


def _is_shown(identity: str, owner: bytes) -> bool:
    if not owner:
        return False
    return any(
        value == identity and name.startswith(_IN_DOCUMENT)
        for element in parse_part(owner).iter()
        for name, value in element.attrib.items()
    )


def set_properties(parts: dict[str, bytes], properties: Properties) -> None:
    """Write the document's properties afresh into `parts`, in place of any it had."""
    moment = f"{properties.issued_on.isoformat()}T00:00:00Z"
    described = f"<dc:description>{escape(properties.description)}</dc:description>" if properties.description else ""
    by = f"<dc:creator>{escape(properties.by)}</dc:creator>" if properties.by else ""
    custom = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(properties.custom.items()), start=2)
    )
    parts[_CUSTOM] = (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{custom}</Properties>"
    ).encode()
    parts[_CORE] = (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title>{by}{described}"
        f"<dc:identifier>{escape(properties.issue)}</dc:identifier><dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()
    parts[_APP] = (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>escalate</Application></Properties>"
    ).encode()
    _declare(parts)


def _declare(parts: dict[str, bytes]) -> None:
    declared = (
        (_CORE, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
         "application/vnd.openxmlformats-package.core-properties+xml"),
        (_APP, f"{_OFFICE}/relationships/extended-properties",
         "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        (_CUSTOM, f"{_OFFICE}/relationships/custom-properties",
         "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    )  # fmt: skip
    types = parse_part(parts[TYPES_PART])
    relationships = parse_part(parts["_rels/.rels"])
    for override in types.findall(f"{_TYPES}Override"):
        if override.get("PartName", "").startswith("/docProps/"):
            types.remove(override)
    for relationship in list(relationships):
        if "docProps/" in relationship.get("Target", ""):
            relationships.remove(relationship)
    for number, (name, kind, content_type) in enumerate(declared, start=1):
        etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
        etree.SubElement(relationships, _RELATIONSHIP, Id=f"escalate{number}", Type=kind, Target=name)
    parts[TYPES_PART] = serialised(types)
    parts["_rels/.rels"] = serialised(relationships)
