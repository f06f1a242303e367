"""The learning points that a report tells in their own words, with initials for those who are named in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Set

from escalate.core.case import Case, read_case
from escalate.core.initialled import Everyone, initialled
from escalate.core.learning import known_names_in
from escalate.core.letter_names import initials_in
from escalate.core.names_anywhere import words_that_may_name
from escalate.core.reports.learning_lines import LearningLine
from escalate.store.learning_list import points_counted
from escalate.store.people_known import names_known, words_of_names
from escalate.store.readers import chronology, rows
from escalate.store.report_scope import Asked


def learning_lines(con: sqlite3.Connection, asked: Asked) -> tuple[LearningLine, ...]:
    """Return the learning points that a report counts, the first identified first."""
    everyone, of_names = Everyone(names_known(con)), words_of_names(con)
    cases: dict[str, tuple[Case, Callable[[str], str]]] = {}
    found = []
    for row in points_counted(con, asked):
        stream = row["stream"]
        if stream not in cases:
            events = chronology(con, stream)
            case = read_case(events)
            cases[stream] = case, initials_in(case, events, everyone)
        case, told = cases[stream]
        people = [party.name for party in case.parties.values() if party.sort == "person"]
        written = row["words"], _became(row)
        words, became = (initialled(told(text), (), people) for text in written)
        found.append(
            LearningLine(
                key=f"{stream} {row['key']}",
                reference=row["reference"],
                number=row["number"],
                words=words,
                became=became,
                names=bool(known_names_in(written, case)) or any(map(everyone.found_in, written)),
                may_name=_of_a_name(f"{words}\n{became}", everyone, of_names),
            )
        )
    return tuple(found)


def words_told(con: sqlite3.Connection, stream: str) -> dict[str, str]:
    """Return the words of each learning point of a case as a report tells them now, by the point's key."""
    points = rows(con, "SELECT key, words FROM learning_view WHERE stream = ?", (stream,))
    if not points:
        return {}
    events = chronology(con, stream)
    case = read_case(events)
    told = initials_in(case, events, Everyone(names_known(con)))
    people = [party.name for party in case.parties.values() if party.sort == "person"]
    return {row["key"]: initialled(told(row["words"]), (), people) for row in points}


def _of_a_name(text: str, everyone: Everyone, of_names: Set[str]) -> tuple[str, ...]:
    """Return what is part of somebody's name, as it is written, and whole names for which no initials stand."""
    words = (word for plain, word in words_that_may_name(text).items() if plain in of_names)
    whole = (" ".join(name.split()) for name in everyone.found_in(text))
    return tuple(dict.fromkeys((*whole, *words)))


def _became(row: sqlite3.Row) -> str:
    """Return where a point stands, and in whose words it ended; not whose it is: people are no figure."""
    taken = f"taken to {row['taken_to']}" if row["taken_to"] else ""
    decided = f"{taken}: {row['decided']}" if taken and row["decided"] else taken
    ended = f"{row['state']}: {row['became']}" if row["became"] else row["state"]
    return "; ".join(part for part in (decided.rstrip("."), ended) if part)
