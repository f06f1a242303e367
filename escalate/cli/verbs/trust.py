"""The verbs of policies, forms, calendars and of the record itself."""

from __future__ import annotations

from escalate.cli.verbs.verb import TRUST, Verb

TRUST_VERBS: tuple[Verb, ...] = (
    Verb(
        "policy",
        "policy_parts:PARTS",
        "list, show, check, try, compare or begin a policy",
        TRUST,
        (
            "escalate policy list",
            "escalate policy show somerset",
            "escalate policy try wirral --concern 2026-04-01",
            "escalate policy new",
            "escalate policy check ours.toml",
        ),
    ),
    Verb(
        "form",
        "form_parts:PARTS",
        "list, show, check or make the partnerships' forms",
        TRUST,
        (
            "escalate form list",
            "escalate form show knowsley-appendix-2",
            "escalate form check ours.docx",
            "escalate form new blank.docx --labels labels.txt",
        ),
    ),
    Verb(
        "calendar",
        "calendars:app",
        "the working days: show, add or remove a closure, check",
        TRUST,
        (
            "escalate calendar show --year 2026",
            'escalate calendar add 2026-12-24 --because "Partnership closed" --source "Bulletin 12"',
            'escalate calendar add 2026-03-30 --to 2026-04-10 --agency "Our school" --because "Easter holidays"',
        ),
        records=True,
    ),
    Verb(
        "link",
        "link:command",
        "two cases are one escalation, and count once",
        TRUST,
        ("escalate link KSCP-2026-0007-Q4TX KSCP-2026-0012-8W3K",),
        records=True,
    ),
    Verb(
        "unlink",
        "unlink:command",
        "two linked cases are two escalations after all",
        TRUST,
        ("escalate unlink KSCP-2026-0007-Q4TX KSCP-2026-0012-8W3K",),
        records=True,
    ),
    Verb(
        "correct",
        "correct:command",
        "amend an earlier entry; both are kept",
        TRUST,
        ("escalate correct KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "redact",
        "correct:redact",
        "remove what must not be kept",
        TRUST,
        ("escalate redact KSCP-2026-0007-Q4TX",),
        records=True,
    ),
    Verb(
        "verify",
        "verify:command",
        "prove that the record is as it was written",
        TRUST,
        ("escalate verify", "escalate verify --anchor L17-c38e-1b5c-ab80-28dc"),
    ),
    Verb(
        "completion",
        "completion:command",
        "let your shell complete verbs and references at Tab",
        TRUST,
        ("escalate completion bash >> ~/.bashrc", "escalate completion powershell   (its first lines say how)"),
    ),
)
