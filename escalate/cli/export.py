"""`escalate export`: the forms a stage asks for, as Word documents; the record and the letters as text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from escalate.casework import exporting
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.messaging import confirmations, follow_ups, record_words
from escalate.cli.boundary import Mistyped
from escalate.cli.export_forms import (
    asked_for,
    issue_each,
    page_of,
    ready_forms,
    refuse_logged,
    say_asked_for,
    with_pdfs,
)
from escalate.cli.options import AsJson, Plain
from escalate.cli.sitting import INITIALS_SAID, end, open_desk
from escalate.core.forms.due import FormDue
from escalate.core.letter_names import INITIALS_STAND
from escalate.errors import EscalateError
from escalate.files.places import home
from escalate.render.console import Screen
from escalate.render.issued_page import IssuedPage, issued_data, say_issued
from escalate.render.json_out import print_json

if TYPE_CHECKING:
    from escalate.render.messages import Message

Case = Annotated[
    str | None,
    typer.Argument(metavar="[REF]", help="The case: its reference, or its end. With --all, none means every case."),
]
Form = Annotated[
    str | None, typer.Option("--form", metavar="NAME", help="One form, by its name or the end of it: appendix-2.")
]
Out = Annotated[str | None, typer.Option("--out", metavar="FOLDER", help="Where the files go; else beside the record.")]
All = Annotated[
    bool, typer.Option("--all", help="All that are owed or offered; without a case, all that are owed in any case.")
]
Blank = Annotated[bool, typer.Option("--blank", help="The empty form, to be looked at first: nothing is recorded.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="A PDF beside each, where LibreOffice is installed.")]
Stage = Annotated[
    str | None,
    typer.Option("--stage", metavar="STAGE", help="With --form: the record of this stage, where it is one of a stage."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse to issue a form that has blanks.")]
Record = Annotated[bool, typer.Option("--record", help="Print the record for the child's file, as text.")]
Confirmation = Annotated[
    bool, typer.Option("--confirmation", help="Print the written confirmation of the outcome, as text.")
]
FollowUp = Annotated[
    bool, typer.Option("--follow-up", help="Print the written follow-up of what was raised verbally, as text.")
]


def command(
    reference: Case = None,
    form: Form = None,
    stage: Stage = None,
    every: All = False,
    blank: Blank = False,
    out: Out = None,
    pdf: Pdf = False,
    strict: Strict = False,
    record: Record = False,
    confirmation: Confirmation = False,
    follow_up: FollowUp = False,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Issue the forms that are owed at this stage, or one by name; or print a text to copy.

    Every form is filled from the case, read back and compared field by field before its issue is recorded. Forms that
    name a child are one for each child. Files are named by reference, form, stage and issue, and never overwritten.
    """
    texts: dict[Message, bool] = {"record": record, "confirmation": confirmation, "follow-up": follow_up}
    asked = [text for text, is_asked in texts.items() if is_asked]
    which = {"--form": form, "--stage": stage, "--all": every, "--blank": blank}
    for_forms = {**which, "--out": out, "--pdf": pdf, "--strict": strict}
    given = [option for option, value in for_forms.items() if value]
    _refuse_together(reference, asked, given)
    if reference is None and not (every or blank):
        from escalate.cli.which_case import case_meant

        reference = case_meant("export", ["--json"] if as_json else [])
    chosen = _folder(out)
    screen = Screen.here(plain=plain)
    if blank:
        from escalate.cli.export_blank import export_blank

        folder = chosen or home() / "blank"
        export_blank(form, _opened(reference), folder, screen=screen, pdf=pdf, as_json=as_json)
        return
    with open_desk() as desk:
        folder = chosen or desk.home / "issued"
        if reference is None:
            from escalate.cli.export_all import export_everywhere

            export_everywhere(desk, folder, screen, strict=strict, pdf=pdf, as_json=as_json)
            return
        stream, opened = desk.find(reference)
        if asked:
            _say_texts(desk, opened, asked, as_json=as_json)
            return
        refuse_logged(opened)
        elsewhere = {use.form for use in exporting.unfillable(opened, desk.home)}
        dues = [due for due in asked_for(opened) if due.use.form not in elsewhere]
        standings = ("owed", "offered") if every else ("owed",)
        asked_now = {due.use.form: due.issued_for for due in dues if due.standing in standings}
        names = {form: ()} if form else asked_now
        if not as_json and not form:
            _say_elsewhere(screen, opened, elsewhere)
        if not names:
            _nothing_owed(screen, opened, dues, as_json=as_json)
            return
        ready = ready_forms(desk, stream, opened, names, strict=strict, stage=stage or "")
        pages: list[IssuedPage] = []
        try:
            for issued in issue_each(desk, ready, folder):
                page = page_of(opened, issued)
                pages.append(page)
        except EscalateError as error:
            if pages:
                files = ", ".join(page.path.name for page in pages)
                error.recorded = f"Issued and recorded before that: {files}."
            raise
        pages, problem = with_pdfs(pages) if pdf else (pages, None)
        if as_json:
            print_json("issued", [issued_data(page) for page in pages])
        else:
            _say_issued(screen, opened, pages, dues)
        if problem:
            raise problem


def _folder(out: str | None) -> Path | None:
    """Return the folder that was chosen; none for none. A variable of a shell that is not set must choose nothing."""
    if out is not None and not out.strip():
        raise Mistyped(
            "escalate export: --out is empty",
            remedy="name a folder, or leave --out away: the files then go beside the record",
            recorded="",
        )
    return Path(out) if out else None


def _refuse_together(reference: str | None, texts: Sequence[str], given: Sequence[str]) -> None:
    """Refuse options that say two things at once, or leave open which case is meant."""
    if texts and given:
        raise Mistyped(
            f"escalate export: --{texts[0]} prints a text, and {', '.join(given)} {_are_for(given)} forms",
            remedy="ask for one, then for the other",
            recorded="",
        )
    if "--blank" in given and ("--all" in given or "--strict" in given):
        raise Mistyped(
            "escalate export: --blank is of no case, so that --all and --strict say nothing of it",
            remedy="the blank forms of a case's policy: escalate export REF --blank",
            recorded="",
        )
    if "--stage" in given and ("--form" not in given or "--blank" in given):
        raise Mistyped(
            "escalate export: --stage says which stage's record is meant, and goes with --form",
            remedy="escalate export REF --form NAME --stage STAGE",
            recorded="",
        )
    if "--form" in given and "--all" in given:
        raise Mistyped("escalate export: --form is one form and --all is all", remedy="give one of them", recorded="")
    if reference is None and "--blank" in given and "--form" not in given:
        raise Mistyped(
            "escalate export: which case?",
            remedy="escalate export REF, or escalate export --all for every case, or --blank --form NAME",
            recorded="",
        )


def _are_for(given: Sequence[str]) -> str:
    return "is for" if len(given) == 1 else "are for"


def _opened(reference: str | None) -> OpenCase | None:
    if reference is None:
        return None
    with open_desk() as desk:
        return desk.find(reference)[1]


def _say_elsewhere(screen: Screen, opened: OpenCase, elsewhere: set[str]) -> None:
    """Say which owed forms only the partnership has."""
    for due in asked_for(opened):
        if due.standing == "owed" and due.use.form in elsewhere:
            screen.say(("Owed, and not filled here: ", "heading"), f"{due.use.title}, to {due.use.to}", hang=2)
            screen.say(f"{due.use.obtained_from}.", indent=2, hang=2)
            screen.say(f"Once you have sent it: escalate do {opened.case.reference}", indent=2, hang=2)


def _nothing_owed(screen: Screen, opened: OpenCase, dues: Sequence[FormDue], *, as_json: bool) -> None:
    if as_json:
        print_json("issued", [])
        return
    reference = opened.case.reference
    rung = opened.policy.say_stage(opened.case.stage)
    is_elsewhere = any(due.standing == "owed" and due not in dues for due in asked_for(opened))
    screen.say(f"No {'other ' if is_elsewhere else ''}form is owed in {reference} at {rung}.")
    say_asked_for(screen, opened, dues)
    screen.say(f"For the child's file: escalate export {reference} --record")


def _say_issued(screen: Screen, opened: OpenCase, pages: Sequence[IssuedPage], dues: Sequence[FormDue]) -> None:
    for page in pages:
        say_issued(screen, page)
    sent = {page.definition.id for page in pages}
    say_asked_for(screen, opened, [due for due in dues if due.standing == "offered" and due.use.form not in sent])
    is_owed = any(one.is_open and one.form in sent for one in opened.owed)
    reference = opened.case.reference
    done = f"escalate do {reference}   (once you have sent it: to whom, how, when)"
    end(screen, opened, (done if is_owed else f"escalate show {reference}",))


def _say_texts(desk: Desk, opened: OpenCase, asked: Sequence[Message], *, as_json: bool) -> None:
    """Print the texts asked for, and nothing else: they are to be copied."""
    texts = {kind: _text(desk, opened, kind) for kind in asked}
    if as_json:
        print_json("text", texts)
    else:
        print("\n\n".join(texts.values()))


def _text(desk: Desk, opened: OpenCase, kind: Message) -> str:
    from escalate.render.messages import draft_message

    match kind:
        case "confirmation":
            each = confirmations(desk, opened)
        case "follow-up":
            each = follow_ups(desk, opened)
        case _:
            each = [record_words(desk, opened, _chronology(opened))]
    if any(words.get(INITIALS_STAND) for words in each):
        print(INITIALS_SAID, file=sys.stderr)  # the text itself is to be copied as it is
    return "\n\n".join(draft_message(kind, words, desk.home).rstrip("\n") for words in each)


def _chronology(opened: OpenCase) -> str:
    from io import StringIO

    from escalate.cli.show import read_case_file
    from escalate.render.chronology import entries_of, show_chronology

    file, lines = read_case_file(opened.case.reference), StringIO()
    show_chronology(Screen("piped", stream=lines), entries_of(file.events, file.names), file.names)
    return lines.getvalue().strip("\n")
