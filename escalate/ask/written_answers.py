"""The text that answers are written in: read as TOML, with the line of each key, for one interview or for several."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from escalate.errors import AnswersMissing, EscalateError, Problem
from escalate.files.toml_lines import index_lines

_BARE_TIME = re.compile(r"=\s*\d{1,2}:\d{2}\s*(#.*)?$")
_AT_LINE = re.compile(r"\s*\((?:at line (\d+), column \d+|at end of document)\)$")
_WORDED = {"Cannot overwrite a value": "this key was given before", "Invalid value": "words need quotes around them"}
_UNDER_ITS_NAME = 'write the answers of each file under its own name: ["form 1.docx"]'


@dataclass(frozen=True, slots=True)
class Written:
    """Answers as they were read: their text, what problems call it, and the table of it that holds them.

    `table` is "" where the text holds the answers of one interview alone.
    """

    text: str
    where: str
    table: str = ""


def written_for_each(written: Written, names: Sequence[str]) -> dict[int, Written]:
    """Return which table of a text answers for which of several files, by the file's place in `names`, from 0.

    A table is named as its file is, in quotes: `["form 1.docx"]`. A file without one has no answers.

    Raises:
        AnswersMissing: it is not TOML, an answer stands in no table, or a table is named as none of the files, or as
            two of them. None of the names is said: a file's name may be a child's.
    """
    lines: dict[str, int] = {}
    for path, line in index_lines(written.text.removeprefix("\ufeff")).lines.items():
        lines.setdefault(str(path[0]), line)
    called = [unicodedata.normalize("NFC", name) for name in names]
    found: dict[int, Written] = {}
    problems = []
    for key, value in parsed_answers(written.text, written.where).items():
        at = f"{written.where}:{lines.get(key, 1)}"
        count = called.count(unicodedata.normalize("NFC", key))
        if not isinstance(value, dict):
            problems.append(Problem(at, "this stands under the name of no file", _UNDER_ITS_NAME))
        elif count == 0:
            problems.append(Problem(at, "none of the files is called so", _UNDER_ITS_NAME))
        elif count > 1:
            problems.append(Problem(at, f"{count} of the files are called so", "receive each of them by itself"))
        else:
            place = called.index(unicodedata.normalize("NFC", key))
            found[place] = Written(written.text, written.where, key)
    if problems:
        raise AnswersMissing(
            f"{written.where}: it does not say of which file each answer is", problems=problems, recorded=""
        )
    return found


def parsed_answers(text: str, where: str) -> dict[str, object]:
    """Return a TOML text as it is written, before any of it is understood.

    Raises:
        AnswersMissing: it is not TOML.
    """
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        remedy = 'write each answer as: key = "words"'
        raise refusal(where, [Problem(where, "too many brackets stand inside one another", remedy)]) from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _AT_LINE.search(said)
        what = _AT_LINE.sub("", said)
        line = at[1] if at and at[1] else str(len(text.splitlines()) or 1)
        worded = _WORDED.get(what, f"not TOML: {what[:1].lower()}{what[1:]}")
        is_bare_time = line.isdecimal() and _BARE_TIME.search((text.splitlines() or [""])[int(line) - 1])
        remedy = 'write a time in quotes: time = "14:30"' if is_bare_time else 'write each answer as: key = "words"'
        raise refusal(where, [Problem(f"{where}:{line}", worded, remedy)]) from error


def answers_inside(parsed: Mapping[str, object], table: str) -> Mapping[str, object]:
    """Return the answers of one interview: those in its table, or all there are where `table` is ""."""
    if not table:
        return parsed
    found = parsed.get(table)
    return found if isinstance(found, dict) else {}


def keys_written(text: str, table: str = "") -> frozenset[str]:
    """Return the keys of one interview's answers; none where the text is not TOML, which whoever reads it says."""
    try:
        return frozenset(answers_inside(tomllib.loads(text.removeprefix("\ufeff")), table))
    except (tomllib.TOMLDecodeError, RecursionError):
        return frozenset()


def lines_of_keys(text: str, table: str = "") -> dict[str, int]:
    """Return the line, from 1, of each key of a TOML text: "concern", "receiving", "receiving.0.agency".

    A single table counts as the first entry of an array of tables. With `table`, only the keys inside it are told, as
    if it were the whole text; its own line is that of "".
    """
    lines: dict[str, int] = {}
    for whole, line in index_lines(text.removeprefix("\ufeff")).lines.items():
        if table and whole[:1] != (table,):
            continue
        path = whole[1:] if table else whole
        if not path:
            lines[""] = line
            continue
        is_entry = len(path) > 1 and not isinstance(path[1], int)
        entry = (path[0], 0, *path[1:]) if is_entry else path
        lines.setdefault(str(path[0]), line)
        lines.setdefault(".".join(map(str, entry)), line)
    return lines


def refusal(where: str, problems: list[Problem], kind: type[EscalateError] = AnswersMissing) -> EscalateError:
    """Return the error that says what is wrong with the answers in a file, all of it."""
    count = "1 answer is" if len(problems) == 1 else f"{len(problems)} answers are"
    return kind(f"{where}: {count} missing or cannot be used", problems=problems, recorded="")
