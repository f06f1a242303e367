"""How policies and agencies are named in all that looks over many cases, and the refusal of a name that no case knows.

A policy is named by its edition, or by its partnership alone: that is every edition of it here. An agency is named by
part of its name. Capitals and doubled spaces make no difference. Through DB-API, like `readers`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from escalate.core.text import folded
from escalate.errors import NotFound
from escalate.store.case_list import as_named, containing
from escalate.store.readers import rows

JOINED_BY = "; "
"""What stands between the agencies that receive one concern."""


def refuse_unknown(con: sqlite3.Connection, *, policy: str = "", agency: str = "") -> None:
    """Refuse what no case here could match: it was misspelt, and an empty list would say that there was nothing.

    Raises:
        NotFound: no such policy or agency is known here; it says which are.
    """
    if policy:
        editions_named(con, policy)
    if not agency or not policies_here(con) or _is_agency_known(con, agency):
        return
    raise NotFound("no case here names this agency", remedy=f"those named are: {', '.join(agencies_named(con, ''))}")


def editions_named(con: sqlite3.Connection, policy: str) -> list[str]:
    """Return the editions that a policy's name stands for, of those that cases here were raised under, by name.

    Raises:
        NotFound: cases were raised here, and none under it.
    """
    known, wanted = policies_here(con), policy.strip().casefold()
    found = [name for name in known if name.casefold() == wanted]
    found = found or [name for name in known if name.casefold().startswith(f"{wanted}-")]
    if known and not found:
        raise NotFound(
            f'"{policy}" is no policy that a case here was raised under',
            remedy=f"--policy is one of: {', '.join(known)}",
        )
    return found


def policies_here(con: sqlite3.Connection) -> list[str]:
    """Return the editions that cases here were raised under, by name."""
    return [str(row["name"]) for row in rows(con, "SELECT DISTINCT name FROM policy_text ORDER BY name")]


def agencies_named(con: sqlite3.Connection, agency: str) -> list[str]:
    """Return the agencies that raised a case or had one raised with them, of which this is part of the name."""
    sql = "SELECT raising_agency AS name FROM case_view UNION SELECT receiving_agencies FROM case_view"
    each = {name for row in rows(con, sql) for name in str(row["name"]).split(JOINED_BY) if name}
    return sorted(_each_once(name for name in each if folded(agency) in folded(name)), key=str.casefold)


def _each_once(names: Iterable[str]) -> list[str]:
    return list({folded(name): name for name in sorted(names)}.values())


def _is_agency_known(con: sqlite3.Connection, agency: str) -> bool:
    sql = (
        "SELECT 1 FROM case_view WHERE raising_agency LIKE :agency ESCAPE '\\'"
        " OR receiving_agencies LIKE :agency ESCAPE '\\' LIMIT 1"
    )
    # Most are found at once; only what is not is looked for with every letter's capitals, by reading all names.
    return bool(rows(con, sql, {"agency": containing(as_named(agency))}) or agencies_named(con, agency))
