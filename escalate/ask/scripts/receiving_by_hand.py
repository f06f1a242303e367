"""A form that only a person can read, a PDF or a scan: which form it is, and what it says in each field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from escalate.ask.question import Option, Question, Step
from escalate.core.answers import Answers
from escalate.core.forms.definition import FormDefinition, FormField

_MOST_ROWS = 40


def form_chosen(definitions: Sequence[FormDefinition], answers: Answers) -> FormDefinition | None:
    """Return the form that the answers name, the only one there is to choose, or None."""
    if len(definitions) == 1:
        return definitions[0]
    return next((one for one in definitions if one.id == answers.text("form")), None)


def words_typed(definition: FormDefinition, answers: Answers) -> dict[str, str]:
    """Return what somebody typed in from a form, by field id; what is not on it is left out."""
    fields = _fields(definition, answers)
    return {one.id: words for one in fields if (words := answers.text(f"said_{one.id}"))}


def nothing_is_kept(definition: FormDefinition, answers: Answers) -> bool:
    """Return whether nothing was typed in in any field, and nobody said that the file is to be kept all the same."""
    return not words_typed(definition, answers) and not answers.says("empty", "yes")


def hand_questions(definitions: Sequence[FormDefinition]) -> Callable[[Answers], tuple[Step, ...]]:
    """Return the questions about a form that is typed in, as the answers so far make them.

    Args:
        definitions: the forms it may be; with one alone, nobody is asked which.
    """
    which = Question(
        id="form",
        text="Which form is it?",
        kind="choice",
        options=tuple(Option(one.id, f"{one.title} ({one.partnership})") for one in definitions),
        required=True,
        when=lambda _: len(definitions) > 1,
        label="Form",
        help="Its title stands at its head. escalate form list shows the forms that are known here.",
    )

    def questions(answers: Answers) -> tuple[Step, ...]:
        definition = form_chosen(definitions, answers)
        if definition is None:
            return (which,)
        rows = (
            Question(
                id=f"rows_{table.id}",
                text=f"How many rows of its table are filled in? ({table.columns[0].label}, ...)",
                kind="text",
                required=True,
                default="0",
                check=lambda value, _: _no_number_of_rows(str(value)),
                label="Rows filled in",
                help="Count the rows in which anything is written. Each is then asked for by itself.",
            )
            for table in definition.tables
        )
        empty = Question(
            id="empty",
            text="Nothing was typed in. Keep the file with the case all the same?",
            kind="yes-no",
            required=True,
            default="no",
            when=lambda so_far: not words_typed(definition, so_far),
            help="No leaves the form aside, and nothing is recorded of it.",
            label="Keep the file without its words",
        )
        return (which, *rows, *(_asked(one) for one in _fields(definition, answers)), empty)

    return questions


def _fields(definition: FormDefinition, answers: Answers) -> list[FormField]:
    """Return the form's fields in its order, each table with as many rows as were said to be filled in."""
    counts = {table.id: answers.text(f"rows_{table.id}") for table in definition.tables}
    cells: dict[str, list[FormField]] = {}
    for table in definition.tables:
        count = int(counts[table.id]) if counts[table.id].isdecimal() else 0
        numbers = range(1, min(count, _MOST_ROWS) + 1)
        cells.setdefault(table.after, []).extend(table.cell(n, column) for n in numbers for column in table.columns)
    found = cells.get("", [])
    for one in definition.fields:
        found = [*found, one, *cells.get(one.id, [])]
    return found


def _asked(one: FormField) -> Question:
    stage = f" (stage {one.of_stage})" if one.of_stage else ""
    return Question(
        id=f"said_{one.id}",
        text=f'What does it say at "{one.label}"{stage}?',
        kind="choice" if one.kind == "choice" else "long" if one.kind in ("long", "list") else "text",
        options=tuple(Option(option) for option in one.options) if one.kind == "choice" else (),
        help="Word for word, as it stands there. What is not on it is left open.",
        label=one.label + stage,
    )


def _no_number_of_rows(words: str) -> str | None:
    if words.isdecimal() and int(words) <= _MOST_ROWS:
        return None
    return f"that is not a number from 0 to {_MOST_ROWS}"
