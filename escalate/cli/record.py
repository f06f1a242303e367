"""`escalate record`: a discussion or a fact."""

from __future__ import annotations

from escalate.ask.scripts.recording import record_script
from escalate.casework import recording
from escalate.casework.details import details_of
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Record a discussion or a fact: who was told, what was said and agreed, what is known of the situation.

    Recording is not telling: a duty to tell somebody closes only on to whom, how and when.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = record_script(opened.case, opened.policy, known_at(desk), details_of(opened, desk.home))
        answers, draft = Interviewer(desk, "record", source, plain=plain).answers(script, stream)
        finish(desk, recording.record(desk, stream, answers, draft), plain=plain, as_json=as_json)
