"""`escalate agree`: a date proposed or agreed."""

from __future__ import annotations

from escalate.ask.scripts.doing import agree_script
from escalate.casework import recording
from escalate.casework.desk import Desk, Recorded
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk
from escalate.core.answers import Answers


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Record a date that was proposed or agreed for something owed.

    An earlier date governs from now on. A later one is kept beside the policy's own, with its reason and what keeps
    the child safe until then; the case still shows as past the policy's date.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        script = agree_script(opened.case, opened.owed, known_at(desk))

        def agreed(trial: Desk, given: Answers) -> Recorded:
            return recording.agree(trial, stream, given)

        asked = Interviewer(desk, "agree", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, agreed))
        finish(desk, recording.agree(desk, stream, answers, draft), plain=plain, as_json=as_json)
