"""What stands in the cells of a log: the same words in every kind of file, each kept from being more than words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from escalate.core.forms.dates import format_form_date
from escalate.core.reports.log import BESIDE, HEADINGS, CaseLog, LogLine

COLUMNS = {**HEADINGS, **BESIDE}
Value = str | date | int | None
NOT_TOLD = "not told yet"
"""What stands in place of the day on which it was raised, while nobody of the other side was told."""

# A spreadsheet takes what begins so for a formula; some trim blanks and characters that are not seen before they look.
_BEGINS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫|%\t\r")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def value_of(line: LogLine, name: str) -> Value:
    """Return what stands in one column: words, a day, a number, or None where there is nothing to say.

    The reference stands with the others that the escalation has, a line each.
    """
    if name == "reference":
        return "\n".join((line.reference, *(f"also {other}" for other in line.also)))
    value: Value = getattr(line, name)
    if name == "raised_on" and value is None:
        return NOT_TOLD
    return harmless(value) if isinstance(value, str) else value


def harmless(words: str) -> str:
    """Return words with whatever no file may hold shown as a box."""
    return _UNSEEN.sub("\ufffd", words)


def is_like_a_formula(words: str) -> bool:
    """Return whether a spreadsheet could take these words for a formula, whatever unseen stands before it.

    Example:
        >>> is_like_a_formula("\u200b =1+1"), is_like_a_formula("1 = one")
        (True, False)
    """
    if words[:1] in ("\t", "\r"):
        return True
    seen = next((one for one in words if not one.isspace() and unicodedata.category(one) not in _NOT_SEEN), "")
    return seen in _BEGINS


_NOT_SEEN = ("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp")


def title_of(log: CaseLog) -> str:
    """Return what the log is of: "Log of escalations raised: January to March 2026"."""
    chosen = {"raised": "raised", "open": "open on any day"}[log.asked.chosen_by]
    return f"Log of escalations {chosen}: {log.asked.period.called}"


def marking(log: CaseLog) -> str:
    """Return what every file and page of a log is marked with."""
    if log.with_names:
        return "RESTRICTED: it names children and other people in full. Only for whom it was asked for"
    return "RESTRICTED: initials and agencies may tell of a child"


def on_paper(line: LogLine, name: str) -> Value:
    """Return what stands in one column where only the summary log's own are printed.

    Between whom it is, its stage and its state stand with its reference: an open line then is not one left unfilled.
    """
    value = value_of(line, name)
    if name != "reference":
        return value
    between = f"{line.raised_by} \N{RIGHTWARDS ARROW} {line.raised_with}" if line.raised_with else line.raised_by
    stands = ", ".join(words for words in (line.stage.partition(":")[0], line.state) if words)
    return harmless("\n".join((str(value), between, stands)))


def about(log: CaseLog) -> Sequence[str]:
    """Return what must be known to read the log, a sentence each."""
    asked = log.asked
    only = {"policy": asked.policy, "stage reached": asked.stage, "agency": asked.agency, "theme": asked.theme}
    chosen = "; ".join(f"{name} {value}" for name, value in only.items() if value)
    names = (
        "Names stand in full: this was recorded."
        if log.with_names
        else "Initials stand for recorded names: of the children of a case in its line, whole or in part; of everybody"
        " else in this record, where the name stands whole. A name that nobody recorded stands as it was written."
    )
    return (
        f"Made on {format_form_date(log.made_on)}. {names}",
        "What people wrote stands as they wrote it otherwise: it may hold telephone numbers and e-mail addresses.",
        *((f"Only: {chosen}.",) if chosen else ()),
        "One line for each escalation; linked cases count once. Ages are those on the day it was raised.",
    )
