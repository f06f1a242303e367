"""`escalate export`: forms as Word documents, the record and the letters as text."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from escalate.files.forms.loading import load_form
from tests.builders import Built, a_case, discussed, ended, told
from tests.cli.issued import SECOND, answers_in, at_stage, in_herefordshire
from tests.cli.kept import entries, facts, the_fact
from tests.running import run


@pytest.mark.parametrize("stage", ["3", "4"])
def test_appendix_2_is_owed_at_stages_3_and_4(home: Path, stage: str) -> None:
    case = at_stage(home, stage)

    done = run(home, "export", case.reference)

    fact = the_fact(home, case.reference, "form issued")
    (path,) = (home / "issued").iterdir()
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"Issued: KSCP Escalation Template, for stage {stage}, entry 10\n"
        f"  File: {path}\n"
        "  It goes to: FAO Business Manager of the Knowsley Safeguarding Children Partnership,"
        " Ian.mulcahey@knowsley.gov.uk, 0151 443 4786 (as printed in the policy)\n"
        "  Blank in it: Address, Person with PR, Options Considered, By Whom, Date, Decision, Actions,"
        " Recommendations, Identified Learning for KSCP, Managerial Oversight, Managers name & date discussed\n"
        "\n"
        "escalate has sent nothing and told nobody.\n"
        f"Next: escalate do {case.reference}   (once you have sent it: to whom, how, when)\n"
    )
    assert path.name == f"{case.reference}-knowsley-appendix-2-stage-{stage}-{fact.issue}.docx" == fact.file_name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == fact.digest
    assert dict(fact.answers) == answers_in(path)
    assert answers_in(path)["child_name"] == "Rowan Testcase"


def test_what_was_left_blank_is_shown_as_people_call_it(home: Path) -> None:
    case = at_stage(home, "3")
    run(home, "export", case.reference)

    shown = run(home, "show", case.reference).out

    assert (
        "     Left blank:\n"
        "       Address, Person with PR, Options Considered, By Whom, Date, Decision, Actions, Recommendations,"
        " Identified Learning for KSCP, Managerial Oversight, Managers name & date discussed\n"
    ) in shown


def test_appendix_2_is_offered_at_stage_2_and_issued_when_it_is_asked_for(home: Path) -> None:
    case = at_stage(home, "2")

    assert run(home, "export", case.reference) == (
        0,
        f"No form is owed in {case.reference} at stage 2.\n"
        "Offered: Escalation Template (Appendix 2), to the partnership's business manager."
        f" To issue it: escalate export {case.reference} --form knowsley-appendix-2\n"
        f"For the child's file: escalate export {case.reference} --record\n",
        "",
    )
    assert not (home / "issued").exists()
    assert run(home, "export", case.reference, "--form", "appendix-2").code == 0
    assert len(list((home / "issued").iterdir())) == 1


def test_no_form_is_owed_at_stage_1(home: Path, case: Built) -> None:
    assert run(home, "export", case.reference, "--json").data == []
    assert run(home, "export", case.reference).out == (
        f"No form is owed in {case.reference} at stage 1.\n"
        f"For the child's file: escalate export {case.reference} --record\n"
    )


def test_cannot_issue_a_form_that_there_is_not(home: Path, case: Built) -> None:
    assert run(home, "export", case.reference, "--form", "appendix-9") == (
        4,
        "",
        'error: there is no form "appendix-9"\n'
        "    the forms of this policy are: knowsley-appendix-2, knowsley-appendix-3\n"
        "Nothing was recorded.\n",
    )


def test_cannot_issue_a_form_at_a_stage_that_it_is_not_for(home: Path, case: Built) -> None:
    before = entries(home)

    assert run(home, "export", case.reference, "--form", "appendix-2") == (
        3,
        "",
        f"error: case {case.reference}: KSCP Escalation Template is not for stage 1\n"
        f"    it is for stages 2, 3 and 4; to go up: escalate advance {case.reference}\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before
    assert not (home / "issued").exists()


@pytest.mark.parametrize("text", ["record", "confirmation", "follow-up"])
@pytest.mark.parametrize(
    "form", [("--form", "appendix-2"), ("--out", "elsewhere"), ("--strict",), ("--pdf",), ("--all",)], ids=" ".join
)
def test_cannot_ask_for_a_text_and_a_form_at_once(home: Path, case: Built, text: str, form: tuple[str, ...]) -> None:
    assert run(home, "export", case.reference, f"--{text}", *form) == (
        2,
        "",
        f"error: escalate export: --{text} prints a text, and {form[0]} is for forms\n"
        "    ask for one, then for the other\n"
        "Nothing was recorded.\n",
    )


def test_a_text_comes_as_json_where_json_is_asked_for(home: Path) -> None:
    case = a_case(home, told("2026-04-02", said="They will ring back."))

    plain = run(home, "export", case.reference, "--follow-up")
    done = run(home, "export", case.reference, "--follow-up", "--json")

    assert (done.code, json.loads(done.out)["kind"]) == (0, "text")
    assert done.data == {"follow-up": plain.out.removesuffix("\n")}


def test_a_form_that_names_a_child_is_one_for_each_child(home: Path) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))

    done = run(home, "export", case.reference, "--json")

    names = [answers_in(Path(one["file"]))["child_name"] for one in done.data]
    assert (done.code, names) == (0, ["Rowan Testcase", "Ash Testcase"])
    assert ["child-1" in Path(one["file"]).name for one in done.data] == [True, False]
    assert ["child-2" in Path(one["file"]).name for one in done.data] == [False, True]
    assert [fact.child for fact in facts(home, case.reference, "form issued")] == ["child-1", "child-2"]
    assert "Testcase" not in "".join(path.name for path in home.rglob("*"))


def test_cannot_issue_with_blanks_when_told_to_be_strict(home: Path) -> None:
    case = at_stage(home, "3")
    before = entries(home)

    done = run(home, "export", case.reference, "--strict")

    assert (done.code, done.out) == (8, "")
    lines = done.err.splitlines()
    assert lines[0] == f"error: case {case.reference}: KSCP Escalation Template has blanks, and --strict was given"
    assert lines[1:4] == [
        'field "Address" is blank',
        'field "Person with PR" is blank',
        'field "Options Considered" is blank',
    ]
    assert lines[-2:] == [f"    record what is missing: escalate record {case.reference}", "Nothing was recorded."]
    assert entries(home) == before
    assert not (home / "issued").exists()


def test_a_case_about_no_child_lacks_nothing_that_a_form_asks_of_one(home: Path) -> None:
    case = in_herefordshire(home, children=())

    (done,) = run(home, "export", case.reference, "--json").data

    definition, _ = load_form("herefordshire-appendix-2")
    of_a_child = {one.id for one in definition.fields if (one.fills or one.asks).startswith(("child.", "need."))}
    assert of_a_child
    assert not of_a_child & set(done["blanks"])


def test_of_a_withheld_child_what_cannot_say_so_is_no_blank(home: Path) -> None:
    child = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase", born_on=date(2019, 3, 3), withheld=True)
    case = in_herefordshire(home, names=[child])

    (done,) = run(home, "export", case.reference, "--json").data

    definition, _ = load_form("herefordshire-appendix-2")
    fills = {definition.field(name).fills for name in done["blanks"]}
    assert "child.born_on" in {one.fills for one in definition.fields}
    assert not {one for one in fills if one.startswith("child.")}


@pytest.mark.parametrize("out", ["", "  "])
def test_cannot_put_forms_into_a_folder_without_a_name(home: Path, out: str) -> None:
    case = at_stage(home, "3")
    before = entries(home)

    assert run(home, "export", case.reference, "--out", out) == (
        2,
        "",
        "error: escalate export: --out is empty\n"
        "    name a folder, or leave --out away: the files then go beside the record\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_an_issue_is_written_where_it_is_wanted_and_never_over_another(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    out = tmp_path / "for the manager" / "today"

    run(home, "export", case.reference, "--out", str(out))
    (first,) = out.iterdir()
    said = first.read_bytes()
    run(home, "export", case.reference, "--form", "appendix-2", "--out", str(out))

    assert len(list(out.iterdir())) == 2
    assert first.read_bytes() == said
    assert not (home / "issued").exists()
    assert [path.suffix for path in out.iterdir()] == [".docx", ".docx"]


def test_cannot_write_into_what_is_no_folder_and_then_nothing_is_recorded(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    before = entries(home)

    done = run(home, "export", case.reference, "--out", str(tmp_path / "file"))

    assert (done.code, done.out, done.err.splitlines()[1:]) == (
        8,
        "",
        ["    choose another folder with --out", "Nothing was recorded."],
    )
    assert entries(home) == before


def test_the_record_for_the_childs_file_is_the_whole_chronology_as_text(home: Path) -> None:
    case = a_case(home, told("2026-04-02", said="They will ring back."), discussed("2026-04-08", said="No.\nNot yet."))
    before = entries(home)

    done = run(home, "export", case.reference, "--record")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"RECORD OF A PROFESSIONAL DISAGREEMENT, FOR THE CHILD'S FILE\nReference: {case.reference}\n"
    )
    for words in (
        "About: Rowan Testcase\n",
        "  6  Wed 1 Apr 2026",
        "They will ring back.",
        "       No.\n       Not yet.\n",
    ):
        assert words in done.out
    assert done.out.endswith("Approved and dated by: ____________________\n")
    assert entries(home) == before


def test_the_confirmation_and_the_follow_up_are_texts_to_copy(home: Path) -> None:
    case = a_case(
        home,
        told("2026-04-02", said="They will ring back."),
        ended("1", "resolved", "2026-04-09", decision="A visit each week.", outstanding="The plan."),
    )

    confirmation = run(home, "export", case.reference, "--confirmation")
    both = run(home, "export", case.reference, "--follow-up", "--confirmation")

    assert confirmation.out == (
        f"Subject: What was agreed, reference {case.reference}\n"
        "\n"
        "Dear Sam Counterpart,\n"
        "\n"
        "This confirms the outcome of the disagreement between Invented Primary School and Exampleshire Children's"
        " Social Care, resolved on Thu 9 Apr 2026 at stage 1 of the Knowsley Safeguarding Children Partnership's"
        " Multi-Agency Escalation Policy.\n"
        "\n"
        f"Reference: {case.reference}\n"
        "What was agreed: A visit each week.\n"
        "What is outstanding, and how it will be pursued: The plan.\n"
        "Actions:\n"
        "none recorded\n"
        "\n"
        "Alex Practitioner, Designated Safeguarding Lead\n"
        "Invented Primary School\n"
    )
    assert both.out.startswith(confirmation.out)
    assert f"Subject: Following up what I raised on Thu 2 Apr 2026, our reference {case.reference}\n" in both.out
    assert "What was said: They will ring back.\n" in both.out


def test_what_is_blank_in_several_rows_of_a_table_is_named_once(home: Path) -> None:
    undated = (e.Action(id="action-1", what="Visit", owner=""), e.Action(id="action-2", what="Write", owner=""))
    case = a_case(home, told("2026-04-02"), discussed("2026-04-03", actions=undated), policy="somerset-2016-12")

    done = run(home, "export", case.reference, "--form", "stage-record")

    (blank,) = [line for line in done.out.splitlines() if line.startswith("  Blank in it: ")]
    named = blank.removeprefix("  Blank in it: ").split(", ")
    assert "By when" in named
    assert len(named) == len(set(named))
