from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.core.answers import Answers
from escalate.files.policies.loading import load_policy, read_policy
from escalate.render.new_policy import file_name, policy_text
from tests.running import Ran, run

STEPS = """\
partnership = "Exampleshire Safeguarding Children Partnership"
prefix = "ESCP"
title = "Resolving Professional Differences"
published_on = 2026-08-20
edition = "2026-09"
in_force_from = 2026-09-01
review_due = 2028-09-01
nation = "England"
called = "step"
confirm_within = "2 working days"
confirm_clause = "5.1"
records = true
records_clause = "6"
risk_tell = "children's social care"
risk_effect = "clocks become guides"
risk_clause = "2"
ending_who = "the Chair of the Partnership"
ending_does = "decides"
ending_binding = true
ending_clause = "4.3"
manager_title = "Business Manager"
manager_telephone = "01632 960100"
themes = "thresholds; roles and responsibilities"
form_title = "Escalation Record"
form_from = "2"
form_where = "the partnership's website"
form_clause = "7"

[[stages]]
title = "Step 0: practitioner to practitioner"
informal = true
raising = "the practitioner"
receiving = "the counterpart"
within = "2 working days"
counted_from = "the concern"
force = "should"
clause = "4.1"

[[stages]]
title = "Step 1: line manager to line manager"
informal = false
raising = "the line manager"
receiving = "the other line manager"
within = "5 working days, or less if the child needs it"
counted_from = "the stage entered"
force = "must"
clause = "4.2"

[[stages]]
title = "Step 2: the Chair"
informal = false
raising = "the senior managers"
receiving = "the Chair"
force = "should"
clause = "4.3"
"""


def begun(home: Path, answers: str = STEPS, *words: str) -> Ran:
    """Run `policy new` with these answers on standard input."""
    return run(home, "policy", "new", "--from", "-", *words, typed=answers)


def test_a_few_answers_become_a_policy_without_problems(tmp_path: Path) -> None:
    ran = begun(tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Written: exampleshire-2026-09\n"
        f"  File: {tmp_path / 'policies' / 'exampleshire-2026-09.toml'}\n"
        "Nothing in it is used until somebody chooses it: escalate setup, or the policy of a case.\n"
        "Next: escalate policy check exampleshire-2026-09, then escalate policy try exampleshire-2026-09"
        " --concern 2026-04-01\n"
    )
    checked = run(tmp_path, "policy", "check", "exampleshire-2026-09")
    assert (checked.code, checked.out) == (0, "exampleshire-2026-09.toml: no problems.\nYour own.\n")


def test_what_was_answered_stands_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(tmp_path)
    monkeypatch.setenv("ESCALATE_HOME", str(tmp_path))

    policy, _ = load_policy("exampleshire-2026-09")

    head = policy.policy
    assert (head.prefix, head.called, head.in_force_from, head.review_due, head.source.published_on) == (
        "ESCP",
        "step",
        date(2026, 9, 1),
        date(2028, 9, 1),
        date(2026, 8, 20),
    )
    assert [(stage.id, stage.informal, stage.between) for stage in policy.stage] == [
        ("informal", True, ("the practitioner", "the counterpart")),
        ("1", False, ("the line manager", "the other line manager")),
        ("2", False, ("the senior managers", "the Chair")),
    ]
    times = [(clock.id, clock.force, clock.within, clock.from_) for clock in policy.clock if clock.resolves]
    previous = "the previous stage's resolving deadline"
    assert times == [
        ("stage-informal-resolve", "should", "2 working days", ("the concern",)),
        ("stage-1-resolve", "must", "5 working days, or less if the child needs it", ("the stage entered", previous)),
        ("stage-2-resolve", "should", "an agreed date", ("the stage entered", previous)),
    ]
    assert [(form.form, form.owed_at, form.obtained_from) for form in policy.form] == [
        ("exampleshire-form", ("1", "2"), "the partnership's website")
    ]
    assert [(end.stage, end.who, end.does, end.binding) for end in policy.ending] == [
        ("2", "the Chair of the Partnership", "decides", True)
    ]
    assert [theme.title for theme in policy.theme] == ["thresholds", "roles and responsibilities"]


def test_a_clause_nobody_named_is_counted_and_marked(tmp_path: Path) -> None:
    without = "\n".join(line for line in STEPS.splitlines() if "clause" not in line)

    ran = begun(tmp_path, without)

    text = (tmp_path / "policies" / "exampleshire-2026-09.toml").read_text(encoding="utf-8")
    marked = text.count('"to be noted"')
    assert marked > 5
    assert f'{marked} clauses still "to be noted": write in where the document says so.\n' in ran.out


def test_cannot_write_over_a_file_that_is_there(tmp_path: Path) -> None:
    begun(tmp_path)
    path = tmp_path / "policies" / "exampleshire-2026-09.toml"
    path.write_text("# ours, corrected by hand\n", encoding="utf-8")

    ran = begun(tmp_path)

    assert ran.code == 2
    assert "give another edition" in ran.err
    assert path.read_text(encoding="utf-8") == "# ours, corrected by hand\n"


def test_cannot_write_over_a_file_named_with_out(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text("# ours\n", encoding="utf-8")

    ran = begun(tmp_path, STEPS, "--out", str(path))

    assert ran == (
        3,
        "",
        "error: ours.toml: there is such a file already, and it is left as it is\n"
        "    give the new one another edition, or write it elsewhere with --out\n"
        "Nothing was recorded.\n",
    )
    assert path.read_text(encoding="utf-8") == "# ours\n"


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ('within = "2 working days"', 'within = "2 days"', "is not one of"),
        ('prefix = "ESCP"', 'prefix = "escp"', "a prefix is two to eight capital letters, A to Z"),
        ('edition = "2026-09"', 'edition = "../x"', "an edition is written in small letters, digits and hyphens"),
        ('form_from = "2"', 'form_from = "4"', "one of: 1, 2, 3"),
    ],
)
def test_cannot_begin_a_policy_with_an_answer_of_the_wrong_kind(
    tmp_path: Path, line: str, instead: str, said: str
) -> None:
    ran = begun(tmp_path, STEPS.replace(line, instead, 1))

    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "policies").exists()


def test_an_edition_upon_a_shipped_one_says_only_what_differs(tmp_path: Path) -> None:
    answers = 'edition = "2027-01"\nin_force_from = 2027-01-01\nbecause = "The Executive decided so."\n'

    ran = run(tmp_path, "policy", "new", "--extends", "knowsley-2020-11", "--from", "-", typed=answers)

    assert ran.code == 0
    text = (tmp_path / "policies" / "knowsley-2027-01.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    assert tables["policy"] == {
        "extends": "knowsley-2020-11",
        "edition": "2027-01",
        "in_force_from": date(2027, 1, 1),
    }
    assert tables["follow"]["stage-3-time"] == "flowchart"
    assert "# The Executive decided so.\n" in text
    checked = run(tmp_path, "policy", "check", "knowsley-2027-01")
    assert checked.code == 0
    assert "no problems" in checked.out


def test_cannot_write_an_edition_upon_itself(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "new", "--extends", "knowsley-2020-11", "--from", "-", typed='edition = "2020-11"\n')

    assert ran.code == 2
    assert "that is the edition it is written upon: give another" in ran.err


def test_a_files_name_is_the_partnerships_own_and_its_edition() -> None:
    assert file_name("The Exampleshire and Invented Bay Safeguarding Children Partnership", "2026-09") == (
        "exampleshire-invented-bay-2026-09"
    )
    assert file_name("Safeguarding Children Partnership", "1") == "safeguarding-children-partnership-1"


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
hostile = st.one_of(words, st.sampled_from(['"', "\\", '"""', "#", "]]", "{{ x }}", "{% raw %}", "='", "Ł’—\u2028"]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(title=hostile, who=hostile, theme=hostile, clause=hostile)
def test_whatever_was_typed_comes_out_of_the_file_as_it_went_in(title: str, who: str, theme: str, clause: str) -> None:
    answers = Answers(
        {
            "partnership": title,
            "prefix": "ESCP",
            "title": title,
            "edition": "2026-09",
            "nation": "England",
            "called": "stage",
            "stages.0.title": title,
            "stages.0.informal": "no",
            "stages.0.raising": who,
            "stages.0.receiving": who,
            "stages.0.force": "must",
            "stages.0.clause": clause,
            "risk_effect": "nothing changes",
            "ending_who": who,
            "ending_does": "decides",
            "ending_binding": "no",
            "manager_title": who,
            "themes": theme.replace(";", ","),
            "form_title": title,
            "form_from": "1",
            "form_where": who,
        }
    )

    text = policy_text("ours-2026-09", answers)
    policy, problems = read_policy(text, name="ours-2026-09", where="ours-2026-09.toml")

    assert problems == []
    assert policy is not None
    assert (policy.policy.title, policy.stage[0].between, policy.stage[0].clause) == (title, (who, who), clause)
    assert (policy.form[0].title, policy.contact[0].title, policy.ending[0].who) == (title, who, who)
