"""`show`: one case, what is owed in it, and its chronology."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.agency_closures import AgencyClosure
from escalate.core.case import Case
from escalate.core.learning import learning_points
from escalate.core.owed import BEYOND
from escalate.core.views import DueItem
from escalate.files.policies.glance import PolicyGlance
from escalate.render.answer_labels import LEARNED_OF_IT_ON
from escalate.render.case_table import case_as_plain, days_since_concern, state_of
from escalate.render.chronology import WITH_CHECKS, entries_of, entry_as_plain, plain_fact, show_chronology
from escalate.render.closures_beside import closures_as_plain, closures_beside, sides_of, who_covers
from escalate.render.console import Column, Screen
from escalate.render.days import format_count, format_day
from escalate.render.due_table import item_as_plain
from escalate.render.names_in_case import Names
from escalate.render.owed_words import (
    Row,
    by_when,
    has_come,
    is_last_chance,
    plain_words,
    to_do,
    when_of,
    whose,
    working_of,
)
from escalate.render.unsaid_words import say_unsaid, unsaid_as_plain

_ORDER = ("overdue", "today", "no date", "this week", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything kept for reading about one case.

    Args:
        row: its line in the list. `events`: its entries as recorded. `case`: what they make, corrections read in.
        one_with: the references of the other cases of its escalation. `perhaps_one_with`: of those that may be.
        emergency: whom to telephone now: (what it is for, number).
        closures: those of any agency that are not over.
        own_chain: this record's own id, which marks the entries of others.
        labels: form id to what its fields are called, by id, of the forms that went out or came in.
    """

    today: date
    row: Row
    case: Case
    events: Sequence[e.Event]
    items: Sequence[DueItem]
    policy: PolicyGlance
    one_with: Sequence[str] = ()
    perhaps_one_with: Sequence[str] = ()
    emergency: tuple[tuple[str, str], ...] = ()
    closures: Sequence[AgencyClosure] = ()
    own_chain: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def open_items(self) -> list[DueItem]:
        """What is owed and to be shown today: overdue first, as `due` has it."""
        shown = [item for item in self.items if has_come(item, self.today)]
        return sorted(shown, key=lambda item: _ORDER.index(when_of(item, self.today)))

    @property
    def names(self) -> Names:
        return Names(
            parties=self.case.parties,
            stages=self.policy.stages,
            acts={item.key: to_do(item) for item in self.items},
            actions={agreed.action.id: agreed.action.what for agreed in self.case.actions},
            themes=self.policy.themes,
            forms=self.policy.forms,
            bands=self.policy.bands,
            called=self.policy.called,
            labels=self.labels,
            points={point.key: f'{point.number}, "{point.words}"' for point in learning_points(self.case)},
            sent={x.fact.issue: x.fact.answers for x in self.events if isinstance(x.fact, e.FormIssued)},
            has_removed=any(
                x.kind == e.PartyNamed.kind and not isinstance(x.fact, e.PartyNamed) for x in self.case.events
            ),
        )

    def by_when(self, item: DueItem, *, in_full: bool = False) -> list[Any]:
        """Return by when an item is owed, one thing to a line."""
        last_chance = is_last_chance(item, self.today)
        lines: list[Any] = list(by_when(item, self.today, is_last_chance=last_chance, in_full=in_full))
        lines += [note for note in working_of(item).get("notes", ()) if note.startswith(BEYOND)]
        return lines + who_covers(self.closures_beside(item))

    def closures_beside(self, item: DueItem) -> tuple[AgencyClosure, ...]:
        """Return the closures of whoever owes an item, until its date."""
        return closures_beside(item, sides_of(self.row), self.closures, self.today) if self.closures else ()


def show_case(screen: Screen, file: CaseFile) -> None:
    """Write the whole case: head, what is owed, chronology."""
    _write_head(screen, file)
    screen.heading("What is owed")
    write_owed(screen, file, file.open_items)
    say_unsaid(screen, file.case)
    screen.heading("Chronology")
    show_chronology(screen, entries_of(file.events, file.names, file.own_chain), file.names)
    _write_next(screen, file)


def write_owed(screen: Screen, file: CaseFile, items: Sequence[DueItem]) -> None:
    """Write items, one a row: by when, who must do what, whose it is and what it is called in `why` and `do`."""
    if not items:
        screen.say("Nothing." if file.open_items else "Nothing is owed.", indent=2)
        return
    if screen.kind == "terminal" and not screen.is_stacked:
        width = max(20, min(32, screen.width // 4))
        rows = [[file.by_when(item), [to_do(item), (f"{whose(item)}  ({item.key})", "quiet")]] for item in items]
        screen.table([Column("by when", width), Column("what")], rows, has_head=False)
        return
    for item in items:
        when = plain_words(file.by_when(item, in_full=True))
        screen.say((f"{when[:1].upper()}{when[1:]}: ", "strong"), f"{to_do(item)}.", indent=2, hang=2)
        owner = f"{whose(item)}  ({item.key})"
        if screen.kind == "spoken":
            owner = f"{owner[:1].upper()}{whose(item)[1:]}. Its name in do and why: {item.key}."
        screen.say((owner, "quiet"), indent=4)


def case_page_as_plain(file: CaseFile) -> dict[str, Any]:
    """Return the case as `--json` gives it: its line, everything owed or done, every entry, every name."""
    names = file.names
    between = file.policy.between.get(file.row["stage"], ("", ""))
    return {
        "today": file.today,
        "case": case_as_plain(file.row, file.today)
        | {
            "who_speaks": list(between),
            "risk": file.case.risk,
            "one_escalation_with": list(file.one_with),
            "perhaps_one_escalation_with": list(file.perhaps_one_with),
        },
        "items": [
            item_as_plain(item)
            | {
                "to_do": to_do(item),
                "says_when": plain_words(file.by_when(item, in_full=True)) if item.is_open else "",
                "closures": closures_as_plain(file.closures_beside(item)),
            }
            for item in file.items
        ],
        "chronology": [entry_as_plain(entry, names) for entry in entries_of(file.events, names, file.own_chain)],
        "not_said_yet": unsaid_as_plain(file.case),
        "parties": [plain_fact(party, file.names) for party in file.case.parties.values()],
    }


def _write_head(screen: Screen, file: CaseFile) -> None:
    row, policy = file.row, file.policy
    screen.say((f"{row['reference']}  {row['subject']}", "heading"))
    if row["state"] == "open" and file.case.risk != "no":
        _write_risk(screen, file)
    screen.say(f"{row['policy_name']}: {policy.title}, edition {policy.edition}", hang=2)
    entered = format_day(date.fromisoformat(row["stage_entered_on"]))
    state = state_of(row, file.today)
    screen.say(f"{row['stage_title']}, entered {entered}; ", (state, "strong"), hang=2)
    if row["stage"] in policy.between and row["state"] == "open":
        here, there = policy.between[row["stage"]]
        stand_in = policy.stand_ins.get(row["stage"], "")
        screen.say(f"Who speaks: {here}, with {there}{f' ({stand_in})' if stand_in else ''}", hang=2)
    screen.say(
        f"Raised by {row['raising_agency']}{side_of(row)} with {row['receiving_agencies'] or 'nobody named'}", hang=2
    )
    _write_logged(screen, row)
    _write_links(screen, file)
    concern_on = date.fromisoformat(row["concern_on"])
    days = format_count(days_since_concern(row, file.today), "calendar day")
    until = "since" if not row["ended_on"] else "until it ended"
    screen.say(f"{concern_began(file.case, concern_on)}: {days} {until}", hang=2)
    if row["themes"]:
        screen.say(f"About: {row['themes']}", hang=2)


def concern_began(case: Case, concern_on: date, day: Callable[[date], str] = format_day) -> str:
    """Return from which day its days count: that of the concern, or where it is that, on which it was learned of.

    Of a case that was raised with us, the day on which they raised it is the one on which we were told.
    """
    is_ours = case.raised.our_side != "receiving"
    told = [event.occurred_on for event in case.of(e.CounterpartTold)]
    raised_on = case.opening.occurred_on if is_ours else min(told, default=None)
    if concern_on != case.raised.decision_received_on or raised_on == concern_on:
        return f"Concern on {day(concern_on)}"
    by = LEARNED_OF_IT_ON if is_ours else "They learned of it on"
    raised = f", raised {'' if is_ours else 'it with us '}on {day(raised_on)}" if raised_on else ""
    return f"{by} {day(concern_on)}{raised}"


def side_of(row: Row) -> str:
    """Return whose agency raised it, seen from this record; nothing where it is neither's."""
    sides = {"raising": " (ours)", "receiving": " (theirs; ours was challenged)"}
    return sides.get(row["our_side"], "")


def _write_logged(screen: Screen, row: Row) -> None:
    if row["our_side"] == "partnership":
        theirs = f"; their reference: {row['their_reference']}" if row["their_reference"] else ""
        screen.say(f"Logged by the partnership{theirs}", hang=2)
    elif row["their_reference"]:
        screen.say(f"Their reference: {row['their_reference']}", hang=2)


def _write_links(screen: Screen, file: CaseFile) -> None:
    """Say which other cases are the same escalation, and which may be: that only a person can tell."""
    if file.one_with:
        screen.say(("One escalation with ", "strong"), ", ".join(file.one_with), hang=2)
    for other in file.perhaps_one_with:
        screen.say(f"Perhaps the same escalation as {other}: escalate link {file.row['reference']} {other}", hang=2)


def _write_risk(screen: Screen, file: CaseFile) -> None:
    said = "was considered" if file.case.risk == "yes" else "may be"
    screen.say((f"A child {said} at immediate risk. In danger now: telephone 999.", "past"), hang=2)
    for what, number in file.emergency:
        screen.say(f"{what}: {number or 'number not recorded; escalate setup asks for it'}", indent=2, hang=2)
    for says in file.policy.risk_says:
        screen.say(says, indent=2, hang=2)


def _write_next(screen: Screen, file: CaseFile) -> None:
    reference = file.row["reference"]
    screen.gap()
    if screen.kind == "spoken" and any(isinstance(event.fact, WITH_CHECKS) for event in file.events):
        screen.say(f"Not read here, issues and check sums: escalate show {reference} --json")
    screen.say(f"How its dates were counted: escalate why {reference}")
    if file.row["state"] == "open":
        screen.say(f"What happened since: escalate record {reference}")
        screen.say(f"How this {file.policy.called} ended: escalate advance {reference}")
