"""`escalate policy diff`: what changed from one edition to another, and what it would do to the open cases."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from escalate.core.policy import Policy
from escalate.render.policy_differences import TABLES
from tests.builders import a_case, a_home, ended, entered, told
from tests.running import Ran, at_terminal, run

KNOWSLEY = "knowsley-2020-11"
NEW = "knowsley-2026-04"
UPON = f'[policy]\nextends = "{KNOWSLEY}"\nedition = "2026-04"\nin_force_from = 2026-04-20\n'
STAYS = "Every case stays under the edition it was raised in: nothing is recorded, and no date has moved."
SHORTER = '[[clock]]\nid = "stage-1-raise"\nwithin = "1 working day"\nclause = "2.1"\n'


def keep(home: Path, rest: str, header: str = UPON) -> None:
    """Keep a newer edition of Knowsley's policy in the home's own folder."""
    (home / "policies").mkdir(parents=True, exist_ok=True)
    (home / "policies" / f"{NEW}.toml").write_text(header + rest, encoding="utf-8")


def diff(home: Path, *more: str) -> Ran:
    return run(home, "policy", "diff", KNOWSLEY, NEW, *more)


HEADER = [
    f"From {KNOWSLEY} to {NEW}",
    "",
    "The edition",
    '  Edition: from "2020-11" to "2026-04".',
    '  In force from: from "Tuesday 24 November 2020" to "Monday 20 April 2026".',
]


def test_every_table_of_a_policy_is_compared() -> None:
    assert set(TABLES) == {table.name for table in dataclasses.fields(Policy)} - {"name"}


def test_a_policy_does_not_differ_from_itself(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "diff", KNOWSLEY, KNOWSLEY)

    assert ran == (0, f"From {KNOWSLEY} to {KNOWSLEY}\nNothing differs.\n", "")


def test_what_changed_is_said_item_by_item_with_the_clause_of_each(tmp_path: Path) -> None:
    keep(
        tmp_path,
        SHORTER + '[[duty]]\nid = "give-reasons"\nmust = "give clear reasons"\nto = "the counterpart"\nclause = "2.2"\n'
        '[[duty]]\nid = "read-the-case-file"\nclause = "2.3"\n'
        '[[duty]]\nid = "tell-the-head"\nwhen = ["raised"]\nwho = "the practitioner"\nside = "raising"\n'
        'must = "tell the head teacher"\nto = "the head teacher"\nwithin = "1 working day"\nclause = "2.4"\n'
        '[[contact]]\nid = "business-manager"\ntelephone = "01632 960500"\nconfirmed_on = 2026-04-21\n'
        '[[opt_out]]\nitem = "involve-directors"\nbecause = "there are none"\nclause = "2.5"\n'
        '[follow]\nstage-3-time = { reading = "text", because = "it is the text" }\n',
    )

    assert diff(tmp_path).out.splitlines() == [
        *HEADER,
        "",
        "Times",
        "  Changed: stage-1-raise: the professional with concerns should raise the matter with the practitioner or"
        " decision maker, verbally or in writing (1 working day) [Stage 1 para 1 → 2.1]",
        '      time: from "2 working days, or less if the child needs it" to "1 working day"',
        "  Changed: stage-3-resolve: both senior managers should achieve a resolution (5 working days, or less if the"
        " child needs it) [Stage 3 para 2; flowchart stage 3]",
        '      time: from "2 working days, or less if the child needs it" to "5 working days, or less if the child'
        ' needs it"',
        "",
        "Duties",
        "  Changed: give-reasons: the professional with concerns must give clear reasons [Stage 1 para 2 → 2.2]",
        '      force: from "should" to "must"',
        '      act: from "give clear reasons, based on evidence, for disagreeing" to "give clear reasons"',
        '      to: now "the counterpart"',
        "  Added: tell-the-head: the practitioner must tell the head teacher (1 working day) [2.4].",
        "  No longer: involve-directors: each senior manager will involve the assistant directors or director in their"
        " own agency [Stage 3 para 5].",
        "  Only the clause differs: read-the-case-file [Stage 1 para 2 → 2.3].",
        "",
        "Whom to ask",
        "  Changed: business-manager: Business Manager of the Knowsley Safeguarding Children Partnership [s2 bullet 8;"
        " Appendices 2 and 3]",
        '      telephone: from "0151 443 4786" to "01632 960500"',
        '      confirmed on: now "Tuesday 21 April 2026"',
        "",
        "Where the source contradicts itself",
        '  Changed: stage-3-time: follows "text": a resolution within 5 working days [Stage 3 para 2 against flowchart'
        " stage 3]",
        '      reading followed: from "flowchart" to "text"',
        '      because: from "it protects the child sooner" to "it is the text"',
    ]


def test_the_other_way_round_what_was_added_is_no_longer_there(tmp_path: Path) -> None:
    keep(tmp_path, '[[theme]]\nid = "housing"\ntitle = "Housing"\nclause = "3"\n')

    out = run(tmp_path, "policy", "diff", NEW, KNOWSLEY).out

    assert out.endswith("\nWhat disagreements are about\n  No longer: housing: Housing [3].\n")


def test_a_new_rung_is_said_with_the_order_of_the_ladder(tmp_path: Path) -> None:
    stage = '[[stage]]\nid = "2b"\ntitle = "Stage 2b"\nbetween = ["one", "other"]\nafter = "2"\nclause = "2.6"\n'
    keep(tmp_path, stage)

    lines = diff(tmp_path).out.splitlines()

    assert lines[5:] == [
        '  Order of the stages: from "1; 2; 3; 4" to "1; 2; 2b; 3; 4".',
        "",
        "Stages",
        "  Added: 2b: Stage 2b [2.6].",
    ]


def test_open_cases_whose_dates_would_differ_are_listed_with_both_dates(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home)
    keep(home, SHORTER)

    lines = diff(home).out.splitlines()

    assert lines[-7:] == [
        "Open cases",
        f"  1 open case under {KNOWSLEY}; 1 of them would differ under {NEW}.",
        "",
        f"  {case.reference}  R.T., Stage 1: practitioner to practitioner",
        f"    stage-1-raise: under {KNOWSLEY} Tuesday 7 April 2026; under {NEW} Thursday 2 April 2026. The professional"
        " with concerns should raise the matter with the practitioner or decision maker, verbally or in writing.",
        "",
        STAYS,
    ]


def test_the_dates_of_an_open_case_are_where_they_were_after_looking(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home)
    keep(home, SHORTER)
    before = case.events()

    diff(home)

    assert case.events() == before
    assert "Tuesday 7 April" in run(home, "why", case.reference, "stage-1-raise").out


def test_a_date_that_was_met_already_is_not_compared(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-02", how="letter"))
    keep(home, SHORTER)

    assert f"  1 open case under {KNOWSLEY}; in none of them would anything owed be otherwise under {NEW}." in (
        diff(home).out
    )


def test_what_only_one_edition_owes_is_said_to_be_so(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-02"))
    keep(
        home,
        '[[duty]]\nid = "tell-the-head"\nwhen = ["raised"]\nwho = "the practitioner"\nside = "raising"\n'
        'must = "tell the head teacher"\nto = "the head teacher"\nwithin = "1 working day"\nclause = "2.4"\n'
        '[[opt_out]]\nitem = "read-the-case-file"\nbecause = "it is done anyway"\nclause = "2.5"\n',
    )

    out = diff(home).out

    assert (
        f"    read-the-case-file: owed only under {KNOWSLEY} (Thursday 9 April 2026). The practitioner or decision"
        " maker who received the concern must read and review the case file.\n"
        f"    tell-the-head: owed only under {NEW} (Thursday 2 April 2026). The practitioner must tell the head"
        " teacher.\n"
    ) in out


def test_a_case_that_ended_or_is_under_another_policy_is_not_looked_at(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-02"), ended("1", "resolved", "2026-04-07"))
    keep(home, SHORTER)

    out = diff(home).out
    other_way = run(home, "policy", "diff", NEW, KNOWSLEY).out

    assert f"  0 open cases under {KNOWSLEY}; in none of them" in out
    assert f"  0 open cases under {NEW}; in none of them" in other_way


def test_a_case_at_a_stage_that_the_other_does_not_have_is_said_to_be(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, told("2026-04-02"), entered("2", "2026-04-08"), entered("3", "2026-04-10"))
    (home / "policies").mkdir()
    text = (Path(__file__).parents[1] / "policies" / "exampleshire-2026-01.toml").read_text(encoding="utf-8")
    (home / "policies" / f"{NEW}.toml").write_text(text, encoding="utf-8")

    out = diff(home).out

    assert f"  {case.reference}  R.T., Stage 3: senior manager to senior manager\n    It is at a stage" in out
    assert f"    It is at a stage that {NEW} does not have.\n" in out


def test_only_the_files_are_compared_where_nothing_is_recorded_yet(tmp_path: Path) -> None:
    keep(tmp_path, SHORTER)

    ran = diff(tmp_path)

    assert (ran.code, "Open cases" in ran.out) == (0, False)
    assert diff(tmp_path, "--json").data["cases"] is None


def test_as_json_each_difference_and_each_date_is_a_value(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home)
    keep(home, SHORTER)

    data = diff(home, "--json").data

    assert (data["first"]["name"], data["second"]["edition"]) == (KNOWSLEY, "2026-04")
    assert data["differences"][1] == {
        "table": "clock",
        "item": "stage-1-raise",
        "sort": "changed",
        "says": "the professional with concerns should raise the matter with the practitioner or decision maker,"
        " verbally or in writing (1 working day)",
        "clause_was": "Stage 1 para 1",
        "clause_now": "2.1",
        "changes": [{"word": "time", "was": "2 working days, or less if the child needs it", "now": "1 working day"}],
    }
    assert data["cases"] == {
        "open_cases": 1,
        "differing": [
            {
                "reference": case.reference,
                "subject": "R.T.",
                "stage_title": "Stage 1: practitioner to practitioner",
                "is_at_a_stage_of_both": True,
                "dates": [
                    {
                        "key": "stage-1-raise",
                        "act": "the professional with concerns should raise the matter with the practitioner or"
                        " decision maker, verbally or in writing",
                        "owed": "under both",
                        "first_on": "2026-04-07",
                        "first_why": "",
                        "second_on": "2026-04-02",
                        "second_why": "",
                    }
                ],
            }
        ],
    }


def test_cannot_compare_with_a_policy_that_is_not_here(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "diff", KNOWSLEY, "atlantis-2026")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith('error: there is no policy "atlantis-2026"\n')


@pytest.mark.parametrize("columns", [60, 120])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    home = a_home(tmp_path)
    a_case(home)
    keep(home, SHORTER)

    out = at_terminal(home, "policy", "diff", KNOWSLEY, NEW, "--plain", columns=columns).out

    assert max(len(line) for line in out.splitlines()) <= columns
