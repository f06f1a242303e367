"""Writes the pages of `docs/` that are made of other files: `python scripts/docs.py`.

`docs/rules.md` leads from each rule of a shipped policy to its place in the policy's file and to the tests that prove
it. `docs/policy-errors.md` shows what is said of every broken policy in `tests/policies/broken`. In the guide
`docs/writing-a-policy.md` the table of moments is made of the program's own. `docs/reference.md`, the man page and the
list for completion are made of what the verbs say of themselves (`reference`), `docs/interview.md` of what the
interviews ask (`interviews`).
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))
DOCS = CHECKOUT / "docs"
GRAMMAR = CHECKOUT / "escalate" / "cli" / "grammar.json"
BROKEN = CHECKOUT / "tests" / "policies" / "broken"
PROVED = CHECKOUT / "tests" / "rules"


class Traced(NamedTuple):
    """A shipped policy whose rules are traced: its file's name, and its rules, `letter` 1 to `count`."""

    policy: str
    letter: str
    count: int

    @property
    def partnership(self) -> str:
        return self.policy.partition("-")[0]

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule of the policy, in order."""
        return tuple(f"{self.letter}{number}" for number in range(1, self.count + 1))


TRACED = (
    Traced("knowsley-2020-11", "K", 37),
    Traced("herefordshire-undated", "H", 33),
    Traced("somerset-2016-12", "S", 17),
    Traced("wirral-2015-09", "W", 17),
    Traced("croydon-2024-05", "C", 20),
)

KINDS = {
    "toml": "Files that are not TOML",
    "shape": "Keys and values that are not what they must be",
    "edition": "The edition, its source and its clauses",
    "ids": "Ids",
    "ladder": "The ladder, and the stages that items name",
    "times": "Times",
    "moments": "What is counted from and waited for",
    "acts": "What is owed, by whom and to whom",
    "references": "Facts, clocks, contacts and forms",
    "readings": "Contradictions and ambiguities",
    "several": "Several at once",
}
"""Every folder of broken policies, and what its policies have in common."""

_STANDS_FOR_AN_ID = ("id", "form", "role", "title", "group", "stage", "ground", "effect", "kind", "at")

_RULES_HEAD = """# Every rule, its place and its proof

Each rule that was read in a published policy has an id, which is written in the policy's file (`rule = "K7"`) and in
the names of the tests that prove it. This page is made of both by `make docs`; a test fails where a rule is missing
from either, or where one of them names a rule there is not. Items are named by their ids, which a file holds once;
lines are left out, because every edit above would move them.
"""

_ERRORS_HEAD = """# What is said of a policy that cannot be used

Every kind of problem that `escalate policy check` finds, shown on a small invented policy that has just this one: the
lines at fault, and the words a person then sees. The files are in `tests/policies/broken`; `make docs` makes this page
of them, and the tests hold both to what the program says. Problems are said all at once, in the order of the file. A
file with a problem is never half used.
"""


def pages() -> dict[Path, str]:
    """Return every page that is made of other files, by its path, as it would be written now."""
    from scripts import interviews, reference

    guide = DOCS / "writing-a-policy.md"
    return {
        DOCS / "reference.md": reference.reference_page(),
        DOCS / "escalate.1": reference.man_page(),
        DOCS / "interview.md": interviews.interview_page(),
        GRAMMAR: reference.grammar(),
        DOCS / "rules.md": rules_page(),
        DOCS / "policy-errors.md": errors_page(),
        guide: with_moments(guide.read_text(encoding="utf-8")),
    }


def with_moments(guide: str) -> str:
    """Return the guide with the table of moments between its two marks as the program knows them now."""
    from escalate.core.moments import REPEATING, WRITTEN

    before, mark, rest = guide.partition("<!-- moments -->\n")
    _, end, after = rest.partition("<!-- end of moments -->\n")
    rows = [f'| `"{written}"` | {meaning} |' for written, meaning in WRITTEN.items()]
    repeating = ", ".join(f'`"{written}"`' for written in REPEATING)
    table = "\n".join(["| written | when |", "|---|---|", *rows])
    said = f"A duty arises once, on the first occasion; but anew on each, when it is {repeating}."
    return f"{before}{mark}{table}\n\n{said}\n{end}{after}"


def items(traced: Traced) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table of a policy's file that must name its rule, and how it is called: "clock stage-1-raise"."""
    text = (CHECKOUT / "policies" / f"{traced.policy}.toml").read_text(encoding="utf-8")
    for kind, value in tomllib.loads(text).items():
        for item in value if isinstance(value, list) else [value]:
            yield _called(kind, item), item


def _called(kind: str, item: Mapping[str, Any]) -> str:
    if kind == "policy":
        return "the header"
    name = next((item[key] for key in _STANDS_FOR_AN_ID if key in item), "")
    said = ", ".join(name) if isinstance(name, list) else str(name)
    return f"{kind} {said}"


def rules_of(item: Mapping[str, Any]) -> list[str]:
    """Return the rules an item is traced under."""
    rule = item.get("rule", [])
    return [rule] if isinstance(rule, str) else list(rule)


def proofs(traced: Traced) -> dict[str, list[str]]:
    """Return the tests named by each rule, as "file::function", in the order of their files."""
    named = re.compile(rf"(?<=_){traced.letter.lower()}\d+(?=_|$)")
    found: dict[str, list[str]] = {}
    for path in sorted(PROVED.glob(f"test_{traced.partnership}_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in dict.fromkeys(named.findall(node.name)):
                    found.setdefault(rule.upper(), []).append(f"{path.name}::{node.name}")
    return found


def rules_page() -> str:
    """Return the page that leads from each rule to its place and its proof."""
    return "\n".join([_RULES_HEAD, *(_rules_of_one(traced) for traced in TRACED)])


def _rules_of_one(traced: Traced) -> str:
    text = (CHECKOUT / "policies" / f"{traced.policy}.toml").read_text(encoding="utf-8")
    header = tomllib.loads(text)["policy"]
    places: dict[str, list[str]] = {}
    for called, item in items(traced):
        for rule in rules_of(item):
            places.setdefault(rule, []).append(called)
    tests = proofs(traced)
    rows = [f"| {rule} | {_column(places.get(rule, []))} | {_column(tests.get(rule, []))} |" for rule in traced.rules]
    return "\n".join(
        [
            f"## {header['partnership']}",
            "",
            f"{header['title']}, edition {header['edition']}: [{traced.policy}.toml](../policies/{traced.policy}.toml)."
            " The tests are in [tests/rules](../tests/rules).",
            "",
            "| Rule | In the policy's file | Proved by |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _column(lines: list[str]) -> str:
    return "<br>".join(f"`{line}`" for line in lines) or "**nothing**"


def errors_page() -> str:
    """Return the page of broken policies: of each, the lines at fault and what is said."""
    parts = [_ERRORS_HEAD]
    for kind, title in KINDS.items():
        parts.append(f"## {title}\n")
        parts += [_of_one(path) for path in sorted((BROKEN / kind).glob("*.toml"), key=lambda one: one.stem)]
    return "\n".join(parts)


def _of_one(path: Path) -> str:
    said = path.with_suffix(".expected").read_text(encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    at = sorted({int(number) for number in re.findall(rf"^{re.escape(path.name)}:(\d+): ", said, flags=re.MULTILINE)})
    title = path.stem.replace("-", " ")
    shown = "\n".join(_around(path, lines, at))
    return f"### {title[:1].upper()}{title[1:]}\n\n```text\n{shown}\n```\n\n```text\n{said}```\n"


def _around(path: Path, lines: list[str], at: list[int]) -> Iterator[str]:
    """Yield the lines at fault, each under its heading and the line after, numbered; "…" where lines are left out."""
    kept: set[int] = set()
    for number in at:
        heading = next((n for n in range(number, 0, -1) if lines[n - 1 : n] and _is_heading(lines[n - 1])), number)
        before = {number - 1} if path.parent.name == "toml" else set()  # what is not closed is noticed too late
        kept |= ({heading, heading + 1, number} | before) & set(range(1, len(lines) + 1))
    last = 0
    for number in sorted(kept):
        if last and number > last + 1:
            yield "   …"
        yield f"{number:4} | {lines[number - 1]}".rstrip()
        last = number
    if not kept:
        yield "     (nothing is written)"


def _is_heading(line: str) -> bool:
    return re.match(r"\s*\[\[?[\w.]+\]", line) is not None


def main() -> None:
    """Write every page anew, and say which changed."""
    DOCS.mkdir(exist_ok=True)
    for path, text in pages().items():
        was = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(CHECKOUT).as_posix()}: {'as it was' if was == text else 'rewritten'}")


if __name__ == "__main__":
    main()
