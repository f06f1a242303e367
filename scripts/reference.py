"""Makes the reference and the man page of what each verb says of itself, and the list by which Tab completes.

`scripts/docs.py` writes them: `docs/reference.md`, `docs/escalate.1`, and `escalate/cli/grammar.json`, from which
completion answers without importing a verb, some of which take half a second.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from escalate.cli import load  # noqa: E402
from escalate.cli.front_page import EXIT_CODES  # noqa: E402
from escalate.cli.verbs import VERBS, Verb  # noqa: E402

_SUMMARY = (
    "Safeguarding escalations: raised, chased and recorded by your partnership's own policy. escalate sends nothing and"
    " tells nobody. A child in immediate danger: telephone 999."
)
_REFERENCE_HEAD = f"""# Reference: every verb, option and exit code

{textwrap.fill(_SUMMARY, 120)}

Made of what the program says of itself, by `make docs`; `escalate VERB --help` says the same. A case (`REF`) is named
by its reference, or by the end of it that no other case has. Names and people's words are asked for, or come from a
file (`--from`), never from an option: the history of a shell keeps what is typed.
"""
_FILES = (
    ("$ESCALATE_HOME/escalate.db", "the record, and drafts; without the variable, in this person's own data folder"),
    ("$ESCALATE_HOME/policies, $ESCALATE_HOME/templates", "your own policies and forms, before those that are shipped"),
)
_ENVIRONMENT = (
    ("ESCALATE_HOME", "the folder of the record"),
    (
        "ESCALATE_PLAIN",
        "anything: sentences and numbered lines at every terminal, as with --plain; 0: not, whatever was set up",
    ),
    ("ESCALATE_TODAY", "pretend it is this day (2026-04-15), to try things out; said at every start"),
    ("ESCALATE_TRACEBACK", "full: a fault is shown with all its words, which may be those of a case"),
    ("VISUAL, EDITOR", "the editor that opens for a long text, where asked for with !"),
    ("NO_COLOR", "set to anything: no colour"),
)


class Part(NamedTuple):
    """One verb, or one part of a verb, as it is typed: its path, what it says, what it takes."""

    path: str
    says: str
    arguments: tuple[dict[str, Any], ...]
    options: tuple[dict[str, Any], ...]

    @property
    def usage(self) -> str:
        """How it is typed."""
        words = [one["metavar"] if one["required"] else f"[{one['metavar']}]" for one in self.arguments]
        return " ".join(["escalate", self.path, *words, "[OPTION]…"])


def parts_of(verb: Verb) -> list[Part]:
    """Return the verb as one part, or each of its parts."""
    from typer._click import Context
    from typer.core import TyperGroup

    command = load(verb)
    if not isinstance(command, TyperGroup):
        return [_part(verb.name, command)]
    context = Context(command)
    names = command.list_commands(context)
    return [_part(f"{verb.name} {name}", command.get_command(context, name)) for name in names]


def _part(path: str, command: Any) -> Part:
    arguments, options = [], []
    for param in command.params:
        metavar = (param.metavar or "").strip("[]…")
        if param.param_type_name == "argument":
            many = param.nargs == -1
            arguments.append(
                {"metavar": metavar, "required": param.required, "many": many, "help": getattr(param, "help", "") or ""}
            )
        elif not getattr(param, "hidden", False):
            takes = "" if param.is_flag else metavar or "TEXT"
            options.append({"names": [*param.opts, *param.secondary_opts], "takes": takes, "help": param.help or ""})
    return Part(path, (command.help or "").replace("\b\n", "").strip(), tuple(arguments), tuple(options))


def grammar() -> str:
    """Return the verbs, their parts and what those take, as JSON: a line for each argument or option."""
    lines = []
    for verb in VERBS:
        for part in parts_of(verb):
            takes = [
                *({"argument": one["metavar"], "many": one["many"]} for one in part.arguments),
                *({"option": one["names"], "takes": one["takes"], "help": one["help"]} for one in part.options),
            ]
            says = json.dumps(part.says.split("\n")[0], ensure_ascii=False)
            body = ",\n".join(f"    {json.dumps(one, ensure_ascii=False)}" for one in takes)
            lines.append(f'  {json.dumps(part.path)}: {{"says": {says}, "takes": [\n{body}\n  ]}}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def reference_page() -> str:
    """Return the reference, in Markdown: sections as on the front page, then files, variables and exit codes."""
    lines = [_REFERENCE_HEAD]
    for section in dict.fromkeys(verb.section for verb in VERBS):
        lines.append(f"## {section}\n")
        for verb in (one for one in VERBS if one.section == section):
            lines += _verb_in_markdown(verb)
    lines += ["## Files\n", *(f"- `{name}`: {says}" for name, says in _FILES), ""]
    lines += ["## Environment\n", *(f"- `{name}`: {says}" for name, says in _ENVIRONMENT), ""]
    lines += ["## Exit codes\n", "| Code | Meaning |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES]
    return "\n".join(lines) + "\n"


def _verb_in_markdown(verb: Verb) -> Iterator[str]:
    yield f"### {verb.name}: {verb.says}\n"
    parts = parts_of(verb)
    for part in parts:
        if len(parts) > 1:
            yield f"#### {part.path}\n"
        yield f"```text\n{part.usage}\n```\n"
        yield f"{_markdown(part.says)}\n"
        rows = [(one["metavar"], one["help"]) for one in part.arguments]
        rows += [(_option(one), one["help"]) for one in part.options]
        for what, says in rows:
            yield f"- `{what}`{f': {_markdown(says)}' if says else ''}"
        if rows:
            yield ""
    yield "Examples:\n\n```text"
    yield from verb.examples
    yield "```\n"


def _option(option: Mapping[str, Any]) -> str:
    return " ".join([", ".join(option["names"]), *([option["takes"]] if option["takes"] else [])])


def _markdown(text: str) -> str:
    """Words of ours as Markdown reads them: nothing in them is markup."""
    return re.sub(r"([*_<|`\[\]])", r"\\\1", text)


def man_page() -> str:
    """Return the man page, in the man macros of groff and mandoc."""
    lines = [
        '.\\" Made by scripts/docs.py of what the program says of itself.',
        '.TH ESCALATE 1 "" "escalate" "User Commands"',
        ".SH NAME",
        "escalate \\- safeguarding escalations, by your partnership's own policy",
        ".SH SYNOPSIS",
        ".B escalate",
        ".I VERB",
        "[...]",
        ".SH DESCRIPTION",
        _roff(_SUMMARY),
    ]
    for section in dict.fromkeys(verb.section for verb in VERBS):
        lines.append(f".SH {_roff(section.upper())}")
        for verb in (one for one in VERBS if one.section == section):
            lines += _verb_in_roff(verb)
    for title, rows in (("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT)):
        lines.append(f".SH {title}")
        lines += [line for name, says in rows for line in (".TP", f".B {_roff(name)}", _roff(says))]
    lines.append(".SH EXIT STATUS")
    lines += [line for code, meaning in EXIT_CODES for line in (".TP", f".B {code}", _roff(meaning))]
    return "\n".join(lines) + "\n"


def _verb_in_roff(verb: Verb) -> Iterator[str]:
    for part in parts_of(verb):
        yield f".SS {_roff(part.usage)}"
        for place, paragraph in enumerate(re.split(r"\n\s*\n", part.says)):
            if place:
                yield ".PP"
            yield _roff(" ".join(paragraph.split()))
        for what, says in (
            *((one["metavar"], one["help"]) for one in part.arguments),
            *((_option(one), one["help"]) for one in part.options),
        ):
            yield ".TP"
            yield f".B {_roff(what)}"
            yield _roff(says)
    yield ".PP"
    yield "Examples:"
    for example in verb.examples:
        yield ".PP"
        yield ".RS 4"
        yield _roff(example)
        yield ".RE"


def _roff(text: str) -> str:
    """Words of ours as roff reads them: no line of them is a request, and hyphens stay hyphens to be copied."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("'", "\\(aq").replace("~", "\\(ti")
    safe = safe.replace("^", "\\(ha").replace("`", "\\(ga")
    return f"\\&{safe}" if safe.startswith(".") else safe
