"""`escalate export`: the forms a stage asks for, as Word documents; the record and the letters as text."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from escalate.casework import exporting
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.exporting import Issued, NameFound, Wanted
from escalate.casework.messaging import confirmations, follow_ups, record_words
from escalate.cli.boundary import Mistyped
from escalate.cli.interviewing import typed_one_of
from escalate.cli.options import AsJson, Plain, Reference
from escalate.cli.sitting import end, open_desk
from escalate.core.form_definition import FormDefinition
from escalate.core.form_issue import Stamp
from escalate.core.forms_due import forms_due
from escalate.core.policy import follow
from escalate.errors import CannotDecide, EscalateError, FormRefused, Problem
from escalate.render.console import Screen
from escalate.render.json_out import print_json

if TYPE_CHECKING:
    from escalate.render.messages import Message

Form = Annotated[
    str | None, typer.Option("--form", metavar="NAME", help="One form, by its name or the end of it: appendix-2.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Where the files go; else beside the record.")
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
    reference: Reference,
    form: Form = None,
    out: Out = None,
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
    if asked and (form or out or strict):
        raise Mistyped(
            f"escalate export: --{asked[0]} prints a text, and --form, --out and --strict are for forms",
            remedy="ask for one, then for the other",
            recorded="",
        )
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        if asked:
            _say_texts(desk, opened, asked, as_json=as_json)
            return
        elsewhere = {use.form for use in exporting.unfillable(opened, desk.home)}
        names = [form] if form else [name for name in _owed(opened) if name not in elsewhere]
        screen = Screen.here(plain=plain)
        if not as_json and not form:
            _say_elsewhere(screen, opened, elsewhere)
        if not names:
            _nothing_owed(screen, opened, elsewhere, as_json=as_json)
            return
        wanted = [one for name in names for one in exporting.wanted_forms(stream, opened, name, desk.home)]
        _refuse_other_stages(opened, wanted)
        answers = [_answers(desk, opened, one, strict=strict, is_alone=len(names) == 1) for one in wanted]
        folder = out or desk.home / "issued"
        issued: list[Issued] = []
        try:
            for one, filled in zip(wanted, answers, strict=True):
                issued.append(exporting.issue_form(desk, one, filled, _render, folder))
        except EscalateError as error:
            if issued:
                files = ", ".join(one.path.name for one in issued)
                error.recorded = f"Issued and recorded before that: {files}."
            raise
        if as_json:
            print_json("issued", [_data(one) for one in issued])
        else:
            _say_issued(screen, opened, issued)


def _owed(opened: OpenCase) -> list[str]:
    return [due.use.form for due in forms_due(opened.case, follow(opened.policy)) if due.standing == "owed"]


def _say_elsewhere(screen: Screen, opened: OpenCase, elsewhere: set[str]) -> None:
    """Say which owed forms only the partnership has."""
    for due in forms_due(opened.case, follow(opened.policy)):
        if due.standing == "owed" and due.use.form in elsewhere:
            screen.say(("Owed, and not filled here: ", "heading"), f"{due.use.title}, to {due.use.to}", hang=2)
            screen.say(f"{due.use.obtained_from}.", indent=2, hang=2)
            screen.say(f"Once you have sent it: escalate do {opened.case.reference}", indent=2, hang=2)


def _refuse_other_stages(opened: OpenCase, wanted: Sequence[Wanted]) -> None:
    """Refuse a form that the policy has for other stages only, where nothing in the case asks for it either."""
    standings = {due.use.form: due for due in forms_due(opened.case, follow(opened.policy))}
    for one in wanted:
        due = standings.get(one.definition.id)
        stages = (*due.use.offered_at, *due.use.owed_at) if due and due.standing == "not asked for" else ()
        if stages:
            order = [stage.id for stage in opened.policy.stage if stage.id in stages]
            here, there = opened.policy.say_stage(opened.case.stage), opened.policy.say_stage(*order)
            raise CannotDecide(
                f"case {opened.case.reference}: {one.definition.title} is not for {here}",
                remedy=f"it is for {there}; to go up: escalate advance {opened.case.reference}",
                recorded="",
            )


def _nothing_owed(screen: Screen, opened: OpenCase, elsewhere: set[str], *, as_json: bool) -> None:
    if as_json:
        print_json("issued", [])
        return
    reference = opened.case.reference
    rung = opened.policy.say_stage(opened.case.stage)
    also = "other " if any(name in elsewhere for name in _owed(opened)) else ""
    screen.say(f"No {also}form is owed in {reference} at {rung}.")
    for due in forms_due(opened.case, follow(opened.policy)):
        if due.use.form in elsewhere:
            continue
        if due.standing == "issued":
            again = f"escalate export {reference} --form {due.use.form}"
            screen.say(f"Issued already: {due.use.title}. To issue it anew: {again}")
        if due.standing == "offered":
            screen.say(f"Offered: {due.use.title}. To issue it: escalate export {reference} --form {due.use.form}")
    screen.say(f"For the child's file: escalate export {reference} --record")


def _answers(desk: Desk, opened: OpenCase, wanted: Wanted, *, strict: bool, is_alone: bool) -> dict[str, str]:
    """Return a form's answers, its blanks allowed and the names in it decided."""
    definition = wanted.definition
    answers = exporting.case_answers(desk, opened, definition, wanted.child)
    blanks = exporting.blanks_of(opened, definition, answers)
    if strict and blanks:
        raise FormRefused(
            f"case {opened.case.reference}: {definition.title} has blanks, and --strict was given",
            problems=[Problem("", f'field "{field.label}" is blank') for field in blanks],
            remedy=f"record what is missing: escalate record {opened.case.reference}",
            recorded="",
        )
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        return exporting.without_names(opened, definition, answers, _choose if is_terminal else None)
    except FormRefused as refused:
        if not is_alone:
            refused.remedy += (
                f"\nthe other forms can be issued one by one: escalate export {opened.case.reference} --form …"
            )
        raise


def _choose(found: NameFound) -> str | None:
    """Ask what to do with what identifies a child in a form that may name none."""
    start, stop = max(found.hit.start - 40, 0), found.hit.end + 40
    written = found.text[found.hit.start : found.hit.end]
    screen = Screen.here(plain=True)
    screen.say(f'"{found.field.label}" holds a recorded {found.identifier.recorded}, and this form names no child:')
    screen.user(f"… {found.text[start:stop]} …")
    # Initials are not offered in place of initials.
    others = [words for words in found.identifier.instead if words.replace(".", "") != written.replace(".", "")]
    offered = {str(number): words for number, words in enumerate(others, 1)}
    for number, words in offered.items():
        screen.say(f'{number}. put "{words}" in its place')
    leave = str(len(offered) + 1)
    screen.say(f"{leave}. leave it: it identifies nobody here")
    return {**offered, leave: None}[typed_one_of(*offered, leave)]


def _render(definition: FormDefinition, template: bytes, answers: Mapping[str, str], stamp: Stamp) -> exporting.Filled:
    from escalate.render.word import fill

    return fill(definition, template, answers, stamp)


def _say_issued(screen: Screen, opened: OpenCase, issued: Sequence[Issued]) -> None:
    case = opened.case
    for one in issued:
        screen.say(("Issued: ", "heading"), f"{one.definition.title}, for stage {one.fact.stage}, entry {one.entry}")
        screen.lines([f"File: {one.path}"], indent=2)  # whole, so that it can be copied
        use = next((use for use in opened.policy.form if use.form == one.definition.id), None)
        if use:
            contact = exporting.contact_line(opened.policy.contact_of(use.contact))
            screen.say(f"It goes to: {contact or use.to}", indent=2, hang=2)
        if one.blanks:
            screen.say(f"Blank in it: {', '.join(field.label for field in one.blanks)}", indent=2, hang=2)
        for dropped in one.dropped:
            screen.say(f"Left out, because it cannot be printed: {dropped}", indent=2, hang=2)
    sent = {one.definition.id for one in issued}
    is_owed = any(one.is_open and one.form in sent for one in opened.owed)
    done = f"escalate do {case.reference}   (once you have sent it: to whom, how, when)"
    end(screen, opened, (done if is_owed else f"escalate show {case.reference}",))


def _data(one: Issued) -> dict[str, object]:
    return {
        "form": one.definition.id,
        "issue": one.fact.issue,
        "entry": one.entry,
        "stage": one.fact.stage,
        "file": one.path,
        "digest": one.fact.digest,
        "anchor": one.fact.anchor,
        "blanks": [field.id for field in one.blanks],
    }


def _say_texts(desk: Desk, opened: OpenCase, asked: Sequence[Message], *, as_json: bool) -> None:
    """Print the texts asked for, and nothing else: they are to be copied."""
    texts = {kind: _text(desk, opened, kind) for kind in asked}
    if as_json:
        print_json("text", texts)
    else:
        print("\n\n".join(texts.values()))


def _text(desk: Desk, opened: OpenCase, kind: str) -> str:
    from escalate.render.messages import draft_message

    match kind:
        case "confirmation":
            drafts = [draft_message("confirmation", words, desk.home) for words in confirmations(desk, opened)]
        case "follow-up":
            drafts = [draft_message("follow-up", words, desk.home) for words in follow_ups(desk, opened)]
        case _:
            drafts = [draft_message("record", record_words(desk, opened, _chronology(opened)), desk.home)]
    return "\n\n".join(draft.rstrip("\n") for draft in drafts)


def _chronology(opened: OpenCase) -> str:
    from io import StringIO

    from escalate.cli.show import read_case_file
    from escalate.render.chronology import entries_of, show_chronology

    file, lines = read_case_file(opened.case.reference), StringIO()
    show_chronology(Screen("piped", stream=lines), entries_of(file.events, file.names), file.names)
    return lines.getvalue().strip("\n")
