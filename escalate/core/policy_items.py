"""The items of a partnership's escalation policy: the shapes of its file's tables, each with the clause it comes from.

`core.policy` puts them together; `files.policies.loading` reads them, `core.policy_checks` says what is wrong with one.
Every `rule` is the id under which the rule is traced from source to test; `clause` its place in the source. "Ours" in
a clause marks a reading the source does not state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Force = Literal["must", "should", "will", "may", "consider"]
FORCES: tuple[Force, ...] = ("must", "should", "will", "may", "consider")
Party = Literal["raising", "receiving", "both", "partnership"]
FirstDay = Literal["the day after", "the day itself"]
Nation = Literal["England", "Wales", "Scotland", "Northern Ireland"]
NATIONS: tuple[Nation, ...] = get_args(Nation)
Rule = str | tuple[str, ...]
Recorded = Literal[
    "concern", "risk_to_child", "nature", "outcome_wanted", "they_want", "evidence", "decision", "urgency"
]
"""Answers of a case that can be a duty's evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The published document an edition was read from."""

    document: str
    published_on: date | None = None
    history: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every table of a policy file carries."""

    clause: str
    rule: Rule = ()

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.rule,) if isinstance(self.rule, str) else self.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Item):
    """What the edition is: whose, since when, from which document.

    `called` is the policy's own word for a rung of its ladder. `extends` names the edition this one was written upon.
    The two `…_as_printed` say what the source prints where it gives no day, or none at all.
    """

    partnership: str
    title: str
    edition: str
    prefix: str
    nation: Nation
    source: Source
    called: Literal["stage", "step", "level", "tier"] = "stage"
    extends: str = ""
    in_force_from: date | None = None
    in_force_as_printed: str = ""
    superseded_on: date | None = None
    review_due: date | None = None
    review_as_printed: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Item):
    """A rung of the ladder, in file order; `between` says who speaks to whom.

    `then`: the rungs that may follow, where it is not simply the next in the file: several where a person chooses
    (`choose` says who, and by what), none where the ladder ends here.
    """

    id: str
    title: str
    between: tuple[str, str]
    informal: bool = False
    stand_in: str = ""
    how: str = ""
    then: tuple[str, ...] | None = None
    choose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obliging(Item):
    """Somebody's act with the source's own force: exactly one of must, should, will, may, consider is filled.

    `within` is its time, or `by_band` a time for each band of urgency. `first_day`: which day is the first counted.
    """

    id: str
    who: str
    side: Party
    must: str = ""
    should: str = ""
    will: str = ""
    may: str = ""
    consider: str = ""
    within: str = ""
    by_band: Mapping[str, str] = field(default_factory=dict)
    first_day: FirstDay = "the day after"
    from_: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    each: Literal["case", "receiving agency"] = "case"

    @property
    def force(self) -> Force:
        return next(force for force in FORCES if getattr(self, force))

    @property
    def act(self) -> str:
        return str(getattr(self, self.force))

    @property
    def words(self) -> dict[str, str]:
        """The words that everything owed by this item carries."""
        return {
            "item": self.id,
            "party": self.side,
            "who": self.who,
            "act": self.act,
            "force": self.force,
            "rule": " ".join(self.rules),
            "clause": self.clause,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Obliging):
    """A timescale attached to somebody's act in a stage, with the events it counts from (the earliest known).

    `resolves`: it is the stage's resolving clock, from which the next stage's is counted where that is sooner.
    `binding`: false where the source calls its time a guide. `over`: further stages that share this one time.
    `caps`: no resolving clock of its stages gives a later date than this one.
    """

    stage: str
    over: tuple[str, ...] = ()
    resolves: bool = False
    binding: bool = True
    caps: bool = False

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages it runs over: its own, then those that share its time."""
        return (self.stage, *self.over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Obliging):
    """Something owed when `when` happens; closed by evidence, never by a command.

    `if_`: only if any of these facts holds; `if_all`: only if every one of these does. What nobody knows yet leaves it
    owed "if …".

    `by`: due with that clock (its date). `before`: due before that stage is entered. `recorded`: answers which, once
    given, are the evidence. `form`: the form by which it is done. `to`: whom it is owed to. `contact`: the id of the
    contact to reach them by.
    """

    when: tuple[str, ...]
    to: str = ""
    if_: tuple[str, ...] = ()
    if_all: tuple[str, ...] = ()
    by: str = ""
    before: str = ""
    recorded: tuple[Recorded, ...] = ()
    form: str = ""
    contact: str = ""
    evidence: str = ""

    @property
    def is_of_risk(self) -> bool:
        """Whether it arises from an answer about immediate risk."""
        return bool({"immediate risk", "risk not sure"} & set(self.when))


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Item):
    """A band of urgency, the most urgent first in the file: clocks and duties may give each its own time."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEffect(Item):
    """What immediate risk does to the ladder; the duties it creates have `when = "immediate risk"`.

    `to`: the stage at which a case is opened, of the effect "start higher".
    """

    effect: Literal["clocks become guides", "leave the ladder", "start higher", "nothing changes"]
    says: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightUp(Item):
    """A way past stages: on this ground, from these stages to that one, and no departure.

    `ground`: "immediate risk", "significant policy issue", or the policy's own words for another.
    """

    ground: str
    from_: tuple[str, ...]
    to: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAsked(Item):
    """Something about the child, an agency or the case on which duties depend."""

    id: str
    about: Literal["child", "agency", "case"]
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAway(Item):
    """Where this policy does not apply and another route does."""

    kind: Literal["allegation", "whistleblowing", "complaint", "own agency", "conference", "serious incident", "other"]
    what: str
    go_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Item):
    """An area of disagreement, from the policy's own list."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt(Item):
    """Guidance shown at the moments named: "raise", "record", "resolve", "always", or a stage's id."""

    at: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormUse(Item):
    """When a form is offered or owed, and to whom it goes. `form` names its definition.

    `names`: how the child is named on it, by the policy. `obtained_from`: where to get it, for a form that escalate
    cannot fill.
    """

    form: str
    title: str
    to: str
    contact: str = ""
    offered_at: tuple[str, ...] = ()
    owed_at: tuple[str, ...] = ()
    owed_when: tuple[str, ...] = ()
    names: Literal["", "in full", "initials", "none"] = ""
    obtained_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Item):
    """Who ends the ladder, whether they bind the agencies (None where the source does not say), and what follows."""

    stage: str
    who: str
    does: Literal["recommends", "decides", "mediates"]
    binding: bool | None = None
    says: str

    @property
    def binds(self) -> bool:
        """Whether no agency's answer is needed: a decision that binds. A recommendation never does."""
        return self.does == "decides" and bool(self.binding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Item):
    """Who reports what to which group, how often; of which stages (all, where none is named), and what is left out."""

    group: str
    says: str
    cadence: str
    stages: tuple[str, ...] = ()
    only: Literal["", "resolved"] = ""
    leaves_out: str = ""
