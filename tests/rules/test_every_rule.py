"""Every rule of Knowsley's policy has a test named by it and an item of the policy's file, and no other id exists."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from escalate.files.places import shipped

RULES = frozenset(f"K{number}" for number in range(1, 38))
NAMED = re.compile(r"(?<=_)k\d+(?=_)")


def named_by_a_test() -> set[str]:
    """Return the rules that test functions of this folder are named by."""
    found = set()
    for path in sorted(Path(__file__).parent.glob("test_knowsley_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_k"):
                found |= {rule.upper() for rule in NAMED.findall(node.name)}
    return found


def items() -> Iterator[dict[str, Any]]:
    """Yield every table of the policy's file that must name its rule."""
    tables = tomllib.loads((shipped("policies") / "knowsley-2020-11.toml").read_text(encoding="utf-8"))
    for value in tables.values():
        yield from value if isinstance(value, list) else [value]


def rules_of(item: dict[str, Any]) -> list[str]:
    """Return the rules an item is traced under."""
    rule = item.get("rule", [])
    return [rule] if isinstance(rule, str) else rule


def test_every_rule_is_named_by_a_test() -> None:
    assert named_by_a_test() == RULES


def test_every_rule_is_in_the_policys_file() -> None:
    assert {rule for item in items() for rule in rules_of(item)} == RULES


def test_every_item_names_its_rule_and_its_clause() -> None:
    assert [item for item in items() if not rules_of(item) or not item.get("clause", "").strip()] == []
