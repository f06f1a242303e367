from __future__ import annotations

import io
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition
from escalate.core.forms.issue import Stamp
from escalate.core.forms.shortened import shortened
from escalate.errors import FormRefused
from escalate.files.docx.opener import W, open_docx, parse_part
from escalate.files.docx.text import text_of
from escalate.files.forms.loading import load_form
from escalate.render.word.filling import fill
from escalate.render.word.template import check_template
from tests.forms.shipped import FORMS

Form = tuple[FormDefinition, bytes]
Edited = Callable[[bytes, str, str], bytes]
WithPart = Callable[[bytes, str, bytes | None], bytes]
ROOT = Path(__file__).resolve().parents[2]

LABELS = {
    "knowsley-appendix-2": [
        "Date of Escalation:",
        "Stage of Escalation: 2 or 3:",
        "NAME OF CHILD",
        "Date of Birth:",
        "Address",
        "Person with PR",
        "Between (Agency)",
        "(Agency)",
        "Discussion: Key Issues:",
        "Options Considered:",
        "By Whom",
        "Date",
        "Decision",
        "Actions",
        "Recommendations",
        "Identified Learning for KSCP:",
        "Managerial Oversight:",
        "Managers name & date discussed:",
        "Form completed by:",
        "Date Completed:",
        "Signed",
    ],
    "knowsley-appendix-3": [
        "Date",
        "Agency Raising Concern",
        "Reason for escalation",
        "Agencies Concerned",
        "Actions Taken & Outcomes",
        "Lessons Learnt",
    ],
}


def body_of(template: bytes) -> object:
    return parse_part(open_docx(template, "the template").parts["word/document.xml"])


@pytest.mark.parametrize("name", LABELS)
def test_the_labels_are_the_policys_own_in_its_order(name: str) -> None:
    assert [field.label for field in load_form(name)[0].fields] == LABELS[name]


def test_the_word_file_prints_the_labels_guidance_and_fixed_lines_of_the_definition_in_its_order(
    each_form: Form,
) -> None:
    definition, template = each_form
    printed = text_of(body_of(template)).split("\n")

    expected = list(headings(definition, ""))
    for field in definition.fields:
        own = (line for line in field.fixed_before if shortened(line) is None)
        expected += [*own, field.label, *field.guidance, *headings(definition, field.id)]
    answers = {f"{{{{ {field.id} }}}}" for field in definition.fields}
    found = [line for line in printed if line not in answers]
    assert [line for line in found if line in expected] == expected
    for closing in definition.fixed_after:
        assert any(line.startswith(closing) for line in found)


def headings(definition: FormDefinition, after: str) -> Iterator[str]:
    """Yield the title and the row of headings of the tables that stand after a field."""
    for table in definition.tables:
        if table.after == after:
            yield from [table.title] if table.title else []
            for column in table.columns:
                yield from (column.label, *column.guidance)


def test_what_a_form_prints_beside_its_fields_is_known_to_its_definition(each_form: Form) -> None:
    definition, template = each_form
    body = body_of(template)
    outside = [text_of(one) for one in body.find(f"{W}body") if one.tag == f"{W}p"]  # type: ignore[attr-defined]

    said = [line for line in outside if line and "issue." not in line]
    titles = (definition.title, NOT_OFFICIAL, *(table.title for table in definition.tables))
    assert [line for line in said if line not in (*titles, *definition.printed)] == []


def test_appendix_2_is_fourteen_cells_one_under_another(appendix_2: Form) -> None:
    body = body_of(appendix_2[1])

    assert len(list(body.iter(f"{W}tc"))) == len(list(body.iter(f"{W}tr"))) == 14  # type: ignore[attr-defined]


def test_a_page_is_a4_in_british_english_with_headings_and_described_tables(each_form: Form) -> None:
    parts = open_docx(each_form[1], "the template").parts
    document, styles = parts["word/document.xml"].decode(), parts["word/styles.xml"].decode()

    across = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    upright = '<w:pgSz w:w="11906" w:h="16838"/>'
    assert (across if each_form[0].id == "herefordshire-appendix-1" else upright) in document
    assert '<w:pStyle w:val="Heading1"/>' in document
    assert document.count("<w:tblCaption ") == document.count("<w:tblDescription ") == document.count("<w:tbl>") >= 1
    assert document.count("<w:tblHeader/>") == len(each_form[0].tables)
    assert set(re.findall(r'<w:lang w:val="([^"]+)"', styles)) == {"en-GB"}
    assert set(re.findall(r'<w:color w:val="([^"]+)"', styles)) == {"1F1F1F", "595959"}, "dark enough on white and grey"


def test_no_template_holds_an_address(each_form: Form) -> None:
    everything = b"".join(open_docx(each_form[1], "the template").parts.values())

    assert b"@" not in everything
    assert b"FAO" not in everything


def test_the_shipped_templates_are_what_their_builder_builds(each_form: Form) -> None:
    build = runpy.run_path(str(ROOT / "scripts" / "build_templates.py"))["build"]

    assert open_docx(build(each_form[0]), "built").parts == open_docx(each_form[1], "shipped").parts


def test_the_shipped_templates_have_nothing_wrong(each_form: Form) -> None:
    assert check_template(*each_form) == ()


ATTACKS = {
    "a call": ("{{ lessons.upper() }}", "call is not allowed"),
    "an attribute": ("{{ lessons.__class__ }}", '".__class__" is not allowed'),
    "a way out": ('{{ cycler.__init__.__globals__.os.popen("id").read() }}', "call is not allowed"),
    "an unknown field": ("{{ child_name }}", 'there is no field "child_name"'),
    "an unknown part of the issue": ("{{ issue.items }}", '".items" is not allowed'),
    "the filter safe": ("{{ lessons|safe }}", 'the filter "safe" is not allowed'),
    "the filter format": ("{{ '%0999999999d'|format(1) }}", 'the filter "format" is not allowed'),
    "arithmetic": ("{{ 'a'*10**10 }}", "mul is not allowed"),
    "a macro": ("{% macro x() %}{% endmacro %}", "macro is not allowed"),
    "an assignment": ("{% set x = 1 %}", "assign is not allowed"),
    "an include": ("{% include 'other' %}", "include is not allowed"),
    "a computed index": ("{{ issue[lessons] }}", "a computed index is not allowed"),
    "a recursive loop": ("{% for x in lessons recursive %}{% endfor %}", "a loop of this kind is not allowed"),
    "three loops": ("{% for a in lessons %}" * 3 + "{% endfor %}" * 3, "a loop of this kind is not allowed"),
    "half an expression": ("{{ lessons", "an expression"),
    "the whole issue": ("{{ issue }}", '"issue" alone is not allowed'),
}


@pytest.mark.parametrize(("expression", "what"), ATTACKS.values(), ids=ATTACKS)
def test_cannot_use_a_template_that_carries_code(
    appendix_3: Form, stamp: Stamp, edited: Edited, expression: str, what: str
) -> None:
    definition, template = appendix_3
    changed = edited(template, "Governance Process", expression.replace('"', "&quot;").replace("<", "&lt;"))

    with pytest.raises(FormRefused) as refusal:
        fill(definition, changed, {"lessons": "read the file"}, stamp)

    assert what in refusal.value.problems[0].what
    assert refusal.value.problems[0].where == "knowsley-appendix-3.docx"


def test_a_template_may_use_conditions_loops_and_plain_filters(appendix_3: Form, stamp: Stamp, edited: Edited) -> None:
    changed = edited(
        appendix_3[1],
        "Governance Process",
        "{% if lessons and not reason == 'x' %}{{ issue.title|upper }}{% endif %}"
        "{% for x in 'ab' %}{{ x }}{% endfor %}",
    )

    filled = fill(appendix_3[0], changed, {"lessons": "read the file"}, stamp)

    assert "KSCP GOVERNANCE PROCESS FOR ESCALATION – KSCP-2026-0007-Q4TXab" in text_of(body_of(filled.content))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('w:tag w:val="lessons"', 'w:tag w:val="lesson"', "no content controls with that tag"),
        ('w:tag w:val="lessons"', 'w:tag w:val="reason"', "2 content controls with that tag"),
        ('w:name="esc_reason"', 'w:name="esc_lessons"', "(lessons) has 2 bookmarks esc_lessons"),
        ("{{ lessons }}", "{{ reason }}", "holds something else than {{ lessons }}"),
        ("{{ lessons }}", "see {{ lessons }}", "holds something else than {{ lessons }}"),
        ('<w:tag w:val="lessons"/>', '<w:tag w:val="lessons"/><w:text w:multiLine="1"/>', "plain-text or bound"),
        ("<w:p>", '<w:p><w:ins w:id="9" w:author="A Person"/>', "it has tracked changes"),
    ],
)
def test_cannot_use_a_template_whose_controls_are_not_the_forms(
    appendix_3: Form, edited: Edited, old: str, new: str, what: str
) -> None:
    problems = check_template(appendix_3[0], edited(appendix_3[1], old, new))

    assert any(what in problem.what for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{{ row.concern }}", "{{ row.outcome }}", "holds something else than {{ row.concern }}"),
        ("_concern", "_cause", 'field "Concern" (concern) has no content controls with that tag'),
        ("{%tr for row in log %}", "{%tr for row in cats %}", 'there is no field "cats"'),
        ("{{ row.concern }}", "{{ row.concern }}{{ row }}", '"row" alone is not allowed'),
        ("{{ row.concern }}", "{{ row.concern }}{{ row.cause }}", '".cause" is not allowed'),
        ("{{ row.concern }}", "{{ row.concern }}{{ row.items }}", '".items" is not allowed'),
        ("AGENCY ESCALATION", "{{ log }}", 'there is no field "log"'),
        ("AGENCY ESCALATION", "{{ row.concern }}", 'there is no field "row"'),
    ],
)
def test_cannot_use_a_template_whose_rows_are_not_the_tables(
    log: Form, edited: Edited, old: str, new: str, what: str
) -> None:
    problems = check_template(log[0], edited(log[1], old, new))

    assert any(what in problem.what for problem in problems), problems


def test_a_row_may_go_by_another_name(log: Form, stamp: Stamp, edited: Edited) -> None:
    definition, template = log
    for _ in definition.tables[0].columns:
        template = edited(edited(template, "{{ row.number }}", "{{child.number}}"), "{{ row.", "{{ child.")

    filled = fill(
        definition, edited(template, "for row in log", "for child in log"), {"log_3_concern": "closed"}, stamp
    )

    assert filled.answers["log_3_concern"] == "closed"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('displayText="No" w:value="No"', 'displayText="Nein" w:value="Nein"', "other options than its definition"),
        ("<w:comboBox></w:comboBox>", '<w:dropDownList><w:listItem w:value="x"/></w:dropDownList>', "takes any words"),
    ],
)
def test_cannot_use_a_template_whose_lists_are_not_the_forms(edited: Edited, old: str, new: str, what: str) -> None:
    definition, template = load_form("croydon-notification")

    (problem,) = check_template(definition, edited(template, old, new))

    assert problem.what.endswith(what) or what in problem.what


def test_cannot_use_a_reconstructed_template_that_passes_for_the_official_one(edited: Edited) -> None:
    definition, template = load_form("wirral-appendix-1")

    (problem,) = check_template(definition, edited(template, NOT_OFFICIAL, "The official form."))

    assert problem.what == "it does not say that it is not the official form"


def test_a_template_needs_tags_and_no_bookmarks(appendix_3: Form, stamp: Stamp, edited: Edited) -> None:
    definition, template = appendix_3
    for field in definition.fields:
        template = edited(template, f'w:name="{field.bookmark}"', f'w:name="other_{field.id}"')

    filled = fill(definition, template, {"lessons": "read the file"}, stamp)

    assert check_template(definition, template) == ()
    marks = [mark.get(f"{W}name") for mark in body_of(filled.content).iter(f"{W}bookmarkStart")]  # type: ignore[attr-defined]
    assert sorted(marks) == sorted(
        name for field in definition.fields for name in (field.bookmark, f"other_{field.id}")
    )


def test_cannot_use_a_template_with_comments_or_expressions_in_its_properties(
    appendix_3: Form, with_part: WithPart
) -> None:
    definition, template = appendix_3
    core = open_docx(template, "it").parts["docProps/core.xml"].replace(b"KSCP Governance", b"{{ lessons }}")

    with_property = check_template(definition, with_part(template, "docProps/core.xml", core))
    with_comments = check_template(definition, with_part(template, "word/comments.xml", b"<c/>"))

    assert [problem.what for problem in with_property] == ["its property title holds an expression"]
    assert [problem.what for problem in with_comments] == ["it has comments"]


def test_an_expression_that_word_split_over_runs_is_still_filled(
    appendix_3: Form, stamp: Stamp, edited: Edited
) -> None:
    split = '{{ les</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>sons }</w:t></w:r><w:r><w:t>}'

    filled = fill(appendix_3[0], edited(appendix_3[1], "{{ lessons }}", split), {"lessons": "A & B"}, stamp)

    assert filled.answers["lessons"] == "A & B"


def test_a_template_saved_by_word_brings_none_of_its_history_along(
    appendix_3: Form, stamp: Stamp, with_part: WithPart
) -> None:
    definition, template = appendix_3
    parts = open_docx(template, "it").parts
    relationships = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://x/relationships/customXml" Target="../customXml/item1.xml"/>'
        b"</Relationships>",
    )
    settings = parts["word/settings.xml"].replace(
        b"<w:zoom", b'<w:rsids><w:rsidRoot w:val="00A1"/></w:rsids><w:attachedTemplate r:id="rId1"/><w:zoom'
    )
    for name, part in (
        ("word/_rels/document.xml.rels", relationships),
        ("word/settings.xml", settings),
        ("customXml/item1.xml", b"<owner>A Person</owner>"),
        ("docProps/thumbnail.jpeg", b"picture"),
        ("docProps/app.xml", b"<Properties><Company>An Employer</Company></Properties>"),
        ("word/people.xml", b"<people>A Person</people>"),
    ):
        template = with_part(template, name, part)

    filled = fill(definition, template, {}, stamp)

    everything = b"".join(open_docx(filled.content, "it").parts.values())
    for trace in (b"A Person", b"An Employer", b"rsid", b"attachedTemplate", b"customXml", b"picture"):
        assert trace not in everything


# What docxtpl does when it is called as its manual says: the reasons for the recipe.


def plainly(template: bytes, **data: object) -> str:
    document = DocxTemplate(io.BytesIO(template))
    document.render(data)
    filled = io.BytesIO()
    document.save(filled)
    return text_of(parse_part(open_docx(filled.getvalue(), "it").parts["word/document.xml"]))


@pytest.mark.parametrize(
    ("words", "left"),
    [("Smith & Sons", "Smith  Sons"), ("a < b", "a  b"), ("cut </w:t> here", "cut ")],
)
def test_docxtpl_alone_loses_words_without_a_word(appendix_3: Form, words: str, left: str) -> None:
    printed = plainly(appendix_3[1], lessons=words, issue={})

    assert words not in printed
    assert left in printed.split("\n")


def test_docxtpl_alone_lets_an_answer_forge_a_paragraph(appendix_3: Form) -> None:
    forged = (
        "x</w:t></w:r></w:sdtContent></w:sdt></w:p><w:p><w:r><w:t>agreed by the Chair</w:t></w:r></w:p><w:p><w:r><w:t>"
    )

    assert "agreed by the Chair" in plainly(appendix_3[1], lessons=forged, issue={}).split("\n")


def test_docxtpl_alone_prints_nothing_for_a_misspelt_field_and_none_as_a_word(appendix_3: Form) -> None:
    printed = plainly(appendix_3[1], lesons="read the file", reason=None, issue={})

    assert "read the file" not in printed
    assert "None" in printed.split("\n")


def test_docxtpl_alone_turns_its_own_escape_into_braces(appendix_3: Form) -> None:
    assert "{{" in plainly(appendix_3[1], lessons="{_{", issue={}).split("\n")


def test_docxtpl_alone_runs_code_that_a_template_carries(appendix_3: Form, edited: Edited) -> None:
    code = "{{ cycler.__init__.__globals__.__name__ }}"

    assert "jinja2.utils" in plainly(edited(appendix_3[1], "Governance Process", code), issue={})


def test_the_builder_writes_every_template(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    (copy / "templates").mkdir(parents=True)
    (copy / "scripts").mkdir()
    for source in (*(ROOT / "templates" / f"{name}.toml" for name in FORMS), *(ROOT / "scripts").glob("*template*.py")):
        (copy / source.relative_to(ROOT)).write_bytes(source.read_bytes())

    done = subprocess.run(
        [sys.executable, str(copy / "scripts" / "build_templates.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert sorted(done.stdout.splitlines()) == [f"built templates/{name}.docx" for name in FORMS]
    for name in FORMS:
        assert (copy / "templates" / f"{name}.docx").read_bytes() == (ROOT / "templates" / f"{name}.docx").read_bytes()
