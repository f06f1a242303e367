"""A long answer opened in the person's own editor: meanwhile it lies in a plain file, only its owner's to read."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from escalate.errors import EscalateError
from escalate.store.being_written import remove_room
from escalate.store.places import make_owner_only

_NAMES = ("VISUAL", "EDITOR")
_LEAVING = (
    (
        ("vi", "vim", "nvim", "vim.tiny"),
        "In vi: i begins to type; Esc, then :wq and Enter, keeps your words and leaves.",
    ),
    (("nano", "pico"), "In nano: Ctrl-O and Enter keeps your words, then Ctrl-X leaves."),
)


class EditorFailed(EscalateError):
    """No editor was found, it would not begin, or its file cannot be read. The words are where they were."""


class EditorEnded(Exception):
    """The editor ended with an error after it had changed its file: `written` stands there, perhaps not all of it."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.written = written


@dataclass(frozen=True, slots=True)
class LeftInFile:
    """Words found in the file of an editor that nobody came back from: the question's key, and they."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class WritingRoom:
    """The folder in which one draft's words lie while an editor has them open. Nobody else's words are in it."""

    folder: Path

    def open(self, key: str, words: str) -> str:
        """Return the words of a question after its editor has ended.

        Raises:
            EditorFailed: there is none, it did not begin or ended with an error and nothing changed, or the file is
                not UTF-8. A file that was changed and cannot be read stays.
            EditorEnded: it ended with an error, and something changed: the words in its file.
        """
        command = editor_command(os.environ)
        path = self.path_of(key)
        if path not in self.unread():  # that is opened again as it stands: nobody has its words elsewhere
            self.clear_of(key)
            make_owner_only(path)
            path.write_text(f"{words}\n" if words else "", encoding="utf-8")
        try:
            code = subprocess.call([*command, str(path)])
        except OSError as error:
            self.clear_of(key)
            raise EditorFailed(
                f"{command[0]}: cannot be started: {error.strerror}",
                remedy="set EDITOR to an editor you have; quote a path with spaces in it: EDITOR='\"/my tools/ed\" -w'",
            ) from None
        written = self.read(key)
        if code and written == words:
            self.clear_of(key)
            raise EditorFailed(f"the editor ended with an error ({code})", remedy="nothing was changed")
        if code:
            raise EditorEnded(written)
        return written

    def path_of(self, key: str) -> Path:
        """Return the file of a question: named by its key, never by anybody's words."""
        return self.folder / f"{key}.txt"

    def read(self, key: str) -> str:
        """Return what stands in a question's file now.

        Raises:
            EditorFailed: it is gone, or not UTF-8.
        """
        path = self.path_of(key)
        try:
            raw = path.read_bytes()
            is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
            return raw.decode("utf-16" if is_wide else "utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
        except UnicodeDecodeError:
            raise EditorFailed(f"{path}: is not UTF-8 text", remedy="save it as UTF-8, or copy its words") from None
        except OSError as error:
            raise EditorFailed(f"{path}: cannot be read: {error.strerror}") from None

    def left(self) -> list[LeftInFile]:
        """Return the words in files that are still there: nobody came back from their editor."""
        found = []
        for path in sorted(self.folder.glob("*.txt")):
            try:
                found.append(LeftInFile(path.stem, self.read(path.stem)))
            except EditorFailed:
                continue  # it stays where it is
        return found

    def unread(self) -> list[Path]:
        """Return the questions' files that are still there and cannot be read."""
        return [path for path in sorted(self.folder.glob("*.txt")) if not self._is_read(path)]

    def _is_read(self, path: Path) -> bool:
        try:
            self.read(path.stem)
        except EditorFailed:
            return False
        return True

    def clear_of(self, key: str) -> None:
        """Remove a question's file, and what an editor left: the words are kept elsewhere. Other questions' stay."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if self.path_of(key).name in path.name:
                    path.unlink(missing_ok=True)
        if not any(self.folder.glob("*.txt")):
            self.clear()

    def clear(self) -> None:
        """Remove every file: the words are not wanted."""
        remove_room(self.folder)


def editor_command(environment: Mapping[str, str], system: str = os.name) -> list[str]:
    """Return the command of this person's editor: VISUAL, EDITOR, else what the system has.

    Raises:
        EditorFailed: there is none.
    """
    for name in _NAMES:
        if words := environment.get(name, "").strip():
            try:
                found = [word.strip('"') for word in shlex.split(words, posix=system != "nt")]
            except ValueError:
                raise EditorFailed(f"{name}: its quotes do not match", remedy=f"set {name} to an editor") from None
            if not found or not found[0]:
                raise EditorFailed(
                    f"{name}: names no editor", remedy=f"set {name} to an editor, such as {name}=nano, or remove it"
                )
            # A path with spaces that was not quoted is taken as one where it is a file.
            return [words] if len(found) > 1 and Path(words).is_file() else found
    for known in ("notepad",) if system == "nt" else ("nano", "vi"):
        if path := shutil.which(known):
            return [path]
    raise EditorFailed("no editor was found", remedy="set EDITOR to one, such as EDITOR=nano, and begin again")


def how_to_leave() -> str:
    """Return how this person's editor is left, where that is a thing to know; "" elsewhere.

    Raises:
        EditorFailed: there is no editor.
    """
    name = Path(editor_command(os.environ)[0]).stem.casefold()
    return next((how for names, how in _LEAVING if name in names), "")
