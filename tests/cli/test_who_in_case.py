"""`escalate who REF`: the people of one case, and whom its policy names at its stage now."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.cli.completing import candidates
from tests.builders import MANAGER, NAMES, SOCIAL_CARE, Built, a_case, a_home, discussed, entered, told
from tests.running import run


def test_who_speaks_now_and_who_was_named_come_before_what_the_policy_says(home: Path) -> None:
    case = a_case(
        home,
        told("2026-04-01"),
        discussed("2026-04-08", people=(MANAGER,)),
        entered("2", "2026-04-10"),
        names=(NAMES[MANAGER],),
    )

    done = run(home, "who", case.reference[-4:])

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"{case.reference}, Stage 2: line manager to line manager\n"
        "\nWho speaks now\n"
        "  Ours: the line manager of the professional with concerns\n"
        "  Theirs: the line manager of the practitioner or decision maker\n"
        "\nNamed in the case\n"
        "  Invented Primary School (ours)\n"
        "    Alex Practitioner, Designated Safeguarding Lead: 01632 960001, alex@invented-primary.example\n"
        "  Exampleshire Children's Social Care (theirs)\n"
        "    Sam Counterpart, Social Worker; spoken or written to last on Wed 1 Apr\n"
        "    Jo Manager, Team Manager; spoken or written to last on Wed 8 Apr\n"
        "\nKnowsley Safeguarding Children Partnership: "
    )
    assert "Stage 1: practitioner to practitioner" not in done.out
    assert "the line manager of the practitioner or decision maker. [Stage 2 para 1;" in done.out


def test_the_stand_in_and_who_acts_there_are_said(home: Path) -> None:
    case = a_case(home, entered("4", "2026-04-10", people="Pat Chair, for both"))

    out = run(home, "who", case.reference).out

    assert "  Instead: the Vice Chair" in out
    assert "  As recorded: Pat Chair, for both\n" in out


def test_another_stage_of_the_case_can_be_asked_for(home: Path, case: Built) -> None:
    out = run(home, "who", case.reference, "--stage", "3").out

    assert f"{case.reference}, Stage 1: practitioner to practitioner\n" in out
    assert "\n  Stage 3: senior manager to senior manager\n" in out


def test_the_challenged_agency_sees_itself_as_ours(tmp_path: Path) -> None:
    home = a_home(tmp_path, agency=SOCIAL_CARE)
    case = a_case(home, our_side="receiving")

    data = run(home, "who", case.reference, "--json").data["case"]

    assert data["who_speaks"] == {
        "theirs": "the professional with concerns",
        "ours": "the practitioner or decision maker",
    }
    assert [(one["name"], one["side"]) for one in data["people"]] == [
        ("Alex Practitioner", "theirs"),
        ("Sam Counterpart", "ours"),
    ]


def test_cannot_be_of_a_case_and_of_another_policy(home: Path, case: Built) -> None:
    assert run(home, "who", case.reference, "--policy", "somerset") == (
        2,
        "",
        "error: escalate who: a case has its own policy, the one it was raised under\n"
        "    give its reference, or --policy, not both\n",
    )


def test_cannot_be_of_a_case_that_is_not_here(home: Path, case: Built) -> None:
    assert run(home, "who", "KSCP-2026-0099").code == 4


def test_a_case_is_completed_by_its_reference(home: Path, case: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_HOME", str(home))

    assert [one.word for one in candidates(["who"], "")] == [case.reference]
