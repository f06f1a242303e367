"""Whatever somebody types, wherever in a form, is shown: in a field, or among the words that belong to none."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.issue import Stamp
from escalate.files.docx.opener import W, open_docx, parse_part
from escalate.files.docx.reader import ReadForm, read_form
from escalate.files.forms.loading import form_names, load_form
from escalate.render.word.filling import fill

WithPart = Callable[[bytes, str, bytes | None], bytes]
ADDRESS = "FAO the Business Manager, business.manager@invented.example (confirmed 02/04/2026)"
PARTS = ("word/document.xml", "word/footer1.xml")


def plausible(field: FormField) -> str:
    if field.options:
        return field.options[0]
    return "3 April 2026" if field.kind == "date" else f"An answer about {field.id}.\nAnd a second line."


@pytest.fixture(scope="module", params=form_names())
def issued(request: pytest.FixtureRequest) -> tuple[FormDefinition, bytes, bytes]:
    definition, template = load_form(request.param)
    answers = {field.id: plausible(field) for field in definition.fields_in({})}
    stamp = Stamp(
        reference="KSCP-2026-0007-Q4TX",
        case_id="case-3f1c",
        issue="issue-7c21",
        anchor="L17-c38e-1b5c-ab80-28dc",
        issued_on=date(2026, 4, 10),
        return_to=ADDRESS,
        changes="This replaces issue issue-6b10 of 3 April 2026. Nothing in it is new.",
    )
    return definition, template, fill(definition, template, answers, stamp).content


Issued = tuple[FormDefinition, bytes, bytes]


def shown(read: ReadForm) -> str:
    fields = [text for reading in read.fields.values() for text in (*reading.found.values(), reading.beside)]
    return "\n".join((*fields, *read.not_placed))


def typed_somewhere(root: etree._Element, words: str, chance: random.Random) -> None:
    """Type words into a text, as a run of their own, or as a paragraph of their own."""
    way = chance.randrange(3)
    if way == 0:
        text = chance.choice(list(root.iter(f"{W}t")))
        said, place = text.text or "", chance.randrange(len(text.text or "") + 1)
        text.text = said[:place] + words + said[place:]
        return
    paragraph = chance.choice(list(root.iter(f"{W}p")))
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = words
    if way == 1:
        places = [place for place, one in enumerate(paragraph) if one.tag != f"{W}pPr"]
        paragraph.insert(chance.choice([*places, len(paragraph)]), run)
        if paragraph[0] is run and len(paragraph) > 1 and paragraph[1].tag == f"{W}pPr":
            paragraph.insert(1, run)
    else:
        new = etree.Element(f"{W}p")
        new.append(run)
        (paragraph.addnext if chance.random() < 0.5 else paragraph.addprevious)(new)


def test_a_form_as_issued_has_no_words_but_its_own_and_its_answers(issued: Issued) -> None:
    definition, template, content = issued

    read = read_form(definition, content, "the form", template)

    assert (read.not_placed, read.warnings) == ((), ())
    assert {name: reading.certainty for name, reading in read.fields.items()} == dict.fromkeys(read.fields, "certain")


@pytest.mark.parametrize("seed", range(12))
def test_words_typed_anywhere_in_a_form_are_shown(issued: Issued, with_part: WithPart, seed: int) -> None:
    definition, template, content = issued
    chance = random.Random(f"{definition.id} {seed}")
    part = chance.choice((*PARTS[:1] * 4, *PARTS[1:]))
    root = parse_part(open_docx(content, "it").parts[part])
    words = chance.choice(("Zorvik", " Zorvik ", "ask Zorvik,", "3 Zorvik"))
    typed_somewhere(root, words, chance)
    typed = with_part(content, part, etree.tostring(root, encoding="UTF-8", xml_declaration=True))

    read = read_form(definition, typed, "the form", template, returned_to=(ADDRESS,))

    assert "Zorvik" in shown(read)
