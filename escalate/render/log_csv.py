"""The log as comma-separated values, as spreadsheets open them: UTF-8 that says so, no formula among people's words.

A cell that would begin like a formula begins with an apostrophe. Days are written year-month-day.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from escalate.core.reports.log import CaseLog
from escalate.render.log_cells import COLUMNS, Value, is_like_a_formula, marking, value_of

_SAYS_UTF_8 = "\ufeff"


def log_as_csv(log: CaseLog) -> bytes:
    """Return the log as a .csv file: a line of headings, then a line for each escalation."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    # The marking is the last heading: a line of its own would not be a line of the log.
    writer.writerow((*COLUMNS.values(), marking(log)))
    writer.writerows([*(_written(value_of(line, name)) for name in COLUMNS), ""] for line in log.lines)
    return (_SAYS_UTF_8 + text.getvalue()).encode("utf-8")


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    words = str(value)
    return f"'{words}" if isinstance(value, str) and is_like_a_formula(words) else words
