"""A case: the fold of its events, with every correction and redaction read in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.more_said import with_more_said
from escalate.core.restating import CORRECTIONS, REDACTIONS, restate

State = Literal["open", "to check", "ended", "withdrawn"]


@dataclass(frozen=True)
class AgreedAction:
    """An agreed action of the case and where it stands. `made_on` is the day it was agreed."""

    action: e.Action
    made_on: date
    agency: str
    checked: e.ActionChecked | None
    checked_on: date | None


@dataclass(frozen=True)
class Case:
    """One professional disagreement, as its chronology says today.

    Args:
        stream: the case's opaque id.
        events: its events in order, restated where corrected or redacted; `fact` is None where nothing may stay.
    """

    stream: str
    events: tuple[e.Event, ...]

    def of(self, kind: type[e.Fact]) -> list[e.Event]:
        """Return the events of this kind, in order; those whose words are gone are left out."""
        return list(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type[e.Fact], list[e.Event]]:
        # Counting asks for the same kinds thousands of times.
        found: dict[type[e.Fact], list[e.Event]] = {}
        for event in self.events:
            if event.fact is not None:
                found.setdefault(type(event.fact), []).append(event)
        return found

    @cached_property
    def looked_up(self) -> dict[object, object]:
        """What was found in this case before, by question; a case never changes, so that an answer holds."""
        return {}

    def latest(self, kind: type[e.Fact]) -> e.Event | None:
        return next(reversed(self._by_kind.get(kind, [])), None)

    @cached_property
    def opening(self) -> e.Event:
        return self.of(e.ConcernRaised)[0]

    @cached_property
    def raised(self) -> e.ConcernRaised:
        """The concern with what was said of it since, and with every child that was added to the case."""
        more = (cast(e.MoreSaid, event.fact) for event in self.of(e.MoreSaid))
        raised = with_more_said(cast(e.ConcernRaised, self.opening.fact), more)
        added = (cast(e.ChildAdded, event.fact).child for event in self.of(e.ChildAdded))
        return replace(raised, children=tuple(dict.fromkeys((*raised.children, *added))))

    @property
    def reference(self) -> str:
        return self.raised.reference

    @property
    def last_sequence(self) -> int:
        return self.events[-1].sequence

    def entry_name(self, sequence: int) -> str:
        """Return what an entry is called in the keys of what it brought: the same in every installation.

        It is its number in its chain, with the chain's last letters unless the case was opened in that chain.
        """
        found = next((event for event in self.events if event.sequence == sequence), None)
        if found is None or found.chain == self.events[0].chain:
            return str(found.number if found else sequence)
        return f"{found.number}-{found.chain[-8:]}"

    @cached_property
    def concern_on(self) -> date:
        """The policy's day 0: `ConcernRaised.concern_on`."""
        return self.raised.concern_on

    @cached_property
    def parties(self) -> Mapping[str, e.PartyNamed]:
        named = (cast(e.PartyNamed, event.fact) for event in self.of(e.PartyNamed))
        return {party.party: party for party in named}

    def name_of(self, party: str) -> str:
        """Return the party's name, or "name removed" where it was redacted, or "" for no party."""
        if not party:
            return ""
        found = self.parties.get(party)
        return found.name if found else "name removed"

    @property
    def children(self) -> tuple[e.PartyNamed, ...]:
        return tuple(self.parties[child] for child in self.raised.children if child in self.parties)

    @property
    def our_agency(self) -> str:
        """The agency whose record this is; of a case the partnership logged, the one that raised it."""
        raised = self.raised
        return raised.receiving_agencies[0] if raised.our_side == "receiving" else raised.raising_agency

    @cached_property
    def calendar_version(self) -> str:
        adopted = self.latest(e.CalendarAdopted)
        return cast(e.CalendarAdopted, adopted.fact).version if adopted else self.raised.calendar_version

    @cached_property
    def stage_entries(self) -> tuple[e.Event, ...]:
        return tuple(self.of(e.StageEntered))

    @cached_property
    def stage(self) -> str:
        """The id of the stage the case is at: the one last entered."""
        return cast(e.StageEntered, self.stage_entries[-1].fact).stage

    def entered(self, stage: str) -> e.Event | None:
        """Return the event that entered `stage`, or None where it never was."""
        return next((x for x in self.stage_entries if cast(e.StageEntered, x.fact).stage == stage), None)

    @cached_property
    def reopened_at(self) -> int:
        """The sequence of the last reopening, or 0: outcomes recorded before it no longer end the case."""
        reopened = self.latest(e.Reopened)
        return reopened.sequence if reopened else 0

    def outcome_of(self, agency: str) -> e.Event | None:
        """Return the latest outcome recorded with this agency since the last reopening."""
        for event in reversed(self.of(e.OutcomeRecorded)):
            if cast(e.OutcomeRecorded, event.fact).agency == agency and event.sequence > self.reopened_at:
                return event
        return None

    def is_resolved_before(self, agency: str, sequence: int) -> bool:
        """Return whether it was resolved with this agency before the entry; never in a case that was reopened."""
        return not self.reopened_at and any(
            (fact := cast(e.OutcomeRecorded, event.fact)).agency == agency and fact.outcome == "resolved"
            for event in self.of(e.OutcomeRecorded)
            if event.sequence < sequence
        )

    def settled_on(self, agency: str) -> date | None:
        """Return when it was resolved with this agency, when it accepted the recommendation, or None.

        A decision that binds by the policy settles it with all. Any other answer to a recommendation leaves the
        disagreement open: it is for people to end.
        """
        outcome = self.outcome_of(agency)
        if outcome and cast(e.OutcomeRecorded, outcome.fact).outcome == "resolved":
            return outcome.occurred_on
        recommended = self.latest(e.RecommendationMade)
        if recommended is None or recommended.sequence < self.reopened_at:
            return None
        if cast(e.RecommendationMade, recommended.fact).binds:
            return recommended.occurred_on
        answers = [x for x in self.of(e.AgencyResponded) if x.sequence > recommended.sequence]
        facts = ((x.occurred_on, cast(e.AgencyResponded, x.fact)) for x in reversed(answers))
        last = next(((on, fact) for on, fact in facts if fact.agency == agency), None)
        return last[0] if last and last[1].response == "accepted" else None

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        return tuple(agency for agency in self.raised.receiving_agencies if self.settled_on(agency) is None)

    @cached_property
    def actions(self) -> tuple[AgreedAction, ...]:
        """Every agreed action, in the order agreed, with the last check of each."""
        checks = {cast(e.ActionChecked, event.fact).action: event for event in self.of(e.ActionChecked)}
        found = []
        for event in self.events:
            if isinstance(event.fact, (e.DiscussionRecorded, e.OutcomeRecorded)):
                agency = event.fact.agency if isinstance(event.fact, e.OutcomeRecorded) else ""
                for action in event.fact.actions:
                    check = checks.get(action.id)
                    found.append(
                        AgreedAction(
                            action,
                            event.occurred_on,
                            agency,
                            cast(e.ActionChecked, check.fact) if check else None,
                            check.occurred_on if check else None,
                        )
                    )
        return tuple(found)

    @cached_property
    def not_applicable(self) -> Mapping[str, e.Event]:
        """The items somebody recorded as not applicable, by key."""
        return {cast(e.DutyNotApplicable, x.fact).item: x for x in self.of(e.DutyNotApplicable)}

    def is_over(self, action: AgreedAction) -> bool:
        """Return whether nothing more is to be checked: it was done, or no longer applies."""
        done = action.checked is not None and action.checked.was_done == "yes"
        return done or action.action.id in self.not_applicable

    @cached_property
    def withdrawn(self) -> e.Event | None:
        event = self.latest(e.Withdrawn)
        return event if event and event.sequence > self.reopened_at else None

    @cached_property
    def state(self) -> State:
        """ "to check" is a case resolved with every agency whose agreed actions nobody has checked yet."""
        if self.withdrawn:
            return "withdrawn"
        if self.unsettled:
            return "open"
        return "ended" if all(self.is_over(action) for action in self.actions) else "to check"

    @cached_property
    def ended_on(self) -> date | None:
        """The day the case was resolved with its last agency, or withdrawn; None while it is open."""
        if self.state == "open":
            return None
        if self.withdrawn:
            return self.withdrawn.occurred_on
        days = (self.settled_on(agency) for agency in self.raised.receiving_agencies)
        return max(day for day in days if day is not None)

    @cached_property
    def risk(self) -> e.RiskAnswer:
        """The latest answer about immediate risk; "no" where nobody has recorded one."""
        event = self.latest(e.RiskConsidered)
        return cast(e.RiskConsidered, event.fact).answer if event else "no"

    @cached_property
    def is_guided(self) -> bool:
        """Whether immediate risk was recorded and has not since been answered "no"."""
        answers = [cast(e.RiskConsidered, event.fact).answer for event in self.of(e.RiskConsidered)]
        since_no = answers[len(answers) - answers[::-1].index("no") :] if "no" in answers else answers
        return "yes" in since_no

    @cached_property
    def band(self) -> str:
        """The id of the band of urgency recorded last, or "" where nobody has judged it."""
        event = self.latest(e.UrgencyJudged)
        return cast(e.UrgencyJudged, event.fact).band if event else ""

    @cached_property
    def calendars_adopted(self) -> tuple[tuple[date, str], ...]:
        """The day and version of each calendar adopted since the case was raised, in order."""
        adopted = self.of(e.CalendarAdopted)
        return tuple((event.occurred_on, cast(e.CalendarAdopted, event.fact).version) for event in adopted)

    def is_new_risk(self, event: e.Event) -> bool:
        """Return whether this answer about risk differs from the one before it."""
        before = [x for x in self.of(e.RiskConsidered) if x.sequence < event.sequence]
        return not before or cast(e.RiskConsidered, before[-1].fact).answer != cast(e.RiskConsidered, event.fact).answer

    def known(self, fact: str, subject: str = "") -> e.Answer:
        """Return what is known of a fact over every child, agency and the case: one yes is yes; all no is no.

        Args:
            subject: the id of a party: what is known of this one alone.
        """
        told: dict[str, e.Answer] = {}
        for event in self.of(e.SituationRecorded):
            situation = cast(e.SituationRecorded, event.fact)
            if fact in situation.facts and subject in ("", situation.subject):
                told[situation.subject] = situation.facts[fact]
        if "yes" in told.values():
            return "yes"
        return "no" if told and set(told.values()) == {"no"} else "not known"


def read_case(events: Sequence[e.Event], *, with_corrections: bool = True) -> Case:
    """Return the case that these events make.

    Redactions are read first, then corrections, each in the place of the entry it is about; the day of a corrected
    entry is the corrected one.

    Args:
        events: one stream's events in order, the first naming parties or raising the concern.
        with_corrections: False reads every entry as first recorded, to show the dates it gave then.
    """
    read = {event.sequence: event for event in events}
    restate(read, REDACTIONS)
    if with_corrections:
        restate(read, CORRECTIONS)
    stream = events[0].stream
    return Case(stream, tuple(read[event.sequence] for event in events))
