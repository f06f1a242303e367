"""What is asked before anything else: is a child at immediate risk, and is this the right route."""

from __future__ import annotations

from escalate.ask.question import Condition, Option, Question, Step, Stop, always, answered
from escalate.ask.scripts.known import Known
from escalate.core.policy import Policy

RISK = (
    Option("yes", "yes, a child is at immediate risk of significant harm"),
    Option("no", "no"),
    Option("not sure", "not sure"),
)
_ROUTES = {
    "allegation": (
        "an allegation that somebody who works or volunteers with children may have harmed a child",
        "tell your safeguarding lead, who refers it to the local authority designated officer (LADO)",
    ),
    "whistleblowing": (
        "serious wrongdoing in your own organisation, or a concern you cannot raise by these routes",
        "your organisation's whistleblowing policy",
    ),
    "complaint": ("a complaint about an agency or its service", "that agency's own complaints process"),
    "own agency": (
        "a dispute between people of one and the same agency",
        "your own agency's procedure: your line manager, then your safeguarding lead",
    ),
    "conference": (
        "dissent from the decision of a child protection conference while it sits",
        "say so at the conference and have it put in its record",
    ),
}


def emergency_lines(known: Known) -> str:
    """Return the numbers to telephone, a missing one named as missing."""
    day = known.setup.emergency_day if known.setup else ""
    night = known.setup.emergency_out_of_hours if known.setup else ""
    return "\n".join(
        (
            "A child in danger now: telephone 999. This record can wait.",
            f"Children's social care, day: {day or 'no number confirmed here: look it up now'}",
            f"Out of hours: {night or 'no number confirmed here: look it up now'}",
        )
    )


def risk_questions(known: Known, *, again: bool) -> tuple[Question, ...]:
    """Return the questions about immediate risk; `again` asks briefly, of a case that is open already."""
    text = "Is a child at immediate risk now?" if again else "Is a child at immediate risk of significant harm?"
    return (
        Question(
            id="risk",
            text=text,
            kind="choice",
            options=RISK,
            required=True,
            label="Immediate risk",
            notice=emergency_lines(known),
            help="Significant harm that may happen before anybody could meet or answer a letter. "
            '"Not sure" is an answer: telephone somebody who can tell.',
        ),
        Question(
            id="keeps_safe",
            text="What keeps the child safe until that changes?",
            kind="long",
            when=answered("risk", "yes", "not sure"),
            label="What keeps the child safe",
            notice="Telephone first: 999 where the danger is now; then your manager and safeguarding lead.",
            example="With grandmother tonight; the emergency duty team visits at 18:00.",
            help="Who is with the child, until when, and who looks in: what somebody does, not what is hoped.",
        ),
        Question(
            id="safety_confirmed_by",
            text="Who confirmed that, and when?",
            kind="text",
            when=answered("risk", "yes", "not sure"),
            asks="who",
            label="Safety confirmed by",
            help="Somebody who has seen the child or spoken to them, by name or post, and the time.",
        ),
    )


def routes(policy: Policy) -> dict[str, tuple[str, str]]:
    """Return the routes away from this policy: kind to (what it is, where to go), the policy's own words first.

    What every policy leaves elsewhere comes first; then what only this one does, a second of one kind as "other 2".
    """
    own: dict[str, tuple[str, str]] = {}
    for away in policy.route_out:
        already = sum(kind.startswith(away.kind) for kind in own)
        own[f"{away.kind} {already + 1}" if already else away.kind] = (away.what, away.go_to)
    return {kind: own.get(kind, words) for kind, words in _ROUTES.items()} | {
        kind: words for kind, words in own.items() if kind not in _ROUTES
    }


def route_steps(policy: Policy, when: Condition = always, beside: tuple[Option, ...] = ()) -> tuple[Step, ...]:
    """Return the question whether this is the right route, and where each other answer leads. Nothing is kept.

    Args:
        beside: further answers that go by this policy.
    """
    away = routes(policy)
    what = "professionals of different agencies disagree about a child"
    options = (
        Option("this policy", what if beside else f"{what} or about practice"),
        *beside,
        *(Option(kind, what) for kind, (what, _) in away.items()),
    )
    question = Question(
        id="route",
        text="What is this about?",
        kind="choice",
        options=options,
        required=True,
        when=when,
        label="Route",
        help=f"Only the first {'two go' if beside else 'goes'} by this policy. The others have their own routes, and "
        "nothing is kept here.",
    )
    stops = tuple(
        Stop(
            id=f"route-{kind.replace(' ', '-')}",
            text="this policy does not apply: nothing was kept",
            remedy=f"use instead: {go_to}",
            when=answered("route", kind),
        )
        for kind, (_, go_to) in away.items()
    )
    return (question, *stops)
