"""Giving a log out: as a file, and with names in full, which is recorded before anything with them is to be seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from escalate.casework.desk import Desk
from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.core.reports.log import CaseLog
from escalate.errors import FormRefused
from escalate.store import readers
from escalate.store.issued_files import part_of, write_part
from escalate.store.log_rows import LOGS
from escalate.store.places import sync_folder


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log as a file that is to lie at `path`; `given_as` is "xlsx", "csv" or "docx"."""

    path: Path
    given_as: str
    content: bytes


def file_log(file: LogFile) -> None:
    """Write a log without names to its place.

    Raises:
        FormRefused: a file is there already, or it cannot be written there.
    """
    _refuse_there_already(file.path)
    _settle(write_part(file.path, file.content, "the log"), file.path)


def give_with_names(desk: Desk, log: CaseLog, reason: str, given: LogFile | str) -> e.Event:
    """Record that a log is given out with names, and why somebody asked; then put its file in its place.

    The file lies complete beside its place before the entry is recorded, and takes its name after. What is shown or
    printed must be so only after this returns.

    Args:
        given: the file, or how it is shown: "screen", "json".
    Raises:
        FormRefused: as for `file_log`. Nothing was recorded then.
        NotFound: nobody has run `setup` here.
    """
    file = given if isinstance(given, LogFile) else None
    scribe = desk.scribe()
    new = desk.new_events((Decided(fact=_fact(log, reason, given), on=desk.today),))
    if file:
        _refuse_there_already(file.path)
    part = write_part(file.path, file.content, "the log") if file else None
    try:
        with desk.ledger.writing() as book:
            recorded = book.append(LOGS, new, scribe)
    except BaseException:
        if part is not None and not _is_recorded(desk, new[0].id):
            part.unlink(missing_ok=True)
        raise
    if file and part:
        _settle(part, file.path)
    return recorded[0]


def _fact(log: CaseLog, reason: str, given: LogFile | str) -> e.LogGivenOut:
    asked = log.asked
    return e.LogGivenOut(
        first_on=asked.period.first,
        last_on=asked.period.last,
        chosen_by=asked.chosen_by,
        policy=asked.policy,
        stage=asked.stage,
        agency=asked.agency,
        theme=asked.theme,
        given_as=given.given_as if isinstance(given, LogFile) else given,
        cases=len(log.lines),
        digest=hashlib.sha256(given.content).hexdigest() if isinstance(given, LogFile) else "",
        reason=reason,
    )


def free_path(folder: Path, log: CaseLog, ending: str) -> Path:
    """Return where a log may lie in a folder: named by its days and by nobody, and by a number where one is there."""
    period = log.asked.period
    stem = f"log-{period.first.isoformat()}-to-{period.last.isoformat()}{'-with-names' if log.with_names else ''}"
    return _first_free(lambda number: folder / f"{stem}{f'-{number}' if number > 1 else ''}.{ending}")


def _first_free(path: Callable[[int], Path]) -> Path:
    number = 1
    while path(number).exists() or part_of(path(number)).exists():
        number += 1
    return path(number)


def _refuse_there_already(path: Path) -> None:
    if path.exists():
        raise FormRefused(
            f"{path}: a file is there already", remedy="name another with --out, or a folder", recorded=""
        )


def _settle(part: Path, path: Path) -> None:
    part.replace(path)
    sync_folder(path.parent)


def _is_recorded(desk: Desk, event_id: str) -> bool:
    with desk.reading() as con:
        return readers.place_of(con, event_id) > 0
