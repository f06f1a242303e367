"""Why two cases are one escalation, or two after all."""

from __future__ import annotations

from escalate.ask.question import Question, Script


def link_script() -> Script:
    """Return the interview of `link`: what shows that both are the same disagreement."""
    return (
        Question(
            id="reason",
            text="How do you know that they are one escalation?",
            kind="long",
            label="Reason",
            help="What shows it: the same child, decision and days, or what the agencies said. It is kept "
            "beside both cases.",
        ),
    )


def unlink_script() -> Script:
    """Return the interview of `unlink`."""
    return (
        Question(
            id="reason",
            text="Why are they two escalations after all?",
            kind="long",
            label="Reason",
            help="What shows it: the same child, decision and days, or what the agencies said. It is kept "
            "beside both cases.",
        ),
    )
