from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from escalate import __version__
from escalate.render.json_out import format_json


@dataclass
class Row:
    on: date
    words: str


def test_the_envelope_says_version_schema_and_kind() -> None:
    read = json.loads(format_json("due", {"on": date(2026, 4, 10), "rows": [Row(date(2026, 4, 11), "Łukasz")]}))

    assert read == {
        "escalate": __version__,
        "schema": 1,
        "kind": "due",
        "data": {"on": "2026-04-10", "rows": [{"on": "2026-04-11", "words": "Łukasz"}]},
    }


def test_text_comes_back_as_it_was_and_shows_a_terminal_nothing_to_obey() -> None:
    words = "[redacted] \x1b[31m \x9b31m a\u202eb \u200b \x7f \U000e0041 Łukasz\nline"

    written = format_json("case", {"words": words})

    assert json.loads(written)["data"]["words"] == words
    assert [char for char in written if not char.isprintable() and char != "\n"] == []
    assert "Łukasz" in written
