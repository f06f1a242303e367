"""`escalate receive` at a terminal: what differs is decided field by field, and nothing counts before the end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.builders import a_home
from tests.cli.issued import at_stage
from tests.cli.kept import drafts, entries, facts, kinds, references, the_fact
from tests.cli.returned import came_back, issued, sent_out
from tests.cli.typist import Typist


def test_each_difference_is_taken_left_or_put_otherwise(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    case, path = sent_out(home)
    came = came_back(
        path, tmp_path / "a.docx", options_considered="A visit.", by_whom="All.", decision="None.", key_issues=""
    )

    sitting = plain_typist.types("receive", str(came))
    sitting.answer("On which day did it come?", "9 April")
    sitting.answer("From whom did it come?", "Jo Manager")
    sitting.answer("Take these over as they came, or decide one by one?", "2")
    sitting.answer('"Discussion: Key Issues": what should stand from now on?', "2")
    sitting.answer('"Options Considered": what should stand from now on?', "2")
    sitting.answer('"By Whom": what should stand from now on?', "<")
    sitting.answer('"Options Considered": what should stand from now on?', "1")
    sitting.answer('"By Whom": what should stand from now on?', "2")
    sitting.answer('"Decision": what should stand from now on?', "3")
    sitting.answer_at_length('"Decision": in which words?', "No decision yet.")
    sitting.confirm()

    assert sitting.ends() == 0
    fact = the_fact(home, case.reference, "form received")
    assert dict(fact.taken) == {"options_considered": "A visit.", "decision": "No decision yet."}
    assert dict(fact.beside) == {"options_considered": "", "decision": ""}
    assert (fact.read["decision"], fact.from_whom) == ("None.", "Jo Manager")
    assert case.events()[-1].occurred_on == date(2026, 4, 9)
    assert drafts(home) == []


def test_whoever_leaves_has_recorded_nothing_and_finds_the_answers_again(
    home: Path, tmp_path: Path, plain_typist: Typist
) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "a.docx", options_considered="A visit.")
    before = entries(home)

    sitting = plain_typist.types("receive", str(came))
    sitting.answer("On which day did it come?", "9 April")
    sitting.press("From whom did it come?", "\x03")
    assert (sitting.ends(), entries(home)) == (130, before)

    sitting = plain_typist.types("receive", str(came))
    sitting.answer("forget it and begin again", "1")
    sitting.answer("From whom did it come?", "Jo Manager")
    sitting.confirm()
    assert sitting.ends() == 0
    assert the_fact(home, case.reference, "form received").taken == {"options_considered": "A visit."}


def test_the_unchanged_forms_of_a_folder_are_recorded_together_and_the_rest_one_by_one(
    home: Path, tmp_path: Path, plain_typist: Typist
) -> None:
    first, path = sent_out(home)
    second = at_stage(home, "3", number=2)
    third = at_stage(home, "3", number=3)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.docx").write_bytes(path.read_bytes())
    (inbox / "2.docx").write_bytes(issued(home, second).read_bytes())
    came_back(issued(home, third), inbox / "3.docx", oversight="Seen.")

    sitting = plain_typist.types("receive", str(inbox))
    sitting.expect("These came back as they went out")
    sitting.expect(f"1.docx: KSCP Escalation Template, case {first.reference}")
    sitting.expect(f"2.docx: KSCP Escalation Template, case {second.reference}")
    sitting.answer("3  leave them aside", "1")
    sitting.expect("file 3 of 3: 3.docx")
    sitting.answer("2  leave it for later: nothing is recorded of it", "1")
    sitting.confirm()

    assert sitting.ends() == 0
    taken = [dict(the_fact(home, one.reference, "form received").taken) for one in (first, second, third)]
    assert taken == [{}, {}, {"oversight": "Seen."}]


def test_a_sure_form_of_a_folder_is_left_for_later_and_the_next_one_comes(
    home: Path, tmp_path: Path, plain_typist: Typist
) -> None:
    first, path = sent_out(home)
    second = at_stage(home, "3", number=2)
    inbox = tmp_path / "inbox"
    came_back(path, inbox / "1.docx", oversight="Not yet.")
    came_back(issued(home, second), inbox / "2.docx", oversight="Seen.")

    sitting = plain_typist.types("receive", str(inbox))
    sitting.answer("2  leave it for later: nothing is recorded of it", "2")
    sitting.expect("file 2 of 2: 2.docx")
    sitting.answer("2  leave it for later: nothing is recorded of it", "1")
    sitting.confirm()

    assert sitting.ends() == 0
    assert facts(home, first.reference, "form received") == []
    assert dict(the_fact(home, second.reference, "form received").taken) == {"oversight": "Seen."}


def test_unchanged_forms_can_be_left_aside(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    _, path = sent_out(home)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.docx").write_bytes(path.read_bytes())
    (inbox / "2.docx").write_bytes(b"")
    before = entries(home)

    sitting = plain_typist.types("receive", str(inbox))
    sitting.answer("3  leave them aside", "3")

    assert (sitting.ends(), entries(home)) == (8, before)
    assert "file 2 of 2: the file is empty" in sitting.screen


def test_a_scan_is_typed_in_at_the_terminal(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    case = at_stage(home, "3")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")

    sitting = plain_typist.types("receive", str(tmp_path / "scan.pdf"), "--form", "appendix-2")
    sitting.expect("The file: is a PDF, whose fields cannot be read.")
    sitting.answer("2  leave it aside", "1")
    sitting.answer("Of which case is it?", case.reference)
    sitting.answer('What does it say at "Date of Escalation:"?', "10 April 2026")
    sitting.confirm()

    assert sitting.ends() == 0
    assert the_fact(home, case.reference, "form received").read == {"escalated_on": "10 April 2026"}


def test_a_form_of_an_unknown_case_is_logged_at_the_terminal(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    case, path = sent_out(home)
    partnership = a_home(tmp_path / "partnership")
    plain_typist.home = partnership

    sitting = plain_typist.types("receive", str(path))
    sitting.expect("It belongs to no case of this record, as far as the file says.")
    sitting.answer("Of which case is it?", "")
    sitting.answer("Open a case in this record for it", "yes")
    sitting.answer("Which agency raised it?", "")
    sitting.answer("With which agency, or agencies?", "")
    sitting.answer("Which child is it about", "")
    sitting.answer("What is its reference where it was raised?", "")
    sitting.answer("had it reached?", "")
    sitting.answer("On which day did the concern arise?", "1 April")
    sitting.answer("On which day did it reach", "")
    sitting.confirm()

    assert sitting.ends() == 0
    (reference,) = references(partnership)
    assert kinds(partnership, reference)[:3] == ["concern raised", "stage entered", "form received"]
    assert facts(partnership, reference, "concern raised")[0].their_reference == case.reference


def test_a_form_that_belongs_nowhere_is_left_aside(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    _, path = sent_out(home)
    partnership = a_home(tmp_path / "partnership")
    plain_typist.home = partnership

    sitting = plain_typist.types("receive", str(path))
    sitting.answer("Of which case is it?", "")
    sitting.answer("Open a case in this record for it", "no")
    sitting.confirm()

    assert (sitting.ends(), references(partnership)) == (0, [])
    assert "Left aside: nothing was recorded of it." in sitting.screen
