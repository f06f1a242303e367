"""A PDF, a scan or an e-mail: what it says is typed in by a person, and the file is kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.ask.scripts.receiving_by_hand import form_chosen, hand_questions, words_typed
from escalate.casework.desk import Desk, Recorded
from escalate.casework.receiving import look_at
from escalate.casework.receiving_reading import KnownForms, typed_in
from escalate.cli.receive_one import ByHand, Way, decide_and_record
from escalate.core.answers import Answers
from escalate.core.forms.returned import ReturnedForm
from escalate.files.docx.opener import open_docx
from escalate.files.incoming import ending_of

if TYPE_CHECKING:
    from escalate.cli.receive_many import Wishes


def type_in(desk: Desk, content: bytes, where: str, forms: KnownForms, wishes: Wishes) -> Recorded | None:
    """Return what was recorded of a form that somebody typed in; None where it was left aside.

    Raises:
        FormRefused: it is empty, or a Word document that is not safe to keep.
        AnswersMissing, Interrupted: as for a form that was read.
    """
    if not content or ending_of(content) == ".docx":
        open_docx(content, where)  # which says what is wrong with it
    definitions = (forms.named(wishes.form),) if wishes.form else forms.definitions

    def form_of(answers: Answers) -> ReturnedForm | None:
        definition = form_chosen(definitions, answers)
        return typed_in(definition, words_typed(definition, answers)) if definition else None

    # Until something is typed in, whatever form it is says nothing.
    looked = look_at(desk, content, typed_in(definitions[0], {}), wishes.case)
    way = Way(accept=wishes.source is not None, source=wishes.source, plain=wishes.plain)
    done = decide_and_record(desk, looked, way, ByHand(form_of, hand_questions(definitions)))
    return done[0] if done else None
