"""A case's reference: prefix, year, number and a short code with a check character, as in KSCP-2026-0007-Q4TX.

Twenty agencies will each have a case number 7: the code, drawn from the case's own opaque id, tells them apart, and its
last character finds a slip of the pen.
"""

from __future__ import annotations

import hashlib
import re

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread or misspelt
_LOOKALIKES = str.maketrans("ILOU", "110V")
SHAPE = r"[A-Z][A-Z0-9]*-\d{4}-\d{4,}-[0-9A-Z]{4}"
"""The shape of a reference, as a regular expression without groups; its check character may not fit."""


def make_reference(prefix: str, year: int, number: int, case_id: str) -> str:
    """Return the reference of a case.

    Example:
        >>> make_reference("KSCP", 2026, 7, "case-0001")
        'KSCP-2026-0007-RQX9'
    """
    digest = hashlib.sha256(case_id.encode("utf-8")).digest()
    code = "".join(_LETTERS[byte % 32] for byte in digest[:3])
    stem = f"{prefix}-{year:04d}-{number:04d}-{code}"
    return stem + _check_letter(stem)


def is_reference(written: str) -> bool:
    """Return whether this has the shape of a reference and its check character fits."""
    written = written.strip().upper()
    return bool(re.fullmatch(SHAPE, written)) and _check_letter(written[:-1]) == written[-1]


def _check_letter(stem: str) -> str:
    # Weights 1, 3, 5, … are odd, hence invertible modulo 32: one wrong character always shows.
    read = stem.replace("-", "").translate(_LOOKALIKES)
    return _LETTERS[sum((2 * place + 1) * _LETTERS.index(letter) for place, letter in enumerate(read)) % 32]


def initials(name: str) -> str:
    """Return a name's initials ("Rowan Testcase" and "R.T." give "R.T."), or "?" where there is no name."""
    letters = [part[0].upper() for part in re.split(r"[\s.-]+", name) if part and part[0].isalpha()]
    return "".join(f"{letter}." for letter in letters) or "?"
