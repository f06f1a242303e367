"""Messages drafted from a case, as plain text to copy, from jinja2 templates that a partnership may replace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalate.errors import EscalateError
from escalate.files.places import folders

Message = Literal["raise", "follow-up", "escalate", "confirmation", "record", "remind"]


def draft_message(kind: Message, words: Mapping[str, str], home: Path | None = None) -> str:
    """Return one message with the words of a case in it, as they were entered: data is never read as a template.

    Raises:
        EscalateError: the template is missing, or asks for words that no case has.
    """
    name = f"{kind}.txt"
    found = [folder / "messages" / name for folder in folders("templates", home)]
    path = next((one for one in found if one.is_file()), None)
    if path is None:
        raise EscalateError(f"messages/{name}: there is no such template", remedy="install escalate again")
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.globals.clear()
    try:
        return environment.from_string(path.read_text(encoding="utf-8")).render(dict(words))
    except (TemplateError, OSError, ValueError) as problem:
        raise EscalateError(
            f"messages/{name}: cannot be filled: {type(problem).__name__}",
            remedy="correct the template, or remove your own copy of it",
        ) from None
