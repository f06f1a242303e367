from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from escalate.core.forms.answers import FormData, answers_for
from escalate.core.forms.dates import format_form_date, parse_form_date
from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.issue import missing
from escalate.core.forms.keys import unknown_keys
from escalate.errors import EscalateError, FormRefused, NotFound
from escalate.files import places
from escalate.files.forms.loading import form_names, load_form, read_definition
from escalate.files.policies.loading import load_policy
from tests.forms.shipped import FORMS, RECONSTRUCTED

ROOT = Path(__file__).resolve().parents[2]
TABLE = """
[[table]]
id = "steps"
rows_of = "actions"
after = "reason"

[[table.column]]
id = "what"
label = "Step"
kind = "long"
fills = "action.what"

[[table.column]]
id = "by_on"
label = "By"
kind = "date"
"""
SMALL = """\
[form]
id = "invented-form"
version = 2
title = "Invented Form"
partnership = "Invented Partnership"
standing = "invented"
source = "nowhere"
template = "invented-form.docx"
per_child = false
names = "nobody"
return_to = "business-manager"

[[field]]
id = "reason"
label = "Reason"
kind = "long"
fills = "case.reason"

[[field]]
id = "stage"
label = "Stage"
kind = "choice"
options = ["1", "2"]
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "invented-form.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems_of(path: Path) -> list[str]:
    with pytest.raises(FormRefused) as refusal:
        read_definition(path)
    return [str(problem) for problem in refusal.value.problems] or [str(refusal.value)]


def test_the_nine_forms_of_the_five_partnerships_are_there() -> None:
    assert form_names() == FORMS
    assert {name: load_form(name)[0].standing for name in FORMS} == {
        name: "reconstructed" if name in RECONSTRUCTED else "official labels" for name in FORMS
    }
    assert [name for name in FORMS if load_form(name)[0].updates] == [
        "croydon-notification",
        "herefordshire-appendix-2",
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.toml")), ids=lambda path: str(path.stem))
def test_a_policy_and_the_forms_it_names_say_the_same_of_names(path: Path) -> None:
    policy = load_policy(path.stem)[0]

    assert policy.form
    for use in policy.form:
        definition, _ = load_form(use.form)
        assert use.names == definition.names.replace("nobody", "none")
        assert use.obtained_from == ""
        assert {definition.return_to, use.contact} in ({use.contact}, {""})


def test_every_field_is_filled_by_something_that_a_case_has() -> None:
    assert [(name, unknown_keys(load_form(name)[0])) for name in FORMS] == [(name, ()) for name in FORMS]


def test_the_forms_of_knowsley_are_as_they_were() -> None:
    definition, template = load_form("knowsley-appendix-2")
    assert (definition.per_child, definition.names, len(definition.fields)) == (True, "in full", 21)
    assert template == (ROOT / "templates" / "knowsley-appendix-2.docx").read_bytes()
    definition, _ = load_form("knowsley-appendix-3")
    assert (definition.per_child, definition.names, len(definition.fields)) == (False, "nobody", 6)


def test_a_form_file_becomes_a_definition(written: Callable[[str], Path]) -> None:
    assert read_definition(written(SMALL)) == FormDefinition(
        id="invented-form",
        version=2,
        title="Invented Form",
        partnership="Invented Partnership",
        standing="invented",
        source="nowhere",
        template="invented-form.docx",
        per_child=False,
        names="nobody",
        return_to="business-manager",
        fields=(
            FormField(id="reason", label="Reason", kind="long", fills="case.reason"),
            FormField(id="stage", label="Stage", kind="choice", options=("1", "2")),
        ),
    )


def test_a_form_file_may_have_tables_with_rows(written: Callable[[str], Path]) -> None:
    assert read_definition(written(SMALL + TABLE)).tables == (
        FormTable(
            id="steps",
            rows_of="actions",
            after="reason",
            columns=(
                FormField(id="what", label="Step", kind="long", fills="action.what"),
                FormField(id="by_on", label="By", kind="date"),
            ),
        ),
    )


def test_a_form_may_be_nothing_but_a_table(written: Callable[[str], Path]) -> None:
    text = SMALL[: SMALL.index("[[field]]")] + TABLE.replace('after = "reason"\n', "")

    assert [field.id for field in read_definition(written(text)).fields_in({})] == ["steps_1_what", "steps_1_by_on"]


def test_cannot_find_a_form_that_is_not_there() -> None:
    with pytest.raises(NotFound) as refusal:
        load_form("knowsley-appendix-9")

    assert str(refusal.value) == 'there is no form "knowsley-appendix-9"'
    assert refusal.value.remedy == f"forms there are: {', '.join(FORMS)}"


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", ""])
def test_cannot_name_a_form_outside_the_folder(name: str) -> None:
    with pytest.raises(NotFound):
        load_form(name)


def test_every_problem_of_a_form_file_is_told_with_its_line(written: Callable[[str], Path]) -> None:
    text = SMALL.replace('kind = "long"', 'kind = "longish"\ncolour = "red"').replace("version = 2\n", "")

    assert problems_of(written(text)) == [
        'invented-form.toml:1: "version" is missing',
        "invented-form.toml:15: \"kind\": input should be 'text', 'long', 'date', 'choice', 'choice or words', "
        "'person', 'list' or 'sign'",
        'invented-form.toml:16: "colour" is not known here\n'
        "    known are: id, label, kind, options, preset, fills, asks, required, of_stage, when_resolved, filled_by, "
        "accumulates, fixed_before, guidance, help",
    ]


def test_every_problem_of_a_table_is_told_with_its_line(written: Callable[[str], Path]) -> None:
    text = SMALL + TABLE.replace('rows_of = "actions"', 'rows_of = "cats"\ncolour = "red"').replace(
        'label = "By"', 'colour = "red"'
    )

    assert problems_of(written(text)) == [
        "invented-form.toml:27: \"rows_of\": input should be 'children', 'actions' or 'people'",
        'invented-form.toml:28: "colour" is not known here\n    known are: id, rows_of, rows, after, title',
        'invented-form.toml:37: "label" is missing',
        'invented-form.toml:39: "colour" is not known here\n'
        "    known are: id, label, kind, options, preset, fills, asks, required, of_stage, when_resolved, filled_by, "
        "accumulates, fixed_before, guidance, help",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "stage"', 'id = "reason"', 'invented-form.toml:20: field "reason" is there twice'),
        (
            'id = "stage"',
            'id = "Stage 1"',
            'invented-form.toml:20: field "Stage 1" needs an id of small letters, digits and underscores, at most 36',
        ),
        (
            'id = "stage"',
            'id = "issue"',
            'invented-form.toml:20: field "issue" needs an id of small letters, digits and underscores, at most 36',
        ),
        (
            'options = ["1", "2"]',
            "",
            'invented-form.toml:20: field "stage" needs options if it is a choice, and only then',
        ),
        (
            "case.reason",
            "child.name",
            'invented-form.toml:14: field "reason" asks for a child, but the form says it names none',
        ),
        (
            'template = "invented-form.docx"',
            'template = "../other.docx"',
            'invented-form.toml:8: its template "../other.docx" must be a .docx beside it',
        ),
        (
            "[[field]]",
            "[[blank]]",
            "invented-form.toml: a form file holds one [form], its [[field]]s and [[table]]s, nothing else",
        ),
        (
            'options = ["1", "2"]',
            'options = ["1", "2"]\npreset = "3"',
            'invented-form.toml:20: field "stage" is preset to what is none of its options',
        ),
        (
            'fills = "case.reason"',
            'fills = "case.reason"\nasks = "need.current"',
            'invented-form.toml:14: field "reason" is filled by the case and asked for as well: one of them is enough',
        ),
        (
            'id = "reason"',
            'id = "steps_1_what"',
            'invented-form.toml:14: field "steps_1_what" has the id of a table\'s cell',
        ),
        ('id = "stage"', 'id = "steps"', 'invented-form.toml:26: table "steps" is there twice'),
        (
            'after = "reason"',
            'after = "cause"',
            'invented-form.toml:28: table "steps" stands after a field that is not there',
        ),
        ('after = "reason"', "rows = -1", 'invented-form.toml:28: table "steps" has less than no rows'),
        ('id = "by_on"', 'id = "what"', 'invented-form.toml:37: column "what" is there twice'),
        (
            'id = "by_on"',
            'id = "number"',
            'invented-form.toml:37: column "number" needs another id: of small letters, digits and underscores',
        ),
        (
            'id = "by_on"',
            'id = "items"',
            'invented-form.toml:37: column "items" needs another id: of small letters, digits and underscores',
        ),
        (
            'id = "by_on"',
            'id = "the_day_it_is_to_be_done_by"',
            'invented-form.toml:37: column "the_day_it_is_to_be_done_by" and its table have ids of over 31 letters '
            "together",
        ),
    ],
)
def test_cannot_read_a_form_file_that_contradicts_itself(
    written: Callable[[str], Path], old: str, new: str, problem: str
) -> None:
    text = (SMALL + TABLE).replace(old, new)
    if new == 'id = "steps_1_what"':
        text = text.replace('after = "reason"\n', "")

    assert problems_of(written(text)) == [problem]


def test_cannot_have_a_table_without_columns_or_a_form_without_fields(written: Callable[[str], Path]) -> None:
    head, _, _ = SMALL.partition("[[field]]")

    assert problems_of(written(head + '[[table]]\nid = "steps"\nrows_of = "actions"\n')) == [
        'invented-form.toml:13: table "steps" has no columns'
    ]
    assert problems_of(written(head)) == ["invented-form.toml:1: the form has no fields"]


def test_cannot_read_a_form_file_that_is_not_toml(written: Callable[[str], Path]) -> None:
    assert problems_of(written(SMALL + 'id = "twice"\nid = "twice"\n'))[0].startswith(
        "invented-form.toml: is not TOML in UTF-8: "
    )


def test_a_users_own_form_comes_before_the_shipped_one_and_stands_beside_the_others(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "invented-form.toml").write_text(SMALL, encoding="utf-8")
    (own / "invented-form.docx").write_bytes(b"its own")
    shipped = (ROOT / "templates" / "knowsley-appendix-3.toml").read_text(encoding="utf-8")
    (own / "knowsley-appendix-3.toml").write_text(shipped.replace("version      = 1", "version      = 7"), "utf-8")
    (own / "knowsley-appendix-3.docx").write_bytes(b"changed")
    (own / "~$knowsley-appendix-3.toml").write_bytes(b"a lock file")

    assert form_names(tmp_path) == tuple(sorted((*FORMS, "invented-form")))
    assert load_form("invented-form", tmp_path)[1] == b"its own"
    definition, template = load_form("knowsley-appendix-3", tmp_path)
    assert (definition.name_and_version, template) == ("knowsley-appendix-3@7", b"changed")


def test_cannot_load_a_form_without_its_word_file(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "invented-form.toml").write_text(SMALL, encoding="utf-8")

    with pytest.raises(FormRefused) as refusal:
        load_form("invented-form", tmp_path)

    assert str(refusal.value) == 'invented-form.toml: its template "invented-form.docx" is not beside it'


def test_a_checkout_uses_its_own_folders() -> None:
    assert places.shipped("templates") == ROOT / "templates"


def test_an_installed_package_uses_the_copy_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "escalate"
    (package / "_shipped" / "templates").mkdir(parents=True)
    (tmp_path / "site-packages" / "templates").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", package)

    assert places.shipped("templates") == package / "_shipped" / "templates"
    with pytest.raises(EscalateError) as refusal:
        places.shipped("policies")
    assert str(refusal.value) == "the policies that ship with escalate are not where this installation should have them"


def test_answers_are_taken_by_what_fills_each_field(written: Callable[[str], Path]) -> None:
    definition = read_definition(written(SMALL))

    answers = answers_for(definition, FormData(of_case={"case.reason": "closed early", "child.name": "Rowan Testcase"}))

    assert answers == {"reason": "closed early", "stage": ""}
    assert [field.id for field in missing(definition, answers, stages=(), is_resolved=False)] == ["stage"]


def test_a_signature_is_never_missing() -> None:
    definition, _ = load_form("knowsley-appendix-2")
    answers = dict.fromkeys(("escalated_on", "stage"), "x")

    assert [field.id for field in missing(definition, answers, stages=("1",), is_resolved=False)] == [
        field.id for field in definition.fields if field.id not in ("escalated_on", "stage", "signed")
    ]


def test_what_comes_later_or_from_others_is_not_missing_before() -> None:
    definition, _ = load_form("croydon-notification")

    at_stage_3 = missing(definition, {}, stages=("1", "2", "3"), is_resolved=False)
    at_stage_5 = missing(definition, {}, stages=("1", "2", "3", "4", "5"), is_resolved=False)

    assert {field.of_stage for field in at_stage_3} == {"", "3"}
    assert [field.id for field in at_stage_5 if field.of_stage == "5"] == [
        "stage_5_concerns",
        "stage_5_learning",
        "stage_5_closed_on",
    ]


def test_an_empty_row_of_a_table_lacks_nothing_and_one_begun_lacks_the_rest() -> None:
    definition, _ = load_form("herefordshire-appendix-1")

    assert missing(definition, {}, stages=("1",), is_resolved=True) == ()
    begun = missing(definition, {"log_2_concern": "closed early"}, stages=("1",), is_resolved=False)
    assert [field.id for field in begun] == [
        "log_2_ref",
        "log_2_child",
        "log_2_need",
        "log_2_difference",
        "log_2_raised_on",
        "log_2_progress",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 April 2026", date(2026, 4, 3)),
        ("03/04/2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("29 February 2028", date(2028, 2, 29)),
        ("29 February 2026", None),
        ("31/04/2026", None),
        ("3 and 4 April 2026", None),
        ("not known yet", None),
        ("", None),
    ],
)
def test_a_printed_date_is_understood_where_it_is_one(text: str, day: date | None) -> None:
    assert parse_form_date(text) == day
    if day is not None:
        assert parse_form_date(format_form_date(day)) == day
