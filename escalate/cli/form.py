"""`escalate form`: list the forms there are, or show one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition
from escalate.core.forms.keys import ASKED_KEYS, CASE_KEYS, ROW_KEYS, STAGE_KEYS, say_filled_by
from escalate.core.plain import to_plain
from escalate.core.policy import FormUse, Policy, follow
from escalate.errors import EscalateError, FormRefused
from escalate.files.forms.loading import form_names, load_form
from escalate.files.places import home
from escalate.files.policies.loading import load_policy, policy_names
from escalate.render.console import Cell, Column, Screen
from escalate.render.form_page import in_order, say_names, say_standing, say_use, show_form, show_keys
from escalate.render.json_out import print_json

Uses = Mapping[str, list[tuple[FormUse, Policy]]]
Name = Annotated[str | None, typer.Argument(metavar="NAME", help="A form's name, as form list shows it.")]
Keys = Annotated[bool, typer.Option("--keys", help="The keys a definition's fields may be filled by.")]


def list_forms(as_json: ShownAsJson = False, plain: ShownPlain = False) -> None:
    """The forms there are, your own and those that come with escalate: whose, how true, for which policy and stages."""
    uses = _uses()
    read = [(name, _definition_or_refusal(name)) for name in form_names(home())]
    if as_json:
        print_json("forms", [_listed(name, found, uses) for name, found in read])
        return
    columns = [Column("name", 30), Column("form"), Column("names", 15), Column("for")]
    Screen.here(plain=plain).table(columns, [_row(name, found, uses) for name, found in read])


def show(name: Name = None, keys: Keys = False, as_json: ShownAsJson = False, plain: ShownPlain = False) -> None:
    """One form: each field with its label, its kind, and what fills it."""
    if (name is None) != keys:
        raise Mistyped("escalate form show: give a form's name, or --keys", remedy="see: escalate form list")
    if name is None:
        if as_json:
            print_json("form keys", {"case": CASE_KEYS, "stage": STAGE_KEYS, "rows": ROW_KEYS, "asks": ASKED_KEYS})
        else:
            show_keys(Screen.here(plain=plain))
        return
    definition, _ = load_form(name, home())
    uses = _uses()
    if as_json:
        print_json("form", {**_listed(name, definition, uses), **_fields(definition)})
        return
    said = [say_use(use, policy) for use, policy in uses.get(definition.id, [])]
    show_form(Screen.here(plain=plain), definition, said)


def _uses() -> Uses:
    """Return which policies use each form, by its id; a policy with problems uses none."""
    found: dict[str, list[tuple[FormUse, Policy]]] = {}
    for name in policy_names():
        try:
            policy, _ = load_policy(name, today())
        except EscalateError:
            continue
        followed = follow(policy)
        for use in followed.form:
            found.setdefault(use.form, []).append((use, followed))
    return found


def _definition_or_refusal(name: str) -> FormDefinition | FormRefused:
    """Return a form's definition, or why there is none: one with problems keeps nobody from the others."""
    try:
        return load_form(name, home())[0]
    except FormRefused as refused:
        return refused


def _row(name: str, found: FormDefinition | FormRefused, uses: Uses) -> list[Cell]:
    if isinstance(found, FormRefused):
        return [(name, "strong"), f"not used; see: escalate form check {name}", "", ""]
    said: Cell = [say_use(use, policy) for use, policy in uses.get(name, [])]
    whose: Cell = [f"{found.partnership}: {found.title}", say_standing(found)]
    return [(name, "strong"), whose, say_names(found), said]


def _listed(name: str, found: FormDefinition | FormRefused, uses: Uses) -> dict[str, Any]:
    if isinstance(found, FormRefused):
        return {"name": name, "problems": [found.what, *(str(problem) for problem in found.problems)]}
    return {
        "name": name,
        "version": found.version,
        "title": found.title,
        "partnership": found.partnership,
        "source": found.source,
        "standing": found.standing,
        "is_official": found.is_official,
        "warning": NOT_OFFICIAL if found.standing == "reconstructed" else "",
        "names": found.names,
        "per_child": found.per_child,
        "updates": found.updates,
        "used_by": [
            {
                "policy": policy.name,
                "offered_at": list(use.offered_at),
                "owed_at": list(use.owed_at),
                "owed_when": list(use.owed_when),
                "to": use.to,
            }
            for use, policy in uses.get(name, [])
        ],
        "problems": [],
    }


def _fields(definition: FormDefinition) -> dict[str, Any]:
    return {
        "fields": [
            {**to_plain(field), "table": table.id if table else "", "filled_from": say_filled_by(field, table)}
            for field, table in in_order(definition)
        ],
        "tables": [
            {key: value for key, value in to_plain(table).items() if key != "columns"} for table in definition.tables
        ],
    }
