"""What the interview of `raise` is told beforehand: what forms and duties need to know, and how late it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from escalate.casework.desk import Desk, OpenCase
from escalate.core.forms.definition import FormDefinition
from escalate.core.policy import Policy, follow
from escalate.core.trying import StageTried, Supposed, try_policy
from escalate.core.working_days import WorkingCalendar
from escalate.errors import EscalateError
from escalate.files.forms.loading import form_names, load_form
from escalate.store.calendar_rows import version_for, working_calendar
from escalate.store.readers import latest_calendar_version

_ANSWERED_BY = {
    "child.born_on": "born_on",
    "child.address": "address",
    "child.parental_responsibility": "parental_responsibility",
    "child.reference": "reference",
    "case.nature": "nature",
    "case.themes": "theme_area",
}
"""The keys of forms that stay blank unless one question is answered, with that question's id."""

_OPEN_TO_CHOICE = ("may", "consider")


@dataclass(frozen=True, slots=True)
class Late:
    """A concern raised after a date of its policy: the first that passed, and the stage whose date is next.

    `stage` is its title, "" where every stage's own time is over; `next_on` is by when it should be resolved.
    """

    first_on: date
    stage: str
    next_on: date | None


class RaisingAids:
    """What is known beforehand of raising a concern at this desk, each policy looked at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._needed: dict[tuple[str, str], frozenset[str]] = {}
        self._late: dict[tuple[str, date], Late | None] = {}

    def needed(self, policy: Policy, stage: str) -> frozenset[str]:
        """Return the ids of the questions that what is due at this stage cannot do without."""
        if (policy.name, stage) not in self._needed:
            self._needed[policy.name, stage] = needed_by(policy, stage, self.desk.home)
        return self._needed[policy.name, stage]

    def late(self, policy: Policy, began_on: date) -> Late | None:
        """Return how late it would be if it began on that day; None where no date has passed."""
        if (policy.name, began_on) not in self._late:
            self._late[policy.name, began_on] = self._counted(policy, began_on)
        return self._late[policy.name, began_on]

    def late_in(self, opened: OpenCase) -> Late | None:
        """Return how late a case is as it stands, by its own dates; None where none has passed.

        Args:
            opened: the case, recorded or rehearsed.
        """
        passed = [one.due_on for one in opened.owed if one.is_open and one.due_on and one.force not in _OPEN_TO_CHOICE]
        if not passed or min(passed) >= self.desk.today:
            return None
        case, policy = opened.case, opened.policy
        resolving = {clock.id for clock in policy.clock if clock.resolves}
        own = [one.due_on for one in opened.owed if one.item in resolving and one.stage == case.stage and one.due_on]
        stage = policy.stage_of(case.stage)
        if stage and own and max(own) >= self.desk.today:
            return Late(min(passed), stage.title, max(own))
        return self._beginning(min(passed), self._tried(policy, case.concern_on))

    def _counted(self, policy: Policy, began_on: date) -> Late | None:
        tried = self._tried(policy, began_on)
        owed = tried[0].owed if tried else ()
        dates = [one.due_on for one in owed if one.due_on and one.force not in _OPEN_TO_CHOICE]
        return self._beginning(min(dates), tried) if dates and min(dates) < self.desk.today else None

    def _beginning(self, first_on: date, tried: Sequence[StageTried]) -> Late:
        """Return how late it is where `first_on` has passed: next is the first stage whose own time is not over."""
        ahead = next((one for one in tried if one.left_by and one.left_on >= self.desk.today), None)
        return Late(first_on, ahead.stage.title if ahead else "", ahead.left_on if ahead else None)

    def _tried(self, policy: Policy, began_on: date) -> Sequence[StageTried]:
        calendar = self._calendar(policy)
        if calendar is None:
            return ()
        return try_policy(policy, calendar, Supposed(concern_on=began_on, told_on=None)).stages

    def _calendar(self, policy: Policy) -> WorkingCalendar | None:
        nation, partnership = policy.policy.nation, policy.policy.prefix
        with self.desk.reading() as con:
            version = version_for(con, nation, partnership) or latest_calendar_version(con, nation)
            return working_calendar(con, version) if version else None


def needed_by(policy: Policy, stage: str, home: Path) -> frozenset[str]:
    """Return the ids of the questions of `raise` that what is due at a stage cannot do without.

    They are what the policy's forms that are owed or offered there would leave blank, and what its duties at the
    raising, or on entering that stage, have to state.
    """
    read = follow(policy)
    here = set(form_names(home))
    moments = {"raised", f"stage {stage} entered"}
    uses = [use for use in read.form if stage in (*use.owed_at, *use.offered_at) or moments & set(use.owed_when)]
    needed = {_ANSWERED_BY[key] for use in uses if use.form in here for key in _keys_of(use.form, home)}
    return frozenset(needed | {name for duty in read.duty if moments & set(duty.when) for name in duty.recorded})


def _keys_of(form: str, home: Path) -> set[str]:
    with suppress(EscalateError):  # a form file with problems stands in the way of that form alone
        definition, _ = load_form(form, home)
        return _fills(definition) & set(_ANSWERED_BY)
    return set()


def _fills(definition: FormDefinition) -> set[str]:
    columns = (column for table in definition.tables for column in table.columns)
    return {field.fills for field in (*definition.fields, *columns) if field.filled_by == "us" and not field.of_stage}
