"""Erased means erased: not in the database, not beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from escalate.core.events import Redacted
from escalate.core.views import CaseRows
from escalate.store.ledger import Draft, Ledger
from tests.unfinished import leave_unfinished

MARKER = "Zwetschgenbaum"


def holding(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if MARKER.encode() in file.read_bytes())


def test_redacted_words_are_on_no_page_of_the_file(path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
        with ledger.writing() as book:
            words = make.concern(concern=f"{MARKER} " * 2_000)
            book.append("case-1", [make.new(words, id="words")], make.scribe)
            digest = book.keep_policy("exampleshire-2025-09", make.policy)
            said = CaseRows(
                case=make.case(policy_digest=digest, last_sequence=2, closing_note=MARKER),
                items=(make.item(act=MARKER),),
                parties=(make.party(name=MARKER),),
            )
            book.replace_view("case-1", said)
        leave_unfinished(
            path,
            Draft(
                id="draft-1",
                verb="record",
                stream="case-1",
                event_id="event-9",
                answers={"said": MARKER},
                updated_at="2026-04-01T16:41:00+01:00",
            ),
        )
        assert holding(path.parent) == ["escalate.db"]

        with ledger.writing() as book:
            redaction = Redacted(reason="another family", restated={"concern": "removed"})
            book.append("case-1", [make.new(redaction, id="redact", target=2)], make.scribe)
            book.blank("case-1", [2])
            book.replace_view("case-1", CaseRows(case=make.case(policy_digest=digest, last_sequence=3)))

        assert holding(path.parent) == []


def test_drafts_that_hold_the_words_are_forgotten_whatever_they_are_about(path: Path, make: Any) -> None:
    drafts = {
        "of-another-case": ("case-2", {"said": MARKER}),
        "of-no-case-yet": ("", {"route": "this policy", "concern": f"About {MARKER}."}),
        "in-a-table": ("", {"changes": [{"field": "said", "value": MARKER.upper()}]}),
        "innocent": ("case-2", {"said": "Nothing of it.", "on": None}),
    }
    with Ledger(path) as ledger:
        for id_, (stream, answers) in drafts.items():
            moment = "2026-04-01T16:41:00+01:00"
            draft = Draft(id=id_, verb="raise", stream=stream, event_id=id_, answers=answers, updated_at=moment)
            leave_unfinished(path, draft)

        with ledger.writing() as book:
            forgotten = book.drop_drafts_holding(lambda text: MARKER.casefold() in text.casefold())

        assert (forgotten, [draft.id for draft in ledger.drafts()]) == (3, ["innocent"])
    assert holding(path.parent) == []
