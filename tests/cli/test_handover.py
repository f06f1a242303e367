"""`escalate handover`, and the file taken in by `escalate receive`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from escalate.ask.question import Question
from escalate.ask.scripts.handing_over import handing_over_script
from escalate.ask.understanding import Understood, understand_default
from escalate.casework import mending
from escalate.casework.desk import Desk
from escalate.cli.sitting import known_at
from escalate.core import events as e
from escalate.core.answers import Answers
from tests.builders import SOCIAL_CARE, Built, a_case, discussed, told
from tests.cli.issued import at_stage, in_herefordshire
from tests.cli.kept import entries, every_byte, facts, is_sound
from tests.cli.returned import came_back, issued
from tests.cli.typist import Typist
from tests.running import Ran, run
from tests.two_homes import another_home, everything_in, hashes, problems_in, record

PASSPHRASE = "correct horse battery"


@pytest.fixture
def bea(tmp_path: Path) -> Path:
    return another_home(tmp_path / "bea")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "handed over"


def handed(home: Path, reference: str, secret: Path, out: Path, *words: str) -> Ran:
    given = ("--to", "Bea Manager", "--passphrase-file", str(secret), "--out", str(out))
    return run(home, "handover", reference, *given, *words)


def test_a_case_handed_over_is_one_protected_file_named_without_any_name(
    home: Path, case: Built, secret: Path, out: Path
) -> None:
    done = handed(home, case.reference, secret, out, "--to-agency", "Invented Health Trust")

    files = list(out.iterdir())
    assert (done.code, done.err, len(files)) == (0, "", 1)
    assert re.fullmatch(rf"{case.reference}-handover-[0-9a-f]{{12}}\.escalate", files[0].name)
    assert done.out.startswith(
        f"Handed over: {case.reference}, to Bea Manager, Invented Health Trust\n"
        f"  File: {files[0]}\n"
        "  It holds the whole case, 8 entries. Only the passphrase opens it.\n"
        "  Tell the passphrase by telephone, not in the same e-mail.\n"
        f"  They take it in with:\n    escalate receive {files[0].name}\n"
        "\nDue today, or past its date\n"
    )
    assert "The case stays readable here" in done.out
    assert done.out.endswith(f"escalate has sent nothing and told nobody.\nNext: escalate show {case.reference}\n")
    content = files[0].read_bytes()
    assert not any(words in content for words in (b"Rowan", b"Alex", b"Invented", b"KSCP", b"correct horse"))
    assert case.events()[-1].fact == e.HandedOver(
        to="Bea Manager", to_agency="Invented Health Trust", package=files[0].name[-21:-9]
    )
    assert is_sound(home)


def test_everybody_who_recorded_in_the_case_is_named_in_it(home: Path, case: Built, secret: Path, out: Path) -> None:
    another_home(home)
    record(home, case.stream, (e.LearningIdentified(stage="1", learning="Speak sooner."), date(2026, 4, 9)))

    handed(home, case.reference, secret, out)

    named = {event.fact.name for event in case.events() if isinstance(event.fact, e.PartyNamed)}
    assert {"Bea Manager", "Invented Health Trust", "Alex Practitioner"} <= named


def test_the_reason_comes_from_a_file_and_never_by_flag(home: Path, case: Built, secret: Path, out: Path) -> None:
    answers = 'to = "Bea Manager"\nbecause = "I am on leave from Monday."\n'

    done = run(
        home,
        "handover",
        case.reference,
        *("--passphrase-file", str(secret), "--out", str(out), "--json"),
        typed=answers,
    )

    assert (done.code, done.data["to"], done.data["entries"]) == (0, "Bea Manager", 8)
    fact = case.events()[-1].fact
    assert isinstance(fact, e.HandedOver)
    assert fact.reason == "I am on leave from Monday."
    assert run(home, "handover", case.reference, "--because", "x").code == 2


def test_cannot_hand_over_without_a_passphrase_where_nobody_can_be_asked(home: Path, case: Built, out: Path) -> None:
    before = entries(home)

    done = run(home, "handover", case.reference, "--to", "Bea Manager", "--out", str(out))

    assert done == (
        2,
        "",
        "error: the passphrase is missing, and there is no terminal to ask at\n"
        "    write it in the first line of a file that only you can read: --passphrase-file FILE\n"
        "Nothing was recorded.\n",
    )
    assert (entries(home), out.exists()) == (before, False)


def test_cannot_hand_over_with_a_passphrase_that_is_too_short(home: Path, case: Built, secret: Path, out: Path) -> None:
    secret.write_text("short\n", encoding="utf-8")

    done = handed(home, case.reference, secret, out)

    assert done == (
        2,
        "",
        "error: the passphrase in the file has fewer than 12 characters\n"
        "    write it in the first line of the file\n"
        "Nothing was recorded.\n",
    )


def test_cannot_hand_over_where_the_file_cannot_be_written(home: Path, case: Built, secret: Path, out: Path) -> None:
    out.write_text("a file and no folder", encoding="utf-8")
    before = entries(home)

    done = handed(home, case.reference, secret, out)

    assert (done.code, done.out, done.err.splitlines()[-1]) == (8, "", "Nothing was recorded.")
    assert entries(home) == before


def test_a_handover_that_a_crash_interrupted_gets_its_file(home: Path, case: Built, secret: Path, out: Path) -> None:
    handed(home, case.reference, secret, out)
    file = next(out.iterdir())
    file.rename(file.with_name(f".{file.name}.part"))

    again = handed(home, case.reference, secret, out)

    assert again.out.startswith(f"A handover that a crash had interrupted is in its place now: {file.name}\n")
    assert len(list(out.iterdir())) == 2
    assert file in out.iterdir()


def test_whoever_takes_it_in_owns_it_and_sees_what_is_due_today(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out)

    done = run(bea, "receive", str(next(out.iterdir())), "--passphrase-file", str(secret))

    assert (done.code, done.err) == (0, "")
    assert f"Taken over: {case.reference}, now with Bea Manager\n" in done.out
    assert "  Handed over by Alex Practitioner, to Bea Manager.\n" in done.out
    assert "  8 entries came in, of 1 record; every hash and link was proved first.\n" in done.out
    assert '  It is still read as the case of Invented Primary School: "ours" in it is what they owe.\n' in done.out
    assert "\nDue today, or past its date\n" in done.out
    assert "stage-1-resolve" in done.out
    assert is_sound(bea)
    shown = run(bea, "show", case.reference).out
    assert "by Alex Practitioner, for Invented Primary School, in another record:" in shown
    assert "by Bea Manager, for Invented Health Trust:" in shown


def test_the_same_file_twice_says_that_nothing_is_new(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out)
    words = ("receive", str(next(out.iterdir())), "--passphrase-file", str(secret))
    run(bea, *words)
    before = everything_in(bea)

    done = run(bea, *words)

    assert done.code == 0
    assert f"Nothing new: all of {case.reference} in this file is here already.\n" in done.out
    assert everything_in(bea) == before


def test_there_and_back_two_outcomes_stand_side_by_side(home: Path, bea: Path, secret: Path, out: Path) -> None:
    case = a_case(home, told("2026-04-01"))
    handed(home, case.reference, secret, out)
    run(bea, "receive", str(next(out.iterdir())), "--passphrase-file", str(secret))
    ended = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="unresolved")
    case.add((ended, case.events()[0].occurred_on))
    record(bea, case.stream, (e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="resolved"), ended_on(case)))
    handed(bea, case.reference, secret, out / "back", "--to-agency", "Invented Primary School")

    done = run(home, "receive", str(next((out / "back").iterdir())), "--passphrase-file", str(secret))

    assert (done.code, done.err) == (0, "")
    assert "Recorded here and there, and not alike: 1 question\n" in done.out
    assert "Here, entry 10: " in done.out
    assert "There, entry 14: " in done.out
    assert [is_sound(one) for one in (home, bea)] == [True, True]
    assert hashes(bea, case.stream) <= hashes(home, case.stream)


def ended_on(case: Built) -> object:
    return case.events()[-1].occurred_on


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            lambda one: one[:-5],
            "the protected file does not open with this passphrase, or was changed since it was written",
        ),
        (lambda one: one.replace(b" 1\n", b" 2\n", 1), "the protected file was written by a newer escalate"),
        (lambda one: one[:100], "the protected file is cut off, or was damaged on its way"),
    ],
)
def test_cannot_take_in_a_damaged_file(
    home: Path, bea: Path, case: Built, secret: Path, out: Path, damage: object, said: str
) -> None:
    assert callable(damage)
    handed(home, case.reference, secret, out)
    file = next(out.iterdir())
    file.write_bytes(damage(file.read_bytes()))
    before = everything_in(bea)

    done = run(bea, "receive", str(file), "--passphrase-file", str(secret))

    assert done.code == 8
    assert said in done.err
    assert "Traceback" not in done.err
    assert everything_in(bea) == before


def test_cannot_take_in_with_another_passphrase(home: Path, bea: Path, case: Built, secret: Path, out: Path) -> None:
    handed(home, case.reference, secret, out)
    secret.write_text("another horse battery\n", encoding="utf-8")
    before = everything_in(bea)

    done = run(bea, "receive", str(next(out.iterdir())), "--passphrase-file", str(secret))

    assert done.code == 8
    assert "does not open with this passphrase" in done.err
    assert "another horse" not in done.out + done.err
    assert everything_in(bea) == before


def test_at_a_terminal_the_passphrase_is_typed_twice_and_not_shown(typist: Typist, case: Built, out: Path) -> None:
    typist.types("handover", case.reference, "--out", str(out))
    typist.answer("To whom do you hand the case over?", "Bea Manager")
    typist.confirm()
    typist.expect("Enter alone makes one: ")
    typist.child.sendline(PASSPHRASE)
    typist.expect("The passphrase again: ")
    typist.child.sendline("incorrect horse")
    typist.expect("The two are not alike.")
    typist.expect("Enter alone makes one: ")
    typist.child.sendline(PASSPHRASE)
    typist.expect("The passphrase again: ")
    typist.child.sendline(PASSPHRASE)

    assert typist.ends() == 0
    assert "horse" not in typist.screen
    assert f"Handed over: {case.reference}, to Bea Manager" in typist.screen
    assert [file.suffix for file in out.iterdir()] == [".escalate"]


def test_at_a_terminal_a_passphrase_is_made_and_opens_the_file(
    plain_typist: Typist, bea: Path, case: Built, out: Path, secret: Path
) -> None:
    plain_typist.types("handover", case.reference, "--to", "Bea Manager", "--out", str(out))
    plain_typist.confirm()
    plain_typist.expect("Enter alone makes one: ")
    plain_typist.child.sendline("")

    assert plain_typist.ends() == 0
    found = re.search(r"The passphrase is:  ([a-z ]+)\n", plain_typist.screen)
    assert found is not None
    secret.write_text(found[1].upper(), encoding="utf-8")
    assert run(bea, "receive", str(next(out.iterdir())), "--passphrase-file", str(secret)).code == 0


def test_three_passphrases_are_taken_each_says_how_many_are_left_and_help_is_none(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out)
    before = everything_in(bea)
    typist = Typist(bea).types("receive", str(next(out.iterdir())))
    typist.expect("What you type is not shown. ? helps; < or Ctrl-C leaves.\r\nYou have 3 tries.\r\n")
    wrong = "The protected file does not open with this passphrase, or was changed since it was written."
    for typed, said in (
        ("?", "3 tries are left: ? is none."),
        ("another horse", f"{wrong} 2 tries are left."),
        ("a second horse", f"{wrong} 1 try is left."),
        ("a third horse", "that was the last try; to begin again: run the same command again"),
    ):
        typist.expect("Passphrase of the file: ")
        typist.child.sendline(typed)
        typist.expect(said)

    assert typist.ends() == 8
    assert "horse" not in typist.screen
    assert typist.screen.endswith("Nothing was recorded.\n")
    assert everything_in(bea) == before


@pytest.mark.parametrize("sign", ["<", "q"])
def test_a_sign_leaves_where_a_passphrase_is_asked_for_as_ctrl_c_does(
    home: Path, bea: Path, case: Built, secret: Path, out: Path, sign: str
) -> None:
    handed(home, case.reference, secret, out)
    before = everything_in(bea)
    typist = Typist(bea).types("receive", str(next(out.iterdir())))
    typist.expect("Passphrase of the file: ")
    typist.child.sendline(sign)

    assert typist.ends() == 130
    assert "left before anything was done" in typist.screen
    assert typist.screen.endswith("Nothing was recorded.\n")
    assert everything_in(bea) == before


def test_whoever_leaves_at_a_new_passphrase_has_handed_nothing_over(
    plain_typist: Typist, home: Path, case: Built, out: Path
) -> None:
    before = entries(home)
    plain_typist.types("handover", case.reference, "--to", "Bea Manager", "--out", str(out))
    plain_typist.confirm()
    plain_typist.expect("What you type is not shown. ? helps; < or Ctrl-C leaves.")
    plain_typist.expect("Enter alone makes one: ")
    plain_typist.child.sendline("?")
    plain_typist.expect("Enter alone makes one of five words, and shows it.")
    plain_typist.expect("Enter alone makes one: ")
    plain_typist.child.sendline("<")

    assert plain_typist.ends() == 130
    assert (entries(home), out.exists()) == (before, False)


@pytest.mark.parametrize(
    ("begun", "field"),
    [(lambda home: at_stage(home, "3"), "options_considered"), (in_herefordshire, "hscp_actions")],
    ids=["Knowsley", "Herefordshire"],
)
def test_a_case_with_forms_issued_and_received_goes_there_and_back(
    home: Path, bea: Path, begun: Callable[[Path], Built], field: str, secret: Path, out: Path, tmp_path: Path
) -> None:
    case = begun(home)
    came = came_back(issued(home, case), tmp_path / "back.docx", **{field: "A joint visit."})
    assert run(home, "receive", str(came), "--accept").code == 0
    handed(home, case.reference, secret, out)

    there = take(bea, out, secret)

    assert (there.code, there.err) == (0, "")
    assert [len(facts(bea, case.reference, kind)) for kind in ("form issued", "form received")] == [1, 1]
    assert run(bea, "export", case.reference, "--form", "appendix-2", "--out", str(tmp_path / "more")).code == 0
    handed(bea, case.reference, secret, out / "back")
    back = take(home, out / "back", secret)
    assert (back.code, back.err) == (0, "")
    assert len(facts(home, case.reference, "form issued")) == 2
    assert problems_in(home, bea) == []
    assert [run(one, "verify").code for one in (home, bea)] == [0, 0]


def take(home: Path, out: Path, secret: Path, *words: str) -> Ran:
    """Take in the only file that lies in a folder."""
    (file,) = out.glob("*.escalate")
    return run(home, "receive", str(file), "--passphrase-file", str(secret), *words)


def test_both_records_say_which_of_two_corrections_counts_and_show_both(
    home: Path, bea: Path, secret: Path, out: Path
) -> None:
    case = a_case(home, discussed("2026-04-02", said="Both sides spoke."))
    handed(home, case.reference, secret, out)
    take(bea, out, secret)
    correct(home, case, "Only Alex spoke.")
    correct(bea, case, "Nobody spoke.")
    handed(bea, case.reference, secret, out / "back", "--to", "Alex Practitioner")

    back = take(home, out / "back", secret)
    handed(home, case.reference, secret, out / "again")
    there = take(bea, out / "again", secret)

    for done, ours, theirs, counts in (
        (back, ("Only Alex", 10), ("Nobody", 14), 14),
        (there, ("Nobody", 13), ("Only Alex", 15), 13),
    ):
        assert done.code == 0
        assert (
            "Recorded here and there, and not alike: 1 question\n\n"
            f"  Here, entry {ours[1]}: Entry 8 was corrected; both are kept.\n"
            "    Reason: a slip\n"
            f"    What was said: {ours[0]} spoke.\n"
            f"  There, entry {theirs[1]}: Entry 8 was corrected; both are kept.\n"
            "    Reason: a slip\n"
            f"    What was said: {theirs[0]} spoke.\n"
            f"  The later one counts, in both records: entry {counts}.\n\n"
            "Both are kept. Speak to each other, and record what holds.\n"
        ) in done.out
    for one, mine, theirs, counts in ((home, 10, 14, 14), (bea, 13, 15, 13)):
        shown = run(one, "show", case.reference).out
        assert f"[corrected by entries {mine} and {theirs}; entry {counts} counts]" in " ".join(shown.split())
    assert [said_in(one, case) for one in (home, bea)] == ["Nobody spoke."] * 2
    assert problems_in(home, bea) == []


def said_in(home: Path, case: Built) -> str:
    with Desk(home) as desk:
        fact = desk.find(case.reference)[1].case.of(e.DiscussionRecorded)[0].fact
    assert isinstance(fact, e.DiscussionRecorded)
    return fact.said


def correct(home: Path, case: Built, said: str) -> None:
    change = {"changes.0.field": "said", "changes.0.value": said}
    with Desk(home) as desk:
        mending.correct(desk, case.stream, Answers({"entry": "8", "reason": "a slip", **change}))


def test_a_correction_of_words_that_the_other_side_removed_counts_in_neither_record(
    home: Path, bea: Path, secret: Path, out: Path
) -> None:
    case = a_case(home, discussed("2026-04-02", said="Zwetschgenbaum spoke."))
    handed(home, case.reference, secret, out)
    take(bea, out, secret)
    correct(home, case, "Zwetschgenbaum, the neighbour, spoke.")
    with Desk(bea) as desk:
        words = {"words.0.words": "Zwetschgenbaum", "reason": "another family"}
        mending.redact(desk, case.stream, Answers(words))
    handed(bea, case.reference, secret, out / "back", "--to", "Alex Practitioner")

    back = take(home, out / "back", secret)
    handed(home, case.reference, secret, out / "again")
    there = take(bea, out / "again", secret)

    for done, entry in ((back, 10), (there, 15)):
        assert done.code == 0
        assert (
            f"  Entry {entry} restates an entry of which words were removed meanwhile. In both records only what the"
            " removal left counts."
        ) in done.out
    for one, correction, removal in ((home, 10, 14), (bea, 15, 13)):
        shown = " ".join(run(one, "show", case.reference).out.split())
        marks = f"corrected by entry {correction}; it does not count, since words were removed"
        assert f"[{marks}; redacted by entry {removal}]" in shown
    assert [said_in(one, case) for one in (home, bea)] == ["[removed] spoke."] * 2
    assert problems_in(home, bea) == []


def test_a_case_handed_to_somebody_else_says_so_and_records_both_names(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out, "--to", "Sam Placeholder")

    done = take(bea, out, secret)

    assert done.code == 0
    assert (
        "  Handed over by Alex Practitioner, to Sam Placeholder.\n"
        "  That is somebody else than you. Both names are recorded: tell whoever handed it over that you have it.\n"
    ) in done.out
    (taken,) = facts(bea, case.reference, "taken over")
    assert (taken.handed_to, taken.by) == ("Sam Placeholder", "person-manager-b")
    assert "It had been handed to: Sam Placeholder\n" in run(bea, "show", case.reference).out
    assert "somebody else" not in take(bea, out, secret).out


def test_a_case_handed_to_somebody_else_says_so_in_json(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out, "--to", " BEA  manager")
    handed(home, case.reference, secret, out / "other", "--to", "Sam Placeholder")

    mine, anothers = (take(bea, folder, secret, "--json").data for folder in (out, out / "other"))

    assert [(one["handed_to"], one["is_anothers"]) for one in (mine, anothers)] == [
        (" BEA  manager", False),
        ("Sam Placeholder", True),
    ]


def test_at_a_terminal_a_case_handed_to_somebody_else_is_taken_over_only_on_a_yes(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    handed(home, case.reference, secret, out, "--to", "Sam Placeholder")
    (file,) = out.iterdir()
    before = everything_in(bea)
    bea_herself = Typist(bea)

    bea_herself.types("receive", str(file), "--passphrase-file", str(secret))
    bea_herself.expect("This case was handed over to somebody else: Sam Placeholder")
    bea_herself.child.sendline("2")
    assert bea_herself.ends() == 130
    assert "Nothing was recorded." in bea_herself.screen
    assert everything_in(bea) == before

    bea_herself.types("receive", str(file), "--passphrase-file", str(secret))
    bea_herself.expect("1  take it over")
    bea_herself.child.sendline("1")
    assert bea_herself.ends() == 0
    assert f"Taken over: {case.reference}, now with Bea Manager" in bea_herself.screen


def test_verify_finishes_a_handover_that_a_crash_interrupted_and_no_other(
    home: Path, case: Built, secret: Path
) -> None:
    run(home, "handover", case.reference, "--to", "Bea Manager", "--passphrase-file", str(secret))
    (file,) = (home / "handed-over").iterdir()
    file.rename(file.with_name(f".{file.name}.part"))
    unrecorded = file.with_name(f".{case.reference}-handover-0123456789ab.escalate.part")
    unrecorded.write_bytes(b"")

    done = run(home, "verify")

    assert done.code == 0
    assert f"A handover that a crash had interrupted is in its place now: {file.name}\n" in done.out
    assert sorted(file.parent.iterdir()) == [unrecorded, file]
    assert run(home, "verify", "--json").data["handovers_finished"] == []


def test_the_passphrase_is_in_nothing_that_is_kept_or_said(
    home: Path, bea: Path, case: Built, secret: Path, out: Path
) -> None:
    done = [handed(home, case.reference, secret, out, "--json"), take(bea, out, secret, "--json")]
    words = ("--to", "Bea Manager", "--out", str(out))
    done += [
        run(home, "handover", case.reference, "--passphrase-file", PASSPHRASE, *words),
        run(home, "handover", case.reference, "--passphrase", PASSPHRASE, *words),
        run(home, "handover", case.reference, typed=f'to = "Bea Manager"\npassphrase = "{PASSPHRASE}"\n'),
        run(home, "handover", case.reference, *words, typed=PASSPHRASE),
        run(bea, "receive", str(next(out.iterdir())), "--passphrase-file", PASSPHRASE),
    ]

    assert [one.code for one in done[:2]] == [0, 0]
    assert all(one.code for one in done[2:])
    assert not any("horse" in one.out + one.err for one in done)
    assert not any(b"horse" in every_byte(one) for one in (home, bea))


def test_our_own_agency_is_offered_first_and_enter_names_it(home: Path, case: Built) -> None:
    with Desk(home) as desk:
        _, opened = desk.find(case.reference)
        script = handing_over_script(opened.case, known_at(desk), asks=True)
        from_a_file = handing_over_script(opened.case, known_at(desk))

    (asked,) = (one for one in script if isinstance(one, Question) and one.id == "to_agency")
    (unasked,) = (one for one in from_a_file if isinstance(one, Question) and one.id == "to_agency")
    assert [one.shown for one in asked.listed] == ["Invented Primary School", "Exampleshire Children's Social Care"]
    assert understand_default(asked, Answers(), date(2026, 4, 10)) == Understood("agency-school")
    assert unasked.default == ""
