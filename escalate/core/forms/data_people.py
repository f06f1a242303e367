"""Whom a case is about and who works on it, as its forms are told: withheld people and addresses stay withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.dates import format_form_date
from escalate.core.references import initials

WITHHELD = "withheld, ask {agency}"
IS_WITHHELD = "child.is_withheld"
"""Tells that "child.name" says whom to ask, so that nobody makes initials of it."""
_NAMED_PARTS = ("child.name", "child.born_on", "child.age", "child.reference")


def child_said(case: Case, child: str, today: date) -> dict[str, str]:
    """Return what a form may ask about one child of the case; empty for no child, or one whose name was removed."""
    named = case.parties.get(child)
    if named is None:
        return {}
    ask = WITHHELD.format(agency=case.name_of(case.our_agency))
    if named.withheld:
        asked = ("child.name", "child.address", "child.parental_responsibility", "child.reference")
        return with_details({**dict.fromkeys(asked, ask), "child.born_on": "", "child.age": "", IS_WITHHELD: "yes"})
    return with_details(
        {
            "child.name": named.name,
            "child.born_on": named.born_on.isoformat() if named.born_on else "",
            "child.age": age_on(named.born_on, today) if named.born_on else "",
            "child.address": ask if named.address_withheld else named.address,
            "child.parental_responsibility": named.parental_responsibility,
            "child.reference": named.reference,
        }
    )


def with_details(child: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of a child with its name, date of birth, age and reference in one answer, a line each.

    A label without its answer still stands, as the blank form prints them; where nothing is known of any, none does.
    """
    name, born_on, age, reference = (child.get(part, "") for part in _NAMED_PARTS)
    born = format_form_date(date.fromisoformat(born_on)) if born_on else ""
    parts = (("Name", name), ("DOB", born), ("Age", age), ("Unique identifier", reference))
    composed = "\n".join(f"{label}: {words}".rstrip() for label, words in parts) if any((name, born, reference)) else ""
    return {**child, "child.details": composed}


def in_initials(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of a child with initials in place of the name."""
    if not said.get("child.name") or said.get(IS_WITHHELD):
        return dict(said)
    return with_details({**said, "child.name": initials(said["child.name"])})


def without_child(said: Mapping[str, str]) -> dict[str, str]:
    """Return what is said without anything about a child."""
    return {key: words for key, words in said.items() if not key.startswith("child.")}


def age_on(born_on: date, today: date) -> str:
    """Return how old a child is: in years, before the second birthday in months; "not born yet" before the first day.

    Example:
        >>> age_on(date(2019, 4, 3), date(2026, 4, 2)), age_on(date(2025, 1, 31), date(2026, 4, 2))
        ('6', '14 months')
    """
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    if today < born_on:
        return "not born yet"
    if months >= 24:
        return str(months // 12)
    return f"{months} month{'' if months == 1 else 's'}"


def people_said(case: Case, span: range) -> dict[str, str]:
    """Return who raised it, and who else is involved, with post and agency, a line each."""
    raised = case.raised
    entries = (event for event in case.stage_entries if event.sequence in span)
    entered = (cast(e.StageEntered, event.fact).people for event in entries)
    others = [_in_words(case, person) for person in others_involved(case, span)]
    return {
        "agency.raising": case.name_of(raised.raising_agency),
        # What is settled with an agency is no longer between it and the one that raised it.
        "agency.receiving": "; ".join(map(case.name_of, case.unsettled or raised.receiving_agencies)),
        "agency.all": "\n".join(map(case.name_of, (raised.raising_agency, *raised.receiving_agencies))),
        "people.raiser": _in_words(case, raised.raised_by, with_email=True),
        "people.others": "\n".join(dict.fromkeys(line for line in (*others, *entered) if line)),
    }


def others_involved(case: Case, span: range) -> tuple[str, ...]:
    """Return the ids of everybody who took part but the raiser, in the order they came in, each once."""

    def found() -> Iterator[str]:
        if case.stage_entries[0].sequence in span:
            yield from case.raised.counterparts
        for event in (one for one in case.events if one.sequence in span):
            if isinstance(event.fact, e.CounterpartTold):
                yield event.fact.person
            elif isinstance(event.fact, e.DiscussionRecorded):
                yield from event.fact.people

    aside = ("", case.raised.raised_by, *case.raised.children)
    return tuple(dict.fromkeys(person for person in found() if person not in aside))


def people_rows(case: Case, span: range) -> tuple[dict[str, str], ...]:
    """Return a row for each person: whoever raised it, then the others.

    Args:
        span: the entries that count, by sequence: of a stage after the first, only who is named in its own.
    """
    raiser = (case.raised.raised_by,) if case.stage_entries[0].sequence in span else ()
    people = dict.fromkeys((*raiser, *others_involved(case, span)))
    rows = []
    for person in people:
        name, role, agency = _parts(case, person)
        if name:
            rows.append({"person.name": name, "person.role": role, "person.agency": agency})
    return tuple(rows)


def _parts(case: Case, person: str) -> tuple[str, str, str]:
    named = case.parties.get(person)
    if named is None:
        return "", "", ""
    if named.withheld:
        return WITHHELD.format(agency=case.name_of(case.our_agency)), "", ""
    return named.name, named.role, case.name_of(named.agency)


def name_and_post(case: Case, person: str) -> str:
    """Return a person by name and post; "" for one the case does not name, and of a withheld one, whom to ask."""
    return ", ".join(part for part in _parts(case, person)[:2] if part)


def _in_words(case: Case, person: str, *, with_email: bool = False) -> str:
    named = case.parties.get(person)
    email = named.email if named and with_email and not named.withheld else ""
    return ", ".join(part for part in (*_parts(case, person), email) if part)
