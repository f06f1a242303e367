"""`show --brief`: what somebody who takes a case over reads in thirty seconds: asked, wanted, tried, by when.

It is never longer than 40 rows at 80 columns. What is cut is said where it is cut; what is left out is counted, with
the command that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.unsaid import unsaid
from escalate.core.views import DueItem
from escalate.render.brief_head import head_of, labels_of, next_of
from escalate.render.case_page import CaseFile
from escalate.render.case_table import case_as_plain
from escalate.render.console import Screen
from escalate.render.days import format_count, format_short_day
from escalate.render.entry_said import HOW
from escalate.render.event_words import describe
from escalate.render.fitting import Paragraph, cut, person_said, plainly_said, rows_of, share_out, write
from escalate.render.owed_words import plain_words, to_do, when_of
from escalate.render.unsaid_words import say_commands, unsaid_as_plain

ROWS = 40
TRIED = (
    e.CounterpartTold,
    e.DiscussionRecorded,
    e.StageEntered,
    e.OutcomeRecorded,
    e.RecommendationMade,
    e.AgencyResponded,
    e.Withdrawn,
    e.Reopened,
)
_WORDS = {
    e.DiscussionRecorded.kind: "Decision",
    e.OutcomeRecorded.kind: "Decision",
    e.RecommendationMade.kind: "In these words",
    e.AgencyResponded.kind: "In these words",
    e.Withdrawn.kind: "Reason",
}
"""Of which entries some words are told beside the sentence, and which."""


_Step = tuple[list[Paragraph], tuple[str, str]]
"""One thing that was tried as it stands whole, and apart: its sentence, and a person's words."""


@dataclass(frozen=True)
class _Part:
    """A part of the page: laid out in so many rows at most, and whether anything was cut or left out of it.

    `wanted`: the rows it takes whole. `least`: what it gets whatever happens; `fair`: before any other gets more.
    """

    heading: str
    wanted: int
    least: int
    fair: int
    fit: Callable[[int], tuple[list[Paragraph], bool]] = field(repr=False)


def show_brief(screen: Screen, file: CaseFile) -> None:
    """Write what somebody who takes the case over needs first."""
    head, ending = head_of(file), next_of(file)
    parts = [*_asked(file), *_wanted(file), _tried(file), _by_when(file), *_unsaid(file)]
    headings = {part.heading for part in parts} - {""}
    # The row that says that something is left out is kept free.
    room = ROWS - rows_of(head) - len(headings) - rows_of(ending) - 1
    wanted = [part.wanted for part in parts]
    fair = [min(part.fair, part.wanted) for part in parts]
    rows = share_out(wanted, share_out(fair, [part.least for part in parts], room), room)
    # Empty lines are the first thing to be left out.
    has_gaps = sum(rows) + len(headings) + 1 <= room
    write(screen, head)
    is_short = False
    said = ""
    for part, most in zip(parts, rows, strict=True):
        if part.heading != said:
            if has_gaps:
                screen.gap()
            write(screen, plainly_said(part.heading, "heading") if part.heading else [])
            said = part.heading
        paragraphs, is_cut = part.fit(most)
        is_short = is_short or is_cut
        write(screen, paragraphs)
    if has_gaps:
        screen.gap()
    if is_short:
        screen.say(f"Not all of it is here. All of it: escalate show {file.row['reference']}", hang=2)
    write(screen, ending)


def brief_as_plain(file: CaseFile) -> dict[str, Any]:
    """Return `--brief` as `--json` gives it, with nothing cut or left out."""
    raised, names = file.case.raised, file.names
    return {
        "today": file.today,
        "case": case_as_plain(file.row, file.today) | {"one_escalation_with": list(file.one_with)},
        "asked": {"decision": raised.decision, "concern": raised.concern},
        "wanted": {"by_us_or_the_raiser": raised.outcome_wanted, "by_the_other_side": raised.they_want},
        "tried": [
            {"on": event.occurred_on, "says": describe(event.fact, names).sentence}
            for event in file.case.events
            if isinstance(event.fact, TRIED)
        ],
        "by_when": [
            {"key": item.key, "due_on": item.due_on, "to_do": to_do(item), "side": item.side, "no_date": item.no_date}
            for item in file.open_items
        ],
        "not_said_yet": unsaid_as_plain(file.case),
    }


def _words(heading: str, label: str, words: str, fair: int, *, least: int = 1) -> _Part:
    def laid_out(said: str) -> list[Paragraph]:
        return person_said(label, said)

    return _Part(heading, rows_of(laid_out(words)), least, fair, lambda rows: cut(words, rows, laid_out))


def _asked(file: CaseFile) -> list[_Part]:
    raised, labels = file.case.raised, labels_of(file)
    parts = [
        _words(labels.asked, labels.decision, raised.decision or "not known", 2),
        _words(labels.asked, "Concern", raised.concern or "not known", 4),
        _words(labels.asked, "Risk to the child", raised.risk_to_child or "not known yet", 2),
    ]
    if raised.child_said:
        parts.append(_words(labels.asked, "The child", raised.child_said, 3, least=2))
    return parts


def _wanted(file: CaseFile) -> list[_Part]:
    raised, labels = file.case.raised, labels_of(file)
    parts = [_words("Wanted", labels.wanted, raised.outcome_wanted or "not known", 3)]
    if raised.they_want:
        parts.append(_words("Wanted", labels.they_want, raised.they_want, 2))
    return parts


def _tried(file: CaseFile) -> _Part:
    """Return what was tried, in its order; where there is no room for all, the latest."""
    found = [event for event in file.case.events if isinstance(event.fact, TRIED)]
    steps = [_step(event, file) for event in found]
    whole = [one for step, _ in steps for one in step]
    # Where not all fit, which stages were entered is told least: the head says which stage it is at.
    telling = [step for step, event in zip(steps, found, strict=True) if not isinstance(event.fact, e.StageEntered)]

    def fit(rows: int) -> tuple[list[Paragraph], bool]:
        if not steps:
            return plainly_said("Nothing is recorded.", indent=2), False
        return (whole, False) if rows_of(whole) <= rows else (_last_of(telling or steps, len(steps), rows), True)

    return _Part("Tried", max(1, rows_of(whole)), 4, 6, fit)


def _last_of(steps: Sequence[_Step], of: int, rows: int) -> list[Paragraph]:
    """Return the last of these steps, after how many are left out; of one that alone does not fit, its words cut."""
    room, kept = rows - 1, 0  # a row says how many are left out
    for step, _ in reversed(steps):
        room -= rows_of(step)
        if room < 0:
            break
        kept += 1
    if kept:
        return [*_left_out(of - kept), *(one for step, _ in steps[-kept:] for one in step)]
    sentence, words = steps[-1][1]
    left = _left_out(of - 1)
    for_sentence, _ = cut(sentence, max(1, rows - rows_of(left)), _laid_out)
    room = rows - rows_of(left) - rows_of(for_sentence)
    beside = cut(words, room, lambda said: person_said("", said, 4))[0] if words and room else []
    return [*left, *for_sentence, *beside]


def _laid_out(sentence: str) -> list[Paragraph]:
    return plainly_said(sentence, indent=2)


def _left_out(count: int) -> list[Paragraph]:
    return plainly_said(f"({format_count(count, 'other step')} left out)", indent=2) if count else []


def _step(event: e.Event, file: CaseFile) -> _Step:
    assert event.fact is not None
    said = describe(event.fact, file.names)
    on = format_short_day(event.occurred_on)
    words = str(dict(said.details).get(_WORDS.get(event.kind, ""), ""))
    told = f"  {_told_us(event.fact, file) or said.sentence}."
    sentence = Paragraph(((on, "strong"), told), 2)
    return [sentence, *(person_said("", words, 4) if words else [])], (f"{on}{told}", words)


def _told_us(fact: e.Fact, file: CaseFile) -> str:
    """Return how another agency raised it with ours; "" of everything else."""
    if not isinstance(fact, e.CounterpartTold) or file.row["our_side"] != "receiving":
        return ""
    return f"It was raised with us {HOW[fact.how]}" if fact.agency == file.case.our_agency else ""


def _by_when(file: CaseFile) -> _Part:
    """Return what is owed: what has a date first, ours before theirs, by day; then what has none."""
    items = sorted(
        file.open_items,
        key=lambda one: (one.due_on is None, one.side != "ours", one.due_on or date.max, one.sort != "clock"),
    )
    said = [_owed(one, file) for one in items]

    def fit(rows: int) -> tuple[list[Paragraph], bool]:
        if not items:
            return plainly_said("Nothing is owed.", indent=2), False
        if rows_of(said) <= rows:
            return said, False
        kept, room = set[int](), rows - 1  # a row says how many are left out
        # The dates of the policy's clocks govern, this stage's before all: no duty beside them pushes them out.
        for place in sorted(range(len(items)), key=lambda one: _rank(items[one], file)):
            if said[place].rows > room:
                break
            kept.add(place)
            room -= said[place].rows
        left = [item for place, item in enumerate(items) if place not in kept]
        return [*(said[place] for place in sorted(kept)), _more(left, file)], True

    return _Part("By when", max(1, rows_of(said)), 4, 9, fit)


def _rank(item: DueItem, file: CaseFile) -> int:
    if item.sort != "clock" or item.due_on is None:
        return 2
    return 0 if item.stage == file.row["stage"] else 1


def _owed(item: DueItem, file: CaseFile) -> Paragraph:
    when = plain_words(file.by_when(item)[:1])
    is_late = item.due_on is not None and when_of(item, file.today) == "overdue"
    past = f", {format_count((file.today - item.due_on).days, 'day')} ago" if item.due_on and is_late else ""
    guide = " (a guide)" if item.is_guide else ""
    one_side = item.side if item.side in ("ours", "theirs") else "whose is not known"
    whose = "both sides" if item.is_both else one_side
    ask = ": ask whether it was done" if is_late and item.side != "ours" else ""
    return Paragraph(((f"{when[:1].upper()}{when[1:]}{past}{guide}: ", "strong"), f"{to_do(item)} [{whose}{ask}]"), 2)


def _more(items: Sequence[DueItem], file: CaseFile) -> Paragraph:
    ours = sum(1 for one in items if one.side == "ours" and not one.is_both)
    both = sum(1 for one in items if one.is_both)
    undated = sum(1 for one in items if one.due_on is None)
    late = sum(1 for one in items if one.due_on and when_of(one, file.today) == "overdue")
    counts = ((ours, "ours"), (both, "of both sides"), (late, "past"), (undated, "without a date"))
    beside = ", ".join(f"{count} {what}" for count, what in counts if count)
    return Paragraph((f"and {len(items)} more{f' ({beside})' if beside else ''}",), 2)


def _unsaid(file: CaseFile) -> list[_Part]:
    left = unsaid(file.case)
    if not left:
        return []
    listed = f"Not said yet: {'; '.join(one.what for one in left).rstrip('.')}. {say_commands(left, file.case)}"
    short = f"Not said yet: {format_count(len(left), 'thing')}. {say_commands(left, file.case)}"
    whole = plainly_said(listed)

    def fit(rows: int) -> tuple[list[Paragraph], bool]:
        return (whole, False) if rows_of(whole) <= rows else (plainly_said(short), True)

    return [_Part("", rows_of(whole), 1, 1, fit)]
