"""What may import what, held by reading the code: import-linter checks the floors, this what it cannot see."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "escalate"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported_tops(module: Path) -> set[str]:
    """The top-level packages a module imports, anywhere in it; `escalate` itself by its room ("escalate.core")."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        found |= {".".join(name.split(".")[: 2 if name.startswith("escalate.") else 1]) for name in names}
    return found


@pytest.mark.parametrize("module", sorted((PACKAGE / "core").rglob("*.py")), ids=lambda path: path.stem)
def test_core_imports_the_standard_library_only(module: Path) -> None:
    allowed = sys.stdlib_module_names | {"escalate", "escalate.core", "escalate.errors"}

    assert imported_tops(module) - allowed == set()


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }

    assert long == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "common", "services", "misc"}

    assert [path for path in MODULES if path.stem in drawers or path.parent.name in drawers] == []
