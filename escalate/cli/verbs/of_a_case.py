"""The verbs by which a case is raised, seen through and ended."""

from __future__ import annotations

from escalate.cli.verbs.verb import END, RAISE, Verb

CASE_VERBS: tuple[Verb, ...] = (
    Verb(
        "setup",
        "setup:command",
        "say who you are, for which agency, under which policy",
        RAISE,
        ("escalate setup", "escalate setup --from me.toml"),
        records=True,
    ),
    Verb(
        "raise",
        "raising:command",
        "open a case: what to do now, whom to tell, by when",
        RAISE,
        (
            "escalate raise",
            "escalate raise --from answers.toml",
            "escalate raise --received   (our agency is the one challenged)",
        ),
        records=True,
    ),
    Verb(
        "record",
        "record:command",
        "a discussion or a fact: who was told, what was said, agreed",
        RAISE,
        ("escalate record KSCP-2026-0007-Q4TX", "escalate record KSCP-2026-0007-Q4TX --from meeting.toml"),
        records=True,
    ),
    Verb(
        "agree",
        "agree:command",
        "a date that was proposed or agreed",
        RAISE,
        ("escalate agree KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "do",
        "do:command",
        "a duty or an action: done, or not applicable and why",
        RAISE,
        ("escalate do KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "advance",
        "advance:command",
        "say how this stage ended and enter the next",
        RAISE,
        ("escalate advance KSCP-2026-0007-Q4TX", "escalate advance KSCP-2026-0007-Q4TX --from stage-2.toml"),
        records=True,
    ),
    Verb(
        "resolve",
        "resolve:command",
        "record what was agreed and what changed for the child",
        END,
        ("escalate resolve KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "withdraw",
        "withdraw:command",
        "end it without agreement: who wanted that, and why",
        END,
        ("escalate withdraw KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "reopen",
        "reopen:command",
        "open it again, at its stage, with its first date",
        END,
        ("escalate reopen KSCP-2026-0007-Q4TX",),
        records=True,
    ),
)
