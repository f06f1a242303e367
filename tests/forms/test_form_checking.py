from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from escalate.casework.form_checking import Word, check_form
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.issue import Stamp
from escalate.core.forms.keys import unknown_keys
from escalate.core.forms.trials import HOSTILE, Finding, trials
from escalate.errors import FormRefused
from escalate.files.docx.opener import W
from escalate.files.forms.given import FormGiven
from escalate.files.forms.loading import form_names, load_form
from escalate.render.word.expressions import expression_findings
from escalate.render.word.filling import fill
from escalate.render.word.template import check_template

Form = tuple[FormDefinition, bytes]
Edited = Callable[[bytes, str, str], bytes]
WithPart = Callable[[bytes, str, bytes | None], bytes]
WORD = Word(expression_findings, check_template, fill)
ANSWER = "{{ reason }}"
IN_CELL = "text, table 1 row 3 cell 2"
LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)


def checked(definition: FormDefinition | None, template: bytes) -> list[tuple[str, str, str]]:
    """What a check finds that is a problem: weight, place and words."""
    given = FormGiven(name="ours.toml", definition=definition, template=template, template_name="ours.docx")
    return [(x.weight, x.where, x.what) for x in check_form(given, WORD) if x.weight != "to look at"]


def looked_at(definition: FormDefinition, template: bytes) -> list[tuple[str, str]]:
    given = FormGiven(name="ours.toml", definition=definition, template=template, template_name="ours.docx")
    return [(x.where, x.what) for x in check_form(given, WORD) if x.weight == "to look at"]


@pytest.mark.parametrize("name", form_names())
def test_every_shipped_form_is_filled_with_hostile_words_and_reads_back_whole(name: str) -> None:
    assert checked(*load_form(name)) == []


@pytest.mark.parametrize("name", form_names())
def test_every_shipped_form_is_filled_by_keys_that_a_case_has(name: str) -> None:
    assert unknown_keys(load_form(name)[0]) == ()


@pytest.mark.parametrize(
    ("expression", "weight", "what"),
    [
        ("{{ resaon }}", "wrong", 'there is no field "resaon": was "reason" meant?'),
        ("{{ nowhere_near }}", "wrong", 'there is no field "nowhere_near"'),
        ("{{ issue.refrence }}", "wrong", 'there is no "issue.refrence": was issue.reference meant?'),
        ("{{ reason", "wrong", "an expression is not complete, or not one that a form can have"),
        ("{% for row in log %}x{% endfor %}", "wrong", 'it repeats rows of "log", which is no table of the form'),
        ("{{ cycler.__init__.__globals__ }}", "unsafe", 'it holds code (".__globals__")'),
        ("{{ reason.upper() }}", "unsafe", "it holds code (call)"),
        ("{{ ''.join(['a', 'b']) }}", "unsafe", "it holds code (call)"),
        ("{{ 'a' * 10000000000 }}", "unsafe", "it holds code (mul)"),
        ("{{ 2 ** 99999999 }}", "unsafe", "it holds code (pow)"),
        ("{{ reason|attr('x') }}", "unsafe", 'it holds code (the filter "attr")'),
        ("{{ reason|center(999999999) }}", "unsafe", 'it holds code (the filter "center")'),
        ("{{ issue.__class__ }}", "unsafe", 'there is no "issue.__class__"'),
        ("{% set x = 1 %}", "unsafe", "it holds code (assign)"),
        ("{% include 'x' %}", "unsafe", "it holds code (include)"),
        ("{% for a in reason %}{% for b in reason %}x{% endfor %}{% endfor %}", "unsafe", "it holds a loop of a kind"),
    ],
)
def test_an_expression_that_no_form_can_have_is_named_with_its_place(
    appendix_3: Form, edited: Edited, expression: str, weight: str, what: str
) -> None:
    definition, template = appendix_3

    found = checked(definition, edited(template, ANSWER, ANSWER + expression))

    assert any(x[0] == weight and x[1] == IN_CELL and x[2].startswith(what) for x in found), found


def test_two_mistakes_in_one_template_are_both_named(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3
    twice = edited(edited(template, ANSWER, "{{ reason"), "{{ lessons }}", "{{ lesons }}")

    assert [(where, what) for _, where, what in checked(definition, twice)][:2] == [
        (IN_CELL, "an expression is not complete, or not one that a form can have"),
        ("text, table 1 row 6 cell 2", 'there is no field "lesons": was "lessons" meant?'),
    ]


@pytest.mark.parametrize("part", ["word/footer1.xml", "word/header1.xml", "word/footnotes.xml"])
def test_code_is_found_in_headers_footers_and_footnotes(appendix_3: Form, with_part: WithPart, part: str) -> None:
    definition, template = appendix_3
    root = {"f": "ftr", "h": "hdr"}[part[5]] if "note" not in part else "footnotes"
    xml = (
        f'<w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r>'
        f"<w:t>{{{{ self.__init__ }}}}</w:t></w:r></w:p></w:{root}>"
    )

    found = checked(definition, with_part(template, part, xml.encode()))

    called = part[5:].rstrip(".xml").rstrip("1")
    assert ("unsafe", f'{called}, paragraph "{{{{ self.__init__ }}}}"', 'it holds code (".__init__" of self)') in found


def test_code_in_an_attribute_or_a_comment_of_the_xml_is_found(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3
    in_attribute = edited(template, '<w:tag w:val="reason"/>', '<w:tag w:val="reason{{ x() }}"/>')
    in_comment = edited(template, ANSWER, f"{ANSWER}<!-- {{{{ x() }}}} -->")

    for hidden in (in_attribute, in_comment):
        assert ("unsafe", IN_CELL, "it holds code (call)") in checked(definition, hidden)


def test_code_in_a_property_is_found(appendix_3: Form, with_part: WithPart) -> None:
    definition, template = appendix_3
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject>{{ 7*7 }}</dc:subject></cp:coreProperties>'
    )

    assert checked(definition, with_part(template, "docProps/core.xml", core.encode())) == [
        ("unsafe", "docProps/core.xml", 'its property "subject" holds an expression')
    ]


@pytest.mark.parametrize(
    ("kind", "target", "what"),
    [
        ("attachedTemplate", "file:///C:/Users/sam/x.dotm", "it is attached to a template elsewhere"),
        ("image", "https://example.invalid/x.png", "it fetches something from elsewhere (image)"),
        ("oleObject", "https://example.invalid/x.bin", "it fetches something from elsewhere (oleObject)"),
        ("hyperlink", "file://server/share/x.docx", "it has a link that leads into a computer"),
    ],
)
def test_whatever_fetches_from_elsewhere_is_unsafe(
    appendix_3: Form, with_part: WithPart, kind: str, target: str, what: str
) -> None:
    definition, template = appendix_3
    part = "word/_rels/settings.xml.rels"

    assert checked(definition, with_part(template, part, LINKS.format(kind, target).encode())) == [
        ("unsafe", part, what)
    ]


def test_an_ordinary_link_is_not_unsafe(appendix_3: Form, with_part: WithPart) -> None:
    definition, template = appendix_3
    links = LINKS.format("hyperlink", "mailto:business.manager@invented.example").encode()

    assert checked(definition, with_part(template, "word/_rels/footnotes.xml.rels", links)) == []


@pytest.mark.parametrize("word", ["DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "AUTOTEXT", "LINK"])
def test_a_word_field_that_reaches_outside_is_unsafe_however_it_is_spread(
    appendix_3: Form, edited: Edited, word: str
) -> None:
    definition, template = appendix_3
    spread = (
        f'</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{word[:2]}</w:instrText></w:r>'
        f'<w:r><w:instrText>{word[2:]} "x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>'
    )

    found = checked(definition, edited(template, "Lessons Learnt", f"Lessons Learnt{spread}"))

    what = f"it has the Word field {word}, which reaches outside the document"
    assert found == [("unsafe", "text, table 1 row 6 cell 1", what)]


def test_a_macro_is_refused_before_anything_is_read(appendix_3: Form, with_part: WithPart) -> None:
    definition, template = appendix_3

    assert checked(definition, with_part(template, "word/vbaProject.bin", b"x")) == [
        ("unsafe", "ours.docx", "holds a macro or an embedded program")
    ]


def test_an_embedded_object_is_unsafe(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3

    found = checked(definition, edited(template, "Lessons Learnt</w:t>", "Lessons Learnt</w:t><w:object/>"))

    assert found == [("unsafe", "text, table 1 row 6 cell 1", "it holds an embedded object")]


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [
        ('<v:imagedata src="http://elsewhere.example/q.png"/>', "imagedata"),
        ('<v:imagedata o:althref="//elsewhere.example/q.png"/>', "imagedata"),
        ('<v:fill type="frame" src="file:///C:/q.png"/>', "fill"),
        (r'<v:rect href="\\elsewhere.example\q"/>', "rect"),
    ],
)
def test_an_old_drawing_that_fetches_its_picture_is_unsafe_and_no_form_is_issued_with_it(
    appendix_3: Form, edited: Edited, stamp: Stamp, drawing: str, kind: str
) -> None:
    definition, template = appendix_3
    shape = f"Lessons Learnt</w:t><w:pict><v:shape {VML}>{drawing}</v:shape></w:pict>"
    drawn = edited(template, "Lessons Learnt</w:t>", shape)

    what = f"it fetches something from elsewhere ({kind})"
    assert checked(definition, drawn) == [("unsafe", "text, table 1 row 6 cell 1", what)]
    with pytest.raises(FormRefused) as refusal:
        fill(definition, drawn, {}, stamp)
    assert f"it fetches something from elsewhere ({kind}, in word/document.xml)" in str(refusal.value.problems)


@pytest.mark.parametrize("name", ["word/numbering.xml", "word/settings.xml", "word/header9.xml"])
def test_an_old_drawing_that_fetches_is_found_in_every_part_that_can_hold_one(
    appendix_3: Form, with_part: WithPart, name: str
) -> None:
    definition, template = appendix_3
    part = f'<w:x xmlns:w="{W[1:-1]}" {VML}><v:imagedata src="http://elsewhere.example/q.png"/></w:x>'

    found = checked(definition, with_part(template, name, part.encode()))

    where = "header" if "header" in name else name
    assert ("unsafe", where, "it fetches something from elsewhere (imagedata)") in found


def test_a_mail_merge_is_unsafe(appendix_3: Form, with_part: WithPart) -> None:
    definition, template = appendix_3
    part = f'<w:settings xmlns:w="{W[1:-1]}"><w:mailMerge><w:query w:val="x"/></w:mailMerge></w:settings>'

    found = checked(definition, with_part(template, "word/settings.xml", part.encode()))

    assert found == [("unsafe", "word/settings.xml", "it fetches something from elsewhere (mailMerge)")]


@pytest.mark.parametrize("link", ["https://invented.example/form", "mailto:someone@invented.example", "#below"])
def test_an_old_drawing_that_only_leads_somewhere_when_clicked_is_not_unsafe(
    appendix_3: Form, edited: Edited, link: str
) -> None:
    definition, template = appendix_3
    shape = f'Lessons Learnt</w:t><w:pict><v:rect {VML} href="{link}"/></w:pict>'

    assert checked(definition, edited(template, "Lessons Learnt</w:t>", shape)) == []


def test_a_field_without_a_control_and_a_control_without_a_field_are_both_named(
    appendix_3: Form, edited: Edited
) -> None:
    definition, template = appendix_3

    found = checked(definition, edited(template, '<w:tag w:val="lessons"/>', '<w:tag w:val="lesons"/>'))

    assert found == [
        ("wrong", "text", 'field "Lessons Learnt" (lessons) has no content control with that tag'),
        (
            "wrong",
            "text, table 1 row 6 cell 2",
            'a content control has the tag "lesons", and the definition has no such field',
        ),
    ]


def test_a_control_that_is_there_twice_is_named_where_it_stands_again(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3
    again = (
        '<w:sdt><w:sdtPr><w:tag w:val="reason"/></w:sdtPr><w:sdtContent><w:r><w:t>{{ reason }}</w:t></w:r>'
        '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="6"/>'
    )

    found = checked(definition, edited(template, '<w:bookmarkEnd w:id="6"/>', again))

    what = 'field "Reason for escalation" (reason) has a content control a second time'
    assert found == [("wrong", "text, table 1 row 6 cell 2", what)]


@pytest.mark.parametrize("kind", ["<w:text/>", '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>'])
def test_a_plain_text_or_bound_control_is_named(appendix_3: Form, edited: Edited, kind: str) -> None:
    definition, template = appendix_3

    found = checked(definition, edited(template, '<w:tag w:val="reason"/>', f'<w:tag w:val="reason"/>{kind}'))

    what = 'field "Reason for escalation" (reason) has a plain-text or bound content control'
    assert found == [("wrong", IN_CELL, what)]


def test_a_control_round_whole_paragraphs_is_named(appendix_3: Form) -> None:
    definition, template = appendix_3
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    start, end = xml.index('<w:p><w:pPr><w:pStyle w:val="FormAnswer"/></w:pPr><w:bookmarkStart w:id="3"'), 0
    end = xml.index("</w:p>", start) + len("</w:p>")
    block = (
        '<w:sdt><w:sdtPr><w:tag w:val="reason"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{{ reason }}</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in {**parts, "word/document.xml": (xml[:start] + block + xml[end:]).encode()}.items():
            archive.writestr(name, part)

    found = checked(definition, buffer.getvalue())

    what = 'field "Reason for escalation" (reason) has a content control round whole paragraphs'
    assert ("wrong", IN_CELL, what) in found


def test_a_label_that_is_printed_otherwise_is_not_found(appendix_3: Form) -> None:
    definition, template = appendix_3
    last = replace(definition.fields[-1], label="What the partnership has learnt")

    found = checked(replace(definition, fields=(*definition.fields[:-1], last)), template)

    what = 'field "What the partnership has learnt" (lessons): its label is not found'
    assert found == [("wrong", "text", what)]


def test_a_label_that_is_printed_once_more_than_the_definition_has_it_is_to_look_at(
    appendix_3: Form, edited: Edited
) -> None:
    definition, template = appendix_3
    more = edited(template, "Governance Process", "Lessons Learnt")

    what = 'the label "Lessons Learnt" is printed 2 times, and the definition has it 1'
    assert ("text", what) in looked_at(definition, more)


def test_tracked_changes_and_comments_must_go(appendix_3: Form, edited: Edited, with_part: WithPart) -> None:
    definition, template = appendix_3
    tracked = edited(template, "Lessons Learnt</w:t></w:r>", 'Lessons Learnt</w:t></w:r><w:ins w:id="1" w:author="S"/>')

    assert checked(definition, tracked) == [("wrong", "text, table 1 row 6 cell 1", "it has tracked changes")]
    assert checked(definition, with_part(template, "word/comments.xml", b"<x/>")) == [
        ("wrong", "comments", "it has comments")
    ]


def test_properties_that_tell_of_people_are_to_look_at_and_nobody_is_named(
    appendix_3: Form, with_part: WithPart
) -> None:
    definition, template = appendix_3
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Sam Invented</dc:creator></cp:coreProperties>'
    )

    found = looked_at(definition, with_part(template, "docProps/core.xml", core.encode()))

    assert found == [("docProps/core.xml", "its properties tell of people or where they work (creator)")]


def test_a_page_of_letter_size_is_to_look_at(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3
    letter = edited(template, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')

    assert looked_at(definition, letter) == [("text", "its page is not A4")]


def test_a_template_alone_is_looked_through_and_not_tried(appendix_3: Form, edited: Edited) -> None:
    assert checked(None, appendix_3[1]) == []
    assert checked(None, edited(appendix_3[1], ANSWER, "{{ x() }}")) == [("unsafe", IN_CELL, "it holds code (call)")]


def test_what_a_form_loses_is_named_with_the_field_and_the_words_that_are_lost(appendix_3: Form) -> None:
    definition, template = appendix_3

    def losing(*given: object) -> object:
        answers = given[2]
        assert isinstance(answers, dict)
        if "&" in answers.get("reason", ""):
            answers = {**answers, "reason": answers["reason"].replace("&", "")}
            from escalate.errors import FormRefused, Problem

            raise FormRefused("x", problems=[Problem('field "Reason for escalation"', "does not read back")])
        return fill(definition, template, answers, given[3])  # type: ignore[arg-type]

    given = FormGiven(name="ours.toml", definition=definition, template=template, template_name="ours.docx")
    found = check_form(given, WORD._replace(fill=losing))  # type: ignore[arg-type]

    words = "ampersands and other signs of XML"
    what = f'field "Reason for escalation" (reason) loses what is entered ({words})'
    assert found == (Finding("lost", IN_CELL, what),)


def test_every_kind_of_hostile_words_option_and_number_of_rows_is_tried() -> None:
    form = load_form("herefordshire-appendix-1")[0]

    about = [trial.about for trial in trials(form)]

    assert about[:2] == ["nothing at all", "an answer of its own in every field"]
    assert {"a table with one row", "a table with 40 rows"} <= set(about)
    hostile = next(trial for trial in trials(form) if trial.about == "hostile words in every field")
    assert all(words in answer for answer in hostile.answers.values() for words in HOSTILE.values())


@pytest.mark.parametrize(
    "made",
    [
        "{{" * 400_000,
        "{% for a in b %}" * 900,
        "{{ " + "(" * 5_000 + " }}",
        "{{ " + "a." * 1_500 + "b }}",
        "{% if a %}" * 1_000,
    ],
    ids=["braces", "loops", "brackets", "attributes", "conditions"],
)
def test_a_template_made_to_hang_the_check_is_refused_in_seconds(appendix_3: Form, edited: Edited, made: str) -> None:
    definition, template = appendix_3
    hostile = edited(template, "Lessons Learnt", made)
    started = time.monotonic()

    found = checked(definition, hostile)

    assert found
    assert time.monotonic() - started < 10


def test_thousands_of_controls_that_no_field_has_are_named_in_seconds(appendix_3: Form, edited: Edited) -> None:
    definition, template = appendix_3
    many = "".join(f'<w:sdt><w:sdtPr><w:tag w:val="x{n}"/></w:sdtPr><w:sdtContent/></w:sdt>' for n in range(8_000))
    hostile = edited(template, '<w:bookmarkEnd w:id="6"/>', f'{many}<w:bookmarkEnd w:id="6"/>')
    started = time.monotonic()

    assert len(checked(definition, hostile)) == 25
    assert time.monotonic() - started < 20


def test_the_file_that_was_checked_is_left_as_it_was(tmp_path: Path, appendix_3: Form) -> None:
    file = tmp_path / "ours.docx"
    file.write_bytes(appendix_3[1])

    checked(appendix_3[0], file.read_bytes())

    assert [path.name for path in tmp_path.iterdir()] == ["ours.docx"]
    assert file.read_bytes() == appendix_3[1]
