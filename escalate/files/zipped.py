"""Office documents that are zip files and not Word's, told by what is in them: OpenDocument, Excel, PowerPoint."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

_SAVE_IT = "save it as a Word document (.docx) in LibreOffice or Word, and receive that"
_ASK_FOR_IT = "ask for the form as a Word document (.docx)"
_MIMETYPE = "mimetype"
_LONGEST_MIMETYPE = 100


class OtherOffice(NamedTuple):
    """A kind of document: the ending of its files' names, what an error says that it is, and what to do."""

    ending: str
    what: str
    remedy: str


_TEXT = OtherOffice(".odt", "is an OpenDocument text (.odt), and not a Word document", _SAVE_IT)
_BY_MIMETYPE = {
    "text": _TEXT,
    "text-template": _TEXT._replace(ending=".ott"),
    "spreadsheet": OtherOffice(".ods", "is an OpenDocument spreadsheet (.ods)", _ASK_FOR_IT),
    "presentation": OtherOffice(".odp", "is an OpenDocument presentation (.odp)", _ASK_FOR_IT),
}
_BY_PART = {
    "xl/workbook.xml": OtherOffice(".xlsx", "is an Excel workbook (.xlsx)", _ASK_FOR_IT),
    "ppt/presentation.xml": OtherOffice(".pptx", "is a PowerPoint file (.pptx)", _ASK_FOR_IT),
}


def is_zip(content: bytes) -> bool:
    """Return whether these bytes begin as a zip file does."""
    return content.startswith(b"PK")


def other_office(archive: zipfile.ZipFile) -> OtherOffice | None:
    """Return which other kind of document a zip file is; None for a Word document, or for none that is known."""
    names = set(archive.namelist())
    # What has a Word document's parts is judged as one, whatever else it says it is.
    if any(name.lower().startswith("word/") for name in names):
        return None
    if known := next((kind for part, kind in _BY_PART.items() if part in names), None):
        return known
    if _MIMETYPE not in names:
        return None
    with archive.open(_MIMETYPE) as part:
        said = part.read(_LONGEST_MIMETYPE).decode("ascii", "replace").strip()
    return _BY_MIMETYPE.get(said.removeprefix("application/vnd.oasis.opendocument."))


def zip_ending(content: bytes) -> str:
    """Return the ending of the name of a file that is a zip: ".odt", ".xlsx", …; ".docx" where it is nothing else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = other_office(archive)
    except Exception:  # noqa: BLE001 - a damaged file breaks zipfile in more ways than it documents
        return ".docx"
    return kind.ending if kind else ".docx"
