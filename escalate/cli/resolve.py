"""`escalate resolve`."""

from __future__ import annotations

from escalate.ask.scripts.advancing import resolve_script
from escalate.casework import climbing
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Record what was agreed with every agency, and what has changed for the child.

    It stays on `escalate due` until each agreed action is checked.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = resolve_script(opened.case, opened.policy, known_at(desk))
        answers, draft = Interviewer(desk, "resolve", source, plain=plain).answers(script, stream)
        recorded = climbing.resolve(desk, stream, answers, opened.case.last_sequence, draft)
        finish(desk, recorded, plain=plain, as_json=as_json)
