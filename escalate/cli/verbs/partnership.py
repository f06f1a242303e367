"""The verbs of the partnership's view: over many cases."""

from __future__ import annotations

from escalate.cli.verbs.verb import PARTNERSHIP, Verb

PARTNERSHIP_VERBS: tuple[Verb, ...] = (
    Verb(
        "log",
        "log:command",
        "one line a case, as a list, a spreadsheet or a Word document",
        PARTNERSHIP,
        ("escalate log --quarter 2026-Q1", "escalate log --year 2026 --agency school --format xlsx"),
        records=True,
    ),
    Verb(
        "report",
        "report:command",
        "numbers, themes and timeliness, for the group it goes to",
        PARTNERSHIP,
        (
            "escalate report --quarter 2026-Q1",
            "escalate report --issue --distribution group.txt --format docx,xlsx",
            "escalate report --edition published --format html",
            "escalate report --again KSCP-R2026-001",
        ),
        records=True,
    ),
    Verb(
        "learning",
        "learning:command",
        "what could be learned, whose it is, and what became of it",
        PARTNERSHIP,
        ("escalate learning --open", "escalate learning KSCP-2026-0007-Q4TX:2"),
        records=True,
    ),
    Verb(
        "remind",
        "remind:command",
        "draft one e-mail to each person who owes something",
        PARTNERSHIP,
        ("escalate remind", 'escalate remind --agency "social care" --overdue', "escalate remind --text"),
    ),
)
