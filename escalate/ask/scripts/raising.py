"""Raising a concern: six answers open a case; whoever wants says more now, and what is left becomes a reminder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from escalate.ask.interview import asked
from escalate.ask.question import Condition, Option, Question, Script, Step, always
from escalate.ask.scripts.asking_the_edition import edition_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.opening_a_stage import stage_questions, urgency_questions
from escalate.ask.scripts.raising_challenge import (
    more_of_the_challenge,
    the_issue,
    the_worry,
    told_on_question,
    told_questions,
)
from escalate.ask.scripts.raising_other_side import more_of_the_other_side, whom_it_is_with
from escalate.ask.scripts.raising_people import CHILD_FACTS, more_of_children, until_more, who_it_is_about
from escalate.ask.scripts.safety import risk_questions, route_steps
from escalate.core.answers import Answers, Value
from escalate.core.policy import Policy, follow
from escalate.files.policies.editions import editions, newer_edition

__all__ = ["CHILD_FACTS", "PRACTICE", "Aids", "raise_script"]

PRACTICE = Option("practice", "the same about practice or a recurring issue, rather than about one child")


_BEGAN = ("learned_on", "disagreed_on")
"""The days of which the earlier is day 0."""


def _nothing_needed(_policy: Policy, _stage: str) -> Collection[str]:
    return ()


def _never_late(_policy: Policy, _began_on: date) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Aids:
    """What the interview of `raise` is told about a policy, by whoever can work it out.

    `needed` gives the ids of questions whose answer something due at a stage cannot do without. `late` gives what is to
    be said where the day on which it began is so long ago that a date has passed; "" otherwise.
    """

    needed: Callable[[Policy, str], Collection[str]] = _nothing_needed
    late: Callable[[Policy, date], str] = _never_late


NO_AIDS = Aids()


def raise_script(
    known: Known,
    policies: Sequence[Option],
    policy_of: Callable[[str], Policy],
    *,
    received: bool,
    aids: Aids = NO_AIDS,
) -> Script:
    """Return the interview of `raise`.

    Args:
        policies: the editions that can be used.
        policy_of: gives an edition by its name.
        received: our agency is the one challenged; another raised it.
    """
    usual = known.setup.policy if known.setup else policies[0].value
    here = editions()
    is_superseded_here = bool(newer_edition(usual, known.today, here))
    read: dict[str, Policy] = {}
    made: dict[tuple[tuple[str, Value], ...], tuple[Step, ...]] = {}

    def script(answers: Answers) -> tuple[Step, ...]:
        # One question is found by walking all before it: what was made for them once serves again.
        so_far = tuple(answers.items())
        if so_far not in made:
            made[so_far] = steps(answers)
        return made[so_far]

    def steps(answers: Answers) -> tuple[Step, ...]:
        policy = policy_of(answers.text("policy") or usual)
        if policy.name not in read:
            read[policy.name] = follow(policy)
        followed = read[policy.name]
        opens_at = followed.opened_at(at_risk=answers.says("risk", "yes"))
        needed = aids.needed(policy, opens_at)
        began_on = min((day for key in _BEGAN if (day := answers.day(key))), default=None)
        six = (
            *who_it_is_about(known),
            *whom_it_is_with(known, received=received),
            *the_issue(followed, known.today, received=received),
            *((told_on_question(known.today, received=True),) if received else ()),
            *the_worry(aids.late(policy, began_on) if began_on else "", received=received),
        )
        rest = (
            *more_of_the_challenge(policy, known.today, needed, received=received),
            more_of_children(known, needed),
            *more_of_the_other_side(known, received=received),
            *told_questions(known.today, received=received),
            *_waiting(urgency_questions(policy, always)),
            *_waiting(stage_questions(policy, opens_at, known.today, always)),
        )
        return (
            *risk_questions(known, again=False),
            *route_steps(policy, beside=(PRACTICE,)),
            replace(_which_policy(policies, usual), waits=_if(not is_superseded_here)),
            *_edition(policy, edition_questions(policy, known.today, here)),
            *six,
            _go_on(rest, answers),
            *rest,
        )

    return script


def _if(holds: bool) -> Condition:  # noqa: FBT001 - it is the whole of the condition
    return lambda _: holds


def _which_policy(policies: Sequence[Option], usual: str) -> Question:
    return Question(
        id="policy",
        text="Which partnership's policy governs, for the area where this child lives?",
        kind="choice",
        options=tuple(policies),
        default=usual,
        label="Policy",
        help="Where the child lives decides, and not where you work.",
    )


def _edition(policy: Policy, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the question whether the edition still governs, under the edition's own name."""
    header = policy.policy
    named = f"{header.partnership}: {header.title}, edition {header.edition}."
    return tuple(replace(one, notice=f"{named}\n{one.notice}") if isinstance(one, Question) else one for one in steps)


def _waiting(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(replace(one, waits=until_more) if isinstance(one, Question) else one for one in steps)


def _go_on(rest: Sequence[Step], answers: Answers) -> Question:
    """Return the question whether to say more now; no file needs it."""
    count = _asked_of(rest, answers.having("more", "more"))
    return Question(
        id="more",
        text="That is enough to open the case. Go on?",
        kind="choice",
        options=(
            Option("enough", "open the case now; what is left becomes a reminder"),
            Option("more", f"say more first (about {count} questions; each may be left open)"),
        ),
        default="enough",
        label="More now",
        help="Either way you see all your answers, and what will follow, before anything is recorded.",
    )


def _asked_of(rest: Sequence[Step], answers: Answers) -> int:
    """Return how many questions somebody who says more is asked, as far as these answers tell."""
    ahead = (one for one in asked(tuple(rest), answers) if isinstance(one, Question))
    return sum(not one.waits(answers.beside(one.prefix)) for one in ahead)
