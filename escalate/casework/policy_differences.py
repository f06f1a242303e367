"""Which open cases would have other dates if another edition governed them. Nothing is recorded, and none moves."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from typing import cast

from escalate.casework.desk import OpenCase, open_case
from escalate.casework.projection import subject_of
from escalate.core import events as e
from escalate.core.deadlines import what_is_owed
from escalate.core.owed import Owed
from escalate.core.policy import Policy, follow
from escalate.core.two_editions import CasesUnderBoth, CaseUnderBoth, DateUnderBoth
from escalate.files.policies.loading import PolicyText
from escalate.store import readers
from escalate.store.case_list import list_cases


def cases_under(con: sqlite3.Connection, first: PolicyText, second: Policy) -> CasesUnderBoth:
    """Return the open cases raised under `first`, the latest first, with what `second` would give otherwise.

    A case is read under the text and the calendars kept with it: `first` only says which cases are meant, those of its
    name and those of its very text.
    """
    # What other readings would give is not asked for here, and is most of the work.
    read = dataclasses.replace(follow(second), contradiction=(), ambiguity=())
    cases = [
        _under_both(open_case(readers.chronology(con, row["stream"]), con), read)
        for row in list_cases(con, state="open")
        if first.name == row["policy"] or first.digest == row["policy_digest"]
    ]
    return CasesUnderBoth(len(cases), [case for case in cases if case.differs])


def _under_both(opened: OpenCase, second: Policy) -> CaseUnderBoth:
    case = opened.case
    there = {stage.id for stage in second.stage}
    entered = {cast(e.StageEntered, entry.fact).stage for entry in case.stage_entries}
    stage = opened.policy.stage_of(case.stage)
    return CaseUnderBoth(
        reference=case.reference,
        subject=subject_of(case),
        stage_title=stage.title if stage else case.stage,
        is_at_a_stage_of_both=entered <= there,
        dates=tuple(_otherwise(opened.owed, what_is_owed(case, second, opened.calendars))),
    )


def _otherwise(first: tuple[Owed, ...], second: tuple[Owed, ...]) -> Iterator[DateUnderBoth]:
    """Yield what is open under either and has another date there, or is owed under one alone."""
    here, there = ({one.key: one for one in owed} for owed in (first, second))
    for key in dict.fromkeys((*here, *there)):
        one, other = here.get(key), there.get(key)
        is_open = any(found.is_open for found in (one, other) if found)
        if is_open and (one is None or other is None or (one.due_on, one.due_time) != (other.due_on, other.due_time)):
            yield _date(one, other)


def _date(first: Owed | None, second: Owed | None) -> DateUnderBoth:
    one = first or second
    assert one is not None  # it is owed under one of them at least
    return DateUnderBoth(
        key=one.key,
        act=f"{one.who} {one.force} {one.act}".strip(),
        owed="only under the second" if first is None else "only under the first" if second is None else "under both",
        first_on=first.due_on if first else None,
        first_why=first.no_date if first else "",
        second_on=second.due_on if second else None,
        second_why=second.no_date if second else "",
    )
