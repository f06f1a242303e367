"""`escalate withdraw`."""

from __future__ import annotations

from escalate.ask.scripts.advancing import withdraw_script
from escalate.casework import climbing
from escalate.casework.desk import Desk, Recorded
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk
from escalate.core.answers import Answers
from escalate.core.deciding import must_be_open


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Withdraw the escalation: who wanted that, why, and which manager knows.

    What the case holds stays in the record. Agreed actions stay on `escalate due`, and so does what the policy asks
    because of what has happened, such as a discussion to be put on file: it says which, and why.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        must_be_open(opened.case)
        seen = opened.case.last_sequence

        def withdrawn(trial: Desk, given: Answers) -> Recorded:
            return climbing.withdraw(trial, stream, given, seen)

        script = withdraw_script(opened.case, opened.policy, known_at(desk))
        asked = Interviewer(desk, "withdraw", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, withdrawn))
        recorded = climbing.withdraw(desk, stream, answers, seen, draft)
        finish(desk, recorded, plain=plain, as_json=as_json)
