"""`escalate correct` and `escalate redact`: amend an earlier entry; remove what must not be kept."""

from __future__ import annotations

from escalate.ask.conversation import Beside
from escalate.ask.scripts.mending import correct_script, correctable, redact_script
from escalate.casework import mending
from escalate.casework.desk import Desk, Recorded
from escalate.casework.mending import Mended
from escalate.cli.interviewing import Interviewer
from escalate.cli.looking_ahead import what_follows
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.show import read_case_file
from escalate.cli.sitting import finish, open_desk
from escalate.core.answers import Answers
from escalate.render.answer_labels import answer_labels
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.event_words import describe

_NOTHING_FOLLOWS = "What will follow: no date moves, and no duty comes or goes."


def command(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Say what an earlier entry should have said. Both are kept, and every date is counted again.

    Where a starting date is corrected to a later one, the earlier deadline stays in sight beside the new one.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        names = read_case_file(opened.case.reference).names
        script = correct_script(
            {event.sequence: describe(event.fact, names).sentence for event in correctable(opened.case.events)},
            lambda fact, fields: answer_labels(fact, fields, names),
            opened.case.events,
            desk.today,
            mending.bars_to_correcting(opened, desk.today),
        )

        def corrected(trial: Desk, given: Answers) -> Recorded:
            return mending.correct(trial, stream, given).recorded

        def preview(given: Answers) -> str:
            return "\n".join(what_follows(desk, opened, corrected, given)) or _NOTHING_FOLLOWS

        asked = Interviewer(desk, "correct", source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=Beside(preview=preview))
        mended = mending.correct(desk, stream, answers, draft)
        if not as_json:
            say_who_holds(Screen.here(plain=plain), mended)
        finish(desk, mended.recorded, plain=plain, as_json=as_json, more=_who_holds(mended))


def redact(reference: Reference, source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Remove words that must not be kept, wherever they stand in a case, and drafts that hold them.

    The record still verifies, and says that something was removed. Words are given at the prompt or in a file, never
    as options. What lies outside the record is listed: forms already issued, and backups, still hold the words.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        interviewer = Interviewer(desk, "redact", source, plain=plain, keeps_draft=False)
        answers, _ = interviewer.answers(redact_script(mending.bars_to_removing(opened, desk.today)), stream)
        mended = mending.redact(desk, stream, answers)
        if not as_json:
            say_who_holds(Screen.here(plain=plain), mended)
        finish(desk, mended.recorded, plain=plain, as_json=as_json, more=_who_holds(mended))


def _who_holds(mended: Mended) -> dict[str, object]:
    return {
        "issued_before": [one.file_name for one in mended.issued],
        "backups": list(mended.backups),
        "folders": list(mended.folders),
        "drafts_forgotten": mended.drafts,
        "texts_removed": mended.texts_removed,
        "texts_left": list(mended.texts_left),
        "reports": list(mended.reports),
        "files_removed": list(mended.files_removed),
        "files_not_searched": list(mended.files_unread),
    }


def say_who_holds(screen: Screen, mended: Mended) -> None:
    """List what outside the record still says it the old way."""
    if mended.drafts:
        screen.say(f"{format_count(mended.drafts, 'draft')} that held the words: forgotten.")
    if mended.texts_removed:
        screen.say(f"{format_count(mended.texts_removed, 'file')} that an editor left of drafts: removed.")
    if mended.texts_left:
        screen.say("These files that an editor left hold the words, and could not be removed; remove them by hand:")
        screen.lines(list(mended.texts_left), indent=2)
    for entry in mended.files_removed:
        screen.say(f"The file kept with entry {entry} is removed with its words.")
    for entry in mended.files_unread:
        screen.say(
            f"The file kept with entry {entry} is one that only a person can read, and was not searched: look at it"
            f" (escalate receive --kept {mended.recorded.after.case.reference}:{entry}). It goes with any words of its"
            " entry.",
            hang=2,
        )
    if mended.folders:
        screen.heading("The names of these folders hold the words; escalate renames no folder")
        for folder in mended.folders:
            screen.say(folder, indent=2)
        screen.gap()
    if not (mended.issued or mended.backups or mended.reports):
        return
    screen.heading("These still say it the old way; write to whoever holds them")
    for issued in mended.issued:
        screen.say(f"{issued.file_name} ({issued.form}, stage {issued.stage}, issue {issued.issue})", indent=2)
    for report in mended.reports:
        screen.say(f"report {report}, which told it as learning: in the record the words are removed from it", indent=2)
    for backup in mended.backups:
        screen.say(f"backup: {backup}", indent=2)
    screen.gap()
