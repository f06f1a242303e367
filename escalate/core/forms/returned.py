"""A form that came back: for each field what was sent, what it says now, what the case says, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from escalate.core.forms.dates import format_form_date, parse_form_date
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.policy import Policy

Certainty = Literal["certain", "likely", "conflict", "not found"]
Standing = Literal[
    "unchanged",
    "agreed",
    "changed here since",
    "filled in by them",
    "changed by them",
    "changed on both sides",
    "cleared by them",
    "unreadable",
    "not found",
]
Proposal = Literal["take", "leave", "ask", "flag"]
QUIET: frozenset[Standing] = frozenset({"unchanged", "agreed", "changed here since"})
"""The standings in which the form says nothing that the case does not know."""
_UNSENT: Mapping[Standing, str] = {
    "unchanged": "without an answer",
    "agreed": "as here",
    "changed here since": "without an answer",
    "filled in by them": "not said here yet",
    "changed by them": "otherwise than here",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRead:
    """What a form says in one field. `by` are the readers that agree on `text`; `otherwise` what others read, by name.

    Where the readers differ, `certainty` is "conflict" and a person says which is right.
    """

    text: str
    by: tuple[str, ...] = ()
    otherwise: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty = "certain"

    @property
    def readings(self) -> tuple[str, ...]:
        """Every different text that was read, `text` first."""
        return tuple(dict.fromkeys((self.text, *self.otherwise.values())))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedForm:
    """A form as it was read, or typed in from paper, before anybody accepted anything of it.

    `case`, `issue` and `issued_on` are what its own properties say, `reference` the one printed on it; empty, or None,
    where it does not say.
    `not_placed` are its words that belong to no field.
    """

    definition: FormDefinition
    fields: Mapping[str, AsRead]
    case: str = ""
    issue: str = ""
    reference: str = ""
    issued_on: date | None = None
    not_placed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    how: Literal["read from the file", "typed in by hand"] = "read from the file"

    @property
    def texts(self) -> dict[str, str]:
        """What it says, by field id; fields it says nothing in are left out."""
        return {field_id: read.text for field_id, read in self.fields.items() if read.text.strip()}

    def saying(self, fills: str) -> str:
        """Return what it says in the first field that `fills` would fill and that says something, or ""."""
        said = self.texts
        return next(
            (said[one.id] for one in self.definition.fields_in(said) if one.fills == fills and one.id in said), ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field three ways: as it was sent (None where nothing was), as it came back, and as the case says today.

    `is_of_another`: it stands in a row about another case or child. `is_older`: a newer form than this one came in.
    """

    field: FormField
    sent: str | None
    returned: AsRead
    now: str
    standing: Standing
    proposed: Proposal
    is_of_another: bool = False
    is_older: bool = False

    @property
    def is_quiet(self) -> bool:
        return self.standing in QUIET

    @property
    def said_as(self) -> str:
        """How it stands, as people read it: of a form that nobody here sent, nothing was changed in it."""
        return self.standing if self.sent is not None else _UNSENT.get(self.standing, self.standing)


def compare(form: ReturnedForm, sent: Mapping[str, str] | None, now: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return every field of a form three ways, in the form's order.

    Dates are the same whichever way they are written, texts whatever ends their lines. Who completed and signed an
    issue is no statement of the case: it is compared with what was sent alone, and never taken over.

    Args:
        sent: what was printed in the issue it came of, by field id; None where it came of none.
        now: what the case would print today, by field id; a date may be ISO text.
    """
    found: list[Difference] = []
    for one in form.definition.fields_in({**(sent or {}), **dict.fromkeys(form.fields, ""), **now}):
        before = None if sent is None else sent.get(one.id, "")
        today = printed(one, now.get(one.id, ""))
        if _is_of_the_issue(one) and before is not None:
            today = before
        read = form.fields.get(one.id, AsRead(text="", certainty="not found"))
        # A row that neither side has is no field that went missing.
        is_no_row = one not in form.definition.fields and not (before or today)
        standing: Standing
        standing = "unchanged" if is_no_row and read.certainty == "not found" else _standing(one, before, read, today)
        proposed = _proposed(one, standing, read)
        found.append(Difference(field=one, sent=before, returned=read, now=today, standing=standing, proposed=proposed))
    return tuple(found)


def left_for_newer(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return the differences of a form than which a newer one came in: none is taken unless a person says so."""
    return tuple(
        replace(one, proposed="leave", is_older=True) if one.proposed in ("take", "ask") else one for one in differences
    )


def printed(one: FormField, text: str) -> str:
    """Return an answer as forms print it: a date spelled out, a choice as its option is, everything else as it is."""
    day = parse_form_date(text.strip()) if one.kind == "date" else None
    chosen = (option for option in one.options if option.casefold() == text.strip().casefold())
    return format_form_date(day) if day else next(chosen, text)


def can_stand(one: FormField, text: str) -> bool:
    """Return whether our next issue can say this in the field: a choice takes its options only."""
    return one.kind != "choice" or not text.strip() or printed(one, text) in one.options


def says_the_same(one: FormField, first: str, second: str) -> bool:
    """Return whether two texts in this field say the same: the same day, or the same words line by line."""
    return _compared(one, first) == _compared(one, second)


def new_lines(text: str, known: str) -> str:
    """Return the lines of `text` that do not stand in `known`, in order.

    Example:
        >>> new_lines("Ask earlier.\\nWrite it down.", "Ask earlier.")
        'Write it down.'
    """
    there = {line.strip() for line in _lines(known)}
    return "\n".join(line for line in _lines(text) if line.strip() and line.strip() not in there)


def may_decide(one: FormField, policy: Policy, stage: str) -> bool:
    """Return whether this field, at this stage, is where whoever ends the ladder writes what they decided."""
    if policy.ending_at(stage) is None or one.of_stage not in ("", stage):
        return False
    is_their_block = one.filled_by == "them" and one.of_stage == stage and one.kind == "long"
    return one.fills == "discussion.recommendations" or is_their_block


def _compared(one: FormField, text: str) -> str:
    words = "\n".join(line.rstrip() for line in _lines(text)).strip()
    day = parse_form_date(words) if one.kind == "date" else None
    return day.isoformat() if day else words


def _lines(text: str) -> list[str]:
    # Word puts a no-break space where two words shall stay together; nobody types another answer by it.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")


def _is_of_the_issue(one: FormField) -> bool:
    return one.kind == "sign" or one.fills.startswith("form.completed_")


def _standing(one: FormField, sent: str | None, read: AsRead, now: str) -> Standing:
    if read.certainty == "not found":
        return "not found"
    if read.certainty == "conflict" and any(not says_the_same(one, read.text, other) for other in read.readings):
        return "unreadable"
    returned = read.text
    if sent is None:
        return _standing_unsent(one, returned, now)
    if says_the_same(one, returned, sent):
        return "unchanged" if says_the_same(one, now, sent) else "changed here since"
    if says_the_same(one, returned, now):
        return "agreed"
    if not says_the_same(one, now, sent):
        return "changed on both sides"
    if not returned.strip():
        return "cleared by them"
    return "changed by them" if sent.strip() else "filled in by them"


def _standing_unsent(one: FormField, returned: str, now: str) -> Standing:
    """Return the standing of a field of a form that nobody here sent: what is left empty takes nothing back."""
    if says_the_same(one, returned, now):
        return "agreed" if now.strip() else "unchanged"
    if not returned.strip():
        return "changed here since"
    return "changed by them" if now.strip() else "filled in by them"


def _proposed(one: FormField, standing: Standing, read: AsRead) -> Proposal:
    if standing in QUIET or standing == "not found":
        return "leave"
    if one.is_identity or not can_stand(one, read.text):
        return "flag"
    if _is_of_the_issue(one):
        return "leave"
    if standing in ("unreadable", "cleared by them"):
        return "ask"
    if one.filled_by == "them" and read.text.strip():
        return "take"
    return "ask" if standing == "changed on both sides" else "take"
