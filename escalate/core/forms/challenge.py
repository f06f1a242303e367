"""What a form that came in says to an agency that is challenged: the first guess at the answers of `raise --received`.

It reads a form as a case that is logged does (`core.forms.logged`), and takes apart the words that forms put together.
"""

from __future__ import annotations

from datetime import date

from escalate.core.answers import Answers, Value
from escalate.core.forms.logged import agencies_said, child_on, child_said, concern_said, days_said, raiser_said
from escalate.core.forms.parts_said import parts_said
from escalate.core.forms.returned import ReturnedForm
from escalate.core.policy import Policy
from escalate.core.text import folded

WALKED = frozenset(
    {"policy", "children.0.name", "raising_agency", "decision", "learned_on", "told_on", "concern", "outcome_wanted"}
)
"""The answers that a person goes through one by one; all others stand on the page that is checked at the end."""


def challenge_said(form: ReturnedForm, policy: Policy, today: date) -> Answers:
    """Return what the form says, by the questions of `raise --received`; what it does not say is left out.

    Of a form that says in one what was decided and what is worrying, its words are offered for both. No day after
    today is among them, and no address that the form withholds.

    Args:
        policy: the edition that it goes by.
    """
    found: dict[str, Value] = {
        "raising_agency": agencies_said(form)[0],
        **_of_the_child(form, today),
        **_of_the_challenge(form),
        **_days(form, today),
        **dict(zip(("raising_person", "raising_role"), raiser_said(form), strict=True)),
        "theme_area": _area(form, policy),
        "their_reference": form.reference,
    }
    return Answers((key, value) for key, value in found.items() if value)


def _of_the_child(form: ReturnedForm, today: date) -> dict[str, Value]:
    child = child_on(form, child_said(form))
    if not child.name:
        return {}
    address = form.saying("child.address")
    told: dict[str, Value] = {
        "name": child.name,
        "address": "" if address.casefold().startswith("withheld") else address,
        "parental_responsibility": " ".join(form.saying("child.parental_responsibility").split()),
        "reference": " ".join(child.reference.split()),
    }
    if child.born_on and child.born_on <= today:
        told["born_on"] = child.born_on
    return {f"children.0.{key}": value for key, value in told.items()}


def _of_the_challenge(form: ReturnedForm) -> dict[str, Value]:
    whole = concern_said(form)
    parts = parts_said(whole)
    alone = parts.pop("", "")
    found: dict[str, Value] = {**parts}
    found["concern"] = "\n".join(one for one in (alone, parts.get("concern", "")) if one) or whole
    found["decision"] = form.saying("case.reason") or parts.get("decision", "") or alone or whole
    for question, key in (("nature", "case.nature"), ("outcome_wanted", "case.outcome_wanted")):
        found[question] = form.saying(key) or parts.get(question, "")
    return found


def _days(form: ReturnedForm, today: date) -> dict[str, Value]:
    said = {what: day for what, day in days_said(form).items() if day and day <= today}
    raised_on = said.get("raised_on")
    learned_on = said.get("concern_on") or raised_on
    found: dict[str, Value] = {"learned_on": learned_on} if learned_on else {}
    if raised_on and learned_on and raised_on >= learned_on:
        found["told_on"] = raised_on
    return found


def _area(form: ReturnedForm, policy: Policy) -> str:
    """Return the first theme on the form that is one of the policy's list, by its id; "" where none is."""
    said = {folded(line) for line in form.saying("case.themes").splitlines()}
    return next((theme.id for theme in policy.theme if said & {theme.title.casefold(), theme.id.casefold()}), "")
