"""`escalate form new`: a form that escalate can fill, made of a partnership's own blank Word document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from escalate.casework.form_checking import check_form, has_problems
from escalate.casework.form_making import Made, Maker, Wanted, make_form, placed
from escalate.cli.boundary import Mistyped
from escalate.cli.form_check import WORD, checked
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.forms.definition import FormField, FormTable
from escalate.core.forms.keys import say_filled_by
from escalate.core.plain import to_plain
from escalate.errors import FormRefused
from escalate.files.forms.given import FormGiven, find_form, read_bounded
from escalate.files.forms.keeping import keep_new_files, own_forms
from escalate.files.places import home
from escalate.render.console import Column, Screen
from escalate.render.form_checked_page import show_findings
from escalate.render.json_out import print_json
from escalate.render.new_form import definition_text
from escalate.render.word.making import make_template
from escalate.render.word.making_rows import put_rows

_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
Blank = Annotated[
    Path, typer.Argument(metavar="BLANK", help="The partnership's empty form (.docx). It is not changed.")
]
Labels = Annotated[
    Path, typer.Option("--labels", metavar="FILE", help="Its labels, one a line, in order; or: label | kind | fills.")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The folder to write into, not your own forms.")]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="What the form is called: its two files' name.")]


def command(
    blank: Blank,
    labels: Labels,
    out: Out = None,
    form_id: Id = None,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """Make a form of a blank Word document and the list of its labels, and check it.

    Writes ID.docx, with a content control where each answer belongs, and ID.toml, which says what fills it. Kinds and
    what fills a field are guessed only where the label says so clearly, and the file says which were: look at them.

    Exits with 8 where a label is not found or found twice, and nothing is written; and where the check finds a problem.
    """
    folder = out or own_forms()
    wanted = Wanted(
        blank=read_bounded(blank),
        blank_name=blank.name,
        labels=_text(labels),
        labels_name=labels.name,
        form_id=_named(form_id, blank),
        made_on=today(),
    )
    made = make_form(wanted, Maker(put_rows, make_template, definition_text))
    definition = made.definition
    keep_new_files(folder, {definition.template: made.template, f"{definition.id}.toml": made.text.encode()})
    given = find_form(str(folder / f"{definition.id}.toml"), home())
    found = check_form(given, WORD)
    if as_json:
        made_of = {
            "id": definition.id,
            "folder": folder,
            "settled": to_plain(made.said),
            "fields": [
                {**to_plain(x), "table": table.id if table else "", "where": at, "guessed": _is_guessed(made, x, table)}
                for x, table, at in placed(made)
            ],
        }
        print_json("form new", {**made_of, **checked(given, found)})
    else:
        screen = Screen.here(plain=plain)
        _show(screen, made, folder)
        was_tried = not has_problems(found)
        show_findings(screen, given.name, found, was_tried=was_tried)
        _say_next(screen, given, folder)
    if has_problems(found):
        raise typer.Exit(FormRefused.exit_code)


def _show(screen: Screen, made: Made, folder: Path) -> None:
    definition = made.definition
    screen.say(("Written: ", "heading"), f"{definition.id}.toml and {definition.template}")
    screen.lines([f"Folder: {folder}"], indent=2)
    for words in made.said:
        screen.say(f"{words[:1].upper()}{words[1:]}.", indent=2, hang=2)
    screen.gap()
    rows = [
        (
            field.label,
            where,
            field.kind,
            f"{say_filled_by(field, table)}{' (guessed)' if _is_guessed(made, field, table) else ''}",
        )
        for field, table, where in placed(made)
    ]
    screen.table([Column("label"), Column("answer in", 30), Column("kind", 10), Column("filled from")], rows)


def _is_guessed(made: Made, field: FormField, table: FormTable | None) -> bool:
    return (f"{table.id}.{field.id}" if table else field.id) in made.guessed


def _say_next(screen: Screen, given: FormGiven, folder: Path) -> None:
    name = given.definition.id if given.definition else given.name
    called = name if folder == own_forms() else str(folder / f"{name}.toml")
    screen.say(f"Look at what was guessed, then: escalate form check {called}")
    screen.say(f'It is issued once a [[form]] of your policy names it (form = "{name}").')


def _named(form_id: str | None, blank: Path) -> str:
    """Return what the form is called: as given, or by the blank's file name."""
    name = form_id or "-".join(re.findall(r"[a-z0-9]+", blank.stem.lower()))[:60].strip("-")
    if not _ID.fullmatch(name):
        raise Mistyped(
            "escalate form new: --id takes small letters, digits and hyphens, and begins with a letter",
            remedy="such as: --id exampleshire-escalation-form",
        )
    return name


def _text(labels: Path) -> str:
    try:
        return read_bounded(labels).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormRefused(
            f"{labels.name}: is not text in UTF-8", remedy="save it from a plain text editor as UTF-8"
        ) from None
