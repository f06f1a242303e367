"""Interviews that were begun and left, as a list: through DB-API, and without any name.

Of whom a case would be about, initials are told; of a theme, the theme.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from escalate.core.answers import Answers, answers_from_plain
from escalate.core.references import initials
from escalate.store.drafts import Draft, Unreadable, all_drafts
from escalate.store.readers import rows

_ONLY_OFFERED = "~"
"""What stands before the key of an answer that was gone back over, or half typed: it is offered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLeft:
    """One draft: its verb, of which case and about whom, when it was left, how many answers it has; never a name.

    `about` is the children's initials or the theme, "" where neither is answered yet. `stage_title` is of the case.

    `reference` is "" before there is a case, or where the case is not here any more; `state` is the case's. `policy` is
    the edition that a case not opened yet was to be raised under, "" where that is not answered. `recorded_as` is the
    reference of the case that its answers were recorded in already, "" where they were not. One that cannot be read
    has no `updated_at`.
    """

    id: str
    verb: str
    stream: str
    reference: str
    state: str
    policy: str
    answers: int
    updated_at: str
    recorded_as: str = ""
    about: str = ""
    stage_title: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether escalate wrote it as it stands; what somebody else wrote there can only be forgotten."""
        return bool(self.updated_at)

    @property
    def has_lost_its_case(self) -> bool:
        """Whether it is about a case that is not here any more.

        A form being read in is about a file, and a case to be opened from one about whatever the form was of.
        """
        opens_a_case = self.verb.partition(" ")[0] == "raise"
        return bool(self.stream) and not self.reference and not self.needs_its_file and not opens_a_case

    @property
    def needs_its_file(self) -> bool:
        """Whether it can only be gone on with by giving the form again that it is about."""
        return self.verb == "receive"


def drafts_left(con: sqlite3.Connection) -> list[DraftLeft]:
    """Return the drafts that hold an answer, and those that cannot be read, the latest first."""
    return [draft_left(con, one) for one in all_drafts(con) if isinstance(one, Unreadable) or one.answers]


def about_whom(answers: Answers) -> str:
    """Return whom a case not opened yet would be about: the children's initials, or its theme; "" if not answered."""
    told = ", ".join(initials(entry.text("name")) for entry in answers.entries("children") if entry.text("name"))
    return told or answers.text("theme")


def recorded_as(con: sqlite3.Connection, event_id: str) -> str:
    """Return the reference of the case in which a draft's first entry is recorded already; "" where it is in none."""
    found = rows(con, "SELECT reference FROM ledger JOIN case_view USING (stream) WHERE ledger.id = ?", (event_id,))
    return str(found[0]["reference"]) if found else ""


def draft_left(con: sqlite3.Connection, one: Draft | Unreadable) -> DraftLeft:
    """Return how one draft is listed."""
    if isinstance(one, Unreadable):
        return DraftLeft(
            id=one.id, verb=one.verb, stream="", reference="", state="", policy="", answers=0, updated_at=""
        )
    case = rows(con, "SELECT reference, state, subject, stage_title FROM case_view WHERE stream = ?", (one.stream,))
    policy = one.answers.get("policy")
    return DraftLeft(
        id=one.id,
        verb=one.verb,
        stream=one.stream,
        reference=str(case[0]["reference"]) if case else "",
        state=str(case[0]["state"]) if case else "",
        policy=policy if isinstance(policy, str) else "",
        answers=len({key.removeprefix(_ONLY_OFFERED) for key in one.answers}),
        updated_at=one.updated_at,
        recorded_as=recorded_as(con, one.event_id),
        stage_title=str(case[0]["stage_title"]) if case else "",
        about=str(case[0]["subject"]) if case else about_whom(answers_from_plain(one.answers)),
    )
