"""How `due` looks: at 60, 80 and 120 columns, spoken, and through a pipe. Whole pages, so that they can be read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

from escalate.core.views import DueItem
from escalate.render.console import Kind, Screen
from escalate.render.due_table import DueLine, DuePage, show_due
from escalate.render.owed_words import by_when, plain_words, to_do, whose

TODAY = date(2026, 4, 10)
SOCIAL_CARE = "Exampleshire Children's Social Care"


def item(**more: Any) -> DueItem:
    given = {
        "key": "stage-1-resolve",
        "item": "stage-1-resolve",
        "sort": "clock",
        "who": "the practitioners on both sides",
        "force": "should",
        "act": "reach an agreed way forward",
        "side": "ours",
        "due_on": TODAY,
        "policy_due_on": TODAY,
    }
    return DueItem(**{**given, **more})


def line(part: Any, one: DueItem, *, is_last_chance: bool = False) -> DueLine:
    return DueLine(
        part=part,
        item=one,
        reference="KSCP-2026-0007-Q4TX",
        subject="R.T.",
        stage_title="Stage 1: practitioner to practitioner",
        concern_on=date(2026, 4, 1),
        is_last_chance=is_last_chance,
    )


RAISE = item(
    key="stage-1-raise",
    who="the professional with concerns",
    act="raise the matter with the practitioner or decision maker",
    agency_name=SOCIAL_CARE,
    due_on=date(2026, 4, 7),
)
UNDATED = item(
    side="theirs",
    agency_name=SOCIAL_CARE,
    due_on=None,
    no_date="the counterpart has not been told yet",
    since_on=date(2026, 4, 1),
)
PAGE = DuePage(
    today=TODAY,
    lines=[line("overdue", RAISE), line("today", item(), is_last_chance=True), line("no date", UNDATED)],
    counts={"overdue": 3, "today": 1, "no date": 1, "this week": 0, "later": 0},
)


def shown(kind: Kind, width: int, page: DuePage = PAGE) -> str:
    written = io.StringIO()
    show_due(Screen(kind, width, written), page)
    text = re.sub("\x1b\\[[0-9;]*m", "", written.getvalue())
    return "\n".join(one.rstrip() for one in text.splitlines())


def test_sixty_columns_stack_each_row() -> None:
    assert (
        shown("terminal", 60)
        == """\
Friday 10 April 2026. 3 overdue, 1 due today, 1 without a
date.
Days are calendar days since the concern.

Overdue: 3
KSCP-2026-0007-Q4TX  R.T.  Stage 1
  the professional with concerns should raise the matter
  with the practitioner or decision maker
  past since Tue 7 Apr
  3 days ago
  ours, about Exampleshire Children's Social Care; 9 days
  since the concern
  2 more: escalate due --limit 3

Due today: 1
KSCP-2026-0007-Q4TX  R.T.  Stage 1
  the practitioners on both sides should reach an agreed way
  forward
  today, Fri 10 Apr
  agree or escalate today
  ours; 9 days since the concern

No date, longest waiting first: 1
KSCP-2026-0007-Q4TX  R.T.  Stage 1
  the practitioners on both sides should reach an agreed way
  forward
  no date, because the counterpart has not been told yet
  waiting 9 days, since Wed 1 Apr
  theirs, Exampleshire Children's Social Care; 9 days since
  the concern

One case: escalate show KSCP-2026-0007-Q4TX
How a date was counted: escalate why KSCP-2026-0007-Q4TX"""
    )


def test_eighty_columns_are_a_table() -> None:
    assert (
        shown("terminal", 80)
        == """\
Friday 10 April 2026. 3 overdue, 1 due today, 1 without a date.
Days are calendar days since the concern.

Overdue: 3
case                 what                            by when                days
KSCP-2026-0007-Q4TX  the professional with concerns  past since Tue 7 Apr      9
R.T.                 should raise the matter with    3 days ago
Stage 1              the practitioner or decision
                     maker
                     ours, about Exampleshire
                     Children's Social Care
  2 more: escalate due --limit 3

Due today: 1
KSCP-2026-0007-Q4TX  the practitioners on both       today, Fri 10 Apr         9
R.T.                 sides should reach an agreed    agree or escalate
Stage 1              way forward                     today
                     ours

No date, longest waiting first: 1
KSCP-2026-0007-Q4TX  the practitioners on both       no date, because the      9
R.T.                 sides should reach an agreed    counterpart has not
Stage 1              way forward                     been told yet
                     theirs, Exampleshire            waiting 9 days,
                     Children's Social Care          since Wed 1 Apr

One case: escalate show KSCP-2026-0007-Q4TX
How a date was counted: escalate why KSCP-2026-0007-Q4TX"""
    )


def test_a_hundred_and_twenty_columns_wrap_less() -> None:
    text = shown("terminal", 120)

    assert max(len(one) for one in text.splitlines()) <= 120
    assert "the professional with concerns should raise the matter with   past since Tue 7 Apr" in text


def test_a_screen_reader_is_told_sentences() -> None:
    assert (
        shown("spoken", 100)
        == """\
Friday 10 April 2026. 3 overdue, 1 due today, 1 without a date.

Overdue: 3
KSCP-2026-0007-Q4TX, R.T., Stage 1. Past since Tuesday 7 April 2026; 3 days ago. The professional
  with concerns should raise the matter with the practitioner or decision maker. Ours, about
  Exampleshire Children's Social Care. 9 days since the concern.
  2 more: escalate due --limit 3

Due today: 1
KSCP-2026-0007-Q4TX, R.T., Stage 1. Today, Friday 10 April 2026; agree or escalate today. The
  practitioners on both sides should reach an agreed way forward. Ours. 9 days since the concern.

No date, longest waiting first: 1
KSCP-2026-0007-Q4TX, R.T., Stage 1. No date, because the counterpart has not been told yet; waiting
  9 days, since Wednesday 1 April 2026. The practitioners on both sides should reach an agreed way
  forward. Theirs, Exampleshire Children's Social Care. 9 days since the concern.

One case: escalate show KSCP-2026-0007-Q4TX
How a date was counted: escalate why KSCP-2026-0007-Q4TX"""
    )


def test_a_pipe_gets_a_header_and_one_line_an_item() -> None:
    rows = [one.split("\t") for one in shown("piped", 80).splitlines()]

    assert rows[0] == [
        "part", "reference", "subject", "stage", "what", "whose", "agency", "by", "weekday", "says", "days",
    ]  # fmt: skip
    assert rows[1] == [
        "overdue",
        "KSCP-2026-0007-Q4TX",
        "R.T.",
        "Stage 1: practitioner to practitioner",
        "the professional with concerns should raise the matter with the practitioner or decision maker",
        "ours",
        SOCIAL_CARE,
        "2026-04-07",
        "Tue",
        "past since Tue 7 Apr; 3 days ago",
        "9",
    ]
    assert [len(row) for row in rows] == [11, 11, 11, 11]


def test_hostile_words_in_every_cell_stay_words_at_every_width() -> None:
    hostile = "[red] [/] :warning: \x1b[31m Łukasz"
    one = line("today", item(act=hostile, who=hostile, agency_name=hostile, no_date=hostile))

    for kind, width in (("terminal", 60), ("terminal", 120), ("spoken", 80), ("piped", 80)):
        text = re.sub(r"\s+", " ", shown(kind, width, DuePage(today=TODAY, lines=[one], counts=PAGE.counts)))  # type: ignore[arg-type]
        assert "[red] [/] :warning: \\x1b[31m" in text


def says(one: DueItem, today: date = TODAY, **more: Any) -> str:
    return plain_words(by_when(one, today, **more))


def test_a_date_on_its_last_day_is_today_and_past_only_from_the_next() -> None:
    assert says(item(), date(2026, 4, 8)) == "Fri 10 Apr"
    assert says(item(), date(2026, 4, 9)) == "tomorrow, Fri 10 Apr"
    assert says(item(), date(2026, 4, 10)) == "today, Fri 10 Apr"
    assert says(item(), date(2026, 4, 11)) == "past since Fri 10 Apr; 1 day ago"


def test_what_others_owe_is_asked_about_not_shown_as_our_failure() -> None:
    late = item(side="theirs", due_on=date(2026, 4, 7))

    assert by_when(late, TODAY) == [("past since Tue 7 Apr", "strong"), "3 days ago", "ask whether it was done"]


def test_a_matter_of_now_says_now_and_never_a_later_day() -> None:
    now = item(says="now", due_on=date(2026, 4, 3))

    assert says(now, date(2026, 4, 3)) == "now"
    assert says(now, date(2026, 4, 4)) == "now, since Fri 3 Apr"


def test_a_guide_keeps_its_date_and_says_guide() -> None:
    assert says(item(is_guide=True)) == "today, Fri 10 Apr; this date is a guide"


def test_hours_say_the_time() -> None:
    assert says(item(due_time="14:00")) == "today, Fri 10 Apr, by 14:00"


def test_an_agreed_date_says_what_the_policy_s_is() -> None:
    sooner = item(agreed_on=TODAY, policy_due_on=date(2026, 4, 17))
    later = item(agreed_on=date(2026, 4, 29))
    only = item(agreed_on=TODAY, policy_due_on=None)

    assert says(sooner) == "today, Fri 10 Apr; agreed, sooner than the policy's Fri 17 Apr"
    assert says(later) == "today, Fri 10 Apr; agreed later, Wed 29 Apr: the policy's date stands"
    assert says(only) == "today, Fri 10 Apr; as agreed"


def test_a_stage_entered_late_shows_both_dates() -> None:
    late = item(due_on=date(2026, 4, 17), own_due_on=date(2026, 5, 1))

    assert says(late) == "Fri 17 Apr; entered late: that gives no more time (counted from then it would be Fri 1 May)"


def test_a_date_moved_by_a_correction_keeps_the_earlier_one_in_sight() -> None:
    assert (
        says(item(before_correction_on=date(2026, 4, 8))) == "today, Fri 10 Apr; before a correction it was Wed 8 Apr"
    )


def test_who_must_do_what_is_said_with_the_source_s_own_force() -> None:
    assert to_do(item(force="consider", act="notifying the commissioners")) == (
        "the practitioners on both sides should consider notifying the commissioners"
    )
    assert to_do(item(sort="action", force="", who="", act="Send the log")) == "Send the log (nobody is named)"
    assert to_do(item(sort="action", force="", who="Jo", act="Send the log")) == "Send the log (Jo)"


def test_whose_an_item_is_says_with_which_agency() -> None:
    assert whose(item(agency_name=SOCIAL_CARE)) == f"ours, about {SOCIAL_CARE}"
    assert whose(item(side="theirs", agency_name=SOCIAL_CARE)) == f"theirs, {SOCIAL_CARE}"
    assert whose(item(side="not known")) == "whose is not known"
    both = item(agency_name=SOCIAL_CARE, working='{"both": true}')
    assert whose(both) == f"both sides owe it, we and {SOCIAL_CARE}"
    assert whose(replace(both, side="theirs", agency_name="One and another")) == "both sides owe it, One and another"


def test_what_only_may_be_done_is_not_counted_among_what_is_owed() -> None:
    may = item(side="ours", force="may", due_on=None, no_date="the policy states no time")
    page = replace(PAGE, lines=[*PAGE.lines, line("no date", may)], counts={**PAGE.counts, "no date": 2})

    said = shown("spoken", 120, page)

    assert "3 overdue, 1 due today, 1 without a date, 1 that may be done." in said
    assert "No date, longest waiting first: 1, and 1 that may be done" in said


def test_what_arose_after_its_day_keeps_the_day_and_says_so() -> None:
    late = item(due_on=date(2026, 4, 7), since_on=date(2026, 4, 10))

    assert plain_words(by_when(late, TODAY)) == (
        "past since Tue 7 Apr; 3 days ago; it began only on Fri 10 Apr, when that date had already passed"
    )
