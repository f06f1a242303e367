"""`escalate export` of a form that is sent again: what was sent is kept, and what is new is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from escalate.core import events as e
from tests.builders import discussed, ended, entered, on
from tests.cli.issued import answers_in, in_croydon, in_herefordshire, parts_of
from tests.cli.kept import facts
from tests.running import ROOT, run

THERE = "Exampleshire Children's Social Care"
A2 = "herefordshire-appendix-2"


def test_h14_the_report_sent_again_keeps_what_was_sent_and_says_what_is_new(home: Path) -> None:
    case = in_herefordshire(home)
    (first,) = run(home, "export", case.reference, "--json", today="2026-04-09").data
    case.add(discussed("2026-04-13", said="", decision="A meeting on Friday."), entered("3", "2026-04-14"))

    done = run(home, "export", case.reference, today="2026-04-14")

    _, fact = facts(home, case.reference, "form issued")
    up = "taken up to Stage 2: safeguarding lead, service manager or head of service to their counterpart"
    further = "taken up to Stage 3: executive leader, director or senior manager to their counterpart"
    new = (
        f"13/04/2026, stage 2: discussed with {THERE}; decided: A meeting on Friday.",
        f"14/04/2026, stage 3: {further}",
    )
    assert done.code == 0
    assert (
        f"  It replaces issue {first['issue']}.\n  Progress update, in addition:\n      {new[0]}\n      {new[1]}\n"
    ) in done.out
    assert fact.answers["progress"].splitlines() == [f"09/04/2026, stage 2: {up}", *new]
    assert f"This replaces issue {first['issue']} of 9 April 2026. New in it: Progress update." in parts_of(
        home / "issued" / fact.file_name
    )


def test_h14_json_says_which_fields_changed_and_how(home: Path) -> None:
    case = in_herefordshire(home)
    (first,) = run(home, "export", case.reference, "--json").data
    case.add(ended("2", "resolved", "2026-04-13", decision="A visit."))

    (second,) = run(home, "export", case.reference, "--json", today="2026-04-13").data

    changed = {one["field"]: (one["was"], one["now"]) for one in second["changed"]}
    assert (first["replaces"], first["changed"], second["replaces"]) == ("", [], first["issue"])
    assert list(changed) == ["progress", "method", "resolved_stage", "resolved_on", "completed_by"]
    assert changed["method"] == ("", f"13/04/2026: agreed with {THERE}")
    assert changed["resolved_on"] == ("", "13 April 2026")


def test_a_first_issue_and_a_form_that_is_not_updated_replace_nothing(home: Path) -> None:
    case = in_herefordshire(home)

    for _ in range(2):
        done = run(home, "export", case.reference, "--form", "appendix-1")
        assert done.code == 0
        assert "replaces" not in done.out


def test_c4_the_form_updated_at_stage_4_keeps_the_block_of_stage_3(home: Path) -> None:
    case = in_croydon(home)
    run(home, "export", case.reference, today="2026-04-09")
    case.add(ended("3", "unresolved", "2026-04-14", decision="Not yet."), entered("4", "2026-04-15"))

    done = run(home, "export", case.reference, today="2026-04-15")

    first, second = facts(home, case.reference, "form issued")
    assert second.answers["stage_3_concerns"] == first.answers["stage_3_concerns"]
    assert second.answers["stage_3_resolved"] == "No"
    assert second.answers["stage_4_concerns"].startswith(first.answers["stage_3_concerns"])
    assert "  Is the matter resolved? (stage 3), until now:\n      (blank)\n  now:\n      No\n" in done.out


def test_what_came_back_and_was_accepted_stands_on_the_next_issue(home: Path) -> None:
    case = in_herefordshire(home)
    (first,) = run(home, "export", case.reference, "--json").data
    sent = answers_in(Path(first["file"]), A2)
    taken = {"hscp_actions": "Logged, and a meeting arranged.", "themes": "Thresholds, again."}
    received = e.FormReceived(
        form=A2,
        form_version=1,
        issue=first["issue"],
        stage="2",
        child="child-1",
        digest="d",
        identified_by="properties",
        read={**sent, **taken},
        taken=taken,
        beside={"hscp_actions": "", "themes": sent["themes"]},
    )
    case.add((received, on("2026-04-13")), entered("3", "2026-04-14"))

    (second,) = run(home, "export", case.reference, "--json", today="2026-04-14").data

    said = answers_in(Path(second["file"]), A2)
    assert (said["hscp_actions"], said["themes"]) == ("Logged, and a meeting arranged.", "Thresholds, again.")


ISSUE = """
import hashlib, sys
from datetime import date
from pathlib import Path
from escalate.casework import exporting
from escalate.casework.desk import Desk
from escalate.casework.exporting_answers import case_answers
from escalate.cli.export_forms import render_form
home, reference, form = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Desk(home) as desk:
    stream, opened = desk.find(reference)
    (wanted,) = exporting.wanted_forms(stream, opened, form, home)
    answers = case_answers(desk, opened, wanted.definition, wanted.child)
    mark = exporting.Mark("0f1e2d3c4b5a", "L12-c38e-1b5c-ab80-28dc", date(2026, 4, 14))
    stamp = exporting.stamp_of(opened, wanted, answers, mark)
    print(hashlib.sha256(render_form(wanted.definition, wanted.template, answers, stamp).content).hexdigest())
"""


def test_the_same_case_head_and_issue_give_the_same_bytes_in_every_process(home: Path) -> None:
    case = in_herefordshire(home)
    run(home, "export", case.reference)
    case.add(discussed("2026-04-13", said="", decision="A meeting on Friday."))

    for form in ("appendix-1", "appendix-2"):
        printed = {
            subprocess.run(
                [sys.executable, "-c", ISSUE, str(home), case.reference, f"herefordshire-{form}"],
                env=os.environ | {"ESCALATE_TODAY": "2026-04-14", "PYTHONHASHSEED": seed},
                cwd=ROOT,
                capture_output=True,
                encoding="utf-8",
                check=True,
            ).stdout
            for seed in ("0", "77")
        }
        assert len(printed) == 1


def test_h14_a_correction_of_what_was_sent_says_so_and_stands_after_it(home: Path) -> None:
    case = in_herefordshire(home, discussed("2026-04-13", said="", decision="A visit each week."))
    run(home, "export", case.reference, today="2026-04-13")
    talk = next(one.sequence for one in case.events() if one.kind == "discussion recorded")
    case.correct(talk, "2026-04-14", decision="A visit each month.")

    (second,) = run(home, "export", case.reference, "--form", A2, "--json", today="2026-04-14").data

    line = f"13/04/2026, stage 2: discussed with {THERE}; decided: A visit each "
    assert answers_in(Path(second["file"]), A2)["progress"].splitlines()[1:] == [
        f"{line}week.",
        f"{line}month. (corrects what was sent for 13/04/2026)",
    ]


def test_words_removed_after_an_issue_are_named_on_the_next_and_it_never_says_that_nothing_is_new(home: Path) -> None:
    case = in_herefordshire(home, discussed("2026-04-13", said="", decision="Zebedee visits each week."))
    (first,) = run(home, "export", case.reference, "--json", today="2026-04-13").data
    answers = 'words = ["Zebedee"]\nreason = "Of another family."\n'
    gone = run(home, "redact", case.reference, today="2026-04-14", typed=answers)
    assert gone.code == 0, gone.err

    done = run(home, "export", case.reference, "--form", A2, today="2026-04-14")

    fact = facts(home, case.reference, "form issued")[-1]
    assert "  Words sent before were removed: Progress update.\n" in done.out
    assert "nothing in it is new" not in done.out
    assert (
        f"This replaces issue {first['issue']} of 13 April 2026. Words sent before were removed: Progress update."
        " Nothing else in it is new."
    ) in parts_of(home / "issued" / fact.file_name)
