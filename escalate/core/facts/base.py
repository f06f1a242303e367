"""What every fact is, and the words that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

Opaque = Annotated[str, "opaque"]
"""An id, a name of something in the policy, a file's name or a digest: never anybody's words, so never redacted."""
Answer = Literal["yes", "no", "not known"]
RiskAnswer = Literal["yes", "no", "not sure"]
Side = Literal["raising", "receiving", "partnership"]
"""Whose record a case is kept in: of an agency in the disagreement, or of the partnership that logs it."""
Ground = Literal[
    "raised", "unresolved", "no response", "out of time", "significant policy issue", "immediate risk", "skipped"
]
Outcome = Literal["resolved", "unresolved", "no response", "out of time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one event says. Subclasses are its kinds."""

    kind: ClassVar[str]
    shape: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An agreed action: what, who does it, by when. `id` is opaque and unique in the case."""

    id: Opaque
    what: str
    owner: str = ""
    by_on: date | None = None
