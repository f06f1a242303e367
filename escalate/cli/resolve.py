"""`escalate resolve`."""

from __future__ import annotations

from escalate.ask.scripts.advancing import resolve_script
from escalate.casework import climbing
from escalate.casework.desk import Desk, Recorded
from escalate.cli.forms_now import write_forms_due
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk
from escalate.core.answers import Answers
from escalate.core.deciding import must_be_open
from escalate.core.policy import follow


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Record what was agreed with every agency, and what has changed for the child.

    It stays on `escalate due` until each agreed action is checked.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        must_be_open(opened.case)
        seen = opened.case.last_sequence

        def resolved(trial: Desk, given: Answers) -> Recorded:
            return climbing.resolve(trial, stream, given, seen)

        script = resolve_script(opened.case, follow(opened.policy), known_at(desk))
        asked = Interviewer(desk, "resolve", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, resolved, "resolve"))
        recorded = climbing.resolve(desk, stream, answers, seen, draft)
        finish(desk, recorded, plain=plain, as_json=as_json)
    write_forms_due(recorded.after, source, plain=plain, as_json=as_json)
