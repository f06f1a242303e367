"""`escalate export` of several forms: all of a case, and all that any case owes."""

from __future__ import annotations

from pathlib import Path

from escalate.files.policies.loading import read_policy_text
from tests.builders import Built, a_case, ended, told
from tests.cli.came_in import came_in
from tests.cli.issued import SECOND, at_stage, in_croydon, in_herefordshire
from tests.cli.kept import entries, facts, kinds
from tests.rules.scenario import withdrawn
from tests.running import at_terminal, run

LOG = "Agency escalation Summary Log"
REPORT = "Report to HSCP – Multi-Agency Resolution template"


def test_h24_a_form_with_two_recipients_says_both_each_time(home: Path) -> None:
    case = in_herefordshire(home)

    done = run(home, "export", case.reference)

    assert done.code == 0
    assert (
        "  It goes to: FAO Partnership Team of the Herefordshire Safeguarding Children Partnership,"
        " admin.sbu@herefordshire.gov.uk (as printed in the policy)\n"
        "  It also goes to: the stage 2 professional in the organisation challenged\n"
    ) in done.out
    assert (
        "Offered: Agency escalation Summary Log (Appendix 1), to the agency's own records."
        f" To issue it: escalate export {case.reference} --form herefordshire-appendix-1\n"
    ) in done.out


def test_all_of_a_case_are_the_forms_owed_and_those_on_offer(home: Path) -> None:
    case = in_herefordshire(home)

    done = run(home, "export", case.reference, "--all", "--json")

    assert (done.code, sorted(one["form"] for one in done.data)) == (
        0,
        ["herefordshire-appendix-1", "herefordshire-appendix-2"],
    )
    assert {one["form"]: one["to"] for one in done.data}["herefordshire-appendix-1"] == ["the agency's own records"]


def test_all_without_a_case_are_the_forms_that_any_case_owes(home: Path) -> None:
    first, second = at_stage(home, "3"), in_herefordshire(home, number=2)
    resolved = in_herefordshire(home, ended("2", "resolved", "2026-04-10", decision="A visit."), number=3)
    a_case(home, told("2026-04-02"), number=4)
    in_herefordshire(home, withdrawn("2026-04-10"), number=5)

    done = run(home, "export", "--all", "--json")
    again = run(home, "export", "--all")

    assert done.code == 0
    assert [(one["reference"], one["form"]) for one in done.data] == [
        (first.reference, "knowsley-appendix-2"),
        (second.reference, "herefordshire-appendix-2"),
        (resolved.reference, "herefordshire-appendix-2"),
    ]
    assert again.out.startswith("No form was issued: none is owed that can be filled here.\n")


def test_one_case_that_cannot_be_issued_is_named_and_stops_no_other(home: Path) -> None:
    first = in_croydon(home, nature="Rowan is not safe there.")
    second = in_herefordshire(home, number=2)
    label = "Brief description of your concerns (stage 3)"

    done = run(home, "export", "--all")

    assert done.code == 8
    assert done.out.startswith(f"1 form issued in 1 case.\n\n{second.reference}\nIssued: {REPORT}, for stage 2,")
    assert done.err.startswith(
        "error: the forms of 1 case were not issued\n"
        f"{first.reference}: Escalation Notification Form gives a child's initials and nothing fuller, and what was"
        f' recorded of one stands in its answers: field "{label}" holds a recorded name, at character '
    )
    assert done.err.endswith("    the forms of one case: escalate export REF\n1 form issued and recorded.\n")
    assert "Rowan" not in done.err
    assert ("form issued" in kinds(home, first.reference), "form issued" in kinds(home, second.reference)) == (
        False,
        True,
    )


def test_what_cannot_be_written_is_said_of_every_case_and_nothing_is_recorded(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cases = [at_stage(home, "3"), in_herefordshire(home, number=2)]
    before = entries(home)

    done = run(home, "export", "--all", "--out", str(tmp_path / "file"))

    assert done.code == 8
    assert done.err.startswith("error: the forms of 2 cases were not issued\n")
    assert [line.split(":")[0] for line in done.err.splitlines()[1:3]] == [case.reference for case in cases]
    assert done.err.endswith("Nothing was recorded.\n")
    assert entries(home) == before


def test_at_a_terminal_the_progress_leaves_no_trace_in_what_is_said(home: Path) -> None:
    at_stage(home, "3")
    in_herefordshire(home, number=2)

    done = at_terminal(home, "export", "--all", "--plain", columns=200)

    assert done.code == 0
    assert "2 forms issued in 2 cases." in done.out
    assert "Issuing forms" in done.out


def test_cannot_leave_open_which_case_is_meant(home: Path) -> None:
    assert run(home, "export") == (
        2,
        "",
        "error: escalate export: which case? None is open\n"
        "    escalate export REF; escalate export --all for every case, or --blank --form NAME;"
        " all there are: escalate list\n"
        "Nothing was recorded.\n",
    )


def test_cannot_ask_for_one_form_and_for_all(home: Path, case: Built) -> None:
    assert run(home, "export", case.reference, "--form", "appendix-2", "--all") == (
        2,
        "",
        "error: escalate export: --form is one form and --all is all\n    give one of them\nNothing was recorded.\n",
    )


def test_a_logged_case_issues_no_form_of_its_own(home: Path) -> None:
    reference = came_in(home)
    before = entries(home)

    assert run(home, "export", reference) == (
        3,
        "",
        f"error: case {reference} was logged from a form that came in, and its forms are for those who raised it to"
        " send\n"
        f"    for the partnership's own record: escalate export {reference} --record\n"
        "Nothing was recorded.\n",
    )
    assert run(home, "export", "--all", "--json").data == []
    assert run(home, "export", reference, "--record").code == 0
    assert entries(home) == before


def test_a_form_that_only_the_partnership_has_is_named_with_where_to_get_it(home: Path, tmp_path: Path) -> None:
    policy = tmp_path / "invented-2026.toml"
    notice = (
        '[[form]]\nform = "notice"\ntitle = "Notice of Escalation"\nto = "the Business Unit"\nowed_at = ["3"]\n'
        'obtained_from = "it is on the partnership\'s website"\nclause = "7"\n'
    )
    policy.write_text(f"{read_policy_text('knowsley-2020-11').text}\n{notice}", encoding="utf-8")
    case = at_stage(home, "3", policy=str(policy))

    one = run(home, "export", case.reference)
    every = run(home, "export", "--all")

    assert one.out.startswith(
        "Owed, and not filled here: Notice of Escalation, to the Business Unit\n"
        "  it is on the partnership's website.\n"
        f"  Once you have sent it: escalate do {case.reference}\n"
        "Issued: KSCP Escalation Template, for stage 3, entry 10\n"
    )
    assert f"Owed, and not filled here\n  {case.reference}: Notice of Escalation, to the Business Unit\n" in every.out


def test_a_form_about_one_of_several_children_says_which_by_initials(home: Path) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))

    done = run(home, "export", case.reference)

    assert "Issued: KSCP Escalation Template, about R.T., for stage 3, entry 11\n" in done.out
    assert "Issued: KSCP Escalation Template, about A.T., for stage 3, entry 12\n" in done.out
    assert len(facts(home, case.reference, "form issued")) == 2
