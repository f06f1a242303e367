"""What a form says before anybody decided about names in it: the case's own words, and what stands of papers."""

from __future__ import annotations

from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting_earlier import asks_for_earlier, earlier_escalations
from escalate.core.forms.answers import About, Author, answers_for, case_data
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.progress import progress_told
from escalate.core.forms.updates import with_what_was_said
from escalate.store import readers


def case_answers(
    desk: Desk, opened: OpenCase, definition: FormDefinition, child: str, stage: str = ""
) -> dict[str, str]:
    """Return what the next issue of a form says, by field id: the case's own words, and what stands of earlier papers.

    That is what was sent before and is kept, and what came back and was accepted.

    Args:
        stage: the one that the record of a stage is about; "" is the one the case is at.
    """
    own = own_answers(desk, opened, definition, child, stage)
    about, progress = About(child=child, stage=stage), progress_told(opened.chronology, opened.policy)
    return with_what_was_said(definition, opened.case, about, own, progress)


def own_answers(
    desk: Desk, opened: OpenCase, definition: FormDefinition, child: str, stage: str = ""
) -> dict[str, str]:
    """Return what fills each field of a form from the case alone, by field id.

    Of other cases it has the references of earlier escalations, for a form that asks for them, and nothing else.
    """
    about = About(
        child=child if definition.names != "nobody" else "",
        stage=(stage or opened.case.stage) if definition.per_stage else "",
        recurring=earlier_escalations(desk, opened.case, child) if asks_for_earlier(definition) else (),
    )
    return answers_for(definition, case_data(opened.case, opened.policy, about, author(desk), desk.today))


def author(desk: Desk) -> Author:
    """Return whoever set up this database, as forms name who filled them in."""
    setup = desk.setup()
    with desk.reading() as con:
        mine, agency = readers.known_party(con, setup.person), readers.known_party(con, setup.agency)
    if mine is None:
        return Author()
    return Author(
        person=setup.person, name=mine.name, role=mine.role, agency=agency.name if agency else "", email=mine.email
    )
