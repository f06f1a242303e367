"""`escalate receive` of a form whose case is not known here and is put to our agency: the case is opened from it."""

from __future__ import annotations

from datetime import date

from escalate.ask.beside import Beside
from escalate.ask.progress import Progress
from escalate.ask.proposals import foreseen
from escalate.casework.desk import Desk
from escalate.casework.raising import raise_concern
from escalate.casework.raising_aids import RaisingAids
from escalate.casework.receiving import Looked, look_at
from escalate.casework.receiving_opening import (
    begun_with,
    first_entry_of,
    known_for_sure,
    origin_of,
    own_agency,
    perhaps_of,
    stage_ahead,
)
from escalate.cli.interviewing import Interviewer, typed_one_of
from escalate.cli.raising import say_raised, script_of_raising
from escalate.cli.raising_ahead import ahead_of_raising
from escalate.core.answers import Answers
from escalate.core.forms.challenge import WALKED
from escalate.errors import Interrupted
from escalate.render.console import Screen

_VERB = "raise --received"


def is_to_be_opened(desk: Desk, looked: Looked, screen: Screen) -> bool:
    """Ask whether a case is to be opened from the form that was just shown, as a concern put to our agency."""
    screen.gap()
    for reference, whom in perhaps_of(desk, looked):
        screen.say(f"Perhaps it is of {reference}, about {whom}, which is open here: then 2.", indent=2, hang=2)
    ours = own_agency(desk)
    screen.say(f"1  it was raised with your agency, {ours}: open its case from what it says", indent=2, hang=3)
    screen.say("2  it is of a case that is here, or is to be logged for a partnership, or left aside", indent=2, hang=3)
    return typed_one_of("1", "2") == "1"


def open_from(desk: Desk, looked: Looked, screen: Screen, *, plain: bool) -> Looked:
    """Hold the interview of `raise --received` with what the form says filled in; return the form with its new case.

    Raises:
        Interrupted: the person left; the answers are kept as a draft, and nothing is recorded.
        RouteOut: another route applies; nothing is kept.
        SomeoneWasFirst: a case was opened from it meanwhile.
    """
    said = begun_with(desk, looked)
    standing = Answers((key, value) for key, value in said.items() if key not in WALKED)
    walked = Answers((key, value) for key, value in said.items() if key in WALKED)
    aids = RaisingAids(desk)
    ahead = ahead_of_raising(desk, aids, received=True)
    interviewer = Interviewer(desk, _VERB, None, plain=plain)
    interviewer.first_entry = first_entry_of(desk, origin_of(looked))
    screen.gap()
    screen.say("What the form says is filled in: Enter keeps it, and you see everything before it is recorded.")
    above = stage_ahead(desk, looked)
    if above:
        screen.say(above)
    try:
        answers, draft = interviewer.answers(
            script_of_raising(desk, aids, received=True),
            origin_of(looked),
            beside=Beside(
                ahead.guidance,
                lambda said: "\n".join(filter(None, (above, ahead.preview(said)))),
                filled=Progress(standing, walked).draft(),
            ),
        )
    except Interrupted as left:
        left.remedy = (
            f"{left.remedy}, or with escalate resume; the form is not recorded yet: once its case is,"
            " receive it again, and it is known as that case's"
        )
        raise
    recorded = raise_concern(desk, answers, received=True, draft=draft)
    reference = recorded.after.case.reference
    if higher := stage_ahead(desk, looked, recorded.after.case.stage):
        screen.say(higher)
    say_raised(desk, recorded, (f"escalate show {reference}",), plain=plain, as_json=False)
    return known_for_sure(look_at(desk, looked.content, looked.form, reference))


def questions_ahead(desk: Desk, looked: Looked) -> dict[str, object]:
    """Return for --json what would be asked to open the case from the form, with what the form says to each."""
    script = script_of_raising(desk, RaisingAids(desk), received=True)
    places = foreseen(script, begun_with(desk, looked))
    asked = [
        {
            "key": place.question.key,
            "question": place.question.text,
            "required": place.question.required,
            "says": place.value.isoformat() if isinstance(place.value, date) else place.value,
        }
        for place in places
    ]
    return {"command": "escalate raise --received --from answers.toml", "asks": asked}


def left_with_its_case(left: Interrupted, looked: Looked) -> Interrupted:
    """Return the error of somebody who left once the case was recorded, and before the form was kept with it."""
    reference = looked.whose.opened.case.reference if looked.whose.opened else ""
    left.recorded = f"Case {reference} is recorded; the form is not kept with it yet: receive it again."
    return left
