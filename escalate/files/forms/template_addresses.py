"""Addresses that stand in a Word template's own drawings and settings, which a program may fetch on opening it.

Pictures in new drawings are named by relationships, which are looked at as such. Older drawings (VML) may name a file
or a page outright, in any part that can hold a drawing, and a mail merge names the data it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from escalate.files.docx.opener import W, parse_part

_OLD_DRAWING = re.compile(r"\{urn:schemas-microsoft-com:[^}]*\}")
_FETCHED = frozenset({"src", "althref"})
_FOLLOWED = "href"
_MAY_BE_FOLLOWED = ("#", "http://", "https://", "mailto:", "tel:")
_XML_PART = re.compile(r"word/(?:[\w-]+/)*[\w-]+\.xml")


def addresses_in(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Any, str]]:
    """Yield each element that names what is fetched, with its part's name and its own: "imagedata", "mailMerge"."""
    for name, content in parts.items():
        if not _XML_PART.fullmatch(name):
            continue
        for element in parse_part(content).iter():
            tag = str(element.tag)
            if tag == f"{W}mailMerge" or (_OLD_DRAWING.match(tag) and _fetches(element)):
                yield name, element, tag.rpartition("}")[2]


def _fetches(element: Any) -> bool:
    """Whether an old drawing names a file or a page; a link that a person would have to click on is no fetching."""
    for name, value in element.attrib.items():
        called, said = str(name).rpartition("}")[2].lower(), str(value).strip()
        if called in _FETCHED and said:
            return True
        if called == _FOLLOWED and said and not said.lower().startswith(_MAY_BE_FOLLOWED):
            return True
    return False
