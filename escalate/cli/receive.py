"""`escalate receive`: forms that come back or come in, and cases that were handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.cli.handover import PassphraseFile
from escalate.cli.options import AsJson, Plain
from escalate.cli.receive_kept import give_out
from escalate.cli.receive_many import Receiving
from escalate.cli.receive_wishes import Wishes, answers_of_each
from escalate.cli.sitting import open_desk
from escalate.files.incoming import gather
from escalate.render.console import Screen
from escalate.render.json_out import print_json

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="FILE…", help="Files, or folders with forms or handed-over cases.")
]
Case = Annotated[
    str | None, typer.Option("--case", metavar="REF", help="The case it belongs to, where it does not say.")
]
Form = Annotated[str | None, typer.Option("--form", metavar="NAME", help="The form it is, where it does not say.")]
Accept = Annotated[bool, typer.Option("--accept", help="Record it with what is proposed, and ask nothing.")]
Log = Annotated[bool, typer.Option("--log", help="As --accept, and log a case not known here, as the partnership's.")]
Source = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Answers in a TOML file; - for standard input. Nothing is asked. Of several files, those of each stand"
        ' under its name: ["form 1.docx"].',
    ),
]
Hand = Annotated[bool, typer.Option("--hand", help="Type in what it says, beside the file: a PDF, a scan, an e-mail.")]
Kept = Annotated[
    str | None,
    typer.Option("--kept", metavar="REF:ENTRY", help="Give out the file that an entry received, as it came."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="With --kept: where the file goes.")]


def command(
    files: Files = None,
    case: Case = None,
    form: Form = None,
    accept: Accept = False,
    log: Log = False,
    hand: Hand = False,
    source: Source = None,
    passphrase_file: PassphraseFile = None,
    kept: Kept = None,
    out: Out = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Read forms that came back, show what differs from what was sent and from the case, ask, and record.

    Nothing counts before somebody has said so. The file is kept as it came, and the same file twice changes nothing.
    With --json alone it is only read: every field with its label, source and certainty. A form of a case that is not
    known here can open one: as a partnership logs it, or, at a terminal, as a concern put to your agency.
    """
    if kept is not None:
        _give_out(kept, out, has_files=bool(files), plain=plain, as_json=as_json)
        return
    if not files:
        raise Mistyped("escalate receive: no file is named", remedy="see: escalate receive --help", recorded="")
    if out is not None:
        raise Mistyped("escalate receive: --out is for --kept", remedy="see: escalate receive --help", recorded="")
    gathered = gather(files)
    is_one = len(gathered.files) == 1
    if not is_one and (hand or case):
        raise Mistyped("escalate receive: --case and --hand are for one file", remedy="name one file", recorded="")
    if hand and source is None and (accept or log):
        raise Mistyped(
            f"escalate receive: with --hand there is nothing yet for --{'accept' if accept else 'log'} to take",
            remedy="type in what it says, at a terminal; or give it: --hand --from answers.toml",
            recorded="",
        )
    screen = Screen.here(plain=plain)
    several = source if not is_one else None
    written = answers_of_each(several, gathered.files, None if as_json else screen) if several is not None else {}
    wishes = Wishes(
        case=case or "",
        form=form or "",
        accept=accept or log,
        log=log,
        hand=hand,
        source=source,
        written=written,
        passphrase_file=passphrase_file,
        plain=plain,
        as_json=as_json,
    )
    with open_desk() as desk:
        Receiving(desk, wishes, screen).receive(gathered)


def _give_out(kept: str, out: Path | None, *, has_files: bool, plain: bool, as_json: bool) -> None:
    if has_files:
        raise Mistyped(
            "escalate receive: --kept gives a file out, and takes none in", remedy="ask for one, then for the other"
        )
    with open_desk() as desk:
        path, digest = give_out(desk, kept, out or Path())
    if as_json:
        print_json("kept", {"file": path, "digest": digest})
        return
    screen = Screen.here(plain=plain)
    screen.say("The file as it came:")
    screen.lines([str(path)], indent=2)
    screen.say(f"SHA-256 {digest}", indent=2)
