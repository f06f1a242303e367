"""What is inside the wheel, and that it works where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of this checkout in which somebody has a template open in Word."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("pyproject.toml", "README.md", ".gitignore"):
        shutil.copy(CHECKOUT / name, copy)
    for name in ("escalate", "policies", "templates", "docs"):
        shutil.copytree(CHECKOUT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "templates" / "~$open-in-word.docx").write_bytes(b"lock")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--no-build-isolation", "-w", copy / "dist", copy], check=True)
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--target", folder, wheel], check=True)
    return folder


def run_elsewhere(elsewhere: Path, *words: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(elsewhere), "ESCALATE_HOME": str(elsewhere / "home")}
    ran = subprocess.run(
        [sys.executable, *words], cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout


def test_every_policy_and_template_is_inside_and_no_lock_file(wheel: Path) -> None:
    ours = {
        f"escalate/_shipped/{path.relative_to(CHECKOUT).as_posix()}"
        for kind in ("policies", "templates")
        for path in (CHECKOUT / kind).rglob("*")
        if path.is_file() and not path.name.startswith(("~$", ".~lock."))
    }

    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("escalate/_shipped/")}

    assert shipped == ours
    assert any(name.endswith(".toml") for name in shipped)
    assert any(name.endswith(".docx") for name in shipped)


def test_nothing_but_the_package_its_metadata_and_the_man_page_is_inside(wheel: Path) -> None:
    name = wheel.name.removesuffix("-py3-none-any.whl")
    inside = zipfile.ZipFile(wheel).namelist()

    assert {path.split("/")[0] for path in inside} == {"escalate", f"{name}.dist-info", f"{name}.data"}
    assert [path for path in inside if ".data/" in path] == [f"{name}.data/data/share/man/man1/escalate.1"]


def test_far_from_the_checkout_the_installed_package_finds_its_own_policies(elsewhere: Path) -> None:
    found = run_elsewhere(elsewhere, "-c", "from escalate.files.places import shipped; print(shipped('policies'))")

    assert Path(found.strip()).resolve() == (elsewhere / "escalate" / "_shipped" / "policies").resolve()


def test_far_from_the_checkout_the_installed_package_lists_the_policies(elsewhere: Path) -> None:
    listed = run_elsewhere(elsewhere, "-m", "escalate", "policy", "list")

    assert "knowsley-2020-11" in listed


def test_an_editable_install_leaves_no_copy_of_the_data_behind(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--no-build-isolation", "--target", tmp_path, "--editable", CHECKOUT],
        check=True,
    )

    assert not (tmp_path / "escalate").exists()
