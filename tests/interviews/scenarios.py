"""The verbs that ask, each in a home where it has everything to ask about. Everybody is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from escalate.core import events as e
from tests.builders import a_case, a_home, discussed, ended, on, told
from tests.cli.issued import at_stage
from tests.cli.returned import came_back, sent_out

Prefers = Mapping[str, str | tuple[str, ...]]
_NOT_AT_RISK = {"immediate risk": ("2", "1", "3")}


@dataclass(frozen=True)
class Scenario:
    """One verb: `words` types it on `today`, once `prepares` has made its home there and said what stands for "REF"."""

    name: str
    words: tuple[str, ...]
    prepares: Callable[[Path], str]
    prefers: Prefers = field(default_factory=dict)
    today: str = "2026-04-10"

    def at(self, folder: Path) -> tuple[Path, tuple[str, ...]]:
        """Return a home of its own, and what is typed there."""
        home = folder / "home"
        home.mkdir(parents=True)
        there = self.prepares(home)
        stands_for = {"REF": there, "PASSPHRASE": str(folder / "passphrase.txt")}
        return home, tuple(stands_for.get(word, word) for word in self.words)


def nothing(home: Path) -> str:
    return ""


def set_up(home: Path) -> str:
    a_home(home)
    return ""


def at_stage_1(home: Path) -> str:
    a_home(home)
    return a_case(home, told("2026-04-01"), discussed("2026-04-02")).reference


def at_stage_2(home: Path) -> str:
    a_home(home)
    return at_stage(home, "2").reference


def resolved(home: Path) -> str:
    a_home(home)
    return a_case(home, told("2026-04-01"), ended("1", "resolved", "2026-04-09", decision="Visit.")).reference


def form_back(home: Path) -> str:
    a_home(home)
    _, path = sent_out(home)
    back = {"options_considered": "A visit.", "by_whom": "All.", "decision": "None."}
    return str(came_back(path, home.parent / "returned.docx", **back))


def passphrase(home: Path) -> str:
    reference = at_stage_1(home)
    (home.parent / "passphrase.txt").write_text("seven invented words stand here\n", encoding="utf-8")
    return reference


def recommended(home: Path) -> str:
    a_home(home)
    made = e.RecommendationMade(by="The Chair", recommendation="Meet within the week.", stage="4")
    return at_stage(home, "4").add((made, on("2026-04-10"))).reference


KINDS = (
    (at_stage_2, "I told them"),
    (at_stage_2, "we spoke"),
    (at_stage_2, "something became known"),
    (at_stage_2, "a manager looked at it"),
    (at_stage_2, "something the partnership could learn"),
    (at_stage_2, "something was done otherwise"),
    (at_stage_2, "what was not said yet"),
    (at_stage_2, "nothing else"),
    (resolved, "what was agreed has been confirmed"),
    (recommended, "somebody at the top decided"),
    (recommended, "an agency has answered"),
)
RECORDING = tuple(
    Scenario(
        f"record: {kind}", ("record", "REF"), prepares, _NOT_AT_RISK | {"What do you want to record?": f"label {kind}"}
    )
    for prepares, kind in KINDS
)
# Each with the day it is said on: the first stage's last day is Fri 10 April, and a stage is out of time only after it.
ENDINGS = {
    "resolved": "2026-04-10",
    "unresolved": "2026-04-10",
    "no response": "2026-04-10",
    "out of time": "2026-04-13",
}
RAISING = Scenario("raise", ("raise",), set_up, _NOT_AT_RISK)
ADVANCING = tuple(
    Scenario(
        f"advance, {ending}",
        ("advance", "REF"),
        at_stage_1,
        _NOT_AT_RISK | {"How did this stage end?": str(number)},
        today,
    )
    for number, (ending, today) in enumerate(ENDINGS.items(), 1)
)
SCENARIOS = (
    Scenario("setup", ("setup",), nothing, {"telephone": ("01632 960100", "01632 960200")}),
    RAISING,
    Scenario("raise --received", ("raise", "--received"), set_up, _NOT_AT_RISK),
    *RECORDING,
    Scenario("agree", ("agree", "REF"), at_stage_1, _NOT_AT_RISK),
    Scenario("do", ("do", "REF"), at_stage_2, _NOT_AT_RISK),
    Scenario("advance", ("advance", "REF"), at_stage_1, _NOT_AT_RISK),
    *ADVANCING,
    Scenario("resolve", ("resolve", "REF"), at_stage_1, _NOT_AT_RISK),
    Scenario("withdraw", ("withdraw", "REF"), at_stage_1, _NOT_AT_RISK),
    Scenario("reopen", ("reopen", "REF"), resolved, _NOT_AT_RISK),
    Scenario("receive", ("receive", "REF"), form_back),
    Scenario("handover", ("handover", "REF", "--passphrase-file", "PASSPHRASE"), passphrase),
    Scenario(
        "correct", ("correct", "REF"), at_stage_1, {"Which entry?": "9", "What should change?": ("said", "options")}
    ),
    Scenario("redact", ("redact", "REF"), at_stage_1, {"Which words must go": ("two disclosures", "Attendance fell")}),
    Scenario("policy new", ("policy", "new"), set_up),
    Scenario("policy new --extends", ("policy", "new", "--extends", "knowsley-2020-11"), set_up),
)
