"""What differs between two editions, item by item and in plain words: compared as their followed readings have them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from escalate.core.policy import FORCES, Doubt, Obliging, Policy, Reading, follow
from escalate.files.policies.opt_outs import identity
from escalate.render.days import format_day
from escalate.render.owed_words import say_force
from escalate.render.policy_words import say_moment

Sort = Literal["added", "no longer", "changed", "clause only"]
TABLES: Mapping[str, str] = {
    "policy": "The edition",
    "immediate_risk": "If a child is at immediate risk",
    "stage": "Stages",
    "clock": "Times",
    "duty": "Duties",
    "straight_up": "Straight up",
    "ending": "How it ends",
    "route_out": "Where the policy does not apply",
    "form": "Forms",
    "fact": "Asked, because duties depend on it",
    "band": "Bands of urgency",
    "theme": "What disagreements are about",
    "prompt": "Keep in mind",
    "contact": "Whom to ask",
    "role": "Who goes to whom",
    "post": "Posts",
    "constraint": "Who may not act",
    "to_fill_in": "Left to the partnership",
    "report": "What is reported",
    "contradiction": "Where the source contradicts itself",
    "ambiguity": "What the source leaves open",
}
_WORDS = {
    "until": "is met by",
    "when": "arises when",
    "from_": "counts from",
    "if_": "only if any of",
    "if_all": "only if all of",
    "within": "time",
    "by_band": "time by urgency",
    "by": "due with",
    "before": "due before",
    "between": "between",
    "resolves": "is the stage's own time",
    "each": "owed once for each",
    "goes_to": "goes to",
    "followed": "reading followed",
    "partnership": "partnership",
}
_MOMENTS = ("from_", "until", "when", "owed_when")
_NOT_SAID = ("rule", "clause", "id", "extends", "readings", *FORCES)


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that differs: what it is called, as it was, as it is now; "" where there is none."""

    word: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An item that only one of the editions has, or that they have differently; the clause in each, "" where none."""

    table: str
    item: str
    sort: Sort
    says: str
    clause_was: str = ""
    clause_now: str = ""
    changes: tuple[Changed, ...] = ()


def differences(was: Policy, now: Policy) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of `TABLES` and of the files: what is no longer there last.

    A clause that alone differs is a difference of its own sort; the ids by which rules are traced are none.
    """
    before, after = follow(was), follow(now)
    found: list[Difference] = list(_of_header(before, after))
    for table in TABLES:
        if table != "policy":
            found += _of_table(table, getattr(before, table), getattr(after, table))
    return tuple(found)


def _of_header(before: Policy, after: Policy) -> Iterator[Difference]:
    values: list[dict[str, Any]] = []
    for policy in (before, after):
        head = policy.policy
        own = {f.name: getattr(head, f.name) for f in dataclasses.fields(head) if f.name != "source"}
        source = {f"source: {f.name}": getattr(head.source, f.name) for f in dataclasses.fields(head.source)}
        values.append({**own, **source, "order of the stages": tuple(stage.id for stage in policy.stage)})
    changes = tuple(_changes(*values))
    if changes:
        yield Difference(table="policy", item="", sort="changed", says="", changes=changes)


def _of_table(table: str, before: Iterable[Any], after: Iterable[Any]) -> Iterator[Difference]:
    left: dict[tuple[str, ...], list[Any]] = {}
    for item in before:
        left.setdefault(_identity(table, item), []).append(item)
    unmatched = []
    for item in after:  # those that stand in both as they are first, so that the others find what is left
        same = left.get(_identity(table, item), [])
        if item in same:
            same.remove(item)
        else:
            unmatched.append(item)
    for item in unmatched:
        name = _identity(table, item)
        was = left[name].pop(0) if left.get(name) else None
        if was is None:
            yield _alone(table, item, "added")
        elif found := _changed(table, was, item):
            yield found
    for items in left.values():
        for item in items:
            yield _alone(table, item, "no longer")


def _identity(table: str, item: Any) -> tuple[str, ...]:
    return identity(table, {f.name: getattr(item, f.name) for f in dataclasses.fields(item)})


def _alone(table: str, item: Any, sort: Literal["added", "no longer"]) -> Difference:
    clauses = {"clause_now" if sort == "added" else "clause_was": item.clause}
    return Difference(table=table, item=_identity(table, item)[0], sort=sort, says=_says(item), **clauses)


def _changed(table: str, was: Any, now: Any) -> Difference | None:
    values = ({f.name: getattr(one, f.name) for f in dataclasses.fields(one)} for one in (was, now))
    changes = tuple(_changes(*values))
    if isinstance(was, Obliging) and isinstance(now, Obliging):
        acts = (Changed("force", was.force, now.force), Changed("act", was.act, now.act))
        changes = (*(one for one in acts if one.was != one.now), *changes)
    if isinstance(was, Doubt) and isinstance(now, Doubt):
        changes = (*changes, *_of_readings(was, now))
    if not changes and was.clause == now.clause:
        return None  # only the ids by which it is traced
    return Difference(
        table=table,
        item=_identity(table, now)[0],
        sort="changed" if changes else "clause only",
        says=_says(now),
        clause_was=was.clause,
        clause_now=now.clause,
        changes=changes,
    )


def _changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Changed]:
    for key, value in now.items():
        if key not in _NOT_SAID and was[key] != value:
            word = _WORDS.get(key, key.rstrip("_").replace("_", " "))
            yield Changed(word, _say(key, was[key]), _say(key, value))


def _of_readings(was: Doubt, now: Doubt) -> Iterator[Changed]:
    for name in dict.fromkeys((*now.readings, *was.readings)):
        before, after = was.readings.get(name), now.readings.get(name)
        if before != after:
            yield Changed(f'reading "{name}"', _say_reading(before), _say_reading(after))


def _say_reading(reading: Reading | None) -> str:
    if reading is None:
        return ""
    fills = [f"{_WORDS.get(key, key.rstrip('_'))} {_say(key, value)}" for key, value in reading.changes.items()]
    return "; ".join((reading.says, *fills, f"[{reading.clause}]"))


def _say(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, tuple):
        return "; ".join(say_moment(one) if key in _MOMENTS else str(one) for one in value)
    return "" if value is None else str(value)


def _says(item: Any) -> str:
    """Return the item in a few words: who must do what, or its title, or what it says."""
    if isinstance(item, Obliging):
        time = f" ({item.within})" if item.within else ""
        return f"{item.who} {say_force(item.force)} {item.act}{time}"
    if isinstance(item, Doubt):
        return f'follows "{item.followed}": {item.readings[item.followed].says}'
    for key in ("title", "ask", "asks", "says", "what"):
        if words := getattr(item, key, ""):
            return str(words)
    return f"goes to {', '.join(item.goes_to)}"
