"""A PDF, a scan or an e-mail: what it says is typed in by a person, and the file is kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from escalate.ask.scripts.receiving_by_hand import form_chosen, hand_questions, nothing_is_kept, words_typed
from escalate.casework.desk import Desk, Recorded
from escalate.casework.receiving import look_at
from escalate.casework.receiving_reading import KnownForms, typed_in
from escalate.cli.receive_one import ByHand, Way, decide_and_record
from escalate.core.answers import Answers
from escalate.core.forms.returned import ReturnedForm
from escalate.errors import AnswersMissing
from escalate.files.docx.opener import FileDamaged, check_zip, may_hold_code, open_docx
from escalate.files.incoming import ending_of
from escalate.files.zipped import is_zip

if TYPE_CHECKING:
    from escalate.cli.receive_wishes import Wishes


def type_in(desk: Desk, content: bytes, where: str, forms: KnownForms, wishes: Wishes) -> Recorded | None:
    """Return what was recorded of a form that somebody typed in; None where it was left aside.

    Raises:
        FormRefused: it is empty, or a document that is not safe to keep.
        AnswersMissing: as for a form that was read, or the answers in a file hold its words in no field.
        Interrupted: as for a form that was read.
    """
    try:
        if not content or ending_of(content) == ".docx":
            open_docx(content, where)  # which says what is wrong with it
        elif is_zip(content):
            check_zip(content, where)
    except FileDamaged:
        # It is kept as it came all the same: somebody who could read it types in what it says.
        if may_hold_code(content):
            raise
    definitions = (forms.named(wishes.form),) if wishes.form else forms.definitions

    def form_of(answers: Answers) -> ReturnedForm | None:
        definition = form_chosen(definitions, answers)
        # Answers in a file are refused instead, once all else that is wrong with them has been said.
        if definition is None or (wishes.source is None and nothing_is_kept(definition, answers)):
            return None
        return typed_in(definition, words_typed(definition, answers))

    def refuse(answers: Answers) -> None:
        definition = form_chosen(definitions, answers)
        if definition is None or wishes.source is None or not nothing_is_kept(definition, answers):
            return
        first = next((one.id for one in definition.fields if one.kind != "sign"), "")
        raise AnswersMissing(
            f"{where}: the answers say what stands in none of its fields",
            remedy=f'write the words of at least one, such as: said_{first} = "…"\n'
            f"its fields are listed by: escalate form show {definition.id}\n"
            "to keep the file with the case all the same: empty = true",
            recorded="",
        )

    # Until something is typed in, whatever form it is says nothing.
    looked = look_at(desk, content, typed_in(definitions[0], {}), wishes.case)
    way = Way(accept=wishes.source is not None, log=wishes.log, source=wishes.source, plain=wishes.plain)
    done = decide_and_record(desk, looked, way, ByHand(form_of, hand_questions(definitions), refuse))
    return done[0] if done else None
