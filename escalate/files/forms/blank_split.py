"""Parts lines of a blank form on which several labels stand: "Signed ______ Date ______" becomes two lines.

The reader of returned forms finds a label where a paragraph begins, and each answer needs a line it has to itself.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from escalate.files.docx.opener import W
from escalate.files.docx.text import text_of
from escalate.files.forms.blank_plain import text_run

_GAP = r"(?:_{2,}|…|\.{4,}|\t|\s{3,}|[☐☑☒□])\s*"
_LONGEST = 2000


def split_lines(body: Any, labels: Sequence[str]) -> None:
    """Part every paragraph before each label that stands in it behind a rule, a tab or a gap; in place."""
    words = {" ".join(label.rstrip(" :").split()) for label in labels}
    escaped = (r"\s+".join(map(re.escape, one.split())) for one in sorted(words, key=len, reverse=True) if one)
    named = [re.sub("['‘’]", "['‘’]", one) for one in escaped]
    if not named:
        return
    pattern = re.compile(rf"{_GAP}((?:{'|'.join(named)})\s*(?::|\?|(?=[_…\t☐])|\.{{4}}|$|\s{{3,}}))", re.IGNORECASE)
    for paragraph in list(body.iter(f"{W}p")):
        text = text_of(paragraph)
        if len(text) > _LONGEST or next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            continue
        for found in reversed(list(pattern.finditer(text))):
            if text[: found.start(1)].strip(" _.…\t"):
                _part(paragraph, found.start(1))


def _part(paragraph: Any, at: int) -> None:
    """Move a paragraph's characters from `at` on into a new one after it, which looks the same."""
    after = etree_like(paragraph)
    place = 0
    for run in [run for run in paragraph.iter(f"{W}r") if run.getparent() is paragraph]:
        words = text_of(run)
        if place >= at:
            after.append(run)
        elif place + len(words) > at:
            after.append(text_run(words[at - place :], run))
            run.addprevious(text_run(words[: at - place], run))
            paragraph.remove(run)
        place += len(words)
    paragraph.addnext(after)


def etree_like(paragraph: Any) -> Any:
    """Return an empty paragraph that looks as this one, and does not end a section."""
    made = paragraph.makeelement(paragraph.tag)
    look = paragraph.find(f"{W}pPr")
    if look is not None:
        made.append(copy.deepcopy(look))
        for mark in made.findall(f"{W}pPr/{W}sectPr"):
            mark.getparent().remove(mark)
    return made
