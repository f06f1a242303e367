"""A form that is sent again keeps what was sent, and what came back on it, and says what is new."""

from __future__ import annotations

import dataclasses
from datetime import date

from escalate.core import events as e
from escalate.core.forms.answers import About
from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.updates import (
    Changed,
    as_printed,
    last_issue,
    say_changes,
    short_label,
    what_changed,
    with_what_was_said,
)
from tests.builders import Happened, on
from tests.core.test_form_answers import form
from tests.rules.scenario import Scenario, scenario

CONCERN = FormField(id="concern", label="Concern:", kind="long", fills="case.concern")
PROGRESS = FormField(id="progress", label="Progress", kind="long", fills="case.progress", accumulates=True)
BLOCK = FormField(id="block", label="Outcome (so far)", kind="long", fills="stage.outcome", of_stage="3")
THEIRS = FormField(id="theirs", label="Decision", kind="long", filled_by="them")
FILLED_ON = FormField(id="filled_on", label="Date", kind="date", fills="form.completed_on")
REPORT = form(CONCERN, PROGRESS, BLOCK, THEIRS, FILLED_ON, id="report", updates=True)
EMPTY = {"concern": "", "progress": "", "block": "", "theirs": "", "filled_on": ""}


def issued(day: str, issue: str = "issue-1", child: str = "child-1", **answers: str) -> Happened:
    """The report went out, saying this."""
    fact = e.FormIssued(
        issue=issue,
        form="report",
        form_version=1,
        stage="2",
        child=child,
        file_name=f"{issue}.docx",
        digest="d1",
        content_digest="d2",
        anchor="L1-0000",
        answers={**EMPTY, **answers},
    )
    return fact, on(day)


def came_back(on_day: str, beside: dict[str, str] | None = None, child: str = "child-1", **taken: str) -> Happened:
    """The report came back, and this of it was accepted, beside what the case said then."""
    fact = e.FormReceived(
        form="report",
        form_version=1,
        stage="2",
        child=child,
        digest="d3",
        identified_by="properties",
        read=taken,
        taken=taken,
        beside=beside or {},
    )
    return fact, on(on_day)


def says_next(
    *happened: Happened, child: str = "child-1", definition: FormDefinition = REPORT, **own: str
) -> dict[str, str]:
    """Return what the next issue says, but for what is empty, of a case in which this happened and which says `own`."""
    said = with_what_was_said(definition, scenario(*happened).case, About(child=child), {**EMPTY, **own})
    return {field: words for field, words in said.items() if words}


def test_the_first_issue_says_what_the_case_says() -> None:
    assert says_next(concern="One.", progress="A\nB") == {"concern": "One.", "progress": "A\nB"}


def test_an_answer_that_accumulates_keeps_what_was_sent_and_what_is_new_follows() -> None:
    sent = issued("2026-04-10", progress="A\nB as it was sent")

    assert says_next(sent, progress="A\nB as it was corrected\nC") == {
        "progress": "A\nB as it was sent\nB as it was corrected\nC"
    }
    assert says_next(sent, issued("2026-04-11", "issue-2", progress="A\nB as it was sent\nC"), progress="A\nC\nD") == {
        "progress": "A\nB as it was sent\nC\nD"
    }


def test_what_was_sent_of_another_child_is_no_earlier_issue() -> None:
    assert says_next(issued("2026-04-10", child="child-2", progress="Z"), progress="A") == {"progress": "A"}


def test_an_answer_that_does_not_accumulate_says_what_the_case_says_now() -> None:
    assert says_next(issued("2026-04-10", concern="One."), concern="Two.") == {"concern": "Two."}
    assert says_next(issued("2026-04-10", concern="One.")) == {}


def test_a_block_of_a_stage_keeps_what_was_sent_where_the_case_says_nothing_of_it_any_more() -> None:
    sent = issued("2026-04-10", block="A visit.")

    assert says_next(sent) == {"block": "A visit."}
    assert says_next(sent, block="A visit each week.") == {"block": "A visit each week."}


def test_what_came_back_stands_and_follows_what_the_case_has_come_to_say_since() -> None:
    back = came_back("2026-04-12", {"concern": "One."}, concern="One, and another.")

    assert says_next(back, concern="One.  \r\n") == {"concern": "One, and another."}
    assert says_next(back, concern="Two.") == {"concern": "Two.\nOne, and another."}


def test_what_came_back_later_goes_before_what_came_back_earlier() -> None:
    first = came_back("2026-04-12", {"concern": "One."}, concern="First.")
    of_the_case = came_back("2026-04-13", {"concern": "One."}, concern="Second.")
    of_the_form = came_back("2026-04-13", {"concern": "First."}, concern="Second.")

    for second in (of_the_case, of_the_form):
        assert says_next(first, second, concern="One.") == {"concern": "Second."}
    assert says_next(first, came_back("2026-04-13", theirs="Yes."), concern="One.") == {
        "concern": "First.",
        "theirs": "Yes.",
    }


def test_what_others_filled_in_is_kept_whatever_the_case_says() -> None:
    assert says_next(came_back("2026-04-12", {"theirs": "x"}, theirs="We decide.")) == {"theirs": "We decide."}


def test_a_day_that_came_back_is_compared_as_it_is_printed() -> None:
    day = FormField(id="day", label="Day", kind="date", fills="case.concern_on")
    back = came_back("2026-04-12", {"day": "1 April 2026"}, day="2 April 2026")

    assert says_next(back, definition=form(day, id="report"), day="2026-04-01")["day"] == "2 April 2026"


def test_what_accumulates_goes_on_from_what_came_back_and_repeats_nothing_that_was_sent() -> None:
    sent = issued("2026-04-10", progress="A\nB")
    back = came_back("2026-04-12", {"progress": "A\nB\nC"}, progress="A\nB, as they put it\nTheirs")

    assert says_next(sent, back, progress="A\nB\nC\nD") == {"progress": "A\nB, as they put it\nTheirs\nD"}


def test_a_line_that_went_out_with_initials_in_place_of_a_name_is_not_sent_again_with_the_name() -> None:
    by_initials = dataclasses.replace(REPORT, names="initials")
    sent = issued("2026-04-10", progress="R.T. was seen, said the school.")
    own = "Rowan was seen, said the school.\nRowan was seen again."

    assert says_next(sent, definition=by_initials, progress=own) == {
        "progress": "R.T. was seen, said the school.\nRowan was seen again."
    }
    assert says_next(sent, progress=own)["progress"].count("\n") == 2


def test_rows_that_were_added_in_what_came_back_are_kept() -> None:
    table = dataclasses.replace(REPORT, fields=(), tables=())
    log = FormTable(id="log", rows_of="actions", columns=(FormField(id="what", label="What", kind="text"),))
    back = came_back("2026-04-12", log_2_what="Theirs.")

    said = with_what_was_said(
        dataclasses.replace(table, tables=(log,)), scenario(back).case, About(child="child-1"), {"log_1_what": "Ours."}
    )
    assert said == {"log_1_what": "Ours.", "log_2_what": "Theirs."}


def changes(case: Scenario, **answers: str) -> tuple[Changed, ...]:
    return what_changed(REPORT, last_issue(REPORT, case.case, "child-1"), {**EMPTY, **answers})


def test_the_next_issue_says_which_it_replaces_and_what_is_new_in_it() -> None:
    case = scenario(issued("2026-04-03", "0f1e2d3c4b5a", concern="One.", filled_on="3 April 2026"))
    before = last_issue(REPORT, case.case, "child-1")

    found = changes(case, concern="One.", progress="A", block="A visit.", filled_on="2026-04-20")

    assert found == (Changed(PROGRESS, "", "A"), Changed(BLOCK, "", "A visit."))
    assert say_changes(before, found, case.policy) == (
        "This replaces issue 0f1e2d3c4b5a of 3 April 2026. New in it: Progress; Outcome (stage 3)."
    )
    assert say_changes(before, (), case.policy) == (
        "This replaces issue 0f1e2d3c4b5a of 3 April 2026. Nothing in it is new."
    )


def test_a_first_issue_replaces_none_and_a_form_that_is_not_updated_never_does() -> None:
    case = scenario(issued("2026-04-03", concern="One."))
    before = last_issue(REPORT, case.case, "child-1")

    assert (changes(scenario(), concern="One."), say_changes(None, (), case.policy)) == ((), "")
    assert what_changed(dataclasses.replace(REPORT, updates=False), before, {**EMPTY, "concern": "Two."}) == ()


def test_the_last_issue_is_the_one_recorded_last_of_this_form_and_child() -> None:
    case = scenario(issued("2026-04-11", "one"), issued("2026-04-10", "two"), issued("2026-04-12", "x", "child-2"))
    found = last_issue(REPORT, case.case, "child-1")

    assert found is not None
    assert (found.occurred_on, found.fact.issue) == (date(2026, 4, 10), "two")  # type: ignore[union-attr]


def test_a_label_is_shortened_to_what_it_calls_the_field() -> None:
    assert short_label(CONCERN, scenario().policy) == "Concern"
    assert short_label(BLOCK, scenario().policy) == "Outcome (stage 3)"


def test_an_answer_is_printed_cleaned_and_its_day_spelled_out() -> None:
    assert as_printed(REPORT, {"concern": "a\r\nb\x00", "filled_on": "2026-04-03"}) == {
        **EMPTY,
        "concern": "a\nb",
        "filled_on": "3 April 2026",
    }


def test_what_came_back_on_the_record_of_one_stage_stands_on_no_other_stages() -> None:
    record = dataclasses.replace(REPORT, per_stage=True)
    back = scenario(came_back("2026-04-12", {"concern": "One."}, concern="One, and another."))
    own = {**EMPTY, "concern": "One."}

    def says(stage: str) -> str:
        return with_what_was_said(record, back.case, About(child="child-1", stage=stage), own)["concern"]

    assert (says("1"), says("2")) == ("One.", "One, and another.")
