"""`escalate advance` as a guided interview: what each ending records, who stands in, what is told before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.casework import climbing
from escalate.casework.desk import Desk, Recorded
from escalate.cli.looking_ahead import beside, what_follows
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from tests.builders import SOCIAL_CARE, Built, a_case, entered, told
from tests.cli.kept import entries, facts, the_fact
from tests.cli.typist import Typist
from tests.running import run

ENDED = 'risk = "no"\non = 2026-04-10\n'
SILENT = f'{ENDED}outcome = "no response"\nsaid = "An e-mail to the manager.\\nTwo calls."\nsent_on = 2026-04-07\n'


def test_no_response_keeps_what_was_sent_when_and_which_day_passed(home: Path, case: Built) -> None:
    done = run(home, "advance", case.reference, typed=f"{SILENT}passed_on = 2026-04-08\n")

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "outcome recorded") == e.OutcomeRecorded(
        agency=SOCIAL_CARE,
        stage="1",
        outcome="no response",
        said="An e-mail to the manager.\nTwo calls.",
        sent_on=date(2026, 4, 7),
        passed_on=date(2026, 4, 8),
    )


def test_no_response_is_cited_to_whoever_acts_next_with_its_dates(home: Path, case: Built) -> None:
    done = run(home, "advance", case.reference, typed=f"{SILENT}passed_on = 2026-04-08\n")
    record = run(home, "export", case.reference, "--record")

    cited = (
        "10/04/2026: stage 1 ended with Exampleshire Children's Social Care: no response; sent on 07/04/2026: An e-mail"
        " to the manager; Two calls; no answer by 08/04/2026"
    )
    assert cited in " ".join(done.out.split())
    assert "No answer by" in record.out


def test_silence_without_its_dates_is_still_taken_up(home: Path, case: Built) -> None:
    case.add(told("2026-04-02"))

    done = run(home, "advance", case.reference, typed=f'{ENDED}outcome = "no response"\n')

    assert (done.code, done.err) == (0, "")
    assert facts(home, case.reference, "stage entered")[-1].ground == "no response"


def test_cannot_call_it_no_response_where_nobody_was_told_and_nothing_was_sent(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "advance", case.reference, typed=f'{ENDED}outcome = "no response"\n')

    remedy = (
        "    nobody was told, as far as is recorded: say what was sent or asked, and when; or, before this, when they"
        f" were told: escalate record {case.reference}\n"
    )
    assert done == (
        2,
        "",
        "error: standard input: 2 answers are missing or cannot be used\n"
        f'standard input: "said" is missing: What did you send or ask, and how?\n{remedy}'
        'standard input: "sent_on" is missing: On which day? (the last time, if there were several)\n'
        f"{remedy}"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_what_was_promised_without_agreement_stays_to_be_checked(home: Path, case: Built) -> None:
    text = f'{ENDED}outcome = "unresolved"\nsaid = "No."\naction = "A visit"\naction_by_on = 2026-04-17\n'

    done = run(home, "advance", case.reference, "--json", typed=text)

    assert (done.code, done.data["stage"]) == (0, "2")
    assert [(one["key"], one["due_on"]) for one in done.data["owed"] if one["sort"] == "action"] == [
        ("action-1", "2026-04-17")
    ]


def test_cannot_promise_for_a_day_that_had_passed(home: Path, case: Built) -> None:
    text = f'{ENDED}outcome = "unresolved"\nsaid = "No."\naction = "A visit"\naction_by_on = 2026-04-09\n'

    done = run(home, "advance", case.reference, typed=text)

    assert done.code == 3
    assert '"action_by_on": Thu 9 Apr 2026 is too early' in done.err


def test_who_will_confirm_it_in_writing_stands_with_the_resolution(home: Path, case: Built) -> None:
    text = f'{ENDED}outcome = "resolved"\ndecision = "Visit."\nconfirms = "The head of service"\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "outcome recorded").confirms == "The head of service"
    assert "To be confirmed in writing by" in run(home, "show", case.reference).out


def test_who_acts_instead_of_somebody_away_stands_with_the_stage(home: Path, case: Built) -> None:
    text = f'{ENDED}outcome = "unresolved"\npeople = "The named nurse, for the line manager"\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert facts(home, case.reference, "stage entered")[-1].people == "The named nurse, for the line manager"


UNRESOLVED: dict[str, Value] = {"risk": "no", "on": date(2026, 4, 10), "outcome": "unresolved", "said": "No."}


def looked_ahead(home: Path, reference: str, given: dict[str, Value]) -> list[str]:
    """Return what is told before anything is recorded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALATE_TODAY", "2026-04-10")
        with Desk(home) as desk:
            stream, opened = desk.find(reference)

            def advanced(trial: Desk, answers: Answers) -> Recorded:
                return climbing.advance(trial, stream, answers, opened.case.last_sequence)

            return what_follows(desk, opened, advanced, Answers(given))


def test_the_next_stages_people_dates_duties_and_forms_are_told_before_anything_is_recorded(home: Path) -> None:
    case = a_case(home, told("2026-04-01"))
    before = entries(home)

    said = looked_ahead(home, case.reference, UNRESOLVED)

    assert said[:2] == [
        "What will follow:",
        "Stage 2: line manager to line manager (Stage 2 para 1; flowchart stage 2)",
    ]
    assert (
        "  Friday 17 April 2026: both line managers should achieve a resolution."
        " Both sides owe it, we and Exampleshire Children's Social Care; Stage 2 para 1; flowchart stage 2."
    ) in said
    assert not any("[ ]" in line for line in said)
    assert said[-2] == "Forms:"
    assert said[-1].startswith("  Escalation Template (Appendix 2): on offer; blank in it so far: Address, ")
    assert entries(home) == before


def test_the_stand_in_that_the_policy_names_is_told_with_the_stage(home: Path) -> None:
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-07"), entered("3", "2026-04-08"))

    said = looked_ahead(home, case.reference, UNRESOLVED)

    assert "  Where somebody is away or a post is vacant: the Vice Chair, in the Chair's absence." in said


def test_guidance_for_the_stage_has_its_clauses(home: Path, case: Built) -> None:
    with Desk(home) as desk:
        stream, opened = desk.find(case.reference)
        shown = beside(desk, opened, lambda trial, _: Recorded(None, opened, ())).guidance(Answers())

    assert stream == case.stream
    assert shown.splitlines()[0] == "Stage 1: practitioner to practitioner (Stage 1 paras 1-2; flowchart stage 1)"
    assert "Share the key information, appropriately and often. (s2 bullets 1-2)" in shown


def test_the_forms_that_are_due_are_written_at_a_terminal_when_asked_for(plain_typist: Typist, case: Built) -> None:
    typist = plain_typist
    typist.types("resolve", case.reference)
    typist.answer("Is a child at immediate risk now?", "2")
    typist.answer("On which day was it resolved?", "")
    typist.answer_at_length("What was agreed?", "A visit each week.")
    typist.enter_until("Is there something the partnership could learn from?")
    typist.answer_at_length("", "Schools are left out.")
    typist.confirm()
    typist.answer("Write the forms that are due now? (yes/no)", "yes")

    assert typist.ends() == 0
    assert [path.suffix for path in (typist.home / "issued").iterdir()] == [".docx"]


def test_off_a_terminal_no_form_is_written_unasked(home: Path, case: Built) -> None:
    text = f'{ENDED}outcome = "resolved"\ndecision = "Visit."\nlearning = "Schools are left out."\n'

    done = run(home, "advance", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert "Write the forms" not in done.out
    assert not (home / "issued").exists()


def test_no_response_is_cited_in_the_next_form(home: Path, case: Built) -> None:
    run(home, "advance", case.reference, typed=f"{SILENT}passed_on = 2026-04-08\n")
    done = run(home, "export", case.reference, "--form", "appendix-2", "--json")

    assert (done.code, done.err) == (0, "")
    issued = the_fact(home, case.reference, "form issued")
    assert (
        "No response from Exampleshire Children's Social Care; sent on 07/04/2026: An e-mail to the manager;"
        " Two calls; no answer by 08/04/2026"
    ) in issued.answers.values()
