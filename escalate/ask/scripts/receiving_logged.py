"""What a form leaves open that must be known before it is put beside its case: about which child it is, which stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.ask.question import Option, Question, answered
from escalate.core.case import Case
from escalate.core.events import PartyNamed
from escalate.core.forms.accepted import ANOTHER_CHILD, NOT_RISEN, About
from escalate.core.forms.dates import format_form_date
from escalate.core.forms.logged import child_said, days_said
from escalate.core.logged import is_logged, risen_no_sooner_than
from escalate.core.references import initials


def child_questions(about: About, *, adds_children: bool) -> tuple[Question, ...]:
    """Return which child the form is about, where it leaves that open; of a logged case, perhaps one child more.

    Args:
        adds_children: another child is proposed where the form names one that is none of the case's.
    """
    if not about.children or about.case is None:
        return ()
    options = [Option(str(place), _told_apart(place, about.case)) for place in range(1, len(about.children) + 1)]
    if not is_logged(about.case):
        return (_which(options),)
    options.append(Option(ANOTHER_CHILD, "another child of this case"))
    proposed = ANOTHER_CHILD if about.names_another and adds_children else ""
    notice = "The child named on it is none of those that this case has." if about.names_another else ""
    another = Question(
        id="child_name",
        text="Which other child is it about, as the form says?",
        kind="text",
        required=True,
        default=child_said(about.form),
        when=answered("child", ANOTHER_CHILD),
        help="The child is added to the case, with the date of birth on the form.",
        label="The other child",
    )
    return _which(options, proposed, notice), another


def _which(options: Sequence[Option], proposed: str = "", notice: str = "") -> Question:
    which = "; ".join(f"{option.value}: {option.label}" for option in options)
    return Question(
        id="child",
        text=f"About which child is it? ({which})",
        kind="choice",
        options=tuple(options),
        required=True,
        default=proposed,
        notice=notice,
        label="Child",
        help="The form leaves it open, or names nobody that this case has. Its words are kept with that child.",
    )


def _told_apart(place: int, case: Case) -> str:
    """Return a child's initials; where another has the same, with the date of birth or the place in the case."""
    party = case.raised.children[place - 1]
    child = case.parties.get(party)
    if child is None:
        return f"child {place} of the case, name removed"
    called = initials(child.name)
    alike: list[PartyNamed] = [one for one in case.children if one.party != party and initials(one.name) == called]
    if not alike:
        return called
    if child.born_on and all(one.born_on != child.born_on for one in alike):
        return f"{called}, born on {format_form_date(child.born_on)}"
    return f"{called}, child {place} of the case"


def risen_questions(about: About, today: date) -> tuple[Question, ...]:
    """Return whether a logged case has reached a higher stage, where the form leaves it open, and on which day."""
    case, policy = about.case, about.policy
    if case is None:
        return ()
    said, last = days_said(about.form)["stage_on"], risen_no_sooner_than(case)
    found: list[Question] = []
    if about.may_rise_to:
        found.append(_may_have_risen(about, case))
        # The day on the form is that of the stage it is known to be at, unless it lies after that.
        said = said if said and said > last else None
    if about.risen_to:
        stage = policy.say_stage(about.risen_to)
        says = f"It says that the case has reached {stage}. On which day?"
        found.append(
            Question(
                id="risen_on",
                text=f"On which day did it reach {stage}?" if about.may_rise_to else says,
                kind="date",
                required=True,
                default=said.isoformat() if said else "",
                earliest=last,
                latest=today,
                label=f"Reached {stage} on",
                help="The day on which whoever acts there was asked, as the form says. What is owed there is "
                "counted from then.",
            )
        )
    return tuple(found)


def _may_have_risen(about: About, case: Case) -> Question:
    policy = about.policy
    titles = {stage.id: stage.title for stage in policy.stage}
    return Question(
        id="risen_to",
        text=f"Has it moved up since? It stands at {policy.say_stage(case.stage)} here.",
        kind="choice",
        options=(
            Option(NOT_RISEN, "no, as far as is known"),
            *(Option(stage, titles[stage]) for stage in about.may_rise_to),
        ),
        required=True,
        default=NOT_RISEN,
        help=f"The form says no {policy.policy.called}; what a higher one asks for counts from the day it got there.",
        label="Has moved up",
    )
