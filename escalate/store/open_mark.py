"""The mark that a program has something open. The system takes it away with the program, however that ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from escalate.errors import EscalateError
from escalate.store.places import make_owner_only


class OpenMark:
    """A file that says that what lies beside it is open in some window: held from `take` to `give_back`.

    Args:
        path: of the mark; it is there for as long as it is held.
        says: what whoever finds the file reads in it.
    """

    def __init__(self, path: Path, says: str = "") -> None:
        self.path, self.says = path, says
        self._held: IO[str] | None = None

    def is_elsewhere(self) -> bool:
        """Return whether another window holds the mark; one left by a program that is gone is no sign of that."""
        if not self.path.is_file():
            return False
        if sys.platform == "win32":
            with suppress(FileNotFoundError):
                try:
                    self.path.unlink()  # an open file cannot be deleted there
                except PermissionError:
                    return True
            return False
        import fcntl

        try:
            with self.path.open("r", encoding="utf-8") as found:
                fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError as error:
            return isinstance(error, BlockingIOError)
        return False

    def take(self) -> None:
        """Hold the mark, as far as this disk can say so: nothing that is kept depends on it.

        Where it is taken over from a window that is still there, it stays that one's.
        """
        with suppress(OSError, EscalateError):
            if sys.platform == "win32":
                make_owner_only(self.path)
                self._held = self._written(self.path)  # open, it is held
                return
            import fcntl

            # Under its own name only once it is locked: found before, it would look like one that was left.
            being_made = self.path.with_name(f"{self.path.stem}.{os.getpid()}{self.path.suffix}")
            make_owner_only(being_made)
            held = self._written(being_made)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not self.is_elsewhere():
                    being_made.replace(self.path)
                    self._held = held
            finally:
                if self._held is not held:
                    held.close()
                    being_made.unlink(missing_ok=True)

    def _written(self, path: Path) -> IO[str]:
        held = path.open("w", encoding="utf-8")
        held.write(self.says)
        held.flush()
        return held

    def give_back(self) -> None:
        """Take the mark away, where it is held here."""
        if self._held is None:
            return
        if os.name == "posix":
            with suppress(OSError):
                if os.path.samestat(os.fstat(self._held.fileno()), self.path.stat()):
                    self.path.unlink()
        self._held.close()
        self._held = None
        if os.name != "posix":
            with suppress(OSError):
                self.path.unlink()
