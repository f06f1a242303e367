"""An invented quarter of an invented partnership, as a report: every sort of figure, and labels that try something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from escalate.core.reports.publishing import published
from escalate.core.reports.report import Days, Period, Report, Row, Share, Table, Untold

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31), "January to March 2026")
CAME_TO = "Cases raised from 1 January to 31 March 2026."

THEMES = Table(
    id="by-theme",
    title="Themes",
    heads="Theme",
    columns=("Raised", "Resolved"),
    units=("cases", "cases"),
    rows=(
        Row("Threshold & level of need", (14, 11)),
        Row("Information not shared", (9, 9)),
        Row('=HYPERLINK("invented") <b>a theme that would be code</b>', (3, 2)),
        Row("Voice of the child, and whether anybody had asked the child before the plan was ended", (0, 0)),
        Row("Total", (26, 22), is_total=True),
    ),
    says=CAME_TO,
    clause="s5 para 2",
    notes=("A case with two themes is counted under each.",),
    chart="bars",
    is_cut=True,
)
CLOCKS = Table(
    id="in-time",
    title="Met in time",
    heads="Clock",
    columns=("In time", "How long"),
    units=("share", "working days"),
    rows=(
        Row("Stage 1: agree a way forward", (Share(18, 24), Days(4.5, 9, 24))),
        Row("Stage 2: managers agree, 5 working days (followed)", (Share(3, 4), Days(6, 12, 4))),
        Row("Stage 2: managers agree, 2 working days (flowchart)", (Share(1, 4), Days(6, 12, 4))),
        Row("Stage 3: guide only", (Share(0, 0), Untold("–", "no case reached it"))),
    ),
    says="Clocks that ended from 1 January to 31 March 2026.",
    chart="bars",
)
QUARTERS = Table(
    id="quarters",
    title="Change against the four quarters before",
    heads="Quarter",
    columns=("Raised", "Resolved", "No response"),
    units=("cases", "cases", "cases"),
    rows=(
        Row("January to March 2025", (17, 15, 1)),
        Row("April to June 2025", (21, 20, 2)),
        Row("July to September 2025", (12, 13, Untold("–", "not recorded then"))),
        Row("October to December 2025", (24, 19, 0)),
        Row("January to March 2026", (26, 22, 3)),
    ),
    chart="lines",
)
AGENCIES = Table(
    id="by-agency",
    title="Agencies raising, by how each case ended",
    heads="Agency",
    columns=("Raised", "Received", "Resolved", "Withdrawn", "No response", "Open at the end", "Reopened"),
    units=("cases",) * 7,
    rows=(
        Row("Invented Primary School", (8, 0, 6, 1, 1, 1, 0)),
        Row("Exampleshire Children's Social Care", (2, 21, 2, 0, 0, 0, 1)),
        Row("Total", (10, 21, 8, 1, 1, 1, 1), is_total=True),
    ),
    says=CAME_TO,
)
LINES = Table(
    id="learning",
    title="Learning points and what became of them",
    heads="Learning",
    columns=("What became of it",),
    units=("words",),
    rows=(Row("Send the plan before the meeting, not after it", ("taken to the group on 4 March 2026",)),),
)
NOTHING = Table(id="empty", title="Recommendations", heads="To whom", columns=("Made",), units=("cases",), rows=())

REPORT = Report(
    policy="Exampleshire Escalation Policy, edition of September 2025",
    partnership="Exampleshire Safeguarding Children Partnership",
    group="Quality sub-group",
    edition="restricted",
    period=QUARTER,
    as_of=date(2026, 4, 15),
    tables=(THEMES, CLOCKS, QUARTERS, AGENCIES, LINES, NOTHING),
    unknown=(
        "What ended at stage 1 is not reported under this policy.",
        "Of 3 cases the level of need is not recorded.",
    ),
    distribution=("Chair of the Quality sub-group", "Business manager"),
)
ISSUED = replace(REPORT, number="KSCP-R2026-003", anchor="L17-c38e-1b5c-ab80-28dc")
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31), "1 April 2025 to 31 March 2026")
PUBLISHED = published(replace(ISSUED, period=YEAR))
