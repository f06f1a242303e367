"""The tables about time: how long it took, which last days were kept, what was confirmed, what was never answered."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.core.policy import Clock, Doubt, Policy
from escalate.core.reports.counted import Counted, Histogram, days_of
from escalate.core.reports.readings import other_readings
from escalate.core.reports.report import Figure, Row, Share, Table, Untold

NOTHING = Untold("–", "nothing was resolved")
NO_DATE = Untold("no date", "no clock of this sort had a last day: what it counts from is not recorded")
GUIDE = "(a guide)"
CONFIRMATION = "the written confirmation"
_TOLD = ("resolved", "unresolved", "no response", "out of time")


def time_of(histogram: Histogram) -> Figure:
    """Return the time that cases took, or that nothing was measured."""
    return days_of(histogram) or NOTHING


def time_tables(counted: Counted, policy: Policy, *, is_published: bool = False) -> Iterator[Table]:
    """Yield the tables about time.

    Args:
        policy: with its followed readings put in.
        is_published: without the longest times, each of which is one case's own.
    """
    yield _times(counted, policy, has_longest=not is_published)
    if policy.clock:
        yield _clocks(counted, policy)
    if any(CONFIRMATION in clock.until for clock in policy.clock):
        yield _confirmations(counted, policy)
    yield _answers(counted, policy)


def _times(counted: Counted, policy: Policy, *, has_longest: bool) -> Table:
    def told(histogram: Histogram) -> tuple[Figure, ...]:
        longest = max(histogram, default=NOTHING) if sum(histogram.values()) else NOTHING
        return (time_of(histogram), longest) if has_longest else (time_of(histogram),)

    stages = (Row(stage.title, told(counted.stage_days.get(stage.id, {}))) for stage in policy.stage)
    return Table(
        id="time",
        title="Time to resolve, in working days",
        heads=policy.policy.called.capitalize(),
        columns=("median, and nine of ten within", *(("longest",) if has_longest else ())),
        units=("working days", *(("days",) if has_longest else ())),
        rows=(Row("from the concern to the resolution", told(counted.headline.days)), *stages),
        says="Of what was resolved in the period; each by its own calendar, the day it began on being day 0.",
        notes=(
            f"A {policy.policy.called} is measured from its entering to its resolution, with each receiving agency.",
            "The second number is the 90th percentile by nearest rank.",
        ),
    )


def _clocks(counted: Counted, policy: Policy) -> Table:
    notes = [
        "Kept: what the clock asks for was recorded as of that day or before. A clock by which a"
        f" {policy.policy.called} is to be resolved is also kept by going up in time.",
        "What a withdrawal or the end of the case overtook before its last day is left out.",
    ]
    contradictions = [one for one in policy.contradiction if any(clock.id in one.items for clock in policy.clock)]
    notes += [note for doubt in contradictions if (note := _note(doubt, policy))]
    notes += [note for doubt in policy.ambiguity for note in _not_counted(doubt, policy)]
    return Table(
        id="clocks",
        title="Kept in time, by clock",
        heads="Clock",
        columns=("kept in time",),
        units=("share",),
        rows=tuple(row for clock in policy.clock for row in _clock_rows(clock, counted, policy)),
        says="Of the clocks whose last day lay in the period and is over: those that were kept.",
        notes=tuple(notes),
    )


def _clock_rows(clock: Clock, counted: Counted, policy: Policy) -> Iterator[Row]:
    called = f"{policy.say_stage(*clock.stages).capitalize()}: {clock.act}"
    written = clock.within or ("by urgency" if clock.by_band else "")
    label = f"{called}, {written}" if written else called
    for is_guide in (False, True):
        figure = _kept(counted, (clock.id, "", is_guide))
        if figure != Share(0, 0) or is_guide is not clock.binding:
            yield Row(f"{label} {GUIDE}" if is_guide else label, (figure,))
            for doubt in policy.contradiction:
                for name in other_readings(doubt, clock.id):
                    figure = _kept(counted, (clock.id, f"{doubt.id}/{name}", is_guide))
                    reading = doubt.readings[name]
                    other = f"— by the other reading: {reading.says} ({reading.clause})"
                    yield Row(f"{other} {GUIDE}" if is_guide else other, (figure,))


def _kept(counted: Counted, key: tuple[str, str, bool]) -> Figure:
    """Return the share of last days that were kept; where there was none, whether a clock ran without one."""
    over, kept = counted.clocks.get(key, (0, 0))
    return Share(kept, over) if over or not counted.undated.get(key) else NO_DATE


def _note(doubt: Doubt, policy: Policy) -> str:
    """Return what is to be said of a contradiction about time: which reading is followed, what the other would make."""
    followed = doubt.readings[doubt.followed]
    is_timed = any(other_readings(doubt, clock.id) for clock in policy.clock)
    guides = [one for name, one in doubt.readings.items() if name != doubt.followed and one.binding is False]
    if guides:
        return f"By another reading these times are guides: {guides[0].says} ({guides[0].clause})."
    if is_timed:
        return f"Two readings: the one followed is: {followed.says} ({followed.clause}), because {doubt.because}."
    return ""


def _not_counted(doubt: Doubt, policy: Policy) -> Iterator[str]:
    """Yield what is to be said of what the policy leaves open about time: it is counted as it is followed, and only so.

    A contradiction gives two dates that the source itself states; of what it leaves open nobody wrote the other one.
    """
    for clock in policy.clock:
        for name in other_readings(doubt, clock.id):
            other, followed = doubt.readings[name], doubt.readings[doubt.followed]
            at = policy.say_stage(*clock.stages).capitalize()
            yield (
                f"{at}, {clock.act}: the policy leaves open how it is counted."
                f" Followed here: {followed.says}. Not counted here: {other.says} ({other.clause})."
            )


def _confirmations(counted: Counted, policy: Policy) -> Table:
    rows = []
    for clock in policy.clock:
        if CONFIRMATION in clock.until:
            resolved, confirmed = counted.outcomes.get((clock.stage, "resolved"), (0, 0))
            timely = [counted.clocks.get((clock.id, "", is_guide), (0, 0)) for is_guide in (False, True)]
            kept = Share(sum(one[1] for one in timely), sum(one[0] for one in timely))
            rows.append(Row(policy.say_stage(clock.stage).capitalize(), (resolved, Share(confirmed, resolved), kept)))
    return Table(
        id="confirmations",
        title="Outcomes confirmed in writing",
        heads=policy.policy.called.capitalize(),
        columns=("resolved in the period", "of those, confirmed", "confirmations due in the period, in time"),
        units=("cases", "share", "share"),
        rows=tuple(rows),
        says="Resolutions in the period, with each receiving agency, and those of them confirmed in writing.",
        notes=(
            "The last column counts other cases: those whose last day to confirm lay in the period, whenever they were"
            " resolved.",
        ),
        clause="; ".join(dict.fromkeys(clock.clause for clock in policy.clock if CONFIRMATION in clock.until)),
    )


def _answers(counted: Counted, policy: Policy) -> Table:
    rows = []
    for stage in policy.stage:
        told = {outcome: counted.outcomes.get((stage.id, outcome), (0, 0))[0] for outcome in _TOLD}
        over = sum(told.values())
        rows.append(Row(stage.title, (over, *(Share(told[outcome], over) for outcome in _TOLD))))
    return Table(
        id="answers",
        title=f"How each {policy.policy.called} ended",
        heads=policy.policy.called.capitalize(),
        columns=("ended", *_TOLD),
        units=("cases", "share", "share", "share", "share"),
        rows=tuple(rows),
        says="Outcomes recorded with each receiving agency in the period; no response: the agency did not answer.",
        notes=("What was recorded of a case before it was reopened is left out.",),
    )
