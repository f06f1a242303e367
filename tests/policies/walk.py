"""Walking a case through an invented partnership's policy, by the program itself, in a home of its own.

    walk = Walk(tmp_path, "alderwick-2026-01")
    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"talk-settle": "2026-04-07"}
    walk.advanced("2026-04-08", outcome="unresolved")

Each step is typed as answers on standard input, and must succeed. `due` and `why` are what `--json` says.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.running import Ran, run

INVENTED = Path(__file__).parent / "invented"
ME = {
    "name": "Alex Practitioner",
    "role": "Designated Safeguarding Lead",
    "agency": "Invented Primary School",
    "nation": "England",
    "emergency_day": "01632 960100",
    "emergency_out_of_hours": "01632 960200",
}
CONCERN = {
    "risk": "no",
    "route": "this policy",
    "children": ["Rowan Testcase"],
    "receiving": ["Exampleshire Children's Social Care"],
    "decision": "The case was closed after one visit.",
    "concern": "Attendance fell to 61 %.",
    "outcome_wanted": "A strategy discussion this week.",
}


def path_of(policy: str) -> Path:
    """Return where an invented policy's file lies."""
    return INVENTED / f"{policy}.toml"


def as_toml(answers: dict[str, Any]) -> str:
    """Return answers as the file that `--from` reads: words and lists of words."""
    lines = []
    for key, value in answers.items():
        quoted = [f'"{one}"' for one in (value if isinstance(value, list) else [value])]
        lines.append(f"{key} = {'[' + ', '.join(quoted) + ']' if isinstance(value, list) else quoted[0]}\n")
    return "".join(lines)


@dataclass
class Walk:
    """One home with one policy of the person's own, and the case last raised in it."""

    home: Path
    policy: str
    reference: str = field(default="", init=False)

    def __post_init__(self) -> None:
        (self.home / "policies").mkdir(parents=True)
        shutil.copy(path_of(self.policy), self.home / "policies")
        checked = self.done("policy", "check", self.policy)
        assert checked.out.splitlines()[0] == f"{self.policy}.toml: no problems."
        self.done("setup", today="2026-01-02", answers={**ME, "policy": self.policy})

    def done(self, *words: str, today: str = "2026-04-01", answers: dict[str, Any] | None = None) -> Ran:
        """Run a verb that must succeed."""
        ran = run(self.home, *words, today=today, typed=as_toml(answers or {}))
        assert (ran.code, ran.err) == (0, ""), (words, ran)
        return ran

    def refused(self, *words: str, today: str, answers: dict[str, Any]) -> str:
        """Run a verb that must refuse, and return what it said."""
        ran = run(self.home, *words, today=today, typed=as_toml(answers))
        assert ran.code, ran.out
        return ran.err

    def raised(self, today: str, **answers: Any) -> Any:
        """Raise a concern learned of today, unless `learned_on` says otherwise; return what `--json` says."""
        said = {**CONCERN, "learned_on": today, **answers}
        data = self.done("raise", "--json", today=today, answers=said).data
        self.reference = data["reference"]
        return data

    def recorded(self, today: str, what: str, **answers: Any) -> None:
        """Record something of today; a telling and a discussion have who and how unless given."""
        usual: dict[str, Any] = {
            "told": {"person": "Sam Counterpart", "how": "telephone"},
            "discussion": {"said": "Both sides spoke."},
            "situation": {},
            "nothing more": {},
        }.get(what, {})
        on = {} if what == "nothing more" else {"on": today}
        said = {"risk": "no", "what": what, **on, **usual, **answers}
        self.done("record", self.reference, today=today, answers=said)

    def did(self, today: str, item: str, **answers: Any) -> None:
        """Do something owed today."""
        said = {"item": item, "what": "done", "on": today, "to": "Jo Manager", "how": "e-mail", **answers}
        self.done("do", self.reference, today=today, answers=said)

    def agreed(self, today: str, item: str, by_on: str, **answers: Any) -> None:
        """Agree a date today for something owed."""
        said = {"item": item, "kind": "agreed", "by_on": by_on, "on": today, "with": "Sam Counterpart", **answers}
        self.done("agree", self.reference, today=today, answers=said)

    def advanced(self, today: str, outcome: str = "unresolved", **answers: Any) -> Any:
        """Say how the stage ended today, and return what `--json` says of the next."""
        said = {"risk": "no", "on": today, "outcome": outcome, **answers}
        return self.done("advance", self.reference, "--json", today=today, answers=said).data

    def resolved(self, today: str, **answers: Any) -> Any:
        """Resolve the case today, and return what `--json` says."""
        said = {"risk": "no", "on": today, "decision": "Visit.", "changed_for_child": "He is seen.", **answers}
        return self.done("resolve", self.reference, "--json", today=today, answers=said).data

    def items(self, today: str) -> dict[str, Any]:
        """Return everything open by its key, as `due --json` lists it."""
        return {item["key"]: item for item in self.done("due", "--json", today=today).data["items"]}

    def due(self, today: str) -> dict[str, str]:
        """Return what is open: key to its date, its hour behind it where it has one, or why it has none."""
        return {
            key: " ".join(filter(None, (item["due_on"], item["due_time"]))) if item["due_on"] else item["no_date"]
            for key, item in self.items(today).items()
        }

    def why(self, today: str, item: str) -> Any:
        """Return what `why --json` says of one item."""
        (explained,) = self.done("why", self.reference, item, "--json", today=today).data["items"]
        return explained

    def shown(self, today: str) -> Any:
        """Return what `show --json` says of the case."""
        return self.done("show", self.reference, "--json", today=today).data

    def is_sound(self) -> bool:
        """Return whether `verify` finds nothing wrong."""
        return run(self.home, "verify").code == 0
