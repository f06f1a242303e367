"""Times that several stages share, a cap on the whole, bands of urgency, the day itself, what is due before a stage."""

from __future__ import annotations

from datetime import date

from escalate.core import events as e
from escalate.core.deadlines import Calendars, what_is_owed
from escalate.core.policy import Policy
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar
from escalate.files.policies.loading import parse_policy
from tests.builders import HEALTH, SOCIAL_CARE, Happened, discussed, ended, entered, on, told
from tests.rules.scenario import ENGLAND, agreed, done, reopened, scenario, withdrawn

HEAD = """
[policy]
partnership   = "Exampleshire Safeguarding Children Partnership"
title         = "Resolving Professional Differences"
edition       = "2026-01"
prefix        = "ESCP"
nation        = "England"
in_force_from = 2026-01-05
source        = { document = "Resolving Professional Differences" }
clause        = "head"

[[stage]]
id = "1"
title = "Stage 1"
between = ["practitioner", "practitioner"]
clause = "1"

[[stage]]
id = "2"
title = "Stage 2"
between = ["manager", "manager"]
clause = "2"

[[stage]]
id = "3"
title = "Stage 3"
between = ["director", "director"]
clause = "3"

[[ending]]
stage = "3"
who = "the directors"
does = "decides"
binding = false
says = "They decide."
clause = "3"

[[band]]
id = "red"
title = "red"
clause = "4"

[[band]]
id = "green"
title = "green"
clause = "4"
"""
SETTLE = 'who = "both"\nside = "both"\neach = "receiving agency"\nshould = "settle it"\nclause = "1"\n'
DUTY = 'who = "a manager"\nside = "raising"\nmust = "tell the director"\nto = "the director"\nclause = "1"\n'
BOTH = (SOCIAL_CARE, HEALTH)


def clock(id_: str, stage: str, **more: str) -> str:
    """Return a clock's table; `more` is written as it is, "from_" as "from"."""
    lines = "".join(f"{key.rstrip('_')} = {value}\n" for key, value in more.items())
    until = "" if "until" in more else 'until = ["the outcome"]\n'
    return f'[[clock]]\nid = "{id_}"\nstage = "{stage}"\n{SETTLE}{until}{lines}'


def duty(id_: str, **more: str) -> str:
    """Return a duty's table; `more` is written as it is, "from_" as "from"."""
    lines = "".join(f"{key.rstrip('_')} = {value}\n" for key, value in more.items())
    return f'[[duty]]\nid = "{id_}"\n{DUTY}{lines}'


def with_items(*items: str) -> Policy:
    """Return a policy of three stages that has these clocks and duties."""
    return parse_policy(HEAD + "\n".join(items), name="exampleshire", where="exampleshire.toml")


def judged(band: str, day: str) -> Happened:
    """Somebody judged how urgent it is."""
    return e.UrgencyJudged(band=band), on(day)


PREVIOUS = '["the stage entered", "the previous stage\'s resolving deadline"]'
POOL = clock("pool", "1", over='["2"]', within='"7 working days"', from_='["the stage entered"]', resolves="true")
TOP = clock("top", "3", within='"5 working days"', from_=PREVIOUS, resolves="true")


def test_a_shared_time_counts_from_the_first_of_its_stages_and_is_not_begun_again_by_the_second() -> None:
    case = scenario(entered("2", "2026-04-08"), policy=with_items(POOL))

    assert (case["pool"].due_on, case["pool"].is_open) == (date(2026, 4, 14), True)
    assert case["pool"].stage == "1"


def test_a_shared_time_runs_where_only_its_second_stage_was_entered() -> None:
    shared = clock("pool", "2", over='["3"]', within='"7 working days"', from_='["the stage entered"]', resolves="true")
    case = scenario(entered("3", "2026-04-08"), policy=with_items(shared))

    assert case["pool"].due_on == date(2026, 4, 17)
    assert "pool" not in scenario(policy=with_items(shared))


def test_a_shared_time_outlasts_going_up_within_it_and_ends_by_going_past_it() -> None:
    case = scenario(ended("1", "unresolved", "2026-04-08"), entered("2", "2026-04-08"), policy=with_items(POOL, TOP))

    assert case["pool"].is_open
    up = case.then(ended("2", "unresolved", "2026-04-10"), entered("3", "2026-04-10"))
    assert (up["pool"].closed_on, up["pool"].is_missed) == (date(2026, 4, 10), False)


def test_a_shared_time_settled_at_its_first_stage_is_met() -> None:
    case = scenario(ended("1", "resolved", "2026-04-14"), policy=with_items(POOL))

    assert (case["pool"].closed_how, case["pool"].is_missed) == ("stage 1 was resolved", False)


def test_the_stage_above_a_shared_time_counts_from_its_end() -> None:
    case = scenario(entered("2", "2026-04-08"), entered("3", "2026-04-24"), policy=with_items(POOL, TOP))

    assert (case["top"].due_on, case["top"].own_due_on) == (date(2026, 4, 21), date(2026, 5, 1))


CAP = clock("whole", "1", over='["2", "3"]', caps="true", within='"14 calendar days"', from_='["the concern"]')
FIRST = clock("first", "1", within='"20 working days"', from_='["the concern"]', resolves="true")
OPEN = clock("open", "2", within='"an agreed date"', resolves="true")
OTHER = clock("other", "1", within='"20 working days"', from_='["the concern"]')


def test_no_resolving_clock_gives_a_later_day_than_the_cap_and_says_what_its_own_would_be() -> None:
    case = scenario(policy=with_items(CAP, FIRST, OTHER))

    assert (case["first"].due_on, case["first"].policy_due_on) == (date(2026, 4, 15), date(2026, 4, 15))
    assert case["first"].working.notes == (
        "its own time would give 01/05/2026; whole allows none later than its own date",
    )
    assert case["other"].due_on == date(2026, 5, 1)


def test_a_cap_leaves_a_sooner_day_alone() -> None:
    sooner = clock("first", "1", within='"5 working days"', from_='["the concern"]', resolves="true")

    owed = scenario(policy=with_items(CAP, sooner))["first"]

    assert (owed.due_on, owed.working.notes) == (date(2026, 4, 10), ())


def test_an_agreed_day_past_the_cap_governs_nothing_and_one_before_it_does() -> None:
    case = scenario(entered("2", "2026-04-08"), policy=with_items(CAP, OPEN))

    assert case["open"].no_date == "no date has been agreed yet"
    assert case.then(agreed("open", "2026-04-30", "2026-04-08"))["open"].due_on == date(2026, 4, 15)
    assert case.then(agreed("open", "2026-04-14", "2026-04-08"))["open"].due_on == date(2026, 4, 14)


def test_each_agency_has_its_own_cap() -> None:
    case = scenario(
        agreed("whole@2", "2026-04-10", "2026-04-02"), receiving_agencies=BOTH, policy=with_items(CAP, FIRST)
    )

    assert [case[key].due_on for key in ("first", "first@2")] == [date(2026, 4, 15), date(2026, 4, 10)]


BANDS = clock(
    "banded",
    "1",
    by_band='{ red = "1 working day", green = "5 working days" }',
    from_='["the concern"]',
    resolves="true",
)


def test_until_the_urgency_is_judged_the_shortest_time_governs_and_says_so() -> None:
    owed = scenario(policy=with_items(BANDS))["banded"]

    assert owed.due_on == date(2026, 4, 2)
    assert owed.working.notes == (
        "nobody has recorded how urgent it is: the shortest time governs until somebody does",
    )


def test_the_band_judged_last_governs() -> None:
    case = scenario(judged("green", "2026-04-01"), policy=with_items(BANDS))

    assert (case["banded"].due_on, case["banded"].working.notes) == (date(2026, 4, 10), ("the case was judged: green",))
    assert case.then(judged("red", "2026-04-02"))["banded"].due_on == date(2026, 4, 2)


def test_a_band_the_item_gives_no_time_for_leaves_the_shortest() -> None:
    case = scenario(judged("amber", "2026-04-01"), policy=with_items(BANDS))

    assert case["banded"].due_on == date(2026, 4, 2)


def test_the_shortest_of_hours_and_days_is_the_one_that_ends_first() -> None:
    mixed = clock(
        "banded", "1", by_band='{ red = "36 hours", green = "the same working day" }', from_='["the concern"]'
    )

    assert scenario(policy=with_items(mixed))["banded"].due_on == date(2026, 4, 1)
    on_good_friday = scenario(policy=with_items(mixed), decision_received_on="2026-04-03")["banded"]
    assert (on_good_friday.due_on, on_good_friday.due_time) == (date(2026, 4, 4), "12:00")


def test_the_day_itself_is_the_first_of_the_days_counted_of_a_clock_and_of_a_duty() -> None:
    itself = {"within": '"3 working days"', "first_day": '"the day itself"'}
    policy = with_items(
        clock("first", "1", from_='["the concern"]', **itself), duty("tell", when='["raised"]', **itself)
    )
    case = scenario(policy=policy)

    assert (case["first"].due_on, case["tell"].due_on) == (date(2026, 4, 7), date(2026, 4, 7))
    assert case["first"].working.first_day == "the day itself"


def test_a_calendar_adopted_later_counts_the_day_itself_too() -> None:
    policy = with_items(
        clock("first", "1", within='"3 working days"', first_day='"the day itself"', from_='["the concern"]')
    )
    closed = WorkingCalendar("closed", {**ENGLAND.days, date(2026, 4, 7): "the partnership is closed"})

    (owed,) = what_is_owed(
        scenario(policy=policy).case, policy, Calendars(ENGLAND, (AdoptedCalendar(date(2026, 4, 2), closed),))
    )

    assert (owed.due_on, owed.working.calendar) == (date(2026, 4, 8), "closed")


BEFORE = duty("tell", when='["stage 1 entered"]', before='"2"')


def test_what_is_due_before_a_stage_has_no_day_until_it_is_entered_and_that_day_then() -> None:
    case = scenario(policy=with_items(BEFORE))

    assert (case["tell"].due_on, case["tell"].no_date) == (None, "it is owed before stage 2 is entered")
    up = case.then(entered("2", "2026-04-08"))
    assert (up["tell"].due_on, up["tell"].is_open, up["tell"].is_missed) == (date(2026, 4, 8), True, True)
    assert not case.then(done("tell", "2026-04-08"), entered("2", "2026-04-08"))["tell"].is_missed
    assert up.then(done("tell", "2026-04-09"))["tell"].is_missed


def test_what_is_due_before_a_stage_that_was_passed_over_was_due_when_it_was() -> None:
    assert scenario(entered("3", "2026-04-09"), policy=with_items(BEFORE))["tell"].due_on == date(2026, 4, 9)


def test_what_is_due_before_a_stage_falls_away_where_it_ends_below_and_comes_back_with_the_case() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08"), policy=with_items(BEFORE))

    assert (case["tell"].closed_on, case["tell"].closed_how) == (date(2026, 4, 8), "the case ended before stage 2")
    assert case.then(reopened("2026-04-14"))["tell"].is_open


def test_a_withdrawal_leaves_owed_what_follows_from_it_and_from_what_happened_and_not_what_presses_on() -> None:
    policy = with_items(
        clock("stage-1-resolve", "1", within='"3 working days"', from_='["the stage entered"]', resolves="true"),
        duty("write", when='["withdrawn"]', within='"2 working days"'),
        duty("file", when='["each stage entered"]'),
        duty("answer", when='["no response"]'),
        duty("go-up", when='["no response", "clock stage-1-resolve missed"]'),
        duty("settle", when='["raised", "resolved"]'),
        duty("tell", when='["stage 2 entered"]'),
    )
    case = scenario(
        ended("1", "no response", "2026-04-08"), entered("2", "2026-04-08"), withdrawn("2026-04-09"), policy=policy
    )

    assert {key.partition("#")[0]: one.is_open for key, one in case.owed.items() if one.sort == "duty"} == {
        "write": True,
        "file": True,
        "answer": True,
        "go-up": False,
        "settle": False,
        "tell": False,
    }
    assert case["write"].due_on == date(2026, 4, 13)


def test_each_stage_entered_makes_a_duty_of_its_own_the_first_included() -> None:
    policy = with_items(duty("file", when='["each stage entered"]', within='"1 working day"'))
    case = scenario(entered("2", "2026-04-08"), policy=policy)

    assert [case[key].due_on for key in case.keys("file")] == [date(2026, 4, 2), date(2026, 4, 9)]


def test_a_meeting_counts_only_while_the_clocks_own_stage_is_the_cases() -> None:
    policy = with_items(clock("write-up", "2", within='"2 working days"', from_='["the meeting"]'))
    early = scenario(discussed("2026-04-02", how="meeting"), entered("2", "2026-04-08"), policy=policy)

    assert early["write-up"].no_date == "no meeting has been recorded yet"
    assert early.then(discussed("2026-04-09"))["write-up"].due_on is None
    assert early.then(discussed("2026-04-09", how="meeting"))["write-up"].due_on == date(2026, 4, 13)


def test_hours_run_from_the_time_of_day_where_it_is_known() -> None:
    policy = with_items(clock("reply", "1", within='"24 hours"', from_='["the counterpart told"]'))

    unknown = scenario(told("2026-04-02"), policy=policy)["reply"]

    assert (unknown.due_on, unknown.due_time) == (date(2026, 4, 3), "00:00")
