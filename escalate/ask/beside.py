"""What stands beside an interview's questions: what the policy says, and what will follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from escalate.core.answers import Answers


def nothing_to_say(_: Answers) -> str:
    """Return "": what stands beside an interview that has no guidance, or no preview."""
    return ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the questions, made from the answers so far; "" where there is nothing to say.

    `guidance` is what the policy says here, shown with a question's help. `preview` is what will follow, shown on the
    page that is checked at the end; it is given complete answers. `folder` is where a text lies while it is open in an
    editor; None where none may be opened. `filled` are the answers that somebody else's words give beforehand, as a
    draft holds them: those to be gone through behind "~". `about` says which case it is about, "" before there is one.
    """

    guidance: Callable[[Answers], str] = nothing_to_say
    preview: Callable[[Answers], str] = nothing_to_say
    folder: Path | None = None
    filled: Answers = field(default_factory=Answers)
    about: str = ""
