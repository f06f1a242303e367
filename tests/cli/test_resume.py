"""`escalate resume`: interviews that were begun and left."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.store.drafts import Draft
from tests.builders import Built, a_case, ended
from tests.cli.kept import entries
from tests.cli.typist import Typist
from tests.running import run
from tests.unfinished import leave_unfinished


def leave(home: Path, verb: str, stream: str = "", at: str = "2026-04-09T16:40:00+01:00", **answers: str) -> None:
    """Leave an interview with these answers."""
    draft = Draft(id=f"{verb} {at}", verb=verb, stream=stream, event_id=at, answers=answers, updated_at=at)
    with Desk(home) as desk:
        leave_unfinished(desk.ledger.path, draft)


def left(home: Path) -> list[str]:
    with Desk(home) as desk:
        return [draft.verb for draft in desk.ledger.drafts()]


def test_where_nothing_was_begun_it_says_so(tmp_path: Path, home: Path) -> None:
    sentence = "No draft is left: nothing was begun and not finished.\n"

    assert run(home, "resume") == (0, sentence, "")
    assert run(tmp_path / "nothing here", "resume") == (0, sentence, "")
    assert run(home, "resume", "--json").data == []


def test_the_list_names_verb_case_time_and_number_of_answers_and_no_words(home: Path, case: Built) -> None:
    leave(home, "raise", risk="no", concern="Rowan Testcase is hungry.")
    leave(home, "raise", at="2026-04-10T09:00:00+01:00", risk="no")
    leave(home, "record", case.stream, at="2026-04-08T12:00:00+01:00", said="Sam Counterpart refused")

    done = run(home, "resume")

    assert done == (
        0,
        "Begun and not finished, the latest first\n"
        "  1  escalate raise: a new concern, left today at 09:00, with 1 answer\n"
        "  2  escalate raise: a new concern, left Thu 9 Apr at 16:40, with 2 answers\n"
        f"  3  escalate record {case.reference}: a discussion or a fact, about R.T., at Stage 1, left Wed 8 Apr at"
        " 12:00, with 1 answer\n",
        "",
    )


def test_a_draft_is_listed_by_the_initials_or_the_theme_it_is_about(home: Path) -> None:
    leave(home, "raise", **{"risk": "no", "children.0.name": "Rowan Testcase", "children.1.name": "Ash Testcase"})
    leave(home, "raise", at="2026-04-08T16:40:00+01:00", risk="no", theme="Invented thresholds")

    assert run(home, "resume").out == (
        "Begun and not finished, the latest first\n"
        "  1  escalate raise: a new concern, about R.T., A.T., left Thu 9 Apr at 16:40, with 3 answers\n"
        "  2  escalate raise: a new concern, about Invented thresholds, left Wed 8 Apr at 16:40, with 2 answers\n"
    )


def test_a_program_gets_the_same_and_no_words(home: Path, case: Built) -> None:
    leave(home, "link KSCP-2026-0002", case.stream, risk="no")

    done = run(home, "resume", "--json")

    assert done.data == [
        {
            "number": 1,
            "verb": "link KSCP-2026-0002",
            "reference": case.reference,
            "about": "R.T.",
            "command": f"escalate link {case.reference} KSCP-2026-0002",
            "left_at": "2026-04-09T16:40:00+01:00",
            "answers": 1,
            "note": "",
        }
    ]


@pytest.mark.parametrize(
    ("verb", "stream", "answers", "note"),
    [
        ("record", "case-gone", {}, "Its case is not here any more: it can only be forgotten."),
        ("advance", "case-0002", {}, "Its case has ended since."),
        ("receive", "file-1234", {}, "To go on, give the same file again: escalate receive FILE"),
        (
            "raise",
            "",
            {"policy": "nowhere-2020-01"},
            "The file of its policy is not here any more: which policy governs will be asked again.",
        ),
    ],
)
def test_what_stands_in_the_way_is_said_plainly(
    home: Path, verb: str, stream: str, answers: dict[str, str], note: str
) -> None:
    a_case(home, ended("1", "resolved", "2026-04-02"), number=2)
    leave(home, verb, stream, risk="no", **answers)

    assert [one["note"] for one in run(home, "resume", "--json").data] == [note]


def test_cannot_go_on_with_a_draft_whose_case_is_not_here_any_more(home: Path) -> None:
    leave(home, "record", "case-gone", risk="no")

    assert run(home, "resume", "1") == (
        4,
        "",
        "error: the case of this draft is not here any more\n    to forget it: escalate resume --forget N\n",
    )


def test_cannot_go_on_with_one_that_is_not_in_the_list(home: Path) -> None:
    leave(home, "raise", risk="no")

    assert run(home, "resume", "2") == (
        4,
        "",
        "error: there is no draft 2\n    see which there are: escalate resume\n",
    )


def test_cannot_go_on_where_nobody_can_answer(home: Path, case: Built) -> None:
    leave(home, "record", case.stream, risk="no")

    refused = run(home, "resume", "1")

    assert (refused.code, refused.out) == (2, "")
    assert f"at a terminal: escalate record {case.reference}; or give the answers in a file" in refused.err


def test_a_draft_is_forgotten_by_its_number_and_nothing_is_recorded(home: Path) -> None:
    leave(home, "raise", risk="no")
    leave(home, "policy new", at="2026-04-10T09:00:00+01:00", partnership="Exampleshire")
    before = entries(home)

    done = run(home, "resume", "--forget", "2")

    assert done == (0, "Forgotten. Nothing was recorded.\n", "")
    assert (left(home), entries(home)) == (["policy new"], before)


def test_at_a_terminal_one_is_forgotten_after_asking_once_and_another_is_gone_on_with(
    home: Path, plain_typist: Typist
) -> None:
    leave(home, "raise", risk="no", route="this policy")
    leave(home, "raise", at="2026-04-10T09:00:00+01:00", risk="no", route="this policy", about="children")

    plain_typist.types("resume")
    plain_typist.answer("Type a number to go on with it", "- 1")
    plain_typist.answer("anything else keeps it.", "n")
    plain_typist.expect("It is kept.")
    plain_typist.answer("Type a number to go on with it", "-1")
    plain_typist.answer("anything else keeps it.", "y")
    plain_typist.expect("Forgotten. Nothing was recorded.")
    plain_typist.answer("Type a number to go on with it", "-")
    plain_typist.expect("Type 1, - 1, or Enter.")
    plain_typist.answer("Type a number to go on with it", "1")
    plain_typist.expect("A draft is left from 2026-04-09 16:40")
    plain_typist.press("Is a child at immediate risk", "\x03")

    assert plain_typist.ends() == 130
    assert "1  go on with it" not in plain_typist.screen
    assert left(home) == ["raise"]


def test_going_on_with_the_older_of_two_leaves_the_other_alone(home: Path, plain_typist: Typist) -> None:
    leave(home, "raise", risk="no", route="this policy")
    leave(home, "raise", at="2026-04-10T09:00:00+01:00", risk="no", route="this policy", about="children")

    plain_typist.types("resume", "2")
    plain_typist.expect("A draft is left from 2026-04-09 16:40")
    plain_typist.press("Is a child at immediate risk", "\x03")

    assert plain_typist.ends() == 130
    assert left(home) == ["raise", "raise"]
