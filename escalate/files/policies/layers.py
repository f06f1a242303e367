"""A policy's text, whole: as its file says it or, where it extends another, composed of every file it is made of."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from escalate.errors import PolicyRefused, Problem
from escalate.files.places import folders, home, names
from escalate.files.policies.overlay import Composed, compose
from escalate.files.toml_lines import index_lines

_ONLY_UPON_ANOTHER = re.compile(r"^\s*\[\[?\s*(opt_out|follow)\s*\]", re.MULTILINE)
Check = Callable[["PolicyText"], list[Problem]]
InFile = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy as text that needs no other file: `name` is the file's stem, `digest` the SHA-256 of the UTF-8 text.

    Args:
        where: the file's name.
        folder: where the file lies.
        base: what it extends, or None.
        written: the file itself, where it extends another: then `text` is what the two make together.
        composed: how they were put together.
        refused: why they could not be; then `text` is the file's own, and nothing of it is used.
    """

    name: str
    text: str
    digest: str
    where: str
    folder: Path
    base: PolicyText | None = None
    written: str = ""
    composed: Composed | None = None
    refused: tuple[Problem, ...] = ()

    @property
    def opt_outs(self) -> tuple[dict[str, Any], ...]:
        """What it leaves out of what it extends, as each `[[opt_out]]` says it."""
        return tuple(self.composed.tables.get("opt_out", ())) if self.composed else ()

    def place(self, path: InFile) -> tuple[int, int, str]:
        """Return where something of the policy is written: how deep below this file, at which line, of which file."""
        if self.composed is None or self.base is None:
            return 0, index_lines(self.text).of(path), self.where
        origin, is_own = self.composed.origin(path)
        if is_own:
            return 0, index_lines(self.written).of(origin), self.where
        depth, line, where = self.base.place(origin)
        return depth + 1, line, where


def read_whole(path: Path, check: Check) -> PolicyText:
    """Return the text of the policy in this file, composed with what it extends.

    Args:
        check: gives the problems of a policy; nothing is built on one that has any.
    Raises:
        PolicyRefused: a file is not UTF-8 text.
    """
    text = _text_of(path)
    own = _extending(text)
    if own is None and (stray := _ONLY_UPON_ANOTHER.search(text)):
        remedy = f'write extends = "its name" under [policy], or no [{stray[1]}]'
        return _refused(path, text, [((stray[1],), f'"{stray[1]}" is for a policy that extends another', remedy)])
    if own is None:
        return PolicyText(path.stem, text, _digest(text), path.name, path.parent)
    name = own["policy"]["extends"]
    base, refused = _base_of(path, name, check)
    if base is None:
        return _refused(path, text, [(("policy", "extends"), *refused)])
    composed = compose(own, tomllib.loads(base.text), base.name)
    if composed.faults:
        return _refused(path, text, list(composed.faults))
    import tomli_w

    whole = tomli_w.dumps(composed.tables)
    return PolicyText(
        path.stem, whole, _digest(whole), path.name, path.parent, base=base, written=text, composed=composed
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad begins a file with a mark of its own
    except UnicodeDecodeError as problem:
        raise PolicyRefused(
            f"{path.name}: is not UTF-8 text", remedy="save it as UTF-8 in a plain text editor"
        ) from problem
    except OSError as problem:
        raise PolicyRefused(f"{path.name}: cannot be read: {problem.strerror}", remedy="see to the file") from problem


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _extending(text: str) -> dict[str, Any] | None:
    """Return the tables of a file that extends another; None of any other, and of what is not TOML."""
    if "extends" not in text:
        return None
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    header = tables.get("policy")
    name = header.get("extends") if isinstance(header, dict) else None
    return tables if isinstance(name, str) and name.strip() else None


def _base_of(path: Path, name: str, check: Check) -> tuple[PolicyText | None, tuple[str, str]]:
    """Return the base, or None with what is wrong with it and what to do."""
    found = find_base(path, name)
    if found is None:
        known = ", ".join(names("policies", home())) or "none"
        return None, (f'there is no policy "{name}" to extend', f"the policies here are: {known}")
    if circle := _circle(path, found):
        return None, (f"{', which extends '.join(circle)}: nothing is at the bottom", "let one of them stand by itself")
    base = read_whole(found, check)
    if problems := check(base):
        count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
        return None, (f"{name} has {count}, and nothing is built on it", f"see: escalate policy check {name}")
    return base, ("", "")


def _circle(path: Path, found: Path) -> list[str]:
    """Return the names of the policies that extend each other in a circle, from this file on; none where none do."""
    chain = [path]
    while found.resolve() not in [one.resolve() for one in chain]:
        chain.append(found)
        own = _extending(_text_of(found))
        further = find_base(found, own["policy"]["extends"]) if own else None
        if further is None:
            return []
        found = further
    return [f'"{one.stem}"' for one in (*chain, found)]


def find_base(path: Path, name: str) -> Path | None:
    """Return the file of the base: beside the one that extends it, else the user's own, else the shipped one.

    A file that extends its own name stands in place of the shipped one: that is its base.
    """
    if Path(name).name != name:
        return None
    candidates = (folder / f"{name}.toml" for folder in (path.parent, *folders("policies", home())))
    itself = path.resolve()
    files = (one for one in candidates if one.is_file())
    return next((one for one in files if name != path.stem or one.resolve() != itself), None)


def _refused(path: Path, text: str, faults: list[tuple[InFile, str, str]]) -> PolicyText:
    lines = index_lines(text)
    placed = sorted((lines.of(at), what, remedy) for at, what, remedy in faults)
    problems = tuple(Problem(f"{path.name}:{line}", what, remedy) for line, what, remedy in dict.fromkeys(placed))
    return PolicyText(path.stem, text, _digest(text), path.name, path.parent, refused=problems)
