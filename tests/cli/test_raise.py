"""`escalate raise`: from a file, from standard input, at a terminal."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import a_home
from tests.cli.kept import drafts, entries, events, facts, kinds, named, references, the_fact
from tests.cli.typist import Typist
from tests.running import run

MINIMAL = """\
risk = "no"
route = "this policy"
children = ["Rowan Testcase"]
receiving = ["Exampleshire Children's Social Care"]
decision = "The case was closed after one visit."
learned_on = 2026-04-01
concern = "Attendance fell to 61 %."
outcome_wanted = "A strategy discussion this week."
"""
COMPLETE = """\
risk = "not sure"
keeps_safe = "An aunt has him until Friday."
safety_confirmed_by = "The aunt, by telephone, 9 April"
route = "this policy"
policy = "knowsley-2020-11"
decision = "The case was closed after one visit."
learned_on = 2026-04-02
disagreed_on = "1 April 2026"
concern = "Attendance fell to 61 %."
risk_to_child = "Neglect."
evidence = "A gut feeling, and the register."
nature = "Whether the threshold is met."
outcome_wanted = "A strategy discussion this week."
they_want = "An early help plan."
theme_area = "threshold"
told_on = 2026-04-07
told_how = "telephone"
told_said = "They will ring back."

[[children]]
name = "Rowan Testcase"
born_on = 2019-03-03
address = "1 Invented Street"
address_withheld = true
parental_responsibility = "Casey Testcase"
reference = "P-17"
child_protection_plan = true
looked_after = "no"

[[children]]
name = "Ash Testcase"

[[receiving]]
agency = "Exampleshire Children's Social Care"
person = "Sam Counterpart"
role = "Social Worker"
telephone = "01632 960300"
email = "sam@exampleshire.example"

[[receiving]]
agency = "Invented Health Visiting Service"
"""
# The eight answers that a file must give, and how each is named where it is missing.
NEEDED = {
    "risk": (
        '"risk" is missing: Is a child at immediate risk of significant harm?',
        "one of: yes, no, not sure",
    ),
    "route": (
        '"route" is missing: What is this about?',
        "one of: this policy, allegation, whistleblowing, complaint, own agency, conference",
    ),
    "children": (
        '"about" is missing: Is it about one or more children, or about practice in general?',
        "one of: children, theme",
    ),
    "receiving": ('"agency" in [[receiving]] 1 is missing: With which agency do you disagree?', "in words"),
    "decision": (
        '"decision" is missing: What was decided, or not done?',
        "for example: The referral of 30 March was closed without an assessment.",
    ),
    "learned_on": (
        '"learned_on" is missing: When did you learn of it?',
        "a date in full: 2026-04-30, 30/04/2026 or 30 April 2026",
    ),
    "concern": (
        '"concern" is missing: What worries you?',
        "for example: He has missed four meals a week and falls asleep in class.",
    ),
    "outcome_wanted": (
        '"outcome_wanted" is missing: What do you want to happen?',
        "for example: A child and family assessment, begun this week.",
    ),
}


def without(key: str, text: str = MINIMAL) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key} ="))


def with_line(line: str) -> str:
    return f"{line}\n{without(line.split(' =', maxsplit=1)[0])}"


def test_a_minimal_file_is_risk_route_and_six_answers_and_opens_a_case(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(MINIMAL, encoding="utf-8")

    done = run(home, "raise", "--from", str(file), today="2026-04-02")

    (reference,) = references(home)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"Case opened: {reference}\n"
        "Write this reference on everything about the case.\n"
        "\n"
        "Whom to tell, and how\n"
        "  Stage 1: practitioner to practitioner: the professional with concerns and the practitioner or decision maker,"
        " by discussion or meeting, towards a way forward both agree.\n"
        "\n"
        "A message to copy\n"
        f"    Subject: A professional disagreement, our reference {reference}\n"
    )
    assert (
        f"\nRecorded in {reference}, Stage 1: practitioner to practitioner:\n"
        "  entry 5: concern raised, Thu 2 Apr\n"
        "  entry 6: risk considered, Thu 2 Apr\n"
        "  entry 7: stage entered, Thu 2 Apr\n"
    ) in done.out
    assert re.findall(r"^  (\w{3} \d+ \w{3}): .*; ([\w-]+)\]$", done.out, re.MULTILINE) == [
        ("Tue 7 Apr", "stage-1-raise"),
        ("Fri 10 Apr", "stage-1-resolve"),
    ]
    assert done.out.endswith(
        f"\nescalate has sent nothing and told nobody.\nNext: escalate record {reference}, or escalate due\n"
    )
    parties = named(home, reference)
    assert the_fact(home, reference, "concern raised") == e.ConcernRaised(
        reference=reference,
        policy="knowsley-2020-11",
        policy_digest=the_fact(home, reference, "concern raised").policy_digest,
        calendar_version="ENG-2026-invented",
        our_side="raising",
        raising_agency="agency-school",
        raised_by="person-practitioner",
        receiving_agencies=(parties["Exampleshire Children's Social Care"].party,),
        children=(parties["Rowan Testcase"].party,),
        decision="The case was closed after one visit.",
        decision_received_on=date(2026, 4, 1),
        concern="Attendance fell to 61 %.",
        outcome_wanted="A strategy discussion this week.",
    )


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
        " learned_on, disagreed_on, concern, risk_to_child, evidence, nature, outcome_wanted, they_want, theme_area,"
        " told_on, told_how, told_said"
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
        "    the keys of [[children]] are: name, born_on, address, address_withheld, parental_responsibility,"
        " reference, child_protection_plan, looked_after\n"
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


def test_what_is_learned_today_is_raised_today(home: Path) -> None:
    assert run(home, "raise", typed=with_line("learned_on = 2026-04-10"), today="2026-04-10").code == 0


def test_cannot_have_told_them_before_the_concern(home: Path) -> None:
    done = run(home, "raise", typed=f'told_on = 2026-03-31\ntold_how = "telephone"\n{MINIMAL}')

    assert done == (
        3,
        "",
        "error: the counterpart cannot have been told before the concern arose\n"
        "    write day, month, year: 30/04/2026, 30 April, yesterday, Fri\n"
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


def test_a_complete_file_keeps_every_answer(home: Path) -> None:
    done = run(home, "raise", typed=COMPLETE, today="2026-04-10")

    (reference,) = references(home)
    parties = named(home, reference)
    social_care, health = (
        parties[name].party for name in ("Exampleshire Children's Social Care", "Invented Health Visiting Service")
    )
    rowan, ash, sam = (parties[name].party for name in ("Rowan Testcase", "Ash Testcase", "Sam Counterpart"))
    assert (done.code, done.err) == (0, "")
    assert kinds(home, reference) == [
        "concern raised",
        "risk considered",
        "counterpart told",
        "counterpart told",
        "situation recorded",
        "stage entered",
    ]
    concern = the_fact(home, reference, "concern raised")
    assert (concern.receiving_agencies, concern.children) == ((social_care, health), (rowan, ash))
    assert (concern.counterparts, concern.disagreed_on, concern.themes) == ((sam,), date(2026, 4, 1), ("threshold",))
    assert (concern.risk_to_child, concern.evidence) == ("Neglect.", "A gut feeling, and the register.")
    assert (concern.nature, concern.they_want) == ("Whether the threshold is met.", "An early help plan.")
    assert facts(home, reference, "risk considered") == [
        e.RiskConsidered(
            answer="not sure",
            keeps_safe="An aunt has him until Friday.",
            confirmed_by="The aunt, by telephone, 9 April",
        )
    ]
    assert facts(home, reference, "counterpart told") == [
        e.CounterpartTold(agency=agency, how="telephone", said="They will ring back.")
        for agency in (social_care, health)
    ]
    assert facts(home, reference, "situation recorded") == [
        e.SituationRecorded(subject=rowan, facts={"child protection plan": "yes", "looked after": "no"})
    ]
    assert parties["Rowan Testcase"] == e.PartyNamed(
        party=rowan,
        sort="child",
        name="Rowan Testcase",
        born_on=date(2019, 3, 3),
        address="1 Invented Street",
        address_withheld=True,
        parental_responsibility="Casey Testcase",
        reference="P-17",
    )
    assert parties["Sam Counterpart"] == e.PartyNamed(
        party=sam,
        sort="person",
        name="Sam Counterpart",
        role="Social Worker",
        agency=social_care,
        email="sam@exampleshire.example",
        telephone="01632 960300",
    )
    assert "  Counterpart: Sam Counterpart (Social Worker, 01632 960300, sam@exampleshire.example)\n" in done.out
    assert done.out.endswith(f"Next: escalate show {reference}, or escalate due\n")


def test_an_unsure_answer_about_risk_ends_with_whom_to_telephone(home: Path) -> None:
    done = run(home, "raise", typed=COMPLETE)

    assert done.out.split("\nTelephone now\n")[1].splitlines()[:3] == [
        "  A child in danger now: telephone 999. This record can wait.",
        "  Children's social care, day: 01632 960100",
        "  Out of hours: 01632 960200",
    ]


def test_a_case_of_several_agencies_owes_each_its_own_dates(home: Path) -> None:
    done = run(home, "raise", "--json", typed=COMPLETE)

    owed = {item["key"]: item["due_on"] for item in done.data["owed"] if item["key"].startswith("stage-1-resolve")}
    assert owed == {"stage-1-resolve": "2026-04-10", "stage-1-resolve@2": "2026-04-10"}


def test_json_holds_the_reference_the_entries_what_is_owed_and_the_notice(home: Path) -> None:
    done = run(home, "raise", "--json", typed=MINIMAL, today="2026-04-02")

    (reference,) = references(home)
    data = done.data
    owed = data.pop("owed")
    assert (done.code, done.err) == (0, "")
    assert data == {
        "reference": reference,
        "stage": "1",
        "state": "open",
        "entries": [
            {"sequence": event.sequence, "kind": event.kind, "occurred_on": "2026-04-02"}
            for event in events(home, reference)
        ],
        "closed": [],
        "notice": "escalate has sent nothing and told nobody.",
    }
    assert [(item["key"], item["due_on"], item["shows_from"]) for item in owed if item["due_on"]] == [
        ("stage-1-raise", "2026-04-07", None),
        ("stage-1-resolve", "2026-04-10", None),
        ("stage-1-escalate", "2026-04-10", "2026-04-10"),
    ]


@pytest.mark.parametrize("route", ["allegation", "whistleblowing", "complaint", "own agency", "conference"])
def test_a_route_out_says_where_to_go_and_leaves_neither_record_nor_draft(home: Path, route: str) -> None:
    before = entries(home)

    done = run(home, "raise", typed=with_line(f'route = "{route}"'))

    assert (done.code, done.out) == (6, "")
    first, remedy, last = done.err.splitlines()
    assert (first, last) == ("this policy does not apply: nothing was kept", "Nothing was recorded.")
    assert remedy.startswith("    use instead: ")
    assert (entries(home), references(home), drafts(home)) == (before, [], [])


def test_a_concern_we_received_is_kept_as_the_challenged_agencys(home: Path) -> None:
    text = without("receiving") + (
        'raising_agency = "Invented Health Visiting Service"\n'
        'raising_person = "Robin Invented"\n'
        'raising_role = "Health Visitor"\n'
        'our_counterpart = "Kim Invented"\n'
        'told_on = 2026-04-02\ntold_how = "e-mail"\n'
    )

    done = run(home, "raise", "--received", typed=text)

    (reference,) = references(home)
    parties = named(home, reference)
    concern = the_fact(home, reference, "concern raised")
    assert (done.code, done.err) == (0, "")
    assert "A message to copy" not in done.out
    assert concern.our_side == "receiving"
    assert concern.raising_agency == parties["Invented Health Visiting Service"].party
    assert concern.raised_by == parties["Robin Invented"].party
    assert concern.receiving_agencies == ("agency-school",)
    assert concern.counterparts == (parties["Kim Invented"].party,)
    assert parties["Robin Invented"].role == "Health Visitor"


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


def test_a_theme_needs_no_child(home: Path) -> None:
    done = run(
        home,
        "raise",
        typed=with_line('theme = "Strategy discussions held without schools"').replace(
            'children = ["Rowan Testcase"]\n', ""
        ),
    )

    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert done.code == 0
    assert (concern.children, concern.about_theme) == ((), "Strategy discussions held without schools")


def test_cannot_be_about_a_child_and_a_theme_without_saying_which(home: Path) -> None:
    done = run(home, "raise", typed=f'theme = "Strategy discussions"\n{MINIMAL}')

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[1] == f"standard input: {NEEDED['children'][0]}"


def test_people_and_agencies_named_once_are_the_same_in_the_next_case(home: Path) -> None:
    run(home, "raise", typed=COMPLETE)
    again = COMPLETE.replace("Sam Counterpart", "SAM COUNTERPART").replace('telephone = "01632 960300"\n', "")
    run(home, "raise", typed=again)

    first, second = (named(home, reference) for reference in references(home))
    assert first["Sam Counterpart"] == second["Sam Counterpart"]
    assert first["Rowan Testcase"].party != second["Rowan Testcase"].party


def test_cannot_raise_before_setup_off_a_terminal(tmp_path: Path) -> None:
    done = run(tmp_path, "raise", typed=MINIMAL)

    assert done == (
        4,
        "",
        "error: escalate does not know yet who you are, for which agency, and under which policy\n"
        "    run: escalate setup\n"
        "Nothing was recorded.\n",
    )


def test_a_message_that_cannot_be_drafted_does_not_hide_that_the_case_is_recorded(home: Path) -> None:
    own = home / "templates" / "messages"
    own.mkdir(parents=True)
    (own / "raise.txt").write_text("{{ nobody_knows_this }}", encoding="utf-8")

    done = run(home, "raise", typed=MINIMAL)

    (reference,) = references(home)
    assert (done.code, done.err) == (0, "")
    assert (
        "  It could not be drafted: messages/raise.txt: cannot be filled: UndefinedError;"
        " correct the template, or remove your own copy of it\n"
    ) in done.out
    assert f"Recorded in {reference}" in done.out


def test_cannot_be_given_names_as_options_and_does_not_say_them_again(home: Path) -> None:
    done = run(home, "raise", "Rowan", "Testcase")

    assert done == (
        2,
        "",
        "error: escalate raise: more was typed than it takes; names and words are asked for, or read from a file\n"
        "    see: escalate raise --help\n"
        "Nothing was recorded.\n",
    )


def test_a_case_is_raised_at_a_terminal_answered_to_the_end(typist: Typist) -> None:
    home = typist.home
    typist.types("raise")
    typist.expect("A child in danger now: telephone 999. This record can wait.")
    typist.expect("Children's social care, day: 01632 960100")
    typist.expect("Out of hours: 01632 960200")
    typist.answer("Is a child at immediate risk of significant harm?", "3")
    typist.answer_at_length("What keeps the child safe until that changes?", "An aunt has him.\nUntil Friday.")
    typist.answer("Who confirmed that, and when?", "The aunt, today")
    typist.answer("What is this about?", "1")
    typist.answer("Which partnership's policy governs", "")
    typist.answer("Is it about one or more children", "1")
    typist.answer("The child's full name?", "Rowan Testcase")
    typist.answer("Date of birth?", "3/3/19")
    typist.enter_until("Is another child concerned?")
    typist.answer("", "n")
    typist.answer("With which agency do you disagree?", "Exampleshire Children's Social Care")
    typist.answer("Who there made the decision", "Sam Counterpart")
    typist.enter_until("Do you disagree with another agency as well?")
    typist.answer("", "")
    typist.answer_at_length("What was decided, or not done?", "The case was closed.")
    typist.answer("When did you learn of it?", "Thu")
    typist.answer("Did the disagreement begin on another day?", "")
    typist.answer_at_length("What worries you?", "Attendance fell.\n\nTwo disclosures were made.")
    typist.enter_until("What do you want to happen?")
    typist.answer_at_length("", "A strategy discussion.")
    typist.confirm()
    typist.expect("escalate has sent nothing and told nobody.")

    assert typist.ends() == 0
    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert f"Case opened: {reference}\n" in typist.screen
    assert (concern.decision, concern.decision_received_on) == ("The case was closed.", date(2026, 4, 9))
    assert concern.concern == "Attendance fell.\n\nTwo disclosures were made."
    assert concern.outcome_wanted == "A strategy discussion."
    assert named(home, reference)["Rowan Testcase"].born_on == date(2019, 3, 3)
    assert the_fact(home, reference, "risk considered") == e.RiskConsidered(
        answer="not sure", keeps_safe="An aunt has him.\nUntil Friday.", confirmed_by="The aunt, today"
    )
    assert drafts(home) == []


def test_the_first_raise_of_all_asks_who_you_are_after_the_numbers_to_telephone(tmp_path: Path) -> None:
    typist = Typist(tmp_path / "new")
    typist.types("raise")
    typist.expect("A child in danger now: telephone 999.")
    typist.expect("no number confirmed here: look it up now")
    typist.expect("a few questions about you, asked once")
    typist.answer("What is your name?", "Alex Practitioner")
    typist.answer("What is your post?", "")
    typist.answer("For which agency do you work?", "Invented Primary School")
    typist.answer("Your work e-mail", "")
    typist.answer("Your work telephone?", "")
    typist.answer("Under which partnership's policy", "1")
    typist.answer("Whose bank holidays count?", "")
    typist.confirm()
    typist.press("Is a child at immediate risk of significant harm?", "\x03")

    assert typist.ends() == 130
    assert (references(typist.home), drafts(typist.home)) == ([], [])


def test_what_another_program_reads_of_a_raise_at_a_terminal_holds_no_question(plain_typist: Typist) -> None:
    out = plain_typist.home / "out.json"
    home = a_home(plain_typist.home / "other")
    plain_typist.home = home
    plain_typist.types_in_shell(f"raise --json >{out}")
    plain_typist.answer("Is a child at immediate risk of significant harm?", "2")
    plain_typist.answer("What is this about?", "1")
    plain_typist.answer("Which partnership's policy governs", "")
    plain_typist.answer("Is it about one or more children", "2")
    plain_typist.answer("Which practice or recurring issue?", "Schools left out")
    plain_typist.answer("With which agency do you disagree?", "Invented Police")
    plain_typist.enter_until("Do you disagree with another agency as well?")
    plain_typist.answer("", "")
    plain_typist.answer_at_length("What was decided, or not done?", "No invitation.")
    plain_typist.answer("When did you learn of it?", "yesterday")
    plain_typist.answer("Did the disagreement begin on another day?", "")
    plain_typist.answer_at_length("What worries you?", "Nobody asked.")
    plain_typist.enter_until("What do you want to happen?")
    plain_typist.answer_at_length("", "An invitation.")
    plain_typist.confirm()

    assert plain_typist.ends() == 0
    assert out.read_text("utf-8").startswith('{\n  "escalate":')
    assert len(references(home)) == 1
