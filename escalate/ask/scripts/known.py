"""What an interview may offer instead of asking: who uses this database, and whom they have named before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from escalate.ask.question import Option
from escalate.ask.scripts.naming_nobody import NamesSomebody
from escalate.core.days import MONTHS
from escalate.core.events import SetupRecorded
from escalate.core.folded_text import as_compared
from escalate.core.references import initials
from escalate.core.views import ChildBefore, PartyRow


@dataclass(frozen=True, slots=True)
class ChildKnown:
    """A child of an earlier case, who can be chosen by number.

    `called` are the initials; `shown` are they, the date of birth, and the case with its day and its agencies. `name`
    is the full name, to know it by where it is typed, and `case` the reference.
    """

    party: str
    called: str
    shown: str
    born_on: date | None = None
    name: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Today, what setup recorded (None before it), and the people, agencies and children entered before.

    `works_for` is the agency of each person of whom it is known, both by opaque id. An agency of several ids, as after
    a handover, is offered once: `offered_as` has that id for each of them, our own where it is ours.
    `has_more_children` says that earlier cases have more children than are offered. `elsewhere` says whether words name
    somebody of another case.
    """

    today: date
    setup: SetupRecorded | None = None
    agencies: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    own_agency: str = ""
    children: tuple[ChildKnown, ...] = ()
    has_more_children: bool = False
    works_for: Mapping[str, str] = field(default_factory=dict)
    offered_as: Mapping[str, str] = field(default_factory=dict)
    elsewhere: NamesSomebody | None = field(default=None, compare=False)

    def people_of(self, *agencies: str) -> tuple[Option, ...]:
        """Return the people known to work for one of these agencies, by opaque id, and those of whom nobody knows."""
        wanted = {"", *(self._one_agency(agency) for agency in agencies)}
        return tuple(one for one in self.people if self._agency_of(one.value) in wanted)

    @property
    def people_elsewhere(self) -> tuple[Option, ...]:
        """The people who are not known to work for our own agency."""
        own = self.setup.agency if self.setup else ""
        return tuple(one for one in self.people if not own or self._agency_of(one.value) != own)

    def is_own_agency(self, said: str) -> bool:
        """Return whether this is our own agency: by any id that it has here, or by its name as somebody typed it."""
        if self.setup is None:
            return False
        is_named = bool(self.own_agency) and as_compared(said) == as_compared(self.own_agency)
        return is_named or self._one_agency(said) == self.setup.agency

    def _one_agency(self, agency: str) -> str:
        return self.offered_as.get(agency, agency)

    def _agency_of(self, person: str) -> str:
        return self._one_agency(self.works_for.get(person, ""))


def children_known(children: Sequence[ChildBefore]) -> tuple[ChildKnown, ...]:
    """Return the children of earlier cases as they are offered; nobody without initials, who would be no choice."""
    return tuple(child_known(child) for child in children if initials(child.name) != "?")


def child_known(child: ChildBefore) -> ChildKnown:
    """Return a child of an earlier case as it is offered: by initials, so that a visitor at the desk learns little.

    Example:
        >>> child = ChildBefore(
        ...     party="child-1", name="Rowan Testcase", born_on=date(2018, 5, 3), case="K-1",
        ...     opened_on=date(2026, 4, 1), agencies="Invented Health",
        ... )
        >>> child_known(child).shown
        'R.T., born 3 May 2018 (K-1, opened 1 Apr 2026, with Invented Health)'
    """
    day, opened = child.born_on, child.opened_on
    born = f", born {day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
    case = f"{child.case}, opened {opened.day} {MONTHS[opened.month - 1][:3]} {opened.year}"
    whom = f", with {child.agencies}" if child.agencies else ""
    called = initials(child.name)
    return ChildKnown(child.party, called, f"{called}{born} ({case}{whom})", day, child.name, child.case)


def known(today: date, setup: SetupRecorded | None, parties: Iterable[PartyRow]) -> Known:
    """Return what is known, the parties as options: their id is the answer, their name and post what is shown."""
    rows = list(parties)
    names = {row.party: row.name for row in rows}
    own = setup.agency if setup else ""
    offered_as = _offered_as(rows, own)
    agencies = tuple(
        Option(row.party, row.name)
        for row in rows
        if row.sort == "agency" and row.party == offered_as[row.party] and row.party != own
    )
    people = tuple(
        Option(row.party, ", ".join(part for part in (row.name, row.role, names.get(row.agency, "")) if part))
        for row in rows
        if row.sort == "person" and not (setup and row.party == setup.person)
    )
    works_for = {row.party: row.agency for row in rows if row.sort == "person" and row.agency}
    return Known(
        today=today,
        setup=setup,
        agencies=agencies,
        people=people,
        own_agency=names.get(own, ""),
        works_for=works_for,
        offered_as=offered_as,
    )


def _offered_as(rows: Sequence[PartyRow], own: str) -> dict[str, str]:
    """Return for each agency the id of the one of its name that is offered: our own, or else the first."""
    agencies = [row for row in rows if row.sort == "agency"]
    first: dict[str, str] = {}
    for row in sorted(agencies, key=lambda one: one.party != own):
        first.setdefault(as_compared(row.name), row.party)
    return {row.party: first[as_compared(row.name)] for row in agencies}
