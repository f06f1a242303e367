"""Forms that were issued: where the file is, to whom it goes, what is blank in it, what it says anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from escalate.core.events import FormIssued
from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition, FormField
from escalate.core.forms.updates import Changed
from escalate.render.console import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPage:
    """One form that was issued in one case, as it is shown.

    `about` are the child's initials, where the case has several. `to` is whom it goes to, each in one line. `labels`
    are what fields are called in short, by id.
    `no_longer` is what was accepted of a returned form and is not in it now. `pdf` is the same form as a PDF, where
    one was asked for and made.
    """

    reference: str
    definition: FormDefinition
    fact: FormIssued
    entry: int
    path: Path
    about: str = ""
    to: Sequence[str] = ()
    blanks: Sequence[FormField] = ()
    dropped: Sequence[str] = ()
    replaces: str = ""
    changed: Sequence[Changed] = ()
    removed: Sequence[FormField] = ()
    no_longer: Sequence[Changed] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    pdf: Path | None = None

    def call(self, one: FormField) -> str:
        """Return what a field is called."""
        return self.labels.get(one.id, one.label)


def say_issued(screen: Screen, page: IssuedPage) -> None:
    """Show one issued form, with people's own words where it says otherwise than the issue before."""
    about = f", about {page.about}" if page.about else ""
    what = f"{page.definition.title}{about}, for stage {page.fact.stage}, entry {page.entry}"
    screen.say(("Issued: ", "heading"), what)
    if not page.definition.is_official:
        screen.say(NOT_OFFICIAL, indent=2, hang=2)
    screen.lines([f"File: {page.path}"], indent=2)  # whole, so that it can be copied
    if page.pdf:
        screen.lines([f"PDF:  {page.pdf}"], indent=2)
    for number, recipient in enumerate(page.to):
        screen.say(f"It {'also ' if number else ''}goes to: {recipient}", indent=2, hang=2)
    _say_changes(screen, page)
    for one in page.no_longer:
        screen.say(f"Accepted of a returned form, and no longer in it ({page.call(one.field)}):", indent=2, hang=2)
        screen.user(one.was, indent=6)
    _say_blanks(screen, page)
    for dropped in page.dropped:
        screen.say(f"Left out, because it cannot be printed: {dropped}", indent=2, hang=2)


def _say_changes(screen: Screen, page: IssuedPage) -> None:
    if not page.replaces:
        return
    otherwise = "" if page.changed or page.removed else "; nothing in it is new"
    screen.say(f"It replaces issue {page.replaces}{otherwise}.", indent=2, hang=2)
    if page.removed:
        screen.say(f"Words sent before were removed: {_named(page, page.removed)}.", indent=2, hang=2)
    for one in page.changed:
        if one.was and one.now.startswith(f"{one.was}\n"):
            screen.say(f"{page.call(one.field)}, in addition:", indent=2, hang=2)
            screen.user(one.now.removeprefix(f"{one.was}\n"), indent=6)
            continue
        screen.say(f"{page.call(one.field)}, until now:", indent=2, hang=2)
        screen.user(one.was or "(blank)", indent=6)
        screen.say("now:", indent=2)
        screen.user(one.now or "(blank)", indent=6)


def _say_blanks(screen: Screen, page: IssuedPage) -> None:
    if page.blanks:
        screen.say(f"Blank in it: {_named(page, page.blanks)}", indent=2, hang=2)
    asked = [one for one in page.blanks if one.asks]
    if asked:
        remedy = f'escalate record {page.reference} ("something that a form asks for"), and issue it anew'
        screen.say(f"Only forms ask for {_named(page, asked)}. To answer: {remedy}", indent=2, hang=2)


def _named(page: IssuedPage, fields: Sequence[FormField]) -> str:
    return ", ".join(dict.fromkeys(page.call(one) for one in fields))


def issued_data(page: IssuedPage) -> Mapping[str, object]:
    """Return one issued form as `--json` shows it."""
    return {
        "reference": page.reference,
        "form": page.definition.id,
        "standing": page.definition.standing,
        "issue": page.fact.issue,
        "entry": page.entry,
        "stage": page.fact.stage,
        "about": page.about,
        "file": page.path,
        "pdf": page.pdf,
        "digest": page.fact.digest,
        "anchor": page.fact.anchor,
        "to": list(page.to),
        "blanks": [one.id for one in page.blanks],
        "replaces": page.replaces,
        "changed": [{"field": one.field.id, "was": one.was, "now": one.now} for one in page.changed],
        "no_longer": [{"field": one.field.id, "was": one.was, "now": one.now} for one in page.no_longer],
    }


def say_blank_form(screen: Screen, definition: FormDefinition, path: Path, pdf: Path | None) -> None:
    """Show where a blank form was written."""
    screen.say(("Blank form: ", "heading"), f"{definition.title}, of no case; nothing was recorded")
    if not definition.is_official:
        screen.say(NOT_OFFICIAL, indent=2, hang=2)
    screen.lines([f"File: {path}"], indent=2)
    if pdf:
        screen.lines([f"PDF:  {pdf}"], indent=2)
