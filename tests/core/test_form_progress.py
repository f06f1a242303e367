"""A progress update sent again: the line of a corrected entry says so, and what was removed is said to be."""

from __future__ import annotations

from datetime import date

from escalate.core import events as e
from escalate.core.forms.answers import About
from escalate.core.forms.data_case import what_was_done
from escalate.core.forms.progress import progress_told
from escalate.core.forms.updates import last_issue, removed_since, say_changes, with_what_was_said
from escalate.core.mending import redact
from tests.builders import discussed
from tests.core.test_form_updates import EMPTY, PROGRESS, REPORT, issued
from tests.rules.scenario import Scenario, scenario


def talked_and_sent(decision: str = "Weekly.") -> Scenario:
    """A talk of the 7th, told in the progress update that went out on the 8th."""
    case = scenario(discussed("2026-04-07", said="", decision=decision))
    return case.then(issued("2026-04-08", progress=progress_of(case)))


def progress_of(case: Scenario) -> str:
    return "\n".join(one.with_stage(case.policy) for one in what_was_done(case.case, case.policy))


def says_of_progress(case: Scenario) -> list[str]:
    """Return the lines of the next issue's progress update."""
    own = {**EMPTY, "progress": progress_of(case)}
    told = progress_told(case.events, case.policy)
    return with_what_was_said(REPORT, case.case, About(child="child-1"), own, told)["progress"].splitlines()


LINE = "07/04/2026, stage 1: discussed with Exampleshire Children's Social Care; decided: "


def test_h14_the_line_of_a_corrected_entry_says_what_it_corrects_and_what_was_sent_stays() -> None:
    corrected = talked_and_sent().corrected(e.DiscussionRecorded, decision="Monthly.")

    said = says_of_progress(corrected)

    assert said == [f"{LINE}Weekly.", f"{LINE}Monthly. (corrects what was sent for 07/04/2026)"]
    again = corrected.then(issued("2026-04-09", "issue-2", progress="\n".join(said)))
    assert says_of_progress(again) == said


def test_h14_a_correction_of_the_day_names_the_day_that_was_sent() -> None:
    corrected = talked_and_sent().corrected(e.DiscussionRecorded, to="2026-04-02")

    assert says_of_progress(corrected)[1] == (
        LINE.replace("07/04", "02/04") + "Weekly. (corrects what was sent for 07/04/2026)"
    )


def test_h14_an_entry_corrected_back_to_what_it_first_said_is_said_again() -> None:
    first = talked_and_sent().corrected(e.DiscussionRecorded, decision="Monthly.")
    sent = first.then(issued("2026-04-09", "issue-2", progress="\n".join(says_of_progress(first))))

    back = sent.corrected(e.DiscussionRecorded, decision="Weekly.")

    assert says_of_progress(back) == [
        f"{LINE}Weekly.",
        f"{LINE}Monthly. (corrects what was sent for 07/04/2026)",
        f"{LINE}Weekly. (corrects what was sent for 07/04/2026)",
    ]


def test_an_entry_corrected_before_it_was_sent_corrects_nothing_that_was_sent() -> None:
    case = scenario(discussed("2026-04-07", said="", decision="Weekly.")).corrected(
        e.DiscussionRecorded, decision="Monthly."
    )
    sent = case.then(issued("2026-04-08", progress=progress_of(case)))
    later = sent.then(discussed("2026-04-09", said="", decision="A meeting."))

    assert says_of_progress(later) == [f"{LINE}Monthly.", LINE.replace("07/04", "09/04") + "A meeting."]


def test_words_removed_from_what_was_sent_are_said_to_be_and_it_is_not_said_that_nothing_is_new() -> None:
    case = talked_and_sent()
    removed = case.then(*redact(case.events, ("Weekly.",), "A family's name.", date(2026, 4, 9)).decided)
    before = last_issue(REPORT, removed.case, "child-1")
    gone = removed_since(REPORT, removed.case, before)

    assert says_of_progress(removed) == [f"{LINE}[removed]"]
    assert gone == (PROGRESS,)
    assert say_changes(before, (), case.policy, gone) == (
        "This replaces issue issue-1 of 8 April 2026. Words sent before were removed: Progress."
        " Nothing else in it is new."
    )
    assert removed_since(REPORT, case.case, last_issue(REPORT, case.case, "child-1")) == ()
    again = removed.then(issued("2026-04-10", "issue-2", progress=f"{LINE}[removed]"))
    assert removed_since(REPORT, again.case, last_issue(REPORT, again.case, "child-1")) == ()
