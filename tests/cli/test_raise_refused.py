"""What `escalate raise` does not take from a file or standard input: all of it is named, and nothing recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kept import drafts, entries, references
from tests.cli.raised import MINIMAL, NEEDED, with_line, without
from tests.running import run


@pytest.mark.parametrize("key", NEEDED)
def test_cannot_do_without_any_one_of_the_eight(home: Path, key: str) -> None:
    before = entries(home)

    done = run(home, "raise", typed=without(key))

    what, remedy = NEEDED[key]
    assert done == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        f"standard input: {what}\n"
        f"    {remedy}\n"
        "Nothing was recorded.\n",
    )
    assert (entries(home), references(home), drafts(home)) == (before, [], [])


@pytest.mark.parametrize("typed", ["", "\n\n\n", "# nothing yet\n"])
def test_all_missing_answers_are_named_at_once_and_nothing_is_recorded(home: Path, typed: str) -> None:
    before = entries(home)

    done = run(home, "raise", typed=typed)

    problems = "".join(f"standard input: {what}\n    {remedy}\n" for what, remedy in NEEDED.values())
    assert done == (
        2,
        "",
        f"error: standard input: 8 answers are missing or cannot be used\n{problems}Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_use_keys_it_does_not_know_and_lists_those_it_does(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(f'{MINIMAL}worry = "x"\n[[actions]]\nwhat = "y"\n', encoding="utf-8")

    done = run(home, "raise", "--from", str(file))

    keys = (
        "risk, keeps_safe, safety_confirmed_by, route, policy, about, children, theme, receiving, decision,"
        " learned_on, concern, outcome_wanted, more, disagreed_on, risk_to_child, evidence, nature, child_said,"
        " family_knows, family_not_told, they_want, theme_area, told_on, told_how, told_said"
    )
    assert done == (
        2,
        "",
        "error: answers.toml: 2 answers are missing or cannot be used\n"
        'answers.toml:9: unknown key "worry"\n'
        f"    the keys here are: {keys}\n"
        'answers.toml:11: unknown key "actions"\n'
        f"    the keys here are: {keys}\n"
        "Nothing was recorded.\n",
    )
    assert references(home) == []


def test_cannot_use_a_key_that_no_child_has(home: Path) -> None:
    text = f'{without("children")}[[children]]\nname = "Rowan Testcase"\nshoe_size = "12"\n'

    done = run(home, "raise", typed=text)

    assert done == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:10: unknown key "shoe_size"\n'
        "    the keys of [[children]] are: name, born_on, plan_or_care, child_protection_plan, looked_after, address,"
        " address_withheld, parental_responsibility, reference\n"
        "Nothing was recorded.\n",
    )


def test_cannot_have_learned_of_it_after_today(home: Path) -> None:
    done = run(home, "raise", typed=with_line("learned_on = 2026-04-11"), today="2026-04-10")

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:1: "learned_on": Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026\n'
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026\n"
        "Nothing was recorded.\n",
    )
    assert references(home) == []


def test_cannot_have_told_them_before_the_concern(home: Path) -> None:
    done = run(home, "raise", typed=f'told_on = 2026-03-31\ntold_how = "telephone"\n{MINIMAL}')

    assert done == (
        3,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:1: "told_on": that is before you learned of the decision (Wed 1 Apr 2026): one of the two days'
        " is wrong\n"
        '    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026; or "not known yet"\n'
        "Nothing was recorded.\n",
    )
    assert references(home) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('learned_on = "31/04/2026"', '"31/04/2026" is not a date: April has 30 days'),
        ('learned_on = "yesterday"', '"yesterday" depends on the day it is read: write the date in full, 2026-04-30'),
        ("learned_on = 2026-04-01T10:00:00", "that is a date with a time where one of them is asked for"),
        ('risk = "perhaps"', "that is not one of the answers to choose from"),
        ("concern = 7", "this needs quotes around it"),
        ('concern = "   "', "this is needed before anything can be recorded"),
        ('theme_area = "weather"', "that is not one of the answers to choose from"),
    ],
)
def test_cannot_use_an_answer_of_the_wrong_kind(home: Path, line: str, what: str) -> None:
    done = run(home, "raise", typed=with_line(line))

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1] == f'standard input:1: "{line.split(" =", maxsplit=1)[0]}": {what}'
    assert done.err.endswith("Nothing was recorded.\n")
    assert references(home) == []


def test_cannot_read_a_file_that_is_not_there_not_toml_or_not_utf_8(home: Path, tmp_path: Path) -> None:
    missing, broken, latin = (tmp_path / name for name in ("missing.toml", "broken.toml", "latin.toml"))
    broken.write_text('risk = "no"\nconcern = A&E\n', encoding="utf-8")
    latin.write_bytes('concern = "Zoë"'.encode("latin-1"))

    assert run(home, "raise", "--from", str(missing)) == (
        2,
        "",
        "error: missing.toml: cannot be read: No such file or directory\n"
        "    check the file's name\n"
        "Nothing was recorded.\n",
    )
    assert run(home, "raise", "--from", str(broken)) == (
        2,
        "",
        "error: broken.toml: 1 answer is missing or cannot be used\n"
        "broken.toml:2: words need quotes around them\n"
        '    write each answer as: key = "words"\n'
        "Nothing was recorded.\n",
    )
    assert run(home, "raise", "--from", str(latin)) == (
        2,
        "",
        "error: latin.toml: is not UTF-8 text\n    save it as UTF-8 in a plain text editor\nNothing was recorded.\n",
    )


@pytest.mark.parametrize("route", ["allegation", "whistleblowing", "complaint", "own agency", "conference"])
def test_a_route_out_says_where_to_go_and_leaves_neither_record_nor_draft(home: Path, route: str) -> None:
    before = entries(home)

    done = run(home, "raise", typed=with_line(f'route = "{route}"'))

    assert (done.code, done.out) == (6, "")
    first, remedy, last = done.err.splitlines()
    assert (first, last) == ("this policy does not apply: nothing was kept", "Nothing was recorded.")
    assert remedy.startswith("    use instead: ")
    assert (entries(home), references(home), drafts(home)) == (before, [], [])


def test_cannot_have_received_a_concern_from_nobody(home: Path) -> None:
    done = run(home, "raise", "--received", typed=without("receiving"))

    assert done == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input: "raising_agency" is missing: Which agency raised it with you?\n'
        "    in words\n"
        "Nothing was recorded.\n",
    )


def test_cannot_be_about_a_child_and_a_theme_at_once(home: Path) -> None:
    done = run(home, "raise", typed=f'theme = "Strategy discussions"\n{MINIMAL}')

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1] == 'standard input:1: "theme" is not asked here, because of the other answers'


def test_cannot_raise_before_setup_off_a_terminal(tmp_path: Path) -> None:
    done = run(tmp_path, "raise", typed=MINIMAL)

    assert done == (
        4,
        "",
        "error: escalate does not know yet who you are, for which agency, and under which policy\n"
        "    run: escalate setup\n"
        "Nothing was recorded.\n",
    )


def test_cannot_be_given_names_as_options_and_does_not_say_them_again(home: Path) -> None:
    done = run(home, "raise", "Rowan", "Testcase")

    assert done == (
        2,
        "",
        "error: escalate raise: more was typed than it takes; names and words are asked for, or read from a file\n"
        "    see: escalate raise --help\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.parametrize(("risk", "is_said"), [("yes", True), ("not sure", True), ("no", False)])
def test_whom_to_telephone_comes_before_what_is_wrong_with_the_file(home: Path, risk: str, is_said: bool) -> None:
    done = run(home, "raise", "--from", "-", typed=f'risk = "{risk}"\n')

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("A child in danger now: telephone 999.") is is_said
    assert "error: standard input:" in done.err
