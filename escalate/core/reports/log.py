"""The log of escalations: one line each, in the columns of an agency's summary log.

Source: Resolution of professional differences protocol (undated), Appendix 1 and 4.1 para 3. One line a case is ours,
and so are the columns beside its own, by which a partnership sorts and filters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import what_was_done
from escalate.core.forms.data_ending import ending_said
from escalate.core.forms.data_people import age_on, child_said
from escalate.core.forms.data_stages import span_of
from escalate.core.forms.data_work import details_said, need_levels, with_known_plans
from escalate.core.initialled import Everyone, initialled
from escalate.core.logged import is_logged
from escalate.core.policy import Policy
from escalate.core.references import initials
from escalate.core.reports.log_of_forms import Forms, done_by_forms, ended_by_forms
from escalate.core.reports.report import Period

ChosenBy = Literal["raised", "open"]

HEADINGS: Mapping[str, str] = {
    "reference": "Escalation Ref Number",
    "child": "Child Details",
    "concern": "Concern",
    "need": "Level of Need",
    "difference": "Summary of Professional Difference",
    "raised_on": "Date initial escalation raised",
    "progress": "Action taken / Progress updates",
    "outcome": "Outcome / Summary of Resolution",
}
"""The columns of the summary log, in its order, by the field of `LogLine` that fills each."""

BESIDE: Mapping[str, str] = {
    "policy": "Policy",
    "raised_by": "Raised by",
    "raised_with": "Raised with",
    "themes": "Themes",
    "stage": "Stage",
    "state": "State",
    "ended_on": "Ended on",
    "days": "Working days from concern to end",
}
"""What stands beside them where there is room, to sort and filter by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One escalation in the log; of several linked cases under the reference of the one raised first.

    `also` are the references of the others, and what a logged case is called where it was raised. `days` are working
    days, None while it is open. `raised_on` is the day on which the other side first knew of it, None where nobody
    there was told yet. What nobody recorded is "".
    """

    reference: str
    also: tuple[str, ...] = ()
    child: str
    concern: str
    need: str
    difference: str
    raised_on: date | None
    progress: str
    outcome: str
    policy: str
    raised_by: str
    raised_with: str
    themes: str
    stage: str
    state: str
    ended_on: date | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which escalations are asked for: of a period, and of what besides; "" for any.

    By "raised", those raised in the period; by "open", those open on any of its days. `policy` is an edition, or a
    partnership's name for all its editions; `stage` one it reached; `agency` part of the name of one that raised it or
    that it was raised with; `theme` its id or its title.
    """

    period: Period
    chosen_by: ChosenBy = "raised"
    policy: str = ""
    stage: str = ""
    agency: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLog:
    """A log as it is given out: the lines found, the first raised first, on `made_on`.

    `with_names`: children's and people's names stand in full; else initials stand for them.
    """

    asked: Asked
    lines: Sequence[LogLine]
    made_on: date
    with_names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a case for reading, and known of it from other cases."""

    also: tuple[str, ...]
    policy: str
    raised_by: str
    raised_with: str
    themes: str
    stage: str
    state: str
    ended_on: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """One of the cases that a line tells of, and the policy it is under."""

    case: Case
    policy: Policy


def log_line(together: Sequence[Told], kept: Kept, everyone: Everyone | None, forms: Forms) -> LogLine:
    """Return the line of one escalation. A child's age is that on the day it was raised: a log can be made again.

    Args:
        together: its case; of several linked cases the one raised first stands first, and its concern is told. What
            was done is told of all of them, by day, and so is how they ended.
        everyone: for whom initials stand besides those of the cases; None where names stand in full.
        forms: those that came in of logged cases.
    """
    case = together[0].case
    raised = case.raised

    # What a form says in one, without saying which of it is the concern, is about the difference.
    is_of_one_field = is_logged(case) and not (raised.nature or raised.decision)

    def told(words: str, of: Case = case) -> str:
        return words if everyone is None else initialled(everyone.initialled(words), *_named(of))

    outcomes = (told(_outcome(one, forms), one.case) for one in together)
    children = _children(case, case.opening.occurred_on, with_names=everyone is None)
    return LogLine(
        reference=case.reference,
        also=kept.also,
        child="\n".join(children) or told(raised.about_theme),
        concern=told("" if is_of_one_field else raised.concern),
        need=told(_need(case)),
        difference=told(raised.nature or raised.decision or (raised.concern if is_of_one_field else "")),
        raised_on=min((on for one in together if (on := _told_on(one.case))), default=None),
        progress="\n".join(told(words, of) for words, of in _progress(together, forms)),
        outcome="\n".join(dict.fromkeys(words for words in outcomes if words)),
        policy=kept.policy,
        raised_by=kept.raised_by,
        raised_with=kept.raised_with,
        themes=kept.themes,
        stage=kept.stage,
        state=kept.state,
        ended_on=kept.ended_on,
        days=kept.days,
    )


def _progress(together: Sequence[Told], forms: Forms) -> Iterator[tuple[str, Case]]:
    """Yield what was done: of one case in the order recorded, of several by day; what two of them tell alike once."""
    found = [
        (one.on, one.with_stage(of.policy), of.case)
        for of in together
        for one in sorted(
            (*what_was_done(of.case, of.policy), *done_by_forms(of.case, of.policy, forms)), key=lambda one: one.entry
        )
    ]
    if len(together) > 1:
        found.sort(key=lambda one: one[0])
    told: dict[str, Case] = {}
    for _, words, case in found:
        if told.setdefault(words, case) is case:
            yield words, case


def _outcome(told: Told, forms: Forms) -> str:
    case = told.case
    return ending_said(case, told.policy, span_of(case, ""))["case.outcome"] or ended_by_forms(case, forms)


def _told_on(case: Case) -> date | None:
    """Return the first day on which the other side knew of it: it was told, talked or answered, or the case went up.

    Where the record is not that of whoever raised it, it is the day that it was raised; None where nobody was told yet.
    """
    if case.raised.our_side != "raising":
        return case.opening.occurred_on
    known = [case.of(kind) for kind in (e.CounterpartTold, e.DiscussionRecorded, e.OutcomeRecorded)]
    return min((event.occurred_on for events in (*known, case.stage_entries[1:]) for event in events), default=None)


def _named(case: Case) -> tuple[list[str], list[str]]:
    children = [child.name for child in case.children]
    people = [party.name for party in case.parties.values() if party.sort == "person"]
    return children, people


def _children(case: Case, raised_on: date, *, with_names: bool) -> Iterator[str]:
    for child in case.raised.children:
        named = case.parties.get(child)
        if named is None:
            yield "Name: name removed"
        elif with_names or named.withheld:
            yield child_said(case, child, raised_on)["child.details"]
        else:
            age = f"\nAge: {age_on(named.born_on, raised_on)}" if named.born_on else ""
            yield f"Name: {initials(named.name)}{age}"


def _need(case: Case) -> str:
    """Return the level of need of each child, by its initials where there are several and it is not the same."""
    found = {
        child: need_levels(with_known_plans(case, child, details_said(case, child)))
        for child in case.raised.children or ("",)
    }
    if len(set(found.values())) < 2:
        return next(iter(found.values()))
    return "\n".join(f"{initials(case.name_of(child))} {words}" for child, words in found.items() if words)
