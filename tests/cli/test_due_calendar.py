"""`due --ics`, read back by another library, and taken in as a calendar does: by UID, the highest SEQUENCE."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from escalate.core import events as e
from escalate.core.views import DueItem
from escalate.core.working_days import WorkingCalendar
from escalate.render.calendar_file import DatedItem, calendar_file
from tests.builders import POLICY, Built, a_case, a_home, discussed, on, told
from tests.running import run

ACTION = e.Action(id="action-1", what="Send Rowan's log", owner="Jo Manager", by_on=on("2026-04-16"))


@pytest.fixture
def case(tmp_path: Path) -> Built:
    return a_case(a_home(tmp_path / "home"), told("2026-04-01"))


def events(content: str) -> list[Any]:
    (calendar,) = vobject.readComponents(content)
    assert calendar.method.value == "PUBLISH"
    return list(calendar.vevent_list)


class Calendar(dict[str, Any]):
    """A calendar that takes files in: an event is replaced by one of a SEQUENCE as high, and cancelled ones go."""

    def take_in(self, path: Path) -> None:
        for event in events(path.read_text(encoding="utf-8")):
            known = self.get(event.uid.value)
            if known is None or int(event.sequence.value) >= int(known.sequence.value):
                self[event.uid.value] = event

    def shown(self) -> list[tuple[str, date]]:
        kept = [event for event in self.values() if event.status.value == "CONFIRMED"]
        return sorted((event.summary.value, event.dtstart.value) for event in kept)


def written(case: Built, path: Path, *words: str, today: str = "2026-04-10") -> str:
    ran = run(case.home, "due", "--ics", str(path), *words, today=today)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_another_library_reads_each_date_as_a_whole_day_with_its_case_and_its_clause(case: Built) -> None:
    found = {event.summary.value: event for event in events(run(case.home, "due", "--ics", "-").out)}

    event = found[f"{case.reference}: the practitioners on both sides should reach an agreed way forward"]
    assert event.dtstart.value == date(2026, 4, 10)
    assert event.description.value == (
        "The practitioners on both sides should reach an agreed way forward\n"
        "Both sides owe it, we and Exampleshire Children's Social Care\n"
        "Since Wednesday 1 April 2026, 5 working days, or less if the child needs it\n"
        "Knowsley Safeguarding Children Partnership, flowchart stage 1\n"
        f"The case: escalate show {case.reference}\n"
        f"How the date was counted: escalate why {case.reference}"
    )
    assert event.valarm.trigger.value == timedelta(hours=-15)  # at nine on Thursday 9 April


def test_the_alarm_is_a_working_day_before_past_easter(case: Built) -> None:
    found = [one for one in events(run(case.home, "due", "--ics", "-").out) if one.dtstart.value == date(2026, 4, 7)]

    open_ones = [one for one in found if one.status.value == "CONFIRMED"]
    # At nine on Thursday 2 April: Good Friday, the weekend and Easter Monday lie between.
    assert [one.valarm.trigger.value for one in open_ones] == [timedelta(days=-5, hours=9)]


def test_the_same_record_gives_the_same_file(case: Built, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    written(case, first)
    written(case, second, today="2026-04-13")
    again = first.read_bytes()
    written(case, first)

    assert again == first.read_bytes()
    assert again == second.read_bytes()


def test_taken_in_again_nothing_stands_twice_and_what_was_done_is_gone(case: Built, tmp_path: Path) -> None:
    path, calendar = tmp_path / "due.ics", Calendar()
    written(case, path)
    calendar.take_in(path)
    before = calendar.shown()
    calendar.take_in(path)
    assert calendar.shown() == before

    case.add(discussed("2026-04-08", actions=(ACTION,)))
    written(case, path)
    calendar.take_in(path)

    after = calendar.shown()
    assert len(set(after)) == len(after)
    named = f"{case.reference}: "
    escalate = f"{named}the professional with concerns should escalate to the line managers on both sides"
    answer = (
        f"{named}the practitioner or decision maker who received the concern must speak to the professional with"
        " concerns and look for a way forward both agree"
    )
    assert set(after) - set(before) == {
        (f"{named}an agreed action", date(2026, 4, 16)),
        (escalate, date(2026, 4, 10)),  # once they had answered, it waits for the stage to end
    }
    assert set(before) - set(after) == {(answer, date(2026, 4, 8)), (escalate, date(2026, 4, 8))}


def test_a_date_that_a_correction_moves_is_moved(case: Built, tmp_path: Path) -> None:
    path, calendar = tmp_path / "due.ics", Calendar()
    action = discussed("2026-04-08", actions=(ACTION,))
    case.add(action)
    written(case, path)
    calendar.take_in(path)
    place = case.events()[-1].sequence

    case.correct(
        place,
        "2026-04-09",
        actions=(e.Action(id="action-1", what="Send the log", owner="Jo Manager", by_on=on("2026-04-17")),),
    )
    written(case, path)
    calendar.take_in(path)

    assert [on for words, on in calendar.shown() if words.endswith("an agreed action")] == [date(2026, 4, 17)]


@pytest.mark.parametrize("words", [("--mine",), ("--agency", "social")])
def test_what_an_option_hides_is_never_cancelled(case: Built, tmp_path: Path, words: tuple[str, ...]) -> None:
    path, calendar = tmp_path / "due.ics", Calendar()
    written(case, path)
    calendar.take_in(path)
    everything = calendar.shown()

    said = written(case, path, *words)
    calendar.take_in(path)

    assert calendar.shown() == everything
    assert "of them were written there before and not asked for now: still owed, and so kept." in " ".join(said.split())
    assert "CANCELLED" not in path.read_text(encoding="utf-8")


def test_a_misspelt_agency_leaves_the_calendar_as_it_was(case: Built, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    written(case, path)
    before = path.read_bytes()

    assert run(case.home, "due", "--agency", "Polce", "--ics", str(path)).code == 4
    assert path.read_bytes() == before


def test_what_an_option_hides_is_cancelled_once_it_is_owed_no_more(case: Built, tmp_path: Path) -> None:
    path, calendar = tmp_path / "due.ics", Calendar()
    written(case, path)
    calendar.take_in(path)
    case.add(discussed("2026-04-08"))

    written(case, path, "--agency", "primary school")
    calendar.take_in(path)

    assert [words for words, _ in calendar.shown() if "must speak to the professional with concerns" in words] == []
    assert [words for words, _ in calendar.shown() if "must read and review" in words] != []


def test_a_first_file_has_nothing_cancelled_and_a_case_of_another_record_is_left_alone(
    case: Built, tmp_path: Path
) -> None:
    path = tmp_path / "due.ics"
    written(case, path)
    assert "CANCELLED" not in path.read_text(encoding="utf-8")

    other = a_case(a_home(tmp_path / "other"), told("2026-04-01"), number=2)
    written(other, path)

    assert {event.status.value for event in events(path.read_text(encoding="utf-8"))} == {"CONFIRMED"}
    summaries = [event.summary.value for event in events(path.read_text(encoding="utf-8"))]
    assert {words.partition(":")[0] for words in summaries} == {case.reference, other.reference}


def test_neither_a_name_nor_initials_of_the_child_nor_anybodys_words_are_in_it(case: Built) -> None:
    case.add(discussed("2026-04-08", actions=(ACTION,)))

    out = run(case.home, "due", "--ics", "-").out

    assert [word for word in ("Rowan", "R.T.", "Jo Manager", "log") if word in out] == []


def test_a_clock_in_hours_is_a_moment_in_london() -> None:
    item = DueItem(key="ring", sort="clock", item="ring", act="ring", due_on=date(2026, 10, 23), due_time="14:00")
    one = DatedItem(
        stream="case-1",
        reference="KSCP-2026-0001-RQXZ",
        policy_name=POLICY,
        item=item,
        last_sequence=4,
        changed_at="2026-10-22T14:00:00+01:00",
        calendar=WorkingCalendar("", {}),
    )
    content = calendar_file([one], None, date(2025, 1, 1)).content.decode("utf-8")

    (event,) = events(content)
    assert event.dtstart.value.isoformat() == "2026-10-23T14:00:00+01:00"
    assert event.valarm.trigger.value == timedelta(days=-1)
    assert isinstance(event.dtstamp.value, datetime)


def test_cannot_overwrite_a_calendar_that_is_not_ours(case: Built, tmp_path: Path) -> None:
    for content in ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n", "Dear diary", ""):
        path = tmp_path / "mine.ics"
        path.write_text(content, encoding="utf-8", newline="")

        ran = run(case.home, "due", "--ics", str(path))

        assert (ran.code, ran.out) == (8, "")
        assert ran.err == (
            "error: the file that lies there is not a calendar that escalate wrote\n    name another file\n"
        )
        assert path.read_text(encoding="utf-8") == content.replace("\r\n", "\n")


def test_cannot_ask_for_a_calendar_and_for_json(case: Built, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"

    ran = run(case.home, "due", "--ics", str(path), "--json")

    assert (ran.code, ran.out, path.exists()) == (2, "", False)


def test_it_says_how_many_it_holds_and_that_nothing_was_sent(case: Built, tmp_path: Path) -> None:
    out = written(case, tmp_path / "due.ics")

    assert out.splitlines() == [
        f"Calendar: {tmp_path / 'due.ics'}",
        "It holds 5 dates. What has no date is not in it.",
        "Take it into your calendar; later, write it to the same file and take it in again.",
        "",
        "escalate has sent nothing and told nobody.",
    ]


def test_what_is_more_than_92_days_past_is_left_out_and_said(case: Built, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    out = written(case, path, today="2026-09-30")

    assert "VEVENT" not in path.read_text(encoding="utf-8")
    assert "It holds 0 dates. What has no date is not in it.\nLeft out: " in out
    assert "dates more than 92 days past: escalate due\n" in out
