"""`escalate advance`: how this stage ended, and the next."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.ask.scripts.advancing import advance_script
from escalate.casework import climbing
from escalate.casework.desk import Desk, OpenCase, Recorded
from escalate.casework.messaging import message_words
from escalate.cli.forms_now import write_forms_due
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import beside
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import finish, known_at, open_desk, say_message
from escalate.core.answers import Answers
from escalate.core.forms.due import forms_due
from escalate.core.logged import is_logged
from escalate.core.policy import follow
from escalate.errors import CannotDecide, SomeoneWasFirst
from escalate.render.console import Screen
from escalate.render.policy_words import say_constraint

At = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="STAGE", help="Refuse unless the case is at this stage: for scripts that may run twice."
    ),
]


def command(
    reference: Reference,
    source: Source = None,
    at: At = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Say how this stage ended with each agency; unless all is resolved, the case enters the next stage.

    Going up is never refused: what is missing becomes owed, and a stage passed over is recorded as a departure.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        _must_be_open(opened)
        if at is not None and at != opened.case.stage:
            is_at, not_at = opened.policy.say_stage(opened.case.stage), opened.policy.say_stage(at)
            raise SomeoneWasFirst(
                f"case {opened.case.reference} is at {is_at}, not at {not_at}",
                remedy=f"to see what happened: escalate show {opened.case.reference}",
                recorded="",
            )
        seen = opened.case.last_sequence

        def advanced(trial: Desk, given: Answers) -> Recorded:
            return climbing.advance(trial, stream, given, seen)

        script = advance_script(opened.case, follow(opened.policy), known_at(desk), opened.owed)
        asked = Interviewer(desk, "advance", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, advanced, "resolve"))
        recorded = climbing.advance(desk, stream, answers, seen, draft)
        if not as_json and recorded.after.case.stage != opened.case.stage:
            _next_stage(Screen.here(plain=plain), desk, recorded)
        finish(desk, recorded, plain=plain, as_json=as_json, next_commands=_next_commands(recorded))
    write_forms_due(recorded.after, source, plain=plain, as_json=as_json)


def _must_be_open(opened: OpenCase) -> None:
    if opened.case.state != "open":
        raise CannotDecide(
            f"case {opened.case.reference} has ended",
            remedy=f"if it must go on: escalate reopen {opened.case.reference}",
            recorded="",
        )


def _next_stage(screen: Screen, desk: Desk, recorded: Recorded) -> None:
    case, policy = recorded.after.case, follow(recorded.after.policy)
    stage = policy.stage_of(case.stage)
    if stage is None:
        return
    screen.heading(stage.title)
    how = f"; {stage.how}" if stage.how else ""
    screen.say(f"Between {stage.between[0]} and {stage.between[1]}{how}.", indent=2)
    if stage.stand_in:
        screen.say(f"Instead: {stage.stand_in}.", indent=2)
    for constraint in policy.constraint:
        if constraint.stage == stage.id:
            screen.say(f"{say_constraint(constraint)} ({constraint.clause})", indent=2, hang=2)
    for gap in policy.to_fill_in:
        if gap.stage == stage.id and not gap.answer:
            screen.say(f"The policy leaves this open: {gap.asks} ({gap.clause})", indent=2, hang=2)
    for prompt in policy.prompts_at(stage.id):
        screen.say(f"{prompt.says} ({prompt.clause})", indent=2, hang=2)
    for due in forms_due(case, policy):
        if due.standing != "not asked for":
            screen.say(f"Form {due.standing}: {due.use.title}, to {due.use.to} ({due.use.clause})", indent=2, hang=2)
    if is_logged(case):
        screen.say("What the agencies owe at it is theirs: ask them. No message is drafted for them here.", indent=2)
    else:
        say_message(screen, "escalate", message_words(desk, recorded.after), desk.home)
    screen.gap()


def _next_commands(recorded: Recorded) -> tuple[str, ...]:
    reference = recorded.after.case.reference
    if is_logged(recorded.after.case):
        return (f"escalate show {reference}", "escalate due")
    if recorded.after.case.state != "open":
        return (f"escalate export {reference} --confirmation", f"escalate show {reference}")
    owed = [due for due in forms_due(recorded.after.case, follow(recorded.after.policy)) if due.standing == "owed"]
    verb = "export" if owed else "record"
    return (f"escalate {verb} {reference}", "escalate due")
