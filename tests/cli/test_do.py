"""`escalate do`: what became of a duty or an agreed action."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_case, discussed, ended, entered
from tests.cli.kept import entries, kinds, the_fact
from tests.running import run


@pytest.fixture
def case(home: Path) -> Built:
    """A case with a duty that is open, and one agreed action."""
    return a_case(home, discussed("2026-04-02", actions=(e.Action(id="action-1", what="A visit", owner="Sam"),)))


def test_a_duty_is_done_by_saying_to_whom_how_and_when(home: Path, case: Built) -> None:
    text = (
        'item = "give-reasons"\nwhat = "done"\non = 2026-04-08\nto = "Sam Counterpart"\nhow = "e-mail"\nnote = "Two."\n'
    )

    done = run(home, "do", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"Recorded in {case.reference}, Stage 1: practitioner to practitioner:\n  entry 9: duty done, Wed 8 Apr\n"
    )
    assert done.out.endswith(
        "\nescalate has sent nothing and told nobody.\n"
        f"Next: escalate record {case.reference}, or escalate advance {case.reference}, or escalate show"
        f" {case.reference}\n"
    )
    assert the_fact(home, case.reference, "duty done") == e.DutyDone(
        item="give-reasons", to="Sam Counterpart", how="e-mail", note="Two."
    )


def test_cannot_be_done_to_nobody_and_in_no_way(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "do", case.reference, typed='item = "give-reasons"\nwhat = "done"\n')

    assert done == (
        2,
        "",
        "error: standard input: 3 answers are missing or cannot be used\n"
        'standard input: "on" is missing: On which day?\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        'standard input: "to" is missing: To whom?\n'
        "    in words\n"
        'standard input: "how" is missing: How?\n'
        "    one of: telephone, face to face, meeting, e-mail, letter, form, record\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_a_duty_that_does_not_apply_needs_its_reason(home: Path, case: Built) -> None:
    text = 'item = "give-reasons"\nwhat = "not applicable"\non = 2026-04-08\n'

    refused = run(home, "do", case.reference, typed=text)
    done = run(home, "do", case.reference, typed=f'{text}reason = "Given at the meeting."\n')

    assert refused.err.splitlines()[1] == 'standard input: "reason" is missing: Why does it not apply?'
    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "duty not applicable") == e.DutyNotApplicable(
        item="give-reasons", reason="Given at the meeting."
    )


@pytest.mark.parametrize(("what", "was_done"), [("done", "yes"), ("in part", "in part"), ("not done", "no")])
def test_an_action_is_checked_and_needs_no_recipient(home: Path, case: Built, what: str, was_done: str) -> None:
    text = f'item = "action-1"\nwhat = "{what}"\non = 2026-04-08\nnote = "He was seen."\n'

    done = run(home, "do", case.reference, typed=text)

    checked = the_fact(home, case.reference, "action checked")
    assert (done.code, done.err) == (0, "")
    assert (checked.action, checked.was_done, checked.note) == ("action-1", was_done, "He was seen.")


def test_cannot_do_a_duty_in_part(home: Path, case: Built) -> None:
    done = run(home, "do", case.reference, typed='item = "give-reasons"\nwhat = "in part"\non = 2026-04-08\n')

    assert done == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:2: "what": that is not one of the answers to choose from\n'
        "    one of: done, not applicable\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.parametrize("day", ["2026-03-31", "2026-04-11"])
def test_cannot_be_done_before_the_concern_or_after_today(home: Path, case: Built, day: str) -> None:
    text = f'item = "give-reasons"\nwhat = "done"\non = {day}\nto = "Sam"\nhow = "e-mail"\n'

    assert run(home, "do", case.reference, typed=text).code == 3
    assert "duty done" not in kinds(home, case.reference)


def test_actions_are_checked_after_the_case_is_resolved(home: Path) -> None:
    agreed = (e.Action(id="action-1", what="A visit"),)
    case = a_case(home, ended("1", "resolved", "2026-04-08", decision="Visit.", actions=agreed))

    done = run(home, "do", case.reference, "--json", typed='item = "action-1"\nwhat = "done"\non = 2026-04-10\n')

    assert (done.code, done.data["state"]) == (0, "ended")


def test_cannot_do_before_its_day_what_only_time_brings(home: Path) -> None:
    stages = (entered("2", "2026-04-08"), entered("3", "2026-04-09"))
    reference = a_case(home, *stages, number=2).reference
    text = 'item = "second-notice"\nwhat = "done"\non = 2026-04-10\nto = "The manager"\nhow = "e-mail"\n'

    # Stage 3 is to be resolved by Monday 13 April: only then is it still unresolved.
    early = run(home, "do", reference, typed=text, today="2026-04-13")
    done = run(home, "do", reference, typed=text, today="2026-04-14")

    assert (early.code, early.out) == (2, "")
    assert early.err.splitlines()[1] == 'standard input:1: "item": that is not one of the answers to choose from'
    assert (done.code, done.err) == (0, "")
