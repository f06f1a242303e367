"""Whom a concern is about: asked first by name alone, and further for whoever says more."""

from __future__ import annotations

from collections.abc import Collection

from escalate.ask.question import Condition, Group, Option, Question, Step, always
from escalate.ask.scripts.known import ChildKnown, Known
from escalate.core.answers import Answers, Value
from escalate.core.folded_text import bare
from escalate.core.references import initials

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


_OTHERS = "Listed are the children of your latest cases. Any other child: write the name."


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
        offered=tuple(map(_offered, known.children)),
        label="Name",
        notice=_OTHERS if known.has_more_children else "",
        asks="a name",
        check=lambda value, answers: _is_in_the_case(known, value, answers),
        doubt=lambda value, answers: _is_named_like(known, value, answers),
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
            help="Practice is what happens again and again, to no one child alone: the record then names no child.",
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


def _is_in_the_case(known: Known, value: Value, answers: Answers) -> str | None:
    """Return that this is one of the case's own children already: it would count, and be written of, twice.

    Of a child of an earlier case it is enough that the name is the same: whoever means another of that name chose or
    typed the first.
    """
    names = {child.party: bare(child.name) for child in known.children}
    said = str(value)
    for number, child in enumerate(answers.entries("children"), 1):
        before = child.text("name")
        # Two children of earlier cases are two, whatever their names.
        is_same_name = names.get(said, bare(said)) == names.get(before, bare(before))
        if before and (said == before or (is_same_name and not (said in names and before in names))):
            return f"this is child {number} of the case already: name another child, or go back and say no"
    return None


def _offered(child: ChildKnown) -> Option:
    """Return a child of an earlier case as an option: the initials alone, with the birth, or the reference name it.

    The full name does not: another child may have it, so that it is asked back.
    """
    with_birth = child.shown.partition(" (")[0]
    return Option(child.party, child.shown, words=(child.called, with_birth, child.case))


def _is_named_like(known: Known, value: Value, answers: Answers) -> str:
    """Return that a child of this case has these initials, or one of an earlier case this name; "" otherwise."""
    said = bare(str(value))
    called = {child.party: child.called for child in known.children}
    for number, entry in enumerate(answers.entries("children"), 1):
        before = entry.text("name")
        if said and said == bare(called.get(before) or initials(before)):
            return f"Child {number} of this case has these initials. Is this another child?"
    for child in known.children:
        if said in (bare(child.name), bare(child.called)) and said:
            what = "of this name" if said == bare(child.name) else "with these initials"
            return f"A child {what} is in {child.case}: for that child, type its number. Is this another one?"
    return ""


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

    called = {child.party: child.called for child in known.children}

    def whose(answers: Answers) -> str:
        name = answers.text("name")
        return called.get(name) or initials(name).replace("?", "")

    def is_new(answers: Answers) -> bool:
        return answers.text("name") not in familiar

    return _children(
        (
            Question(
                id="born_on",
                text="Date of birth?",
                kind="date",
                latest=known.today,
                asks="a birth",
                whose=whose,
                when=lambda answers: answers.text("name") not in dated,
                waits=until_more,
                label="Date of birth",
                help="Two children may have one name: the date tells them apart. Day first, with its year: 3/5/2018. "
                "Of a child not born yet, leave it open.",
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
                    help="Whom the policy wants told may depend on it. Leave it open where nobody knows yet.",
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
                help="Where the child lives now. It stands on forms that ask for it, unless it is withheld.",
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
                asks="who",
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
                help="The number your agency's own system has for the child. Forms print it beside the name.",
            ),
        )
    )
