"""Between whom a concern is: the agency first, by name alone, and its people for whoever says more."""

from __future__ import annotations

from escalate.ask.question import Group, Question, Step, always
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.naming_agencies import is_known_already
from escalate.ask.scripts.raising_people import until_more

_WHO = "A name, and the post behind a comma: Sam Counterpart, social worker."


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
                asks="a name",
                check=lambda value, _: _not_ours(str(value), known),
                doubt=lambda value, answers: is_known_already(known, value, answers),
                label="Raised by the agency",
                help="The agency that disagrees with yours. One named before can be chosen by its number.",
            ),
        )
    agency = Question(
        id="agency",
        text="With which agency do you disagree?",
        kind="text",
        required=True,
        offered=known.agencies,
        asks="a name",
        check=lambda value, _: _not_ours(str(value), known),
        doubt=lambda value, answers: is_known_already(known, value, answers),
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
    if received:
        return (
            Question(
                id="raising_person",
                text="Who raised it?",
                kind="text",
                offered=known.people_elsewhere,
                waits=until_more,
                asks="a name",
                label="Raised by",
                help=_WHO,
            ),
            _post("raising_role"),
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
                asks="who",
                label="Decided by",
                help=_WHO,
            ),
        )
    person = Question(
        id="person",
        text="Who there made the decision, or is your counterpart?",
        kind="text",
        offered=known.people_elsewhere,
        waits=until_more,
        asks="a name",
        label="Counterpart",
        help=_WHO,
    )
    return (
        _receiving(
            (
                person,
                _post("role"),
                Question(
                    id="telephone",
                    text="Their telephone?",
                    kind="text",
                    waits=always,
                    label="Telephone",
                    help="Where you reach them: it stands beside their name when the case is opened.",
                ),
                Question(
                    id="email",
                    text="Their e-mail?",
                    kind="text",
                    waits=always,
                    label="E-mail",
                    help="Where you write to them: it stands beside their name when the case is opened.",
                ),
            )
        ),
    )


def _post(id_: str) -> Question:
    return Question(
        id=id_,
        text="In what post?",
        kind="text",
        waits=always,
        label="Post",
        help="What they do there, such as team manager. A post stays when its holder goes.",
    )


def _not_ours(value: str, known: Known) -> str | None:
    is_own = known.is_own_agency(value)
    return "that is your own agency: its own procedure is the route for that" if is_own else None
