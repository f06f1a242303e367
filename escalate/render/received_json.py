"""A form that came in, as plain data for --json: every field with its label, value, source and certainty."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.core.forms.returned import Difference, ReturnedForm
from escalate.render.received_page import Belonging, reading_data


def form_data(form: ReturnedForm, differences: Sequence[Difference], belongs: Belonging) -> dict[str, object]:
    """Return what a form says, and how that stands beside what was sent and what its case says now."""
    definition = form.definition
    return {
        "form": definition.id,
        "form_version": definition.version,
        "title": definition.title,
        "how": form.how,
        "identity": {"case": form.case, "issue": form.issue, "reference": form.reference},
        "belongs_to": _belonging_data(belongs),
        "fields": [_field_data(one, has_case=bool(belongs.reference)) for one in differences],
        "not_placed": list(form.not_placed),
        "warnings": list(form.warnings),
    }


def _belonging_data(belongs: Belonging) -> dict[str, object] | None:
    if not belongs.reference:
        return None
    return {
        "reference": belongs.reference,
        "identified_by": belongs.by,
        "is_sure": belongs.is_sure,
        "issue": belongs.issue,
        "fits": list(belongs.fits),
        "doubts": list(belongs.doubts),
        "newer": belongs.newer,
    }


def _field_data(one: Difference, *, has_case: bool) -> dict[str, object]:
    return {
        "id": one.field.id,
        "label": one.field.label,
        "value": one.returned.text,
        **reading_data(one.returned),
        "sent": one.sent,
        "now": one.now if has_case else None,
        "standing": one.standing,
        "proposed": one.proposed,
        "is_of_another": one.is_of_another,
    }
