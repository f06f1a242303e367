"""`escalate form check`: whether a form can be filled and read back without losing a word, or doing harm."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.casework.form_checking import Word, check_form, has_problems
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.core.forms.trials import Finding
from escalate.core.plain import to_plain
from escalate.errors import FormRefused
from escalate.files.forms.given import FormGiven, find_form
from escalate.files.places import home
from escalate.render.console import Screen
from escalate.render.form_checked_page import show_findings
from escalate.render.json_out import print_json
from escalate.render.word.expressions import expression_findings
from escalate.render.word.filling import fill
from escalate.render.word.template import check_template

Template = Annotated[
    str, typer.Argument(metavar="TEMPLATE", help="A .docx file, a definition (.toml), or a form's name from form list.")
]
WORD = Word(expression_findings, check_template, fill)


def command(template: Template, as_json: ShownAsJson = False, plain: ShownPlain = False) -> None:
    """Check a form's Word template and its definition, and try it: filled with hostile words and read back.

    Looks for code, links, programs and fields that fetch; for fields that are missing, misspelt, there twice or in a
    control that loses lines; for labels a reader would not find. Only a template that passes is filled, with nothing,
    with 3,000 words, with signs that break documents, with every option and with no, one and 40 rows.

    Exits with 8 where there is a problem; what is only to look at is none.
    """
    given = find_form(template, home())
    found = check_form(given, WORD)
    show_checked(given, found, as_json=as_json, plain=plain)
    if has_problems(found):
        raise typer.Exit(FormRefused.exit_code)


def show_checked(given: FormGiven, found: tuple[Finding, ...], *, as_json: bool, plain: bool) -> None:
    """Write what a check found."""
    was_tried = given.definition is not None and given.template is not None and not has_problems(found)
    if as_json:
        print_json("form check", checked(given, found))
        return
    show_findings(Screen.here(plain=plain), given.name, found, was_tried=was_tried)


def checked(given: FormGiven, found: tuple[Finding, ...]) -> dict[str, object]:
    """Return what a check found, as `--json` has it."""
    return {
        "form": given.definition.id if given.definition else "",
        "file": given.name,
        "template": given.template_name,
        "problems": sum(one.weight != "to look at" for one in found),
        "findings": to_plain(found),
    }
