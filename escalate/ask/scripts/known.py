"""What an interview may offer instead of asking: who uses this database, and whom they have named before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from escalate.ask.question import Option
from escalate.core.events import SetupRecorded
from escalate.core.views import PartyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Today, what setup recorded (None before it), and the people and agencies entered before."""

    today: date
    setup: SetupRecorded | None = None
    agencies: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    own_agency: str = ""


def known(today: date, setup: SetupRecorded | None, parties: Iterable[PartyRow]) -> Known:
    """Return what is known, the parties as options: their id is the answer, their name and post what is shown."""
    rows = list(parties)
    names = {row.party: row.name for row in rows}
    own = setup.agency if setup else ""
    agencies = tuple(Option(row.party, row.name) for row in rows if row.sort == "agency" and row.party != own)
    people = tuple(
        Option(row.party, ", ".join(part for part in (row.name, row.role, names.get(row.agency, "")) if part))
        for row in rows
        if row.sort == "person" and not (setup and row.party == setup.person)
    )
    return Known(today=today, setup=setup, agencies=agencies, people=people, own_agency=names.get(own, ""))
