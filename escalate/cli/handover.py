"""`escalate handover`: a case, in one protected file, to whoever takes it on; and such a file taken in by `receive`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from escalate.ask.scripts.handing_over import handing_over_script, of_the_other_side
from escalate.casework import handing_over
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.handing_over import Agree, Handed, TakenIn, Wanted
from escalate.cli.boundary import Mistyped
from escalate.cli.interviewing import Interviewer, typed_one_of
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.passphrases import new_passphrase_at_terminal, opened_at_terminal, read_passphrase
from escalate.cli.show import read_case_file
from escalate.cli.sitting import end, known_at, open_desk, say_emergency
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.folded_text import are_alike
from escalate.errors import FormRefused, Interrupted
from escalate.files.sealed import MOST_BYTES
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.handover_page import both_sides_as_plain, due_as_plain, say_both_sides, say_what_is_due
from escalate.render.json_out import print_json
from escalate.store.handed_files import finish_handed, handed_folder

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="A file whose first line is the passphrase; its capitals do not count.",
    ),
]
_ANOTHERS = "Both names are recorded: tell whoever handed it over that you have it."


def command(
    reference: Reference,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Who takes it on.")] = None,
    to_agency: Annotated[str | None, typer.Option("--to-agency", metavar="NAME", help="Their agency.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where the file goes.")] = None,
    source: Source = None,
    passphrase_file: PassphraseFile = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Write a case into one protected file, for whoever takes it on in their own escalate.

    It holds the whole chronology, the policy, the calendars and what came in; it is read by `escalate receive` and the
    passphrase. The case stays readable here, and what both sides record from now on is kept. The passphrase is told by
    telephone: its capitals do not count, nor how many spaces stand between two words.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        folder = out or handed_folder(desk.home)
        screen = Screen.here(plain=plain)
        finished = finish_handed(desk.ledger.path, folder)
        given = Answers((name, value) for name, value in (("to", to), ("to_agency", to_agency)) if value)
        if wrong := of_the_other_side(opened.case, given.text("to")):
            raise Mistyped(f"--to: {wrong}", remedy=f"who is who in it: escalate show {reference}")
        answers = _answers(desk, opened, given, source, plain=plain)
        wanted = Wanted(
            stream=stream,
            to=answers.text("to"),
            to_agency=answers.text("to_agency"),
            reason=answers.text("because"),
            folder=folder,
        )
        passphrase = read_passphrase(passphrase_file) if passphrase_file else new_passphrase_at_terminal()
        handed = handing_over.hand_over(desk, wanted, passphrase)
    if as_json:
        print_json("handed over", _handed_data(handed))
        return
    for name in finished:
        screen.say(f"A handover that a crash had interrupted is in its place now: {name}", hang=2)
    _say_handed(screen, handed)


def take_in_at_terminal(
    desk: Desk, path: Path, *, passphrase_file: Path | None = None, plain: bool = False, as_json: bool = False
) -> None:
    """Take in a case from the protected file at `path`, and show who has it now and what is due.

    The passphrase is read from a file, or asked for without showing it.

    Raises:
        AnswersMissing: there is no terminal to ask at, and no file.
        FormRefused, CannotDecide: as `casework.handing_over.take_in`, or the file cannot be read.
    """
    desk.setup()  # whoever takes it in must be known before a passphrase is asked for
    content = _content(path)
    screen = Screen.here(plain=plain)
    agree = _ask_whether_to_take_it(screen) if sys.stdin.isatty() and not as_json else None
    taken = _opened(desk, content, passphrase_file, agree)
    file = read_case_file(taken.opened.case.reference)
    if as_json:
        about = {
            "reference": taken.opened.case.reference,
            "is_new": bool(taken.arrived),
            "owner": file.row["owner"],
            "handed_over_by": taken.handed_by,
            "handed_to": taken.handed.to,
            "is_anothers": taken.is_anothers,
            "package": taken.handed.package,
            "entries": len(taken.arrived),
            "chains": taken.chains,
            "their_anchor": taken.anchor,
            "differing": both_sides_as_plain(file, taken.differing),
            "may_bring_back": [event.sequence for event in taken.may_bring_back],
        }
        print_json("taken over", about | due_as_plain(file))
        return
    risks = [event.fact.answer for event in taken.arrived if isinstance(event.fact, e.RiskConsidered)]
    if taken.opened.case.risk != "no" or set(risks) - {"no"}:  # whatever was answered last
        say_emergency(screen, desk)
        screen.gap()
    _say_taken(screen, taken, str(file.row["owner"]))
    say_both_sides(screen, file, taken.differing)
    say_what_is_due(screen, file)
    end(screen, taken.opened)


def _answers(desk: Desk, opened: OpenCase, given: Answers, source: str | None, *, plain: bool) -> Answers:
    if source is None and not sys.stdin.isatty() and given.text("to"):
        return given
    case, stream = opened.case, opened.case.stream
    if source is None and sys.stdin.isatty():
        script = handing_over_script(case, known_at(desk), given, asks=True)
        asked, _ = Interviewer(desk, "handover", None, plain=plain, keeps_draft=False).answers(script, stream)
        return Answers({**given, **asked})
    interviewer = Interviewer(desk, "handover", source, plain=plain, keeps_draft=False)
    return interviewer.answers(handing_over_script(case, known_at(desk)), stream, lambda _: given)[0]


def _opened(desk: Desk, content: bytes, passphrase_file: Path | None, agree: Agree | None) -> TakenIn:
    if passphrase_file:
        return handing_over.take_in(desk, content, read_passphrase(passphrase_file, shortest=1), agree)
    return opened_at_terminal(lambda passphrase: handing_over.take_in(desk, content, passphrase, agree))


def _ask_whether_to_take_it(screen: Screen) -> Agree:
    def agree(handed: e.HandedOver) -> None:
        screen.say(("This case was handed over to somebody else: ", "strong"), _to(handed.to, handed.to_agency), hang=2)
        screen.say("Whoever takes it in owns it from then on in this record. Nothing of it is here yet.", hang=2)
        screen.say("1  take it over, which is recorded with both names", indent=2, hang=3)
        screen.say("2  leave it", indent=2, hang=3)
        if typed_one_of("1", "2") == "2":
            raise Interrupted(
                "the case was not taken over",
                remedy="give the file to whoever it is for; tell whoever sent it",
                recorded="",
            )

    return agree


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormRefused(
                f"the protected file is larger than {MOST_BYTES // 1024 // 1024} MB",
                remedy="ask for it again",
                recorded="",
            )
        return path.read_bytes()
    except OSError as error:
        raise FormRefused(f"the file cannot be read: {error.strerror}", remedy="check its name", recorded="") from None


def _to(fact_to: str, agency: str) -> str:
    return f"{fact_to}, {agency}" if agency else fact_to


def _say_handed(screen: Screen, handed: Handed) -> None:
    case, fact = handed.opened.case, handed.fact
    screen.say(("Handed over: ", "heading"), f"{case.reference}, to {_to(fact.to, fact.to_agency)}", hang=2)
    screen.lines([f"File: {handed.path}"], indent=2)  # whole, so that it can be copied
    came = f" and {format_count(handed.files, 'file')} that came in" if handed.files else ""
    holds = f"{format_count(handed.entries, 'entry', 'entries')}{came}"
    screen.say(f"It holds the whole case, {holds}. Only the passphrase opens it.", indent=2, hang=2)
    screen.say("Tell the passphrase by telephone, not in the same e-mail.", indent=2, hang=2)
    screen.say("They take it in with:", indent=2)
    screen.lines([f"escalate receive {handed.path.name}"], indent=4)
    say_what_is_due(screen, read_case_file(case.reference))
    screen.gap()
    screen.say(
        "The case stays readable here, and on escalate due. What is recorded here or there from now on is kept on both"
        " sides: handed back, each record has the other's entries.",
        hang=2,
    )
    end(screen, handed.opened)


def _handed_data(handed: Handed) -> dict[str, object]:
    about = {
        "reference": handed.opened.case.reference,
        "file": handed.path,
        "package": handed.fact.package,
        "to": handed.fact.to,
        "to_agency": handed.fact.to_agency,
        "entries": handed.entries,
        "chains": handed.chains,
        "received_files": handed.files,
    }
    return about | due_as_plain(read_case_file(handed.opened.case.reference))


def _say_taken(screen: Screen, taken: TakenIn, owner: str) -> None:
    case = taken.opened.case
    if not taken.arrived:
        screen.say((f"Nothing new: all of {case.reference} in this file is here already.", "heading"), hang=2)
        screen.say(f"The case is with {owner}.", hang=2)
        return
    screen.say(("Taken over: ", "heading"), f"{case.reference}, now with {owner}", hang=2)
    by = taken.handed_by or "somebody not named"
    screen.say(f"Handed over by {by}, to {_to(taken.handed.to, taken.handed.to_agency)}.", indent=2, hang=2)
    if taken.is_anothers:
        screen.say(("That is somebody else than you. ", "strong"), _ANOTHERS, indent=2, hang=2)
    if taken.handed.reason:
        screen.say("Reason:", indent=2)
        screen.user(taken.handed.reason, indent=4)
    chains = format_count(taken.chains, "record")
    new = format_count(len(taken.arrived), "entry", "entries")
    screen.say(f"{new} came in, of {chains}; every hash and link was proved first.", indent=2, hang=2)
    if taken.ours:
        mine = format_count(len(taken.ours), "entry", "entries")
        are = "is" if len(taken.ours) == 1 else "are"
        screen.say(f"{mine} of this record, which they had not seen, {are} kept beside them.", indent=2, hang=2)
    screen.say(f"Anchor of the record it came from: {taken.anchor}", indent=2, hang=2)
    ours, mine_now = case.name_of(case.our_agency), case.name_of(taken.agency)
    if not are_alike(mine_now, ours):
        screen.say(f'It is still read as the case of {ours}: "ours" in it is what they owe.', indent=2, hang=2)
    for event in taken.may_bring_back:
        screen.say(
            (f"Entry {event.sequence} restates an entry of which words were removed meanwhile. ", "strong"),
            "In both records only what the removal left counts. Look whether it repeats the words: escalate redact"
            f" {case.reference}. What is still to be said: escalate correct {case.reference}",
            indent=2,
            hang=2,
        )
