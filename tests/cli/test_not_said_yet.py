"""What was left open when a case was raised: it is reminded of, said later by `record`, and kept beside the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escalate.core import events as e
from tests.builders import HEALTH, Built, a_case
from tests.cli.kept import entries, facts, named, references, the_fact
from tests.cli.raised import COMPLETE, MINIMAL, with_line
from tests.running import run

LEFT = (
    "\nNot said yet\n"
    "  - the child's date of birth\n"
    "  - whether the child is on a plan or looked after\n"
    "  - who the counterpart is\n"
    "  - the risk to the child if nothing changes\n"
    "  - the evidence, or a gut feeling owned as one\n"
    "  - what exactly the two sides disagree about\n"
    "  - what the child has said, and how their day is\n"
    "  - what the family knows of it\n"
    "  - whether they were told, when and how\n"
)
SAID = """\
risk = "no"
what = "not said"
evidence = "A gut feeling, and it is mine."
child_said = "There is no tea at home."
family_knows = "The mother knows."
counterpart = "Sam Counterpart, social worker"
born_on_1 = 2019-03-03
plan_or_care_1 = "plan"
"""


def test_what_is_left_open_is_reminded_of_at_once_in_show_and_at_the_end_of_due(home: Path) -> None:
    done = run(home, "raise", typed=MINIMAL, today="2026-04-02")

    (reference,) = references(home)
    to_say_it = f"  To say it: escalate record {reference}\n"
    assert LEFT + to_say_it in done.out
    assert LEFT + to_say_it in run(home, "show", reference).out
    in_a_line = "; ".join(line[4:] for line in LEFT.splitlines()[2:])
    assert f"Not said yet: {in_a_line}. {to_say_it.strip()}\n" in run(home, "show", reference, "--brief").out
    assert run(home, "due", "--plain").out.endswith(f"Not said yet in 1 case: escalate show {reference}\n")
    assert [one["id"] for one in run(home, "show", reference, "--json").data["not_said_yet"]] == [
        "born_on",
        "plan_or_care",
        "counterpart",
        "risk_to_child",
        "evidence",
        "nature",
        "child_said",
        "family_knows",
        "told",
    ]
    assert run(home, "due", "--json").data["not_said_yet"] == [
        {"reference": reference, "what": [line[4:] for line in LEFT.splitlines()[2:]]}
    ]


def test_what_is_said_later_is_kept_beside_the_concern_and_reminded_of_no_more(home: Path) -> None:
    run(home, "raise", typed=MINIMAL, today="2026-04-02")
    (reference,) = references(home)

    done = run(home, "record", reference, typed=SAID, today="2026-04-07")

    parties = named(home, reference)
    assert (done.code, done.err) == (0, "")
    assert the_fact(home, reference, "concern raised").evidence == ""
    assert the_fact(home, reference, "more said") == e.MoreSaid(
        evidence="A gut feeling, and it is mine.",
        child_said="There is no tea at home.",
        family_knows="The mother knows.",
        counterparts=(parties["Sam Counterpart"].party,),
    )
    assert parties["Sam Counterpart"].role == "social worker"
    assert parties["Rowan Testcase"].born_on == date(2019, 3, 3)
    assert the_fact(home, reference, "situation recorded").facts == {
        "child protection plan": "yes",
        "looked after": "no",
    }
    assert "give clear reasons, based on evidence, for disagreeing [Stage 1 para 2]: recorded\n" in done.out
    shown = run(home, "show", reference).out
    assert shown.split("\nNot said yet\n")[1].split("  To say it")[0] == (
        "  - the risk to the child if nothing changes\n"
        "  - what exactly the two sides disagree about\n"
        "  - whether they were told, when and how\n"
    )
    assert "The evidence: A gut feeling, and it is mine.\n" in run(home, "export", reference, "--record").out


def test_cannot_say_nothing_of_what_is_not_said_yet(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "record", case.reference, typed='risk = "no"\nwhat = "not said"\n')

    assert done == (
        3,
        "",
        f"error: case {case.reference}: nothing was answered of what is not said yet\n"
        "    answer at least one of it, or leave it for later\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_a_case_under_another_policy_or_with_another_agency_is_not_counted_among_those_asked_for(home: Path) -> None:
    case = a_case(home)
    other = a_case(
        home, number=2, policy="somerset-2016-12", receiving_agencies=(HEALTH,), counterparts=(), decision=""
    )

    def left(*narrowed: str) -> list[str]:
        return [one["reference"] for one in run(home, "due", "--json", *narrowed).data["not_said_yet"]]

    assert set(left()) == {case.reference, other.reference}
    assert left("--policy", "somerset-2016-12") == [other.reference]
    assert left("--agency", "health visiting") == [other.reference]
    assert left("--agency", "social care") == [case.reference]


def test_a_child_of_an_earlier_case_can_be_chosen_and_stays_the_same_child(home: Path) -> None:
    run(home, "raise", typed=COMPLETE)
    (first,) = references(home)
    rowan = named(home, first)["Rowan Testcase"]

    done = run(home, "raise", typed=with_line(f'children = ["{rowan.party}"]'))

    second = next(one for one in references(home) if one != first)
    assert (done.code, done.err) == (0, "")
    assert named(home, second)["Rowan Testcase"] == rowan
    assert the_fact(home, second, "concern raised").children == (rowan.party,)


def test_the_childs_voice_and_the_family_are_kept_shown_and_in_the_record_for_the_file(home: Path) -> None:
    text = f'child_said = "I am hungry."\nfamily_knows = "The mother knows."\n{MINIMAL}'
    text = f'family_not_told = "Not the father."\n{text}'

    run(home, "raise", typed=text)

    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert (concern.child_said, concern.family_knows, concern.family_not_told) == (
        "I am hungry.",
        "The mother knows.",
        "Not the father.",
    )
    shown = run(home, "show", reference, "--plain").out
    for words in ("I am hungry.", "The mother knows.", "Not the father."):
        assert words in shown
    assert (
        "What the child has said, and how their day is: I am hungry.\n"
        "What the family knows, or why they were not told: The mother knows.\nNot the father.\n"
    ) in run(home, "export", reference, "--record").out


def test_one_choice_says_both_of_a_childs_plan_and_care(home: Path) -> None:
    text = (
        with_line('risk = "no"').replace('children = ["Rowan Testcase"]\n', "")
        + '\n[[children]]\nname = "Rowan Testcase"\nplan_or_care = "both"\n'
    )

    run(home, "raise", typed=text)

    (reference,) = references(home)
    assert [fact.facts for fact in facts(home, reference, "situation recorded")] == [
        {"child protection plan": "yes", "looked after": "yes"}
    ]


def test_of_a_concern_we_received_what_our_own_agency_wants_is_not_said_yet(home: Path) -> None:
    text = MINIMAL.replace("receiving = [", "raising_agency = ").replace('Care"]', 'Care"')

    done = run(home, "raise", "--received", typed=text)

    assert "  - what your agency wants to achieve\n" in done.out
    assert "  - what the family knows of it\n" not in done.out
    assert "Late is better" not in done.out
