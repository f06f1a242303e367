"""The list of labels that a form is made by: one a line, with what a person knows of each field, or guessed.

`label | kind | fills`, the last two as known; "printed" in place of a kind is a line that is no field's, and only
keeps the order. What nobody said is guessed from the label where it says so clearly, else left to be filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from escalate.core.forms.definition import FieldKind
from escalate.core.forms.keys import ASKED_KEYS, CASE_KEYS, DUTY
from escalate.errors import Problem

_MOST_LABELS = 300
_LONGEST_ID = 36
_PRINTED = "printed"
_THEM = "them"

# What a label says, folded to small letters, and what then fills its field; the first that fits counts.
_FILLS: tuple[tuple[str, str], ...] = (
    (r"date of birth|\bd\.?o\.?b\b", "child.born_on"),
    (r"(child|young person|family).*\binitials|\binitials.*(child|young person)", "child.name"),
    (r"\bname.*\b(child|young person|pupil)|(child|young person)('s|’s)? (full )?name", "child.name"),
    (r"(child|young person).*\baddress", "child.address"),
    (r"(child|unique|mosaic|nhs|upn).*\b(reference|identifier|number|id)\b", "child.reference"),
    (r"parental responsibility|\bpr\b", "child.parental_responsibility"),
    (r"^age\b|age of (the )?(child|young person)", "child.age"),
    (r"(escalation|case) (ref\b|reference)", "case.reference"),
    (r"level of need.*(perceived|proposed)|(perceived|proposed).*level of need", "ask:need.perceived"),
    (r"level of need.*(current|present)|(current|present).*level of need", "ask:need.current"),
    (r"^(gender|sex)\b", "ask:child.gender"),
    (r"^ethnic", "ask:child.ethnicity"),
    (r"^send\b|special educational needs", "ask:child.send"),
    (r"agenc(y|ies) (that is )?rais|raising agency|referring agency|escalating agency", "agency.raising"),
    (r"agenc(y|ies) (being )?(challenged|escalated to|receiving)|receiving agency", "agency.receiving"),
    (r"agencies (concerned|involved)|agencies in (conflict|dispute)", "agency.all"),
    (r"(form )?completed by|person completing", "form.completed_by"),
    (r"date (form )?(was )?completed", "form.completed_on"),
    (r"date of (the )?escalation|date escalated", "form.escalated_on"),
    (r"date of (the )?(initial )?concern", "case.concern_on"),
    (r"date.*\braised", "case.raised_on"),
    (r"date.*\bresolved", "case.resolved_on"),
    (r"date.*\b(discussed|discussion|meeting)", "discussion.date"),
    (r"^stage$|^stage of (the )?escalation|current stage", "case.stage"),
    (r"\breasons? for (the )?(escalation|concern|disagreement)", "case.reason"),
    (r"\b(desired|wanted|sought) outcome|outcomes? (wanted|sought|desired)", "case.outcome_wanted"),
    (r"\b(details|summary|nature|description) of.*\b(disagreement|difference|dispute|conflict)", "case.difference"),
    (r"\bkey issues\b", "case.key_issues"),
    (r"\bthemes?\b", "case.themes"),
    (r"\b(learning|lessons)\b", "case.learning"),
    (r"options? (considered|discussed)", "discussion.options"),
    (r"actions? (already )?taken", "case.actions_taken"),
    (r"progress", "case.progress"),
    (r"actions? (agreed|required)|agreed actions?|^actions?$", "discussion.actions"),
    (r"^decisions?( made)?$", "discussion.decision"),
    (r"^recommendations?", "discussion.recommendations"),
    (r"manage(r|rial|ment) oversight", "oversight.note"),
    (r"how.*\bresolved|method.*\bresol", "case.method"),
    (r"^outcome|summary of (the )?resolution", "case.outcome"),
    (r"^(the )?concerns?$|(description|details|summary) of.*\bconcern", "case.concern"),
    (r"(professionals?|people|others?).*\binvolved", "people.others"),
    (r"(person|professional).*\b(escalating|raising)", "people.raiser"),
)
# What heads the columns of a table that has a row for each of something; the first of each must be there.
_COLUMNS: tuple[tuple[Literal["actions", "people"], tuple[tuple[str, str], ...]], ...] = (
    (
        "actions",
        (
            (r"^(agreed )?actions?( (agreed|required|needed))?$|^what\b", "action.what"),
            (r"\bwho(m)?\b|\bowner|\bresponsible|\blead\b", "action.owner"),
            (r"\bwhen\b|\bdue\b|\bdeadline|\btimescale|\btarget date|^date$", "action.by_on"),
            (r"\b(done|completed|completion)\b", "action.done"),
        ),
    ),
    (
        "people",
        (
            (r"^(full )?names?\b", "person.name"),
            (r"\brole|\bpost\b|\bposition\b|job title", "person.role"),
            (r"\bagency|\borganisation", "person.agency"),
        ),
    ),
)
_DATES = re.compile(r"\b(date|d\.?o\.?b)\b|^when\b", re.IGNORECASE)
_SIGNED = re.compile(r"^(signed|signature)\b", re.IGNORECASE)
_LONG = re.compile(
    r"\b(details?|describe|description|summary|outline|reasons?|concerns?|issues?|actions?|outcomes?|learning|lessons|"
    r"options|decisions?|recommendations?|progress|oversight|comments?|evidence|views?|address)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAsked:
    """One line of the list: a label as printed, and what was said of its field, empty where nothing was.

    `is_printed` says it is a line of the form that is no field's. `by_them`: the partnership fills it in.
    """

    label: str
    line: int
    kind: FieldKind | None = None
    options: tuple[str, ...] = ()
    fills: str = ""
    asks: str = ""
    is_printed: bool = False
    by_them: bool = False


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a label seems to ask for; empty where it does not say."""

    fills: str = ""
    asks: str = ""


def parse_labels(text: str, where: str) -> tuple[tuple[LabelAsked, ...], tuple[Problem, ...]]:
    """Return the labels of a list and every problem in it. Empty lines and those that begin with "#" say nothing.

    Example:
        >>> parse_labels("Is it resolved? | choice: Yes, No", "labels.txt")[0][0].options
        ('Yes', 'No')
    """
    asked: list[LabelAsked] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        label, *rest = (" ".join(part.split()) for part in line.split("|"))
        if not "".join((label, *rest)) or label.startswith("#"):
            continue
        one, wrong = _asked(label, rest, number)
        asked.append(one)
        problems += [Problem(f"{where}:{number}", what, remedy) for what, remedy in wrong]
    if not asked:
        problems.append(Problem(where, "there is no label in it", "write one label a line, as printed on the form"))
    if len(asked) > _MOST_LABELS:
        problems.append(Problem(where, f"it has more than {_MOST_LABELS} labels"))
    return tuple(asked[:_MOST_LABELS]), tuple(problems)


def _asked(label: str, rest: Sequence[str], line: int) -> tuple[LabelAsked, list[tuple[str, str]]]:
    wrong: list[tuple[str, str]] = []
    kind, _, listed = (rest[0] if rest else "").partition(":")
    fills = rest[1] if len(rest) > 1 else ""
    options = tuple(word.strip() for word in listed.split(",") if word.strip())
    kind = kind.strip().lower()
    if not label:
        wrong.append(("there is no label before the first bar", "write the label as printed"))
    if kind not in ("", _PRINTED, *get_args(FieldKind)):
        wrong.append((f'"{kind}" is no kind of field', f"kinds are: {', '.join(get_args(FieldKind))}; or printed"))
        kind = ""
    if len(rest) > 2:
        wrong.append(("there are more than two bars", "write: label | kind | fills"))
    key = fills if fills != _THEM else ""
    is_case_key = key in CASE_KEYS or key.startswith(DUTY)
    if key and not is_case_key and key not in ASKED_KEYS:
        wrong.append((f'nothing fills "{key}"', "the keys there are: escalate form show --keys"))
    one = LabelAsked(
        label=label,
        line=line,
        kind=cast(FieldKind, kind) if kind in get_args(FieldKind) else None,
        options=options,
        fills=key if is_case_key else "",
        asks=key if not is_case_key else "",
        is_printed=kind == _PRINTED,
        by_them=fills == _THEM,
    )
    return one, wrong


def guess_fills(label: str) -> Guessed:
    """Return what a label clearly asks for. "Date" alone, or "Name", could be anybody's: nothing is guessed of them.

    Example:
        >>> guess_fills("1.2 D.O.B:")
        Guessed(fills='child.born_on', asks='')
        >>> guess_fills("Date")
        Guessed(fills='', asks='')
    """
    words = without_number(label).casefold().strip(" :?*")
    for pattern, key in _FILLS:
        if re.search(pattern, words):
            return Guessed(asks=key[4:]) if key.startswith("ask:") else Guessed(fills=key)
    return Guessed()


@dataclass(frozen=True, slots=True)
class Columns:
    """What the rows of a table are of, and the key that fills each column, "" where its heading does not say."""

    rows_of: Literal["actions", "people"]
    keys: tuple[str, ...]

    def kind_of(self, key: str) -> FieldKind:
        """Return the kind of answer that a column filled by this key holds."""
        kinds: dict[str, FieldKind] = {"action.what": "long", "action.by_on": "date"}
        return kinds.get(key, "person" if key in ("action.owner", "person.name") else "text")


def guess_columns(labels: Sequence[str]) -> Columns | None:
    """Return what the rows under these headings clearly are, or None: two headings and more must say so.

    Example:
        >>> guess_columns(["Action", "Who", "By when"]).keys
        ('action.what', 'action.owner', 'action.by_on')
        >>> guess_columns(["Concern", "Progress", "Outcome"])
    """
    words = [without_number(label).casefold().strip(" :?*") for label in labels]
    for rows_of, patterns in _COLUMNS:
        keys: list[str] = []
        for one in words:
            found = next((key for pattern, key in patterns if re.search(pattern, one)), "")
            keys.append(found if found not in keys else "")
        if patterns[0][1] in keys and sum(1 for key in keys if key) > 1:
            return Columns(rows_of, tuple(keys))
    return None


def column_ids(keys: Sequence[str]) -> tuple[str, ...]:
    """Return an id for each column, in order: the last part of its key, else its number; all fit a bookmark's name.

    Example:
        >>> column_ids(["action.what", ""])
        ('what', 'column_2')
    """
    return tuple(key.partition(".")[2] or f"column_{number}" for number, key in enumerate(keys, start=1))


def guess_kind(label: str) -> FieldKind:
    """Return the kind of answer a label seems to want: a signature, a date, as long as it needs, or a line."""
    words = without_number(label).strip()
    if _SIGNED.search(words):
        return "sign"
    if _DATES.search(words) and not re.search(r"\bname|\b(and|&)\b|\?", words, re.IGNORECASE):
        return "date"
    return "long" if _LONG.search(words) else "text"


def without_number(label: str) -> str:
    """Return a label without the number printed before it: "1.4 Address" is "Address"."""
    return re.sub(r"^\s*(\(?\d+(\.\d+)*[.)]?|\(?[a-z][.)])\s+", "", label, flags=re.IGNORECASE)


def field_ids(labels: Sequence[str]) -> tuple[str, ...]:
    """Return an id for each label, in order: its own words, told apart by a number where labels repeat.

    Example:
        >>> field_ids(["Date", "1.1 Child’s name:", "Date"])
        ('date', 'child_s_name', 'date_2')
    """
    given: list[str] = []
    for label in labels:
        words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", without_number(label)).lower())
        stem = "_".join(words)
        while len(stem) > _LONGEST_ID - 4 and "_" in stem:
            stem = stem.rpartition("_")[0]
        stem = stem[: _LONGEST_ID - 4]
        stem = stem if stem[:1].isalpha() and stem != "issue" else f"field_{stem}".rstrip("_")
        number, name = 1, stem
        while name in given:
            number += 1
            name = f"{stem}_{number}"
        given.append(name)
    return tuple(given)
