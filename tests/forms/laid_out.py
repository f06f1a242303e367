"""Word documents laid out for a test, paragraph by paragraph, as Word would write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str) -> str:
    """Return a paragraph; what does not begin with "<" is its text."""
    return f"<w:p>{''.join(one if one.startswith('<') else run(one) for one in content)}</w:p>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tagged(tag: str, content: str) -> str:
    return control(content, f'<w:tag w:val="{tag}"/>')


def tick_box(*, ticked: bool) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return control(run("\u2612" if ticked else "\u2610"), state)


def cell(*paragraphs: str, properties: str = "") -> str:
    laid = "".join(one if one.startswith("<w:") else p(one) for one in paragraphs) or p("")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{laid}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(one if one.startswith('<w:tc>') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def part(kind: str, content: str) -> bytes:
    """Return a part whose root is of this kind: "ftr", "comments", "footnotes"."""
    return f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>".encode()


def docx_of(body: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Return a document with this text, and these other parts."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>'
    )
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relationships,
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
