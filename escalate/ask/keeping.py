"""A draft kept while somebody types: at once after an answer, within a second while words are being written.

Words being written are kept by a thread of their own, so that neither a slow disk nor a busy database holds up typing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from escalate.core.answers import Answers
from escalate.errors import EscalateError
from escalate.store.draft_held import DraftGone, DraftTaken

Save = Callable[[Answers], None]
MakeDraft = Callable[[], Answers]
WITHIN_SECONDS = 1.0


def keep_nothing(_: Answers) -> None:
    """The `save` of an interview whose answers must leave no draft: whoever leaves it is told so."""


class Keeper:
    """One interview's draft and whether it is kept. Safe to be called from any thread.

    Args:
        save: keeps a draft in place of the one before; an empty one means that nothing may be kept. It may raise
            EscalateError or OSError: the draft is then not kept, and the next one is tried as if nothing had been.
        within: seconds after which words being written are kept.
    """

    def __init__(self, save: Save, within: float = WITHIN_SECONDS) -> None:
        self.keeps = save is not keep_nothing
        self.trouble = ""
        """Why the draft given last could not be kept; "" where it was."""
        self.gone = ""
        """Why nothing is kept any more: somebody took the draft over, or removed it; "" where neither."""
        self.is_elsewhere = False
        """Whether another window goes on with the draft: its answers are the ones that count."""
        self._save, self._within = save, within
        self._one_at_a_time = threading.RLock()
        self._waiting: MakeDraft | None = None
        self._has_waiting, self._is_closed = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def now(self, draft: Answers) -> bool:
        """Keep this draft before returning; return whether it is kept. What was waiting is older, and forgotten."""
        with self._one_at_a_time:
            self._waiting = None
            return self._keep(draft)

    def soon(self, make: MakeDraft) -> None:
        """Keep the draft that `make` gives, a moment later; of several only the last. Returns at once."""
        if not self.keeps or self._is_closed.is_set():
            return
        self._waiting = make
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="draft", daemon=True)
            self._thread.start()
        self._has_waiting.set()

    def what_waits(self) -> None:
        """Keep now what `soon` left for later: there may be no later."""
        with self._one_at_a_time:
            make, self._waiting = self._waiting, None
            if make and not self._is_closed.is_set():
                self._keep(make())

    def close(self) -> None:
        """Keep nothing more. When this returns, no thread is writing."""
        with self._one_at_a_time:
            self._waiting = None
            self._is_closed.set()
        self._has_waiting.set()

    def _keep(self, draft: Answers) -> bool:
        if self.gone:
            return not draft
        try:
            self._save(draft)
        except DraftGone as error:
            self.gone, self.trouble, self.keeps = error.what, "", False
            self.is_elsewhere = isinstance(error, DraftTaken)
            return not draft
        except EscalateError as error:
            self.trouble = error.what
        except OSError as error:
            self.trouble = error.strerror or "the disk did not take it"
        else:
            self.trouble = ""
        return not self.trouble

    def _follow(self) -> None:
        while not self._is_closed.is_set():
            self._has_waiting.wait()
            self._has_waiting.clear()
            # From the first change on, not the last: whoever types without a pause is kept up with, too.
            self._is_closed.wait(self._within)
            self.what_waits()
