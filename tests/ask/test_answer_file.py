"""Answers from a TOML file: what it may say, and every complaint about it, whole."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.answer_file import answers_from_file
from escalate.ask.question import Group, Question, Script
from escalate.ask.written_answers import lines_of_keys
from escalate.core.answers import NOT_KNOWN, Answers
from escalate.errors import AnswersMissing, Problem, RouteOut

GOOD = '''\
risk = "Not sure"
keeps_safe = "not known yet"
route = "decision"
learned_on = 2026-04-01
concern = """
A&E <5 weeks [redacted] {{ 7*7 }} =1+1 Łukasz

agency = "not a key"
"""
agreed_on = "17 April 2026"

[[receiving]]
agency = "Invented Health Trust"
counterpart = "Robin Invented"
counterpart_told = true

[[receiving]]
agency = "Invented Police"

[[children]]
name = "Rowan Testcase"
'''


def refused(script: Script, text: str, given: Answers | None = None) -> AnswersMissing:
    with pytest.raises(AnswersMissing) as caught:
        answers_from_file(script, text, "answers.toml", given)
    assert (caught.value.exit_code, caught.value.recorded) == (2, "")
    return caught.value


def test_a_whole_file_gives_every_answer_and_leaves_the_rest_open(script: Script) -> None:
    answers, notes = answers_from_file(script, GOOD, "answers.toml")

    assert list(answers.items()) == [
        ("risk", "not sure"),
        ("keeps_safe", NOT_KNOWN),
        ("route", "decision"),
        ("receiving.0.agency", "agency-2"),
        ("receiving.0.counterpart", "Robin Invented"),
        ("receiving.0.counterpart_told", "yes"),
        ("receiving.0.another", "yes"),
        ("receiving.1.agency", "Invented Police"),
        ("receiving.1.counterpart", NOT_KNOWN),
        ("receiving.1.another", "no"),
        ("learned_on", date(2026, 4, 1)),
        ("concern", 'A&E <5 weeks [redacted] {{ 7*7 }} =1+1 Łukasz\n\nagency = "not a key"'),
        ("children.any", "yes"),
        ("children.0.name", "Rowan Testcase"),
        ("children.0.another", "no"),
        ("agreed_on", date(2026, 4, 17)),
    ]
    assert notes == ()


SHORT = 'risk = "no"\nroute = "decision"\nlearned_on = 2026-04-01\nconcern = "Unsafe"\n'


def test_a_list_of_words_answers_the_first_question_of_each_entry(script: Script) -> None:
    answers, _ = answers_from_file(
        script, SHORT + 'receiving = ["Invented School", "agency-1"]\nchildren = []', "a.toml"
    )

    assert answers.entries("receiving") == (
        Answers({"agency": "Invented School", "counterpart": NOT_KNOWN}),
        Answers({"agency": "agency-1", "counterpart": NOT_KNOWN}),
    )
    assert answers.says("children.any", "no")


def test_one_table_is_one_entry_and_windows_line_ends_and_marks_are_read(script: Script) -> None:
    text = "\ufeff" + (SHORT + '[receiving]\nagency = "agency-1"\n').replace("\n", "\r\n")

    answers, _ = answers_from_file(script, text, "a.toml")

    assert answers.entries("receiving") == (Answers({"agency": "agency-1", "counterpart": NOT_KNOWN}),)


def test_what_was_left_out_is_said_with_its_line_and_without_its_words(script: Script) -> None:
    text = SHORT.replace("Unsafe", "Un\\u001bsafe") + '[[receiving]]\nagency = "Inv\\u0000ented"\n'

    answers, notes = answers_from_file(script, text, "a.toml")

    assert answers.text("concern") == "Unsafe"
    assert answers.text("receiving.0.agency") == "Invented"
    assert notes == (
        'a.toml:6: "agency" in [[receiving]] 1: left out 1 control character (U+0000)',
        'a.toml:4: "concern": left out 1 control character (U+001B)',
    )


def test_every_missing_answer_is_named_at_once(script: Script) -> None:
    error = refused(script, "")

    assert error.what == "answers.toml: 5 answers are missing or cannot be used"
    assert error.problems == (
        Problem(
            "answers.toml", '"risk" is missing: Is a child at immediate risk of harm?', "one of: yes, no, not sure"
        ),
        Problem("answers.toml", '"route" is missing: What is the disagreement about?', "one of: decision, staff"),
        Problem("answers.toml", '"agency" in [[receiving]] 1 is missing: Which agency decided?', "in words"),
        Problem(
            "answers.toml",
            '"learned_on" is missing: When did you learn of the decision?',
            "a date in full: 2026-04-30, 30/04/2026 or 30 April 2026",
        ),
        Problem("answers.toml", '"concern" is missing: What are you worried about?', "in words"),
    )


def test_every_answer_of_the_wrong_kind_is_named_with_its_line(script: Script) -> None:
    text = (
        'risk = "perhaps"\nroute = "decision"\nlearned_on = 2026-04-11\nconcern = 7\nagreed_on = "yesterday"\n'
        '[[receiving]]\nagency = {name = "x"}\ncounterpart = "R"\ncounterpart_told = "maybe"\n'
    )

    error = refused(script, text)

    assert [(problem.where, problem.what) for problem in error.problems] == [
        ("answers.toml:1", '"risk": that is not one of the answers to choose from'),
        ("answers.toml:3", '"learned_on": Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026'),
        ("answers.toml:4", '"concern": this needs quotes around it'),
        (
            "answers.toml:5",
            '"agreed_on": "yesterday" depends on the day it is read: write the date in full, 2026-04-30',
        ),
        ("answers.toml:7", '"agency" in [[receiving]] 1: that is a list or table where one answer is asked for'),
        ("answers.toml:9", '"counterpart_told" in [[receiving]] 1: that is neither yes nor no'),
    ]


def test_unknown_keys_are_refused_with_the_allowed_ones(script: Script) -> None:
    text = (
        SHORT + 'worry = "x"\n[[receiving]]\nagency = "agency-1"\nrole = "x"\nanother = true\n[[risk]]\nlevel = "x"\n'
    )
    text = text.replace('risk = "no"\n', "")

    error = refused(script, text)

    assert error.problems == (
        Problem(
            "answers.toml:4",
            'unknown key "worry"',
            "the keys here are: risk, keeps_safe, route, receiving, learned_on, concern, children, agreed_on",
        ),
        Problem(
            "answers.toml:7",
            'unknown key "role"',
            "the keys of [[receiving]] are: agency, counterpart, counterpart_told",
        ),
        Problem(
            "answers.toml:8",
            'unknown key "another"',
            "the keys of [[receiving]] are: agency, counterpart, counterpart_told",
        ),
        Problem("answers.toml:10", 'unknown key "level"', "the keys of [[risk]] are: risk has none; it is one answer"),
        Problem(
            "answers.toml", '"risk" is missing: Is a child at immediate risk of harm?', "one of: yes, no, not sure"
        ),
    )


def test_an_answer_that_is_not_asked_for_is_not_dropped_in_silence(script: Script) -> None:
    error = refused(script, SHORT + 'keeps_safe = "With an aunt"\n[[receiving]]\nagency = "agency-1"\n')

    assert error.problems == (
        Problem(
            "answers.toml:5",
            '"keeps_safe" is not asked here, because of the other answers',
            'it goes with: risk = "yes"; else take it out',
        ),
    )


def test_a_key_given_twice_and_text_that_is_not_toml_are_refused_with_the_line(script: Script) -> None:
    twice = refused(script, 'risk = "no"\nroute = "decision"\nrisk = "yes"\n')
    broken = refused(script, 'risk = "no"\nconcern = Rowan\n')
    unclosed = refused(script, 'risk = "no"\nconcern = """Rowan\n')

    remedy = 'write each answer as: key = "words"'
    assert twice.problems == (Problem("answers.toml:3", "this key was given before", remedy),)
    assert broken.problems == (Problem("answers.toml:2", "words need quotes around them", remedy),)
    assert [problem.where for problem in unclosed.problems] == ["answers.toml:2"]
    assert all("Rowan" not in str(problem) for problem in (*broken.problems, *unclosed.problems))


def test_cannot_read_a_file_of_brackets_inside_one_another(script: Script) -> None:
    nested = refused(script, 'risk = "no"\nconcern = ' + "[" * 20_000)

    remedy = 'write each answer as: key = "words"'
    assert nested.problems == (Problem("answers.toml", "too many brackets stand inside one another", remedy),)


def test_an_answer_given_by_an_option_counts_and_cannot_be_given_again(script: Script) -> None:
    agency = '[[receiving]]\nagency = "agency-1"\n'
    answers, _ = answers_from_file(
        script, SHORT.replace('risk = "no"\n', "") + agency, "a.toml", Answers({"risk": "no"})
    )

    error = refused(script, SHORT + agency, Answers({"risk": "no"}))

    assert answers.says("risk", "no")
    assert error.problems == (
        Problem(
            "answers.toml:1",
            '"risk": this is given both here and on the command line',
            "one of: yes, no, not sure",
        ),
    )


def test_a_file_that_leads_out_of_the_policy_is_told_where_to_go(script: Script) -> None:
    with pytest.raises(RouteOut) as out:
        answers_from_file(script, 'risk = "no"\nroute = "staff"\n', "answers.toml")

    assert out.value.remedy == "Ring the Local Authority Designated Officer today."
    assert out.value.recorded == ""


def test_entries_beyond_the_most_are_refused() -> None:
    name = Question(id="name", text="Name?", kind="text")
    pair: Script = (Group(id="person", title="Person", another="Another?", questions=(name,), at_least=1, at_most=2),)

    error = refused(pair, 'person = ["A", "B", "C"]')

    assert [str(problem.what) for problem in error.problems] == [
        "entry 3 of person is not asked here, because of the other answers"
    ]


def test_each_key_is_found_on_its_line() -> None:
    assert lines_of_keys('a = 1\n\n[[b]]\nc = """\nd = 2\n"""\n"e" = 3\n[[b]]\nc = 4\n') == {
        "a": 1,
        "b": 3,
        "b.0": 3,
        "b.0.c": 4,
        "b.0.e": 7,
        "b.1": 8,
        "b.1.c": 9,
    }
