"""What became of a learning point: given to somebody, taken to a group, closed, dropped or opened again."""

from __future__ import annotations

from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.learning import OfPoint, point_numbered, refuse_impossible
from escalate.core.views import LearningRow


def follow_up(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Recorded:
    """Record what became of one learning point of a case.

    Raises:
        NotFound: the case has no such point.
        CannotDecide: the point is ended, or not; the day is before it was identified, or after today.
    """
    on = answers.day("on") or desk.today

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        point = point_numbered(opened.case, int(answers.text("point")))
        fact = _became(point, answers)
        refuse_impossible(opened.case, point, fact, on)
        return deciding.record(opened.case, (Decided(fact=fact, on=on),), desk.today)

    return desk.decide(stream, decide, draft=draft)


def _became(point: LearningRow, answers: Answers) -> OfPoint:
    said = answers.text
    match said("what"):
        case "owner":
            return e.LearningGiven(point=point.key, owner=said("owner"), note=said("note"))
        case "taken":
            return e.LearningTaken(point=point.key, group=said("group"), decided=said("decided"))
        case "closed":
            return e.LearningClosed(point=point.key, changed=said("changed"))
        case "dropped":
            return e.LearningDropped(point=point.key, reason=said("reason"))
        case _:
            return e.LearningReopened(point=point.key, reason=said("reason"))
