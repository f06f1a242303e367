"""Cases logged by a partnership, which is neither agency in them, from the forms that come in to it.

What the raising and the receiving agencies owe in such a case is theirs; only what the policy asks of the partnership
is ours. A case may come in at any stage: what was owed before that was never ours to see, and is not shown as missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.deciding import REMEDY_DATE, Decided
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.core.settled import not_settled_before
from escalate.errors import CannotDecide

LOGGED = "logged"
"""The ground of a stage that a form which came in says was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedChild:
    """A child as the form names it: in full or by initials ("R.T."), born when, known there as what."""

    name: str
    born_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What a form that came in says of a case not known here, in names; what it does not say is empty.

    `policy` is the name of the edition it is logged under. `their_reference` and `their_case` are its reference and
    stream where it was raised. `stage` is the stage it had reached, entered on `stage_on`. `raised_on` is the day it
    was raised, where the form says so; a case logged at its first stage was raised on `stage_on`. Days that the form
    does not say are asked of a person, never invented.
    """

    policy: str
    raising_agency: str
    receiving_agencies: tuple[str, ...]
    stage: str
    concern_on: date
    stage_on: date
    raised_on: date | None = None
    their_reference: str = ""
    their_case: str = ""
    children: tuple[LoggedChild, ...] = ()
    about_theme: str = ""
    raised_by: str = ""
    raised_by_role: str = ""
    decision: str = ""
    concern: str = ""
    risk_to_child: str = ""
    evidence: str = ""
    nature: str = ""
    outcome_wanted: str = ""
    they_want: str = ""
    themes: tuple[str, ...] = ()


def is_logged(case: Case) -> bool:
    """Return whether this record is of neither agency, but of the partnership that logged the case."""
    return case.raised.our_side == "partnership"


def opening_of(
    logged: Logged, policy: Policy, raised: e.ConcernRaised, today: date, names: Sequence[Decided] = ()
) -> tuple[Decided, ...]:
    """Return the events that open a logged case: the names, the concern, the stage it had reached.

    The concern was raised on the day the form says; where it says none, the case was raised by the stage's own day if
    that is the first, and no sooner than the concern if it is a higher one: what is counted from it ends no later.
    A stage above the first is no departure: the stages before it were not ours to see.

    Args:
        raised: the concern, its parties named in `names`.
    Raises:
        CannotDecide: no raising or receiving agency, no such stage in the policy, or days that cannot be.
    """
    if not logged.raising_agency or not logged.receiving_agencies:
        raise CannotDecide(
            "a case is logged with the agency that raised it and at least one that it was raised with",
            remedy="say which: it is not on the form",
            recorded="",
        )
    if policy.stage_of(logged.stage) is None:
        stages = ", ".join(stage.id for stage in policy.stage)
        raise CannotDecide(
            f'"{logged.stage}" is not a {policy.policy.called} of this policy',
            remedy=f"its {policy.policy.called}s are: {stages}",
            recorded="",
        )
    _possible(logged, today)
    is_first = logged.stage == policy.first_stage
    raised_on = logged.raised_on or (logged.stage_on if is_first else logged.concern_on)
    entered = e.StageEntered(stage=logged.stage, ground=LOGGED)
    return (*names, Decided(fact=raised, on=raised_on), Decided(fact=entered, on=logged.stage_on))


def _possible(logged: Logged, today: date) -> None:
    days = [day for day in (logged.concern_on, logged.stage_on, logged.raised_on) if day is not None]
    if max(days) > today:
        raise CannotDecide("a day on the form is after today", remedy=REMEDY_DATE, recorded="")
    if min(days) < logged.concern_on:
        raise CannotDecide(
            "a case cannot have been raised, or have reached a stage, before the concern arose",
            remedy=REMEDY_DATE,
            recorded="",
        )


def stage_risen(case: Case, stage: str, on: date, policy: Policy) -> tuple[Decided, ...]:
    """Return the entering of the higher stage that a later form of a logged case says; nothing where it is no higher.

    Record it before the form itself, so that what the stage asks to be sent is met by the form.

    Raises:
        CannotDecide: the day lies before the stage the case is at was entered: the form or the record is wrong.
    """
    if not policy.is_above(stage, case.stage):
        return ()
    last = risen_no_sooner_than(case)
    if on < last:
        raise CannotDecide(
            f"case {case.reference}: {on:%d/%m/%Y} is before {_before_what(case, policy)}, {last:%d/%m/%Y}",
            remedy=f"{REMEDY_DATE}; if that entry is wrong: escalate correct {case.reference}",
            recorded="",
        )
    return (Decided(fact=e.StageEntered(stage=stage, ground=LOGGED, left=case.stage), on=on),)


def risen_no_sooner_than(case: Case) -> date:
    """Return the first day on which a case can have reached a higher stage than the one it stands at here.

    What was raised with us is written down when somebody here comes to it: until it has moved here, the other side may
    have gone up before that day, though not before the concern. Taking the later day would give us more time.
    """
    return case.concern_on if is_as_it_reached_us(case) else case.stage_entries[-1].occurred_on


def is_as_it_reached_us(case: Case) -> bool:
    """Return whether a case that was raised with us has not moved up here since it was written down."""
    return case.raised.our_side == "receiving" and len(case.stage_entries) == 1


def _before_what(case: Case, policy: Policy) -> str:
    return "the concern" if is_as_it_reached_us(case) else f"{policy.say_stage(case.stage)} was entered"


def met_by_form(case: Case, policy: Policy, owed: Sequence[Owed], form: str, on: date) -> tuple[Decided, ...]:
    """Return as done what a logged case owed the partnership, and this form, which came in, is: its own sending.

    Only what goes to where the form itself goes: a copy owed to somebody else is not known to have been sent.

    Args:
        policy: with its followed readings put in (`policy.follow`).
        on: the day it came in.
    """
    use = next((one for one in policy.form if one.form == form), None)
    if use is None or not is_logged(case) or not (use.owed_at or use.owed_when):
        return ()
    done = (one for one in owed if one.is_open and one.form == form and one.contact == use.contact)
    return tuple(Decided(fact=e.DutyDone(item=one.key, to=use.to, how="the form came in"), on=on) for one in done)


def came_in_above_the_first(case: Case, policy: Policy) -> bool:
    """Return whether a logged case had gone beyond its first stage when it came in."""
    if not is_logged(case) or not case.stage_entries:
        return False
    return cast(e.StageEntered, case.stage_entries[0].fact).stage != policy.first_stage


def began_before(case: Case, policy: Policy, entry: int) -> bool:
    """Return whether something began with the concern itself, before a logged case came in at a higher stage.

    Args:
        entry: the entry it began with: 0 for a day of the concern, which is no entry of its own.
    """
    return entry in (0, case.opening.sequence) and came_in_above_the_first(case, policy)


def owing_agencies(owed: Owed, case: Case) -> Iterator[str]:
    """Yield the agencies, by opaque id, that owe something in a logged case; none where it is the partnership's own.

    Of what all receiving agencies owe, those with which it was settled before owe nothing.
    """
    if owed.party in ("raising", "both"):
        yield case.raised.raising_agency
    if owed.party in ("receiving", "both"):
        yield from (owed.agency,) if owed.agency else not_settled_before(case, owed.stage, owed.since_on)
