"""What stands beside the interview of `raise`: the policy's guidance, and what would follow from the answers."""

from __future__ import annotations

from escalate.ask.conversation import Beside
from escalate.casework.desk import Desk
from escalate.casework.raising import policy_named, raise_concern
from escalate.casework.raising_aids import RaisingAids
from escalate.casework.raising_alike import open_already
from escalate.core.answers import Answers
from escalate.core.policy import Policy, follow


def ahead_of_raising(desk: Desk, aids: RaisingAids, *, received: bool) -> Beside:
    """Return the guidance for the stage that a case opens at, and the preview of what raising it would bring."""

    def policy(answers: Answers) -> Policy:
        return policy_named(answers.text("policy") or desk.setup().policy)

    def guidance(answers: Answers) -> str:
        from escalate.render.guidance import guidance_lines

        read = follow(policy(answers))
        return "\n".join(guidance_lines(read, read.opened_at(at_risk=answers.says("risk", "yes")), "raise"))

    def preview(answers: Answers) -> str:
        return "\n".join(_what_follows(desk, aids, answers, policy(answers), received=received))

    return Beside(guidance=guidance, preview=preview)


def _what_follows(desk: Desk, aids: RaisingAids, answers: Answers, policy: Policy, *, received: bool) -> list[str]:
    """Return by which policy it goes, whether it is late, what would follow, and what is not said yet.

    Raises:
        EscalateError: it would be refused.
    """
    from escalate.casework.projection import rows_of
    from escalate.casework.rehearsing import forms_ahead, rehearsing
    from escalate.core.unsaid import unsaid
    from escalate.render.late_words import say_late
    from escalate.render.preview import not_said_lines, preview_lines

    with rehearsing(desk) as trial:
        after = raise_concern(trial, answers, received=received).after
    header = policy.policy
    before = open_already(desk, after.case)
    lines = [f"A case like it is open already: {before}", ""] if before else []
    lines += [f"Policy: {header.partnership}, edition {header.edition}, for the area where the child lives."]
    if not answers.is_known("policy"):
        lines.append("  The child lives elsewhere? Type + and choose the policy of that area.")
    late = None if received else aids.late_in(after)
    if late:
        lines.append(say_late(late.first_on, late.stage, late.next_on))
    rows = rows_of(after.case, after.policy, after.owed)
    lines += preview_lines(rows, (), forms_ahead(desk, after), desk.today)
    return [*lines, *not_said_lines(unsaid(after.case))]
