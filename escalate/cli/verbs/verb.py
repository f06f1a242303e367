"""One verb of the command line, and the sections that the help lists them in."""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """One verb: its name, its line in the help, its section there, and where its code is.

    `reads` promises the reading door: it never imports the heavy libraries (a test holds it to that).
    `records` says it can write: its errors then say what was recorded.
    """

    name: str
    home: str
    says: str
    section: str
    examples: tuple[str, ...]
    reads: bool = False
    records: bool = False


RAISE = "Raise it and see it through"
END = "End it"
LOOK = "See where things stand"
PARTNERSHIP = "The partnership's view"
TRUST = "Policies and the record"
