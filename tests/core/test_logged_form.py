"""What a form that came in says of a case that is not known here."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.logged import agencies_said, concern_said, days_said, raiser_said, stage_said
from escalate.core.forms.returned import AsRead, ReturnedForm
from escalate.files.policies.loading import load_policy


def saying(**said: str) -> ReturnedForm:
    """Return a form that says these words in fields filled by these keys, "__" for a dot."""
    fields = tuple(
        FormField(id=f"f{place}", label=key, kind="long", fills=key.replace("__", "."))
        for place, key in enumerate(said)
    )
    definition = FormDefinition(
        id="invented",
        version=1,
        title="Invented form",
        partnership="Invented Partnership",
        standing="invented",
        source="the tests",
        template="invented.docx",
        per_child=False,
        names="in full",
        return_to="",
        fields=fields,
    )
    words = {one.id: AsRead(text=text) for one, text in zip(fields, said.values(), strict=True)}
    return ReturnedForm(definition=definition, fields=words)


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("2", "2"),
        ("Stage 2", "2"),
        ("Stage 2: line manager to line manager", "2"),
        (" stage  3 ", "3"),
        ("9", ""),
        ("soon", ""),
    ],
)
def test_a_stage_is_known_by_its_number_or_its_title(written: str, stage: str) -> None:
    policy, _ = load_policy("knowsley-2020-11")

    assert stage_said(saying(case__stage=written), policy) == stage


def test_without_a_stage_the_highest_block_that_says_anything_counts() -> None:
    policy, _ = load_policy("croydon-2024-05")
    blocks = tuple(FormField(id=f"s{n}", label="Concerns", kind="long", of_stage=n) for n in ("3", "4", "5"))
    form = saying()
    definition = FormDefinition(**{**_fields(form.definition), "fields": blocks})
    read = {"s3": AsRead(text="A."), "s4": AsRead(text="B."), "s5": AsRead(text=" ")}

    assert stage_said(ReturnedForm(definition=definition, fields=read), policy) == "4"


def test_agencies_are_those_the_form_names() -> None:
    both = saying(agency__raising="Invented  School", agency__receiving="Invented Care;\nInvented Health")
    assert agencies_said(both) == ("Invented School", "Invented Care; Invented Health")
    every = saying(agency__raising="Invented School", agency__all="Invented School\nInvented Care")
    assert agencies_said(every) == ("Invented School", "Invented Care")
    by_raiser = saying(people__raiser="Alex Practitioner, Lead, Invented School, alex@invented.example")
    assert agencies_said(by_raiser) == ("Invented School", "")
    assert raiser_said(by_raiser) == ("Alex Practitioner", "Lead")
    assert agencies_said(saying()) == ("", "")


def test_days_are_never_invented() -> None:
    form = saying(case__concern_on="1 April 2026", form__escalated_on="last week")

    assert days_said(form) == {"concern_on": date(2026, 4, 1), "stage_on": None, "raised_on": None}


def test_the_concern_is_the_first_field_that_speaks_of_it() -> None:
    assert concern_said(saying(case__key_issues="Both.", case__concern="")) == "Both."
    assert concern_said(saying(case__themes="Thresholds")) == ""


def _fields(definition: FormDefinition) -> dict[str, object]:
    return {name: getattr(definition, name) for name in definition.__slots__}
