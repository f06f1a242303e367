"""Working calendars: of a nation and of its partnerships, what is adopted later, and agencies' own closures."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core.agency_closures import AgencyClosure, Sides, closed_meanwhile
from escalate.core.calendars import NationCalendars, calendars_of, non_working, working_calendar
from escalate.core.events import CalendarStored, DeclaredDay
from escalate.core.time_allowed import CountedFrom, LastDay, last_day
from escalate.core.timescale import parse_timescale
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar
from tests.builders import CALENDAR

CORONATION = DeclaredDay(day=date(2026, 5, 8), name="Coronation", kind="holiday", source="Proclamation")
CLOSED = DeclaredDay(day=date(2026, 4, 9), name="Partnership closed", kind="closure", source="Bulletin 12")
ENGLAND = calendars_of([CALENDAR], "England")
FIVE_DAYS = parse_timescale("5 working days")
CONCERN = CountedFrom(date(2026, 4, 1), "", "the day after")
FIRST = working_calendar(CALENDAR)
CLOSED_ON_9_APRIL = WorkingCalendar("later", {**FIRST.days, date(2026, 4, 9): "Partnership closed"})


def declaring(here: NationCalendars, day: DeclaredDay, partnership: str = "") -> NationCalendars:
    return here.declaring([day], partnership, day.name, 2026).after


def declared(here: NationCalendars) -> dict[str, list[str]]:
    return {scope: [one.name for one in stored.declared] for scope, stored in here.latest.items()}


def test_a_closure_is_its_own_partnerships_and_nobody_elses() -> None:
    here = declaring(ENGLAND, CLOSED, "KSCP")

    assert declared(here) == {"": [], "KSCP": ["Partnership closed"]}
    assert here.of("WSCP").declared == ()


def test_a_holiday_proclaimed_later_reaches_the_partnership_that_had_declared_a_closure() -> None:
    changed = declaring(ENGLAND, CLOSED, "KSCP").declaring([CORONATION], "", "Coronation", 2026)

    assert declared(changed.after) == {"": ["Coronation"], "KSCP": ["Partnership closed", "Coronation"]}
    assert list(changed.stored) == ["", "KSCP"]


def test_a_closure_declared_after_a_holiday_has_the_holiday_too() -> None:
    here = declaring(declaring(ENGLAND, CORONATION), CLOSED, "KSCP")

    assert declared(here)["KSCP"] == ["Partnership closed", "Coronation"]


def test_another_version_names_nation_partnership_year_and_days() -> None:
    here = declaring(ENGLAND, CLOSED, "KSCP")

    assert here.latest["KSCP"].version.startswith("ENG-KSCP-2026-")
    assert here.latest["KSCP"].reason == "Partnership closed"
    assert here.latest[""].version == "ENG-2026-invented"


def test_taking_a_holiday_back_is_the_version_before_and_records_why() -> None:
    here = declaring(ENGLAND, CORONATION)

    back = here.without({CORONATION.day}, "", "Postponed", 2026)

    assert (back.stored[""].version, back.stored[""].reason) == ("ENG-2026-invented", "Postponed")


def test_taking_a_closure_back_leaves_a_holiday_of_the_same_day() -> None:
    on_the_day = DeclaredDay(day=CORONATION.day, name="Partnership closed", kind="closure")
    here = declaring(declaring(ENGLAND, CORONATION), on_the_day, "KSCP")

    assert declared(here.without({CORONATION.day}, "KSCP", "", 2026).after) == {
        "": ["Coronation"],
        "KSCP": ["Coronation"],
    }
    assert declared(here.without({CORONATION.day}, "", "", 2026).after) == {"": [], "KSCP": ["Partnership closed"]}


def test_the_same_day_declared_twice_changes_nothing() -> None:
    assert declaring(ENGLAND, CLOSED, "KSCP").declaring([CLOSED], "KSCP", "", 2026).stored == {}


def test_what_the_library_knows_takes_the_place_of_bank_holidays_and_leaves_what_was_declared() -> None:
    library = CalendarStored(
        version="",
        nation="England",
        source="newer",
        first_year=2025,
        last_year=2030,
        days={"2026-04-03": "Good Friday"},
    )

    changed = declaring(ENGLAND, CLOSED, "KSCP").on(library, "the library", 2026)

    own = changed.stored["KSCP"]
    assert (own.source, own.last_year, dict(own.days)) == ("newer", 2030, {"2026-04-03": "Good Friday"})
    assert declared(changed.after) == {"": [], "KSCP": ["Partnership closed"]}


def test_a_day_that_is_several_things_is_a_bank_holiday_first_then_a_holiday_then_a_closure() -> None:
    closed = [
        DeclaredDay(day=day, name="Partnership closed", kind="closure") for day in (date(2026, 4, 3), CORONATION.day)
    ]
    stored = CalendarStored(
        version="v",
        nation="England",
        source="",
        first_year=2026,
        last_year=2026,
        days={"2026-04-03": "Good Friday"},
        declared=(*closed, CORONATION),
    )

    assert non_working(stored) == {date(2026, 4, 3): "Good Friday", CORONATION.day: CORONATION}


@pytest.mark.parametrize(
    ("adopted_on", "due_on", "version"),
    [("2026-04-10", "2026-04-13", "later"), ("2026-04-11", "2026-04-10", "ENG-2026-invented")],
)
def test_a_calendar_adopted_on_the_last_day_moves_it_and_one_adopted_the_day_after_does_not(
    adopted_on: str, due_on: str, version: str
) -> None:
    adopted = AdoptedCalendar(date.fromisoformat(adopted_on), CLOSED_ON_9_APRIL)

    end = last_day(FIVE_DAYS, CONCERN, FIRST, (adopted,))

    assert (end.on, end.version) == (date.fromisoformat(due_on), version)


@pytest.mark.parametrize(
    ("adopted_on", "due_on", "note"),
    [
        (
            "2026-04-10",
            "2026-04-10",
            "by the calendar before it would be 13/04/2026; this one was adopted on 10/04/2026",
        ),
        (
            "2026-04-11",
            "2026-04-11",
            "by the calendar before it would be 13/04/2026; this one was adopted on 11/04/2026, and brings nothing"
            " forward to before that day",
        ),
    ],
)
def test_a_date_brought_forward_never_comes_before_the_day_it_was(adopted_on: str, due_on: str, note: str) -> None:
    adopted = AdoptedCalendar(date.fromisoformat(adopted_on), FIRST)

    end = last_day(FIVE_DAYS, CONCERN, CLOSED_ON_9_APRIL, (adopted,))

    assert end == LastDay(date.fromisoformat(due_on), "", "ENG-2026-invented", (note,))


def test_a_time_that_begins_after_the_adoption_is_simply_counted_by_it() -> None:
    adopted = AdoptedCalendar(date(2026, 3, 2), CLOSED_ON_9_APRIL)

    assert last_day(FIVE_DAYS, CONCERN, FIRST, (adopted,)) == LastDay(date(2026, 4, 13), "", "later")


def test_hours_and_calendar_days_are_moved_by_no_calendar() -> None:
    adopted = AdoptedCalendar(date(2026, 4, 2), CLOSED_ON_9_APRIL)

    for written, end in (("8 calendar days", ("2026-04-09", "")), ("192 hours", ("2026-04-09", "00:00"))):
        found = last_day(parse_timescale(written), CONCERN, FIRST, (adopted,))
        assert (found.on.isoformat(), found.time, found.notes) == (*end, ())


@pytest.mark.parametrize(
    ("start", "days", "is_warned"),
    [("2027-12-20", 5, False), ("2027-12-20", 8, True), ("2024-12-31", 1, True), ("2025-01-01", 1, False)],
)
def test_a_date_counted_past_the_years_that_are_known_says_so(start: str, days: int, is_warned: bool) -> None:
    end = last_day(
        parse_timescale(f"{days} working days"), CountedFrom(date.fromisoformat(start), "", "the day after"), FIRST, ()
    )

    warning = (
        "the calendar knows bank holidays from 2025 to 2027 only: any outside those years are counted as working days"
    )
    assert end.notes == ((warning,) if is_warned else ())


def test_calendar_days_are_counted_past_those_years_without_a_word() -> None:
    start = CountedFrom(date(2027, 12, 30), "", "the day after")

    assert last_day(parse_timescale("10 calendar days"), start, FIRST, ()).notes == ()


def test_a_closure_from_christmas_to_new_year_is_counted_over_the_turn_of_the_year() -> None:
    days = [DeclaredDay(day=date(2026, 12, day), name="Partnership closed", kind="closure") for day in (29, 30, 31)]
    here = ENGLAND.declaring(days, "KSCP", "Partnership closed", 2026).after
    start = CountedFrom(date(2026, 12, 23), "", "the day after")

    ends = [
        last_day(parse_timescale("2 working days"), start, working_calendar(here.of(scope)), ()).on
        for scope in ("KSCP", "WSCP")
    ]

    assert ends == [date(2027, 1, 4), date(2026, 12, 29)]


EASTER = AgencyClosure(
    closure="closure-1",
    agency="agency-school",
    name="Invented Primary School",
    first_on=date(2026, 3, 30),
    last_on=date(2026, 4, 10),
    because="Easter holidays",
)
SCHOOL, SOCIAL_CARE, HEALTH = ("", "Invented Primary School"), ("", "Social Care"), ("", "Health")
OURS = Sides("raising", "Invented Primary School", ("Social Care", "Health"))
THEIRS = Sides("receiving", "Social Care", ("Invented Primary School",))


@pytest.mark.parametrize(
    ("sides", "side", "agency", "is_both", "owing"),
    [
        (OURS, "ours", ("agency-2", "Health"), False, (SCHOOL,)),
        (OURS, "ours", ("agency-2", "Health"), True, (SCHOOL, ("agency-2", "Health"))),
        (OURS, "theirs", ("agency-2", "Health"), False, (("agency-2", "Health"),)),
        (OURS, "theirs", ("", ""), False, (SOCIAL_CARE, HEALTH)),
        (OURS, "not known", ("agency-2", "Health"), False, ()),
        (THEIRS, "ours", ("agency-school", ""), False, (("agency-school", "Invented Primary School"),)),
        (THEIRS, "theirs", ("agency-school", ""), False, (SOCIAL_CARE,)),
    ],
)
def test_whoever_owes_an_item_is_known_by_its_side(
    sides: Sides, side: str, agency: tuple[str, str], is_both: bool, owing: tuple[tuple[str, str], ...]
) -> None:
    assert sides.owing(side, agency, is_both=is_both) == owing


@pytest.mark.parametrize(
    ("from_on", "to_on", "is_closed"),
    [
        ("2026-03-27", "2026-03-29", False),
        ("2026-03-27", "2026-03-30", True),
        ("2026-04-10", "2026-04-20", True),
        ("2026-04-11", "2026-04-20", False),
    ],
)
def test_a_closure_is_told_where_it_touches_the_days_until_the_date(from_on: str, to_on: str, is_closed: bool) -> None:
    found = closed_meanwhile([EASTER], [SCHOOL], date.fromisoformat(from_on), date.fromisoformat(to_on))

    assert found == ((EASTER,) if is_closed else ())


def test_an_agency_is_known_by_its_id_or_by_its_name_in_any_capitals() -> None:
    assert EASTER.is_of("agency-school", "renamed since")
    assert EASTER.is_of("", "invented primary SCHOOL")
    assert not EASTER.is_of("", "Invented Secondary School")
