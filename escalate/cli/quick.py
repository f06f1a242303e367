"""The quick door: `escalate due`, typed plainly, without the import of typer, which costs more than the answer.

What a shell asks at Tab comes in here too: see `escalate.cli.completing`.

What it does not understand at once (help, a slip, an option it does not know) it leaves to typer, which explains.
"""

from __future__ import annotations

from collections.abc import Sequence

_FLAGS = {
    "--mine": "mine",
    "--by-person": "by_person",
    "--json": "as_json",
    "--exit-code": "exit_code",
    "--plain": "plain",
}
_TEXTS = {"--agency": "agency", "--policy": "policy", "--ics": "ics"}
MOST_DAYS, MOST_LINES = 3660, 1_000_000
_NUMBERS = {"--within": ("within", 0, MOST_DAYS), "--limit": ("limit", 1, MOST_LINES)}
_MOST_FIGURES = 9


def quick(words: Sequence[str]) -> int | None:
    """Answer what was typed after `escalate` and return the exit code; None, with nothing done, where typer must.

    Raises:
        EscalateError: as `escalate due` does.
    """
    if words[:2] == ["completion", "next"]:
        from escalate.cli.completing import answer_shell

        return answer_shell(words[2:])
    if not words or words[0] != "due":
        return None
    given = read_due(words[1:])
    if given is None:
        return None
    from escalate.cli.due_answer import answer_due

    return answer_due(**given)  # type: ignore[arg-type]


def read_due(words: Sequence[str]) -> dict[str, bool | str | int] | None:
    """Return the options of `due` by the names of `answer_due`, as typer would read them; None where it must."""
    given: dict[str, bool | str | int] = {}
    rest = list(words)
    while rest:
        option, has_value, value = rest.pop(0).partition("=")
        if option in _FLAGS and not has_value:
            given[_FLAGS[option]] = True
            continue
        if option not in _TEXTS and option not in _NUMBERS:
            return None
        if not has_value:
            if not rest or rest[0].startswith("-"):
                return None
            value = rest.pop(0)
        if option in _TEXTS:
            given[_TEXTS[option]] = value
            continue
        name, least, most = _NUMBERS[option]
        is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_FIGURES
        if not (is_number and least <= int(value) <= most):
            return None
        given[name] = int(value)
    return given
