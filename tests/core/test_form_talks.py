"""What Knowsley's Appendix 2 says of the discussion: by whom, on which day, options, decision, what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from escalate.core import events as e
from escalate.core.forms.answers import answers_for
from escalate.files.forms.loading import load_form
from tests.builders import NAMES, SCHOOL, discussed, ended, entered, on
from tests.core.test_form_answers import data
from tests.rules.scenario import Scenario, scenario

CARE = "Exampleshire Children's Social Care"
KAI = e.PartyNamed(party="person-kai", sort="person", name="Kai Manager", role="Head", agency=SCHOOL)
RAISER = "Alex Practitioner, Designated Safeguarding Lead"


def boxes(case: Scenario) -> tuple[str, str, str, str]:
    """By Whom, Date, Options Considered and Decision of Appendix 2."""
    definition, _ = load_form("knowsley-appendix-2")
    said = answers_for(definition, data(case))
    return said["by_whom"], said["discussed_on"], said["options_considered"], said["decision"]


def test_name_day_options_and_decision_are_those_of_the_stages_own_discussion() -> None:
    case = scenario(
        discussed("2026-04-02", options="Wait.", decision="Not now."),
        entered("2", "2026-04-07"),
        (KAI, on("2026-04-08")),
        discussed("2026-04-08", people=(KAI.party,), said="They agree in part.", options="A visit.", decision="One."),
    )

    assert boxes(case) == ("Kai Manager, Head", "2026-04-08", "A visit.", "One.\nSaid: They agree in part.")


def test_whoever_took_the_case_over_is_of_our_side_where_their_record_knows_our_agency_by_another_id() -> None:
    case = scenario(
        (NAMES[SCHOOL], on("2026-04-01")),
        (e.PartyNamed(party="agency-there", sort="agency", name="INVENTED  primary school"), on("2026-04-02")),
        (replace(KAI, agency="agency-there"), on("2026-04-02")),
        discussed("2026-04-02", people=(KAI.party,), said="", decision="One."),
    )

    assert boxes(case) == ("Kai Manager, Head", "2026-04-02", "", "One.")


def test_where_nobody_of_our_side_is_named_it_was_whoever_recorded_the_discussion() -> None:
    case = scenario(discussed("2026-04-02", said="", decision="Not now."))

    assert boxes(case) == (RAISER, "2026-04-02", "", "Not now.")


def test_silence_stands_beside_no_name_and_no_day_of_an_older_discussion() -> None:
    sent = {"said": "An e-mail.", "sent_on": date(2026, 4, 9), "passed_on": date(2026, 4, 14)}
    case = scenario(
        discussed("2026-04-02", said="", options="Wait.", decision="Not now."),
        entered("2", "2026-04-07"),
        ended("2", "no response", "2026-04-14", **sent),
        entered("3", "2026-04-14", ground="no response"),
    )

    assert boxes(case) == (
        "",
        "",
        "02/04/2026: Wait.",
        f"02/04/2026: Not now.\nNo response from {CARE}; sent on 09/04/2026: An e-mail; no answer by 14/04/2026",
    )


def test_a_thin_entry_does_not_hide_the_options_and_decision_of_the_discussion_before_it() -> None:
    case = scenario(
        discussed("2026-04-07", said="", options="A joint visit.", decision="Not yet."),
        discussed("2026-04-09", said="No change."),
        ended("1", "out of time", "2026-04-09"),
        entered("2", "2026-04-09", ground="out of time", reason="The visits stop on Friday."),
    )

    assert boxes(case) == (
        RAISER,
        "2026-04-09",
        "07/04/2026: A joint visit.",
        "07/04/2026: Not yet.\n"
        "09/04/2026: Said: No change.\n"
        f"09/04/2026: Out of time with {CARE}: no agreement by the date of this stage\n"
        "09/04/2026: Taken up, because: The visits stop on Friday.",
    )


def test_an_agreement_stands_with_its_own_day() -> None:
    case = scenario(
        discussed("2026-04-07", said="", decision="Not yet."),
        ended("1", "resolved", "2026-04-09", decision="The plan stays."),
    )

    assert boxes(case) == (RAISER, "2026-04-09", "", "07/04/2026: Not yet.\n09/04/2026: The plan stays.")


def test_a_progress_update_says_what_was_said_and_why_it_went_up() -> None:
    case = scenario(
        discussed("2026-04-07", said="No change.", decision="Not yet."),
        entered("2", "2026-04-09", ground="out of time", reason="The visits stop on Friday."),
    )

    assert data(case).of_case["case.progress"].splitlines() == [
        f"07/04/2026, stage 1: discussed with {CARE}; decided: Not yet; said: No change.",
        "09/04/2026, stage 2: taken up to Stage 2: line manager to line manager; because: The visits stop on Friday.",
    ]
