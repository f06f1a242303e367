"""An invented interview, close to raising a case, and a program that holds it at a terminal.

python sample_interview.py plain|editing DRAFT.json RESULT.json
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import date
from pathlib import Path

from escalate.ask.conversation import Beside, Occasion
from escalate.ask.question import Group, Option, Question, Script, Stop, answered
from escalate.core.answers import Answers, Value, answers_from_plain, answers_to_plain
from escalate.errors import EscalateError

TODAY = date(2026, 4, 10)


def not_before_the_decision(value: Value, answers: Answers) -> str | None:
    learned = answers.day("learned_on")
    if learned and isinstance(value, date) and value < learned:
        return "that is before the decision was learned of"
    return None


SCRIPT: Script = (
    Question(
        id="risk",
        text="Is a child at immediate risk of harm?",
        kind="choice",
        options=(
            Option("yes", "Yes"),
            Option("no", "No"),
            Option("not sure", "Not sure", "You will be asked to ring."),
        ),
        required=True,
        help="If you are in any doubt, say not sure.",
        notice="In an emergency ring 999 first.",
        label="Immediate risk",
    ),
    Question(
        id="keeps_safe",
        text="What keeps the child safe today?",
        kind="text",
        when=answered("risk", "yes", "not sure"),
    ),
    Question(
        id="route",
        text="What is the disagreement about?",
        kind="choice",
        options=(
            Option("decision", "A decision of another agency"),
            Option("staff", "Something a member of staff is said to have done"),
        ),
        required=True,
        label="About",
    ),
    Stop(
        id="lado",
        text="This policy does not apply to allegations against staff.",
        remedy="Ring the Local Authority Designated Officer today.",
        when=answered("route", "staff"),
    ),
    Group(
        id="receiving",
        title="Receiving agency",
        another="Add another agency?",
        at_least=1,
        questions=(
            Question(
                id="agency",
                text="Which agency decided?",
                kind="text",
                required=True,
                label="Agency",
                offered=(
                    Option("agency-1", "Invented Children's Social Care"),
                    Option("agency-2", "Invented Health Trust"),
                ),
            ),
            Question(id="counterpart", text="Who is your counterpart there?", kind="text", label="Counterpart"),
            Question(
                id="counterpart_told",
                text="Have you told them?",
                kind="yes-no",
                when=lambda answers: answers.is_known("counterpart"),
                label="Told",
            ),
        ),
    ),
    Question(
        id="learned_on",
        text="When did you learn of the decision?",
        kind="date",
        required=True,
        latest=TODAY,
        default="today",
        label="Learned on",
    ),
    Question(id="concern", text="What are you worried about?", kind="long", required=True, label="Concern"),
    Group(
        id="children",
        title="Child",
        first="Is the disagreement about a child?",
        another="Another child?",
        questions=(Question(id="name", text="The child's name?", kind="text", required=True, label="Name"),),
    ),
    Question(
        id="agreed_on",
        text="Is there a date agreed?",
        kind="date",
        check=not_before_the_decision,
        label="Agreed date",
    ),
)


def main(adapter: str, draft: Path, result: Path) -> int:
    run = importlib.import_module(
        {"plain": "escalate.ask.plain_prompts", "editing": "escalate.ask.prompts"}[adapter]
    ).run
    kept = answers_from_plain(json.loads(draft.read_text("utf-8"))) if draft.exists() else Answers()

    def save(answers: Answers) -> None:
        draft.write_text(json.dumps(answers_to_plain(answers)), "utf-8")

    try:
        answers = run(SCRIPT, Occasion(print, save, TODAY), answers=kept, beside=Beside(folder=draft.parent / "open"))
    except EscalateError as error:
        print(f"error: {error.what}\n{error.remedy}")
        return error.exit_code
    result.write_text(json.dumps(answers_to_plain(answers)), "utf-8")
    print("All answered.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
