"""`escalate raise` from a file or standard input: what is kept, and what is said."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import Path

from escalate.core import events as e
from escalate.store import readers
from tests.cli.kept import events, facts, kinds, named, references, the_fact
from tests.cli.raised import COMPLETE, MINIMAL, with_line, without
from tests.running import run


def test_a_minimal_file_is_risk_route_and_six_answers_and_opens_a_case(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(MINIMAL, encoding="utf-8")

    done = run(home, "raise", "--from", str(file), today="2026-04-02")

    (reference,) = references(home)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"Case opened: {reference}\n"
        "Now: tell Exampleshire Children's Social Care, by Tuesday 7 April 2026.\n"
        f"Then type: escalate record {reference}\n"
        "Write this reference on everything about the case.\n"
        "\n"
        "Whom to tell, and how\n"
        "  Stage 1: practitioner to practitioner: the professional with concerns and the practitioner or decision"
        " maker, by discussion or meeting, towards a way forward both agree.\n"
        "  Resolve it quickly, and at practice level before the managers' where you can. Share the key information,"
        " appropriately and often. (s2 bullets 1-2)\n"
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


def test_what_is_learned_today_is_raised_today(home: Path) -> None:
    assert run(home, "raise", typed=with_line("learned_on = 2026-04-10"), today="2026-04-10").code == 0


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
    assert done.out.endswith(f", or escalate advance {reference}, or escalate show {reference}, or escalate due\n")


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


def test_an_agency_typed_with_other_capitals_and_spaces_is_the_one_known_already(home: Path) -> None:
    run(home, "raise", typed=MINIMAL)
    run(home, "raise", typed=without("receiving") + 'receiving = ["exampleshire  CHILDREN\'S social care"]\n')

    first, second = (the_fact(home, one, "concern raised") for one in references(home))
    assert first.receiving_agencies == second.receiving_agencies


def test_a_case_was_raised_on_the_day_the_other_side_was_told_and_not_on_that_of_its_recording(home: Path) -> None:
    ours = run(home, "raise", typed=with_line('told_on = 2026-04-07\ntold_how = "telephone"'))
    theirs = without("receiving") + 'raising_agency = "Invented Health Visiting Service"\ntold_on = 2026-04-02\n'
    run(home, "raise", "--received", typed=theirs)

    with closing(readers.open_for_reading(home / "escalate.db")) as con:
        kept = readers.rows(con, "SELECT raised_on, received_on FROM report_case ORDER BY raised_on")
        entered = readers.rows(con, "SELECT entered_on FROM stage_run ORDER BY entered_on")
    assert ours.code == 0
    assert [tuple(row) for row in kept] == [("2026-04-02", "2026-04-02"), ("2026-04-07", None)]
    assert [row["entered_on"] for row in entered] == ["2026-04-02", "2026-04-07"]


def test_a_day_on_which_nobody_knows_that_we_were_told_starts_no_clock_and_is_reminded_of(home: Path) -> None:
    text = without("receiving") + 'raising_agency = "Invented Health Visiting Service"\ntheir_reference = "K-7"\n'

    done = run(home, "raise", "--received", typed=text)

    (reference,) = references(home)
    assert (done.code, done.err) == (0, "")
    assert facts(home, reference, "counterpart told") == []
    assert the_fact(home, reference, "concern raised").their_reference == "K-7"
    assert "no date, because it is not known when it was raised with us:" in " ".join(done.out.split())
    assert "  - when it was raised with us, and how\n" in done.out


def test_a_concern_received_without_how_is_shown(home: Path) -> None:
    text = without("receiving") + 'raising_agency = "Invented Health Visiting Service"\ntold_on = 2026-04-02\n'
    run(home, "raise", "--received", typed=text)

    (reference,) = references(home)
    shown = run(home, "show", reference)

    assert (shown.code, shown.err) == (0, "")
    assert "was told in a way that is not known" in " ".join(shown.out.split())


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


def test_people_and_agencies_named_once_are_the_same_in_the_next_case(home: Path) -> None:
    run(home, "raise", typed=COMPLETE)
    again = COMPLETE.replace("Sam Counterpart", "SAM COUNTERPART").replace('telephone = "01632 960300"\n', "")
    run(home, "raise", typed=again)

    first, second = (named(home, reference) for reference in references(home))
    assert first["Sam Counterpart"] == second["Sam Counterpart"]
    assert first["Rowan Testcase"].party != second["Rowan Testcase"].party


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
