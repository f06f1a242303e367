"""Forms that come back: issued by the verb, typed into as Word leaves them, and received."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from escalate.files.docx.opener import W
from tests.builders import Built
from tests.cli.issued import at_stage
from tests.running import run

MAIN, CUSTOM, FOOTER = "word/document.xml", "docProps/custom.xml", "word/footer1.xml"


def issued(home: Path, case: Built, form: str = "appendix-2") -> Path:
    """Return the file of a form that the verb issues now."""
    before = set((home / "issued").glob("*.docx"))
    done = run(home, "export", case.reference, "--form", form)
    assert (done.code, done.err) == (0, "")
    (path,) = set((home / "issued").glob("*.docx")) - before
    return path


def sent_out(home: Path, stage: str = "3", **more: Any) -> tuple[Built, Path]:
    """Return a case at a stage, and the form issued there."""
    case = at_stage(home, stage, **more)
    return case, issued(home, case)


def came_back(path: Path, to: Path, **typed: str) -> Path:
    """Write the form with these words typed into its controls, in place of what stood there, and return where."""

    def change(root: Any) -> None:
        for field, words in typed.items():
            _type(root, field, words)

    return changed(path, to, {MAIN: change})


def changed(path: Path, to: Path, changes: dict[str, Callable[[Any], None] | None]) -> Path:
    """Write the document with some of its parts changed, or left out where there is None, and return where."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if change is None:
            del parts[name]
            continue
        root = etree.fromstring(parts[name])
        change(root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(_zipped(parts))
    return to


def beside_the_control(field: str, words: str) -> Callable[[Any], None]:
    """Return the change by which words are typed after a field's control, in the same paragraph."""

    def change(root: Any) -> None:
        control = _control(root, field)
        run_element = etree.SubElement(control.getparent(), f"{W}r")
        etree.SubElement(run_element, f"{W}t").text = words
        control.getparent().append(run_element)

    return change


def at_the_end(words: str) -> Callable[[Any], None]:
    """Return the change by which a paragraph is written under the form."""

    def change(root: Any) -> None:
        body = root.find(f"{W}body")
        paragraph = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = words
        body.insert(len(body) - 1, paragraph)

    return change


def saying(name: str, value: str) -> Callable[[Any], None]:
    """Return the change by which a custom property says something else."""

    def change(root: Any) -> None:
        for one in root:
            if one.get("name") == name:
                one[0].text = value

    return change


def without_identity() -> Callable[[Any], None]:
    """Return the change by which every custom property is gone."""

    def change(root: Any) -> None:
        for one in list(root):
            root.remove(one)

    return change


def _control(root: Any, field: str) -> Any:
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val") == field:
            return control
    raise LookupError(field)


def _type(root: Any, field: str, words: str) -> None:
    control = _control(root, field)
    content = control.find(f"{W}sdtContent")
    first, *rest = content.findall(f".//{W}r")
    for one in rest:
        one.getparent().remove(one)
    for child in list(first):
        if child.tag != f"{W}rPr":
            first.remove(child)
    for number, line in enumerate(words.split("\n")):
        if number:
            etree.SubElement(first, f"{W}br")
        text = etree.SubElement(first, f"{W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
