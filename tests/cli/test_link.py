"""Two records of one disagreement are linked, count once, and may be told apart again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.core.escalations import pair_of
from escalate.core.logged import LoggedChild
from escalate.store import readers
from escalate.store.case_links import count_escalations, links
from tests.builders import HEALTH, a_case, a_home, database_in
from tests.cli.came_in import came_in
from tests.cli.kept import entries, facts, kinds
from tests.cli.typist import Typist
from tests.running import run


@pytest.fixture
def three(home: Path) -> tuple[str, str, str]:
    """Three cases of one school about one child."""
    first, second, third = (a_case(home, number=number).reference for number in (1, 2, 3))
    return first, second, third


def groups(home: Path) -> dict[str, list[str]]:
    data = run(home, "list", "--json").data
    return {case["reference"]: case["one_escalation_with"] for case in data["cases"] if case["one_escalation_with"]}


def test_a_link_is_recorded_in_both_cases_and_its_words_in_the_first(home: Path, three: tuple[str, str, str]) -> None:
    first, second, _ = three

    done = run(home, "link", first, second, typed='reason = "Both are about the referral of 30 March."\n')

    assert done == (
        0,
        f"{first} and {second} are one escalation, and count once.\nNext: escalate show {first}, or escalate list\n",
        "",
    )
    said = [(fact.other_reference, fact.reason) for ref in (first, second) for fact in facts(home, ref, "cases linked")]
    assert said == [
        (second, "Both are about the referral of 30 March."),
        (first, ""),
    ]
    assert groups(home) == {first: [second], second: [first]}
    assert run(home, "verify").code == 0


def test_a_link_needs_no_words(home: Path, three: tuple[str, str, str]) -> None:
    assert run(home, "link", three[0], three[1]).code == 0


@pytest.mark.parametrize("turned", [False, True])
def test_linked_already_nothing_is_recorded(home: Path, three: tuple[str, str, str], *, turned: bool) -> None:
    first, second = three[1::-1] if turned else three[:2]
    run(home, "link", three[0], three[1])
    before = entries(home)

    done = run(home, "link", first, second)

    assert done.out.splitlines()[0] == f"{first} and {second} are linked already. Nothing was recorded."
    assert (done.code, entries(home)) == (0, before)


def test_cannot_link_a_case_with_itself(home: Path, three: tuple[str, str, str]) -> None:
    assert run(home, "link", three[0], three[0].lower()) == (
        3,
        "",
        f"error: case {three[0]}: was named twice, and a case is one escalation with itself\n"
        "    name two cases: escalate list shows them\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.parametrize("verb", ["link", "unlink"])
def test_cannot_link_or_unlink_a_case_that_is_not_there(home: Path, three: tuple[str, str, str], verb: str) -> None:
    before = entries(home)

    assert run(home, verb, three[0], "KSCP-2026-0009-ZZZZ").code == 4
    assert entries(home) == before


def test_links_join_and_each_escalation_counts_once(home: Path, three: tuple[str, str, str]) -> None:
    first, second, third = three
    run(home, "link", first, second)

    done = run(home, "link", second, third)

    assert done.out.splitlines()[1] == f"One escalation now: {first}, {second}, {third}."
    assert groups(home)[third] == [first, second]
    data = run(home, "list", "--json").data
    assert (data["total"], data["escalations"]) == (3, 1)
    assert "3 cases, 1 escalation: linked ones count once." in run(home, "list", "--plain").out
    assert run(home, "list", "--json", "--search", "0003").data["escalations"] == 1


def test_show_names_the_others(home: Path, three: tuple[str, str, str]) -> None:
    first, second, third = three
    run(home, "link", first, second)
    run(home, "link", second, third)

    assert f"One escalation with {first}, {second}" in run(home, "show", third).out
    assert run(home, "show", third, "--json").data["case"]["one_escalation_with"] == [first, second]
    assert run(home, "show", third, "--brief", "--json").data["case"]["one_escalation_with"] == [first, second]


def test_a_link_taken_back_leaves_two_escalations_and_both_entries(home: Path, three: tuple[str, str, str]) -> None:
    first, second, _ = three
    run(home, "link", first, second)

    done = run(home, "unlink", first, second, typed='reason = "They are about two decisions."\n')

    assert done.out.splitlines()[0] == f"{first} and {second} are two escalations, and count as two."
    assert kinds(home, second)[-2:] == ["cases linked", "cases unlinked"]
    assert groups(home) == {}
    assert run(home, "verify").code == 0


def test_not_linked_there_is_nothing_to_take_back(home: Path, three: tuple[str, str, str]) -> None:
    before = entries(home)

    done = run(home, "unlink", three[0], three[1], "--json")

    assert (done.code, entries(home)) == (0, before)
    assert done.data == {
        "references": list(three[:2]),
        "recorded": False,
        "one_escalation": [three[0]],
        "entries": [],
    }


def test_cannot_part_two_that_are_one_through_a_third(home: Path, three: tuple[str, str, str]) -> None:
    first, second, third = three
    run(home, "link", first, second)
    run(home, "link", second, third)

    assert run(home, "unlink", first, third) == (
        3,
        "",
        f"error: cases {first} and {third}: are one escalation through {second}, not linked with each other\n"
        f"    take back one of those links: escalate unlink {first} {second}\n"
        "Nothing was recorded.\n",
    )


def test_still_one_through_others_is_said(home: Path, three: tuple[str, str, str]) -> None:
    first, second, third = three
    for one, other in combinations(three, 2):
        run(home, "link", one, other)

    done = run(home, "unlink", first, second)

    assert done.out.splitlines()[0] == (
        f"{first} and {second} are no longer linked with each other, and still one through others."
    )
    assert groups(home)[first] == [second, third]


def test_json_says_what_was_recorded_where(home: Path, three: tuple[str, str, str]) -> None:
    first, second, _ = three

    data = run(home, "link", first, second, "--json").data

    assert (data["references"], data["recorded"], data["one_escalation"]) == ([first, second], True, [first, second])
    assert [(entry["reference"], entry["kind"]) for entry in data["entries"]] == [
        (first, "cases linked"),
        (second, "cases linked"),
    ]


def test_at_a_terminal_it_asks_how_you_know(typist: Typist, three: tuple[str, str, str]) -> None:
    typist.types("link", *three[:2])
    typist.answer_at_length("How do you know that they are one escalation?", "Both quote the same letter.")
    typist.confirm()

    typist.expect("are one escalation")
    assert typist.ends() == 0
    assert facts(typist.home, three[0], "cases linked")[0].reason == "Both quote the same letter."


def test_at_a_terminal_nothing_is_asked_of_what_is_linked_already(
    plain_typist: Typist, three: tuple[str, str, str]
) -> None:
    run(plain_typist.home, "link", *three[:2])

    plain_typist.types("link", *three[:2])

    plain_typist.expect("are linked already. Nothing was recorded.")
    assert plain_typist.ends() == 0


def test_the_words_of_a_link_are_redacted_and_the_link_stands(home: Path, three: tuple[str, str, str]) -> None:
    first, second, _ = three
    run(home, "link", first, second, typed='reason = "Casey Otherfamily said so."\n')

    redacted = run(home, "redact", first, typed='words = ["Casey Otherfamily"]\nreason = "Another family."\n')

    assert redacted.code == 0
    assert "Otherfamily" not in run(home, "show", first).out + run(home, "show", second).out
    assert groups(home) == {first: [second], second: [first]}
    assert run(home, "verify").code == 0


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM case_link", "INSERT INTO case_link SELECT min(stream), 'case-0003' FROM case_view"],
)
def test_verify_finds_a_link_that_no_entry_made_or_that_is_missing(
    home: Path, three: tuple[str, str, str], change: str
) -> None:
    run(home, "link", *three[:2])
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute(change)

    ran = run(home, "verify")

    assert ran.code == 10
    assert "are not linked as their entries say" in ran.out + ran.err


def suggested(home: Path, reference: str) -> list[str]:
    return list(run(home, "show", reference, "--json").data["case"]["perhaps_one_escalation_with"])


def test_two_logged_cases_about_one_child_with_an_agency_in_common_may_be_one(home: Path) -> None:
    first = came_in(home)
    other = came_in(
        home, their_case="other", their_reference="HV-12", raising_agency="Invented Health Visiting Service"
    )

    out = run(home, "show", other, "--plain").out

    assert (suggested(home, first), suggested(home, other)) == ([other], [first])
    assert f"Perhaps the same escalation as {first}: escalate link {other} {first}" in " ".join(out.split())


@pytest.mark.parametrize(
    "other",
    [
        {"children": (LoggedChild(name="Rowan Testcase", born_on=date(2019, 3, 4)),)},
        {"children": (LoggedChild(name="Ash Testcase", born_on=date(2019, 3, 3)),)},
        {"children": (LoggedChild(name="Rowan Testcase"),)},
        {"raising_agency": "Invented Youth Service", "receiving_agencies": ("Invented Police",)},
    ],
)
def test_other_children_or_other_agencies_are_not_suggested(home: Path, other: dict[str, object]) -> None:
    first = came_in(home)
    came_in(home, **{"their_case": "other", "their_reference": "HV-12", **other})

    assert suggested(home, first) == []


def test_initials_and_day_of_birth_are_enough(home: Path) -> None:
    first = came_in(home)
    other = came_in(home, their_case="other", children=(LoggedChild(name="R.T.", born_on=date(2019, 3, 3)),))

    assert suggested(home, other) == [first]


def test_a_practitioner_s_own_two_disagreements_about_one_child_are_not_suggested(
    home: Path, three: tuple[str, str, str]
) -> None:
    assert suggested(home, three[0]) == []


def test_a_case_that_was_handed_over_may_be_the_one_logged_from_its_form(home: Path) -> None:
    handed_over = a_case(home, receiving_agencies=(HEALTH,))
    logged = came_in(home, their_case=handed_over.stream, children=())

    assert (suggested(home, handed_over.reference), suggested(home, logged)) == ([logged], [handed_over.reference])


def test_linked_or_told_apart_it_is_suggested_no_more(home: Path) -> None:
    first, other = came_in(home), came_in(home, their_case="other", their_reference="HV-12")
    run(home, "link", first, other)
    linked = suggested(home, first)
    run(home, "unlink", first, other)

    assert (linked, suggested(home, first), suggested(home, other)) == ([], [], [])


PAIRS = tuple(combinations(range(4), 2))
ACTS = st.lists(st.tuples(st.sampled_from(("link", "unlink")), st.sampled_from(PAIRS)), min_size=1, max_size=7)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_of_links_leaves_the_groups_that_the_standing_ones_join(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, tuple[int, int]]]
) -> None:
    home = a_home(tmp_path_factory.mktemp("home"))
    cases = [a_case(home, number=number) for number in range(1, 5)]
    standing: set[tuple[str, str]] = set()

    for verb, (one, other) in acts:
        code = run(home, verb, cases[one].reference, cases[other].reference).code
        pair = pair_of(cases[one].stream, cases[other].stream)
        assert code in (0, 3)
        if verb == "link":
            standing.add(pair)
        else:
            standing.discard(pair)

    together = [{case.stream} for case in cases]
    for pair in standing:
        joined = [group for group in together if group & set(pair)]
        together = [group for group in together if group not in joined] + [set[str]().union(*joined)]
    with closing(readers.open_for_reading(database_in(home))) as con:
        assert set(links(con)) == standing
        assert count_escalations(con, [case.stream for case in cases]) == len(together)
    assert run(home, "verify").code == 0
