"""Build the wheel, install it in an environment of its own from the runtime lock, and use it far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"
COMMANDS = (("--version",), ("--help",), ("policy", "list"), ("policy", "show", "knowsley-2020-11"))


def main() -> None:
    """Print what each command answered first; end with an error at the first that fails."""
    with tempfile.TemporaryDirectory(prefix="escalate-wheel-") as temporary:
        elsewhere = Path(temporary)
        wheel = build(elsewhere / "dist")
        venv.create(elsewhere / "venv", with_pip=True)
        python = elsewhere / "venv" / BIN / "python"
        install(python, "--require-hashes", "-r", str(CHECKOUT / "requirements.lock"))
        install(python, "--no-deps", str(wheel))
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("ESCALATE_", "PYTHON"))
        }
        environment["ESCALATE_HOME"] = str(elsewhere / "home")
        for words in COMMANDS:
            command = [str(elsewhere / "venv" / BIN / "escalate"), *words]
            answer = subprocess.run(
                command, cwd=elsewhere, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
            )
            print(f"{wheel.name}: escalate {' '.join(words)}: {answer.stdout.splitlines()[0]}")


def build(folder: Path) -> Path:
    """Return the wheel built from this checkout into `folder`."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT)], check=True
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(python: Path, *what: str) -> None:
    """Install `what` into the environment that `python` belongs to."""
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what], check=True)


if __name__ == "__main__":
    main()
