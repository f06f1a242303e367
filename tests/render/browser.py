"""A browser without a window, told what to do through its debugging pipe: pages opened as they are, nothing added.

Chromium takes its orders as JSON, each ended by a zero byte, on file descriptors 3 and 4. No driver lies between.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

_LONGEST = 60  # seconds, for one order
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
    # No name is found, so that nothing gets out even where a page asks.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

# What fits is counted and not described, which takes it a third of the time.
_RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations))"
# Both are lifted out of the way first: either may have one of the two numbers.
_ON_3_AND_4 = """
import fcntl, os, sys
come, go = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(come, 3)
os.dup2(go, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Violation(NamedTuple):
    """A rule of axe-core that a page breaks, and the elements that do."""

    rule: str
    elements: tuple[str, ...]


@dataclass
class Opened:
    """What came of opening a page: what it said on the console, and what it asked for beside itself."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def chromium() -> str | None:
    """Return the browser's program, or None where there is none that can be driven."""
    return next(filter(None, map(shutil.which, _NAMES)), None) if os.name == "posix" else None


def axe_core() -> str:
    """Return the text of axe-core's script, as the development dependency carries it."""
    found = importlib.util.find_spec("axe_core_python")
    if found is None or found.origin is None:
        raise FileNotFoundError("axe-core-python is not installed")
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


class Browser:
    """One tab of a browser. Made by `started`."""

    def __init__(self, to: int, come: int) -> None:
        self._to, self._come, self._rest, self._asked = to, come, b"", 0
        self._session = ""
        self._opened = Opened()
        self._loaded = False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def open(self, page: Path, *, width: int = 1200, media: str = "screen") -> Opened:
        """Open a file as wide as this, on the screen or as printed, and return what came of it."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        self._ask("Emulation.setEmulatedMedia", media=media)
        self._opened, self._loaded = Opened(), False
        address = page.as_uri()
        self._ask("Page.navigate", url=address)
        while not self._loaded:
            self._heed(self._next())
        # What the page asked for while it loaded has been told by the time it answers.
        self.value("document.readyState")
        self._opened.requests = [one for one in self._opened.requests if one != address]
        return self._opened

    def value(self, expression: str) -> Any:
        """Return what an expression comes to in the page, waiting for it where it is promised."""
        found = self._ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise ValueError(found["exceptionDetails"]["text"])
        return found["result"].get("value")

    def violations(self) -> list[Violation]:
        """Return what axe-core finds wrong with the page that is open, by rule."""
        # Orders from outside are not held to the page's own policy: the page stays as it is.
        self.value(f"{axe_core()}; undefined")
        found = json.loads(self.value(_RUN_AXE))
        return [Violation(one["id"], tuple(node["html"] for node in one["nodes"])) for one in found]

    def printed(self) -> bytes:
        """Return the page that is open as it is printed, as a PDF."""
        return base64.b64decode(self._ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._asked += 1
        order = {"id": self._asked, "method": method, "params": params}
        order |= {"sessionId": self._session} if self._session else {}
        self._send(json.dumps(order).encode() + b"\0")
        while (answer := self._next()).get("id") != self._asked:
            self._heed(answer)
        if "error" in answer:
            raise ValueError(f"{method}: {answer['error']['message']}")
        return dict(answer["result"])

    def _send(self, order: bytes) -> None:
        while order:
            order = order[os.write(self._to, order) :]

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _LONGEST
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._come], [], [], max(0, until - time.monotonic()))
            piece = os.read(self._come, 1 << 20) if ready else b""
            if not piece:
                raise TimeoutError("the browser has ended, or does not answer")
            self._rest += piece
        one, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(one))

    def _heed(self, told: dict[str, Any]) -> None:
        what: dict[str, Any] = told.get("params", {})
        match told.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self._opened.requests.append(what["request"]["url"])
            case "Log.entryAdded" if what["entry"]["level"] in ("error", "warning"):
                self._opened.console.append(what["entry"]["text"])
            case "Runtime.consoleAPICalled":
                self._opened.console.append(" ".join(str(one.get("value", "")) for one in what["args"]))
            case "Runtime.exceptionThrown":
                self._opened.console.append(what["exceptionDetails"]["text"])


@contextmanager
def started(program: str, profile: Path) -> Iterator[Browser]:
    """Start the browser with a profile of its own in this folder, and end it afterwards with all that it started."""
    theirs, to = os.pipe()
    come, ours = os.pipe()
    command = [sys.executable, "-c", _ON_3_AND_4, str(theirs), str(ours), program]
    command += [*_QUIET, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    run = subprocess.Popen(
        command,
        pass_fds=(theirs, ours),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(theirs)
    os.close(ours)
    try:
        yield Browser(to, come)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        os.close(to)
        os.close(come)
