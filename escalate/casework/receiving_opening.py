"""A form of a case that is not known here and is put to our agency: whether it may be, what its case begins with."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from escalate.casework.desk import Desk
from escalate.casework.raising import THEIR_CASE
from escalate.casework.receiving import Looked, look_at, policy_for
from escalate.core.answers import Answers
from escalate.core.folded_text import are_alike
from escalate.core.forms.challenge import challenge_said
from escalate.core.forms.logged import agencies_said, child_said, stage_said
from escalate.core.references import initials
from escalate.store.drafts_left import recorded_as
from escalate.store.readers import rows

_AT_MOST = 9


def may_be_put_to_us(desk: Desk, looked: Looked) -> bool:
    """Return whether the form may be of a case that is not known here and was raised with our agency.

    It is not where the form says that our agency raised it, nor in a partnership's record, whose cases are all logged.
    """
    if looked.whose.opened is not None:
        return False
    ours = own_agency(desk)
    if any(are_alike(ours, one) for one in (agencies_said(looked.form)[0], looked.form.definition.partnership)):
        return False
    with desk.reading() as con:
        is_logging = rows(con, "SELECT 1 FROM case_view WHERE our_side = 'partnership' LIMIT 1", ())
        is_of_a_side = rows(con, "SELECT 1 FROM case_view WHERE our_side <> 'partnership' LIMIT 1", ())
    return bool(is_of_a_side or not is_logging)


def own_agency(desk: Desk) -> str:
    """Return what our agency is called; raises NotFound where setup has not been run."""
    agency = desk.setup().agency
    return next((one.name for one in desk.known_parties() if one.party == agency), "")


def begun_with(desk: Desk, looked: Looked) -> Answers:
    """Return the answers of `raise --received` as the form gives them; the policy where it is not setup's own."""
    policy = policy_for(desk, looked.form)
    said = challenge_said(looked.form, policy, desk.today)
    return said if policy.name == desk.setup().policy else said.having("policy", policy.name)


def stage_ahead(desk: Desk, looked: Looked, stage: str = "") -> str:
    """Return, as sentences, that the form says a higher stage than its case is opened at; "" where it says none.

    Args:
        stage: the one it is opened at; "" for the policy's first.
    """
    policy = policy_for(desk, looked.form)
    at, said = stage or policy.opened_at(at_risk=False), stage_said(looked.form, policy)
    if not said or not policy.is_above(said, at):
        return ""
    return (
        f"The form says {policy.say_stage(said)}: that is asked next, once the case is recorded."
        f" Until then, what is owed is that of {policy.say_stage(at)}."
    )


def origin_of(looked: Looked) -> str:
    """Return what tells the form's case from others: its own id where it was raised, or else this very file."""
    form = looked.form
    return form.case if THEIR_CASE.fullmatch(form.case) else f"file-{looked.digest[:24]}"


def first_entry_of(desk: Desk, origin: str) -> str:
    """Return the id that the first entry of a case opened from this origin has: it cannot be opened twice."""
    return f"event-{hashlib.sha256(f'{desk.chain} {origin}'.encode()).hexdigest()[:32]}"


def as_opened(desk: Desk, looked: Looked) -> Looked:
    """Return the form with the case that was opened from it here before; as it was where there is none."""
    if looked.whose.opened is not None:
        return looked
    with desk.reading() as con:
        reference = recorded_as(con, first_entry_of(desk, origin_of(looked)))
    return look_at(desk, looked.content, looked.form, reference) if reference else looked


def known_for_sure(looked: Looked) -> Looked:
    """Return the form as one whose case nobody need be asked for: somebody has just opened it from this form."""
    return replace(looked, whose=replace(looked.whose, is_sure=True, doubts=()))


def perhaps_of(desk: Desk, looked: Looked) -> tuple[tuple[str, str], ...]:
    """Return the latest open cases about a child of the same initials, as (reference, initials), to be offered."""
    child = child_said(looked.form)
    if not child or looked.whose.opened is not None:
        return ()
    with desk.reading() as con:
        found = rows(
            con,
            "SELECT reference, subject FROM case_view WHERE subject = ? AND state IN ('open', 'to check')"
            " ORDER BY opened_on DESC, reference DESC LIMIT ?",
            (initials(child), _AT_MOST),
        )
    return tuple((str(row["reference"]), str(row["subject"])) for row in found)
