"""No key of the format is read and then does nothing: with another value it says or gives something else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from escalate.core.calendars import working_calendar
from escalate.core.policy import Policy
from escalate.core.trying import Supposed, try_policy
from escalate.core.whom import Wanted, whom_it_names
from escalate.files.places import shipped
from escalate.files.policies.shape import shaped
from escalate.render.console import Screen
from escalate.render.policy_page import show_policy
from escalate.render.try_json import trial_as_plain
from escalate.render.who_page import who_as_plain
from tests.builders import CALENDAR

HERE = Path(__file__).parent
FILES = (
    *sorted((HERE / "invented").glob("*.toml")),
    *sorted(HERE.glob("*.toml")),
    *sorted(shipped("policies").glob("*.toml")),
)
ELSEWHERE = {
    ("duty", "recorded"): "tests/rules: the duties that state the disagreement and give reasons",
    ("duty", "until"): "every scenario that closes a duty by what happens",
    ("clock", "until"): "every scenario that closes a clock",
    ("policy", "extends"): "tests/policies/test_overlays.py",
    ("policy", "prefix"): "every reference",
}
"""Keys whose effect is on a case and stands on no page, and where it is proved."""


def tables_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def first_uses() -> Iterator[tuple[str, str, Path, int]]:
    """Yield each key of each table once: table, key, a file that uses it, and the item's place there."""
    seen: set[tuple[str, str]] = set()
    for path in FILES:
        for table, items in tables_of(path).items():
            for place, item in enumerate(items if isinstance(items, list) else [items]):
                for key in item:
                    if (table, key) not in seen and (table, key) not in ELSEWHERE:
                        seen.add((table, key))
                        yield table, key, path, place


USES = list(first_uses())


def otherwise(value: Any) -> Any:
    """Return another value of the same kind."""
    match value:
        case bool():
            return not value
        case date():
            return value + timedelta(days=400)
        case str():
            return f"{value} changed"
        case list():
            return value[:-1] if len(value) > 1 else [*value, *value]
        case _:
            return {key: otherwise(one) for key, one in value.items()}


def said(policy: Policy, capsys: pytest.CaptureFixture[str]) -> tuple[str, object]:
    """Return everything that can be known of a policy before a case: its page, who it names, and what it would give."""
    show_policy(Screen.here(plain=True), policy)
    page = capsys.readouterr().out
    day = date(2026, 4, 1)
    band = policy.band[0].id if policy.band else ""
    supposed = Supposed(concern_on=day, told_on=day, risk="yes", band=band)
    trial = trial_as_plain(policy, try_policy(policy, working_calendar(CALENDAR), supposed))
    return page, (who_as_plain(whom_it_names(policy, Wanted())), trial)


def read(tables: Mapping[str, Any]) -> Policy | None:
    policy, _ = shaped(dict(tables))
    return policy


@pytest.mark.parametrize(("table", "key", "path", "place"), USES, ids=[f"{one[0]}-{one[1]}" for one in USES])
def test_a_key_with_another_value_or_without_it_says_or_gives_something_else(
    table: str, key: str, path: Path, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = tables_of(path)
    policy = read(tables)
    assert policy is not None
    before = said(policy, capsys)
    items = tables[table] if isinstance(tables[table], list) else [tables[table]]
    value = items[place].pop(key)
    found = []
    for changed in (None, otherwise(value)):
        if changed is not None:
            items[place][key] = changed
        try:
            other = read(tables)
            found.append(None if other is None else said(other, capsys))
        except (LookupError, ValueError, StopIteration, RuntimeError, AssertionError):
            found.append(None)  # it holds other items up, or is one of a few words: it is read

    assert any(one != before for one in found), f"{table}.{key} changes nothing"
