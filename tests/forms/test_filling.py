from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.core.forms.answers import FormData, answers_for
from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition
from escalate.core.forms.issue import NO_ADDRESS, Stamp
from escalate.core.text import clean
from escalate.errors import FormRefused
from escalate.files.docx.opener import W, open_docx, parse_part
from escalate.files.docx.reader import FormIdentity, read_form
from escalate.files.docx.text import text_of
from escalate.files.forms.loading import load_form
from escalate.render.word.filling import fill, verify_filled
from tests.forms.shipped import FORMS, RECONSTRUCTED, with_words

CONTROLS = ("date", "dropDownList", "comboBox", "checkbox", "text", "dataBinding")
Form = tuple[FormDefinition, bytes]

HOSTILE = {
    "ampersand": "A&E &amp; &#65; Smith & Sons",
    "less than": "aged <5 weeks, a <b> c </b>",
    "square brackets": "[redacted] [/] :warning:",
    "an expression": "{{ 7*7 }} {% if x %} {# note #} {{ child_name }}",
    "docxtpl's own escape": "{_{ and }_} and {_% and %_}",
    "a spreadsheet formula": "=1+1",
    "letters of other scripts": "Łukasz, Ŵyn, ćma, يوسف, 王小明, 👩‍👧",
    "terminal colours": "\x1b[31mred\x1b[0m",
    "line breaks": "one\r\ntwo\rthree\n\nfive\n",
    "a Word line break": "one\x0btwo\x0cthree\u2028four",
    "tabs and spaces": "  two  spaces\tand a tab  ",
    "a forged paragraph": "x</w:t></w:r></w:p><w:p><w:r><w:t>agreed by the Chair</w:t></w:r></w:p>",
    "a forged control": '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="3"/>',
    "half a character": "cut\ud800here",
    "a bell and nothing": "bell\a nul\x00 end\ufffe",
    "hidden direction marks": "\u202eabc\u202c",
    "labels of the form": "Date\nDecision\nSigned\nNAME OF CHILD\nOn completion:",
    "quotation marks": "‘single’ “double” 'straight' \"straight\"",
    "only a line break": "\n",
    "3,000 words": " ".join(f"word{number}" for number in range(3000)),
}


@pytest.mark.parametrize("turn", range(0, len(HOSTILE), 4))
def test_hostile_words_come_back_from_every_field_as_entered(each_form: Form, stamp: Stamp, turn: int) -> None:
    definition, template = each_form
    kinds = list(HOSTILE.values())
    # Each field in turn with another kind, and every kind in the first field of one form or another.
    fields = with_words(definition, "")
    first = turn + FORMS.index(definition.id)
    answers = {field_id: kinds[(first + place) % len(kinds)] for place, field_id in enumerate(fields)}

    filled = fill(definition, template, answers, stamp)

    read = read_form(definition, filled.content, "the form")
    for field_id, words in answers.items():
        assert read.fields[field_id].by_tag == clean(words).text
        assert read.fields[field_id].by_bookmark == clean(words).text


@pytest.mark.parametrize("rows", [0, 1, 7, 40])
@pytest.mark.parametrize("name", ["herefordshire-appendix-1", "somerset-stage-record"])
def test_a_table_has_a_row_for_each_that_is_entered_and_no_fewer_than_the_blank(
    name: str, rows: int, stamp: Stamp
) -> None:
    definition, template = load_form(name)
    answers = {
        table.cell(number, column).id: f"{number}: {column.id} & more"
        for table in definition.tables
        for number in range(1, rows + 1)
        for column in table.columns
    }

    filled = fill(definition, template, answers, stamp)

    read = read_form(definition, filled.content, "the form")
    assert filled.answers == {field.id: answers.get(field.id, "") for field in definition.fields_in(answers)}
    assert {field_id: reading.by_tag for field_id, reading in read.fields.items()} == filled.answers
    assert {field_id: reading.by_bookmark for field_id, reading in read.fields.items()} == filled.answers
    body = parse_part(open_docx(filled.content, "the form").parts["word/document.xml"])
    tables = [table for table in body.iter(f"{W}tbl") if next(table.iter(f"{W}tblHeader"), None) is not None]
    found = [len(list(table.iter(f"{W}tr"))) for table in tables]
    assert found == [1 + max(table.rows, rows) for table in definition.tables]
    for sort, attribute in ((f"{W}bookmarkStart", f"{W}name"), (f"{W}bookmarkStart", f"{W}id"), (f"{W}tag", f"{W}val")):
        names = [element.get(attribute) for element in body.iter(sort)]
        assert len(names) == len(set(names))
    identities = [element.get(f"{W}val") for element in body.iter(f"{W}id")]
    assert len(identities) == len(set(identities))


def test_the_first_empty_row_stays_empty_where_the_second_is_filled(log: Form, stamp: Stamp) -> None:
    filled = fill(*log, {"log_2_concern": "closed early"}, stamp)

    assert {field_id: answer for field_id, answer in filled.answers.items() if answer} == {
        "log_2_concern": "closed early"
    }


def test_cannot_fill_a_column_the_table_has_not(log: Form, stamp: Stamp) -> None:
    for stranger in ("log_1_cause", "log_x_concern", "log"):
        with pytest.raises(FormRefused) as refusal:
            fill(*log, {stranger: "closed early"}, stamp)
        assert str(refusal.value).endswith(f"the form has no field {stranger}")


def test_what_was_dropped_is_said_field_by_field(appendix_3: Form, stamp: Stamp) -> None:
    filled = fill(*appendix_3, {"reason": "\x1b[31mred", "lessons": "\u202eabc"}, stamp)

    assert filled.dropped == (
        'field "Reason for escalation": 1 control character (U+001B)',
        'field "Lessons Learnt": 1 hidden direction mark (U+202E)',
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.characters(categories=None), max_size=200))
def test_any_text_survives_a_form_unchanged(appendix_3: Form, stamp: Stamp, words: str) -> None:
    filled = fill(*appendix_3, {"reason": words}, stamp)

    assert filled.answers["reason"] == clean(words).text


def test_a_form_holds_the_answers_the_footer_and_the_identity(appendix_2: Form, stamp: Stamp) -> None:
    answers = {"child_name": "Rowan Testcase", "stage": "3", "escalated_on": "2026-04-10", "discussed_on": "03/04/2026"}

    filled = fill(*appendix_2, answers, stamp)

    read = read_form(appendix_2[0], filled.content, "the form")
    assert read.identity == FormIdentity(
        case="case-3f1c",
        form="knowsley-appendix-2@1",
        issue="issue-7c21",
        reference="KSCP-2026-0007-Q4TX",
        issued_on=date(2026, 4, 10),
    )
    assert {name: reading.value for name, reading in read.fields.items() if reading.value} == {
        "escalated_on": "10 April 2026",
        "stage": "3",
        "child_name": "Rowan Testcase",
        "discussed_on": "03/04/2026",
    }
    assert {reading.certainty for reading in read.fields.values()} == {"certain"}
    assert read.warnings == ()
    footer = text_of(parse_part(open_docx(filled.content, "the form").parts["word/footer1.xml"]))
    assert footer == (
        "Ref: KSCP-2026-0007-Q4TX · issue issue-7c21 · L17-c38e-1b5c-ab80-28dc\tPage 1 of 1\n"
        "Return: FAO the Business Manager. Email: business.manager@invented.example"
    )
    assert filled.digest == hashlib.sha256(filled.content).hexdigest()


def test_the_controls_know_their_date_their_choice_and_that_they_are_empty(appendix_2: Form, stamp: Stamp) -> None:
    filled = fill(*appendix_2, {"escalated_on": "2026-04-10", "stage": "3", "discussed_on": "not known yet"}, stamp)

    xml = open_docx(filled.content, "the form").parts["word/document.xml"].decode()
    assert xml.count('w:fullDate="2026-04-10T00:00:00Z"') == 1
    assert xml.count('w:lastValue="3"') == 1
    assert xml.count("<w:showingPlcHdr/>") == 18
    assert xml.count("<w:date>") + xml.count("<w:date ") == 3, "words in place of a date need an ordinary control"


def test_a_list_that_takes_words_takes_an_option_and_any_other_words(stamp: Stamp) -> None:
    definition, template = load_form("herefordshire-appendix-2")

    option = fill(definition, template, {"resolved_stage": "3"}, stamp)
    words = fill(definition, template, {"resolved_stage": "before stage 1"}, stamp)

    first, second = (open_docx(one.content, "it").parts["word/document.xml"].decode() for one in (option, words))
    assert '<w:comboBox w:lastValue="3"><w:listItem w:displayText="2" w:value="2"/>' in first
    assert "lastValue" not in second
    assert words.answers["resolved_stage"] == "before stage 1"


def test_croydons_questions_and_dates_are_real_controls(stamp: Stamp) -> None:
    definition, template = load_form("croydon-notification")

    filled = fill(definition, template, {"stage_4_resolved": "No", "stage_4_closed_on": "2026-04-10"}, stamp)

    body = parse_part(open_docx(filled.content, "it").parts["word/document.xml"])
    for field in definition.fields:
        (control,) = [one for one in body.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == field.id]
        sort = {"date": "date", "choice": "dropDownList", "choice or words": "comboBox"}.get(field.kind)
        assert control.getparent().tag == f"{W}p"
        assert [one for one in CONTROLS if control.find(f"{W}sdtPr/{W}{one}") is not None] == ([sort] if sort else [])
    values = [one.get(f"{W}lastValue") for one in body.iter(f"{W}dropDownList")]
    assert (values, [one.get(f"{W}fullDate") for one in body.iter(f"{W}date")]) == (
        [None, "No"],
        [None, None, None, "2026-04-10T00:00:00Z", None],
    )


@pytest.mark.parametrize("name", ["croydon-notification", "herefordshire-appendix-2"])
def test_an_updated_form_prints_which_issue_it_replaces_outside_its_tables(name: str, stamp: Stamp) -> None:
    changes = "This replaces issue 3f & 1c of 3 April 2026. New in it: Progress update"
    form = load_form(name)

    body = parse_part(
        open_docx(fill(*form, {}, replace(stamp, changes=changes)).content, "it").parts["word/document.xml"]
    )

    (line,) = [one for one in body.iter(f"{W}p") if text_of(one) == changes]
    assert line.getparent().tag == f"{W}body"
    first = open_docx(fill(*form, {}, stamp).content, "it")
    assert "This replaces" not in text_of(parse_part(first.parts["word/document.xml"]))


@pytest.mark.parametrize("name", FORMS)
def test_a_reconstructed_form_says_so_on_its_page_and_in_its_properties_and_no_other_does(
    name: str, stamp: Stamp
) -> None:
    form = load_form(name)

    parts = open_docx(fill(*form, {}, stamp).content, "it").parts

    said = [
        NOT_OFFICIAL in text_of(parse_part(parts["word/document.xml"])).split("\n")[0],
        f"<dc:description>{NOT_OFFICIAL}</dc:description>" in parts["docProps/core.xml"].decode(),
        'name="escalate.standing"><vt:lpwstr>reconstructed<' in parts["docProps/custom.xml"].decode(),
    ]
    assert said == [name in RECONSTRUCTED] * 3


def test_a_form_that_goes_nowhere_prints_no_return_address(log: Form, stamp: Stamp) -> None:
    parts = open_docx(fill(*log, {}, replace(stamp, return_to="")).content, "it").parts

    assert text_of(parse_part(parts["word/footer1.xml"])).split("\t")[0] == (
        "Ref: KSCP-2026-0007-Q4TX · issue issue-7c21 · L17-c38e-1b5c-ab80-28dc"
    )
    assert b"ask the partnership" not in b"".join(parts.values())


def test_a_missing_return_address_is_said_on_the_form(appendix_3: Form, stamp: Stamp) -> None:
    filled = fill(*appendix_3, {}, replace(stamp, return_to=""))

    body = text_of(parse_part(open_docx(filled.content, "the form").parts["word/document.xml"]))
    assert body.endswith(
        "On completion:\nThis template should be returned: address not recorded, ask the partnership before sending\n"
    )


def test_cannot_fill_a_field_the_form_has_not(appendix_3: Form, stamp: Stamp) -> None:
    with pytest.raises(FormRefused) as refusal:
        fill(*appendix_3, {"child_name": "Rowan Testcase"}, stamp)

    assert str(refusal.value) == (
        "KSCP-2026-0007-Q4TX: KSCP Governance Process for Escalation: the form has no field child_name"
    )


def test_cannot_give_a_choice_the_form_does_not_offer(appendix_2: Form, stamp: Stamp) -> None:
    with pytest.raises(FormRefused) as refusal:
        fill(*appendix_2, {"stage": "1"}, stamp)

    assert str(refusal.value) == (
        'KSCP-2026-0007-Q4TX: KSCP Escalation Template: field "Stage of Escalation: 2 or 3:" takes one of '
        '"2", "3", "4", and the answer is none of them'
    )


def test_cannot_issue_a_form_that_lost_words_and_its_words_are_not_in_the_refusal(
    appendix_3: Form, stamp: Stamp, edited: Callable[[bytes, str, str], bytes]
) -> None:
    filled = fill(*appendix_3, {"lessons": "Smith & Sons"}, stamp)
    damaged = edited(filled.content, "Smith &amp; Sons", "Smith  Sons")

    with pytest.raises(FormRefused) as refusal:
        verify_filled(appendix_3[0], damaged, filled.answers)

    assert [str(problem) for problem in refusal.value.problems] == [
        'field "Lessons Learnt": does not read back as it was entered'
    ]
    assert "Smith" not in f"{refusal.value.what}{refusal.value.remedy}{refusal.value.problems}"


def test_cannot_issue_a_form_whose_label_is_gone(
    appendix_3: Form, stamp: Stamp, edited: Callable[[bytes, str, str], bytes]
) -> None:
    filled = fill(*appendix_3, {"lessons": "read the file"}, stamp)
    damaged = edited(filled.content, ">Lessons Learnt<", ">Something else<")

    with pytest.raises(FormRefused) as refusal:
        verify_filled(appendix_3[0], damaged, filled.answers)

    assert [str(problem) for problem in refusal.value.problems] == ['field "Lessons Learnt": has lost its label']


def test_cannot_answer_in_the_words_of_an_empty_field(appendix_3: Form, stamp: Stamp) -> None:
    with pytest.raises(FormRefused):
        fill(*appendix_3, {"lessons": "No entry. Click to type."}, stamp)


def test_appendix_3_never_carries_what_is_known_of_a_child(appendix_3: Form, stamp: Stamp) -> None:
    definition, template = appendix_3
    case_data = {
        "child.name": "Rowan Testcase",
        "child.born_on": "2019-03-03",
        "child.address": "1 Invented Lane",
        "child.parental_responsibility": "Alder Testcase",
        "agency.raising": "Invented Primary School",
        "case.reason": "a case was closed early",
    }

    filled = fill(definition, template, answers_for(definition, FormData(of_case=case_data)), stamp)

    everything = b"".join(open_docx(filled.content, "the form").parts.values()).decode()
    assert "a case was closed early" in everything
    for word_of_the_child in ("Rowan", "Testcase", "2019", "Invented Lane", "Alder"):
        assert word_of_the_child not in everything


SCRIPT = """
import hashlib, datetime
from escalate.files.forms.loading import load_form
from escalate.core.forms.issue import NO_ADDRESS, Stamp
from escalate.render.word.filling import fill
from tests.forms.shipped import FORMS, with_words
stamp = Stamp(reference="KSCP-2026-0007-Q4TX", case_id="case-1", issue="issue-1", anchor="L1-0000",
              issued_on=datetime.date(2026, 4, 10), return_to="FAO the Business Manager")
for name in FORMS:
    definition, template = load_form(name)
    filled = fill(definition, template, with_words(definition, "A & B\\nc", rows=9), stamp)
    print(filled.digest, filled.content_digest)
"""


def test_the_same_answers_give_the_same_bytes_in_every_process() -> None:
    printed = []
    for seed in ("0", "1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        printed.append(done.stdout)

    assert printed[0].count("\n") == len(FORMS)
    assert printed[0] == printed[1] == printed[2]


def test_one_changed_character_changes_both_digests(appendix_3: Form, stamp: Stamp) -> None:
    one = fill(*appendix_3, {"reason": "early"}, stamp)
    other = fill(*appendix_3, {"reason": "Early"}, stamp)

    assert one.digest != other.digest
    assert one.content_digest != other.content_digest


def test_the_file_tells_of_no_person_no_program_and_no_other_day(appendix_2: Form, stamp: Stamp) -> None:
    filled = fill(*appendix_2, {"child_name": "Rowan Testcase"}, stamp)

    parts = open_docx(filled.content, "the form").parts
    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    properties = {child.tag.split("}")[1]: child.text for child in parse_part(parts["docProps/core.xml"])}
    assert properties == {
        "title": "KSCP Escalation Template – KSCP-2026-0007-Q4TX",
        "identifier": "issue-7c21",
        "language": "en-GB",
        "created": "2026-04-10T00:00:00Z",
        "modified": "2026-04-10T00:00:00Z",
    }
    for name, part in parts.items():
        for trace in (b"python-docx", b"2013", b"rsid", b"attachedTemplate", b"creator", b"lastModifiedBy", b"Company"):
            assert trace not in part.replace(b"office/2013", b""), (name, trace)
        assert b"Rowan" not in part or name == "word/document.xml"


@pytest.mark.parametrize("name", FORMS)
def test_no_form_keeps_a_trace_of_who_made_it_or_names_a_child_outside_its_text(name: str, stamp: Stamp) -> None:
    definition, template = load_form(name)

    parts = open_docx(fill(definition, template, with_words(definition, "Rowan Testcase"), stamp).content, "it").parts

    assert [part for part, content in parts.items() if b"Rowan" in content] == ["word/document.xml"]
    telling = (b"rsid", b"creator", b"lastModifiedBy", b"Company", b"dataBinding", b"<w:text", b"customXml", b"python")
    assert [trace for trace in telling if any(trace in content for content in parts.values())] == []


def test_dates_are_printed_in_words_and_whatever_else_was_given_as_it_is(appendix_3: Form, stamp: Stamp) -> None:
    for given_answer, printed in (
        ("2026-04-03", "3 April 2026"),
        ("3 April 2026", "3 April 2026"),
        ("2026-04-31", "2026-04-31"),
        ("", ""),
    ):
        assert fill(*appendix_3, {"completed_on": given_answer}, stamp).answers["completed_on"] == printed


def test_the_stamp_is_of_the_day_of_the_event(appendix_3: Form, stamp: Stamp) -> None:
    filled = fill(*appendix_3, {}, replace(stamp, issued_on=date(2027, 1, 4)))

    assert b"2027-01-04T00:00:00Z" in open_docx(filled.content, "the form").parts["docProps/core.xml"]
    assert NO_ADDRESS not in filled.answers.values()
