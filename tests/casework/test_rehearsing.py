"""Trying what a verb would record: the result is what it would be, and the record stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from escalate.casework import climbing
from escalate.casework.desk import Desk
from escalate.casework.projection import rows_of
from escalate.casework.raising import raise_concern
from escalate.casework.raising_aids import Late, RaisingAids
from escalate.casework.rehearsing import forms_ahead, rehearsing
from escalate.core.answers import Answers, Value
from escalate.core.forms.ahead import FormAhead
from escalate.errors import CannotDecide
from escalate.render.late_words import say_late
from escalate.render.preview import not_said_lines, preview_lines
from tests.builders import a_case, a_home, told
from tests.cli.kept import entries, every_byte, references
from tests.rules.scenario import policy_of

SIX_SAID: dict[str, Value] = {
    "risk": "no",
    "children.0.name": "Rowan Testcase",
    "receiving.0.agency": "Exampleshire Children's Social Care",
    "decision": "The case was closed.",
    "learned_on": date(2026, 4, 1),
    "concern": "Attendance fell.",
    "outcome_wanted": "A strategy discussion.",
}
SIX = Answers(SIX_SAID)
TODAY = date(2026, 4, 15)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ESCALATE_TODAY", TODAY.isoformat())
    with Desk(a_home(tmp_path / "home")) as desk:
        yield desk


def test_a_rehearsed_raise_gives_the_case_and_leaves_every_byte_as_it_was(desk: Desk) -> None:
    before = every_byte(desk.home)

    with rehearsing(desk) as trial:
        first = raise_concern(trial, SIX, received=False)
        second = raise_concern(trial, SIX, received=False)

    assert [one.after.case.reference[:14] for one in (first, second)] == ["KSCP-2026-0001"] * 2
    assert first.after.case.raised.decision == "The case was closed."
    assert every_byte(desk.home) == before
    assert references(desk.home) == []


def test_what_is_recorded_after_a_rehearsal_is_the_first_of_its_number(desk: Desk) -> None:
    with rehearsing(desk) as trial:
        raise_concern(trial, SIX, received=False)

    recorded = raise_concern(desk, SIX, received=False)

    assert recorded.after.case.reference.startswith("KSCP-2026-0001-")
    assert references(desk.home) == [recorded.after.case.reference]


def test_cannot_rehearse_what_would_be_refused(desk: Desk) -> None:
    with pytest.raises(CannotDecide, match="before the concern arose"), rehearsing(desk) as trial:
        raise_concern(trial, SIX.having("told_on", date(2026, 3, 31)).having("told_how", "telephone"), received=False)

    assert references(desk.home) == []


def test_a_rehearsed_advance_shows_the_next_stage_its_dates_and_its_forms_blanks(desk: Desk) -> None:
    case = a_case(desk.home, told("2026-04-01"))
    before = entries(desk.home)
    stream, opened = desk.find(case.reference)
    said: dict[str, Value] = {"risk": "no", "on": TODAY, "outcome": "unresolved", "said": "No agreement."}
    answers = Answers(said)

    with rehearsing(desk) as trial:
        after = climbing.advance(trial, stream, answers, opened.case.last_sequence).after

    assert after.case.stage == "2"
    assert entries(desk.home) == before
    (form,) = forms_ahead(desk, after)
    assert (form.title, form.is_owed) == ("Escalation Template (Appendix 2)", False)
    assert "Address" in form.blanks


def test_a_preview_tells_dates_duties_forms_and_what_is_not_said(desk: Desk) -> None:
    with rehearsing(desk) as trial:
        after = raise_concern(trial, SIX, received=False).after
    rows = rows_of(after.case, after.policy, after.owed)
    form = FormAhead("An invented form", is_owed=True, blanks=("Address", "Age"))

    lines = preview_lines(rows, (), [form, FormAhead("Another", is_owed=False)], TODAY)

    assert [line for line in lines if not line.startswith(" ")] == [
        "Dates that will follow:",
        "To do, without a date yet:",
        "Forms:",
    ]
    assert lines[1].startswith("  Past since Tuesday 7 April 2026; 8 days ago: the professional with concerns should")
    assert lines[1].endswith(" in writing. Ours, about Exampleshire Children's Social Care; Stage 1 para 1.")
    assert any(line.startswith("  the workers on both sides must state the issue") for line in lines)
    assert lines[-2:] == (
        "  An invented form: owed; blank in it so far: Address, Age",
        "  Another: on offer; nothing blank in it",
    )
    assert not_said_lines(()) == ()


def test_how_late_a_raise_is_counts_from_the_earlier_of_both_days(desk: Desk) -> None:
    began = {**SIX_SAID, "learned_on": date(2026, 4, 14), "disagreed_on": date(2026, 4, 5)}

    with rehearsing(desk) as trial:
        after = raise_concern(trial, Answers(began), received=False).after
    late = RaisingAids(desk).late_in(after)

    # Two working days after Easter Sunday 5 April, past Easter Monday; by the day learned of nothing has passed.
    assert late == Late(date(2026, 4, 8), "Stage 2: line manager to line manager", date(2026, 4, 20))
    assert late.first_on == min(one.due_on for one in after.owed if one.due_on and one.force != "may")
    assert RaisingAids(desk).late(after.policy, date(2026, 4, 14)) is None


def test_a_concern_told_in_time_is_not_called_late_by_the_first_step(desk: Desk) -> None:
    told = {**SIX_SAID, "told_on": date(2026, 4, 2), "told_how": "telephone"}

    with rehearsing(desk) as trial:
        after = raise_concern(trial, Answers(told), received=False).after

    late = RaisingAids(desk).late_in(after)
    assert late is not None
    assert late.first_on == min(one.due_on for one in after.owed if one.is_open and one.due_on)


def test_a_late_raise_names_the_stage_whose_date_is_next(desk: Desk) -> None:
    knowsley = policy_of("knowsley-2020-11")
    aids = RaisingAids(desk)

    late = aids.late(knowsley, date(2026, 4, 1))

    assert late == Late(date(2026, 4, 7), "Stage 2: line manager to line manager", date(2026, 4, 17))
    assert say_late(late.first_on, late.stage, late.next_on) == (
        "Late is better than not at all. By the policy the first step was due by Tuesday 7 April 2026."
        " The date that is next is that of Stage 2: line manager to line manager: Friday 17 April 2026."
    )
    # Two working days before Wednesday 15 April: the first step may still be taken today, and no day later.
    assert aids.late(knowsley, date(2026, 4, 13)) is None
    assert aids.late(knowsley, date(2026, 4, 10)) is not None
