"""A form of a case that the partnership logged: one child more that it is about, a stage the case has reached since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from escalate.casework.desk import OpenCase
from escalate.casework.receiving_whose import Whose
from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.deciding import Decided
from escalate.core.forms.logged import stage_said
from escalate.core.forms.returned import Difference, ReturnedForm, says_the_same
from escalate.core.logged import is_as_it_reached_us, is_logged
from escalate.core.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says of a form that leaves it open, each "" where nobody has said.

    `child` is the opaque id of the child it is about, `another` the name of one that the case does not have yet.
    `risen_to` is the stage that the case has reached since.
    """

    child: str = ""
    another: str = ""
    risen_to: str = ""


NOTHING_TOLD = Told()


def with_child(opened: OpenCase, child: e.PartyNamed) -> OpenCase:
    """Return a case as it would be with one child more; nothing is recorded."""
    case = opened.case
    last = case.events[-1]
    added = (
        replace(last, sequence=last.sequence + place, number=0, id="", fact=fact, kind=fact.kind, target=None, hash="")
        for place, fact in enumerate((child, e.ChildAdded(child=child.party)), 1)
    )
    return replace(opened, case=Case(case.stream, (*case.events, *added)))


def child_added(child: e.PartyNamed, on: date, today: date) -> tuple[Decided, ...]:
    """Return the entries by which a form that came on a day adds a child to its case: the name, and that it was."""
    return Decided(fact=child, on=today), Decided(fact=e.ChildAdded(child=child.party), on=on)


def risen_to(form: ReturnedForm, case: Case, policy: Policy, *, is_ours: bool) -> str:
    """Return the stage above its own that another's form says the case has reached, or ""; of ours it says none.

    It is of a logged case, or of one raised with our agency: there the other side goes up, and its form says so.
    """
    is_theirs = is_logged(case) or (case.raised.our_side == "receiving" and not is_ours)
    said = stage_said(form, policy) if is_theirs else ""
    return said if said and policy.is_above(said, case.stage) else ""


def may_rise_to(known: Whose, form: ReturnedForm, policy: Policy, found: Sequence[Difference]) -> tuple[str, ...]:
    """Return the stages that a logged case may have reached since, where the form itself says none.

    So may one that was raised with us and has not moved here yet: its form may be of a higher stage. None where the
    form says just what it said last time, where a newer one came in, and once the case is over.
    """
    assert known.opened is not None
    case = known.opened.case
    is_theirs = is_logged(case) or (is_as_it_reached_us(case) and known.issue is None)
    if not is_theirs or case.state != "open" or stage_said(form, policy) or known.newer.came_in:
        return ()
    is_as_before = all(one.sent is not None and says_the_same(one.field, one.sent, one.returned.text) for one in found)
    return () if is_as_before else policy.above(case.stage)
