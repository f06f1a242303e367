"""What an issue of a form keeps of those before it, of what came back on them, and what it says anew.

A form that is sent again says what it said, with what is new after it or in its place, and tells what is new. What
came back and was accepted stands as long as the case itself still says what it said then.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.answers import About
from escalate.core.forms.dates import format_form_date, spelled_out
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.issue import changed_since
from escalate.core.forms.progress import NOTHING_CORRECTED, Progress, as_correction, without_correction
from escalate.core.forms.returned import new_lines
from escalate.core.identifying import Identifier, find_identifiers, identifiers
from escalate.core.policy import Policy
from escalate.core.restating import REDACTIONS, REMOVED, places_of, target_of
from escalate.core.text import clean


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that says something else than in the issue before."""

    field: FormField
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class _Papers:
    """What went out and came in of one form for one child, in order, with the entry of each.

    `known` is what was put in other words before it went out, where somebody so decided: names in a form by initials.
    """

    issued: tuple[tuple[int, e.FormIssued], ...]
    received: tuple[tuple[int, e.FormReceived], ...]
    known: tuple[Identifier, ...] = ()
    progress: Progress = NOTHING_CORRECTED

    def last_said(self, field: str) -> str:
        """Return what a field said last: in the last issue, or in what was accepted of a form that came after it."""
        said = [(entry, fact.answers.get(field, "")) for entry, fact in self.issued]
        said += [(entry, fact.taken[field]) for entry, fact in self.received if field in fact.taken]
        return max(said)[1] if said else ""

    def stood(self, line: str, field: str) -> str:
        """Return what was sent last of the entry that a line tells of; "" where that is not known."""
        entry, stood = self.progress.entries.get(line, 0), ""
        for issue, fact in self.issued:
            then = self.progress.then.get(issue, {}).get(entry, "")
            if then and self.was_sent(then, _lines_of(fact.answers.get(field, ""))):
                stood = then
        return stood

    def was_sent(self, line: str, sent: Collection[str]) -> bool:
        """Return whether a line went out, as it is or with other words in place of a name."""
        if line in sent:
            return True
        hits = find_identifiers(line, self.known)
        ends = [0, *(hit.end for hit in hits)]
        starts = [*(hit.start for hit in hits), len(line)]
        kept = ".+".join(re.escape(line[end:start]) for end, start in zip(ends, starts, strict=True))
        return bool(hits) and any(re.fullmatch(kept, one) for one in sent)

    def lines_sent(self, field: str) -> set[str]:
        """Return every line that a field ever had when it went out, or was accepted with."""
        said = [fact.answers.get(field, "") for _, fact in self.issued]
        said += [part.get(field, "") for _, fact in self.received for part in (fact.taken, fact.beside)]
        return {line for words in said for line in _lines_of(words)}


def _lines_of(words: str) -> set[str]:
    return {without_correction(line.strip()) for line in words.splitlines()}


def as_printed(definition: FormDefinition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return each answer as it will stand in the form: its characters cleaned, the day of a date field spelled out."""
    printed: dict[str, str] = {}
    for field in definition.fields_in(answers):
        text = clean(answers.get(field.id, "")).text
        printed[field.id] = spelled_out(text) if field.kind == "date" else text
    return printed


def with_what_was_said(
    definition: FormDefinition, case: Case, about: About, own: Mapping[str, str], progress: Progress = NOTHING_CORRECTED
) -> dict[str, str]:
    """Return the answers of the next issue: the case's own, with what stands of earlier issues and of what came back.

    A field that accumulates keeps what it said last, and the case's new lines follow; the line of an entry that was
    corrected since says so. Of a block of an earlier stage, a
    field about which the case says nothing any more keeps what was sent. What was accepted of a returned form stands
    where the case's own text is still what it was beside it.

    Args:
        own: what the case itself says, by field id (`forms.answers.answers_for`).
        progress: what a progress update says of each entry (`forms.progress.progress_told`).
    """
    papers = _papers_of(definition, case, about, progress)
    if not papers.issued and not papers.received:
        return dict(own)
    taken = {field for _, fact in papers.received for field in fact.taken}
    every = {**dict.fromkeys(taken, ""), **own}
    printed = as_printed(definition, every)
    return {
        field.id: _standing(field, every.get(field.id, ""), printed.get(field.id, ""), papers)
        for field in definition.fields_in(every)
    }


def no_longer_said(
    definition: FormDefinition, case: Case, about: About, answers: Mapping[str, str]
) -> tuple[Changed, ...]:
    """Return what was accepted of returned forms and stands in the next issue no more, as it was and as it is now.

    It is what was accepted last of each field; words removed since are not spoken of.
    """
    taken: dict[str, str] = {}
    then: dict[str, str] = {}
    for _, fact in _papers_of(definition, case, about, NOTHING_CORRECTED).received:
        taken, then = taken | dict(fact.taken), then | dict(fact.beside)
    now = as_printed(definition, answers)
    return tuple(
        Changed(field, gone, now.get(field.id, ""))
        for field in definition.fields_in({**now, **taken})
        if field.kind not in ("date", "sign")
        if (gone := new_lines(taken.get(field.id, ""), _beside(field, now, then)))
    )


def _beside(field: FormField, now: Mapping[str, str], then: Mapping[str, str]) -> str:
    """Return what the case says in a field or said when a form was accepted, and what stands for removed words."""
    return "\n".join((now.get(field.id, ""), then.get(field.id, ""), REMOVED))


def last_issue(definition: FormDefinition, case: Case, child: str) -> e.Event | None:
    """Return the entry of the last issue of this form for this child, or for the case; None for the first."""
    issues = (x for x in case.of(e.FormIssued) if _is_of(cast(e.FormIssued, x.fact), definition, child))
    return max(issues, key=lambda event: event.sequence, default=None)


def what_changed(definition: FormDefinition, before: e.Event | None, answers: Mapping[str, str]) -> tuple[Changed, ...]:
    """Return the fields that say otherwise than in the issue `before`; none of a first one, or of no updated form.

    The day on which the form was filled in changes by itself, and is left out.
    """
    if before is None or not definition.updates:
        return ()
    was, now = cast(e.FormIssued, before.fact).answers, as_printed(definition, answers)
    return tuple(
        Changed(field, was.get(field.id, ""), now.get(field.id, ""))
        for field in changed_since(definition, was, now)
        if field.fills != "form.completed_on"
    )


def removed_since(definition: FormDefinition, case: Case, before: e.Event | None) -> tuple[FormField, ...]:
    """Return the fields of an issue from which words were removed after it went out: its readers still have them."""
    places = places_of(case.events)
    amended = (target_of(event, places) for event in case.events if isinstance(event.fact, REDACTIONS))
    if before is None or not definition.updates or before.sequence not in amended:
        return ()
    answers = cast(e.FormIssued, before.fact).answers
    return tuple(field for field in definition.fields_in(answers) if REMOVED in answers.get(field.id, ""))


def say_changes(
    before: e.Event | None, changed: Sequence[Changed], policy: Policy, removed: Sequence[FormField] = ()
) -> str:
    """Return which issue this one replaces and which fields are new in it, by their labels; "" for no changes asked.

    Args:
        removed: the fields from which words were removed since (`removed_since`).

    Example: "This replaces issue 0f1e2d3c4b5a of 3 April 2026. New in it: Progress update; Form completed by."
    """
    if before is None:
        return ""
    issue = cast(e.FormIssued, before.fact).issue
    new = "; ".join(dict.fromkeys(short_label(one.field, policy) for one in changed))
    gone = "; ".join(dict.fromkeys(short_label(one, policy) for one in removed))
    said = [f"This replaces issue {issue} of {format_form_date(before.occurred_on)}."]
    said += [f"Words sent before were removed: {gone}."] if gone else []
    said += [f"New in it: {new}." if new else f"Nothing {'else ' if gone else ''}in it is new."]
    return " ".join(said)


def short_label(field: FormField, policy: Policy) -> str:
    """Return what a field is called in short, with the stage where it is in the block of one."""
    return f"{in_short(field)} ({policy.say_stage(field.of_stage)})" if field.of_stage else in_short(field)


def in_short(field: FormField) -> str:
    """Return a field's label without what is in brackets, and without the colon."""
    return field.label.partition(" (")[0].strip().rstrip(":").rstrip()


def _papers_of(definition: FormDefinition, case: Case, about: About, progress: Progress) -> _Papers:
    def is_of(fact: e.FormIssued | e.FormReceived) -> bool:
        is_of_stage = not definition.per_stage or fact.stage == (about.stage or case.stage)
        return is_of_stage and _is_of(fact, definition, about.child)

    issued = ((x.sequence, cast(e.FormIssued, x.fact)) for x in case.of(e.FormIssued))
    received = ((x.sequence, cast(e.FormReceived, x.fact)) for x in case.of(e.FormReceived))
    return _Papers(
        tuple(one for one in issued if is_of(one[1])),
        tuple(one for one in received if is_of(one[1])),
        tuple(one for one in identifiers(case, case.events) if definition.names != "in full" or one.withheld_at),
        progress,
    )


def _is_of(fact: e.FormIssued | e.FormReceived, definition: FormDefinition, child: str) -> bool:
    return (fact.form, fact.child) == (definition.id, child)


def _standing(field: FormField, own: str, printed: str, papers: _Papers) -> str:
    if field.accumulates:
        return _accumulated(field, printed, papers)
    # What came back later counts before what came earlier. Where the case says something new beside it, that comes
    # first, and of what was accepted follows what neither says now nor said then.
    stands, beside = own, {_same(own), _same(printed)}
    for _, fact in papers.received:
        if field.id not in fact.taken:
            continue
        then = fact.beside.get(field.id, "")
        if field.filled_by == "them" or _same(then) in beside:
            stands = fact.taken[field.id]
            beside.add(_same(stands))
        elif field.kind in ("long", "list"):
            new = new_lines(fact.taken[field.id], f"{own}\n{printed}\n{then}\n{REMOVED}")
            stands = "\n".join(part for part in (own, new) if part.strip())
    if not stands and field.of_stage:
        return papers.last_said(field.id)
    return stands


def _accumulated(field: FormField, own: str, papers: _Papers) -> str:
    """Return what the field said last, and after it each line of the case's own that never went out."""
    before = papers.last_said(field.id)
    if not before:
        return own
    sent = papers.lines_sent(field.id)
    new = []
    for line in filter(str.strip, own.splitlines()):
        stood = papers.stood(line.strip(), field.id)
        if stood and stood != line.strip():
            new.append(as_correction(line, stood))
        elif not stood and not papers.was_sent(line.strip(), sent):
            new.append(line)
    return "\n".join((before, *new))


def _same(text: str) -> str:
    """Return a text as two of them are compared: line ends as one, without blanks at the end of a line."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
