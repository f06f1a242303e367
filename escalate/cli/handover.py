"""`escalate handover`: a case, in one protected file, to whoever takes it on; and such a file taken in by `receive`."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from escalate.ask.scripts.handing_over import handing_over_script
from escalate.casework import handing_over
from escalate.casework.desk import Desk
from escalate.casework.handing_over import Handed, TakenIn, Wanted
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.show import read_case_file
from escalate.cli.sitting import end, known_at, open_desk, say_emergency
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.errors import AnswersMissing, FormRefused, Interrupted
from escalate.files.sealed import MOST_BYTES, SHORTEST_PASSPHRASE, DoesNotOpen, new_passphrase, plain_passphrase
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.handover_page import both_sides_as_plain, due_as_plain, say_both_sides, say_what_is_due
from escalate.render.json_out import print_json

PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="A file whose first line is the passphrase."),
]
_TRIES = 3


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
    passphrase. The case stays readable here, and what both sides record from now on is kept.
    """
    with open_desk() as desk:
        stream, opened = desk.find(reference)
        folder = out or desk.home / "handed-over"
        screen = Screen.here(plain=plain)
        finished = handing_over.finish_handed(desk, stream, opened.case.reference, folder)
        given = Answers((name, value) for name, value in (("to", to), ("to_agency", to_agency)) if value)
        answers = _answers(desk, stream, given, source, plain=plain)
        wanted = Wanted(
            stream=stream,
            to=answers.text("to"),
            to_agency=answers.text("to_agency"),
            reason=answers.text("because"),
            folder=folder,
        )
        passphrase = _read(passphrase_file) if passphrase_file else _new_passphrase()
        handed = handing_over.hand_over(desk, wanted, passphrase)
    if as_json:
        print_json("handed over", _handed_data(handed))
        return
    for path in finished:
        screen.say(f"A handover that a crash had interrupted is in its place now: {path.name}", hang=2)
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
    taken = _opened(desk, content, passphrase_file)
    file = read_case_file(taken.opened.case.reference)
    if as_json:
        about = {
            "reference": taken.opened.case.reference,
            "is_new": bool(taken.arrived),
            "owner": file.row["owner"],
            "handed_over_by": taken.handed_by,
            "package": taken.handed.package,
            "entries": len(taken.arrived),
            "chains": taken.chains,
            "their_anchor": taken.anchor,
            "differing": both_sides_as_plain(file, taken.differing),
            "may_bring_back": [event.sequence for event in taken.may_bring_back],
        }
        print_json("taken over", about | due_as_plain(file))
        return
    screen = Screen.here(plain=plain)
    risks = [event.fact.answer for event in taken.arrived if isinstance(event.fact, e.RiskConsidered)]
    if taken.opened.case.risk != "no" or set(risks) - {"no"}:  # whatever was answered last
        say_emergency(screen, desk)
        screen.gap()
    _say_taken(screen, taken, str(file.row["owner"]))
    say_both_sides(screen, file, taken.differing)
    say_what_is_due(screen, file)
    end(screen, taken.opened)


def _answers(desk: Desk, stream: str, given: Answers, source: str | None, *, plain: bool) -> Answers:
    if source is None and not sys.stdin.isatty() and given.text("to"):
        return given
    if source is None and sys.stdin.isatty():
        script = handing_over_script(known_at(desk), given)
        asked, _ = Interviewer(desk, "handover", None, plain=plain, keeps_draft=False).answers(script, stream)
        return Answers({**given, **asked})
    interviewer = Interviewer(desk, "handover", source, plain=plain, keeps_draft=False)
    return interviewer.answers(handing_over_script(known_at(desk)), stream, lambda _: given)[0]


def _new_passphrase() -> str:
    """Return a passphrase that was typed twice, or one made here, which is shown."""
    _must_be_a_terminal()
    while True:
        typed = _typed(f"Passphrase, {SHORTEST_PASSPHRASE} characters or more; Enter alone makes one: ")
        if not typed.strip():
            made = new_passphrase()
            print(f"The passphrase is:  {made}", file=sys.stderr)
            print("Write it down now: it is kept nowhere, and without it the file cannot be read.", file=sys.stderr)
            return made
        if len(plain_passphrase(typed)) < SHORTEST_PASSPHRASE:
            print(f"It has fewer than {SHORTEST_PASSPHRASE} characters.", file=sys.stderr)
        elif _typed("The passphrase again: ") != typed:
            print("The two are not alike.", file=sys.stderr)
        else:
            return typed


def _opened(desk: Desk, content: bytes, passphrase_file: Path | None) -> TakenIn:
    if passphrase_file:
        return handing_over.take_in(desk, content, _read(passphrase_file, shortest=1))
    _must_be_a_terminal()
    for _ in range(_TRIES - 1):
        try:
            return handing_over.take_in(desk, content, _typed("Passphrase of the file: "))
        except DoesNotOpen as refused:
            print(f"{refused.what[:1].upper()}{refused.what[1:]}.", file=sys.stderr)
    return handing_over.take_in(desk, content, _typed("Passphrase of the file: "))


def _must_be_a_terminal() -> None:
    if not sys.stdin.isatty():
        raise AnswersMissing(
            "the passphrase is missing, and there is no terminal to ask at",
            remedy="write it in the first line of a file that only you can read: --passphrase-file FILE",
            recorded="",
        )


def _typed(question: str) -> str:
    try:
        return getpass.getpass(question, stream=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        raise Interrupted("left before anything was done", remedy="run the same command again", recorded="") from None


def _read(path: Path, *, shortest: int = SHORTEST_PASSPHRASE) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(1_000).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise AnswersMissing(
            "the file with the passphrase cannot be read", remedy="check its name", recorded=""
        ) from None
    if len(plain_passphrase(line)) < shortest:
        raise AnswersMissing(
            f"the passphrase in the file has fewer than {shortest} characters" if shortest > 1 else "the file is empty",
            remedy="write it in the first line of the file",
            recorded="",
        )
    return line


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
    screen.say(f"They take it in with: escalate receive {handed.path.name}", indent=2, hang=2)
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
    if taken.handed.reason:
        screen.say("Reason:", indent=2)
        screen.user(taken.handed.reason, indent=4)
    chains = format_count(taken.chains, "record")
    new = format_count(len(taken.arrived), "entry", "entries")
    screen.say(f"{new} came in, of {chains}; every hash and link was proved first.", indent=2, hang=2)
    if taken.ours:
        mine = format_count(len(taken.ours), "entry", "entries")
        screen.say(f"{mine} of this record, which they had not seen, are kept beside them.", indent=2, hang=2)
    screen.say(f"Anchor of the record it came from: {taken.anchor}", indent=2, hang=2)
    ours, mine_now = case.name_of(case.our_agency), case.name_of(taken.agency)
    if mine_now.casefold() != ours.casefold():
        screen.say(f'It is still read as the case of {ours}: "ours" in it is what they owe.', indent=2, hang=2)
    for event in taken.may_bring_back:
        screen.say(
            (f"Entry {event.sequence} restates an entry whose words the other side removed. ", "strong"),
            f"Look whether it repeats them: escalate redact {case.reference}",
            indent=2,
            hang=2,
        )
