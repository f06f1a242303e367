"""What a progress update said of each entry when a form went out, so that a correction is told from something new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.forms.data_case import what_was_done
from escalate.core.policy import Policy
from escalate.core.restating import CORRECTIONS, REDACTIONS
from escalate.core.text import clean

_CORRECTS = re.compile(r" \(corrects what was sent for \d{2}/\d{2}/\d{4}\)$")


@dataclass(frozen=True, slots=True)
class Progress:
    """The lines of a progress update by the entries they tell of: as the case says them now, and as it said them then.

    `entries` gives the entry of each line said now; `then`, by the entry of each issue of any form, the line of each
    entry that the case had at that time. Both are empty where no entry was ever corrected.
    """

    entries: Mapping[str, int] = field(default_factory=dict)
    then: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


NOTHING_CORRECTED = Progress()


def progress_told(chronology: Sequence[e.Event], policy: Policy) -> Progress:
    """Return what a progress update says of each entry now, and said when each form went out.

    What was redacted since is read as it stands now: the copies of it that are kept here were cleared alike.

    Args:
        chronology: the case's entries as recorded.
    """
    if not any(isinstance(event.fact, CORRECTIONS) for event in chronology):
        return NOTHING_CORRECTED
    now = _lines(read_case(chronology), policy)
    issues = [event.sequence for event in chronology if isinstance(event.fact, e.FormIssued)]
    then = {issue: _lines(read_case(_until(chronology, issue)), policy) for issue in issues}
    return Progress({line: entry for entry, line in now.items()}, then)


def as_correction(line: str, stood: str) -> str:
    """Return a corrected entry's line, which says the day under which the one before it was sent.

    Example:
        >>> as_correction("07/04/2026, stage 2: a visit each month", "08/04/2026, stage 2: a visit each week")
        '07/04/2026, stage 2: a visit each month (corrects what was sent for 08/04/2026)'
    """
    return f"{line} (corrects what was sent for {stood[:10]})"


def without_correction(line: str) -> str:
    """Return a line as the entry itself says it."""
    return _CORRECTS.sub("", line)


def _until(chronology: Sequence[e.Event], issue: int) -> list[e.Event]:
    return [event for event in chronology if event.sequence <= issue or isinstance(event.fact, REDACTIONS)]


def _lines(case: Case, policy: Policy) -> dict[int, str]:
    return {one.entry: clean(one.with_stage(policy)).text.strip() for one in what_was_done(case, policy)}
