"""The forms that ship, by name, and answers for any of them."""

from __future__ import annotations

from escalate.core.forms.definition import FormDefinition

FORMS = (
    "croydon-notification",
    "herefordshire-appendix-1",
    "herefordshire-appendix-2",
    "knowsley-appendix-2",
    "knowsley-appendix-3",
    "somerset-stage-record",
    "somerset-written-confirmation",
    "wirral-appendix-1",
    "wirral-appendix-2",
)
RECONSTRUCTED = tuple(name for name in FORMS if name.startswith(("somerset", "wirral")))


def with_words(definition: FormDefinition, words: str, *, rows: int = 2) -> dict[str, str]:
    """Return these words as the answer of every field that takes words, in so many rows of each table."""
    fields = [field for field in definition.fields if field.kind != "choice"]
    cells = [
        table.cell(number, column)
        for table in definition.tables
        for number in range(1, rows + 1)
        for column in table.columns
    ]
    return {field.id: words for field in (*fields, *cells)}
