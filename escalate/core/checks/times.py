"""Checks of amounts of time: each can be counted, one a clock, and a higher stage does not end before a lower."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from escalate.core.checks.found import Found, Path, as_followed, doubts, obliging
from escalate.core.policy import Clock, Obliging, Policy
from escalate.core.timescale import OR_LESS, WRITTEN, Timescale, parse_timescale

_WHICH_DAYS = re.compile(r"(\d+ to )?(\d+) days?")
_BACKWARDS = re.compile(r"(\d+) to (\d+) (.*)")
_FROM_THE_CASE = {"the concern", "raised", "the disagreement", "receipt of the decision"}
_COUNTS_DAYS = ("working days", "calendar days")


def timescales_can_be_counted(policy: Policy) -> Iterator[Found]:
    """Yield every time, of an item, a band or a reading, that is not written as times are."""
    for path, text in _written(policy):
        try:
            parse_timescale(text)
        except ValueError:
            yield path, f'timescale "{text}" cannot be counted', _remedy(text)


def _written(policy: Policy) -> Iterator[tuple[Path, str]]:
    for path, item in obliging(policy):
        if item.within:
            yield (*path, "within"), item.within
        for band, text in item.by_band.items():
            yield (*path, "by_band", band), text
    for path, doubt in doubts(policy):
        for name, reading in doubt.readings.items():
            if reading.within:
                yield (*path, "readings", name, "within"), reading.within


def _remedy(text: str) -> str:
    if found := _WHICH_DAYS.fullmatch(text.strip()):
        amount, days = f"{found[1] or ''}{found[2]}", "day" if found[2] == "1" else "days"
        return f'say which days: "{amount} working {days}" or "{amount} calendar {days}"'
    found = _BACKWARDS.fullmatch(text.strip())
    if found and int(found[1]) > int(found[2]):
        return f'write the shorter time first: "{found[2]} to {found[1]} {found[3]}"'
    return f'write one of: {", ".join(WRITTEN)}, each with or without "{OR_LESS}"'


def each_item_has_one_time(policy: Policy) -> Iterator[Found]:
    """Yield every item with both one time and a time for each band."""
    for path, item in obliging(policy):
        if item.within and item.by_band:
            what = f'{path[0]} "{item.id}" has "within" and "by_band", and only one can govern'
            yield (*path, "by_band"), what, "write one time for all, or one for each band"


def clocks_have_a_timescale(policy: Policy) -> Iterator[Found]:
    """Yield every clock without a time, of its own or by the reading followed."""
    followed = [doubt.followed in doubt.readings for _, doubt in doubts(policy)]
    for place, clock in enumerate(as_followed(policy).clock if all(followed) else ()):
        if not clock.within and not clock.by_band:
            what = f'clock "{clock.id}" has no timescale, of its own or by a reading'
            yield ("clock", place), what, 'write within = "5 working days", or "not stated"'


def the_first_day_is_of_days(policy: Policy) -> Iterator[Found]:
    """Yield every item that says which day is the first counted, and counts no days."""
    for path, item in obliging(policy):
        own = [item.within, *item.by_band.values()]
        own += [one.within for doubt in policy.doubts_about(item.id) for one in doubt.readings.values()]
        times = [_parsed(text) for text in own if text]
        if item.first_day != "the day after" and not any(time is None or time.unit in _COUNTS_DAYS for time in times):
            said = " or ".join(f'"{time.written}"' for time in times if time) or "no time"
            what = f'first_day says from which day to count, and {path[0]} "{item.id}" allows {said}'
            yield (*path, "first_day"), what, "leave first_day out, or write the time in working or calendar days"


def bands_are_those_of_the_file(policy: Policy) -> Iterator[Found]:
    """Yield every band that an item names and the file has not, every one it leaves out, and bands nobody uses."""
    bands = [band.id for band in policy.band]
    for path, item in obliging(policy):
        for band in item.by_band:
            if band not in bands:
                remedy = (
                    f"the file has: {', '.join(bands)}" if bands else "write a [[band]] for each, most urgent first"
                )
                yield (*path, "by_band", band), f'"{band}" is not a band of this file', remedy
        for band in bands if item.by_band else ():
            if band not in item.by_band:
                what = f'{path[0]} "{item.id}" has no time for band "{band}"'
                yield (*path, "by_band"), what, 'write one for every band, "not stated" where the source gives none'
    if bands and not any(item.by_band for _, item in obliging(policy)):
        what = "the bands of urgency give no clock and no duty its time"
        yield ("band", 0), what, 'write them where they count: by_band = { urgent = "1 working day", … }'


def urgent_bands_are_no_longer(policy: Policy) -> Iterator[Found]:
    """Yield every time of a band that is longer than that of a less urgent one: the file's first is the most urgent."""
    for path, item in obliging(policy):
        bands = [band.id for band in policy.band if band.id in item.by_band]
        times = [(band, _parsed(item.by_band[band])) for band in bands]
        for (band, time), (less, after) in pairwise(times):
            if time and after and time.unit == after.unit and time.amount > after.amount:
                what = f'"{band}" has longer than "{less}", which is the less urgent by the order of the bands'
                yield (*path, "by_band", band), what, "give the more urgent the shorter time, or put the bands in order"


def higher_stages_end_later(policy: Policy) -> Iterator[Found]:
    """Yield every resolving clock whose time is over no later than a lower stage's, both counted from one moment."""
    known = {stage.id for stage in policy.stage}
    resolving = [
        (place, clock)
        for place, clock in enumerate(as_followed(policy).clock)
        if clock.resolves and not clock.caps and clock.from_ and set(clock.from_) <= _FROM_THE_CASE
        if set(clock.stages) <= known
    ]
    for place, higher in resolving:
        for _, lower in resolving:
            is_higher = all(policy.is_above(higher.stage, stage) for stage in lower.stages)
            if is_higher and set(higher.from_) == set(lower.from_):
                yield from _out_of_order(("clock", place), higher, lower)


def _out_of_order(path: Path, higher: Clock, lower: Clock) -> Iterator[Found]:
    for band in (*higher.by_band, "") if higher.by_band else ("",):
        above, below = _time_of(higher, band), _time_of(lower, band)
        if (
            above
            and below
            and above.unit == below.unit
            and above.amount
            and _last(above, higher) <= _last(below, lower)
        ):
            since = " or ".join(higher.from_)
            what = (
                f'stage "{higher.stage}" is to be resolved within {above.written} of {since}, and stage'
                f' "{lower.stage}" below it within {below.written} of the same'
            )
            where = (*path, "by_band", band) if band else (*path, "within")
            yield where, what, "look both up in the source: counted from one day, the higher stage ends later"


def _time_of(clock: Clock, band: str) -> Timescale | None:
    return _parsed(clock.by_band.get(band, "") if clock.by_band else clock.within)


def _last(time: Timescale, item: Obliging) -> int:
    return time.amount - (item.first_day == "the day itself" and time.unit in _COUNTS_DAYS)


def _parsed(text: str) -> Timescale | None:
    try:
        return parse_timescale(text)
    except ValueError:
        return None
