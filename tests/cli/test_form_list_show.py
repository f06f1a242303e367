from __future__ import annotations

from pathlib import Path

from escalate.core.forms.keys import CASE_KEYS
from escalate.files.forms.loading import form_names
from escalate.files.places import shipped
from tests.running import at_terminal, run

APPENDIX_3 = """\
KSCP Governance Process for Escalation
Knowsley Safeguarding Children Partnership (knowsley-appendix-3@1): the official form's own labels
Read from: KSCP multi-agency escalation policy, updated 24 November 2020, Appendix 3.
Issued one for the case; names nobody.
For: knowsley-2020-11: owed when learning is identified.
  Date  (completed_on; a date)
      The case: the day the form is issued; always needed.
  Agency Raising Concern  (raising_agency; a line)
      The case: the agency that raised it; always needed.
"""


def own_form(home: Path, text: str) -> None:
    (home / "templates").mkdir(parents=True)
    (home / "templates" / "ours.toml").write_text(text, encoding="utf-8")


def test_every_form_is_listed_with_whose_it_is_and_for_which_stages(tmp_path: Path) -> None:
    lines = [line.split("\t") for line in run(tmp_path, "form", "list").out.splitlines()]

    assert lines[0] == ["name", "form", "names", "for"]
    assert [line[0] for line in lines[1:]] == list(form_names())
    assert [
        "knowsley-appendix-3",
        "Knowsley Safeguarding Children Partnership: KSCP Governance Process for Escalation; "
        "the official form's own labels",
        "names nobody",
        "knowsley-2020-11: owed when learning is identified",
    ] in lines


def test_a_reconstructed_form_says_that_it_is_not_the_official_one(tmp_path: Path) -> None:
    warning = "Reconstructed from the policy's words: not the official form."

    assert warning in run(tmp_path, "form", "show", "wirral-appendix-1").out
    assert run(tmp_path, "form", "show", "wirral-appendix-1", "--json").data["warning"] == warning
    assert run(tmp_path, "form", "show", "knowsley-appendix-3", "--json").data["warning"] == ""
    listed = {form["name"]: form["is_official"] for form in run(tmp_path, "form", "list", "--json").data}
    assert (listed["wirral-appendix-1"], listed["knowsley-appendix-3"]) == (False, True)


def test_a_form_is_shown_field_by_field_with_what_fills_each(tmp_path: Path) -> None:
    ran = run(tmp_path, "form", "show", "knowsley-appendix-3")

    assert ran.out.startswith(APPENDIX_3)
    assert (ran.code, ran.err) == (0, "")


def test_what_a_form_prints_beside_its_fields_is_shown_a_long_line_by_its_first_words(tmp_path: Path) -> None:
    out = run(tmp_path, "form", "show", "herefordshire-appendix-1").out

    assert out.endswith(
        """
Printed outside its fields
  Appendix 1: Agency escalation Summary Log
  The log below can …
  AGENCY ESCALATION SUMMARY LOG
  (For completion by Line …
  Kept by the line manager or safeguarding lead.
"""
    )
    assert "  [If yes, please provide …]\n" in run(tmp_path, "form", "show", "croydon-notification").out


def test_what_is_asked_once_and_what_the_partnership_fills_in_is_said(tmp_path: Path) -> None:
    out = run(tmp_path, "form", "show", "herefordshire-appendix-2").out

    assert "Asked once: the present level of need" in out
    assert "Filled in by the partnership" in out


def test_the_columns_of_a_table_are_shown_where_they_stand(tmp_path: Path) -> None:
    data = run(tmp_path, "form", "show", "herefordshire-appendix-1", "--json").data

    assert [field["label"] for field in data["fields"]][:2] == ["Escalation Ref Number", "Child Details"]
    assert {field["table"] for field in data["fields"]} == {data["tables"][0]["id"]}
    assert "Table, one row for each child:" in run(tmp_path, "form", "show", "herefordshire-appendix-1").out


def test_a_form_is_shown_at_a_terminal_and_as_plain_lines(tmp_path: Path) -> None:
    assert "Lessons Learnt" in at_terminal(tmp_path, "form", "show", "knowsley-appendix-3").out
    assert "Lessons Learnt" in run(tmp_path, "form", "show", "knowsley-appendix-3", "--plain").out


def test_a_form_with_problems_is_listed_as_not_used_and_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    own_form(tmp_path, "[form]\n")

    ran = run(tmp_path, "form", "list")

    assert "ours\tnot used; see: escalate form check ours\t\t" in ran.out.splitlines()
    assert len(ran.out.splitlines()) == len(form_names()) + 2
    listed = {form["name"]: form["problems"] for form in run(tmp_path, "form", "list", "--json").data}
    assert listed["ours"]


def test_a_persons_own_form_comes_before_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    for suffix in ("toml", "docx"):
        source = shipped("templates") / f"knowsley-appendix-3.{suffix}"
        (folder / source.name).write_bytes(source.read_bytes().replace(b"Process for Escalation", b"Process of Ours"))

    assert run(tmp_path, "form", "show", "knowsley-appendix-3", "--json").data["title"].endswith("Process of Ours")


def test_the_keys_that_fill_fields_are_shown_with_what_they_are(tmp_path: Path) -> None:
    out = run(tmp_path, "form", "show", "--keys").out

    assert "child.born_on  the child's date of birth" in out
    assert run(tmp_path, "form", "show", "--keys", "--json").data["case"] == dict(CASE_KEYS)


def test_cannot_show_a_form_that_is_not_there(tmp_path: Path) -> None:
    ran = run(tmp_path, "form", "show", "nowhere")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith('error: there is no form "nowhere"\n    forms there are: ')


def test_cannot_show_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "form", "show").code == 2
