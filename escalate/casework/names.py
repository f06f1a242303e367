"""Names as answered become parties with opaque ids: one known already keeps its id, a new one gets one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from escalate import clock
from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.core.folded_text import are_alike
from escalate.store import readers


class Names:
    """The names that one verb's answers hold; `decided` records those the case does not have yet.

    Args:
        con: the transaction they are recorded in, by which people and agencies entered before are found.
        in_case: the ids that the case itself has named already.
    """

    def __init__(self, con: sqlite3.Connection, in_case: Iterable[str], today: date) -> None:
        self.con = con
        self._in_case = set(in_case)
        self.today = today
        self._new: dict[str, e.PartyNamed] = {}

    @property
    def decided(self) -> tuple[Decided, ...]:
        """The names to be recorded before everything that uses them."""
        return tuple(Decided(fact=party, on=self.today) for party in self._new.values())

    def agency(self, answer: str) -> str:
        """Return the id of an agency answered by name, or chosen by its id; "" for no answer."""
        if not answer:
            return ""
        answer = " ".join(answer.split())
        found = self._found(answer, "agency", "")
        return self._named(
            e.PartyNamed(party=found or clock.new_id("agency"), sort="agency", name=self._name(found, answer))
        )

    def person(self, answer: str, agency: str = "", *, role: str = "", email: str = "", telephone: str = "") -> str:
        """Return the id of a person answered by name, or chosen by id; "" for no answer.

        The same name in the same agency, by its id or its name, is the same person; what is new about them replaces
        what was known.
        """
        if not answer:
            return ""
        answer = " ".join(answer.split())
        found = self._found(answer, "person", agency)
        before = readers.known_party(self.con, found)
        return self._named(
            e.PartyNamed(
                party=found or clock.new_id("person"),
                sort="person",
                name=self._name(found, answer),
                role=role or (before.role if before else ""),
                agency=agency or (before.agency if before else ""),
                email=email or (before.email if before else ""),
                telephone=telephone or (before.telephone if before else ""),
            )
        )

    def people(self, answer: str, agency: str = "") -> tuple[str, ...]:
        """Return the ids of several people answered in one line, separated by semicolons or line breaks.

        Args:
            agency: the id of the agency they all are of, "" where nobody said.
        """
        parts = (part.strip() for part in answer.replace("\n", ";").split(";"))
        return tuple(self.person(part, agency) for part in parts if part)

    def child(self, child: e.PartyNamed) -> str:
        """Return the id of a child. Who decides that it is one of an earlier case gives its id: a name never does."""
        return self._named(child)

    def _named(self, party: e.PartyNamed) -> str:
        known = readers.known_party(self.con, party.party)
        is_new_here = party.party not in self._in_case
        says_more = known is not None and (known.role, known.email, known.telephone) != (
            party.role,
            party.email,
            party.telephone,
        )
        if is_new_here or says_more:
            self._new[party.party] = party
        return party.party

    def _name(self, found: str, answer: str) -> str:
        """Return the name as it was entered first: typed again in other capitals, it renames nobody."""
        before = readers.known_party(self.con, found) or self._new.get(found)
        return before.name if before else answer

    def _found(self, answer: str, sort: str, agency: str) -> str:
        """Return the id of the party chosen, or of the one known by this name, or ""."""
        if readers.known_party(self.con, answer):
            return answer
        for new in self._new.values():
            is_named = (new.sort, new.name.casefold()) == (sort, answer.casefold())
            if is_named and self._is_there(new.agency, agency):
                return new.party
        rows = readers.parties_named(self.con, sort, answer)
        known = [row.party for row in rows if self._is_there(row.agency, agency)]
        if len(known) > 1 and (setup := readers.setup(self.con)):
            # After a handover another record's id of ourselves may be the latest here: we keep our own.
            known.sort(key=lambda party: party not in (setup.agency, setup.person))
        return known[0] if known else ""

    def _is_there(self, known: str, agency: str) -> bool:
        """Return whether somebody known at one agency may be at the other: nobody knows, or it is the same by name."""
        if not agency or known in ("", agency):
            return True
        one, other = self._called(known), self._called(agency)
        return bool(one and other) and are_alike(one, other)

    def _called(self, agency: str) -> str:
        found = readers.known_party(self.con, agency) or self._new.get(agency)
        return found.name if found else ""
