"""The head of `show --brief`, in few rows; what its parts are called for each side; what to type next."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

from escalate.core import events as e
from escalate.render.case_page import CaseFile, concern_began, side_of
from escalate.render.case_table import days_since_concern, state_of
from escalate.render.days import format_count, format_short_day
from escalate.render.event_words import describe
from escalate.render.fitting import Paragraph, cut, plainly_said


class Labels(NamedTuple):
    """What the parts of the page are called, from where the reader stands."""

    asked: str
    decision: str
    wanted: str
    they_want: str


_RAISED = Labels("Asked", "Decision disagreed with", "By us", "By the other side")
_RECEIVED = Labels("Asked of us", "Our decision, which they disagree with", "By them", "By us")
_LOGGED = Labels("Asked", "Decision disagreed with", "By the agency that raised it", "By the agency challenged")


def labels_of(file: CaseFile) -> Labels:
    """Return what the parts are called where we raised it, where we were challenged, and where neither is so."""
    return {"raising": _RAISED, "receiving": _RECEIVED}.get(file.row["our_side"], _LOGGED)


def head_of(file: CaseFile) -> list[Paragraph]:
    """Return which case it is, risk first, whose policy, who speaks, how long it has gone on; no line over two rows."""
    row, policy = file.row, file.policy
    lines = [*_of_rows(f"{row['reference']}  {row['subject']}", 1), *_risk(file)]
    lines += _of_rows(f"{row['policy_name']}, edition {policy.edition}", 1)
    entered = format_short_day(date.fromisoformat(row["stage_entered_on"]), file.today)
    lines += _of_rows(f"{row['stage_title']}, since {entered}; {state_of(row, file.today)}", 2)
    if row["stage"] in policy.between and row["state"] == "open":
        here, there = policy.between[row["stage"]]
        stand_in = policy.stand_ins.get(row["stage"], "")
        beside = f" ({stand_in})" if stand_in else ""
        speak = {
            "raising": f"Who speaks for us: {here}; for them: {there}",
            "receiving": f"Who speaks for us: {there}; for them: {here}",
        }
        lines += _of_rows(f"{speak.get(row['our_side'], f'Who speaks: {here}, with {there}')}{beside}", 2)
    receiving = row["receiving_agencies"] or "nobody named"
    lines += _of_rows(f"Raised by {row['raising_agency']}{side_of(row)} with {receiving}", 2)
    also = ", ".join((*file.one_with, *(f"perhaps {one}" for one in file.perhaps_one_with)))
    theirs = f"Their reference: {row['their_reference']}" if row["their_reference"] else ""
    beside = "; ".join(one for one in (theirs, f"one escalation with {also}" if also else "") if one)
    lines += _of_rows(f"{beside[:1].upper()}{beside[1:]}", 1) if beside else []
    days = format_count(days_since_concern(row, file.today), "calendar day")
    short = partial(format_short_day, today=file.today)
    began = concern_began(file.case, date.fromisoformat(row["concern_on"]), short)
    return [*lines, *_of_rows(f"{began}: {days} {'since' if not row['ended_on'] else 'until it ended'}", 2)]


def next_of(file: CaseFile) -> list[Paragraph]:
    """Return what to type next."""
    reference = file.row["reference"]
    return plainly_said(f"How its dates were counted: escalate why {reference}")


def _of_rows(words: str, rows: int) -> list[Paragraph]:
    return cut(words, rows, plainly_said)[0]


def _risk(file: CaseFile) -> list[Paragraph]:
    """Return whom to telephone where a child may be at risk now; else when that was last asked, and what was said."""
    if file.row["state"] == "open" and file.case.risk != "no":
        said = "was considered" if file.case.risk == "yes" else "may be"
        numbers = [f"{what}: {number or 'not recorded (escalate setup)'}" for what, number in file.emergency]
        lines = plainly_said(f"A child {said} at immediate risk. In danger now: telephone 999.", "past")
        lines += _of_rows("; ".join(numbers), 2) if numbers else []
        return lines + (_of_rows(" ".join(file.policy.risk_says), 3) if file.policy.risk_says else [])
    answers = file.case.of(e.RiskConsidered)
    if not answers or answers[-1].fact is None:
        return []
    considered = describe(answers[-1].fact, file.names).sentence
    band = f"; urgency: {file.names.bands.get(file.case.band, file.case.band)}" if file.case.band else ""
    on = format_short_day(answers[-1].occurred_on, file.today)
    return _of_rows(f"{considered} ({on}){band}", 1)
