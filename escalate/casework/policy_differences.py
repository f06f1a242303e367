"""Which open cases would have other dates if another edition governed them. Nothing is recorded, and none moves."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from escalate.casework.desk import OpenCase, open_case
from escalate.casework.projection import subject_of
from escalate.core import events as e
from escalate.core.deadlines import what_is_owed
from escalate.core.owed import Owed
from escalate.core.policy import Policy, follow
from escalate.files.policy_files import PolicyText
from escalate.store import readers
from escalate.store.case_list import list_cases


@dataclass(frozen=True, slots=True)
class OwedUnderBoth:
    """One thing owed under either edition, as each has it; None where it does not owe it."""

    first: Owed | None
    second: Owed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCompared:
    """An open case, and everything in it that differs under the other edition.

    `is_at_a_stage_of_both`: every stage it entered is one of the other edition's too.
    """

    reference: str
    subject: str
    stage_title: str
    is_at_a_stage_of_both: bool
    owed: tuple[OwedUnderBoth, ...]

    @property
    def differs(self) -> bool:
        return bool(self.owed) or not self.is_at_a_stage_of_both


def cases_under(con: sqlite3.Connection, first: PolicyText, second: Policy) -> Iterator[CaseCompared]:
    """Yield every open case raised under `first`, the latest first, with what `second` would give otherwise.

    A case is read under the text and the calendars kept with it: `first` only says which cases are meant, those of its
    name and those of its very text.
    """
    # What other readings would give is not asked for here, and is most of the work.
    read = dataclasses.replace(follow(second), contradiction=(), ambiguity=())
    for row in list_cases(con, state="open"):
        if first.name == row["policy"] or first.digest == row["policy_digest"]:
            yield _compared(open_case(readers.chronology(con, row["stream"]), con), read)


def _compared(opened: OpenCase, second: Policy) -> CaseCompared:
    case = opened.case
    there = {stage.id for stage in second.stage}
    entered = {cast(e.StageEntered, entry.fact).stage for entry in case.stage_entries}
    stage = opened.policy.stage_of(case.stage)
    return CaseCompared(
        reference=case.reference,
        subject=subject_of(case),
        stage_title=stage.title if stage else case.stage,
        is_at_a_stage_of_both=entered <= there,
        owed=tuple(_otherwise(opened.owed, what_is_owed(case, second, opened.calendars))),
    )


def _otherwise(first: tuple[Owed, ...], second: tuple[Owed, ...]) -> Iterator[OwedUnderBoth]:
    """Yield what is open under either and has another date there, or is owed under one alone."""
    here, there = ({one.key: one for one in owed} for owed in (first, second))
    for key in dict.fromkeys((*here, *there)):
        one, other = here.get(key), there.get(key)
        is_open = any(found.is_open for found in (one, other) if found)
        if is_open and (one is None or other is None or (one.due_on, one.due_time) != (other.due_on, other.due_time)):
            yield OwedUnderBoth(one, other)
