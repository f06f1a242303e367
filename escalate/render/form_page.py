"""`form list` and `form show`: the forms there are, and one of them field by field, with what fills each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition, FormField, FormTable
from escalate.core.forms.keys import CASE_KEYS, ROW_KEYS, STAGE_KEYS, say_filled_by
from escalate.core.forms.shortened import show_line
from escalate.core.ladder import say_stages
from escalate.core.policy import FormUse, Policy
from escalate.render.console import Screen
from escalate.render.policy_words import capital, say_moment

_NAMES = {
    "in full": "names in full",
    "initials": "initials only",
    "nobody": "names nobody",
}
_KINDS = {
    "text": "a line",
    "long": "as long as it needs",
    "date": "a date",
    "choice": "a choice",
    "choice or words": "a choice, or other words",
    "person": "a person",
    "list": "a list, one line each",
    "sign": "a signature",
}
_EACH = {"children": "child", "actions": "agreed action", "people": "person"}


def say_standing(definition: FormDefinition) -> str:
    """Return how true a form is to the partnership's own."""
    if definition.standing == "reconstructed":
        return NOT_OFFICIAL
    return "the official form's own labels" if definition.is_official else "invented, for trying things out"


def say_names(definition: FormDefinition) -> str:
    """Return who may be named on a form."""
    return _NAMES[definition.names]


def say_use(use: FormUse, policy: Policy) -> str:
    """Return for which policy a form is, and at which stages it is offered or owed there."""
    called = policy.policy.called
    when = [
        f"offered at {say_stages(called, *use.offered_at)}" if use.offered_at else "",
        f"owed at {say_stages(called, *use.owed_at)}" if use.owed_at else "",
        f"owed when {' or '.join(say_moment(one, called) for one in use.owed_when)}" if use.owed_when else "",
    ]
    return f"{policy.name}: {'; '.join(words for words in when if words) or 'any time'}"


def show_form(screen: Screen, definition: FormDefinition, uses: Sequence[str]) -> None:
    """Write one form: what it is, then each field in the form's order.

    Args:
        uses: for which policies it is, each as `say_use` gives it.
    """
    screen.say((definition.title, "heading"), hang=2)
    if definition.standing == "reconstructed":
        screen.say((NOT_OFFICIAL, "past"), hang=2)
    screen.say(f"{definition.partnership} ({definition.name_and_version}): {say_standing(definition)}", hang=2)
    screen.say(f"Read from: {definition.source.rstrip('.')}.", hang=2)
    one = "one for each child" if definition.per_child else "one for the case"
    again = "; sent again as the case goes on, and says what changed" if definition.updates else ""
    screen.say(f"Issued {one}; {say_names(definition)}{again}.", hang=2)
    screen.say(f"For: {'; '.join(uses) or 'no policy here'}.", hang=2)
    for field, table in in_order(definition):
        _field(screen, field, table, definition)
    if definition.printed:
        screen.heading("Printed outside its fields")
        for line in dict.fromkeys(show_line(one) for one in definition.printed):
            screen.say(line, indent=2, hang=2)


def show_keys(screen: Screen) -> None:
    """Write every key that `fills` in a definition may name, with what it is."""
    groups: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("What the case says", CASE_KEYS),
        ("What it says of one stage (fields with of_stage)", STAGE_KEYS),
        *((f"What a row of {rows_of} says (columns of a table)", keys) for rows_of, keys in ROW_KEYS.items()),
    )
    for title, keys in groups:
        screen.heading(title)
        for key, says in keys.items():
            screen.say((key, "strong"), f"  {says}", indent=2, hang=4)
    screen.gap()
    screen.say('duty.ID  what was recorded of a duty of the policy. A key in "asks" may be any of your own.')


def in_order(definition: FormDefinition) -> Iterator[tuple[FormField, FormTable | None]]:
    """Yield each field, and each column with its table, in the form's order."""
    after = {table.after: table for table in definition.tables}
    for field in (None, *definition.fields):
        if field is not None:
            yield field, None
        table = after.get(field.id if field else "")
        for column in table.columns if table else ():
            yield column, table


def _field(screen: Screen, field: FormField, table: FormTable | None, definition: FormDefinition) -> None:
    if table is None:
        for line in field.fixed_before:
            screen.say(f"[{show_line(line)}]", indent=2, hang=2)
    elif field is table.columns[0]:
        screen.say(f"Table, one row for each {_EACH[table.rows_of]}:", indent=2)
    screen.say((field.label, "strong"), f"  ({field.id}; {say_kind(field)})", indent=2 if table is None else 4, hang=2)
    indent = 6 if table is None else 8
    screen.say(f"{capital(say_filled_by(field, table))}{_limits(field)}.", indent=indent, hang=2)
    for line in field.guidance:
        screen.say(f"Printed there: {show_line(line)}", indent=indent, hang=2)
    if field.help:
        screen.say(field.help, indent=indent, hang=2)
    if definition.fields and field is definition.fields[-1]:
        for line in definition.fixed_after:
            screen.say(f"[{show_line(line)}]", indent=2, hang=2)


def say_kind(field: FormField) -> str:
    """Return what kind of answer a field takes."""
    options = f": {', '.join(field.options)}" if field.options else ""
    return f"{_KINDS[field.kind]}{options}"


def _limits(field: FormField) -> str:
    limits = [
        "always needed" if field.required else "",
        "asked for once it is resolved" if field.when_resolved else "",
        "what was sent before stays" if field.accumulates else "",
    ]
    said = ", ".join(words for words in limits if words)
    return f"; {said}" if said else ""
