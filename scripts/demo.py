"""The main job on an invented case, through the real command line: `python scripts/demo.py FOLDER`, or `make demo`.

It leaves the database, the answers, the forms and the texts in FOLDER, made anew each time. Children's social care
wants to step a child down from a child protection plan, the school disagrees, and Easter 2026 lies in between.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
ANSWERS = Path(__file__).resolve().parent / "demo"
MARK = "this-is-a-demo.txt"
MARKED = "Made by scripts/demo.py, which deletes this folder and makes it again. Nothing in it is real.\n"
RECORD, FORMS, TEXTS = "record", "forms", "texts"
WIDTH = 80
ANCHOR = re.compile(r"L\d+(?:-[0-9a-f]{4}){4}")


class Step(NamedTuple):
    """One command: why it is typed, its words ("REF" is the case), and the file its output goes to, if any."""

    why: str
    words: str
    into: str = ""


DAYS: tuple[tuple[date, str, tuple[Step, ...]], ...] = (
    (
        date(2026, 4, 1),
        "the school learns of the step-down",
        (
            Step("Once, before the first case: who uses this record.", "setup --from answers/setup.toml"),
            Step("The case is opened.", "raise --from answers/raise.toml"),
            Step("What is owed, by whom, by when.", "due"),
            Step("Why Friday 10 April? The days, counted over Easter.", "why REF stage-1-resolve"),
        ),
    ),
    (
        date(2026, 4, 2),
        "the social worker is telephoned",
        (
            Step("Only now have they been told; their clock starts.", "record REF --from answers/told.toml"),
            Step("What to write after a telephone call.", "export REF --follow-up", "follow-up.txt"),
            Step("It was sent.", "do REF --from answers/followed-up.toml"),
        ),
    ),
    (
        date(2026, 4, 8),
        "after Easter, they speak",
        (Step("The discussion, with the action agreed.", "record REF --from answers/discussion.toml"),),
    ),
    (
        date(2026, 4, 9),
        "the action falls due",
        (Step("What was agreed has been done.", "do REF --from answers/sent.toml"),),
    ),
    (
        date(2026, 4, 10),
        "the last day of stage 1",
        (
            Step("What today asks for.", "due --within 0"),
            Step("No agreement: up to the line managers.", "advance REF --from answers/to-stage-2.toml"),
        ),
    ),
    (
        date(2026, 4, 13),
        "the managers agree on an earlier day",
        (Step("Sooner than the policy's date, so that it governs.", "agree REF --from answers/agreed.toml"),),
    ),
    (
        date(2026, 4, 15),
        "the managers have not agreed",
        (
            Step("Up to the senior managers.", "advance REF --from answers/to-stage-3.toml"),
            Step("Appendix 2 is owed at stage 3, Appendix 3 for the learning.", f"export REF --out {FORMS}"),
            Step("Appendix 2 was sent.", "do REF --from answers/copied.toml"),
            Step("By when now, and which reading of the policy says so.", "why REF stage-3-resolve"),
            Step("The whole case.", "show REF"),
        ),
    ),
    (
        date(2026, 4, 16),
        "the senior managers agree",
        (
            Step("Resolved: what was agreed, and what changed for Kit.", "resolve REF --from answers/resolved.toml"),
            Step("A confirmation in writing, to copy.", "export REF --confirmation", "confirmation.txt"),
        ),
    ),
    (
        date(2026, 4, 20),
        "the confirmation has come",
        (
            Step("Social care has confirmed it in writing.", "record REF --from answers/confirmed.toml"),
            Step("The text for the child's file.", "export REF --record", "for-the-childs-file.txt"),
            Step("What is still owed: the agreed action stays until checked.", "due --limit 3"),
            Step("Is the record as it was, by what Appendix 2 has printed on it?", "verify --anchor ANCHOR"),
        ),
    ),
)


def main(arguments: list[str]) -> int:
    """Run the demo into the folder named; the exit code is that of the first command that fails, or 0."""
    if len(arguments) != 1:
        print("usage: python scripts/demo.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).absolute()
    try:
        make_fresh(folder)
    except FileExistsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    reference = ""
    for day, what, steps in DAYS:
        print(f"\n{'=' * WIDTH}\n{day:%A} {day.day} {day:%B %Y}: {what}\n{'=' * WIDTH}", flush=True)
        for step in steps:
            known = {"REF": reference, "ANCHOR": printed_anchor(folder)}
            words = [known.get(word, word) for word in step.words.split()]
            into = folder / TEXTS / step.into if step.into else None
            code = run(folder, day, words, why=step.why, into=into)
            if code:
                print(f"\nerror: this command ended with exit code {code}; the demo stops here", file=sys.stderr)
                return code
            reference = reference or find_reference(folder, day)
    print("\n".join(what_lies_where(folder, reference)))
    return 0


def make_fresh(folder: Path) -> None:
    """Make `folder` empty but for its mark and the answers.

    Raises:
        FileExistsError: something else than an earlier demo lies there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FileExistsError(f"{folder}: is not a folder; name another one")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise FileExistsError(f"{folder}: holds something that no demo left there; name another folder")
        shutil.rmtree(folder)
    for name in (RECORD, FORMS, TEXTS):
        (folder / name).mkdir(parents=True)
    (folder / MARK).write_text(MARKED, encoding="utf-8")
    shutil.copytree(ANSWERS, folder / "answers")


def run(folder: Path, day: date, words: list[str], *, why: str, into: Path | None = None) -> int:
    """Run one command as it is printed, on this day, in `folder`; return its exit code."""
    typed = ["escalate", *words] + ([">", into.relative_to(folder).as_posix()] if into else [])
    print(f"\n# {why}\n$ {' '.join(typed)}", flush=True)
    # Laid out for people on a terminal; where the demo is piped or kept, in sentences of the same width.
    shape = [] if into or sys.stdout.isatty() else ["--plain"]
    command = [sys.executable, "-m", "escalate", *words, *shape]
    if into is None:
        return subprocess.run(command, cwd=folder, env=environment(day), check=False).returncode
    with into.open("w", encoding="utf-8") as file:
        return subprocess.run(command, cwd=folder, env=environment(day), stdout=file, check=False).returncode


def environment(day: date) -> dict[str, str]:
    """Return the environment in which it is this day, and the record lies in the demo's folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALATE_")}
    before = [kept["PYTHONPATH"]] if kept.get("PYTHONPATH") else []
    return kept | {
        "ESCALATE_HOME": RECORD,
        "ESCALATE_TODAY": day.isoformat(),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *before]),
        "PYTHONUTF8": "1",
        "COLUMNS": str(WIDTH),
    }


def find_reference(folder: Path, day: date) -> str:
    """Return the reference of the only case, or "" before it is opened."""
    command = [sys.executable, "-m", "escalate", "list", "--json"]
    listed = subprocess.run(
        command, cwd=folder, env=environment(day), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return next((reference for reference in references(json.loads(listed.stdout))), "")


def references(found: object) -> Iterator[str]:
    """Give every value called "reference" in what --json printed."""
    if isinstance(found, dict):
        if isinstance(found.get("reference"), str):
            yield found["reference"]
        found = list(found.values())
    if isinstance(found, list):
        for value in found:
            yield from references(value)


def printed_anchor(folder: Path) -> str:
    """Return the anchor in the footer of the first form there is, as the agency that was sent it can read it."""
    for path in sorted((folder / FORMS).glob("*.docx")):
        with zipfile.ZipFile(path) as form:
            text = "".join(form.read(name).decode() for name in form.namelist() if "/footer" in name)
        if found := ANCHOR.search(text):
            return found[0]
    return ""


def what_lies_where(folder: Path, reference: str) -> list[str]:
    """Return the lines that say what the demo left, and how to go on with it."""
    forms = sorted(path.name for path in (folder / FORMS).glob("*.docx"))
    return [
        f"\n{'=' * WIDTH}\nWhat lies in {folder}\n{'=' * WIDTH}",
        f"  {RECORD}/escalate.db   the record of {reference}",
        *(f"  {FORMS}/{name}" for name in forms),
        *(f"  {TEXTS}/{path.name}" for path in sorted((folder / TEXTS).iterdir())),
        "  answers/             what was answered; it could all be typed at the prompts",
        "",
        "Everybody in it is invented. To go on with this case, in that folder:",
        f"  ESCALATE_HOME={RECORD} ESCALATE_TODAY=2026-04-20 escalate due",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
