"""`escalate receive`: a form of ours that came back, looked at, accepted, and standing on the next issue."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.cli.issued import SECOND, answers_in, at_stage
from tests.cli.kept import entries, events, facts, is_sound, kinds, the_fact
from tests.cli.returned import (
    MAIN,
    at_the_end,
    beside_the_control,
    came_back,
    changed,
    issued,
    sent_out,
)
from tests.running import run

TODAY = date(2026, 4, 10)


def field(done: dict[str, object], name: str) -> dict[str, object]:
    """Return what --json says of one field."""
    found: list[dict[str, object]] = done["fields"]  # type: ignore[assignment]
    return next(one for one in found if one["id"] == name)


def test_a_form_that_came_back_is_read_and_nothing_of_it_recorded(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", options_considered="A joint visit.\nA review.")
    before = entries(home)

    done = run(home, "receive", str(came), "--json")

    (one,) = done.data["files"]
    issue = the_fact(home, case.reference, "form issued").issue
    assert (done.code, done.err, entries(home)) == (0, "", before)
    assert (one["file"], one["outcome"], one["form"]) == (str(came), "read", "knowsley-appendix-2")
    assert one["identity"] == {"case": case.stream, "issue": issue, "reference": case.reference}
    assert one["belongs_to"] == {
        "reference": case.reference,
        "identified_by": "properties",
        "is_sure": True,
        "issue": issue,
        "fits": ["the child's name", "the date of birth", "both agencies"],
        "doubts": [],
        "newer": "",
    }
    assert field(one, "options_considered") == {
        "id": "options_considered",
        "label": "Options Considered:",
        "value": "A joint visit.\nA review.",
        "source": ["tag", "bookmark", "label"],
        "certainty": "certain",
        "otherwise": {},
        "sent": "",
        "now": "",
        "standing": "filled in by them",
        "proposed": "take",
        "is_of_another": False,
    }
    assert (one["not_placed"], one["warnings"]) == ([], [])
    assert {one["standing"] for one in one["fields"]} == {"unchanged", "filled in by them"}


def test_what_is_accepted_is_recorded_with_the_file_and_what_the_case_said(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", options_considered="A joint visit.", signed="J. Manager")

    done = run(home, "receive", str(came), "--accept")

    fact = the_fact(home, case.reference, "form received")
    issue = the_fact(home, case.reference, "form issued")
    read = {name: words for name, words in answers_in(came).items() if words}
    assert (done.code, done.err) == (0, "")
    assert fact == e.FormReceived(
        form="knowsley-appendix-2",
        form_version=issue.form_version,
        issue=issue.issue,
        stage="3",
        child="child-1",
        digest=hashlib.sha256(came.read_bytes()).hexdigest(),
        identified_by="properties",
        how="read from the file",
        from_whom="",
        read=read,
        taken={"options_considered": "A joint visit."},
        beside={"options_considered": ""},
        not_placed=(),
    )
    assert events(home, case.reference)[-1].occurred_on == TODAY
    assert is_sound(home)


def test_the_screen_shows_what_differs_and_counts_the_rest(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    issue = the_fact(home, case.reference, "form issued").issue
    came = came_back(path, tmp_path / "back.docx", options_considered="A joint visit.\nA review.", signed="J. Manager")

    done = run(home, "receive", str(came), "--accept")

    assert done.out.startswith(
        "KSCP Escalation Template, Knowsley Safeguarding Children Partnership\n"
        f"  Case {case.reference}, about R.T.: known by the file's own properties; of issue {issue}\n"
        "\n"
        "Options Considered (filled in by them)\n"
        "  sent: (nothing)\n"
        "  returned:\n"
        "    A joint visit.\n"
        "    A review.\n"
        "  here now: (nothing)\n"
        "  As proposed: taken over.\n"
        "\n"
        "Signed (filled in by them)\n"
        "  sent: (nothing)\n"
        "  returned: J. Manager\n"
        "  here now: (nothing)\n"
        "  It stays with this form: it is about who filled this one in.\n"
        "19 fields unchanged.\n"
        "\n"
        f"Recorded in {case.reference}, Stage 3: senior manager to senior manager:\n"
        "  entry 11: form received, Fri 10 Apr\n"
    )
    assert done.out.endswith(
        "\nescalate has sent nothing and told nobody.\n"
        f"Next: escalate do {case.reference}, or escalate show {case.reference}\n"
    )


def test_what_was_taken_stands_on_the_next_issue(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    run(home, "receive", str(came_back(path, tmp_path / "back.docx", options_considered="A joint visit.")), "--accept")

    again = issued(home, case)

    assert answers_in(again)["options_considered"] == "A joint visit."


def test_what_the_case_says_since_comes_first_and_what_was_taken_is_kept_after_it(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    run(home, "receive", str(came_back(path, tmp_path / "back.docx", options_considered="A joint visit.")), "--accept")
    case.add(
        (
            e.DiscussionRecorded(agencies=("agency-social-care",), said="They spoke.", options="Another way."),
            date(2026, 4, 10),
        )
    )

    assert answers_in(issued(home, case))["options_considered"] == "Another way.\nA joint visit."


def test_the_same_file_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", options_considered="A joint visit.")
    run(home, "receive", str(came), "--accept")
    before = entries(home)

    assert run(home, "receive", str(came), "--accept") == (
        0,
        f"This file was received already: {case.reference}, entry 11.\nNothing is changed.\n",
        "",
    )
    (told,) = run(home, "receive", str(came), "--json").data["files"]
    assert told == {"file": str(came), "outcome": "received already", "reference": case.reference, "entry": 11}
    assert entries(home) == before


def test_a_form_received_again_with_more_in_it_agrees_in_what_was_taken_before(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    first = came_back(path, tmp_path / "first.docx", options_considered="A joint visit.")
    run(home, "receive", str(first), "--accept")
    second = came_back(first, tmp_path / "second.docx", oversight="Seen with the head.")

    (one,) = run(home, "receive", str(second), "--json").data["files"]

    assert field(one, "options_considered")["standing"] == "agreed"
    assert field(one, "oversight")["standing"] == "filled in by them"


def test_new_lines_of_learning_become_learning(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home, "3")
    case.add((e.LearningIdentified(stage="3", learning="Ask earlier."), TODAY))
    second = issued(home, case)
    came = came_back(second, tmp_path / "back.docx", learning="Ask earlier.\nWrite down who was asked.")

    run(home, "receive", str(came), "--accept")

    assert [fact.learning for fact in facts(home, case.reference, "learning identified")] == [
        "Ask earlier.",
        "Write down who was asked.",
    ]
    assert answers_in(issued(home, case))["learning"] == "Ask earlier.\nWrite down who was asked."
    assert path != second


def test_cannot_accept_unasked_what_was_taken_out(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", key_issues="")
    before = entries(home)

    done = run(home, "receive", str(came), "--accept")

    assert (done.code, entries(home)) == (2, before)
    assert done.err == (
        "error: what --accept takes as proposed: 1 answer is missing or cannot be used\n"
        'what --accept takes as proposed: "field_key_issues" is missing: "Discussion: Key Issues": what should stand'
        " from now on?\n"
        "    one of: take, leave, other words\n"
        "    answer these in a file: escalate receive FILE --accept --from answers.toml; or at a terminal: escalate"
        " receive FILE\n"
        "Nothing was recorded.\n"
    )


def test_answers_in_a_file_decide_what_must_be_asked(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", key_issues="", options_considered="A joint visit.")
    answers = tmp_path / "answers.toml"
    answers.write_text('field_key_issues = "leave"\nfrom_whom = "Jo Manager"\ncame_on = 2026-04-09\n', encoding="utf-8")

    done = run(home, "receive", str(came), "--accept", "--from", str(answers), today="2026-04-10")

    fact = the_fact(home, case.reference, "form received")
    assert (done.code, done.err) == (0, "")
    assert (dict(fact.taken), fact.from_whom) == ({"options_considered": "A joint visit."}, "Jo Manager")


def test_cannot_be_accepted_where_there_is_nobody_to_ask(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", options_considered="A joint visit.")
    before = entries(home)

    done = run(home, "receive", str(came))

    assert done.out.startswith("KSCP Escalation Template")
    assert (done.code, done.err, entries(home)) == (
        2,
        "error: standard input is not a terminal, so nobody can say what of it counts\n"
        "    --accept records it with what is proposed; --json gives what was read\n"
        "Nothing was recorded.\n",
        before,
    )


def test_words_beside_a_control_are_shown_both_ways_and_left_to_a_person(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    typed = beside_the_control("options_considered", "and a review")
    came = changed(
        came_back(path, tmp_path / "a.docx", options_considered="A visit"), tmp_path / "b.docx", {MAIN: typed}
    )

    (one,) = run(home, "receive", str(came), "--json").data["files"]
    refused = run(home, "receive", str(came), "--accept")
    answers = tmp_path / "answers.toml"
    answers.write_text('field_options_considered = "reading 2"\n', encoding="utf-8")
    done = run(home, "receive", str(came), "--accept", "--from", str(answers))

    options = field(one, "options_considered")
    assert (options["certainty"], options["standing"], options["proposed"]) == ("conflict", "unreadable", "ask")
    assert refused.code == 2
    assert done.code == 0
    fact = the_fact(home, case.reference, "form received")
    said = f"{fact.read['options_considered']} {fact.taken['options_considered']} {' '.join(fact.not_placed)}"
    assert "A visit" in said
    assert "and a review" in fact.taken["options_considered"]


def test_words_in_no_field_are_kept_and_can_be_put_into_one(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {MAIN: at_the_end("Seen by the head on Monday.")})
    answers = tmp_path / "answers.toml"
    answers.write_text('not_placed_1 = "oversight"\n', encoding="utf-8")

    (one,) = run(home, "receive", str(came), "--json").data["files"]
    done = run(home, "receive", str(came), "--accept", "--from", str(answers))

    fact = the_fact(home, case.reference, "form received")
    assert one["not_placed"] == ["Seen by the head on Monday."]
    assert (done.code, dict(fact.taken), fact.not_placed) == (0, {"oversight": "Seen by the head on Monday."}, ())


def test_words_in_no_field_are_kept_with_the_form_unless_somebody_places_them(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    came = changed(path, tmp_path / "b.docx", {MAIN: at_the_end("Seen by the head on Monday.")})

    assert run(home, "receive", str(came), "--accept").code == 0

    fact = the_fact(home, case.reference, "form received")
    assert (dict(fact.taken), fact.not_placed) == ({}, ("Seen by the head on Monday.",))


def test_a_recommendation_at_the_last_stage_is_recorded_as_one_once_somebody_says_so(
    home: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home, "4")
    came = came_back(path, tmp_path / "back.docx", recommendations="Hold the review in May.")
    answers = tmp_path / "answers.toml"
    answers.write_text(
        'decided_recommendations = "yes"\ndecided_recommendations_by = "The Chair"\n'
        "decided_recommendations_on = 2026-04-10\n",
        encoding="utf-8",
    )

    refused = run(home, "receive", str(came), "--accept")
    done = run(home, "receive", str(came), "--accept", "--from", str(answers))

    assert refused.code == 2
    assert '"decided_recommendations" is missing: Is "Recommendations" what the Chair recommended?' in refused.err
    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "recommendation made") == e.RecommendationMade(
        by="The Chair", recommendation="Hold the review in May.", stage="4", binds=False, does="recommends", agency=""
    )


def test_at_an_earlier_stage_recommendations_are_words_on_the_form(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home, "3")
    came = came_back(path, tmp_path / "back.docx", recommendations="Hold the review in May.")

    assert run(home, "receive", str(came), "--accept").code == 0

    assert "recommendation made" not in kinds(home, case.reference)
    assert dict(the_fact(home, case.reference, "form received").taken) == {"recommendations": "Hold the review in May."}


def test_a_child_s_name_that_came_back_otherwise_is_flagged_and_asks_whose_form_it_is(
    home: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home)
    came = came_back(path, tmp_path / "back.docx", child_name="Rowan T. Testcase")
    answers = tmp_path / "answers.toml"
    answers.write_text("same_case = true\n", encoding="utf-8")

    refused = run(home, "receive", str(came), "--accept")
    done = run(home, "receive", str(came), "--accept", "--from", str(answers))

    assert refused.code == 2
    assert f'"same_case" is missing: Does it belong to case {case.reference}, about R.T.?' in refused.err
    assert "Look: the child's name on it is not the case's.\n" in refused.out
    assert f"It is not taken over; to change it in the case: escalate correct {case.reference}\n" in refused.out
    assert done.code == 0
    assert dict(the_fact(home, case.reference, "form received").taken) == {}
    assert {one.name for one in facts(home, case.reference, "party named") if one.sort == "child"} == {"Rowan Testcase"}


@pytest.mark.parametrize("place", [0, 1])
def test_of_several_children_a_form_is_about_the_one_it_was_issued_for(home: Path, tmp_path: Path, place: int) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))
    run(home, "export", case.reference, "--form", "appendix-2")
    path = sorted((home / "issued").glob("*.docx"), key=lambda one: "child-2" in one.name)[place]

    run(home, "receive", str(came_back(path, tmp_path / "back.docx", oversight="Seen.")), "--accept")

    assert the_fact(home, case.reference, "form received").child == ("child-1", "child-2")[place]
