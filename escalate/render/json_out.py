"""`--json`: every answer in one envelope whose shape is a promise."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

from escalate import __version__
from escalate.core.plain import to_plain

SCHEMA = 1

# A terminal obeys some characters that JSON lets stand: escaped they are the same text, and harmless.
_OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def print_json(kind: str, data: object) -> None:
    """Write `data` to standard output as `format_json` gives it."""
    sys.stdout.write(format_json(kind, data) + "\n")


def format_json(kind: str, data: object) -> str:
    """Return the envelope around `data`: the version of escalate, the schema's number, and what kind of answer it is.

    Args:
        kind: "due", "case", "cases", "why", "policy", …: names the shape of `data`.
        data: dicts, lists, text, numbers, dates (written as ISO) and dataclasses, nested as they like.
    Example:
        >>> format_json("due", {"today": date(2026, 4, 10)}).splitlines()[3:]
        ['  "kind": "due",', '  "data": {', '    "today": "2026-04-10"', '  }', '}']
    """
    envelope = {"escalate": __version__, "schema": SCHEMA, "kind": kind, "data": to_plain(data)}
    written = json.dumps(envelope, ensure_ascii=False, indent=2, allow_nan=False, default=_plain)
    return _OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], written)


def _plain(value: object) -> str:
    if isinstance(value, (date, Path)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not plain")
