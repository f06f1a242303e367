"""Documents far larger than a form, made to keep a reader busy: each is read or refused in a few seconds of work."""

from __future__ import annotations

import time

import pytest

from escalate.errors import FormRefused
from escalate.files.docx.reader import read_form
from escalate.files.forms.loading import load_form
from tests.forms.laid_out import cell, docx_of, p, row, run, table, tagged

SECONDS_OF_WORK = 5.0
KNOWSLEY, _ = load_form("knowsley-appendix-2")
LABELS = [field.label for field in KNOWSLEY.fields]


@pytest.mark.parametrize(
    "body",
    [
        table(row(cell(*["Date"] * 9_000))),
        table(row(cell(*LABELS * 400))),
        table(row(cell(*(f"{label[:3]}q{label[3:]}{number}" for number in range(400) for label in LABELS)))),
        table(*(row(*["Date"] * 8) for _ in range(550))),
        "".join(p(tagged(f"log_{number}_concern", run("x"))) for number in range(9_000)),
        table(row(cell("Date " + "a b " * 2_000_000))),
        table(row(cell("Date", "And" + " " * 9_000_000 + "x"))),
        table(row(cell("Between x" + " " * 100_000 + "(Agency)" * 1_000, "Stage of Escalation: [" + " " * 9_000_000))),
        "<w:tbl><w:tr><w:tc>" * 50 + p("Date") * 9_000 + "</w:tc></w:tr></w:tbl>" * 50,
        p("".join(f'<w:bookmarkStart w:id="{number}" w:name="esc_{number}"/>' for number in range(100_000))),
    ],
    ids=[
        "one label 9,000 times",
        "every label 400 times",
        "every label with slips",
        "a table of labels",
        "controls of rows",
        "a long line",
        "a line of spaces",
        "brackets behind spaces",
        "tables in tables",
        "bookmarks that never end",
    ],
)
def test_a_document_made_to_keep_the_reader_busy_is_read_in_seconds(body: str) -> None:
    content = docx_of(body)
    before = time.process_time()

    read_form(KNOWSLEY, content, "the form")

    assert time.process_time() - before < SECONDS_OF_WORK


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (p("Date") * 10_002, "has more cells and paragraphs than a form holds"),
        (p("<w:r><w:br/></w:r>" * 30_000), "the document has far more lines than a form"),
        (p(run("a") * 160_000), "has far more in it than a form holds"),
    ],
)
def test_cannot_read_a_document_with_far_more_in_it_than_a_form(body: str, why: str) -> None:
    with pytest.raises(FormRefused) as refusal:
        read_form(KNOWSLEY, docx_of(body), "the form")

    assert str(refusal.value).removeprefix("the form: ") == why
