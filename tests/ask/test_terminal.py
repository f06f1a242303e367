"""The sample interview held at a real pseudo-terminal, through both adapters."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT, sit_down

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is needed")

SAMPLE = Path(__file__).with_name("sample_interview.py")
HOSTILE = "A&E <5 weeks [redacted] [/] {{ 7*7 }} =1+1 Łukasz :warning:"


@dataclass
class Terminal:
    """One person at one terminal: `expect` a question, `type` an answer; `end_long` ends words of several lines."""

    adapter: str
    folder: Path
    child: Any = None

    def open(self, columns: int = 60) -> Terminal:
        self.child = sit_down(
            [
                sys.executable,
                str(SAMPLE),
                self.adapter,
                str(self.folder / "draft.json"),
                str(self.folder / "result.json"),
            ],
            {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)},
            rows=40,
            columns=columns,
        )
        return self

    def answer(self, question: str, *typed: str) -> None:
        """Wait for the question and its prompt; type each line, with Enter after it."""
        self.expect(question)
        self.expect_prompt()
        for line in typed:
            self.child.send(line + "\r")

    def answer_at_length(self, question: str, text: str) -> None:
        self.expect(question)
        self.expect_prompt()
        if self.adapter == "plain":
            self.child.send(text.replace("\n", "\r") + "\r\r\r")
        else:
            self.child.send(f"\x1b[200~{text}\x1b[201~\x1b\r")

    def press(self, question: str, key: str) -> None:
        self.expect(question)
        self.expect_prompt()
        self.child.send(key)

    def expect(self, words: str) -> None:
        self.child.expect_exact(words)

    def expect_prompt(self) -> None:
        # prompt_toolkit writes the space of its prompt by moving the cursor.
        self.child.expect(r"> |>\x08")

    def ends(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)

    def kept(self, name: str) -> dict[str, object]:
        return dict(json.loads((self.folder / f"{name}.json").read_text("utf-8")))


@pytest.fixture(params=["plain", "editing"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    held = Terminal(request.param, tmp_path).open()
    yield held
    held.child.close(force=True)


def answer_until_the_concern(terminal: Terminal) -> None:
    terminal.answer("immediate risk of harm?", "2")
    terminal.answer("disagreement about?", "1")
    terminal.answer("Which agency decided?", "1")
    terminal.answer("counterpart there?", "Robin Invented")
    terminal.answer("Have you told them?", "y")
    terminal.answer("another agency?", "")
    terminal.answer("learn of the decision?", "Wed")
    terminal.expect("Wed 8 Apr 2026")


def finish_after_the_concern(terminal: Terminal) -> None:
    terminal.answer("about a child?", "yes")
    terminal.answer("The child's name?", "Rowan Testcase")
    terminal.answer("Another child?", "no")
    terminal.answer("a date agreed?", "")


FINISHED = {
    "risk": "no",
    "route": "decision",
    "receiving.0.agency": "agency-1",
    "receiving.0.counterpart": "Robin Invented",
    "receiving.0.counterpart_told": "yes",
    "receiving.0.another": "no",
    "learned_on": {"date": "2026-04-08"},
}
WHOLE = {
    **FINISHED,
    "concern": f"{HOSTILE}\n\nA second paragraph.",
    "children.any": "yes",
    "children.0.name": "Rowan Testcase",
    "children.0.another": "no",
    "agreed_on": None,
}


def test_an_interview_is_answered_to_the_end_and_hostile_words_are_kept_as_typed(terminal: Terminal) -> None:
    answer_until_the_concern(terminal)
    terminal.answer_at_length("worried about?", f"{HOSTILE}\n\nA second paragraph.")
    finish_after_the_concern(terminal)
    terminal.answer("Enter records them.", "")

    assert terminal.ends() == 0
    assert terminal.kept("result") == WHOLE


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_an_interview_left_in_the_middle_goes_on_with_every_finished_answer(terminal: Terminal, key: str) -> None:
    answer_until_the_concern(terminal)
    terminal.press("worried about?", key)
    terminal.expect("kept as a draft")
    assert terminal.ends() == 130
    assert terminal.kept("draft") == FINISHED
    assert not (terminal.folder / "result.json").exists()

    terminal.open()
    terminal.expect("Going on with the answers already given.")
    terminal.answer_at_length("worried about?", f"{HOSTILE}\n\nA second paragraph.")
    finish_after_the_concern(terminal)
    terminal.answer("Enter records them.", "")

    assert terminal.ends() == 0
    assert terminal.kept("result") == WHOLE


def test_words_half_typed_when_leaving_are_offered_again(terminal: Terminal) -> None:
    answer_until_the_concern(terminal)
    terminal.press("worried about?", "Unsafe at h")
    terminal.child.expect("Unsafe.*at.*h")
    terminal.child.send("\x03")
    assert terminal.ends() == 130
    assert terminal.kept("draft") == {**FINISHED, "~concern": "Unsafe at h"}

    terminal.open()
    terminal.expect("worried about?")
    terminal.child.expect("Unsafe.*at.*h")
    terminal.child.send("\r" if terminal.adapter == "plain" else "ome\x1b\r")
    terminal.press("about a child?", "\x03")
    assert terminal.ends() == 130
    expected = "Unsafe at h" if terminal.adapter == "plain" else "Unsafe at home"
    assert terminal.kept("draft") == {**FINISHED, "concern": expected}


def test_going_back_offers_the_answer_again_and_keeps_the_rest(terminal: Terminal) -> None:
    terminal.answer("immediate risk of harm?", "3")
    terminal.answer("child safe today?", "With an aunt")
    terminal.answer("disagreement about?", "<")
    terminal.answer("child safe today?", "<")
    terminal.answer("Enter keeps: Not sure", "2")
    terminal.answer("disagreement about?", "<")
    terminal.answer("Enter keeps: No", "1")
    terminal.expect("child safe today?")
    terminal.child.expect("With.*an.*aunt")
    terminal.child.send("\r")
    terminal.press("disagreement about?", "\x03")

    assert terminal.ends() == 130
    assert terminal.kept("draft") == {"risk": "yes", "keeps_safe": "With an aunt"}


def test_a_slip_is_told_in_a_sentence_and_asked_again(terminal: Terminal) -> None:
    terminal.answer("immediate risk of harm?", "", "7", "?", "no")
    terminal.expect("This is needed before anything can be recorded.")
    terminal.expect("That number is not in the list: type a number from 1 to 3.")
    terminal.expect("If you are in any doubt, say not sure.")
    terminal.expect("Not sure: You will be asked to ring.")
    terminal.press("disagreement about?", "\x03")

    assert terminal.ends() == 130
    assert terminal.kept("draft") == {"risk": "no"}


def test_an_answer_is_changed_by_its_number_before_anything_is_recorded(terminal: Terminal) -> None:
    answer_until_the_concern(terminal)
    terminal.answer_at_length("worried about?", "Unsafe at home")
    finish_after_the_concern(terminal)
    terminal.expect("Check your answers before they are recorded.")
    terminal.expect("   7  Learned on")
    terminal.answer("Enter records them.", "99")
    terminal.answer("Type a number from 1 to 12, Enter, p, < or q.", "7")
    terminal.answer("learn of the decision?", "9/4")
    terminal.expect("Thu 9 Apr 2026")
    terminal.answer("Enter records them.", "")

    assert terminal.ends() == 0
    assert terminal.kept("result") == {
        **WHOLE,
        "concern": "Unsafe at home",
        "learned_on": {"date": "2026-04-09"},
    }


def test_the_page_of_answers_can_be_left_as_a_draft(terminal: Terminal) -> None:
    answer_until_the_concern(terminal)
    terminal.answer_at_length("worried about?", "Unsafe at home")
    finish_after_the_concern(terminal)
    terminal.answer("Enter records them.", "q")

    assert terminal.ends() == 130
    assert terminal.kept("draft") == {**WHOLE, "concern": "Unsafe at home"}


def test_a_route_out_keeps_nothing_and_says_where_to_go(terminal: Terminal) -> None:
    terminal.answer("immediate risk of harm?", "2")
    terminal.answer("disagreement about?", "2")
    terminal.answer("Nothing is kept.", "<")
    terminal.answer("disagreement about?", "2")
    terminal.answer("Ring the Local Authority Designated Officer today.", "")

    assert terminal.ends() == 6
    assert terminal.kept("draft") == {}


def test_three_thousand_words_on_one_line_arrive_whole(terminal: Terminal) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    answer_until_the_concern(terminal)
    terminal.answer_at_length("worried about?", words)
    terminal.press("about a child?", "\x03")

    assert terminal.ends() == 130
    assert terminal.kept("draft") == {**FINISHED, "concern": words}


def test_escape_sequences_do_no_harm_and_are_said_where_they_were_left_out(terminal: Terminal) -> None:
    terminal.answer("immediate risk of harm?", "2")
    terminal.answer("disagreement about?", "1")
    terminal.answer("Which agency decided?", "Invented\x1b[31m School")
    terminal.expect("counterpart there?")
    terminal.expect_prompt()
    terminal.child.send("\x1b[200~Robin\x07 \x1b[31mInvented\x1b[201~\r")
    terminal.press("Have you told them?", "\x03")

    assert terminal.ends() == 130
    kept = terminal.kept("draft")
    assert str(kept["receiving.0.agency"]).startswith("Invented")
    assert str(kept["receiving.0.agency"]).endswith(" School")
    assert "\x1b" not in "".join(map(str, kept.values()))
    assert kept["receiving.0.counterpart"] == "Robin [31mInvented"


def test_no_colour_is_ever_sent(tmp_path: Path) -> None:
    terminal = Terminal("plain", tmp_path).open()
    terminal.answer("immediate risk of harm?", "2")
    terminal.expect("disagreement about?")
    before: str = terminal.child.before
    terminal.child.close(force=True)

    assert re.findall(r"\x1b\[[\d;]*m", before) == []


@pytest.mark.parametrize("adapter", ["plain", "editing"])
@pytest.mark.parametrize("piped", ["", "\n\n\n\n", "1\n1\n"])
def test_cannot_be_asked_where_standard_input_is_not_a_terminal(adapter: str, piped: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SAMPLE), adapter, str(tmp_path / "draft.json"), str(tmp_path / "result.json")],
        input=piped,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "error: standard input is not a terminal, so nothing can be asked\n"
        "give the answers in a file: --from answers.toml\n",
        "",
    )
    assert list(tmp_path.iterdir()) == []


def test_nothing_heavy_is_loaded_before_an_interview_begins() -> None:
    modules = "question interview dates understanding progress conversation answer_file plain_prompts prompts"
    code = "import sys\n" + "".join(f"import escalate.ask.{name}\n" for name in modules.split())
    code += "print(sorted({'prompt_toolkit', 'questionary', 'pydantic', 'rich'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
