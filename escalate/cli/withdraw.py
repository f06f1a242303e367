"""`escalate withdraw`."""

from __future__ import annotations

from escalate.ask.scripts.advancing import withdraw_script
from escalate.casework import climbing
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Withdraw the escalation: who wanted that, why, and which manager knows.

    What the case holds stays in the record; agreed actions stay on `escalate due`.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = withdraw_script(opened.case, known_at(desk))
        answers, draft = Interviewer(desk, "withdraw", source, plain=plain).answers(script, stream)
        recorded = climbing.withdraw(desk, stream, answers, opened.case.last_sequence, draft)
        finish(desk, recorded, plain=plain, as_json=as_json)
