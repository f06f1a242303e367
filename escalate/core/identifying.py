"""What identifies the family in a case, and whoever is withheld: all that was recorded, and where it stands in a text.

Corrected names, addresses and dates of birth are searched for as well as those that replaced them: whoever wrote a
text may have known the family by either. What was redacted is gone, and is not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.days import MONTHS
from escalate.core.folded_text import fold
from escalate.core.names_in_text import NEVER_NAMES, Hit, Wanted, find, ways_to_write
from escalate.core.plain import fact_from_plain
from escalate.core.references import initials
from escalate.core.restating import AMENDMENTS, REMOVED

Sort = Literal[
    "child's name",
    "parent's name",
    "professional's name",
    "address",
    "reference",
    "date of birth",
    "e-mail",
    "telephone",
]
Found = tuple[Sort, str]

_POST_CODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_HOUSE_NUMBER = re.compile(r"(?:(?:flat|apartment|unit)\s+\w+\W+)?\d+\w?\W+", re.IGNORECASE)
_PEOPLE_END = re.compile(r"[;,/&+:()\n]|\band\b", re.IGNORECASE)
# What is written around names where people are asked who has parental responsibility.
_WRITTEN_AROUND = """
    or of the a an by to in on at with both only sole shared joint jointly has have holds does not no is are was since
    known none yet n/a pr parental responsibility local authority council court order care interim special foster
    guardianship social services worker deceased family step birth biological adoptive maternal paternal ex
    Local Authority PR LA
"""
_PROSE = frozenset(_WRITTEN_AROUND.split())
_SHORTEST_LINE, _SHORTEST_REFERENCE, _MOST_WORDS_OF_A_NAME = 6, 3, 4
NOT_TOLD = "(withheld)"
_DATE_SEP = r"[ ./\-\x01]{1,3}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something recorded that tells who somebody is; a date of birth is written as ISO text.

    `withheld_at` is the entry since which it is withheld from every form; 0 where it is not.
    """

    sort: Sort
    words: str
    withheld_at: int = 0

    @property
    def called(self) -> str:
        """Return what to call it without saying it: "recorded name", "withheld address"."""
        kind = self.sort.rpartition("'s ")[2]
        return f"withheld {kind}" if self.withheld_at else f"recorded {kind}"

    @property
    def instead(self) -> tuple[str, ...]:
        """Return what could be put in its place: nothing that tells more than a form that withholds it does."""
        match self.sort:
            case "child's name" if self.withheld_at:
                return "the child", NOT_TOLD
            case "parent's name" if self.withheld_at:
                return "a parent", NOT_TOLD
            case "professional's name":
                return "a colleague", NOT_TOLD
            case "e-mail" | "telephone":
                return (NOT_TOLD,)
            case _ if self.withheld_at:
                return f"the child's {self.sort}", NOT_TOLD
            case "child's name":
                return initials(self.words), "the child"
            case "parent's name":
                return initials(self.words), "a parent"
            case _:
                return (f"the child's {self.sort}",)


def identifiers(case: Case, chronology: Sequence[e.Event]) -> tuple[Identifier, ...]:
    """Return everything by which the children, whoever has parental responsibility and withheld people were recorded.

    Of a child that is withheld all of it is; of one whose address is, every address. An address line that stands in the
    name of an agency of the case, as a town does, tells nobody who the child is.

    Args:
        chronology: the case's entries as recorded, so that what corrections replaced is there.
    """
    named = [(event.sequence, party) for event in chronology for party in _parties(event.fact)]
    agencies = [fold(party.name)[0].casefold() for _, party in named if party.sort == "agency"]
    since = {party: _withheld_at(case, party, named) for party in {party.party for _, party in named}}
    found: dict[Found, int] = {}
    for _, party in named:
        whole, address = since[party.party]
        if party.sort == "child" or party.party in case.raised.children:
            told = _of_child(party, agencies)
        else:
            told = _of_professional(party) if whole else iter(())
        for sort, words in told:
            # What a redaction left of it.
            key = sort, words.replace(REMOVED, " ").strip()
            found[key] = max(found.get(key, 0), address if sort == "address" else whole)
    return tuple(Identifier(sort, words, at) for (sort, words), at in found.items() if words)


def _withheld_at(case: Case, party: str, named: Sequence[tuple[int, e.PartyNamed]]) -> tuple[int, int]:
    """Return the entry since which somebody is withheld, and since which the address is: 0 for what is not."""
    now = case.parties.get(party)
    if now is None or not (now.withheld or now.address_withheld):
        return 0, 0
    whole = address = 0
    for entry, one in named:
        if one.party == party:
            whole = (whole or entry) if one.withheld else 0
            address = (address or entry) if one.withheld or one.address_withheld else 0
    # An amendment of an amendment may tell them in another order: what is withheld now is.
    latest = max(entry for entry, one in named if one.party == party)
    whole = (whole or latest) if now.withheld else 0
    return whole, address or latest


def _of_child(party: e.PartyNamed, agencies: Sequence[str]) -> Iterator[Found]:
    yield "child's name", party.name
    for name in _people_in(party.parental_responsibility):
        yield "parent's name", name
    yield "reference", party.reference
    for line in _lines_of(party.address):
        if not _stands_in(line, agencies):
            yield "address", line
    if party.born_on:
        yield "date of birth", party.born_on.isoformat()


def _of_professional(party: e.PartyNamed) -> Iterator[Found]:
    if party.sort == "person":
        yield "professional's name", party.name
        yield "e-mail", party.email
        yield "telephone", party.telephone


def find_identifiers(text: str, wanted: Sequence[Identifier]) -> list[Hit]:
    """Return every place in `text` where one of these stands, as `find_names` does; `index` is its place in `wanted`.

    Dates of birth are found in the usual written forms, day first or ISO, months in words or figures; addresses line
    by line, with or without the number of the house, lines that follow each other as one; post codes with or without
    their space.
    """
    joined: list[Hit] = []
    for hit in find(text, [way for index, one in enumerate(wanted) for way in _ways(one, index)]):
        if joined and _are_one_address(text, joined[-1], hit, wanted):
            # It is withheld as soon as a line of it is.
            first = max(joined[-1].index, hit.index, key=lambda index: (wanted[index].withheld_at, -index))
            joined[-1] = Hit(joined[-1].start, hit.end, first)
        else:
            joined.append(hit)
    return joined


def _are_one_address(text: str, one: Hit, other: Hit, wanted: Sequence[Identifier]) -> bool:
    both = wanted[one.index].sort == wanted[other.index].sort == "address"
    return both and re.fullmatch(r"[\s,;.]{1,3}", text[one.end : other.start]) is not None


def are_initials(written: str, one: Identifier) -> bool:
    """Return whether what is written is a recorded name's initials: of all its words, or of its first and last."""
    if not one.sort.endswith("name"):
        return False
    letters = "".join(char for char in written if char.isalpha())
    of_name = "".join(char for char in initials(one.words) if char.isalpha())
    return letters.isupper() and letters in (of_name, of_name[:1] + of_name[-1:])


def _parties(fact: e.Fact | None) -> Iterator[e.PartyNamed]:
    """Yield the name given by a fact, or by what an amendment restates."""
    if isinstance(fact, e.PartyNamed):
        yield fact
    body = fact.restated if isinstance(fact, AMENDMENTS) else {}
    while body:
        if {"party", "sort", "name"} <= body.keys():
            yield cast(e.PartyNamed, fact_from_plain(e.PartyNamed.kind, body))
        inner = body.get("restated")
        body = inner if isinstance(inner, dict) else {}


def _people_in(words: str) -> Iterator[str]:
    """Yield the names in the answer to who has parental responsibility: "Ada Example (mother) and the council"."""
    for piece in _PEOPLE_END.split(words):
        words_of_it = [word.strip(".") for word in piece.split()]
        told = [word for word in words_of_it if word and word not in _PROSE and word.casefold() not in NEVER_NAMES]
        capitals = [word for word in told if word[0].isupper()]
        if told:
            yield " ".join(capitals if capitals and len(told) > _MOST_WORDS_OF_A_NAME else told)


def _lines_of(address: str) -> Iterator[str]:
    for line in re.split(r"[\n,;]", address):
        without = _HOUSE_NUMBER.sub("", line.strip(), count=1)
        yield from (one.strip() for one in (line, without) if len(one.strip()) >= _SHORTEST_LINE)
    yield from (f"{found[1]} {found[2]}" for found in _POST_CODE.finditer(address))


def _stands_in(line: str, agencies: Sequence[str]) -> bool:
    return any(fold(line)[0].casefold() in agency for agency in agencies)


def _ways(one: Identifier, index: int) -> Iterator[Wanted]:
    match one.sort:
        case "child's name" | "parent's name" | "professional's name":
            yield from ways_to_write(one.words, index)
        case "address" | "e-mail":
            yield from _spaced(index, re.findall(r"[^\W_]+", fold(one.words)[0]), r"[\W_]{0,3}")
        case "reference" | "telephone":
            figures = re.findall(r"[^\W_]", fold(one.words)[0])
            if len(figures) >= _SHORTEST_REFERENCE and one.words.casefold() not in ("none", "not known", "unknown"):
                yield from _spaced(index, figures, r"[\W_]?")
        case "date of birth":
            dates = "|".join(_written(date.fromisoformat(one.words)))
            yield Wanted(index, len(one.words), rf"(?<![^\W_])(?i:{dates})(?![^\W_])")


def _spaced(index: int, words: Sequence[str], between: str) -> Iterator[Wanted]:
    if words:
        body = between.join(map(re.escape, words))
        yield Wanted(index, sum(map(len, words)), rf"(?<![^\W_])(?i:{body})(?![^\W_])")


def _written(day: date) -> Iterator[str]:
    """Yield how people write a date, as regular expressions; of two that begin alike, the longer first."""
    in_words = MONTHS[day.month - 1]
    d, m, y = f"0?{day.day}", f"0?{day.month}", f"'?(?:{day.year // 100})?{day.year % 100:02d}"
    month = f"{in_words[:3]}(?:{'t|' * (day.month == 9)}{in_words[3:]})?"
    nth = f"{d} ?(?:st|nd|rd|th)?"
    yield rf"{d}{_DATE_SEP}{m}{_DATE_SEP}{y}"
    yield rf"{day.year}{_DATE_SEP}{m}{_DATE_SEP}{d}"
    yield f"{day:%d%m%Y}|{day:%Y%m%d}|{day:%d%m%y}"
    yield rf"{nth}[\W_]{{0,3}}(?:of )?{month}[\W_]{{0,3}}{y}"
    yield rf"{month}[\W_]{{0,3}}(?:the )?{nth}[\W_]{{0,3}}{y}"
