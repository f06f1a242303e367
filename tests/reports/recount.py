"""The figures of a report counted again, by plain Python over the entries as they lie in the ledger.

Nothing of what reports are counted from is used here: no read model, no fold of a case, no reckoning of deadlines. Days
are counted one by one.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from escalate.core.reports.report import Period
from tests.builders import CALENDAR

ONE_DAY = timedelta(days=1)
Entry = dict[str, Any]
Run = tuple[str, str, date, date | None, bool, str]
Ran = tuple[str, str, date, date | None, bool]


@dataclass
class Recounted:
    """One case as the recount sees it."""

    stream: str
    entries: list[Entry] = field(default_factory=list)

    def all(self, kind: str) -> list[Entry]:
        return [one for one in self.entries if one["kind"] == kind]

    def __post_init__(self) -> None:
        self.raised: Entry = {}

    def read(self) -> Recounted:
        """Read the corrections into their entries, then what the case is."""
        for one in self.all("corrected"):
            about = self.entries[one["target"] - 1]
            about["on"], about["body"] = date.fromisoformat(one["body"]["occurred_on"]), one["body"]["restated"]
        self.raised = self.all("concern raised")[0]
        body = self.raised["body"]
        self.raised_on: date = self.raised["on"]
        known = [body["decision_received_on"], body["disagreed_on"]]
        self.concern_on = min(date.fromisoformat(day) for day in known if day)
        self.agencies: list[str] = body["receiving_agencies"]
        self.side = body["our_side"]
        self.reopened_at = max((one["at"] for one in self.all("reopened")), default=0)
        self.stages = [(one["body"]["stage"], one["on"], one["at"]) for one in self.all("stage entered")]
        self.names = {one["body"]["party"]: one["body"]["name"] for one in self.all("party named")}
        self.withdrawn = [one["on"] for one in self.all("withdrawn") if one["at"] > self.reopened_at]
        self.settled = {agency: self.settled_with(agency) for agency in self.agencies}
        days = [one and one[0] for one in self.settled.values()]
        self.resolved_on = None if self.withdrawn or None in days else max(day for day in days if day)
        self.ended_on = self.withdrawn[0] if self.withdrawn else self.resolved_on
        return self

    def settled_with(self, agency: str) -> tuple[date, int, str] | None:
        """Return when, by which entry and at which stage it was settled with an agency."""
        said = [x for x in self.all("outcome recorded") if x["body"]["agency"] == agency and x["at"] > self.reopened_at]
        if said and said[-1]["body"]["outcome"] == "resolved":
            return said[-1]["on"], said[-1]["at"], said[-1]["body"]["stage"]
        made = [x for x in self.all("recommendation made") if x["at"] > self.reopened_at]
        told = [x for x in self.all("agency responded") if made and x["at"] > made[-1]["at"]]
        own = [x for x in told if x["body"]["agency"] == agency]
        if own and own[-1]["body"]["response"] == "accepted":
            return own[-1]["on"], made[-1]["at"], made[-1]["body"]["stage"]
        return None

    @property
    def resolved_stage(self) -> str:
        found = [one for one in self.settled.values() if one and one[0] == self.resolved_on]
        return max(found, key=lambda one: one[1])[2]

    def was_resolved_with(self, agency: str, before: int) -> bool:
        return not self.reopened_at and any(
            one["body"]["outcome"] == "resolved" and one["body"]["agency"] == agency and one["at"] < before
            for one in self.all("outcome recorded")
        )

    @property
    def themes(self) -> set[str]:
        return _marks(self, "theme")

    @property
    def need(self) -> str:
        said = [one["body"]["details"]["need.current"] for one in self.all("details recorded")]
        plans = [one["body"]["facts"].get("child protection plan") for one in self.all("situation recorded")]
        found = {_need(said[-1])} if said else set()
        found |= {"child protection plan"} if "yes" in plans else set()
        order = ["child protection plan", "child in need", "level 4", "level 3", "said otherwise"]
        return next((one for one in order if one in found), "")


def _need(words: str) -> str:
    if words == "CP":
        return "child protection plan"
    found = re.search("level ([1-5])", words.lower())
    return f"level {found[1]}" if found else words if words == "child in need" else "said otherwise"


def working_days(start: date, end: date) -> int:
    """Count the working days after `start` up to `end`, one by one."""
    counted, day = 0, start
    while day < end:
        day += ONE_DAY
        counted += day.weekday() < 5 and day.isoformat() not in CALENDAR.days
    return counted


def nth_working_day(start: date, number: int) -> date:
    """Return the day on which so many working days are over, one by one."""
    day = start
    while number:
        day += ONE_DAY
        number -= day.weekday() < 5 and day.isoformat() not in CALENDAR.days
    return day


def read_ledger(database: Path, until: date | None = None) -> dict[str, Recounted]:
    """Return every case as its entries say that were recorded by the end of a day."""
    found: dict[str, Recounted] = {}
    with closing(sqlite3.connect(database)) as con:
        for row in con.execute(
            "SELECT ledger.stream, ledger.kind, ledger.occurred_on, ledger.recorded_at, ledger.target, payload.body"
            " FROM ledger JOIN payload ON payload.event_id = ledger.id"
            " JOIN spine ON spine.stream = ledger.stream AND spine.sequence = ledger.sequence"
            " WHERE ledger.stream LIKE 'case-%' ORDER BY spine.position"
        ):
            stream, kind, on, recorded_at, target, body = row
            if until is None or recorded_at[:10] <= until.isoformat():
                case = found.setdefault(stream, Recounted(stream))
                case.entries.append(
                    {
                        "kind": kind,
                        "on": date.fromisoformat(on),
                        "at": len(case.entries) + 1,
                        "recorded": date.fromisoformat(recorded_at[:10]),
                        "target": target,
                        "body": json.loads(body),
                    }
                )
    return {stream: case.read() for stream, case in found.items() if case.all("concern raised")}


class Together(Recounted):
    """Linked cases as one: open while one of them is, ended with the last, told under the first raised."""

    def __init__(self, cases: list[Recounted]) -> None:
        self.parts = sorted(cases, key=lambda case: (case.raised_on, case.raised["body"]["reference"]))
        first = self.parts[0]
        self.last = max(self.parts, key=lambda case: case.ended_on or date.max)
        super().__init__(first.stream, [one for case in self.parts for one in case.entries])
        self.raised, self.raised_on, self.concern_on = first.raised, first.raised_on, first.concern_on
        self.side, self.reopened_at = first.side, 0
        self.stages = [stage for case in self.parts for stage in case.stages]
        self.names = {name: of for case in self.parts for name, of in case.names.items()}
        self.agencies = list(dict.fromkeys(agency for case in self.parts for agency in case.agencies))
        self.withdrawn, self.resolved_on, self.ended_on = self.last.withdrawn, self.last.resolved_on, self.last.ended_on

    @property
    def resolved_stage(self) -> str:
        return self.last.resolved_stage

    @property
    def need(self) -> str:
        return next((case.need for case in self.parts if case.need), "")

    def received(self) -> date | None:
        return min((day for case in self.parts if (day := _received(case))), default=None)

    def runs(self) -> list[Run]:
        """Return each stage with an agency once: from when the first says, by the case that was the last to say."""
        told: dict[tuple[str, str], list[Run]] = {}
        for case in self.parts:
            for run in _every_run(case):
                told.setdefault((run[0], case.names[run[5]].casefold()), []).append(run)
        found = []
        for runs in told.values():
            last = max(runs, key=lambda run: run[3] or date.max)
            found.append((*last[:2], min(run[2] for run in runs), *last[3:]))
        return found

    def clocks(self) -> Iterator[tuple[Recounted, Ran]]:
        """Yield each clock with an agency as the case has it in which it is open, or was closed last, and that case."""
        told: dict[tuple[str, str], list[tuple[date, int, Ran]]] = {}
        for place, case in enumerate(self.parts):
            for agency, ran in _clocks_with(case):
                key = ran[0], case.names[agency].casefold()
                told.setdefault(key, []).append((ran[3] or date.max, -place, ran))
        for runs in told.values():
            which = max((day, place) for day, place, _ in runs)
            yield from ((self.parts[-place], ran) for day, place, ran in runs if (day, place) == which)


def counted_once(cases: dict[str, Recounted]) -> list[Recounted]:
    """Return the cases, those that are linked as the one escalation that they are."""
    found: dict[str, list[Recounted]] = {stream: [case] for stream, case in cases.items()}
    for case in cases.values():
        for one in case.all("cases linked"):
            other = cases.get(one["body"]["other"])
            if other and any(x["body"]["other"] == case.stream for x in other.all("cases linked")):
                both = found[case.stream] + [x for x in found[other.stream] if x not in found[case.stream]]
                for each in both:
                    found[each.stream] = both
    groups = {id(group): group for group in found.values()}
    once = [group[0] if len(group) == 1 else Together(group) for group in groups.values()]
    return sorted(once, key=lambda case: case.stream)


def recount(cases: list[Recounted], period: Period, as_of: date) -> dict[str, Any]:
    """Return the figures of a period, by the names of `escalate.core.reports.counted`."""

    def within(day: date | None) -> bool:
        return day is not None and period.first <= day <= period.last

    raised = [case for case in cases if within(case.raised_on)]
    resolved = [case for case in cases if within(case.resolved_on)]
    runs = [
        (stage, outcome, on, end, sure)
        for case in cases
        for stage, outcome, on, end, sure, _ in _every(case)
        if end and within(end)
    ]
    return {
        "raised": len(raised),
        "received": sum(within(_received(case)) for case in cases),
        "resolved": len(resolved),
        "withdrawn": sum(bool(case.withdrawn) and within(case.withdrawn[0]) for case in cases),
        "reopened": sum(within(one["on"]) for case in cases for one in case.all("reopened")),
        "open_at_end": sum(
            case.raised_on <= period.last and (case.ended_on is None or case.ended_on > period.last) for case in cases
        ),
        "open_at_start": sum(
            case.raised_on < period.first and (case.ended_on is None or case.ended_on >= period.first) for case in cases
        ),
        "days": Counter(working_days(case.concern_on, case.resolved_on) for case in resolved if case.resolved_on),
        "entered": Counter(stage for case in cases for stage in {run[0] for run in _every(case) if within(run[2])}),
        "resolved_at": Counter(case.resolved_stage for case in resolved),
        "stage_days": Counter(
            (stage, working_days(on, end)) for stage, outcome, on, end, _ in runs if outcome == "resolved"
        ),
        "outcomes": Counter((stage, outcome) for stage, outcome, _, _, _ in runs),
        "confirmed": Counter((stage, outcome) for stage, outcome, _, _, sure in runs if sure and outcome == "resolved"),
        "lines": {
            sort: {
                "raised": Counter(mark for case in raised for mark in _marks(case, sort)),
                "resolved": Counter(mark for case in resolved for mark in _marks(case, sort)),
            }
            for sort in ("raising", "receiving", "theme", "need")
        },
        "clocks": _clocks(cases, period, as_of),
        "recommendations": sum(within(one["on"]) for case in cases for one in case.all("recommendation made")),
        "responses": Counter(
            one["body"]["response"] for case in cases for one in case.all("agency responded") if within(one["on"])
        ),
        "learning": sum(within(one["on"]) for case in cases for one in _first(case).all("learning identified")),
        "same_child": _recurring(cases, raised, _children, None),
        "same_pair": _recurring(cases, raised, _pairs, 365),
    }


def _first(case: Recounted) -> Recounted:
    """Return the record that tells of the learning: of linked ones the first raised."""
    return case.parts[0] if isinstance(case, Together) else case


def _every(case: Recounted) -> list[Run]:
    return case.runs() if isinstance(case, Together) else list(_every_run(case))


def _received(case: Recounted) -> date | None:
    if isinstance(case, Together):
        return case.received()
    return {"partnership": case.raised["recorded"], "receiving": case.raised_on}.get(case.side)


def _marks(case: Recounted, sort: str) -> set[str]:
    if isinstance(case, Together) and sort != "need":
        return {mark for one in case.parts for mark in _marks(one, sort)}
    body = case.raised["body"]
    if sort == "raising":
        return {case.names[body["raising_agency"]].casefold()}
    if sort == "receiving":
        return {case.names[agency].casefold() for agency in case.agencies}
    return set(body["themes"]) if sort == "theme" else {case.need} - {""}


def _children(case: Recounted) -> set[str]:
    found = set()
    for one in case.all("party named"):
        body = one["body"]
        if body["sort"] == "child":
            found.add(body["party"])
            if body["born_on"]:
                found.add("".join(part[0] for part in body["name"].split()) + body["born_on"])
    return found


def _pairs(case: Recounted) -> set[str]:
    if isinstance(case, Together):
        return {pair for one in case.parts for pair in _pairs(one)}
    (raising,) = _marks(case, "raising")
    return {
        f"{min(raising, to)} {max(raising, to)} {t}" for to in _marks(case, "receiving") for t in _marks(case, "theme")
    }


def _recurring(cases: list[Recounted], raised: list[Recounted], marks: Any, within: int | None) -> int:
    before: dict[str, list[tuple[date, str]]] = {}
    for case in cases:
        for mark in marks(case):
            before.setdefault(mark, []).append((case.raised_on, case.stream))
    found = 0
    for case in raised:
        me = (case.raised_on, case.stream)
        oldest = case.raised_on - timedelta(days=within) if within else date.min
        found += any(one < me and one[0] >= oldest for mark in marks(case) for one in before[mark])
    return found


def _every_run(case: Recounted) -> Iterator[Run]:
    """Yield (stage, outcome, entered, ended, was confirmed, agency) of each stage with each agency; open ones too."""
    for place, (stage, entered_on, at) in enumerate(case.stages):
        following = case.stages[place + 1] if place + 1 < len(case.stages) else None
        for agency in case.agencies:
            if case.was_resolved_with(agency, at):
                continue
            own = {"agency": agency, "stage": stage}
            since = at if following else max(at, case.reopened_at)
            said = [x for x in case.all("outcome recorded") if own.items() <= x["body"].items() and x["at"] > since]
            sure = any(
                own.items() <= x["body"].items() and x["at"] > case.reopened_at for x in case.all("outcome confirmed")
            )
            settled = case.settled[agency]
            if said:
                yield stage, said[-1]["body"]["outcome"], entered_on, said[-1]["on"], sure, agency
            elif following:
                yield stage, "went up", entered_on, following[1], sure, agency
            elif settled:
                yield stage, "recommendation accepted", entered_on, settled[0], sure, agency
            elif case.withdrawn:
                yield stage, "withdrawn", entered_on, case.withdrawn[0], sure, agency
            else:
                yield stage, "", entered_on, None, sure, agency


def _clocks(cases: list[Recounted], period: Period, as_of: date) -> dict[tuple[str, str, bool], tuple[int, int]]:
    """Count the last days that lay in the period and are over, and those kept, of the clocks written out below."""
    found: dict[tuple[str, str, bool], list[bool]] = {}
    for case in cases:
        ran = case.clocks() if isinstance(case, Together) else ((case, one) for _, one in _clocks_with(case))
        for teller, (clock, reading, due_on, closed_on, fell_away) in ran:
            is_guide = any(one["body"]["answer"] == "yes" for one in teller.all("risk considered"))
            is_over = closed_on > due_on or not fell_away if closed_on else due_on < as_of
            if period.first <= due_on <= period.last and is_over:
                was_kept = closed_on is not None and closed_on <= due_on and not fell_away
                found.setdefault((clock, reading, is_guide), []).append(was_kept)
    return {key: (len(kept), sum(kept)) for key, kept in found.items()}


def _clocks_with(case: Recounted) -> Iterator[tuple[str, Ran]]:
    """Yield each clock with the agency it runs for."""
    entered = {stage: (on, at) for stage, on, at in case.stages}
    for agency in case.agencies:
        stage_due = nth_working_day(case.concern_on, 5)
        for stage, limit in (("1", 5), ("2", 5), ("3", 2)):
            if stage not in entered or case.was_resolved_with(agency, entered[stage][1]):
                continue
            on = entered[stage][0]
            starts = [on, stage_due] if str(int(stage) - 1) in entered else [on]
            start = case.concern_on if stage == "1" else min(starts)
            due_on = nth_working_day(start, limit)
            ends = list(_ends(case, agency, stage))
            closed_on = min((end for end, _ in ends), default=None)
            fell_away = closed_on is not None and not any(one == (closed_on, True) for one in ends)
            yield agency, (f"stage-{stage}-resolve", "", due_on, closed_on, fell_away)
            if stage == "3":
                yield agency, ("stage-3-resolve", "stage-3-time/text", nth_working_day(start, 5), closed_on, fell_away)
            stage_due = due_on
            if stage == "1":
                yield agency, _raise(case, agency)
            yield from ((agency, one) for one in _confirm(case, agency, stage))


def _ends(case: Recounted, agency: str, stage: str) -> Iterator[tuple[date, bool]]:
    """Yield the days on which a resolving clock was closed, and whether by the stage's own end."""
    for one in case.all("outcome recorded"):
        body = one["body"]
        if body["agency"] == agency and body["stage"] == stage and one["at"] > case.reopened_at:
            yield one["on"], True
    for above, on, _ in case.stages:
        if above > stage:
            yield on, True
    if settled := case.settled[agency]:
        yield settled[0], True
    for on in case.withdrawn:
        yield on, False


def _raise(case: Recounted, agency: str) -> Ran:
    told = [one["on"] for one in case.all("counterpart told") if one["body"]["agency"] == agency]
    ends = [(day, False) for day in told]
    ends += [(settled[0], True)] if (settled := case.settled[agency]) else []
    ends += [(day, True) for day in case.withdrawn]
    first = min(ends, default=None)
    due_on = nth_working_day(case.concern_on, 2)
    return "stage-1-raise", "", due_on, first and first[0], bool(first and first[1])


def _confirm(case: Recounted, agency: str, stage: str) -> Iterator[Ran]:
    own = {"agency": agency, "stage": stage}

    def since_reopened(kind: str) -> list[Entry]:
        return [x for x in case.all(kind) if own.items() <= x["body"].items() and x["at"] > case.reopened_at]

    resolved = [one["on"] for one in since_reopened("outcome recorded") if one["body"]["outcome"] == "resolved"]
    confirmed = [one["on"] for one in since_reopened("outcome confirmed")]
    if resolved:
        yield f"stage-{stage}-confirm", "", nth_working_day(min(resolved), 2), min(confirmed, default=None), False
