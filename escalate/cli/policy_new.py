"""`escalate policy new`: begin a partnership's own policy file, from a few questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from escalate.ask.scripts.policy_making import new_policy_script, overlay_script
from escalate.casework.desk import Desk
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.sitting import open_desk
from escalate.clock import today
from escalate.core.answers import Answers
from escalate.core.plain import to_plain
from escalate.files.policies.keeping import keep_own_policy, own_policy
from escalate.files.policies.loading import check_text, load_policy, read_policy_text
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json
from escalate.render.new_policy import NOT_NOTED, file_name, overlay_text, policy_text

LONGEST_NAME = 100
Extends = Annotated[
    str | None,
    typer.Option("--extends", metavar="NAME", help="Write your own edition upon this policy: only what differs."),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it here, not among your own policies.")]


def new(
    extends: Extends = None, source: Source = None, out: Out = None, plain: Plain = False, as_json: AsJson = False
) -> None:
    """Begin a policy file: asks whose it is, its stages and times and how it ends, and writes it with notes.

    The file is yours to correct in any plain text editor. Nothing in it is used until somebody chooses it.
    """
    with open_desk() as desk:
        name, text, draft = _begun(desk, extends, source, out, plain=plain)
        path = keep_own_policy(name, text, out)
        if draft:
            desk.ledger.drop_draft(draft)
    _, problems = check_text(read_policy_text(str(path)))
    to_note = text.count(f'"{NOT_NOTED}"')
    if as_json:
        kept = {"name": path.stem, "file": path, "problems": to_plain(problems), "clauses_to_note": to_note}
        print_json("policy new", kept)
        return
    screen = Screen.here(plain=plain)
    screen.say(("Written: ", "heading"), path.stem)
    screen.lines([f"File: {path}"], indent=2)
    called = str(path) if out else path.stem
    if problems:
        screen.say(f"It has {format_count(len(problems), 'problem')} yet: escalate policy check {called}")
    if to_note:
        screen.say(f'{format_count(to_note, "clause")} still "{NOT_NOTED}": write in where the document says so.')
    screen.say("Nothing in it is used until somebody chooses it: escalate setup, or the policy of a case.")
    screen.say(f"Next: escalate policy check {called}, then escalate policy try {called} --concern 2026-04-01")


def _begun(
    desk: Desk, extends: str | None, source: str | None, out: Path | None, *, plain: bool
) -> tuple[str, str, str]:
    """Return the name and text of the file that the answers make, and the id of the draft they came from."""
    if extends is None:
        script = new_policy_script(lambda partnership, edition: _taken(file_name(partnership, edition), out))
        answers, draft = Interviewer(desk, "policy new", source, plain=plain).answers(script)
        name = file_name(answers.text("partnership"), answers.text("edition"))
        return name, policy_text(name, answers), draft.id if draft else ""
    base, written = load_policy(extends, today())
    begins = written.name.removesuffix(f"-{base.policy.edition}")

    def name_of(answers: Answers) -> str:
        return f"{begins}-{answers.text('edition')}"

    def taken(_: str, edition: str) -> str | None:
        if edition == base.policy.edition:
            return "that is the edition it is written upon: give another"
        return _taken(f"{begins}-{edition}", out)

    overlay = overlay_script(taken, base.policy.partnership)
    verb = f"policy new --extends {written.name}"
    answers, draft = Interviewer(desk, verb, source, plain=plain).answers(overlay)
    return name_of(answers), overlay_text(name_of(answers), answers, base), draft.id if draft else ""


def _taken(name: str, out: Path | None) -> str | None:
    if len(name) > LONGEST_NAME:
        return f"a file of that name would be longer than {LONGEST_NAME} letters: shorten the partnership's name"
    is_taken = out is None and own_policy(name).exists()
    return f"there is a file {name}.toml already: give another edition" if is_taken else None
