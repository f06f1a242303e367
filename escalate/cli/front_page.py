"""What `escalate --help` prints: every verb by section, a way in, the exit codes. It imports no verb."""

from __future__ import annotations

from escalate.cli.verbs import VERBS

EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "done"),
    (1, "it could not go on; the message says why"),
    (2, "mistyped, or answers are missing and there is nobody to ask"),
    (3, "the case does not allow it"),
    (4, "no such case, policy, form, entry or deadline"),
    (5, "somebody else changed the case first"),
    (6, "another route applies; nothing is kept"),
    (7, "the policy file has problems; none of it is used"),
    (8, "the form was not issued, or has problems"),
    (9, "the database cannot be used"),
    (10, "the record is not as it was written"),
    (20, "`due --exit-code`: something is due today"),
    (21, "`due --exit-code`: something is overdue"),
    (70, "a fault in escalate itself"),
    (130, "stopped by Ctrl-C; what was answered is kept as a draft"),
    (141, "whatever read the output stopped reading"),
)


def format_help() -> str:
    """Return the page `escalate --help` prints: the verbs by section, a way in, the exit codes."""
    lines = [
        "usage: escalate VERB [...]",
        "",
        "Safeguarding escalations: raised, chased and recorded by your partnership's own policy.",
        "escalate sends nothing and tells nobody. A child in immediate danger: telephone 999.",
    ]
    for section in dict.fromkeys(verb.section for verb in VERBS):
        lines += ["", section]
        lines += [f"  {verb.name:<10}{verb.says}" for verb in VERBS if verb.section == section]
    lines += [
        "",
        "For the first time",
        "  escalate setup            who you are, and your policy",
        "  escalate raise            open a case; most answers can wait",
        "  escalate due              what to do today",
        "  escalate raise --help     one verb, with examples",
        "",
        "Exit codes",
        *(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES),
    ]
    return "\n".join(lines)
