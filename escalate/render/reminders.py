"""Reminders as messages: what stands in each, as an e-mail that opens as a draft, and the page that says what there is.

No subject and no file name holds anything but references and days.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from escalate.core.owing_people import Owing
from escalate.core.views import DueItem
from escalate.render.console import Screen
from escalate.render.days import format_count, format_day
from escalate.render.owed_words import to_do

LeftOut = Literal["without a date", "whose is not known", "may be done", "closed", "overtaken", "not told"]
_IS_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_NO_SUBJECT = "Reminder: what is owed"
_MOST_IN_SUBJECT = 3


class Reminded(Protocol):
    """One item that somebody is reminded of, and its case."""

    @property
    def reference(self) -> str: ...
    @property
    def their_reference(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def item(self) -> DueItem: ...
    @property
    def about(self) -> str: ...
    @property
    def stands(self) -> str: ...
    @property
    def told_on(self) -> date | None: ...
    @property
    def working_days_late(self) -> int | None: ...


class Found(Protocol):
    """What is in no message, and what is first to be done; as `casework.reminding.Reminders` says it."""

    @property
    def left_out(self) -> Mapping[LeftOut, int]: ...
    @property
    def ours(self) -> int: ...
    @property
    def of_both(self) -> int: ...
    @property
    def untold(self) -> Sequence[str]: ...
    @property
    def answer_first(self) -> Sequence[str]: ...


class Before(NamedTuple):
    """What lies in the folder from before: older drafts that somebody edited, and those of which nothing holds now."""

    edited: Sequence[Path] = ()
    stale: Sequence[Path] = ()


class Sender(NamedTuple):
    """Whoever set up this record: a name with its post, the agency, and an e-mail address where one is recorded."""

    signature: str = ""
    name: str = ""
    agency: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One drafted message. `file` is where it was written, None where it was only shown."""

    to: Owing
    references: tuple[str, ...]
    items: tuple[DueItem, ...]
    subject: str
    body: str
    file: Path | None = None


def reminder_words(to: Owing, reminded: Sequence[Reminded], sender: Sender, today: date) -> dict[str, str]:
    """Return the words of a reminder by the names that its template uses."""
    references = sorted({one.reference for one in reminded})
    return {
        "references": _some(references),
        "several": "yes" if len(references) > 1 else "",
        "person": to.person,
        "role": to.role,
        "owing": to.agency or to.person,
        "was_earlier": "yes" if to.was_earlier and to.person else "",
        "both": "yes" if all(one.item.is_both for one in reminded) else "",
        "with_us": "yes" if all(_is_ours_too(one.item) for one in reminded) else "",
        "owed": _owed(reminded, today),
        "today": format_day(today),
        "sender": sender.signature,
        "agency": sender.agency,
    }


def _some(references: Sequence[str]) -> str:
    more = len(references) - _MOST_IN_SUBJECT
    return ", ".join(references[:_MOST_IN_SUBJECT]) + (f" and {more} more" if more > 0 else "")


def subject_and_body(message: str) -> tuple[str, str]:
    """Return a drafted message's subject, from its first line, and the rest of it."""
    first, _, rest = message.partition("\n")
    if not first.casefold().startswith("subject:"):
        return _NO_SUBJECT, message
    return " ".join(first.partition(":")[2].split()) or _NO_SUBJECT, rest.lstrip("\n")


def draft_email(drafted: Drafted, sender: Sender) -> bytes:
    """Return the message as a mail program opens it: as a draft, unsent, without a date.

    To and From are left out where no usable address is recorded.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    for header, name, email in (("From", sender.name, sender.email), ("To", drafted.to.person, drafted.to.email)):
        if is_address(email):
            message[header] = Address(" ".join(name.split()), addr_spec=email.strip())
    message["Subject"] = drafted.subject
    message.set_content(drafted.body, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def is_address(email: str) -> bool:
    """Return whether an e-mail address is one that mail programs take."""
    return _IS_ADDRESS.fullmatch(email.strip()) is not None


def _owed(reminded: Sequence[Reminded], today: date) -> str:
    blocks = []
    number = 0
    for _, of_case in groupby(sorted(reminded, key=lambda one: one.reference), key=lambda one: one.reference):
        held = list(of_case)
        theirs = f" (where it was raised: {held[0].their_reference})" if held[0].their_reference else ""
        lines = [f"Our reference {held[0].reference}{theirs}. {held[0].policy}"]
        lines += [held[0].stands] if held[0].stands else []
        for one in held:
            number += 1
            lines += _lines(number, one, today)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _lines(number: int, one: Reminded, today: date) -> list[str]:
    item, act = one.item, to_do(one.item)
    said = (
        f"With: {one.about}." if one.about else "",
        _due(one, today),
        f"You were told on {format_day(one.told_on)}, when that day had passed." if one.told_on else "",
        f"Waiting since {format_day(item.since_on)}." if item.since_on and item.since_on < today else "",
        f"Both sides owe it{': you and we' if _is_ours_too(item) else ''}." if item.is_both else "",
        f"Clause: {item.clause}." if item.clause else "",
    )
    return [f"{number}. {act[:1].upper()}{act[1:].rstrip('.')}.", *(f"   {line}" for line in said if line)]


def _is_ours_too(item: DueItem) -> bool:
    """Return whether both sides owe it and one of them is whoever keeps this record."""
    return item.is_both and item.side == "ours"


def _due(one: Reminded, today: date) -> str:
    item = one.item
    if item.due_on is None:
        return ""
    at = f", by {item.due_time}" if item.due_time else ""
    guide = " This date is a guide." if item.is_guide else ""
    if (late := (today - item.due_on).days) > 0:
        return f"Due: {format_day(item.due_on)}{at}, {_ago(late, one.working_days_late)}.{guide}"
    return f"Due: {'today, ' if not late else ''}{format_day(item.due_on)}{at}.{guide}"


def _ago(days: int, working_days: int | None) -> str:
    """Return how long ago it was due, always in days of a kind: in working days too where the clause counts them."""
    calendar_days = format_count(days, "calendar day")
    if working_days is None:
        return f"{calendar_days} ago"
    if not working_days:
        return f"{calendar_days} ago, and no working day since"
    said = format_count(working_days, "working day")
    return f"{said} ago" if working_days == days else f"{said} ({calendar_days}) ago"


def show_reminders(
    screen: Screen,
    drafted: Sequence[Drafted],
    found: Found,
    asked: str,
    before: Before | None,
) -> None:
    """Say what was drafted for whom, or show each message whole, and what is in none of them.

    Args:
        asked: what was looked for: "overdue or due today".
        before: what lies in the folder from before; None where nothing was written, and so each is shown whole.
    """
    screen.say((f"{format_count(len(drafted), 'reminder')} of what others owe: {asked}.", "heading"))
    if found.answer_first:
        answers = "Our own answer is overdue in" if len(found.answer_first) == 1 else "Our own answers are overdue in"
        screen.say((f"First: {answers} {_some(found.answer_first)}: escalate due --mine", "strong"), hang=2)
    for one in drafted:
        screen.gap()
        screen.say((_to(one.to), "strong"), hang=2)
        if before is None:
            screen.user(f"Subject: {one.subject}\n\n{one.body.rstrip()}")
        else:
            screen.say(f"{format_count(len(one.items), 'item')}: {', '.join(one.references)}", indent=2, hang=2)
        if one.file:
            screen.say(f"file: {one.file}", indent=2, hang=2)
    screen.gap()
    if drafted and (written := drafted[0].file):
        screen.say(f"Written in: {written.parent}", hang=2)
    unnamed = Counter(one.to.agency for one in drafted if not one.to.person)
    for agency, count in unnamed.items():
        if count > 1:
            screen.say(f"{count} to {agency}, where nobody is named: {_SPLIT}", hang=2)
    for why, said in _LEFT_OUT.items():
        if count := found.left_out.get(why, 0):
            screen.say(f"In none of them: {count} {said}", hang=2)
    if count := found.left_out.get("not told", 0):
        screen.say(
            f"Not reminded, because you have not recorded telling them: {count} in {_some(found.untold)}"
            f" (escalate record {found.untold[0]})",
            hang=2,
        )
    if found.ours:
        both = f" ({found.of_both} of them both sides owe)" if found.of_both else ""
        screen.say(f"We owe {found.ours} ourselves{both}, {asked}: escalate due --mine", hang=2)
    _say_before(screen, before or Before())


def _say_before(screen: Screen, before: Before) -> None:
    if before.edited:
        names = ", ".join(path.name for path in before.edited)
        screen.say(f"Kept beside the new one, because it was edited: {names}", hang=2)
    if before.stale:
        names = ", ".join(path.name for path in before.stale)
        hold, them = ("holds", "it") if len(before.stale) == 1 else ("hold", "them")
        screen.say(f"No longer {hold}: {format_count(len(before.stale), 'file')}: {names}; remove {them}", hang=2)


_SPLIT = "a message never mixes cases in which other agencies take part."
_LEFT_OUT: dict[LeftOut, str] = {
    "without a date": "that others owe without a date: escalate due --by-person",
    "whose is not known": "of which nobody knows whose it is: escalate due --by-person",
    "may be done": "that others may do and need not",
    "closed": "of cases that are closed: escalate remind --closed",
    "overtaken": "of a stage that the case has left by going up",
}


def _to(to: Owing) -> str:
    who = ", ".join(part for part in (to.person, to.role, to.agency) if part)
    nobody = "" if to.person else " (nobody there is named: say to whom)"
    if is_address(to.email):
        return f"{who}{nobody}, {to.email.strip()}"
    return f"{who}{nobody}; {'what is recorded as their e-mail is none' if to.email else 'no e-mail is recorded'}"
