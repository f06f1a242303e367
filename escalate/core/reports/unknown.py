"""What a report says that it does not know, a sentence each: nobody is to take silence for none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalate.core.policy import Policy
from escalate.core.policy_items import Report as ReportAsked
from escalate.core.reports.counted import NotKnown
from escalate.core.reports.periods import periods_before
from escalate.core.reports.report import Period


def unknown_of(
    not_known: NotKnown, policy: Policy, asked: ReportAsked | None, period: Period, as_of: date
) -> tuple[str, ...]:
    """Return what the record does not say of the cases of a period, or leaves aside.

    Args:
        asked: what the policy asks to be reported, to whom; None for a report that it does not speak of.
    """
    called = policy.policy.called
    return (*_left_out(policy, asked), *_of_the_period(period, as_of), *_of_cases(not_known, called))


def _left_out(policy: Policy, asked: ReportAsked | None) -> Iterator[str]:
    if asked and asked.stages:
        yield f"It counts the cases that reached {policy.say_stage(*asked.stages)}, and no others ({asked.clause})."
    if asked and asked.leaves_out:
        yield f"By design of the policy it leaves out {asked.leaves_out} ({asked.clause})."
    if asked and asked.only == "resolved":
        yield "Only cases that were resolved are in it: what was raised and not resolved is not."
    yield "What was never recorded here is not in it: a concern that was settled without a record counts nowhere."


def _of_the_period(period: Period, as_of: date) -> Iterator[str]:
    if not periods_before(period):
        yield "It is not compared with what was before: its period is neither a quarter nor a year."
    if as_of <= period.last:
        yield f"The period was not over on the day it was counted, {as_of:%d/%m/%Y}."


def _of_cases(not_known: NotKnown, called: str) -> Iterator[str]:
    for number, says in (
        (not_known.without_need, "no level of need is recorded"),
        (not_known.without_theme, "no theme is recorded"),
        (not_known.came_in_above, f"nothing is known of what came before the {called} at which a form reached us"),
        (not_known.undated, "a clock has no date, because what it counts from is not recorded"),
    ):
        if number:
            yield f"Of {_cases(number)} raised in the period {says}."
    if not_known.linked:
        linked = _cases(not_known.linked).capitalize()
        yield f"{linked} raised in the period and linked with another as one escalation did not count again."
        yield (
            "Linked cases are open while one of them is, and ended when the last of them did. A stage or a clock with"
            " one agency counts once; learning counts as the one raised first tells it."
        )
    if not_known.other_editions:
        others = _cases(not_known.other_editions)
        yield f"{others.capitalize()} raised in the period under another policy or edition did not count."


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number} cases"
