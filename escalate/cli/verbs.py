"""The verbs, as a table: what each is called and does, and where it lives. Importing it imports no verb.

How to write a verb. Put a module in `escalate/cli/` and name it here as `module:attribute`. The attribute is either

- a function with typer's annotations, for a verb of its own. Its docstring is the help; it takes what was typed, calls
  one use case, shows the result and returns nothing. Another exit code than 0 is `raise typer.Exit(code)`:

      def command(reference: Annotated[str, typer.Argument(metavar="REF")]) -> None:
          \"\"\"Show one case with its chronology.\"\"\"

- or a `typer.Typer()`, or a table of `escalate.cli.parts.Part`, for a verb with parts of its own (`policy list`). Of a
  table only the part that was typed is imported.

Only the module of the verb that was typed is imported. Errors are raised, never printed: `escalate.cli.boundary` turns
them into words and an exit code. The examples below are printed by `escalate VERB --help`.
"""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """One verb: its name, its line in the help, its section there, and where its code is.

    `reads` promises the reading door: it never imports the heavy libraries (a test holds it to that).
    `records` says it can write: its errors then say what was recorded.
    """

    name: str
    home: str
    says: str
    section: str
    examples: tuple[str, ...]
    reads: bool = False
    records: bool = False


RAISE = "Raise it and see it through"
END = "End it"
LOOK = "See where things stand"
TRUST = "Policies and the record"

VERBS: tuple[Verb, ...] = (
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
        ("escalate who --role midwife", "escalate who --policy somerset-2016-12 --stage 2"),
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
)


def verb_named(name: str) -> Verb | None:
    """Return the verb of exactly this name, or None."""
    return next((verb for verb in VERBS if verb.name == name), None)


def verbs_like(name: str) -> list[str]:
    """Return the names of up to three verbs that `name` may have been meant for, nearest first."""
    from difflib import get_close_matches

    return get_close_matches(name.lower(), [verb.name for verb in VERBS], n=3, cutoff=0.5)
