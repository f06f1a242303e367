"""`escalate learning`: the learning points of all cases, and what became of each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, Happened, a_case, a_home, database_in, on
from tests.cli.kept import entries, facts, is_sound, the_fact
from tests.cli.typist import Typist
from tests.running import heavy_imports, run
from tests.two_homes import another_home, hand, record

CLOSED = 'what = "closed"\non = 2026-04-10\nchanged = "The referral form asks."\n'


def learned(words: str, day: str, stage: str = "1") -> Happened:
    return e.LearningIdentified(stage=stage, learning=words), on(day)


@pytest.fixture
def case(home: Path) -> Built:
    """A case with two points, of Thursday 9 April 2026."""
    return a_case(home, learned("Nobody saw that visits were missed.\nSchools are asked too late.", "2026-04-09"))


def points(home: Path, *words: str) -> list[str]:
    return [point["point"] for point in run(home, "learning", *words, "--json").data["points"]]


def test_what_is_open_comes_first_and_the_oldest_of_it(home: Path, case: Built) -> None:
    older = a_case(home, learned("Letters come late.", "2026-04-02", "2"), number=2).reference
    run(home, "learning", f"{older}:1", typed=CLOSED)
    oldest = a_case(
        home, learned("Meet sooner.", "2026-03-31"), number=3, decision_received_on=on("2026-03-30")
    ).reference

    assert points(home) == [f"{oldest}:1", f"{case.reference}:1", f"{case.reference}:2", f"{older}:1"]
    assert points(home, "--open") == [f"{oldest}:1", f"{case.reference}:1", f"{case.reference}:2"]
    assert points(home, "--quarter", "2026-Q1") == [f"{oldest}:1"]
    assert points(home, "--since", "2026-04-01", "--until", "2026-04-02") == [f"{older}:1"]
    assert points(home, "--until", "2026-04-02", "--since", "2026-04-02", "--open") == []


def test_points_are_chosen_by_policy_edition_or_partnership_and_by_theme(home: Path, case: Built) -> None:
    other = a_case(home, learned("Say it in writing.", "2026-04-02"), number=2, policy="somerset-2016-12", themes=())

    assert points(home, "--policy", "somerset") == points(home, "--policy", "somerset-2016-12")
    assert points(home, "--policy", "somerset") == [f"{other.reference}:1"]
    assert run(home, "learning", "--policy", "some").code == 4
    assert points(home, "--theme", "THRESH") == points(home, "--theme", "threshold")
    assert points(home, "--theme", "threshold") == [f"{case.reference}:1", f"{case.reference}:2"]


def test_a_point_is_given_taken_to_a_group_and_closed_each_as_an_entry(home: Path, case: Built) -> None:
    name = f"{case.reference}:2"
    given = run(home, "learning", name, typed='what = "owner"\non = 2026-04-09\nowner = "Practice lead"\n')
    run(home, "learning", name, typed='what = "taken"\non = 2026-04-10\ngroup = "Core Business Group"\n')
    run(home, "learning", name, typed=CLOSED)

    assert (given.code, given.err) == (0, "")
    assert given.out.startswith(
        f"Recorded in {case.reference}, Stage 1: practitioner to practitioner:\n  entry 9: learning given, Thu 9 Apr\n"
    )
    assert given.out.endswith(f"Next: escalate show {case.reference}, or escalate learning --open\n")
    assert the_fact(home, case.reference, "learning given") == e.LearningGiven(point="8.2", owner="Practice lead")
    assert the_fact(home, case.reference, "learning taken") == e.LearningTaken(point="8.2", group="Core Business Group")
    assert the_fact(home, case.reference, "learning closed") == e.LearningClosed(
        point="8.2", changed="The referral form asks."
    )
    assert is_sound(home)


def test_the_list_says_it_for_a_screen_reader_and_for_a_pipe(home: Path, case: Built) -> None:
    run(home, "learning", f"{case.reference}:2", typed='what = "dropped"\nreason = "Known."\non = 2026-04-10\n')

    spoken, piped, said = run(home, "learning", "--plain"), run(home, "learning"), "Schools are asked too late."

    assert spoken.out == (
        "2 learning points, 1 of them open, the oldest first.\n"
        "\n"
        f"{case.reference}:1, identified on Thursday 9 April 2026 at stage 1. Nobody\n"
        "  saw that visits were missed. Open, nobody has it. Themes: Level of need or\n"
        "  threshold.\n"
        f"{case.reference}:2, identified on Thursday 9 April 2026 at stage 1. Schools\n"
        "  are asked too late. Dropped Fri 10 Apr: Known. Themes: Level of need or\n"
        "  threshold.\n"
        "\n"
        f"What became of one: escalate learning {case.reference}:1\n"
    )
    assert [line.split("\t") for line in piped.out.splitlines()[2:]] == [
        [f"{case.reference}:2", "2026-04-09", "1", "dropped", said, *[""] * 4, "2026-04-10", "Known."]
    ]
    nothing = 'No learning point is found with --theme "communication".'
    assert run(home, "learning", "--theme", "communication", "--plain").out.splitlines()[0] == nothing
    assert run(home, "learning", "--theme", "communication").err == f"{nothing}\n"


def test_the_record_shows_what_became_of_which_point(home: Path, case: Built) -> None:
    run(home, "learning", f"{case.reference}:2", typed=CLOSED)

    assert (
        '9  Fri 10 Apr 2026  Learning point 2, "Schools are asked too late." was closed.\n'
        "     What changed: The referral form asks.\n"
    ) in run(home, "show", case.reference).out


def test_without_a_number_the_answers_say_which_point(home: Path, case: Built) -> None:
    done = run(home, "learning", case.reference, "--json", typed=f'point = "1"\n{CLOSED}')

    assert (done.code, [entry["kind"] for entry in done.data["entries"]]) == (0, ["learning closed"])
    assert the_fact(home, case.reference, "learning closed").point == "8.1"
    assert run(home, "learning", case.reference, "2", typed=CLOSED).code == 0


def test_at_a_terminal_it_asks_which_point_and_what_became_of_it(plain_typist: Typist) -> None:
    case = a_case(plain_typist.home, learned("Ask earlier.\nWrite to all.", "2026-04-09"))

    plain_typist.types("learning", case.reference)
    plain_typist.answer("Which learning point is it about?", "2")
    plain_typist.expect("Write to all.")
    plain_typist.answer("What became of it?", "1")
    plain_typist.answer("On which day?", "9 April")
    plain_typist.answer("Who has it now?", "Practice lead")
    plain_typist.answer_at_length("What are they to do about it?", "Ask Rowan's school.")
    plain_typist.answer("Shall they stand so?", "1")
    plain_typist.confirm()

    assert plain_typist.ends() == 0
    assert facts(plain_typist.home, case.reference, "learning given") == [
        e.LearningGiven(point="8.2", owner="Practice lead", note="Ask Rowan's school.")
    ]


def test_words_that_name_the_child_are_recorded_only_where_somebody_says_so(home: Path, case: Built) -> None:
    answers = CLOSED.replace("The referral form asks.", "Rowan's school is asked.")
    before = entries(home)

    asked = run(home, "learning", f"{case.reference}:1", typed=answers)

    assert (asked.code, entries(home)) == (2, before)
    assert '"names_stand" is missing: These words seem to name a child' in asked.err
    assert "Rowan" not in asked.err
    assert run(home, "learning", f"{case.reference}:1", typed=f'{answers}names_stand = "yes"\n').code == 0


def test_words_that_name_a_child_of_another_case_are_asked_back_too(home: Path, case: Built) -> None:
    a_case(home, number=2, child="Zebedee Otherchild")
    answers = CLOSED.replace("The referral form asks.", "As with Zebedee, the school is asked.")
    before = entries(home)

    asked = run(home, "learning", f"{case.reference}:1", typed=answers)

    assert (asked.code, "Zebedee" in asked.err, entries(home)) == (2, False, before)
    assert '"names_stand" is missing' in asked.err
    assert run(home, "learning", f"{case.reference}:1", typed=f'{answers}names_stand = "yes"\n').code == 0


@pytest.mark.parametrize(
    "words", ["As said of will  best before.", "Zoe Angstrom was asked.", "It was Sam Onlooker’s."]
)
def test_a_whole_name_of_another_case_is_asked_back_however_it_is_written(home: Path, case: Built, words: str) -> None:
    onlooker = e.PartyNamed(party="person-9", sort="person", name="Sam Onlooker")
    a_case(home, number=2, child="Will Best", names=[onlooker])
    a_case(home, number=3, child="Zoë Ångström")
    said = f'risk = "no"\nwhat = "learning"\non = 2026-04-09\nlearning = "{words}"\n'

    closed = run(home, "learning", f"{case.reference}:1", typed=CLOSED.replace("The referral form asks.", words))
    recorded = run(home, "record", case.reference, typed=said)

    assert (closed.code, '"names_stand" is missing' in closed.err) == (2, True)
    assert (recorded.code, '"names_stand" is missing' in recorded.err) == (2, True)


def test_what_is_closed_is_not_offered_nor_what_the_case_owes_shown(home: Path, case: Built) -> None:
    closed = run(home, "learning", f"{case.reference}:1", typed=CLOSED)
    again = run(home, "learning", case.reference, typed=f'point = "1"\n{CLOSED}')
    run(home, "learning", f"{case.reference}:2", typed=CLOSED)
    none_left = run(home, "learning", case.reference, typed=f'point = "1"\n{CLOSED}')

    assert "Owed now" not in closed.out
    assert (again.code, "one of: 2" in again.err) == (2, True)
    assert (none_left.code, "no learning point is open" in none_left.err) == (4, True)


def test_a_quarter_is_said_back_as_it_was_typed(home: Path, case: Built) -> None:
    assert run(home, "learning", "--quarter", "2025-Q1", "--plain").out.splitlines()[0] == (
        "No learning point is found with --quarter 2025-Q1."
    )


def test_learning_recorded_with_the_case_is_asked_back_where_it_names_the_child(home: Path, case: Built) -> None:
    said = 'risk = "no"\nwhat = "learning"\non = 2026-04-09\nlearning = "Rowan Testcase was seen too late."\n'
    before = entries(home)

    refused = run(home, "record", case.reference, typed=said)
    unchanged = entries(home)
    kept = run(home, "record", case.reference, typed=f'{said}names_stand = "yes"\n')

    assert (refused.code, unchanged, "names_stand" in refused.err) == (2, before, True)
    assert "Rowan" not in refused.err
    assert kept.code == 0


@pytest.mark.parametrize("typed", ["{}:x", "{}:0", ":2", "{}:2 3"])
def test_cannot_name_a_point_in_another_way(home: Path, case: Built, typed: str) -> None:
    done = run(home, "learning", *typed.format(case.reference).split())

    assert (done.code, done.out) == (2, "")
    assert "a point is written REF:N" in done.err


def test_cannot_speak_of_a_point_that_is_not_there_nor_of_none(home: Path, case: Built) -> None:
    none = a_case(home, number=2).reference

    assert run(home, "learning", f"{case.reference}:3", typed=CLOSED) == (
        4,
        "",
        f"error: case {case.reference}: has no learning point 3: it has 2\n"
        "    to see them all: escalate learning\n"
        "Nothing was recorded.\n",
    )
    assert "no learning is recorded" in run(home, "learning", none, typed=CLOSED).err


def test_cannot_close_what_is_closed_and_may_open_it_again(home: Path, case: Built) -> None:
    name = f"{case.reference}:1"
    run(home, "learning", name, typed=CLOSED)

    again = run(home, "learning", name, typed=CLOSED)
    opened = run(home, "learning", name, typed='what = "again"\non = 2026-04-10\nreason = "It does not."\n')

    assert (again.code, "one of: again" in again.err) == (2, True)
    assert (opened.code, points(home, "--open")) == (0, [name, f"{case.reference}:2"])


@pytest.mark.parametrize(
    "words",
    [
        ("--open", "KSCP-2026-0001:1"),
        ("--from", "x.toml"),
        ("--quarter", "2026-Q5"),
        ("--until", "2026-04-01"),
    ],
)
def test_cannot_mix_what_is_listed_with_one_point_nor_mistype_a_period(home: Path, words: tuple[str, ...]) -> None:
    done = run(home, "learning", *words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: escalate learning: ")


def test_a_correction_of_the_words_keeps_what_became_of_the_point(home: Path, case: Built) -> None:
    run(home, "learning", f"{case.reference}:2", typed=CLOSED)

    case.correct(8, "2026-04-10", learning="Nobody saw that visits were missed.\nSchools are asked last.")

    found = run(home, "learning", "--json").data["points"][-1]
    assert (found["words"], found["state"], found["became"]) == (
        "Schools are asked last.",
        "closed",
        "The referral form asks.",
    )


def test_removed_words_are_gone_from_the_points_and_from_what_became_of_them(home: Path, case: Built) -> None:
    name = f"{case.reference}:1"
    run(home, "learning", name, typed='what = "owner"\non = 2026-04-10\nowner = "Casey Otherfamily"\n')
    run(home, "learning", name, typed=CLOSED.replace("The referral form asks.", "Casey Otherfamily asks."))

    run(home, "redact", case.reference, typed='words = ["Casey Otherfamily"]\nreason = "Another family."\n')

    found = run(home, "learning", "--json").data["points"][-1]
    assert (found["owner"], found["became"]) == ("[removed]", "[removed] asks.")
    assert b"Otherfamily" not in database_in(home).read_bytes()
    assert is_sound(home)


def test_points_that_linked_cases_both_hold_count_once(home: Path, case: Built) -> None:
    other = a_case(home, learned("schools are asked  too late.\nMeet sooner.", "2026-04-09"), number=2)
    assert run(home, "learning", "--json").data["counted_once"] == 4

    run(home, "link", case.reference, other.reference)

    data = run(home, "learning", "--json").data
    assert (data["total"], data["counted_once"], data["open"]) == (4, 3, 3)
    assert "3 learning points, the oldest first; what linked cases both hold counts once." in " ".join(
        run(home, "learning", "--plain").out.split()
    )


def test_a_case_handed_over_takes_what_became_of_its_learning_with_it(tmp_path: Path) -> None:
    alex, bea = a_home(tmp_path / "alex"), another_home(tmp_path / "bea")
    case = a_case(alex, learned("Ask earlier.", "2026-04-09"))
    run(alex, "learning", f"{case.reference}:1", typed=CLOSED)

    hand(alex, bea, case.stream)

    theirs = run(bea, "learning", "--json").data["points"]
    assert [(point["state"], point["became"]) for point in theirs] == [("closed", "The referral form asks.")]
    record(bea, case.stream, learned("Write to all.", "2026-04-10"))
    assert points(bea, "--open") == [f"{case.reference}:2"]


def test_the_form_of_learning_holds_every_point_of_the_case(home: Path, case: Built, tmp_path: Path) -> None:
    issued = run(home, "export", case.reference, "--form", "knowsley-appendix-3", "--json")

    assert issued.code == 0
    said = facts(home, case.reference, "form issued")[0].answers["lessons"]
    assert said == "Nobody saw that visits were missed.\nSchools are asked too late."


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM learning_view", "UPDATE learning_view SET state = 'closed'"],
)
def test_verify_finds_points_that_are_not_as_their_entries_say(home: Path, case: Built, change: str) -> None:
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute(change)

    ran = run(home, "verify")

    assert (ran.code, "learning_view 8.1" in ran.out + ran.err) == (10, True)


def test_on_a_terminal_so_many_are_shown_and_how_many_more_there_are(home: Path, case: Built) -> None:
    done = run(home, "learning", "--plain", "--open", "--limit", "1")

    assert done.out.splitlines()[0] == "2 learning points with --open, the oldest first."
    assert "  1 more: escalate learning --open --limit 2\n" in done.out
    assert (points(home, "--limit", "1"), len(points(home))) == ([f"{case.reference}:1"], 2)


def test_listing_imports_no_heavy_library(home: Path, case: Built) -> None:
    assert heavy_imports(home, "learning") == []
