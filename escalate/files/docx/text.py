"""The text of a part of a Word document as a person sees it: line breaks kept, insertions in, deletions out."""

from __future__ import annotations

from typing import Any

from escalate.files.docx.walk import lines_of


def text_of(element: Any) -> str:
    """Return the text printed inside `element`, its paragraphs apart by one line feed, with none after the last.

    What stands in a text box is not part of it.
    """
    return "\n".join(line.text for line in lines_of(element) if not line.is_boxed)
