"""Duties of a case: what each moment makes somebody owe, under which facts, until which evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.due import occasions_of, sending
from escalate.core.logged import began_before
from escalate.core.moments import REPEATING, Occurrence, parse_moment
from escalate.core.owed import Owed, Working
from escalate.core.policy import Duty, Policy
from escalate.core.policy_items import Recorded
from escalate.core.reckoning import Reckoning
from escalate.core.same_agency import agency_in_case
from escalate.core.unsaid import completed_by

RECORDED: Mapping[Recorded, str] = {
    "concern": "the concern",
    "risk_to_child": "the risk to the child",
    "nature": "the nature of the disagreement",
    "outcome_wanted": "the outcome wanted",
    "they_want": "what the other side wants to achieve",
    "evidence": "the evidence",
    "decision": "the decision",
    "urgency": "how urgent it is",
}
"""Answers of the raise that can be a duty's evidence, and what they are called."""


@dataclass(frozen=True)
class Duties:
    """The duties of one case under one policy; `reckoning` answers for the clocks they follow from."""

    case: Case
    policy: Policy
    reckoning: Reckoning

    def owed(self) -> Iterator[Owed]:
        """Yield the policy's duties in the order of its file, then the agreed actions and the dates to answer."""
        for duty in self.policy.duty:
            for key, agency, trigger in self._triggers(duty):
                if self._may_hold(duty, agency) and not self._is_of_before(duty, trigger):
                    yield self._settled(self._duty(duty, key, agency, trigger), duty)
        yield from self._forms()
        yield from self._actions()
        yield from self._proposals()

    def _forms(self) -> Iterator[Owed]:
        """Yield the sending of each form that the policy owes and no duty of it speaks of: once for each occasion."""
        spoken_of = {duty.form for duty in self.policy.duty}
        for use in (one for one in self.policy.form if one.form not in spoken_of):
            for written, occasion in occasions_of(use, self.case, self.reckoning.called):
                duty = Duty(
                    id=sending(use.form),
                    when=(written,),
                    who=self.case.name_of(self.case.raised.raising_agency),
                    side="raising",
                    should=f"send {use.title}",
                    to=use.to,
                    form=use.form,
                    contact=use.contact,
                    rule=use.rule,
                    clause=use.clause,
                )
                key = f"{duty.id}#{self.case.entry_name(occasion.entry)}"
                yield self._answered_for(self._duty(duty, key, "", occasion))

    def _is_of_before(self, duty: Duty, trigger: Occurrence) -> bool:
        """Return whether the agencies owed it at a stage before the one at which the partnership logged the case."""
        is_theirs = duty.side != "partnership" and not trigger.is_missed
        return is_theirs and began_before(self.case, self.policy, trigger.entry)

    def _may_hold(self, duty: Duty, agency: str) -> bool:
        """Return whether its facts hold or may hold: any of `if`, and every one of `if_all`."""
        any_of = [self._known(fact, agency) for fact in duty.if_]
        all_of = [self._known(fact, agency) for fact in duty.if_all]
        return (not any_of or set(any_of) != {"no"}) and "no" not in all_of

    def _known(self, fact: str, agency: str) -> e.Answer:
        """Return what is known of a fact: of this agency, where it is one about agencies and the duty is each one's."""
        about = next((one.about for one in self.policy.fact if one.id == fact), "")
        if about == "child" and not self.case.raised.children:
            return "no"  # it is about practice: there is no child of whom it could be so
        is_of_agencies = about == "agency"
        return self.case.known(fact, agency if is_of_agencies else "")

    def _condition(self, duty: Duty, agency: str) -> str:
        """Return what somebody must still find out before the duty is certain, as questions."""
        asks = {fact.id: fact.ask for fact in self.policy.fact}
        any_of = {fact: self._known(fact, agency) for fact in duty.if_}
        open_ones = [asks.get(fact, fact) for fact, answer in any_of.items() if answer == "not known"]
        either = [] if "yes" in any_of.values() else [" or ".join(open_ones)]
        each = [asks.get(fact, fact) for fact in duty.if_all if self._known(fact, agency) == "not known"]
        return "; ".join(words for words in (*either, *each) if words)

    def _triggers(self, duty: Duty) -> Iterator[tuple[str, str, Occurrence]]:
        """Yield (key, agency, occurrence): each occurrence of a repeating moment, else the earliest for each agency."""
        for agency in self.case.raised.receiving_agencies if duty.each != "case" else ("",):
            key = self.reckoning.key(duty.id, agency)
            once: list[Occurrence] = []
            repeated: dict[str, Occurrence] = {}
            for moment in map(parse_moment, duty.when):
                starts = self.reckoning.starts(moment, agency, "")
                found = [one for one in starts if not self._owes_nothing_of(one, agency)]
                if moment.kind in REPEATING:
                    repeated |= {f"{key}#{self.case.entry_name(one.entry)}": one for one in found}
                else:
                    once += found
            for name, occurrence in repeated.items():
                yield name, agency, occurrence
            if once:
                yield key, agency, min(once, key=lambda one: (one.on, one.entry))

    def _owes_nothing_of(self, occasion: Occurrence, agency: str) -> bool:
        """Return whether what happened to all came after it was resolved with this agency."""
        is_to_all = bool(agency) and not occasion.agency
        return is_to_all and self.case.is_resolved_before(agency, occasion.entry)

    def _duty(self, duty: Duty, key: str, agency: str, trigger: Occurrence) -> Owed:
        owed = Owed(
            key=key,
            sort="duty",
            agency=agency,
            to=duty.to,
            form=duty.form,
            contact=duty.contact,
            evidence=duty.evidence,
            condition=self._condition(duty, agency),
            since_on=trigger.on,
            about=f"{trigger.said}, {trigger.on:%d/%m/%Y}" if "#" in key else "",
            shows_from=trigger.on + timedelta(days=1) if trigger.is_missed else None,
            **duty.words,  # type: ignore[arg-type]  # side is a Party
        )
        if duty.by:
            return self._by(owed, duty, agency)
        if duty.before:
            return self._before(owed, duty, trigger)
        if duty.within or duty.by_band:
            timed = self.reckoning.timed(owed, duty, agency, trigger)
            return dataclasses.replace(timed, shows_from=owed.shows_from)
        why = "the policy states no time"
        owed = dataclasses.replace(owed, no_date=why, working=Working(start_on=trigger.on, started_by=trigger.said))
        return self.reckoning.timed_by_agreement(owed, duty, trigger)

    def _before(self, owed: Owed, duty: Duty, trigger: Occurrence) -> Owed:
        """Return a duty due before a stage is entered: due on the day it is, or is passed over; until then undated.

        Where the case ends below that stage, or goes another way, it falls away.
        """
        case, policy = self.case, self.policy
        called = self.policy.say_stage(duty.before)
        working = Working(start_on=trigger.on, started_by=trigger.said, notes=(f"it is due before {called}",))
        reached = next((x for x in case.stage_entries if self._is_at_or_above(x, duty.before)), None)
        if reached:
            on = reached.occurred_on
            dated = dataclasses.replace(owed, due_on=on, policy_due_on=on, working=working)
            return self.reckoning.timed_by_agreement(dated, duty, trigger)
        why = f"it is owed before {called} is entered"
        undated = self.reckoning.timed_by_agreement(
            dataclasses.replace(owed, no_date=why, working=working), duty, trigger
        )
        if undated.is_open and case.ended_on:
            return dataclasses.replace(undated, closed_on=case.ended_on, closed_how=f"the case ended before {called}")
        if undated.is_open and not policy.is_above(duty.before, case.stage):
            on = case.stage_entries[-1].occurred_on
            return dataclasses.replace(undated, closed_on=on, closed_how=f"the case did not go to {called}")
        return undated

    def _is_at_or_above(self, entry: e.Event, stage: str) -> bool:
        entered = cast(e.StageEntered, entry.fact).stage
        return entered == stage or self.policy.is_above(entered, stage)

    def _by(self, owed: Owed, duty: Duty, agency: str) -> Owed:
        clock = self.reckoning.deadline(duty.by, agency)
        if clock is None:
            return dataclasses.replace(owed, no_date="its clock does not run")
        notes = (f"it is due with {clock.key}: {clock.act}", *clock.working.notes)
        owed = dataclasses.replace(
            owed,
            due_on=clock.due_on,
            due_time=clock.due_time,
            policy_due_on=clock.policy_due_on,
            no_date=clock.no_date,
            is_guide=clock.is_guide,
            shows_from=owed.shows_from or clock.shows_from,
            working=dataclasses.replace(clock.working, notes=notes),
        )
        return self.reckoning.timed_by_agreement(owed, duty, None)

    def _settled(self, owed: Owed, duty: Duty) -> Owed:
        """Return the duty closed by what was recorded of it, if anything was."""
        owed = self._answered_for(owed)
        if not owed.is_open or not duty.recorded:
            return owed
        lacking = [RECORDED[name] for name in duty.recorded if not self._is_recorded(name)]
        if lacking:
            return dataclasses.replace(owed, evidence=f"not known yet: {', '.join(lacking)}")
        judged = self.case.latest(e.UrgencyJudged) if "urgency" in duty.recorded else None
        entry = judged or completed_by(self.case, duty.recorded)
        how = "recorded when the case was raised" if entry is self.case.opening else "recorded"
        return dataclasses.replace(owed, closed_on=entry.occurred_on, closed_how=how)

    def _answered_for(self, owed: Owed) -> Owed:
        """Return what is owed, closed where somebody has recorded that it was done or does not apply."""
        done = [x for x in self.case.of(e.DutyDone) if cast(e.DutyDone, x.fact).item == owed.key]
        if done:
            return dataclasses.replace(owed, closed_on=done[0].occurred_on, closed_how="done")
        if owed.key in self.case.not_applicable:
            on = self.case.not_applicable[owed.key].occurred_on
            return dataclasses.replace(owed, closed_on=on, closed_how="recorded as not applicable")
        return owed

    def _is_recorded(self, name: Recorded) -> bool:
        return bool(self.case.band if name == "urgency" else getattr(self.case.raised, name))

    def _actions(self) -> Iterator[Owed]:
        for agreed in self.case.actions:
            is_over = self.case.is_over(agreed)
            yield Owed(
                key=agreed.action.id,
                sort="action",
                agency=agreed.agency,
                party=self._party_of(agreed.action.owner),
                who=agreed.action.owner,
                act=agreed.action.what,
                due_on=agreed.action.by_on,
                no_date="" if agreed.action.by_on else "no date was agreed for this action",
                since_on=agreed.made_on,
                closed_on=(agreed.checked_on or agreed.made_on) if is_over else None,
                closed_how="checked" if is_over else "",
                evidence="checked: done in part" if agreed.checked and agreed.checked.was_done == "in part" else "",
                working=Working(start_on=agreed.made_on, started_by="the action was agreed, with its own date"),
            )

    def _party_of(self, owner: str) -> Literal["raising", "receiving", ""]:
        """Return the side of an action's owner, where the words name an agency of the case or one of its people."""
        said = owner.casefold()
        for party in self.case.parties.values():
            agency = party.agency if party.sort == "person" else party.party if party.sort == "agency" else ""
            if agency and party.name and party.name.casefold() in said and (side := self._side_of(agency)):
                return side
        return ""

    def _side_of(self, agency: str) -> Literal["raising", "receiving", ""]:
        """Return the side of an agency of the case; another installation may know the same one under another id."""
        raised, known = self.case.raised, agency_in_case(self.case, agency)
        if known == raised.raising_agency:
            return "raising"
        return "receiving" if known in raised.receiving_agencies else ""

    def _proposals(self) -> Iterator[Owed]:
        for event in self.case.of(e.TimescaleProposed):
            proposed = cast(e.TimescaleProposed, event.fact)
            key = f"{proposed.item}#{self.case.entry_name(event.sequence)}"
            closed_on, closed_how = self._answered(proposed.item, event.sequence, key)
            yield Owed(
                key=key,
                sort="proposal",
                who=proposed.proposed_by,
                act=f"answer the date proposed for {proposed.item}: {proposed.by_on.isoformat()}",
                since_on=event.occurred_on,
                no_date="the date was proposed and not agreed",
                closed_on=closed_on,
                closed_how=closed_how,
                working=Working(start_on=event.occurred_on, started_by="a date was proposed"),
            )

    def _answered(self, item: str, sequence: int, key: str) -> tuple[date | None, str]:
        """Return when and how a proposed date was answered: agreed, refused, or past mattering."""
        for event in self.case.of(e.TimescaleAgreed):
            if cast(e.TimescaleAgreed, event.fact).item == item and event.sequence > sequence:
                return event.occurred_on, "a date was agreed"
        if key in self.case.not_applicable:
            return self.case.not_applicable[key].occurred_on, "it was not agreed"
        return (self.case.ended_on, "the case ended") if self.case.ended_on else (None, "")
