from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from escalate.core.form_dates import format_form_date, parse_form_date
from escalate.core.form_definition import FormDefinition, FormField
from escalate.errors import EscalateError, FormRefused, NotFound
from escalate.files import places
from escalate.files.form_files import form_names, load_form, read_definition

ROOT = Path(__file__).resolve().parents[2]
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


def test_the_two_forms_of_knowsley_are_there() -> None:
    assert form_names() == ("knowsley-appendix-2", "knowsley-appendix-3")
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


def test_cannot_find_a_form_that_is_not_there() -> None:
    with pytest.raises(NotFound) as refusal:
        load_form("knowsley-appendix-9")

    assert str(refusal.value) == 'there is no form "knowsley-appendix-9"'
    assert refusal.value.remedy == "forms there are: knowsley-appendix-2, knowsley-appendix-3"


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", ""])
def test_cannot_name_a_form_outside_the_folder(name: str) -> None:
    with pytest.raises(NotFound):
        load_form(name)


def test_every_problem_of_a_form_file_is_told_with_its_line(written: Callable[[str], Path]) -> None:
    text = SMALL.replace('kind = "long"', 'kind = "longish"\ncolour = "red"').replace("version = 2\n", "")

    assert problems_of(written(text)) == [
        'invented-form.toml:1: "version" is missing',
        "invented-form.toml:15: \"kind\": input should be 'text', 'long', 'date', 'choice', 'person', 'list' or 'sign'",
        'invented-form.toml:16: "colour" is not known here\n'
        "    known are: id, label, kind, options, fills, required, stages, fixed_before, help",
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
            'invented-form.toml: its template "../other.docx" must be a .docx beside it',
        ),
        ("[[field]]", "[[blank]]", "invented-form.toml: a form file holds one [form] and its [[field]]s, nothing else"),
    ],
)
def test_cannot_read_a_form_file_that_contradicts_itself(
    written: Callable[[str], Path], old: str, new: str, problem: str
) -> None:
    assert problems_of(written(SMALL.replace(old, new))) == [problem]


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

    assert form_names(tmp_path) == ("invented-form", "knowsley-appendix-2", "knowsley-appendix-3")
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

    answers = definition.answers_from({"case.reason": "closed early", "child.name": "Rowan Testcase"})

    assert answers == {"reason": "closed early", "stage": ""}
    assert [field.id for field in definition.blanks(answers)] == ["stage"]


def test_a_signature_is_never_a_blank() -> None:
    definition, _ = load_form("knowsley-appendix-2")

    assert [field.id for field in definition.blanks(dict.fromkeys(("escalated_on", "stage"), "x"))] == [
        field.id for field in definition.fields if field.id not in ("escalated_on", "stage", "signed")
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
