"""`escalate do`: what became of a duty or an agreed action."""

from __future__ import annotations

from escalate.ask.scripts.doing import can_be_done, do_script
from escalate.casework import recording
from escalate.casework.desk import Desk, Recorded
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk
from escalate.core.answers import Answers
from escalate.errors import CannotDecide


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Say what became of a duty or an agreed action: done (to whom, how, when), or not applicable and why.

    `escalate show REF` lists what is owed with the name each item has here.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        if not can_be_done(opened.owed, desk.today):
            raise CannotDecide(
                f"case {opened.case.reference}: no duty or action is open",
                remedy=f"to see the case: escalate show {opened.case.reference}",
                recorded="",
            )
        script = do_script(opened.case, opened.owed, known_at(desk))

        def done(trial: Desk, given: Answers) -> Recorded:
            return recording.do(trial, stream, given)

        asked = Interviewer(desk, "do", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, done, "record"))
        finish(desk, recording.do(desk, stream, answers, draft), plain=plain, as_json=as_json)
