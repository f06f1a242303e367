"""What was given out of this record over many cases, and names with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Fact, Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGivenOut(Fact):
    """In the stream `logs`: a log of these cases was given out with people's names in full, and why somebody asked.

    `chosen_by` says which cases of the period: those raised in it, or those open at any time in it. `policy` to `theme`
    are what was asked for besides, as typed; "" for all. `cases` counts the lines. `digest` is the SHA-256 of the file,
    "" where it was shown or printed, as `given_as` says.
    """

    kind: ClassVar[str] = "log given out"
    first_on: date
    last_on: date
    chosen_by: Literal["raised", "open"] = "raised"
    policy: str = ""
    stage: str = ""
    agency: str = ""
    theme: str = ""
    given_as: Opaque
    cases: int
    digest: Opaque = ""
    reason: str
