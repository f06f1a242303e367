"""The Makefile, CI's script and the locks: what a newcomer runs first."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
needs_make = pytest.mark.skipif(shutil.which("make") is None and "CI" not in os.environ, reason="make is not installed")


def pinned(lock: str) -> dict[str, str]:
    text = (CHECKOUT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, flags=re.MULTILINE))


def project() -> dict[str, object]:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@needs_make
def test_make_alone_lists_the_targets_a_newcomer_needs() -> None:
    # `make test` tells the make inside it that it is inside: it would say which folder it enters.
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")}

    ran = subprocess.run(["make"], cwd=CHECKOUT, capture_output=True, encoding="utf-8", env=alone, check=True)

    listed = [line.split()[1] for line in ran.stdout.splitlines()]
    assert listed[:6] == ["help", "demo", "test", "check", "bench", "proofs"]


@needs_make
def test_without_a_python_new_enough_make_says_so_in_a_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("make", "sh", "touch"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)

    ran = subprocess.run(
        ["make", "test"], cwd=tmp_path, capture_output=True, encoding="utf-8", env={"PATH": str(tools)}, check=False
    )

    assert ran.returncode == 2
    assert ran.stderr.splitlines()[0] == (
        "escalate needs Python 3.11 or later, with its venv module: install it, or say make PYTHON=/path/to/python3"
    )
    assert not (tmp_path / ".venv").exists()


def test_ci_runs_exactly_the_tests_that_make_test_runs() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.search(r"^make test\b", script, flags=re.MULTILINE)
    assert re.search(r"^make format lint types imports$", script, flags=re.MULTILINE)
    assert re.search(r"^make proofs PROOFS=part$", script, flags=re.MULTILINE)
    assert re.search(r"^make demo$", script, flags=re.MULTILINE)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address_and_every_release_has_its_hashes(lock: str) -> None:
    text = (CHECKOUT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    releases = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [release.split()[0] for release in releases if "--hash=sha256:" not in release] == []


def test_both_locks_pin_the_same_releases() -> None:
    runtime, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def test_the_runtime_lock_pins_everything_the_project_depends_on() -> None:
    named = {re.split(r"[<>=; ]", str(one))[0] for one in project()["dependencies"]}  # type: ignore[attr-defined]

    assert named - set(pinned("requirements.lock")) == set()


def test_typer_stays_below_the_release_that_imports_pydantic_on_every_run() -> None:
    assert pinned("requirements.lock")["typer"].startswith("0.28.")
