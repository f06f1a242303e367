"""A form of a case that is not known here opens one, as a partnership logs it; later forms go to that case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_home
from tests.cli.issued import at_stage
from tests.cli.kept import entries, facts, is_sound, kinds, references, the_fact
from tests.cli.returned import CUSTOM, came_back, changed, issued, sent_out, without_identity
from tests.running import run


@pytest.fixture
def partnership(tmp_path: Path) -> Path:
    """The record of a partnership's business manager."""
    return a_home(tmp_path / "partnership")


def logged(partnership: Path, path: Path, tmp_path: Path, answers: str = "log_concern_on = 2026-04-01\n") -> str:
    """Log the case of a form and return its reference there."""
    file = tmp_path / "log.toml"
    file.write_text(answers, encoding="utf-8")
    done = run(partnership, "receive", str(path), "--log", "--from", str(file))
    assert (done.code, done.err) == (0, "")
    (reference,) = references(partnership)
    return reference


def test_a_form_of_an_unknown_case_opens_a_logged_case_with_its_own_reference_kept(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home)

    reference = logged(partnership, path, tmp_path)

    raised = the_fact(partnership, reference, "concern raised")
    named = {fact.party: fact.name for fact in facts(partnership, reference, "party named")}
    assert reference != case.reference
    assert (raised.our_side, raised.their_reference, raised.their_case) == ("partnership", case.reference, case.stream)
    assert named[raised.raising_agency] == "Invented Primary School"
    assert [named[one] for one in raised.receiving_agencies] == ["Exampleshire Children's Social Care"]
    assert [named[one] for one in raised.children] == ["Rowan Testcase"]
    assert raised.decision_received_on == date(2026, 4, 1)
    assert kinds(partnership, reference) == ["concern raised", "stage entered", "form received", "duty done"]
    assert the_fact(partnership, reference, "stage entered") == e.StageEntered(stage="3", ground="logged")
    received = the_fact(partnership, reference, "form received")
    assert (received.issue, received.stage, received.child) == ("", "3", raised.children[0])
    assert is_sound(partnership)


def test_cannot_log_a_case_whose_day_nobody_says(home: Path, partnership: Path) -> None:
    _, path = sent_out(home)

    done = run(partnership, "receive", str(path), "--log")

    assert (done.code, references(partnership)) == (2, [])
    assert '"log_concern_on" is missing: On which day did the concern arise?' in done.err
    assert "--from gives what the form lacks (log_concern_on) in a file: escalate receive FILE --log" in " ".join(
        done.err.split()
    )


def test_cannot_log_again_what_is_known_by_now(home: Path, partnership: Path, tmp_path: Path) -> None:
    _, first = sent_out(home)
    reference = logged(partnership, first, tmp_path)
    second = came_back(first, tmp_path / "second.docx", options_considered="A joint visit.")

    done = run(partnership, "receive", str(second), "--log", "--from", str(tmp_path / "log.toml"))

    assert (done.code, references(partnership)) == (2, [reference])
    assert f"the form is of case {reference}, which is known here now: nothing is logged again" in done.err


def test_the_log_tells_of_a_logged_case_what_its_forms_say(home: Path, partnership: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "a.docx", options_considered="A joint visit with Rowan.")
    reference = logged(partnership, came, tmp_path)
    case.add((e.StageEntered(stage="4", ground="unresolved", left="3"), date(2026, 4, 10)))
    later = came_back(issued(home, case), tmp_path / "b.docx", options_considered="A joint visit with Rowan.")
    run(partnership, "receive", str(later), "--accept", today="2026-04-13")

    (line,) = run(partnership, "log", "--year", "2026", "--json", today="2026-04-13").data["escalations"]

    assert line["reference"] == reference
    assert line["concern"] == "Attendance fell to 61 %, and two disclosures were made at school."
    assert line["difference"] == "The case was closed after one visit."
    assert line["progress"].splitlines() == [
        "10/04/2026, stage 3: had reached Stage 3: senior manager to senior manager",
        "10/04/2026, stage 3: KSCP Escalation Template came in; Options Considered: A joint visit with R.T.",
        "10/04/2026, stage 4: taken up to Stage 4: the Chair of the Partnership",
        "13/04/2026, stage 4: KSCP Escalation Template came in",
    ]


def test_cannot_log_a_case_unasked_without_the_option(home: Path, partnership: Path) -> None:
    _, path = sent_out(home)

    done = run(partnership, "receive", str(path), "--accept")

    assert (done.code, references(partnership)) == (2, [])
    assert done.err.startswith("error: the form belongs to no case of this record, as far as it says\n")


def test_a_later_form_of_the_same_case_goes_to_the_logged_case_and_says_that_it_went_up(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    case, first = sent_out(home)
    reference = logged(partnership, first, tmp_path)
    case.add((e.StageEntered(stage="4", ground="unresolved", left="3"), date(2026, 4, 10)))
    second = came_back(issued(home, case), tmp_path / "second.docx", options_considered="A joint visit.")

    done = run(partnership, "receive", str(second), "--accept", today="2026-04-13")

    assert (done.code, done.err) == (0, "")
    assert references(partnership) == [reference]
    assert facts(partnership, reference, "stage entered")[-1] == e.StageEntered(stage="4", ground="logged", left="3")
    assert facts(partnership, reference, "form received")[-1].identified_by == "properties"
    assert dict(facts(partnership, reference, "form received")[-1].taken) == {
        "options_considered": "A joint visit.",
        "stage": "4",
    }


def test_a_later_form_without_properties_is_known_by_their_reference_and_a_second_identifier(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, first = sent_out(home)
    reference = logged(partnership, first, tmp_path)
    second = came_back(first, tmp_path / "a.docx", oversight="Seen.")
    second = changed(second, tmp_path / "b.docx", {CUSTOM: without_identity()})

    (one,) = run(partnership, "receive", str(second), "--form", "appendix-2", "--json").data["files"]

    assert (one["belongs_to"]["reference"], one["belongs_to"]["identified_by"]) == (reference, "printed reference")


def test_a_case_known_here_is_not_logged_again(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "a.docx", oversight="Seen.")

    assert run(home, "receive", str(came), "--log").code == 0
    assert references(home) == [case.reference]


def test_a_learning_on_the_form_that_opens_a_case_is_recorded_as_learning(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, path = sent_out(home)
    came = came_back(path, tmp_path / "a.docx", learning="Ask earlier.")

    reference = logged(partnership, came, tmp_path)

    assert the_fact(partnership, reference, "learning identified") == e.LearningIdentified(
        stage="3", learning="Ask earlier."
    )


def test_a_case_logged_twice_by_two_agencies_is_perhaps_one_escalation(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, path = sent_out(home)
    first = logged(partnership, path, tmp_path)
    elsewhere = _another(tmp_path)
    file = tmp_path / "log.toml"

    done = run(partnership, "receive", str(issued(elsewhere.home, elsewhere)), "--log", "--from", str(file))

    (second,) = set(references(partnership)) - {first}
    assert f"Perhaps the same escalation as {first}: escalate link {second} {first}\n" in done.out


def _another(tmp_path: Path) -> Built:
    """The same child's case, raised by the same school in another record."""
    return at_stage(a_home(tmp_path / "elsewhere"), "3", number=7)


def test_nothing_is_logged_where_the_days_cannot_be(home: Path, partnership: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    before = entries(partnership)
    file = tmp_path / "log.toml"
    file.write_text("log_concern_on = 2026-04-10\nlog_stage_on = 2026-04-09\n", encoding="utf-8")

    done = run(partnership, "receive", str(path), "--log", "--from", str(file))

    assert (done.code, entries(partnership)) == (3, before)
    assert "that is before the concern arose" in done.err
