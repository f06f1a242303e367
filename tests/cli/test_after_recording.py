"""What is said once something is recorded: how much is owed besides, and what comes next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalate.cli import main
from tests.builders import Built, a_case, told
from tests.cli.kept import references
from tests.cli.raised import MINIMAL
from tests.cli.typist import Typist
from tests.running import run

AGREED = (
    'risk = "no"\nitem = "stage-1-resolve"\nwhat = "agreed"\nby_on = 2026-04-09\nwith = "Sam"\nagreed_on = 2026-04-02\n'
)
TOLD = 'risk = "no"\nwhat = "told"\non = 2026-04-02\nhow = "telephone"\nperson = "Sam Counterpart"\n'
UNRESOLVED = 'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\nsaid = "No agreement."\n'


@pytest.mark.parametrize("way", [(), ("--plain",)])
def test_a_part_of_what_is_owed_is_called_a_part_and_the_rest_is_counted(
    home: Path, case: Built, way: tuple[str, ...]
) -> None:
    done = run(home, "record", case.reference, *way, typed=TOLD, today="2026-04-02")

    owed = len(run(home, "due", "--json", today="2026-04-02").data["items"])
    words = " ".join(done.out.split())
    found = re.search(r"New, or past its date: (\d) of the (\d) owed .* and (\d) more: escalate show KSCP", words)
    assert found is not None
    part, whole, more = map(int, found.groups())
    assert (whole, part + more) == (owed, owed)


def test_what_is_all_of_it_is_not_called_a_part(home: Path) -> None:
    done = run(home, "raise", typed=MINIMAL, today="2026-04-02")

    assert "\nOwed now, and by when; and 3 without a date\n" in done.out
    assert " more: escalate show" not in done.out


def test_after_a_stage_is_past_its_date_the_next_command_goes_up(home: Path) -> None:
    late = f'told_on = 2026-04-07\ntold_how = "telephone"\n{MINIMAL}'

    done = run(home, "raise", typed=late, today="2026-04-15")

    (reference,) = references(home)
    assert done.out.splitlines()[-1] == (
        f"Next: escalate advance {reference}, or escalate show {reference}, or escalate due"
    )


def test_whoever_is_not_told_yet_is_told_first_even_when_the_stage_is_past_its_date(home: Path) -> None:
    done = run(home, "raise", typed=MINIMAL, today="2026-04-15")

    (reference,) = references(home)
    assert done.out.splitlines()[-1] == (
        f"Next: escalate record {reference}, or escalate advance {reference}, or escalate due"
    )


def test_what_is_past_its_date_is_said_again_at_the_end_of_a_long_list(home: Path) -> None:
    case = a_case(home, told("2026-04-02"))

    done = run(home, "advance", case.reference, typed=UNRESOLVED)

    owed = done.out[: done.out.index("\n\nescalate has sent nothing")]
    assert owed.splitlines()[-1].startswith(
        "  2 are past their dates: first the professional with concerns must follow up in writing what was raised"
        " verbally. 1 is due today: "
    )


def test_read_aloud_days_are_in_full_and_nothing_stands_in_brackets(home: Path, case: Built) -> None:
    done = run(home, "record", case.reference, "--plain", typed=TOLD, today="2026-04-02")

    words = " ".join(done.out.split())
    assert "[" not in words
    assert " entry 9: counterpart told, Thursday 2 April 2026 " in words
    assert (
        " Tuesday 7 April 2026: the professional with concerns must follow up in writing what was raised verbally."
        " Ours, about "
    ) in words


def test_which_case_it_is_about_is_said_first_and_again_before_it_is_recorded(
    plain_typist: Typist, case: Built
) -> None:
    plain_typist.types("withdraw", case.reference)
    plain_typist.answer("immediate risk", "no")
    plain_typist.answer("ithdrawn?", "")
    plain_typist.answer("Who wants it withdrawn?", "Alex Practitioner")
    plain_typist.answer_at_length("Why?", "The assessment began.")
    plain_typist.enter_until("Enter records them.")
    plain_typist.press("", "\x03")
    plain_typist.ends()

    about = f"Case {case.reference}, R.T., Stage 1: practitioner to practitioner."
    assert plain_typist.screen.splitlines()[1] == about
    assert plain_typist.screen.count(f"\n{about}\n\nCheck your answers before they are recorded.\n") == 1


@pytest.mark.parametrize("words", [("due",), ("due", "--json"), ("list",), ()])
def test_a_day_that_is_pretended_is_said_through_a_pipe_too_and_not_among_the_data(
    home: Path, case: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ESCALATE_HOME", str(home))
    monkeypatch.setenv("ESCALATE_TODAY", "2026-04-10")

    assert main(words) == 0

    said = capsys.readouterr()
    assert said.err == "Pretending it is 2026-04-10 (ESCALATE_TODAY)\n"
    assert "Pretending" not in said.out


def test_no_command_that_comes_next_is_broken_over_two_lines(home: Path) -> None:
    done = run(home, "raise", "--plain", typed=MINIMAL, today="2026-04-15")

    (reference,) = references(home)
    assert done.out.endswith(
        f"\nNext:\n  escalate record {reference}\n  or escalate advance {reference}\n  or escalate due\n"
    )
    assert "\n  End of the message.\n" in done.out
