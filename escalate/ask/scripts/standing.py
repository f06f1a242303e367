"""A case as it stands when somebody is asked how its stage ended: which times of the other side are over, which run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from escalate.ask.scripts.known import Known
from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.owed import Owed
from escalate.core.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as it stands when somebody is asked how its stage ended: its policy, what is known, what is owed."""

    case: Case
    policy: Policy
    known: Known
    owed: Sequence[Owed] = ()

    def key(self, agency: str, name: str) -> str:
        """Return the key under which an answer about one agency is kept."""
        return name + suffix(self.case.raised.receiving_agencies.index(agency))

    def with_whom(self, agency: str) -> str:
        """Return " with AGENCY", as a question about one of several agencies names it; "" where there is one."""
        return f" with {self.case.name_of(agency)}" if len(self.case.raised.receiving_agencies) > 1 else ""

    def was_told(self, agency: str) -> bool:
        """Return whether this record shows that the two sides have been in touch, so that silence can be an answer.

        Of a case raised with our agency, and of one logged for others, it does: it has reached us.
        """
        if self.case.raised.our_side != "raising":
            return True
        return any(agency in _in_touch_with(event.fact) for event in self.case.events)

    def lacks_telling(self, agency: str) -> str:
        """Return what to do where nobody there was told, and they are to have been silent; "" where somebody was."""
        if self.was_told(agency):
            return ""
        return (
            "nobody was told, as far as is recorded: say what was sent or asked, and when; or, before this, when they "
            f"were told: escalate record {self.case.reference}"
        )

    def keys(self, name: str) -> list[str]:
        """Return the keys of one answer about every agency with which it is not settled."""
        return [self.key(agency, name) for agency in self.case.unsettled]

    def has_passed(self, agency: str) -> list[Owed]:
        """Return the times of this stage that are over, in order: what both had to keep, then what was theirs alone."""
        over = [one for one in self._to_answer(agency) if one.due_on and one.due_on < self.known.today]
        return sorted(over, key=lambda one: (one.party != "both", one.due_on or date.min))

    def last_day(self, agency: str) -> date | None:
        """Return the last day for agreeing with an agency at this stage; None where there is no date.

        It is the stage's own resolving time, or else the last of what the other side had to keep.
        """
        answers = self._to_answer(agency)
        resolving = [one for one in answers if one.item in self._resolving]
        return max((one.due_on for one in resolving or answers if one.due_on), default=None)

    def _to_answer(self, agency: str) -> list[Owed]:
        """Return the open times of this stage by which the other side had to speak: its own, or both sides' to agree.

        What both sides owe besides, such as taking it further, is ours to do as well: it is no answer of theirs.
        """
        case = self.case
        theirs = "raising" if case.raised.our_side == "receiving" else "receiving"
        here = [one for one in self.owed if one.sort == "clock" and one.stage == case.stage and one.is_open]
        return [
            one
            for one in here
            if one.agency in ("", agency)
            and (one.party == theirs or (one.party == "both" and one.item in self._resolving))
        ]

    @property
    def _resolving(self) -> set[str]:
        return {clock.id for clock in self.policy.clock if clock.resolves}


def _in_touch_with(fact: e.Fact | None) -> tuple[str, ...]:
    """Return the agencies that, by this entry, have heard of the concern."""
    match fact:
        case e.DiscussionRecorded():
            return fact.agencies
        case e.CounterpartTold() | e.OutcomeConfirmed() | e.AgencyResponded():
            return (fact.agency,)
        case e.OutcomeRecorded(outcome="resolved" | "unresolved" | "no response" | "out of time"):
            return (fact.agency,)
        case _:
            return ()


def suffix(place: int) -> str:
    """Return what an answer's id ends with for the agency at this place: "" for the first, "-2" for the second."""
    return "" if place == 0 else f"-{place + 1}"
