"""What of a case is not said yet: what `raise` asks by default and nobody has answered, with the verb that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.references import initials

PLAN, LOOKED_AFTER = "child protection plan", "looked after"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """One thing not said yet: `id` names it, `what` is it in words. `about` is the opaque id of a child or an agency.

    `verb` is the command, before the reference, by which it is said.
    """

    id: str
    what: str
    about: str = ""
    verb: str = "record"


_OF_THE_CONCERN = {
    "risk_to_child": "the risk to the child if nothing changes",
    "evidence": "the evidence, or a gut feeling owned as one",
    "nature": "what exactly the two sides disagree about",
}
_OURS_TO_SAY = {
    "raising": {
        "child_said": "what the child has said, and how their day is",
        "family_knows": "what the family knows of it",
    },
    "receiving": {"they_want": "what your agency wants to achieve"},
}
_PLAN_OR_CARE = {
    (PLAN, LOOKED_AFTER): ("plan_or_care", "on a plan or looked after"),
    (PLAN,): ("child_protection_plan", "on a child protection plan"),
    (LOOKED_AFTER,): ("looked_after", "looked after"),
}
"""What to ask of a child, by which of these facts nobody knows: (the question's id, its words)."""
_OF_A_CHILD = frozenset({"risk_to_child", "child_said", "family_knows"})


def unsaid(case: Case) -> tuple[Unsaid, ...]:
    """Return what is not said yet, in the order `raise` asks it; nothing of a case that is over, or logged for others.

    Of a case raised with us it is what the challenged side can know: what our own agency wants, and not how the child's
    day is.
    """
    if case.state in ("ended", "withdrawn") or case.raised.our_side == "partnership":
        return ()
    return (*_of_children(case), *_of_counterparts(case), *_of_the_concern(case), *_of_telling(case))


def _of_children(case: Case) -> Iterator[Unsaid]:
    several = len(case.children) > 1
    for child in case.children:
        of = f"for {initials(child.name)}: " if several else ""
        if child.born_on is None:
            yield Unsaid("born_on", f"{of}the child's date of birth", child.party)
        open_ = tuple(fact for fact in (PLAN, LOOKED_AFTER) if case.known(fact, child.party) == "not known")
        if open_:
            id_, what = _PLAN_OR_CARE[open_]
            yield Unsaid(id_, f"{of}whether the child is {what}", child.party)


def _of_counterparts(case: Case) -> Iterator[Unsaid]:
    raised = case.raised
    told = (cast(e.CounterpartTold, event.fact) for event in case.of(e.CounterpartTold))
    # Whoever was spoken to is known, whether or not the case was opened with a name.
    if not raised.counterparts and not any(fact.person for fact in told):
        ours = raised.our_side == "receiving"
        yield Unsaid("counterpart", "whose decision is challenged" if ours else "who the counterpart is")


def _of_the_concern(case: Case) -> Iterator[Unsaid]:
    raised = case.raised
    for name, what in (_OF_THE_CONCERN | _OURS_TO_SAY.get(raised.our_side, {})).items():
        said = getattr(raised, name) or (name == "family_knows" and raised.family_not_told)
        if not said and (raised.children or name not in _OF_A_CHILD):
            yield Unsaid(name, what)


def _of_telling(case: Case) -> Iterator[Unsaid]:
    told = {cast(e.CounterpartTold, event.fact).agency for event in case.of(e.CounterpartTold)}
    several = len(case.raised.receiving_agencies) > 1
    for agency in case.raised.receiving_agencies:
        if agency not in told:
            of = f": {case.name_of(agency)}" if several else ""
            ours = case.raised.our_side == "receiving"
            what = "when it was raised with us, and how" if ours else "whether they were told, when and how"
            yield Unsaid("told", f"{what}{of}", agency)


def completed_by(case: Case, names: tuple[str, ...]) -> e.Event:
    """Return the entry by which the last of these answers of the concern was given: its opening, or one after it."""
    last = case.opening
    for name in names:
        if not getattr(case.opening.fact, name, ""):
            later = (event for event in case.of(e.MoreSaid) if getattr(event.fact, name, ""))
            last = max(last, next(later, last), key=lambda event: event.sequence)
    return last
