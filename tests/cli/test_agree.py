"""`escalate agree`: a date proposed or agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built
from tests.cli.kept import entries, kinds, the_fact
from tests.running import run

EARLIER = 'item = "stage-1-resolve"\nkind = "agreed"\nby_on = 2026-04-09\non = 2026-04-02\nwith = "Sam"\n'
LATER = EARLIER.replace("2026-04-09", "2026-04-17") + 'reason = "Sam is on leave."\n'
SAFE = 'risk = "no"\nsafe_until_then = "With an aunt."\nsafe_confirmed_by = "Jo Manager"\n'


def test_an_earlier_date_governs_from_now_on(home: Path, case: Built) -> None:
    done = run(home, "agree", case.reference, "--json", typed=EARLIER, today="2026-04-02")

    assert (done.code, done.err) == (0, "")
    assert [(item["key"], item["due_on"]) for item in done.data["owed"]][:1] == [("stage-1-resolve", "2026-04-09")]
    assert the_fact(home, case.reference, "timescale agreed") == e.TimescaleAgreed(
        item="stage-1-resolve", by_on=date(2026, 4, 9), agreed_with="Sam"
    )


def test_the_policys_own_date_is_not_later_and_asks_nothing_more(home: Path, case: Built) -> None:
    done = run(home, "agree", case.reference, typed=EARLIER.replace("04-09", "04-10"), today="2026-04-02")

    assert (done.code, done.err) == (0, "")


def test_cannot_agree_a_later_date_without_saying_what_keeps_the_child_safe(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "agree", case.reference, typed=LATER.replace("04-17", "04-13"), today="2026-04-02")

    assert done == (
        2,
        "",
        "error: standard input: 3 answers are missing or cannot be used\n"
        'standard input: "risk" is missing: Is a child at immediate risk now?\n'
        "    one of: yes, no, not sure\n"
        'standard input: "safe_until_then" is missing: It is later than the policy\'s own date.'
        " What keeps the child safe until then?\n"
        "    for example: School sees him every day; the health visitor calls on Tuesdays and Fridays.\n"
        'standard input: "safe_confirmed_by" is missing: Who confirmed that?\n'
        "    for example: Alex Specimen, class teacher\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_a_later_date_is_kept_with_its_reason_beside_the_policys(home: Path, case: Built) -> None:
    done = run(home, "agree", case.reference, typed=LATER + SAFE, today="2026-04-02")

    assert (done.code, done.err) == (0, "")
    assert kinds(home, case.reference)[-2:] == ["risk considered", "timescale agreed"]
    assert the_fact(home, case.reference, "timescale agreed") == e.TimescaleAgreed(
        item="stage-1-resolve",
        by_on=date(2026, 4, 17),
        agreed_with="Sam",
        reason="Sam is on leave.",
        keeps_safe="With an aunt.",
        confirmed_by="Jo Manager",
    )
    assert done.out.endswith(f"\nescalate has sent nothing and told nobody.\nNext: escalate show {case.reference}\n")


def test_a_date_only_proposed_moves_nothing(home: Path, case: Built) -> None:
    done = run(home, "agree", case.reference, "--json", typed=LATER.replace("agreed", "proposed"), today="2026-04-02")

    assert (done.code, done.err) == (0, "")
    assert [item for item in done.data["owed"] if item["key"] == "stage-1-resolve"] == []
    assert the_fact(home, case.reference, "timescale proposed") == e.TimescaleProposed(
        item="stage-1-resolve", by_on=date(2026, 4, 17), proposed_by="Sam", reason="Sam is on leave."
    )


def test_cannot_agree_a_date_for_something_that_is_not_owed(home: Path, case: Built) -> None:
    done = run(home, "agree", case.reference, typed=EARLIER.replace("stage-1-resolve", "stage-4-refer"))

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1] == 'standard input:1: "item": that is not one of the answers to choose from'


def test_cannot_agree_a_date_that_had_passed_when_it_was_said(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "agree", case.reference, typed=EARLIER.replace("by_on = 2026-04-09", "by_on = 2026-03-31"))

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:3: "by_on": Tue 31 Mar 2026 is too early: the earliest possible is Thu 2 Apr 2026\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


@pytest.mark.parametrize("day", ["2026-03-31", "2026-04-03"])
def test_cannot_have_been_agreed_before_the_concern_or_after_today(home: Path, case: Built, day: str) -> None:
    done = run(
        home, "agree", case.reference, typed=EARLIER.replace("on = 2026-04-02", f"on = {day}"), today="2026-04-02"
    )

    assert (done.code, done.out) == (3, "")
