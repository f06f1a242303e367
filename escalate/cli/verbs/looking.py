"""The verbs that show where things stand, and send forms and cases out and take them in."""

from __future__ import annotations

from escalate.cli.verbs.verb import LOOK, Verb

LOOKING_VERBS: tuple[Verb, ...] = (
    Verb(
        "due",
        "due:command",
        "what is overdue, due today, without a date, due soon",
        LOOK,
        ("escalate due", "escalate due --mine --within 5", "escalate due --json"),
        reads=True,
    ),
    Verb(
        "show",
        "show:command",
        "one case with its chronology",
        LOOK,
        ("escalate show KSCP-2026-0007-Q4TX", "escalate show KSCP-2026-0007-Q4TX --brief"),
        reads=True,
    ),
    Verb(
        "list",
        "listing:command",
        "the cases, filtered and searched",
        LOOK,
        ("escalate list", "escalate list --json"),
        reads=True,
    ),
    Verb(
        "why",
        "why:command",
        "how a deadline was counted, day by day, and its clause",
        LOOK,
        ("escalate why KSCP-2026-0007-Q4TX",),
        reads=True,
    ),
    Verb(
        "who",
        "who:command",
        "whom a role goes to by the policy, and how to reach them",
        LOOK,
        (
            "escalate who KSCP-2026-0007-Q4TX",
            "escalate who --role midwife",
            "escalate who --policy somerset-2016-12 --stage 2",
        ),
    ),
    Verb(
        "export",
        "export:command",
        "the forms that are due, as Word documents; the record as text",
        LOOK,
        (
            "escalate export KSCP-2026-0007-Q4TX",
            "escalate export KSCP-2026-0007-Q4TX --record",
            "escalate export KSCP-2026-0007-Q4TX --blank",
            "escalate export --all --pdf",
        ),
        records=True,
    ),
    Verb(
        "receive",
        "receive:command",
        "forms that came back or come in, and cases handed over",
        LOOK,
        (
            "escalate receive returned.docx",
            "escalate receive inbox",
            "escalate receive scan.pdf --hand",
            "escalate receive returned.docx --json   (reads it, records nothing)",
            "escalate receive --kept KSCP-2026-0007-Q4TX:12 --out .",
        ),
        records=True,
    ),
    Verb(
        "handover",
        "handover:command",
        "hand a case to somebody's own escalate, in one protected file",
        LOOK,
        ("escalate handover KSCP-2026-0007-Q4TX", "escalate handover KSCP-2026-0007-Q4TX --out D:\\handover"),
        records=True,
    ),
    Verb(
        "resume",
        "resume:command",
        "go on with an interview that was begun and left, or forget it",
        LOOK,
        ("escalate resume", "escalate resume 1", "escalate resume --forget 2"),
    ),
    Verb(
        "practice",
        "practice:command",
        "try it all on an invented case; nothing is kept",
        LOOK,
        ("escalate practice", "escalate practice --policy somerset"),
    ),
    Verb("hide", "hide:command", "clear the screen and what can be scrolled back to", LOOK, ("escalate hide",)),
)
