"""The items of a partnership's escalation policy: the shapes of its file's tables, each with the clause it comes from.

`core.policy` puts them together; `files.policy_files` reads them, `core.policy_checks` says what is wrong with one.
Every `rule` is the id under which the rule is traced from source to test; `clause` its place in the source. "Ours" in
a clause marks a reading the source does not state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Force = Literal["must", "should", "will", "may", "consider"]
FORCES: tuple[Force, ...] = ("must", "should", "will", "may", "consider")
Party = Literal["raising", "receiving", "both", "partnership"]
Rule = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The published document an edition was read from."""

    document: str
    published_on: date | None = None
    history: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the edition is: whose, since when, from which document."""

    partnership: str
    title: str
    edition: str
    prefix: str
    nation: Literal["England", "Wales", "Scotland", "Northern Ireland"]
    in_force_from: date
    source: Source
    clause: str
    rule: Rule = ()
    superseded_on: date | None = None
    review_due: date | None = None
    aim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every table of a policy file carries."""

    clause: str
    rule: Rule = ()

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.rule,) if isinstance(self.rule, str) else self.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Item):
    """A rung of the ladder, in file order; `between` says who speaks to whom."""

    id: str
    title: str
    between: tuple[str, str]
    informal: bool = False
    stand_in: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obliging(Item):
    """Somebody's act with the source's own force: exactly one of must, should, will, may, consider is filled."""

    id: str
    who: str
    side: Party
    must: str = ""
    should: str = ""
    will: str = ""
    may: str = ""
    consider: str = ""
    within: str = ""
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
    `binding`: false where the source calls its time a guide.
    """

    stage: str
    resolves: bool = False
    binding: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Obliging):
    """Something owed when `when` happens, if every fact in `if_` holds; closed by evidence, never by a command.

    `by`: due with that clock (its date). `recorded`: answers which, once given, are the evidence. `form`: the form
    by which it is done. `to`: whom it is owed to. `contact`: the id of the contact to reach them by.
    """

    when: tuple[str, ...]
    to: str = ""
    if_: tuple[str, ...] = ()
    by: str = ""
    recorded: tuple[str, ...] = ()
    form: str = ""
    contact: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEffect(Item):
    """What immediate risk does to the ladder; the duties it creates have `when = "immediate risk"`."""

    effect: Literal["clocks become guides", "leave the ladder"]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightUp(Item):
    """A way past stages: on this ground, from these stages to that one, and no departure."""

    ground: Literal["immediate risk", "significant policy issue"]
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

    kind: Literal["allegation", "whistleblowing", "complaint", "own agency", "conference"]
    what: str
    go_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Item):
    """An area of disagreement, from the policy's own list."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt(Item):
    """Guidance shown at the moments named: "raise", "record", "always", or a stage's id."""

    at: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    """A post and how to reach it, as printed in the source until somebody confirms it."""

    id: str
    title: str
    also_called: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormUse(Item):
    """When a form is offered or owed, and to whom it goes. `form` names its definition."""

    form: str
    title: str
    to: str
    contact: str = ""
    offered_at: tuple[str, ...] = ()
    owed_at: tuple[str, ...] = ()
    owed_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Item):
    """Who ends the ladder, how far they bind the agencies, and what is recorded of the answer."""

    stage: str
    who: str
    does: Literal["recommends", "decides", "mediates"]
    binding: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Item):
    """Who reports what to which group, how often."""

    group: str
    says: str
    cadence: str
