"""Whom a concern is about, and between whom it is: asked first by name alone, and further for whoever says more."""

from __future__ import annotations

from collections.abc import Collection

from escalate.ask.question import Condition, Group, Option, Question, Step, always
from escalate.ask.scripts.known import Known
from escalate.core.answers import Answers

CHILD_FACTS = (
    ("child_protection_plan", "child protection plan", "Is the child on a child protection plan?"),
    ("looked_after", "looked after", "Is the child looked after?"),
)
"""What is asked of each child, whatever the policy: (question's id, the fact's name, the question)."""
PLAN_OR_CARE = (
    Option("plan", "on a child protection plan, and not looked after"),
    Option("care", "looked after, and on no child protection plan"),
    Option("both", "both"),
    Option("neither", "neither"),
)


def is_about_children(answers: Answers) -> bool:
    """Return whether the concern is about a child or several, and not about practice in general."""
    return not (answers.says("route", "practice") or answers.says("about", "theme"))


def is_about_practice(answers: Answers) -> bool:
    """Return whether the concern is about practice in general."""
    return not is_about_children(answers)


def until_more(answers: Answers) -> bool:
    """Return whether what is not among the six answers waits: until somebody wants to say more now."""
    return not answers.says("more", "more")


def waits_unless(id_: str, needed: Collection[str]) -> Condition:
    """Return the condition that a question waits: always, or until more is said where something due needs it."""
    return until_more if id_ in needed else always


def who_it_is_about(known: Known) -> tuple[Step, ...]:
    """Return the questions for the child's name, or for the practice it is about."""
    earlier = "\nA number is a child of an earlier case: what is known of them is used again." if known.children else ""
    name = Question(
        id="name",
        text="The child's full name?",
        kind="text",
        required=True,
        offered=tuple(Option(child.party, child.shown) for child in known.children),
        label="Name",
        help=f"First name and family name. It is kept here, on this computer.{earlier}",
    )
    return (
        Question(
            id="about",
            text="Is it about one or more children, or about practice in general?",
            kind="choice",
            options=(Option("children", "a child, or several"), Option("theme", "practice or a recurring issue")),
            waits=always,
            when=lambda answers: not answers.says("route", "practice"),
            label="A child, or practice in general",
        ),
        _children((name,)),
        Question(
            id="theme",
            text="Which practice or recurring issue?",
            kind="text",
            required=True,
            when=is_about_practice,
            label="Theme",
            help="In a few words, without naming a child or a family.",
            example="Strategy discussions held without schools",
        ),
    )


def _children(questions: tuple[Question, ...]) -> Group:
    return Group(
        id="children",
        title="Child",
        another="Is another child concerned?",
        another_waits=always,
        at_least=1,
        when=is_about_children,
        questions=questions,
    )


def more_of_children(known: Known, needed: Collection[str]) -> Group:
    """Return what else is asked of each child; of one who is known from an earlier case, only what may have changed."""
    familiar = {child.party for child in known.children}
    dated = {child.party for child in known.children if child.born_on}

    def is_new(answers: Answers) -> bool:
        return answers.text("name") not in familiar

    return _children(
        (
            Question(
                id="born_on",
                text="Date of birth?",
                kind="date",
                latest=known.today,
                near=False,
                when=lambda answers: answers.text("name") not in dated,
                waits=until_more,
                label="Date of birth",
                help="Two children may have one name: the date tells them apart. Day first: 3/5/2018.",
            ),
            Question(
                id="plan_or_care",
                text="Is the child on a child protection plan, or looked after?",
                kind="choice",
                options=PLAN_OR_CARE,
                when=lambda answers: not any(answers.is_known(id_) for id_, *_ in CHILD_FACTS),
                waits=until_more,
                label="Plan or care",
                help="A child protection plan is made by a conference. Looked after means in the care of the council. "
                "Whom the policy wants told may depend on it.",
            ),
            *(
                Question(
                    id=id_,
                    text=text,
                    kind="yes-no",
                    # At a terminal both are asked in one; a file, which is never asked for more, may say each.
                    when=lambda answers: not (answers.is_known("plan_or_care") or answers.is_known("more")),
                    waits=always,
                    label=f"{fact[:1].upper()}{fact[1:]}",
                )
                for id_, fact, text in CHILD_FACTS
            ),
            Question(
                id="address",
                text="Address?",
                kind="long",
                when=is_new,
                waits=waits_unless("address", needed),
                label="Address",
            ),
            Question(
                id="address_withheld",
                text="Must the address be withheld on forms?",
                kind="yes-no",
                waits=always,
                when=is_new,
                label="Address withheld",
                help='Forms then say "withheld, ask", and whom.',
            ),
            Question(
                id="parental_responsibility",
                text="Who has parental responsibility?",
                kind="text",
                when=is_new,
                waits=waits_unless("parental_responsibility", needed),
                label="Parental responsibility",
                help="The people who by law decide for the child: mostly the mother, often the father as well.",
            ),
            Question(
                id="reference",
                text="The child's reference in your records?",
                kind="text",
                when=is_new,
                waits=waits_unless("reference", needed),
                label="Reference",
            ),
        )
    )


def whom_it_is_with(known: Known, *, received: bool) -> tuple[Step, ...]:
    """Return the question for the agency on the other side."""
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
        )
    agency = Question(
        id="agency",
        text="With which agency do you disagree?",
        kind="text",
        required=True,
        offered=known.agencies,
        check=lambda value, _: _not_ours(str(value), known),
        label="Agency",
        help="The agency that decided, or should have. One that you have named before can be chosen by its number.",
    )
    return (_receiving((agency,)),)


def _receiving(questions: tuple[Question, ...]) -> Group:
    return Group(
        id="receiving",
        title="Receiving agency",
        another="Do you disagree with another agency as well?",
        another_waits=always,
        at_least=1,
        questions=questions,
    )


def more_of_the_other_side(known: Known, *, received: bool) -> tuple[Step, ...]:
    """Return what else is asked of whoever is on the other side, and on ours where ours is challenged."""
    post = "A name, and the post behind a comma: Sam Counterpart, social worker."
    if received:
        return (
            Question(
                id="raising_person",
                text="Who raised it?",
                kind="text",
                offered=known.people_elsewhere,
                waits=until_more,
                label="Raised by",
                help=post,
            ),
            Question(id="raising_role", text="In what post?", kind="text", waits=always, label="Post"),
            Question(
                id="their_reference",
                text="What is its reference there, if they gave you one?",
                kind="text",
                waits=until_more,
                label="Their reference",
                help="It is printed on their forms: a form of theirs that comes in is then known as this case's.",
            ),
            Question(
                id="our_counterpart",
                text="Whose decision in your agency is challenged?",
                kind="text",
                waits=until_more,
                label="Decided by",
            ),
        )
    person = Question(
        id="person",
        text="Who there made the decision, or is your counterpart?",
        kind="text",
        offered=known.people_elsewhere,
        waits=until_more,
        label="Counterpart",
        help=post,
    )
    return (
        _receiving(
            (
                person,
                Question(id="role", text="In what post?", kind="text", waits=always, label="Post"),
                Question(id="telephone", text="Their telephone?", kind="text", waits=always, label="Telephone"),
                Question(id="email", text="Their e-mail?", kind="text", waits=always, label="E-mail"),
            )
        ),
    )


def _not_ours(value: str, known: Known) -> str | None:
    own = {known.setup.agency, known.own_agency.casefold()} if known.setup else set()
    return "that is your own agency: its own procedure is the route for that" if value.casefold() in own else None
