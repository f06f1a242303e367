"""`escalate show`: one case with its chronology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Annotated

import typer

from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core import events as e
from escalate.core.case import read_case
from escalate.files.places import database, home
from escalate.files.policies.glance import glance
from escalate.render.brief_page import brief_as_plain, show_brief
from escalate.render.case_page import CaseFile, case_page_as_plain, show_case
from escalate.render.console import Screen
from escalate.store import readers
from escalate.store.calendar_rows import agency_closures
from escalate.store.case_links import likely_same, one_escalation_with
from escalate.store.case_list import case_row


def command(
    reference: Annotated[str, typer.Argument(metavar="REF", help="A case's reference, or its beginning or end.")],
    brief: Annotated[bool, typer.Option("--brief", help="Only: asked, wanted, tried, by when.")] = False,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """One case: where it stands, what is owed in it, and every entry in the order it was recorded.

    An entry that was corrected or redacted is marked with the entry that did it, and both are kept.
    """
    file = read_case_file(reference)
    if as_json:
        from escalate.render.json_out import print_json

        print_json("brief" if brief else "case", brief_as_plain(file) if brief else case_page_as_plain(file))
        return
    screen = Screen.here(plain=plain)
    if brief:
        show_brief(screen, file)
    else:
        show_case(screen, file)


def read_case_file(reference: str) -> CaseFile:
    """Return everything kept for reading about the case with this reference.

    Raises:
        NotFound: no case has it, or several begin or end so.
    """
    with closing(readers.open_for_reading(database())) as con:
        row = case_row(con, reference)
        events = readers.chronology(con, row["stream"])
        setup = readers.setup(con)
        return CaseFile(
            labels=_labels_of_forms(events),
            today=today(),
            closures=agency_closures(con, today()),
            own_chain=readers.own_chain(con),
            row=row,
            case=read_case(events),
            events=events,
            items=readers.items_of(con, row["stream"]),
            policy=glance(readers.policy_text(con, row["policy_digest"])),
            one_with=[other["reference"] for other in one_escalation_with(con, row["stream"])],
            perhaps_one_with=[other["reference"] for other in likely_same(con, row["stream"])],
            emergency=(
                ("By day", setup.emergency_day if setup else ""),
                ("Out of hours", setup.emergency_out_of_hours if setup else ""),
            ),
        )


def _labels_of_forms(events: Sequence[e.Event]) -> dict[str, Mapping[str, str]]:
    """Return what the fields are called that are shown of forms, by form and field; one not known has its id alone."""
    shown: dict[str, dict[str, str]] = {}
    for event in events:
        match event.fact:
            case e.FormReceived() as fact:
                shown.setdefault(fact.form, {}).update({**fact.read, **fact.taken, **fact.beside})
            case e.FormIssued() as fact:
                shown.setdefault(fact.form, {}).update(dict.fromkeys(fact.blanks, ""))
    if not any(shown.values()):
        return {}
    from escalate.files.forms.glance import called_in

    return {form: called_in(form, fields, home()) for form, fields in shown.items()}
