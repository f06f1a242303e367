"""The groups that a policy reports to: which cases each hears of, and whose are all among another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalate.core.policy import Policy
from escalate.core.policy_items import Report


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases that a group hears of: those that entered one of `stages`, or were resolved there; all, where none is.

    `only_resolved`: those that were resolved, and no others.
    """

    stages: frozenset[str] = frozenset()
    only_resolved: bool = False

    def are_among(self, others: Cases) -> bool:
        """Are all of these among the others?

        Example:
            >>> Cases(frozenset({"3"})).are_among(Cases(frozenset({"2", "3"})))
            True
            >>> Cases().are_among(Cases(only_resolved=True))
            False
        """
        if others.only_resolved and not self.only_resolved:
            return False
        return not others.stages or (bool(self.stages) and self.stages <= others.stages)


def cases_of(policy: Policy, asked: Report | None) -> Cases:
    """Return the cases that a group hears of; all of them, where the policy names no group."""
    if asked is None:
        return Cases()
    stages = frozenset(asked.stages)
    if asked.only == "resolved":
        return Cases(stages, only_resolved=True)
    # Every case enters a stage.
    return Cases(frozenset() if stages >= {stage.id for stage in policy.stage} else stages)


def of_each(policy: Policy) -> Mapping[str, Cases]:
    """Return the cases of each group that the policy names, by its first report to it."""
    first = {one.group: one for one in reversed(policy.report)}
    return {group: cases_of(policy, one) for group, one in first.items()} | ({} if first else {"": Cases()})


def among(policy: Policy) -> dict[str, frozenset[str]]:
    """Return for each group the groups with other cases that hold all of its own."""
    each = of_each(policy)
    return {
        group: frozenset(other for other, of in each.items() if of != cases and cases.are_among(of))
        for group, cases in each.items()
    }
