"""Which form a document is: by the name and version in its own properties, else by the labels that stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.shortened import shortened
from escalate.errors import EscalateError, FormRefused
from escalate.files.docx.identity import identity_of
from escalate.files.docx.label_fit import Printed, plain
from escalate.files.docx.labels import lay, printed_of
from escalate.files.docx.lines import Line
from escalate.files.docx.opener import open_docx
from escalate.files.docx.parts import part_lines
from escalate.files.docx.rows import read_rows

_LEAST = 0.6
_CLEARLY_BETTER = 0.15
_OTHER_VERSION = 0.9


def detect_form(
    content: bytes, where: str, definitions: Sequence[FormDefinition]
) -> tuple[FormDefinition, float] | None:
    """Return which of the forms a document is and how sure that is, from 0 to 1; None where none clearly is.

    The form its properties name is sure; in another version it is a little less. Without properties each form's printed
    lines are laid along the document's: a line that other forms print as well counts for less.

    Args:
        where: what errors call the document, such as "the returned form".
    Raises:
        FormRefused: the file cannot be opened safely, or is too large for a form.
    """
    opened = open_docx(content, where)
    try:
        parts = part_lines(opened, where)
        stated = identity_of(opened, parts).form
        by_name = _named(stated, definitions)
        return by_name or _by_labels(parts[0].lines, definitions)
    except EscalateError:
        raise
    except Exception as reason:
        raise FormRefused(f"{where}: the file is damaged and cannot be read", remedy="ask for it again") from reason


def _named(stated: str, definitions: Sequence[FormDefinition]) -> tuple[FormDefinition, float] | None:
    name = stated.partition("@")[0]
    of_name = [one for one in definitions if one.id == name]
    exactly = [one for one in of_name if one.name_and_version == stated]
    if exactly:
        return exactly[0], 1.0
    return (of_name[0], _OTHER_VERSION) if of_name else None


def _by_labels(lines: Sequence[Line], definitions: Sequence[FormDefinition]) -> tuple[FormDefinition, float] | None:
    prints = {one.name_and_version: _printed_by(one) for one in definitions}
    printed_by = Counter(text for printed in prints.values() for text in {one.plain for one in printed})
    headings = {plain(line.text) for line in lines if len(line.text) < 300}
    shares = sorted(
        ((_share(one, prints[one.name_and_version], (lines, headings), printed_by), one) for one in definitions),
        key=lambda found: -found[0],
    )
    if not shares or shares[0][0] < _LEAST:
        return None
    near = [(share, one) for share, one in shares if shares[0][0] - share < _CLEARLY_BETTER]
    if len(near) > 1:
        # Two forms with the same labels are told apart by what they are called.
        near = [(share, one) for share, one in near if plain(one.title) in headings]
    return (near[0][1], round(near[0][0], 2)) if len(near) == 1 else None


def _printed_by(definition: FormDefinition) -> list[Printed]:
    columns = [column for table in definition.tables for column in table.columns]
    whole = (text for text in definition.printed if shortened(text) is None)
    headings = [Printed(text, "fixed") for text in (definition.title, *whole)]
    return [*printed_of(definition), *(Printed(column.label, "label") for column in columns), *headings]


def _share(
    definition: FormDefinition,
    printed: Sequence[Printed],
    document: tuple[Sequence[Line], set[str]],
    printed_by: Mapping[str, int],
) -> float:
    """Return how much of what a form prints stands in a document; what other forms print as well weighs less."""
    lines, headings = document
    rows = read_rows(definition, lines)
    laid = printed_of(definition)
    found = Counter(rows.texts) + Counter(laid[match.item].plain for match in lay(laid, lines, rows.lines))
    weight = have = 0.0
    for one in printed:
        counts = min(4, len(one.plain.split())) / printed_by[one.plain]
        # A heading or an instruction that is left out says less than a label that is.
        is_there = found[one.plain] > 0 or one.plain in headings
        if not is_there and one.kind != "label":
            counts /= 4
        weight += counts
        have += counts if is_there else 0
        found[one.plain] -= 1
    return have / weight if weight else 0.0
