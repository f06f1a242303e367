"""An address that is withheld later is withheld in every entry that names it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escalate.core import events as e
from tests.builders import a_case, a_home
from tests.running import run


def test_an_address_corrected_to_withheld_is_shown_in_no_entry_any_more(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    child = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase", address="9 Imaginary Lane")
    case = a_case(home, (child, date(2026, 4, 1)))
    assert "9 Imaginary Lane" in run(home, "show", case.reference).out

    case.add((e.PartyNamed(**{**_fields(child), "address_withheld": True}), date(2026, 4, 2)))

    for words in (("show", case.reference), ("show", case.reference, "--json")):
        assert "9 Imaginary Lane" not in run(home, *words).out


def _fields(party: e.PartyNamed) -> dict[str, str]:
    return {"party": party.party, "sort": party.sort, "name": party.name, "address": party.address}
