"""Which form of which case a document says it is, and which form it is where it does not say."""

from __future__ import annotations

import pytest

from escalate.core.forms.definition import FormDefinition
from escalate.core.references import make_reference
from escalate.errors import FormRefused
from escalate.files.docx.reader import FormIdentity, read_form
from escalate.files.forms.detection import detect_form
from escalate.files.forms.loading import form_names, load_form
from tests.forms.laid_out import docx_of, p, part, row, table

OURS = make_reference("KSCP", 2026, 7, "case-3f1c")
ANOTHER = make_reference("KSCP", 2025, 3, "case-77aa")


def properties(**stated: str) -> bytes:
    items = "".join(
        f'<property name="escalate.{name}"><vt:lpwstr>{text}</vt:lpwstr></property>' for name, text in stated.items()
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>'
    ).encode()


def identity_of(body: str = "", foot: str = "", **stated: str) -> tuple[FormIdentity, tuple[str, ...]]:
    definition, template = load_form("knowsley-appendix-3")
    parts = {"word/footer1.xml": part("ftr", p(foot)), "docProps/custom.xml": properties(**stated)}
    read = read_form(definition, docx_of(p(body), parts), "the form", template)
    return read.identity, read.warnings


def test_the_reference_at_the_foot_counts_before_those_that_the_words_name() -> None:
    found, warnings = identity_of(body=f"See also {ANOTHER}", foot=f"Ref: {OURS}")

    assert (found.reference, warnings) == (OURS, ())


def test_a_reference_that_calls_itself_one_counts_before_those_that_the_words_name() -> None:
    assert identity_of(body=f"As in {ANOTHER}. Ref: {OURS}")[0].reference == OURS


def test_a_reference_whose_last_letter_does_not_fit_is_said() -> None:
    wrong = OURS[:-1] + ("A" if OURS[-1] != "A" else "B")

    assert identity_of(foot=f"Ref: {wrong}") == (
        FormIdentity(reference=wrong),
        ("the reference printed on it has a slip: its last letter does not fit the others",),
    )


def test_a_longer_word_with_a_reference_in_it_is_none() -> None:
    assert identity_of(foot=f"Ref: {OURS}X")[0].reference == ""


def test_properties_and_printed_reference_of_one_case_agree() -> None:
    assert identity_of(foot=f"Ref: {OURS}", case="case-3f1c", form="knowsley-appendix-3@1", render="issue-1") == (
        FormIdentity(case="case-3f1c", form="knowsley-appendix-3@1", issue="issue-1", reference=OURS),
        (),
    )


def test_properties_of_one_case_and_the_reference_of_another_disagree() -> None:
    assert identity_of(foot=f"Ref: {ANOTHER}", case="case-3f1c")[1] == (
        "identity disagrees: the reference printed on it is not that of the case its properties name",
    )


def test_two_references_at_the_foot_disagree() -> None:
    assert identity_of(foot=f"Ref: {OURS} and {ANOTHER}")[1] == (
        "identity disagrees: more than one reference is printed at the head or foot of its pages",
    )


@pytest.fixture(scope="module")
def all_forms() -> list[FormDefinition]:
    return [load_form(name)[0] for name in form_names()]


def labelled(definition: FormDefinition, *, title: str = "") -> bytes:
    rows: list[str] = []
    for form_table in definition.tables:
        rows += [row(*(column.label for column in form_table.columns)), row(*("" for _ in form_table.columns))]
    rows += [row(field.label, "") for field in definition.fields]
    return docx_of(p(title) + table(*rows))


@pytest.mark.parametrize("name", form_names())
def test_a_form_s_properties_say_which_it_is(all_forms: list[FormDefinition], name: str) -> None:
    definition, _ = load_form(name)
    content = docx_of(p("Anything"), {"docProps/custom.xml": properties(form=definition.name_and_version)})

    assert detect_form(content, "the form", all_forms) == (definition, 1.0)


def test_another_version_of_a_form_is_a_little_less_sure(all_forms: list[FormDefinition]) -> None:
    content = docx_of(p(""), {"docProps/custom.xml": properties(form="knowsley-appendix-3@9")})

    assert detect_form(content, "the form", all_forms) == (load_form("knowsley-appendix-3")[0], 0.9)


@pytest.mark.parametrize("name", form_names())
def test_a_form_without_properties_is_known_by_its_labels(all_forms: list[FormDefinition], name: str) -> None:
    definition, _ = load_form(name)
    found = detect_form(labelled(definition, title=definition.title), "the form", all_forms)

    assert found is not None
    assert found[0] == definition
    assert found[1] > 0.6


def test_two_forms_with_the_same_labels_are_not_told_apart_without_their_title(all_forms: list[FormDefinition]) -> None:
    assert detect_form(labelled(load_form("wirral-appendix-1")[0]), "the form", all_forms) is None


def test_a_letter_is_no_form(all_forms: list[FormDefinition]) -> None:
    letter = docx_of(p("Dear colleague,") + p("Date of our meeting: 3 April 2026") + p("Signed") + p("Rowan Testcase"))

    assert detect_form(letter, "the form", all_forms) is None


def test_cannot_tell_what_a_damaged_file_is(all_forms: list[FormDefinition]) -> None:
    with pytest.raises(FormRefused) as refusal:
        detect_form(b"PK\x03\x04nothing", "the form", all_forms)

    assert str(refusal.value) == "the form: the file is damaged and cannot be read"
