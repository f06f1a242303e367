"""What stands beside an interview: the policy's guidance for the stage, and what would follow from the answers."""

from __future__ import annotations

from collections.abc import Callable

from escalate.ask.conversation import Beside
from escalate.casework.desk import Desk, OpenCase, Recorded
from escalate.core.answers import Answers
from escalate.core.forms.due import forms_due
from escalate.core.policy import follow

TryOut = Callable[[Desk, Answers], Recorded]


def beside(desk: Desk, opened: OpenCase, try_out: TryOut, *occasions: str) -> Beside:
    """Return the guidance for the stage a case is at, and the preview of what a use case would record.

    Args:
        try_out: the use case, to be tried upon a desk that keeps nothing.
        occasions: on which else to ask the policy what to keep in mind: "record", "resolve".
    """

    def guidance(_: Answers) -> str:
        from escalate.render.guidance import guidance_lines

        return "\n".join(guidance_lines(follow(opened.policy), opened.case.stage, *occasions))

    def preview(answers: Answers) -> str:
        return "\n".join(what_follows(desk, opened, try_out, answers))

    return Beside(guidance=guidance, preview=preview)


def what_follows(desk: Desk, opened: OpenCase, try_out: TryOut, answers: Answers) -> list[str]:
    """Return what would follow from these answers, a line for each thing: the next stage's people, dates, forms.

    Raises:
        EscalateError: it would be refused.
    """
    from escalate.casework.projection import rows_of
    from escalate.casework.rehearsing import forms_ahead, rehearsing
    from escalate.render.guidance import people_lines
    from escalate.render.preview import preview_lines

    with rehearsing(desk) as trial:
        after = try_out(trial, answers).after
    moved = after.case.stage != opened.case.stage
    rows = rows_of(after.case, after.policy, after.owed)
    before = rows_of(opened.case, opened.policy, opened.owed)
    forms = forms_ahead(desk, after) if moved or _standings(after) != _standings(opened) else ()
    people = people_lines(follow(after.policy), after.case.stage) if moved else ()
    lines = [*people, *preview_lines(rows, before.items, forms, desk.today)]
    return ["What will follow:", *lines] if lines else []


def _standings(opened: OpenCase) -> list[str]:
    return [due.standing for due in forms_due(opened.case, follow(opened.policy))]
