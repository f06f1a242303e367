"""Open cases under two editions: what would be otherwise in each if the second governed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class DateUnderBoth:
    """One thing owed, with its date under either edition; where there is none, why, or "" where it is not owed."""

    key: str
    act: str
    owed: Literal["under both", "only under the first", "only under the second"]
    first_on: date | None = None
    first_why: str = ""
    second_on: date | None = None
    second_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUnderBoth:
    """An open case of the first edition, and what would be otherwise in it under the second.

    `is_at_a_stage_of_both`: every stage it entered is one of the second edition's too.
    """

    reference: str
    subject: str
    stage_title: str
    is_at_a_stage_of_both: bool
    dates: tuple[DateUnderBoth, ...]

    @property
    def differs(self) -> bool:
        return bool(self.dates) or not self.is_at_a_stage_of_both


@dataclass(frozen=True, slots=True)
class CasesUnderBoth:
    """How many open cases of the first edition there are, and those that would differ under the second."""

    open_cases: int
    differing: Sequence[CaseUnderBoth]
