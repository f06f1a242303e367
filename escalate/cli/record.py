"""`escalate record`: a discussion or a fact."""

from __future__ import annotations

from escalate.ask.scripts.recording import record_script
from escalate.casework import recording
from escalate.casework.desk import Desk, Recorded
from escalate.casework.details import details_of
from escalate.casework.messaging import owes_follow_up
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk
from escalate.core import events as e
from escalate.core.answers import Answers


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Record a discussion or a fact: who was told, what was said and agreed, what is known of the situation.

    Recording is not telling: a duty to tell somebody closes only on to whom, how and when.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = record_script(opened.case, opened.policy, known_at(desk), details_of(opened, desk.home))

        def noted(trial: Desk, given: Answers) -> Recorded:
            return recording.record(trial, stream, given)

        asked = Interviewer(desk, "record", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, noted, "record"))
        recorded = recording.record(desk, stream, answers, draft)
        finish(desk, recorded, plain=plain, as_json=as_json, next_commands=_next_commands(recorded))


def _next_commands(recorded: Recorded) -> tuple[str, ...]:
    """Return what to type next: where somebody was told by word of mouth, the letter that follows it up."""
    reference = recorded.after.case.reference
    was_told = any(isinstance(event.fact, e.CounterpartTold) for event in recorded.events)
    follow_up = (f"escalate export {reference} --follow-up",) if was_told and owes_follow_up(recorded.after) else ()
    return (*follow_up, f"escalate show {reference}")
