"""The tables of a restricted report about what was not answered, and about what was open when the period ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escalate.core.policy import Policy
from escalate.core.reports.counted import Counted
from escalate.core.reports.report import Figure, Row, Share, Table, Untold
from escalate.core.text import folded

_NONE_OPEN = Untold("–", "none was open")


def open_tables(counted: Counted, policy: Policy) -> Iterator[Table]:
    """Yield who did not respond, and what was open at the end, by stage and by agency asked."""
    yield Table(
        id="no-response",
        title="No response, by agency asked",
        heads="Agency",
        columns=("stages ended", "no response"),
        units=("cases", "share"),
        rows=tuple(
            Row(agency, (ended, Share(silent, ended)))
            for agency, (ended, silent) in sorted(
                counted.unanswered.items(), key=lambda one: (-one[1][1], -one[1][0], one[0].casefold())
            )
        ),
        says=f"{policy.policy.called.capitalize()}s that ended with an outcome in the period, with each agency.",
        is_cut=True,
    )
    called = policy.policy.called
    by_stage = {stage.id: [one.days for one in counted.still_open if one.stage == stage.id] for stage in policy.stage}
    yield _open_at_end(
        ("open-by-stage", f"Open at the end, by {called}", called.capitalize()),
        [(stage.title, by_stage[stage.id]) for stage in policy.stage],
        "A case is counted at the last that it had entered by then.",
    )
    labels: dict[str, str] = {}
    by_agency: dict[str, list[int]] = {}
    for case in counted.still_open:
        for mark, name in {folded(name): name for name in case.agencies}.items():
            by_agency.setdefault(labels.setdefault(mark, name), []).append(case.days)
    lines = sorted(by_agency.items(), key=lambda one: (-len(one[1]), one[0].casefold()))
    yield _open_at_end(
        ("open-by-agency", "Open at the end, by agency asked", "Agency"),
        lines,
        "A case counts with each agency with which it was not settled; where it was with all, with none.",
    )


def _open_at_end(names: tuple[str, str, str], lines: Sequence[tuple[str, Sequence[int]]], note: str) -> Table:
    id_, title, heads = names
    return Table(
        id=id_,
        title=title,
        heads=heads,
        columns=("open", "days open: median", "days open: longest"),
        units=("cases", "days", "days"),
        rows=tuple(Row(label, (len(days), *_median_and_longest(days))) for label, days in lines),
        says="Cases open when the last day of the period ended.",
        notes=("Days here are calendar days, from the concern to that day.", note),
        is_cut=True,
    )


def _median_and_longest(days: Sequence[int]) -> tuple[Figure, Figure]:
    if not days:
        return _NONE_OPEN, _NONE_OPEN
    ranked = sorted(days)
    # Of two in the middle the longer: a plain number of days, that some case has been open.
    return ranked[len(ranked) // 2], ranked[-1]
