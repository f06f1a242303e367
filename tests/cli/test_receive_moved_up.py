"""A form of a logged case on which no stage is said: whoever receives it is asked whether the case has moved up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_home
from tests.cli.issued import in_herefordshire
from tests.cli.kept import entries, events, facts, is_sound, references
from tests.cli.returned import came_back, issued
from tests.cli.typist import Typist
from tests.running import Ran, run
from tests.two_homes import another_home, hand, problems_in

FORM = "herefordshire-appendix-2"
LOGGED = """\
log_raising = "Invented Primary School"
log_receiving = "Exampleshire Children's Social Care"
log_child = "Rowan Testcase"
log_stage = "1"
log_concern_on = 2026-04-01
log_stage_on = 2026-04-02
"""
HAS_IT_MOVED = "Has it moved up since? It stands at stage 1 here."


@pytest.fixture
def partnership(tmp_path: Path) -> Path:
    """The record of a partnership's business manager."""
    return a_home(tmp_path / "partnership", policy="herefordshire-undated")


@pytest.fixture
def case(home: Path) -> Built:
    """The school's case, which is at stage 2."""
    return in_herefordshire(home)


def received(partnership: Path, path: Path, *more: str, answers: str, today: str = "2026-04-13") -> Ran:
    """Receive a form there, with answers in a file."""
    file = partnership / "answers.toml"
    file.write_text(answers, encoding="utf-8")
    return run(partnership, "receive", str(path), *more, "--from", str(file), today=today)


def logged(partnership: Path, path: Path, answers: str = LOGGED) -> str:
    """Log the case of a form, at stage 1, and return its reference there."""
    done = received(partnership, path, "--log", answers=answers, today="2026-04-10")
    assert (done.code, done.err) == (0, "")
    (reference,) = references(partnership)
    return reference


def stages(partnership: Path, reference: str) -> list[tuple[date, str, str]]:
    """Return the day, stage and ground of each stage that the case reached there."""
    entered = [event for event in events(partnership, reference) if isinstance(event.fact, e.StageEntered)]
    return [(x.occurred_on, x.fact.stage, x.fact.ground) for x in entered if isinstance(x.fact, e.StageEntered)]


def test_a_case_whose_form_has_no_place_for_the_stage_moves_up_as_somebody_says(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")

    done = received(partnership, second, "--accept", answers='risen_to = "2"\nrisen_on = 2026-04-09\n')

    assert (done.code, done.err) == (0, "")
    assert stages(partnership, reference) == [
        (date(2026, 4, 2), "1", "logged"),
        (date(2026, 4, 9), "2", "logged"),
    ]
    assert [fact.stage for fact in facts(partnership, reference, "form received")] == ["1", "2"]
    assert run(partnership, "show", reference, "--json").data["case"]["stage"] == "2"
    assert run(partnership, "verify").code == 0
    assert is_sound(partnership)


def test_accepted_unasked_it_stays_where_it_stands(home: Path, case: Built, partnership: Path, tmp_path: Path) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")

    done = run(partnership, "receive", str(second), "--accept", today="2026-04-13")

    assert (done.code, done.err) == (0, "")
    assert [stage for _, stage, _ in stages(partnership, reference)] == ["1"]
    assert len(facts(partnership, reference, "form received")) == 2


def test_a_log_of_one_row_for_a_case_is_asked_about_too(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, "herefordshire-appendix-1")
    reference = logged(partnership, first, LOGGED.replace('log_child = "Rowan Testcase"', 'log_theme = "Attendance"'))
    second = came_back(first, tmp_path / "2.docx", log_1_progress="A meeting was held.")

    done = received(partnership, second, "--accept", answers='risen_to = "3"\nrisen_on = 2026-04-10\n')

    assert (done.code, done.err) == (0, "")
    assert [stage for _, stage, _ in stages(partnership, reference)] == ["1", "3"]


def test_cannot_have_moved_up_without_a_day_or_to_no_higher_stage(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")
    before = entries(partnership)

    no_day = received(partnership, second, "--accept", answers='risen_to = "2"\n')
    too_low = received(partnership, second, "--accept", answers='risen_to = "1"\n')
    too_early = received(partnership, second, "--accept", answers='risen_to = "2"\nrisen_on = 2026-04-01\n')

    assert [one.code for one in (no_day, too_low, too_early)] == [2, 2, 3]
    assert '"risen_on" is missing: On which day did it reach stage 2?' in no_day.err
    assert '"risen_to"' in too_low.err
    assert '"risen_on"' in too_early.err
    assert entries(partnership) == before


def test_an_answers_file_by_itself_says_whether_it_moved_up(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")
    answers = 'came_on = 2026-04-13\nhow = "as proposed"\n'

    refused = received(partnership, second, answers=answers)
    done = received(partnership, second, answers=answers + 'risen_to = "no"\n')

    assert (refused.code, f'"risen_to" is missing: {HAS_IT_MOVED}' in refused.err) == (2, True)
    assert (done.code, done.err) == (0, "")
    assert [stage for _, stage, _ in stages(partnership, reference)] == ["1"]


def test_a_form_that_says_what_it_said_last_time_asks_nothing(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    same = came_back(first, tmp_path / "2.docx")

    done = received(partnership, same, answers="came_on = 2026-04-13\n")

    assert (done.code, done.err) == (0, "")
    assert len(facts(partnership, reference, "form received")) == 2


def test_a_form_on_which_a_stage_is_said_asks_nothing(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", resolved_stage="1", need_perceived="Level 4")

    done = received(partnership, second, "--accept", answers='risen_to = "2"\nrisen_on = 2026-04-09\n')

    assert done.code == 2
    assert '"risen_to"' in done.err
    assert [stage for _, stage, _ in stages(partnership, reference)] == ["1"]


def test_a_form_of_a_case_of_ours_asks_nothing(home: Path, case: Built, tmp_path: Path) -> None:
    second = came_back(issued(home, case, FORM), tmp_path / "2.docx", need_perceived="Level 4")

    done = received(home, second, answers='came_on = 2026-04-13\nhow = "as proposed"\n')

    assert (done.code, done.err) == (0, "")


def test_at_a_terminal_no_is_proposed_and_a_higher_stage_asks_for_its_day(
    home: Path, case: Built, partnership: Path, tmp_path: Path, plain_typist: Typist
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")
    plain_typist.home, plain_typist.today = partnership, "2026-04-13"

    sitting = plain_typist.types("receive", str(second))
    sitting.answer(HAS_IT_MOVED, "")
    sitting.answer("On which day did it come?", "<")
    sitting.answer(HAS_IT_MOVED, "2")
    sitting.answer("On which day did it reach stage 2?", "9 April")
    sitting.confirm()

    assert sitting.ends() == 0
    assert stages(partnership, reference)[1:] == [(date(2026, 4, 9), "2", "logged")]


def test_a_case_that_moved_up_there_is_the_same_in_another_record(
    home: Path, case: Built, partnership: Path, tmp_path: Path
) -> None:
    first = issued(home, case, FORM)
    reference = logged(partnership, first)
    second = came_back(first, tmp_path / "2.docx", need_perceived="Level 4")
    assert received(partnership, second, "--accept", answers='risen_to = "2"\nrisen_on = 2026-04-09\n').code == 0
    bea = another_home(tmp_path / "bea")

    hand(partnership, bea, events(partnership, reference)[0].stream)

    assert run(bea, "show", reference, "--json").data["case"]["stage"] == "2"
    assert problems_in(partnership, bea) == []
