"""What somebody accepted of a form that came in: from the answers about its differences to the words that stand.

The keys of these answers are `how`, `field_ID`, `words_ID` and `not_placed_N`; before them, of a form that leaves them
open, `child` (a place in the case, or `ANOTHER_CHILD`) with `child_name`, and `risen_to` (a stage, or `NOT_RISEN`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.events import PartyNamed
from escalate.core.forms.returned import Difference, ReturnedForm, printed
from escalate.core.policy import Policy

LEAVE, TAKE, OTHER, KEEP, READING = "leave", "take", "other words", "keep", "reading "
ANOTHER_CHILD, NOT_RISEN = "another", "no"
AS_PROPOSED, ONE_BY_ONE, NONE = "as proposed", "one by one", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A form beside a case; `case` is None for one that is to be logged.

    `issue` is the issue of ours it came of, "" where it is none; `stage` the one it is about; `risen_to` the higher one
    that a logged case has reached, as the form says or, of those in `may_rise_to`, a person. `child` is the opaque id
    of the one it is about, `added` that child where the case does not have it yet. `children` are those it may be about
    where the form leaves it open: until somebody has said which, there are no differences. `names_another`: it names
    a child that is none of them.
    """

    form: ReturnedForm
    case: Case | None
    policy: Policy
    stage: str
    risen_to: str = ""
    may_rise_to: tuple[str, ...] = ()
    issue: str = ""
    child: str = ""
    added: PartyNamed | None = None
    children: tuple[str, ...] = ()
    names_another: bool = False
    differences: Sequence[Difference] = ()

    @property
    def before(self) -> str:
        """What to call what the form said before: sent by us, or, of a case we logged, what came in last."""
        return "last time" if self.case is None or self.case.raised.our_side == "partnership" else "sent"

    @property
    def to_weigh(self) -> tuple[Difference, ...]:
        """What a person may take all the same, though a newer form came in."""
        return tuple(one for one in self.differences if one.is_older)

    @property
    def to_take(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.proposed == "take")


def stands(one: Difference, about: About, answers: Answers) -> bool:
    """Return whether what came back in this field, or other words for it, stands from now on."""
    if one.proposed == "take" and (about.case is None or answers.says("how", AS_PROPOSED)):
        return True
    return answers.text(f"field_{one.field.id}") not in ("", LEAVE)


def taken(about: About, answers: Answers) -> dict[str, str]:
    """Return what stands from now on, by field id; words that stood in no field follow those of the field chosen."""
    found = {one.field.id: _words(one, answers) for one in about.differences if stands(one, about, answers)}
    now: Mapping[str, str] = {one.field.id: one.now for one in about.differences}
    for number, words in enumerate(about.form.not_placed, 1):
        place = answers.text(f"not_placed_{number}")
        if place not in ("", KEEP):
            before = found.get(place, now.get(place, ""))
            found[place] = f"{before}\n{words}" if before.strip() else words
    return {one.field.id: printed(one.field, found[one.field.id]) for one in about.differences if one.field.id in found}


def kept_beside(about: About, answers: Answers) -> tuple[str, ...]:
    """Return the words of the form that stand in no field in the end: those not placed, other readings."""
    left = [
        words
        for number, words in enumerate(about.form.not_placed, 1)
        if answers.text(f"not_placed_{number}") in ("", KEEP)
    ]
    for read in about.form.fields.values():
        left += [words for words in read.readings[1:] if words.strip() and words not in left]
    return tuple(left)


def _words(one: Difference, answers: Answers) -> str:
    said = answers.text(f"field_{one.field.id}")
    if said == OTHER:
        return answers.text(f"words_{one.field.id}")
    if said.startswith(READING):
        return one.returned.readings[int(said.removeprefix(READING)) - 1]
    return one.returned.text
