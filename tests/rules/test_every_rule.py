"""Every rule of a shipped policy has a test named by it and an item of the policy's file, and no other id exists."""

from __future__ import annotations

import pytest

from escalate.files.places import shipped
from scripts import docs
from scripts.docs import TRACED, Traced

each_policy = pytest.mark.parametrize("traced", TRACED, ids=lambda traced: traced.partnership)


@each_policy
def test_every_rule_is_named_by_a_test_and_no_other(traced: Traced) -> None:
    assert sorted(docs.proofs(traced)) == sorted(traced.rules)


@each_policy
def test_every_rule_is_in_the_policys_file_and_no_other(traced: Traced) -> None:
    assert sorted({rule for _, item in docs.items(traced) for rule in docs.rules_of(item)}) == sorted(traced.rules)


@each_policy
def test_every_item_names_its_rule_and_its_clause(traced: Traced) -> None:
    lacking = [
        called
        for called, item in docs.items(traced)
        if not docs.rules_of(item) or not str(item.get("clause", "")).strip()
    ]

    assert lacking == []


def test_every_shipped_policy_is_traced() -> None:
    assert sorted(path.stem for path in shipped("policies").glob("*.toml")) == sorted(one.policy for one in TRACED)
