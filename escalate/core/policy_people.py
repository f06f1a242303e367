"""Whom a policy names: posts and how to reach them, who goes to whom, who may not sit, and what is to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from escalate.core.policy_items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    """A post and how to reach it, as printed in the source until somebody confirms it."""

    id: str
    title: str
    also_called: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    confirmed_on: date | None = None
    confirmed_by: str = ""

    @property
    def line(self) -> str:
        """How to reach it, in one line, and whether anybody has confirmed it."""
        confirmed = f"confirmed {self.confirmed_on:%d/%m/%Y}" if self.confirmed_on else "as printed in the policy"
        return f"{reached_by(self.title, self.email, self.telephone)} ({confirmed})"


def reached_by(title: str, email: str, telephone: str) -> str:
    """Return how to reach a post, in one line, such as "FAO Safeguarding Team, team@exampleshire.example"."""
    return ", ".join(part for part in (f"FAO {title}", email, telephone) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine(Item):
    """Whom a worker in this role goes to, in their own agency: a line of the policy's role table."""

    role: str
    goes_to: tuple[str, ...]
    agency: str = ""
    stage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Item):
    """A post of the policy's directory: what it is called, in which agency, at which stage it acts."""

    title: str
    agency: str = ""
    stage: str = ""
    acts_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Item):
    """Who may not act at a stage: recorded as a departure where it happened otherwise, never refused."""

    id: str
    stage: str
    who: Literal["whoever chairs the meeting", "whoever decides"]
    not_from: Literal["an agency involved", "the agency raising the concern", "the agency receiving it"]
    says: str
    stand_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFillIn(Item):
    """What the source leaves to the partnership, or lost: asked for until `answer` is written.

    `stage`: the stage at which whoever records is asked for it, case by case, as long as there is no answer.
    """

    id: str
    asks: str
    stage: str = ""
    answer: str = ""
