"""Puts into a template's footers which case and issue it is, and where it goes back: a returned form is known by it."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from escalate.files.docx.opener import MAIN_PART, W, parse_part
from escalate.files.forms.blank_plain import text_run
from escalate.render.word.package import TYPES_PART, serialised

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f"{{{_OFFICE}}}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS = "word/_rels/document.xml.rels"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_LINES = (
    "Ref: {{ issue.reference }} · issue {{ issue.issue }} · {{ issue.anchor }}",
    "Return: {{ issue.return_to }}",
)
_SMALL = "15"  # half points


def put_footer(parts: dict[str, bytes]) -> None:
    """Add the two lines to every footer that is shown, and make one where a first section has none; in place."""
    root = parse_part(parts[MAIN_PART])
    links = parse_part(parts[_LINKS]) if _LINKS in parts else etree.Element(f"{_PACKAGE}Relationships")
    targets = {
        link.get("Id"): _part_of(link.get("Target", ""))
        for link in links
        if link.get("Type", "").endswith("/footer") and link.get("TargetMode") != "External"
    }
    body = root.find(f"{W}body")
    sections = list(root.iter(f"{W}sectPr"))
    if not sections:
        sections = [etree.SubElement(body, f"{W}sectPr")]
    wanted = ["default"] + (["first"] if sections[0].find(f"{W}titlePg") is not None else [])
    has = {one.get(f"{W}type", "default") for one in sections[0].findall(f"{W}footerReference")}
    for kind in (one for one in wanted if one not in has):
        name, identity = _free(parts, "word/footer{}.xml"), f"escalateFooter{kind.title()}"
        parts[name] = serialised(etree.Element(f"{W}ftr", nsmap={"w": W.strip("{}")}))
        link = etree.SubElement(links, f"{_PACKAGE}Relationship")
        link.set("Id", identity)
        link.set("Type", f"{_OFFICE}/footer")
        link.set("Target", posixpath.basename(name))
        reference = etree.Element(f"{W}footerReference")
        reference.set(f"{W}type", kind)
        reference.set(f"{_R}id", identity)
        sections[0].insert(0, reference)
        targets[identity] = name
        _declare(parts, name)
    for name in sorted({target for target in targets.values() if target in parts}):
        parts[name] = serialised(_with_lines(parse_part(parts[name])))
    parts[_LINKS] = serialised(links)
    parts[MAIN_PART] = serialised(root)


def _part_of(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"word/{target}")


def _free(parts: dict[str, bytes], pattern: str) -> str:
    return next(name for number in range(1, 1000) if (name := pattern.format(number)) not in parts)


def _declare(parts: dict[str, bytes], name: str) -> None:
    types = parse_part(parts[TYPES_PART])
    override = etree.SubElement(types, f"{_TYPES}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", _FOOTER_TYPE)
    parts[TYPES_PART] = serialised(types)


def _with_lines(footer: Any) -> Any:
    for line in _LINES:
        paragraph = etree.SubElement(footer, f"{W}p")
        run = text_run(line)
        look = etree.Element(f"{W}rPr")
        for size in ("sz", "szCs"):
            etree.SubElement(look, f"{W}{size}").set(f"{W}val", _SMALL)
        run.insert(0, look)
        paragraph.append(run)
    return footer
