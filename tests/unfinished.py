"""An interview left unfinished: its draft kept as the product keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from escalate.store.draft_held import HeldDraft
from escalate.store.drafts import Draft


def leave_unfinished(database: Path, draft: Draft) -> None:
    """Keep this draft, at the moment that it says it was kept last."""
    HeldDraft(database, replace(draft, updated_at="")).keep(draft.answers, draft.updated_at)
