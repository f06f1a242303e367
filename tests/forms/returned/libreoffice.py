"""LibreOffice itself, at work on forms without a window: saves them again, by way of other formats, types in them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

_LONGEST = 300  # seconds, for all files of a call
_AT_ONCE = 60  # of some hundreds it leaves the last undone
_OWN_GROUP: dict[str, bool] = {"start_new_session": True} if os.name == "posix" else {}
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt:writer8",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
}
_MACRO = Path(__file__).with_name("typing_in_libreoffice.bas")
_SCRIPT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{}</script:module>\n'
)


@dataclass(frozen=True, slots=True)
class Keystroke:
    """What somebody does in one field: `act` is "append", "replace", "enter" or "clear"."""

    bookmark: str
    act: str
    text: str = ""


def soffice() -> str | None:
    """Return LibreOffice's program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


class LibreOffice:
    """A LibreOffice with a profile of its own in this folder: started anew for each call."""

    def __init__(self, folder: Path) -> None:
        program = soffice()
        if program is None:
            raise FileNotFoundError("LibreOffice is not installed")
        self.program = program
        self.folder = folder
        self.calls = 0

    def saved(self, forms: Mapping[str, bytes], by_way_of: str = "docx") -> dict[str, bytes]:
        """Return these documents by name as LibreOffice writes them again, by way of another format if one is named."""
        if by_way_of != "docx":
            forms = self._converted(forms, "docx", by_way_of)
        return self._converted(forms, by_way_of, "docx")

    def typed(self, forms: Mapping[str, tuple[bytes, Sequence[Keystroke]]]) -> dict[str, bytes]:
        """Return these documents after somebody typed in them and saved them as .docx."""
        here = self._place()
        jobs = []
        for name, (content, strokes) in forms.items():
            (here / f"{name}.docx").write_bytes(content)
            came, went = (here / f"{name}.docx").as_uri(), (here / "out" / f"{name}.docx").as_uri()
            jobs.append(f"form\t{came}\t{went}")
            jobs += [f"{stroke.act}\t{stroke.bookmark}\t{stroke.text}" for stroke in strokes]
        (here / "out").mkdir()
        (here / "jobs.txt").write_text("\n".join([*jobs, ""]), encoding="utf-8")
        self._teach()
        self._run([f'macro:///Standard.Module1.Main("{(here / "jobs.txt").as_uri()}")'])
        return self._read(forms, here / "out", "docx")

    def _converted(self, forms: Mapping[str, bytes], source: str, target: str) -> dict[str, bytes]:
        converted: dict[str, bytes] = {}
        for names in _in_batches(list(forms)):
            here = self._place()
            for name in names:
                (here / f"{name}.{source}").write_bytes(forms[name])
            files = [str(here / f"{name}.{source}") for name in names]
            self._run(["--convert-to", _FILTERS[target], "--outdir", str(here / "out"), *files])
            converted |= self._read(names, here / "out", target)
        return converted

    def _read(self, names: Iterable[str], folder: Path, kind: str) -> dict[str, bytes]:
        return {name: (folder / f"{name}.{kind}").read_bytes() for name in names}

    def _place(self) -> Path:
        self.calls += 1
        here = self.folder / f"call-{self.calls}"
        here.mkdir(parents=True)
        return here

    def _teach(self) -> None:
        """Put the macro that types into the one module that a new profile has."""
        module = self.folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
        if not module.exists():
            self._run(["--terminate_after_init"])
        module.write_text(_SCRIPT.format(escape(_MACRO.read_text(encoding="utf-8"))), encoding="utf-8")

    def _run(self, words: Sequence[str]) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [self.program, profile, "--headless", "--norestore", "--nolockcheck", *words]
        quiet = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
        # The program starts another, which would go on without it: both end together.
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=quiet, **_OWN_GROUP
        ) as run:
            try:
                said, _ = run.communicate(timeout=_LONGEST)
            except subprocess.TimeoutExpired:
                _end(run)
                raise
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command, said)


def _in_batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]


def _end(run: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
