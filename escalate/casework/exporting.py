"""Issuing forms: filled, read back, recorded, and only then under their own name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from escalate import clock
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting_names import must_name_nobody
from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.issue import Stamp, can_be_answered, missing
from escalate.core.forms.updates import (
    Changed,
    last_issue,
    removed_since,
    say_changes,
    what_changed,
)
from escalate.core.policy import Contact, FormUse, follow
from escalate.core.views import IssuedFile
from escalate.errors import NotFound
from escalate.files.forms.loading import form_names, load_form
from escalate.store import readers
from escalate.store.issued_files import clear_parts, write_part
from escalate.store.places import sync_folder


class Filled(Protocol):
    """What a renderer gives back: the file's bytes, its digests, what each field says, what was dropped."""

    @property
    def content(self) -> bytes: ...
    @property
    def digest(self) -> str: ...
    @property
    def content_digest(self) -> str: ...
    @property
    def answers(self) -> Mapping[str, str]: ...
    @property
    def dropped(self) -> tuple[str, ...]: ...


Renderer = Callable[[FormDefinition, bytes, Mapping[str, str], Stamp], Filled]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One form to be issued in one case: for one child, or for the case where `child` is empty.

    `stage` is the one that the record of a stage is about, where that is another than the case's present one.
    """

    stream: str
    definition: FormDefinition
    template: bytes
    child: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """One form written: its file, its entry, what is blank in it, and what was dropped from which field.

    `replaces` is the issue before, of a form that is updated, `changed` what this one says otherwise, and `removed` the
    fields from which words were removed since.
    """

    definition: FormDefinition
    path: Path
    fact: e.FormIssued
    entry: int
    blanks: tuple[FormField, ...]
    dropped: tuple[str, ...]
    replaces: str = ""
    changed: tuple[Changed, ...] = ()
    removed: tuple[FormField, ...] = ()


def wanted_forms(
    stream: str, opened: OpenCase, form: str, home: Path, but_for: Collection[str] = ()
) -> tuple[Wanted, ...]:
    """Return the issues of a form that a case needs: one for each child where the form names one, else one.

    Args:
        form: its name, or the end of it ("appendix-2"); the case's own policy's forms come first.
        but_for: the children for whom it is not wanted again.
    Raises:
        NotFound: there is no such form, or only the partnership has it.
    """
    own = [use.form for use in opened.policy.form]
    elsewhere = next(
        (use for use in unfillable(opened, home) if use.form == form or use.form.endswith(f"-{form}")), None
    )
    if elsewhere:
        raise NotFound(
            f"escalate cannot fill {elsewhere.title}",
            remedy=f"{elsewhere.obtained_from}; when it is sent: escalate do {opened.case.reference}",
        )
    names = [one for one in (*own, *form_names(home)) if one == form or one.endswith(f"-{form}")]
    if not names:
        raise NotFound(f'there is no form "{form}"', remedy=f"the forms of this policy are: {', '.join(own)}")
    definition, template = load_form(names[0], home)
    children = opened.case.raised.children if definition.per_child else ()
    return tuple(Wanted(stream, definition, template, child) for child in children or ("",) if child not in but_for)


def unfillable(opened: OpenCase, home: Path) -> tuple[FormUse, ...]:
    """Return the policy's forms that escalate has no definition of: the policy says where each is to be had."""
    known = set(form_names(home))
    return tuple(use for use in follow(opened.policy).form if use.form not in known)


def blanks_of(opened: OpenCase, wanted: Wanted, answers: Mapping[str, str]) -> tuple[FormField, ...]:
    """Return the fields of a form that should say something by now, and do not."""
    case, definition = opened.case, wanted.definition
    stages = {cast(e.StageEntered, entry.fact).stage for entry in case.stage_entries}
    is_last = not definition.per_stage or wanted.stage in ("", case.stage)
    is_resolved = is_last and case.state in ("to check", "ended")
    blank = missing(definition, answers, stages=stages, is_resolved=is_resolved)
    return tuple(field for field in blank if can_be_answered(definition, field, case, wanted.child))


def issue_form(desk: Desk, wanted: Wanted, answers: Mapping[str, str], render: Renderer, folder: Path) -> Issued:
    """Fill a form, read it back, record its issue and put the file in `folder` under a name of its own.

    The file lies complete beside its place before the event is recorded, and takes its name after: whatever dies
    in between, `finish_issues` sees it through.

    Raises:
        FormRefused: it did not read back as entered, or the file could not be written.
    """
    issue = clock.new_id("issue").removeprefix("issue-")[:12]
    scribe = desk.scribe()
    part: Path | None = None
    try:
        with desk.ledger.writing() as book:
            opened = desk.read(book, wanted.stream)
            stamp = stamp_of(opened, wanted, answers, Mark(issue, book.anchor(), desk.today))
            filled = render(wanted.definition, wanted.template, answers, stamp)
            path = folder / _file_name(opened, wanted, issue)
            must_name_nobody(opened, wanted.definition, {"title": stamp.title, "file name": path.name})
            # Nobody else is writing this record now: what lies there unfinished was left by a crash.
            clear_parts(book.reading, folder)
            part = write_part(path, filled.content, "the form")
            blanks = blanks_of(opened, wanted, filled.answers)
            fact = e.FormIssued(
                issue=issue,
                form=wanted.definition.id,
                form_version=wanted.definition.version,
                stage=wanted.stage or opened.case.stage,
                child=wanted.child,
                file_name=path.name,
                digest=filled.digest,
                content_digest=filled.content_digest,
                anchor=stamp.anchor,
                answers=dict(filled.answers),
                blanks=tuple(field.id for field in blanks),
            )
            events = book.append(wanted.stream, desk.new_events((Decided(fact=fact, on=desk.today),)), scribe)
            book.keep_issued_file(
                IssuedFile(
                    issue=issue, stream=wanted.stream, form=fact.form, path=str(path.resolve()), digest=fact.digest
                )
            )
            desk.keep(book, wanted.stream)
    except BaseException:
        # The entry is not in, unless only the disk's last word was missing: `finish_issues` then sees to the file.
        if part is not None and not _is_recorded(desk, issue):
            part.unlink(missing_ok=True)
        raise
    part.replace(path)
    sync_folder(path.parent)
    before = _replaced(opened, wanted)
    return Issued(
        wanted.definition,
        path,
        fact,
        events[0].sequence,
        blanks,
        filled.dropped,
        replaces=cast(e.FormIssued, before.fact).issue if before else "",
        changed=what_changed(wanted.definition, before, filled.answers),
        removed=removed_since(wanted.definition, opened.case, before),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells one issue from all others: its own id, the ledger's head before it, and its day."""

    issue: str
    anchor: str
    issued_on: date


def stamp_of(opened: OpenCase, wanted: Wanted, answers: Mapping[str, str], mark: Mark) -> Stamp:
    """Return what marks an issue of a form; with the same case and mark it is the same."""
    definition, policy = wanted.definition, follow(opened.policy)
    before = _replaced(opened, wanted)
    return Stamp(
        reference=opened.case.reference,
        case_id=wanted.stream,
        issue=mark.issue,
        anchor=mark.anchor,
        issued_on=mark.issued_on,
        return_to=contact_line(policy.contact_of(definition.return_to)),
        title=f"{definition.title} – {opened.case.reference}",
        changes=say_changes(
            before,
            what_changed(definition, before, answers),
            policy,
            removed_since(definition, opened.case, before),
        ),
    )


def _replaced(opened: OpenCase, wanted: Wanted) -> e.Event | None:
    """Return the issue that the next one replaces, where the form is one that is updated."""
    return last_issue(wanted.definition, opened.case, wanted.child) if wanted.definition.updates else None


def _is_recorded(desk: Desk, issue: str) -> bool:
    with desk.reading() as con:
        return bool(readers.rows(con, "SELECT 1 FROM issued_file WHERE issue = ?", (issue,)))


def contact_line(contact: Contact | None) -> str:
    """Return how to reach a contact, in one line, and whether anybody has confirmed it."""
    if contact is None:
        return ""
    return contact.line


def _file_name(opened: OpenCase, wanted: Wanted, issue: str) -> str:
    """Return reference, form, stage and issue as a file name; a child by its place in the case, never by name."""
    children = opened.case.raised.children
    child, form = wanted.child, wanted.definition.id
    place = f"-child-{children.index(child) + 1}" if child in children and len(children) > 1 else ""
    return f"{opened.case.reference}-{form}-stage-{wanted.stage or opened.case.stage}{place}-{issue}.docx"
