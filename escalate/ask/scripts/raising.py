"""Raising a concern: six answers open a case, every other may be "not known yet"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from escalate.ask.question import Group, Option, Question, Script, Step, always, answered
from escalate.ask.scripts.asking_the_edition import edition_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.opening_a_stage import stage_questions, urgency_questions
from escalate.ask.scripts.safety import risk_questions, route_steps
from escalate.core.answers import Answers
from escalate.core.policy import Policy, follow
from escalate.files.policies.editions import editions

HOW_TOLD = ("telephone", "face to face", "meeting", "e-mail", "letter")
CHILD_FACTS = (
    ("child_protection_plan", "child protection plan", "Is the child on a child protection plan?"),
    ("looked_after", "looked after", "Is the child looked after?"),
)
"""What is asked of each child, whatever the policy: (question's id, the fact's name, the question)."""


def raise_script(
    known: Known, policies: Sequence[Option], policy_of: Callable[[str], Policy], *, received: bool
) -> Script:
    """Return the interview of `raise`.

    Args:
        policies: the editions that can be used.
        policy_of: gives an edition by its name.
        received: our agency is the one challenged; another raised it.
    """
    usual = known.setup.policy if known.setup else policies[0].value
    here = editions()

    def script(answers: Answers) -> tuple[Step, ...]:
        policy = policy_of(answers.text("policy") or usual)
        which = Question(
            id="policy",
            text="Which partnership's policy governs, for the area where this child lives?",
            kind="choice",
            options=tuple(policies),
            default=usual,
            label="Policy",
        )
        opens_at = follow(policy).opened_at(at_risk=answers.says("risk", "yes"))
        return (
            *risk_questions(known, again=False),
            *route_steps(policy),
            which,
            *edition_questions(policy, known.today, here),
            *_about(known.today),
            *_sides(known, received=received),
            *_difference(policy, known, received=received),
            *_told(known, received=received),
            *urgency_questions(policy, always),
            *stage_questions(policy, opens_at, known.today, always),
        )

    return script


def _about(today: date) -> tuple[Step, ...]:
    children = Group(
        id="children",
        title="Child",
        another="Is another child concerned?",
        at_least=1,
        when=answered("about", "children"),
        questions=(
            Question(id="name", text="The child's full name?", kind="text", required=True, label="Name"),
            Question(id="born_on", text="Date of birth?", kind="date", latest=today, label="Date of birth"),
            Question(id="address", text="Address?", kind="long", label="Address"),
            Question(
                id="address_withheld",
                text="Must the address be withheld on forms?",
                kind="yes-no",
                label="Address withheld",
                help='Forms then say "withheld, ask", and whom.',
            ),
            Question(
                id="parental_responsibility",
                text="Who has parental responsibility?",
                kind="text",
                label="Parental responsibility",
            ),
            Question(id="reference", text="The child's reference in your records?", kind="text", label="Reference"),
            *(Question(id=id_, text=text, kind="yes-no", label=fact) for id_, fact, text in CHILD_FACTS),
        ),
    )
    return (
        Question(
            id="about",
            text="Is it about one or more children, or about practice in general?",
            kind="choice",
            options=(Option("children", "a child, or several"), Option("theme", "practice or a recurring issue")),
            required=True,
            label="About",
        ),
        children,
        Question(
            id="theme",
            text="Which practice or recurring issue?",
            kind="text",
            required=True,
            when=answered("about", "theme"),
            label="Theme",
        ),
    )


def _sides(known: Known, *, received: bool) -> tuple[Step, ...]:
    if received:
        return (
            Question(
                id="raising_agency",
                text="Which agency raised it with you?",
                kind="text",
                required=True,
                offered=known.agencies,
                label="Raised by the agency",
            ),
            Question(
                id="raising_person",
                text="Who raised it?",
                kind="text",
                offered=known.people,
                label="Raised by",
            ),
            Question(id="raising_role", text="In what post?", kind="text", label="Post"),
            Question(id="our_counterpart", text="Whose decision in your agency is challenged?", kind="text"),
        )
    agencies = Group(
        id="receiving",
        title="Receiving agency",
        another="Do you disagree with another agency as well?",
        at_least=1,
        questions=(
            Question(
                id="agency",
                text="With which agency do you disagree?",
                kind="text",
                required=True,
                offered=known.agencies,
                check=lambda value, _: _not_ours(str(value), known),
                label="Agency",
            ),
            Question(
                id="person",
                text="Who there made the decision, or is your counterpart?",
                kind="text",
                offered=known.people,
                label="Counterpart",
            ),
            Question(id="role", text="In what post?", kind="text", label="Post"),
            Question(id="telephone", text="Their telephone?", kind="text", label="Telephone"),
            Question(id="email", text="Their e-mail?", kind="text", label="E-mail"),
        ),
    )
    return (agencies,)


def _not_ours(value: str, known: Known) -> str | None:
    own = {known.setup.agency, known.own_agency.casefold()} if known.setup else set()
    return "that is your own agency: its own procedure is the route for that" if value.casefold() in own else None


def _difference(policy: Policy, known: Known, *, received: bool) -> tuple[Step, ...]:
    guidance = "\n".join(prompt.says for prompt in policy.prompts_at("raise"))
    return (
        Question(
            id="decision",
            text="What did your agency decide, or not do?" if received else "What was decided, or not done?",
            kind="long",
            required=True,
            label="Decision",
            notice=guidance,
            example="The referral of 30 March was closed without an assessment.",
        ),
        Question(
            id="learned_on",
            text="When did they learn of it, as far as you know?" if received else "When did you learn of it?",
            kind="date",
            required=True,
            latest=known.today,
            label="Learned of it on",
            help="The policy's times count from here. Late is better than not at all.",
        ),
        Question(
            id="disagreed_on",
            text="Did the disagreement begin on another day? When?",
            kind="date",
            latest=known.today,
            label="Disagreement began on",
        ),
        Question(
            id="concern",
            text="What worries them?" if received else "What worries you?",
            kind="long",
            required=True,
            label="Concern",
            help="Facts first, then what you make of them. Keep out: intelligence, legal advice, opinions of "
            "colleagues, other families.",
            example="He has missed four meals a week and falls asleep in class.",
        ),
        Question(
            id="risk_to_child", text="What is the risk to the child if nothing changes?", kind="long", label="Risk"
        ),
        Question(
            id="evidence",
            text="What have you seen or heard that shows it? A gut feeling counts: say that it is one.",
            kind="long",
            label="Evidence",
        ),
        Question(id="nature", text="What exactly do you and they disagree about?", kind="long", label="Disagreement"),
        Question(
            id="outcome_wanted",
            text="What do they want to happen?" if received else "What do you want to happen?",
            kind="long",
            required=True,
            label="Outcome wanted",
            example="A child and family assessment, begun this week.",
        ),
        Question(
            id="they_want",
            text=f"What {'does your agency' if received else 'do they'} want to achieve, as far as you know?",
            kind="long",
            label="The other side wants",
        ),
        Question(
            id="theme_area",
            text="Which area of disagreement is it, from the policy's list?",
            kind="choice",
            options=tuple(Option(theme.id, theme.title) for theme in policy.theme),
            label="Area of disagreement",
        ),
    )


def _told(known: Known, *, received: bool) -> tuple[Step, ...]:
    text = "When did they raise it with you?" if received else "If you have raised it with them already: when?"
    return (
        Question(
            id="told_on",
            text=text,
            kind="date",
            latest=known.today,
            label="Raised with them on",
            help="Writing it down here tells nobody. Leave it as not known yet until somebody has been told.",
        ),
        Question(
            id="told_how",
            text="How?",
            kind="choice",
            options=tuple(Option(how) for how in HOW_TOLD),
            required=True,
            when=lambda answers: answers.day("told_on") is not None,
            label="How",
        ),
        Question(
            id="told_said",
            text="What was said?",
            kind="long",
            when=lambda answers: answers.day("told_on") is not None,
            label="What was said",
        ),
    )
