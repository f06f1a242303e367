"""A partnership's escalation policy as data: one edition, its doubts with every reading, and which is followed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from escalate.core import ladder
from escalate.core.policy_items import (
    FORCES,
    Band,
    Clock,
    Duty,
    Ending,
    FactAsked,
    FirstDay,
    Force,
    FormUse,
    Header,
    Item,
    Obliging,
    Prompt,
    Report,
    RiskEffect,
    RouteAway,
    Source,
    Stage,
    StraightUp,
    Theme,
)
from escalate.core.policy_people import Constraint, Contact, Post, RoleLine, ToFillIn

__all__ = [
    "FORCES",
    "IMMEDIATE_RISK",
    "Band",
    "Clock",
    "Constraint",
    "Contact",
    "Doubt",
    "Duty",
    "Ending",
    "FactAsked",
    "Force",
    "FormUse",
    "Header",
    "Item",
    "Obliging",
    "Policy",
    "Post",
    "Prompt",
    "Reading",
    "Report",
    "RiskEffect",
    "RoleLine",
    "RouteAway",
    "Source",
    "Stage",
    "StraightUp",
    "Theme",
    "ToFillIn",
    "follow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read the source, and what the items `about` would say under it.

    `force` moves the act to that force.
    """

    says: str
    clause: str
    within: str = ""
    from_: tuple[str, ...] = ()
    title: str = ""
    when: tuple[str, ...] = ()
    who: str = ""
    to: str = ""
    offered_at: tuple[str, ...] = ()
    owed_at: tuple[str, ...] = ()
    owed_when: tuple[str, ...] = ()
    effect: str = ""
    if_: tuple[str, ...] = ()
    force: Force | None = None
    binding: bool | None = None
    first_day: FirstDay | None = None
    names: str = ""

    @property
    def changes(self) -> dict[str, object]:
        """What the reading puts into the item: every field it fills but the words of the reading itself."""
        names = (f.name for f in dataclasses.fields(self) if f.name not in ("says", "clause"))
        return {name: value for name in names if (value := getattr(self, name)) not in ("", (), None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt(Item):
    """A contradiction or an ambiguity of the source: both readings kept, one followed, and why.

    `about` is the id of a clock, duty, stage or form, several of them, or the words "immediate risk"; the followed
    reading's values are put into those items when the policy is read.
    """

    id: str
    about: str | tuple[str, ...]
    readings: Mapping[str, Reading]
    followed: str
    because: str

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of the items it is about."""
        return (self.about,) if isinstance(self.about, str) else self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One edition of one partnership's policy, as its file says it (`files.policies.loading` reads one)."""

    policy: Header
    stage: tuple[Stage, ...]
    clock: tuple[Clock, ...] = ()
    duty: tuple[Duty, ...] = ()
    fact: tuple[FactAsked, ...] = ()
    immediate_risk: tuple[RiskEffect, ...] = ()
    straight_up: tuple[StraightUp, ...] = ()
    route_out: tuple[RouteAway, ...] = ()
    theme: tuple[Theme, ...] = ()
    prompt: tuple[Prompt, ...] = ()
    contact: tuple[Contact, ...] = ()
    role: tuple[RoleLine, ...] = ()
    post: tuple[Post, ...] = ()
    constraint: tuple[Constraint, ...] = ()
    band: tuple[Band, ...] = ()
    to_fill_in: tuple[ToFillIn, ...] = ()
    form: tuple[FormUse, ...] = ()
    ending: tuple[Ending, ...] = ()
    report: tuple[Report, ...] = ()
    contradiction: tuple[Doubt, ...] = ()
    ambiguity: tuple[Doubt, ...] = ()
    name: str = field(default="", compare=False)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        return self.contradiction + self.ambiguity

    def stage_of(self, stage: str) -> Stage | None:
        return next((one for one in self.stage if one.id == stage), None)

    def after(self, stage: str) -> tuple[str, ...]:
        """Return the stages that may follow `stage`; several where a person chooses, none from the last."""
        return ladder.stages_after(self.stage, stage)

    def above(self, stage: str) -> tuple[str, ...]:
        """Return every stage that can be reached from `stage`, in file order."""
        return ladder.stages_above(self.stage, stage)

    def is_above(self, stage: str, other: str) -> bool:
        """Return whether `stage` is a higher rung than `other`, on its branch."""
        return stage in self.above(other)

    @property
    def first_stage(self) -> str:
        return self.stage[0].id

    def opened_at(self, *, at_risk: bool) -> str:
        """Return the stage a case is opened at: the first, or a higher one at immediate risk, by some policies."""
        higher = next((one.to for one in self.immediate_risk if one.effect == "start higher"), "")
        return higher if at_risk and higher else self.first_stage

    @property
    def last_stages(self) -> tuple[str, ...]:
        return ladder.last_stages(self.stage)

    def say_stage(self, *stages: str) -> str:
        """Return "stage 2", "steps 2, 3 and 4", by the policy's own word."""
        return ladder.say_stages(self.policy.called, *stages)

    def resolving(self, stage: str) -> tuple[Clock, ...]:
        """Return the clocks by which this stage is to be resolved, those it shares with others among them."""
        return tuple(clock for clock in self.clock if clock.resolves and stage in clock.stages)

    def ending_at(self, stage: str) -> Ending | None:
        return next((one for one in self.ending if one.stage == stage), None)

    def prompts_at(self, occasion: str) -> tuple[Prompt, ...]:
        """Return what to keep in mind on an occasion ("raise", "record", "resolve", or a stage's id), and always."""
        return tuple(one for one in self.prompt if occasion in one.at or "always" in one.at)

    def contact_of(self, contact: str) -> Contact | None:
        return next((one for one in self.contact if one.id == contact), None)

    @property
    def contacts_at_risk(self) -> tuple[Contact, ...]:
        """The contacts of what is owed at immediate risk, in the order of the file, each once."""
        named = [duty.contact for duty in self.duty if duty.is_of_risk]
        return tuple(one for name in dict.fromkeys(named) if (one := self.contact_of(name)))

    def doubts_about(self, item: str) -> tuple[Doubt, ...]:
        return tuple(doubt for doubt in self.doubts if item in doubt.items)


IMMEDIATE_RISK = "immediate risk"
"""What a doubt is about that concerns the effects of immediate risk: they have no id."""
ITEMS_READ_TWO_WAYS = ("clock", "duty", "stage", "form", "immediate_risk")


def follow(policy: Policy, readings: Mapping[str, str] | None = None) -> Policy:
    """Return the policy with each followed reading's values put into the item it is about.

    Args:
        readings: doubt id to the reading to follow instead of the file's own, to see what it would give.
    """
    chosen = readings or {}
    tables: dict[str, list[Any]] = {table: list(getattr(policy, table)) for table in ITEMS_READ_TWO_WAYS}
    places = [(_id_of(item), items, place) for items in tables.values() for place, item in enumerate(items)]
    for doubt in policy.doubts:
        changes = doubt.readings[chosen.get(doubt.id, doubt.followed)].changes
        for name, items, place in places:
            if name in doubt.items:
                items[place] = dataclasses.replace(items[place], **_fitting(items[place], changes))
    read: dict[str, Any] = {table: tuple(items) for table, items in tables.items()}
    return dataclasses.replace(policy, **read)


def _id_of(item: object) -> str:
    if isinstance(item, RiskEffect):
        return IMMEDIATE_RISK
    return item.form if isinstance(item, FormUse) else str(getattr(item, "id", ""))


def _fitting(item: object, changes: Mapping[str, object]) -> dict[str, object]:
    names = {f.name for f in dataclasses.fields(item)}  # type: ignore[arg-type]
    fitting = {name: value for name, value in changes.items() if name in names}
    if isinstance(item, Obliging) and (force := changes.get("force")):
        fitting |= dict.fromkeys(FORCES, "")
        fitting[str(force)] = item.act
    return fitting
