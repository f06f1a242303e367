"""Knowsley's two forms: K26, the Escalation Template, and K27, the Governance Process form."""

from __future__ import annotations

from typing import Any

import pytest

from escalate.core.forms.due import forms_due
from escalate.core.policy import follow
from escalate.files.forms.loading import load_form
from tests.builders import entered
from tests.rules.scenario import Scenario, knowsley, learned, reading_differently, scenario


def standings(case: Scenario) -> dict[str, str]:
    """Return how each form stands in a case."""
    return {due.use.form: due.standing for due in forms_due(case.case, follow(case.policy))}


def at(stage: str, *more: Any) -> Scenario:
    """Return a case that climbed to a stage."""
    return scenario(*(entered(above, "2026-04-10") for above in ("2", "3", "4") if above <= stage), *more)


@pytest.mark.parametrize(
    ("stage", "standing"), [("1", "not asked for"), ("2", "offered"), ("3", "owed"), ("4", "owed")]
)
def test_k26_appendix_2_is_offered_at_stage_2_and_owed_at_stages_3_and_4(stage: str, standing: str) -> None:
    assert standings(at(stage))["knowsley-appendix-2"] == standing


def test_k26_the_forms_own_line_is_the_reading_not_followed() -> None:
    doubt = next(doubt for doubt in knowsley().contradiction if doubt.id == "appendix-2-stages")
    other = follow(reading_differently(knowsley(), {"appendix-2-stages": "form"}))

    assert (doubt.followed, doubt.rules) == ("text", ("K26",))
    assert doubt.readings["form"].says == "for stages 2 or 3"
    assert [(use.offered_at, use.owed_at) for use in other.form if use.form == "knowsley-appendix-2"] == [
        (("2",), ("3",))
    ]


def test_k26_it_goes_to_the_one_configured_business_manager() -> None:
    use = next(use for use in knowsley().form if use.form == "knowsley-appendix-2")
    definition, _ = load_form("knowsley-appendix-2")

    assert (use.contact, use.to) == ("business-manager", "the partnership's business manager")
    assert definition.return_to == "business-manager"
    assert definition.field("stage").options == ("2", "3", "4")


def test_k27_appendix_3_is_owed_when_learning_is_identified_at_any_stage() -> None:
    assert standings(at("1"))["knowsley-appendix-3"] == "not asked for"
    for stage in ("1", "2", "3", "4"):
        assert standings(at(stage, learned("2026-04-13", stage)))["knowsley-appendix-3"] == "owed"


def test_k27_there_is_no_child_stage_or_author_on_it() -> None:
    definition, _ = load_form("knowsley-appendix-3")

    assert (definition.names, definition.per_child, definition.return_to) == ("nobody", False, "business-manager")
    assert [field.fills for field in definition.fields] == [
        "form.completed_on",
        "agency.raising",
        "case.reason",
        "agency.all",
        "case.history",
        "case.learning",
    ]
