"""What whoever gets a form fills in: the partnership's own block, details that only forms ask for, a decision."""

from __future__ import annotations

from pathlib import Path

from escalate.core import events as e
from tests.builders import a_home
from tests.cli.issued import answers_in
from tests.cli.kept import events, facts, is_sound, the_fact
from tests.cli.raised import MINIMAL
from tests.cli.returned import came_back
from tests.running import run

UP = 'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n'


def raised_under(tmp_path: Path, policy: str, *answers: str) -> tuple[Path, str]:
    """Return a home with one case under a policy, taken up by these answers one after the other, and its reference."""
    home = a_home(tmp_path / policy, policy=policy)
    done = run(home, "raise", typed=MINIMAL, today="2026-04-02")
    assert (done.code, done.err) == (0, "")
    (row,) = run(home, "list", "--json").data["cases"]
    for one in answers:
        gone = run(home, "advance", row["reference"], typed=one)
        assert (gone.code, gone.err) == (0, "")
    return home, row["reference"]


def issued_as(home: Path, reference: str, form: str) -> Path:
    before = set((home / "issued").glob("*.docx"))
    done = run(home, "export", reference, "--form", form)
    assert (done.code, done.err) == (0, "")
    (path,) = set((home / "issued").glob("*.docx")) - before
    return path


def test_the_partnership_s_own_block_and_the_level_of_need_come_home(tmp_path: Path) -> None:
    home, reference = raised_under(tmp_path, "herefordshire-undated", UP, UP)
    path = issued_as(home, reference, "herefordshire-appendix-2")
    came = came_back(
        path,
        tmp_path / "back.docx",
        received_on="13 April 2026",
        hscp_actions="Passed to the sub-group.",
        need_perceived="Level 4",
    )

    done = run(home, "receive", str(came), "--accept", today="2026-04-14")

    assert (done.code, done.err) == (0, "")
    received = the_fact(home, reference, "form received")
    assert dict(received.taken) == {
        "need_perceived": "Level 4",
        "received_on": "13 April 2026",
        "hscp_actions": "Passed to the sub-group.",
    }
    assert the_fact(home, reference, "details recorded") == e.DetailsRecorded(
        child=received.child, details={"need.perceived": "Level 4"}
    )
    again = answers_in(issued_as(home, reference, "herefordshire-appendix-2"), "herefordshire-appendix-2")
    assert again["need_perceived"] == "Level 4"
    assert again["received_on"] == "13 April 2026"
    assert again["hscp_actions"] == "Passed to the sub-group."
    assert is_sound(home)


def test_what_the_executive_decided_settles_the_case_once_somebody_says_that_it_is_the_decision(
    tmp_path: Path,
) -> None:
    home, reference = raised_under(tmp_path, "croydon-2024-05", *[UP] * 4)
    path = issued_as(home, reference, "croydon-notification")
    came = came_back(
        path,
        tmp_path / "back.docx",
        stage_5_decision="The plan stays.",
        stage_5_learning="Ask earlier.",
        stage_5_closed_on="14 April 2026",
    )
    answers = tmp_path / "answers.toml"
    answers.write_text("decided_stage_5_decision = true\n", encoding="utf-8")

    refused = run(home, "receive", str(came), "--accept", today="2026-04-15")
    done = run(home, "receive", str(came), "--accept", "--from", str(answers), today="2026-04-15")

    assert refused.code == 2
    assert '"decided_stage_5_decision" is missing' in refused.err
    assert (done.code, done.err) == (0, "")
    made = the_fact(home, reference, "recommendation made")
    assert (made.recommendation, made.stage, made.by) == ("The plan stays.", "5", "the Partnership Executive")
    assert [event.occurred_on.isoformat() for event in _events(home, reference, "recommendation made")] == [
        "2026-04-14"
    ]
    assert facts(home, reference, "learning identified") == [e.LearningIdentified(stage="5", learning="Ask earlier.")]


def _events(home: Path, reference: str, kind: str) -> list[e.Event]:
    return [event for event in events(home, reference) if event.kind == kind]
