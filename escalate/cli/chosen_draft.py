"""The draft that somebody chose in `escalate resume`: the verb then run goes on with it and asks no more about it."""

from __future__ import annotations

from contextvars import ContextVar

chosen_draft: ContextVar[str] = ContextVar("chosen_draft", default="")
"""The id of the draft to go on with, "" where none was chosen beforehand."""
