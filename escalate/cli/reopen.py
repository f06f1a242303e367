"""`escalate reopen`."""

from __future__ import annotations

from escalate.ask.scripts.advancing import reopen_script
from escalate.casework import climbing
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, open_desk


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Open a case again, at the stage it was at and with its first date.

    Its dates are those of the first concern: reopening gives nobody more time.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = reopen_script()
        answers, draft = Interviewer(desk, "reopen", source, plain=plain).answers(script, stream)
        recorded = climbing.reopen(desk, stream, answers, opened.case.last_sequence, draft)
        finish(desk, recorded, plain=plain, as_json=as_json)
