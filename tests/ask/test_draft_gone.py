"""A draft that another window removed or took over: what is typed here is written back by nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from escalate.ask.question import Question, Script
from escalate.core.answers import Answers, answers_to_plain
from escalate.errors import Interrupted
from escalate.store.draft_held import HeldDraft
from escalate.store.drafts import Draft
from escalate.store.ledger import Ledger
from tests.ask.at_a_keyboard import Sitting, folder_of

SCRIPT: Script = tuple(Question(id=key, text=f"What is {key}?", kind="text", required=True) for key in ("one", "two"))
REMOVED = (
    "This draft was removed elsewhere (recorded, forgotten, or words in it removed): nothing of it is kept any more."
)


class Kept(Sitting):
    """A sitting whose draft is kept in a database; `now` counts the moments."""

    held_draft: HeldDraft
    now = 0

    def save(self, answers: Answers) -> None:
        self.now += 1
        self.kept.append(answers)
        if answers:
            self.held_draft.keep(answers_to_plain(answers), f"2026-04-10T09:00:{self.now:02}+01:00")
        else:
            self.held_draft.forget()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "escalate.db"
    with Ledger(path):
        return path


@pytest.fixture
def sitting(database: Path, tmp_path: Path) -> Kept:
    sitting = Kept(SCRIPT, folder_of(tmp_path))
    sitting.held_draft = HeldDraft(
        database, Draft(id="draft-1", verb="raise", event_id="event-1", answers={}, updated_at="")
    )
    return sitting


def drafts_in(database: Path) -> list[Draft]:
    with Ledger(database) as ledger:
        return ledger.drafts()


def removed(database: Path) -> Callable[[], str]:
    def remove() -> str:
        with Ledger(database) as ledger:
            ledger.drop_draft("draft-1")
        return "second"

    return remove


def test_a_draft_removed_elsewhere_is_not_written_back_and_that_is_said_once(sitting: Kept, database: Path) -> None:
    answers = sitting.held("first", removed(database), "2", "other", "")

    assert answers == Answers({"one": "first", "two": "other"})
    assert " ".join(sitting.screen.split()).count(REMOVED) == 1
    assert drafts_in(database) == []


def test_whoever_leaves_after_the_draft_was_removed_is_told_that_nothing_is_kept(sitting: Kept, database: Path) -> None:
    with pytest.raises(Interrupted) as left:
        sitting.held("first", removed(database))

    assert left.value.what == f"left before the end; t{REMOVED[1:-1]}"
    assert drafts_in(database) == []


def test_a_draft_taken_over_in_another_window_is_left_to_it(sitting: Kept, database: Path) -> None:
    def taken_over() -> str:
        (left,) = drafts_in(database)
        HeldDraft(database, left).take("2026-04-10T09:30:00+01:00")
        return "second"

    with pytest.raises(Interrupted):
        sitting.held("first", taken_over)

    (kept,) = drafts_in(database)
    assert (kept.answers, kept.updated_at) == ({"one": "first"}, "2026-04-10T09:30:00+01:00")
    said = "This draft was taken over in another window: what is typed here is not kept any more."
    assert said in " ".join(sitting.screen.split())


def test_cannot_take_a_draft_that_was_removed_meanwhile(sitting: Kept, database: Path) -> None:
    with pytest.raises(Interrupted):
        sitting.held("first")
    (left,) = drafts_in(database)
    removed(database)()

    with pytest.raises(Exception, match="removed elsewhere"):
        HeldDraft(database, left).take("2026-04-10T09:30:00+01:00")
    assert drafts_in(database) == []


def test_a_draft_removed_while_the_page_is_checked_is_said_before_anything_is_recorded(
    sitting: Kept, database: Path
) -> None:
    def enter_after_it_was_removed() -> str:
        removed(database)()
        return ""

    with pytest.raises(Interrupted):
        sitting.held("first", "second", enter_after_it_was_removed)

    assert REMOVED in " ".join(sitting.screen.split())


def test_answers_that_another_window_goes_on_with_are_recorded_in_that_one_only(sitting: Kept, database: Path) -> None:
    def taken_over() -> str:
        (left,) = drafts_in(database)
        HeldDraft(database, left).take("2026-04-10T09:30:00+01:00")
        return "second"

    with pytest.raises(Interrupted) as left:
        sitting.held("first", taken_over, "", "", "q", "p", "")

    said = "The other window has these answers as they were then, and goes on: record them there."
    assert " ".join(sitting.screen.split()).count(said) == 2
    assert "Nothing of this is kept here. p and Enter prints all your answers" in " ".join(sitting.screen.split())
    assert sitting.screen.rstrip().endswith("second")  # printed, to be copied, before the window is left
    assert left.value.what.startswith("left before the end; this draft was taken over in another window")
    (kept,) = drafts_in(database)
    assert kept.answers == {"one": "first"}
