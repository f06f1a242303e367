"""What `escalate` alone shows, today, and what `escalate --help` prints: verbs by section, a way in, the exit codes.

Neither imports a verb; the help imports nothing at all.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from escalate.cli.verbs import VERBS

if TYPE_CHECKING:
    from escalate.render.today_page import TodayPage

EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "done"),
    (1, "it could not go on; the message says why"),
    (2, "mistyped, or answers are missing and there is nobody to ask"),
    (3, "the case does not allow it"),
    (4, "no such case, policy, form, entry or deadline"),
    (5, "somebody else changed the case first"),
    (6, "another route applies; nothing is kept"),
    (7, "the policy file has problems; none of it is used"),
    (8, "the form was not issued, or has problems"),
    (9, "the database cannot be used"),
    (10, "the record is not as it was written"),
    (20, "`due --exit-code`: something is due today"),
    (21, "`due --exit-code`: something is overdue"),
    (70, "a fault in escalate itself"),
    (130, "stopped by Ctrl-C; what was answered is kept as a draft"),
    (141, "whatever read the output stopped reading"),
)
_NARROWEST = 16


def format_help() -> str:
    """Return the page `escalate --help` prints: the verbs by section, a way in, the exit codes; no wider than here."""
    lines = [
        "usage: escalate VERB [...]",
        "",
        "Safeguarding escalations: raised, chased and recorded by your partnership's own policy.",
        "escalate sends nothing and tells nobody. A child in immediate danger: telephone 999.",
    ]
    for section in dict.fromkeys(verb.section for verb in VERBS):
        lines += ["", section]
        lines += [f"  {verb.name:<12}{verb.says}" for verb in VERBS if verb.section == section]
    lines += [
        "",
        "For the first time",
        "  escalate setup            who you are, and your policy",
        "  escalate practice         try it on an invented case",
        "  escalate raise            open a case; most answers can wait",
        "  escalate due              what to do today",
        "  escalate                  alone: what presses today, and what to type next",
        "  escalate raise --help     one verb, with examples",
        "",
        "Exit codes",
        *(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES),
    ]
    if not sys.stdout.isatty():
        return "\n".join(lines)
    from shutil import get_terminal_size

    width = max(get_terminal_size((80, 24)).columns, _NARROWEST)
    return "\n".join(_fitted(line, width) for line in lines)


def _fitted(line: str, width: int) -> str:
    """Return a line as several of at most `width` columns, each further one beneath the line's last column."""
    if len(line) <= width:
        return line
    import re
    import textwrap

    columns = re.match(r" +(?:\S+ )*?\S*  +", line)
    margin = " " * (min(columns.end(), width // 2) if columns else 0)
    return textwrap.fill(line, width, subsequent_indent=margin, break_on_hyphens=False)


def show_today() -> int:
    """Show what presses today, what was left unfinished and what to type next; before setup, how to begin.

    Through a pipe it is the same plain text. Returns the exit code, 0.

    Raises:
        LedgerRefused: as `escalate due`.
    """
    from escalate.render.console import PROSE_WIDTH, Screen
    from escalate.render.today_page import show_how_to_begin, show_today_page

    screen = Screen.here()
    if screen.kind == "piped":
        screen = Screen("spoken", PROSE_WIDTH)
    page = _today_page()
    if page:
        show_today_page(screen, page)
    else:
        show_how_to_begin(screen)
    return 0


def _today_page() -> TodayPage | None:
    """What there is to show, or None before setup."""
    from escalate.cli.due_answer import due_line
    from escalate.clock import today
    from escalate.files.places import database
    from escalate.render.due_table import DuePage
    from escalate.render.today_page import HANDFUL, TodayPage, pressing
    from escalate.store.calendar_rows import agency_closures
    from escalate.store.drafts_left import drafts_left
    from escalate.store.due_list import DueQuestion, due_counts, due_items, has_cases
    from escalate.store.reading import reading_if_any
    from escalate.store.set_up import is_set_up

    with reading_if_any(database()) as con:
        if con is None or not is_set_up(con):
            return None
        day = today()
        asked = DueQuestion(today=day)
        rows = pressing(due_items(con, asked, limit_per_part=HANDFUL))
        closures = agency_closures(con, day)
        page = DuePage(
            today=day,
            lines=[due_line(row, day, closures) for row in rows],
            counts=due_counts(con, asked),
            order=("overdue", "today", "this week", "no date"),
            has_cases=bool(rows) or has_cases(con),
        )
        return TodayPage(due=page, drafts=drafts_left(con))
