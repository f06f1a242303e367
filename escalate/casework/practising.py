"""A throw-away home to practise in: the policies as they are, but that every reference says PRACTICE.

The folder is the owner's alone, and goes when practice ends, however it ends; what a killed run left goes at the next.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from escalate.files.places import shipped
from escalate.store.open_mark import OpenMark

PREFIX = "PRACTICE"
HOME = "ESCALATE_HOME"
_FOLDER = "escalate-practice-"
_MARK = "practice.mark"
_SAYS = "escalate practises here: nothing in this folder is real, and all of it is deleted when practice ends.\n"
_HEADER = re.compile(r"^[ \t]*\[policy\][^\n]*\n", re.MULTILINE)
_PREFIX = re.compile(r'^([ \t]*prefix[ \t]*=[ \t]*)(?:"[^"\n]*"|\'[^\'\n]*\')', re.MULTILINE)


@contextmanager
def practice_home(own: Path) -> Iterator[Path]:
    """Make a throw-away home and move this run into it; afterwards move back, and delete it with all that is in it.

    Args:
        own: the person's own home, whose policies and templates are copied. Nothing is written there.
    """
    remove_left_over()
    with ExitStack() as leaving:
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER)).resolve()
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        mark = OpenMark(folder / _MARK, _SAYS)
        mark.take()
        leaving.callback(mark.give_back)
        _copy_own(own, folder)
        _mark_policies(folder / "policies")
        was = os.environ.get(HOME)
        leaving.callback(_set, HOME, was)
        os.environ[HOME] = str(folder)
        yield folder


def remove_left_over() -> None:
    """Delete what a run that was killed has left: folders of ours, of this person, that nobody practises in."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            mark = folder / _MARK
            is_ours = folder.is_dir() and not folder.is_symlink() and mark.is_file() and _is_mine(folder)
            if is_ours and not OpenMark(mark).is_elsewhere():
                shutil.rmtree(folder, ignore_errors=True)


def _is_mine(folder: Path) -> bool:
    return os.name != "posix" or folder.stat().st_uid == os.getuid()


def _copy_own(own: Path, folder: Path) -> None:
    for kind in ("policies", "templates"):
        (folder / kind).mkdir()
        with suppress(OSError):
            shutil.copytree(own / kind, folder / kind, dirs_exist_ok=True)


def _mark_policies(folder: Path) -> None:
    """Have every policy's references begin with PRACTICE: own files by their header, shipped ones by one written upon.

    A file of the person's own in which that cannot be done is left out: its cases would look real.
    """
    for path in folder.glob("*.toml"):
        with suppress(OSError):
            text = marked_as_practice(path.read_text(encoding="utf-8-sig", errors="replace"))
            if text:
                path.write_text(text, encoding="utf-8")
            else:
                path.unlink()
    for path in shipped("policies").glob("*.toml"):
        upon = folder / path.name
        if not upon.exists():
            upon.write_text(f'[policy]\nextends = "{path.stem}"\nprefix  = "{PREFIX}"\n', encoding="utf-8")


def marked_as_practice(text: str) -> str:
    """Return a policy's text with PRACTICE for its prefix; "" where that cannot be done for sure.

    Example:
        >>> print(marked_as_practice('[policy]\\nprefix = "KSCP"\\n'), end="")
        [policy]
        prefix = "PRACTICE"
    """
    marked, found = _PREFIX.subn(rf'\1"{PREFIX}"', text, count=1)
    if not found:
        marked = _HEADER.sub(lambda header: f'{header[0]}prefix = "{PREFIX}"\n', text, count=1)
    try:
        header = tomllib.loads(marked).get("policy")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return ""
    return marked if isinstance(header, dict) and header.get("prefix") == PREFIX else ""


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
