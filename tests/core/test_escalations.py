"""Linked cases count once: whatever was linked and unlinked, in whatever order."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core.case import read_case
from escalate.core.escalations import escalations, pair_of
from escalate.core.linked import standing_links, told_apart
from tests.builders import a_concern

CASES = ("case-a", "case-b", "case-c", "case-d", "case-e", "case-f")
ACTS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(CASES), st.sampled_from(CASES)).filter(lambda act: act[1] != act[2]),
    max_size=20,
)


def said_in(stream: str, acts: list[tuple[bool, str, str]]) -> list[e.Event]:
    """Return the entries of one case: its concern, and each act that names it."""
    facts: list[e.Fact] = [a_concern()]
    for is_link, one, other in acts:
        if stream in (one, other):
            kind = e.CasesLinked if is_link else e.CasesUnlinked
            facts.append(kind(other=other if stream == one else one, other_reference="KSCP-2026-0001-RQXZ"))
    return [
        e.Event(
            stream=stream,
            chain="db-1",
            sequence=place,
            id=f"{stream}-{place}",
            fact=fact,
            kind=fact.kind,
            occurred_on=date(2026, 4, 1),
        )
        for place, fact in enumerate(facts, 1)
    ]


@given(ACTS)
def test_any_sequence_of_links_and_unlinks_makes_the_groups_that_its_standing_links_join(
    acts: list[tuple[bool, str, str]],
) -> None:
    standing: set[frozenset[str]] = set()
    for is_link, one, other in acts:
        (standing.add if is_link else standing.discard)(frozenset((one, other)))
    groups = [{case} for case in CASES]
    for one, other in map(sorted, standing):
        joined = [group for group in groups if one in group or other in group]
        groups = [group for group in groups if group not in joined] + [set().union(*joined)]

    said = {case: standing_links(read_case(said_in(case, acts))) for case in CASES}
    links = {pair_of(case, other) for case, others in said.items() for other in others}
    found = escalations(links)
    stands_for = {case: found.get(case, case) for case in CASES}

    assert {frozenset(pair) for pair in links} == standing
    together = {frozenset(case for case in CASES if stands_for[case] == first) for first in stands_for.values()}
    assert together == {frozenset(group) for group in groups}


def test_a_case_told_apart_from_another_and_linked_again_is_one_with_it() -> None:
    acts = [(True, "case-a", "case-b"), (False, "case-a", "case-b")]

    apart = read_case(said_in("case-a", acts))
    again = read_case(said_in("case-a", [*acts, (True, "case-b", "case-a")]))

    assert (standing_links(apart), told_apart(apart)) == (frozenset(), {"case-b"})
    assert (standing_links(again), told_apart(again)) == ({"case-b"}, frozenset())
