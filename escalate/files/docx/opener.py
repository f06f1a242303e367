"""Opens a Word document that came from elsewhere, within bounds, or says in one sentence why it does not.

Nothing is unpacked to disk, nothing in the file is followed, and each part is read to a limit whatever its header
claims. XML is parsed without entities, networks or unlimited trees, and never with a document type declaration.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from xml.parsers import expat

from lxml import etree

from escalate.errors import EscalateError, FormRefused
from escalate.files.zipped import other_office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MAIN_PART = "word/document.xml"
_NUMBERED = re.compile(r"word/document\d+\.xml")
_MEGABYTE = 1024 * 1024
_FILE_LIMIT = 20 * _MEGABYTE
_PART_LIMIT = 16 * _MEGABYTE
_WHOLE_LIMIT = 64 * _MEGABYTE
_PARTS_LIMIT = 1000
_RATIO_LIMIT = 200
_CELLS_LIMIT = 10_000
_SPAN_LIMIT = 64
# The longest honest form that was seen has a tenth of it.
_ELEMENTS_LIMIT = 300_000
_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/customProperties": b"officeDocument/2006/custom-properties",
    b"drawingml/main": b"drawingml/2006/main",
}
_HEAD = 4096
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|[\\:\x00]|(^|/)\.\.(/|$)")
# OpenDocument keeps its macros in folders of their own.
_CODE = re.compile(r"vbaproject|vbadata|activex|oleobject|^(basic|scripts)/", re.IGNORECASE)
_CODE_BYTES = re.compile(rb"vbaproject|vbadata|activex|oleobject", re.IGNORECASE)
# Old Office files are folders of named streams: what is in one is told by its names.
_OLD_FILE = "is an old Word document (.doc) or one locked with a password", "save it as .docx, unlocked"
_OLD_FILES = (
    ("EncryptedPackage", "is locked with a password", "ask for it unlocked, or save it unlocked as .docx"),
    ("__substg1.0_", "is an Outlook message", "save the form attached to it by itself, and receive that"),
    ("WordDocument", "is an old Word document (.doc)", "save it as .docx, unlocked"),
    ("Workbook", "is an old Excel workbook (.xls)", "ask for the form as a Word document (.docx)"),
    ("PowerPoint Document", "is an old PowerPoint file (.ppt)", "ask for the form as a Word document (.docx)"),
)
_AS_DOCX = "ask for the form as an ordinary Word document (.docx), or save it as one"


@dataclass(frozen=True, slots=True)
class OpenedDocx:
    """The parts of a document by name, safe to parse, and notes on what a person may want to know about it."""

    parts: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


class FileDamaged(FormRefused):
    """The file cannot be read to its end: only a person, with a program that mends it, may know what it says."""


def open_docx(content: bytes, where: str) -> OpenedDocx:
    """Return the parts of a .docx file, all read.

    Args:
        content: the file's bytes.
        where: what errors call it, such as "the returned form"; never a person's name.
    Raises:
        FormRefused: it is not a Word document, is damaged, locked, too large, or holds code or a trap.
    """
    with _damaged_if_it_breaks(where):
        return _open(content, where)


def check_zip(content: bytes, where: str) -> None:
    """Check a zip file that is kept as it came and never read: an OpenDocument text, an Excel workbook.

    Raises:
        FormRefused: it is damaged, locked, too large, or holds code or a trap.
    """
    with _damaged_if_it_breaks(where):
        _check_kind(content, where)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members([member for member in archive.infolist() if not member.is_dir()], where)


def may_hold_code(content: bytes) -> bool:
    """Return whether the bytes of a file that cannot be opened name a part that programs keep code in."""
    return bool(_CODE_BYTES.search(content))


@contextlib.contextmanager
def _damaged_if_it_breaks(where: str) -> Iterator[None]:
    try:
        yield
    except EscalateError:
        raise
    # A damaged file breaks zipfile, expat and lxml in more ways than they document: any of them is a refusal.
    except Exception as reason:
        raise FileDamaged(f"{where}: the file is damaged and cannot be read", remedy=_AS_DOCX) from reason


def parse_part(content: bytes) -> Any:
    """Return the root element of one part.

    Raises:
        ValueError: it carries a document type declaration, with which text could be hidden or multiplied.
        lxml.etree.XMLSyntaxError: it is not well formed.
    """
    if _has_doctype(content):
        raise ValueError("document type declaration")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _open(content: bytes, where: str) -> OpenedDocx:
    _check_kind(content, where)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check_members(members, where)
        if other := other_office(archive):
            _refuse(where, other.what, other.remedy)
        parts = {member.filename: _read(archive, member, where) for member in members}
    parts = _with_the_usual_name(parts)
    types = parts.get("[Content_Types].xml", b"")
    if MAIN_PART not in parts or not types:
        _refuse(where, "is a zip file, but not a Word document")
    if _STRICT in parts[MAIN_PART][:_HEAD]:
        parts = {name: _as_usual(part) for name, part in parts.items()}
    for name, part in parts.items():
        if name.lower().endswith((".xml", ".rels")) and _has_doctype(part):
            _refuse(where, "holds a document type declaration, which no Word document has")
    if _MAIN_TYPE not in types:
        _refuse(where, "is a Word template or a document with macros, not an ordinary document")
    _check_sizes(parse_part(parts[MAIN_PART]), where)
    return OpenedDocx(parts, tuple(_follow_relationships(parts, where)))


def _with_the_usual_name(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the text under `MAIN_PART`: Word on the web calls it "word/document2.xml"."""
    others = [name for name in parts if _NUMBERED.fullmatch(name)]
    if MAIN_PART in parts or len(others) != 1:
        return parts
    number = others[0].removeprefix("word/document").removesuffix(".xml")
    renamed = {others[0]: MAIN_PART, f"word/_rels/document{number}.xml.rels": "word/_rels/document.xml.rels"}
    moved = {renamed.get(name, name): part for name, part in parts.items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        if name in moved:
            moved[name] = moved[name].replace(others[0].encode(), MAIN_PART.encode())
    return moved


def _as_usual(part: bytes) -> bytes:
    """Return a part of a "Strict Open XML Document" with the namespaces that every other Word document has."""
    for strict, usual in _NAMESPACES.items():
        part = part.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    return part


def _refuse(where: str, what: str, remedy: str = _AS_DOCX) -> NoReturn:
    raise FormRefused(f"{where}: {what}", remedy=remedy)


def _check_kind(content: bytes, where: str) -> None:
    if not content:
        _refuse(where, "the file is empty")
    if len(content) > _FILE_LIMIT:
        _refuse(where, "the file is larger than 20 MB", "take large pictures out of it")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse(where, *next((said for mark, *said in _OLD_FILES if mark.encode("utf-16-le") in content), _OLD_FILE))
    if content.startswith(b"%PDF"):
        _refuse(where, "is a PDF, whose fields cannot be read")
    if not content.startswith(b"PK"):
        _refuse(where, "is not a Word document")


def _check_members(members: list[zipfile.ZipInfo], where: str) -> None:
    if len(members) > _PARTS_LIMIT:
        _refuse(where, "has more than 1,000 parts")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        # `orig_filename` still holds what zipfile cuts off or turns round.
        if _OUTSIDE.search(name) or _OUTSIDE.search(member.orig_filename):
            _refuse(where, "has a part whose name points outside the document")
        if member.flag_bits & 0x1:
            _refuse(where, "is locked with a password", "ask for it without one")
        if name.lower() in seen:
            _refuse(where, "holds the same part twice, so that programs could read different texts")
        if _CODE.search(name):
            _refuse(where, "holds a macro or an embedded program")
        if member.file_size > _PART_LIMIT or (
            member.file_size > _MEGABYTE and member.file_size > _RATIO_LIMIT * member.compress_size
        ):
            _refuse(where, "would unpack to far more than a form holds")
        seen.add(name.lower())
    if sum(member.file_size for member in members) > _WHOLE_LIMIT:
        _refuse(where, "would unpack to more than 64 MB")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    with archive.open(member) as part:
        content = part.read(min(member.file_size, _PART_LIMIT) + 1)
    if len(content) != member.file_size:
        _refuse(where, "has a part whose size is not the one declared")
    return content


class _PrologueEnds(Exception):
    """The root element began: what follows cannot be a document type declaration."""


def _has_doctype(content: bytes) -> bool:
    """Whether XML declares a document type. expat reads it, because a search would miss other encodings."""
    found = False

    def doctype(*_: object) -> None:
        nonlocal found
        found = True
        raise _PrologueEnds

    def element(*_: object) -> None:
        raise _PrologueEnds

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = doctype
    reader.StartElementHandler = element
    with contextlib.suppress(_PrologueEnds):
        reader.Parse(content, True)  # noqa: FBT003
    return found


def _check_sizes(root: Any, where: str) -> None:
    if sum(1 for _ in itertools.islice(root.iter(), _ELEMENTS_LIMIT + 1)) > _ELEMENTS_LIMIT:
        _refuse(where, "has far more in it than a form holds")
    for counted, element in enumerate(root.iter(f"{W}tc", f"{W}p", f"{W}gridSpan")):
        if element.tag == f"{W}gridSpan":
            span = element.get(f"{W}val", "1")
            if not span.isdecimal() or int(span) > _SPAN_LIMIT:
                _refuse(where, "has a table cell over more than 64 columns")
        elif counted > _CELLS_LIMIT:
            _refuse(where, "has more cells and paragraphs than a form holds")


def _follow_relationships(parts: Mapping[str, bytes], where: str) -> Iterator[str]:
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        for relationship in parse_part(content):
            target = relationship.get("Target", "")
            kind = relationship.get("Type", "").rsplit("/", 1)[-1]
            if relationship.get("TargetMode") == "External":
                if kind != "hyperlink":
                    yield f"it refers to something outside the document ({kind}), which was not fetched"
            elif _leads_outside(name, target):
                _refuse(where, "refers to a file outside the document")


def _leads_outside(relationships_part: str, target: str) -> bool:
    folder = relationships_part.rsplit("_rels/", 1)[0].strip("/").split("/") if "_rels/" in relationships_part else []
    depth = 0 if target.startswith("/") else len([step for step in folder if step])
    for step in target.split("/"):
        depth += -1 if step == ".." else 0 if step in ("", ".") else 1
        if depth < 0:
            return True
    return "\\" in target or bool(re.match(r"^[A-Za-z][\w+.-]*:", target))
