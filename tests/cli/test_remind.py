from __future__ import annotations

import email
from datetime import date
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.core import events as e
from escalate.core.settled import not_settled_before
from tests.builders import (
    COUNTERPART,
    HEALTH,
    MANAGER,
    NAMES,
    PERSON,
    SCHOOL,
    SOCIAL_CARE,
    Built,
    a_case,
    a_home,
    discussed,
    ended,
    entered,
    on,
    told,
)
from tests.cli.came_in import came_in
from tests.cli.kept import entries
from tests.running import run

SAM = e.PartyNamed(
    party=COUNTERPART,
    sort="person",
    name="Sam Counterpart",
    role="Social Worker",
    agency=SOCIAL_CARE,
    email="sam@exampleshire.example",
)
ACTION = e.Action(
    id="action-1", what="Send Rowan's attendance log to R.T.'s school", owner="Sam Counterpart", by_on=on("2026-04-09")
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases with Sam of social care, one of them with the health service too; and one with health, nobody named."""
    home = a_home(tmp_path_factory.mktemp("home"))
    a_case(home, told("2026-04-01"), discussed("2026-04-08", actions=(ACTION,)), names=(SAM,))
    health = told("2026-04-01", HEALTH, person="")
    a_case(home, told("2026-04-01"), health, number=2, names=(SAM,), receiving_agencies=(SOCIAL_CARE, HEALTH))
    a_case(home, told("2026-04-02", HEALTH, person=""), number=3, receiving_agencies=(HEALTH,), counterparts=())
    return home


def drafts(folder: Path) -> dict[str, EmailMessage]:
    """Return the drafts in a folder, by file name."""
    found = sorted(folder.iterdir())
    return {path.name: email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in found}  # type: ignore[misc]


def test_one_person_gets_one_draft_over_their_cases(home: Path, tmp_path: Path) -> None:
    ran = run(home, "remind", "--out", str(tmp_path), today="2026-04-15")

    written = drafts(tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert list(written) == [
        "reminder-2026-04-15-KSCP-2026-0001-RQXZ-and-1-more.eml",
        "reminder-2026-04-15-KSCP-2026-0002-XHGR.eml",
        "reminder-2026-04-15-KSCP-2026-0003-E3GY.eml",
    ]
    to_sam = written["reminder-2026-04-15-KSCP-2026-0001-RQXZ-and-1-more.eml"]
    assert (to_sam["To"], to_sam["From"], to_sam["X-Unsent"], to_sam["Date"]) == (
        "Sam Counterpart <sam@exampleshire.example>",
        "Alex Practitioner <alex@invented-primary.example>",
        "1",
        None,
    )
    assert to_sam["Subject"] == "Reminder: what is owed, our references KSCP-2026-0001-RQXZ, KSCP-2026-0002-XHGR"


def test_it_says_what_since_when_by_which_clause_and_in_which_case(home: Path) -> None:
    data = run(home, "remind", "--json", "--agency", "social", today="2026-04-09").data
    (to_sam,) = data["reminders"]

    assert to_sam["body"] == (
        "Dear Sam Counterpart,\n"
        "\n"
        "As far as our record says on Thursday 9 April 2026, the following is still owed by"
        " Exampleshire Children's Social Care.\n"
        "\n"
        "Our reference KSCP-2026-0001-RQXZ. Knowsley Safeguarding Children Partnership, Multi-Agency Escalation"
        " Policy, edition 2020-11\n"
        "It is at stage 1.\n"
        "1. The practitioner or decision maker who received the concern must read and review the case file.\n"
        "   Due: Wednesday 8 April 2026, 1 working day ago.\n"
        "   Waiting since Wednesday 1 April 2026.\n"
        "   Clause: Stage 1 para 2.\n"
        "2. Send the child's attendance log to the child's school (Sam Counterpart).\n"
        "   Due: today, Thursday 9 April 2026.\n"
        "   Waiting since Wednesday 8 April 2026.\n"
        "\n"
        "Our reference KSCP-2026-0002-XHGR. Knowsley Safeguarding Children Partnership, Multi-Agency Escalation"
        " Policy, edition 2020-11\n"
        "It is at stage 1.\n"
        "3. The practitioner or decision maker who received the concern must read and review the case file.\n"
        "   Due: Wednesday 8 April 2026, 1 working day ago.\n"
        "   Waiting since Wednesday 1 April 2026.\n"
        "   Clause: Stage 1 para 2.\n"
        "4. The practitioner or decision maker who received the concern must speak to the professional with concerns"
        " and look for a way forward both agree.\n"
        "   Due: Wednesday 8 April 2026, 1 working day ago.\n"
        "   Waiting since Wednesday 1 April 2026.\n"
        "   Clause: Stage 1 para 2.\n"
        "\n"
        "If any of it has been done, please tell me when and by whom, so that I can record it. If it cannot be done,"
        " please tell me what stands in the way, and by when it will be done.\n"
        "\n"
        "Alex Practitioner, Designated Safeguarding Lead\n"
        "Invented Primary School\n"
    )


def test_no_child_is_named_anywhere_nor_by_initials(home: Path, tmp_path: Path) -> None:
    ran = run(home, "remind", "--out", str(tmp_path), today="2026-04-15")
    shown = run(home, "remind", "--text", today="2026-04-15").out + run(home, "remind", "--json").out

    said = ran.out + shown
    for name, message in drafts(tmp_path).items():
        said += f"{name} {message['Subject']} {message.get_content()}"
    assert [word for word in ("Rowan", "Testcase", "R.T.") if word in said] == []


def test_what_is_overdue_alone_or_due_soon_as_well(home: Path) -> None:
    def keys(*words: str) -> set[str]:
        found = run(home, "remind", "--json", *words, today="2026-04-09").data["reminders"]
        return {key for one in found for key in one["items"]}

    assert "action-1" in keys()
    assert "action-1" not in keys("--overdue")
    assert "stage-1-resolve" not in keys("--within", "0")
    assert "stage-1-resolve" in keys("--within", "1")


def test_cannot_ask_for_the_overdue_alone_and_for_what_is_due_soon(home: Path) -> None:
    ran = run(home, "remind", "--overdue", "--within", "2")

    assert (ran.code, ran.out) == (2, "")


def test_where_nobody_is_named_an_agency_is_written_to_once_of_the_cases_between_the_same_two(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    for number, agencies in ((1, (HEALTH,)), (2, (HEALTH,)), (3, (HEALTH, SOCIAL_CARE))):
        happened = told("2026-04-01", HEALTH, person="")
        a_case(home, happened, number=number, receiving_agencies=agencies, counterparts=())

    data = run(home, "remind", "--json", "--agency", "health", today="2026-04-15").data
    shown = run(home, "remind", "--agency", "health", today="2026-04-15").out

    assert [(one["person"], one["email"], one["references"]) for one in data["reminders"]] == [
        ("", "", ["KSCP-2026-0003-E3GY"]),
        ("", "", ["KSCP-2026-0001-RQXZ", "KSCP-2026-0002-XHGR"]),
    ]
    said = " ".join(shown.split())
    assert "nobody there is named: say to whom); no e-mail is recorded" in said
    assert (
        "2 to Invented Health Visiting Service, where nobody is named: a message never mixes cases in which other"
        " agencies take part."
    ) in said
    assert "Written in: " in said


def test_an_agency_that_settled_owes_and_learns_nothing_of_what_came_after(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(
        home,
        told("2026-04-01"),
        told("2026-04-01", HEALTH, person=""),
        ended("1", "resolved", "2026-04-07"),
        ended("1", "unresolved", "2026-04-07", HEALTH),
        entered("2", "2026-04-07", left="1"),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
        names=(SAM,),
    )

    found = run(home, "remind", "--json", "--within", "90", today="2026-04-20").data["reminders"]

    to_social_care = [one for one in found if "Social Care" in one["agency"]]
    assert [one for one in to_social_care if "stage 2" in one["body"] or "It is at" in one["body"]] == []
    assert [item for one in to_social_care for item in one["items"] if "stage-2" in item] == []
    assert any("It is at stage 2." in one["body"] for one in found if "Health" in one["agency"])


def test_in_a_partnerships_record_what_a_later_stage_brings_is_owed_by_those_not_settled(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    both = ("Exampleshire Children's Social Care", "Invented Health Visiting Service")
    reference = came_in(home, receiving_agencies=both)
    with Desk(home) as desk:
        stream, opened = desk.find(reference)
    settled, other = opened.case.raised.receiving_agencies
    Built(home, stream, reference).add(
        ended("3", "resolved", "2026-04-10", settled),
        ended("3", "unresolved", "2026-04-10", other),
        entered("4", "2026-04-10", left="3"),
    )

    with Desk(home) as desk:
        case = desk.find(reference)[1].case
    found = run(home, "remind", "--json", "--within", "90", today="2026-04-20").data["reminders"]

    assert not_settled_before(case, "4", on("2026-04-10")) == (other,)
    assert not_settled_before(case, "3", on("2026-04-09")) == (settled, other)
    to_the_settled = [one["body"] for one in found if "Social Care" in one["agency"]]
    assert [body for body in to_the_settled if "Stage 4" in body or "It is at" in body] == []


def test_cases_that_ended_or_were_withdrawn_are_reminded_of_only_where_asked(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, told("2026-04-01"), names=(SAM,))
    case.add((e.Withdrawn(reason="It was agreed otherwise.", wanted_by="raising"), on("2026-04-09")))

    left = run(home, "remind", "--json", today="2026-04-20").data
    asked = run(home, "remind", "--json", "--closed", today="2026-04-20").data

    assert left["reminders"] == []
    assert all("The case is closed: it was withdrawn." in one["body"] for one in asked["reminders"])
    assert len(asked["reminders"]) == int("closed" in left["left_out"])


def test_what_was_to_be_resolved_at_a_stage_that_the_case_left_is_not_chased(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-01"), entered("2", "2026-04-10", left="1"), names=(SAM,))

    data = run(home, "remind", "--json", "--within", "90", today="2026-04-20").data

    keys = {item for one in data["reminders"] for item in one["items"]}
    assert {"read-the-case-file", "stage-1-resolve", "stage-1-reply"} & keys == set()


def test_an_agency_hears_nothing_of_the_cases_of_another(home: Path) -> None:
    found = run(home, "remind", "--json", today="2026-04-15").data["reminders"]

    of_health = [one for one in found if one["agency"] == "Invented Health Visiting Service"]
    assert [one["references"] for one in of_health] == [["KSCP-2026-0002-XHGR"], ["KSCP-2026-0003-E3GY"]]
    assert [one for one in of_health if "Social Care" in one["body"]] == []


def test_who_was_dealt_with_at_an_earlier_stage_is_asked_to_pass_it_on(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    read = (e.DutyDone(item="read-the-case-file", to="", how="They said so."), on("2026-04-08"))
    case = a_case(home, told("2026-04-01"), discussed("2026-04-08"), read, entered("2", "2026-04-10"))

    def only() -> tuple[str, bool]:
        (found,) = run(home, "remind", "--json", today="2026-04-20").data["reminders"]
        assert ("pass this on" in found["body"]) == found["was_earlier"]
        return found["person"], found["was_earlier"]

    assert only() == ("Sam Counterpart", True)
    case.add(told("2026-04-10", person=MANAGER))
    assert only() == ("", False)  # whose name this case does not have


def test_in_a_partnerships_record_each_agency_that_owes_is_reminded(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    came_in(home)

    found = run(home, "remind", "--json", today="2026-04-15").data["reminders"]

    assert [(one["agency"], one["person"]) for one in found] == [
        ("Exampleshire Children's Social Care", ""),
        ("Invented High School", "Dana Lead"),
    ]
    assert "(where it was raised: KSCP-2026-0007-Q4TX)" in found[1]["body"]


def test_whoever_raised_it_with_several_agencies_reads_with_which_it_is(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    came_in(home, receiving_agencies=("Exampleshire Children's Social Care", "Invented Health Visiting Service"))

    found = run(home, "remind", "--json", "--agency", "high school", today="2026-04-15").data["reminders"]
    others = run(home, "remind", "--json", "--agency", "social", today="2026-04-15").data["reminders"]

    assert [line for line in found[0]["body"].splitlines() if "With:" in line] == [
        "   With: Exampleshire Children's Social Care.",
        "   With: Invented Health Visiting Service.",
    ]
    assert "Health" not in others[0]["body"]


def test_drafts_that_lie_there_are_kept_and_nothing_is_recorded(home: Path, tmp_path: Path) -> None:
    before = entries(home)
    run(home, "remind", "--out", str(tmp_path), today="2026-04-15")
    first = sorted(tmp_path.iterdir())
    run(home, "remind", "--out", str(tmp_path), today="2026-04-15")
    assert sorted(tmp_path.iterdir()) == first

    first[0].write_text("edited by hand", encoding="utf-8")
    run(home, "remind", "--out", str(tmp_path), today="2026-04-15")

    assert first[0].read_text(encoding="utf-8") == "edited by hand"
    assert len(list(tmp_path.iterdir())) == len(first) + 1
    assert entries(home) == before


def test_it_ends_by_saying_that_nothing_was_sent_and_what_is_in_no_message(home: Path) -> None:
    lines = run(home, "remind", "--text", "--agency", "health", today="2026-04-15").out.splitlines()

    assert lines[-4:] == [
        "We owe 11 ourselves (4 of them both sides owe), overdue or due today: escalate due --mine",
        "",
        "escalate has sent nothing and told nobody.",
        "Once you have sent one, record it: escalate record KSCP-2026-0002-XHGR",
    ]


def test_what_we_owe_ourselves_is_counted_as_due_mine_counts_it(home: Path) -> None:
    for today in ("2026-04-08", "2026-04-15"):
        counts = run(home, "due", "--mine", "--json", today=today).data["counts"]
        data = run(home, "remind", "--json", today=today).data

        assert data["ours"] == counts["overdue"] + counts["today"]
        assert run(home, "remind", "--json", "--overdue", today=today).data["ours"] == counts["overdue"]


def test_an_agency_that_was_never_told_of_the_disagreement_is_not_chased(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, told("2026-04-01"), names=(SAM,), receiving_agencies=(SOCIAL_CARE, HEALTH))

    untold = run(home, "remind", "--json", today="2026-04-15").data
    said = " ".join(run(home, "remind", "--text", today="2026-04-15").out.split())
    case.add(told("2026-04-15", HEALTH, person=""))
    now_told = run(home, "remind", "--json", today="2026-04-15").data

    assert [one["agency"] for one in untold["reminders"]] == ["Exampleshire Children's Social Care"]
    assert untold["not_told"] == [case.reference]
    count = untold["left_out"]["not told"]
    assert (
        f"Not reminded, because you have not recorded telling them: {count} in {case.reference}"
        f" (escalate record {case.reference})"
    ) in said
    assert "Invented Health Visiting Service" in [one["agency"] for one in now_told["reminders"]]
    assert (now_told["not_told"], "not told" in now_told["left_out"]) == ([], False)


def test_where_nobody_was_told_nobody_is_reminded(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home)

    data = run(home, "remind", "--json", "--within", "90", today="2026-04-15").data

    assert data["reminders"] == []
    assert data["left_out"]["not told"] > 0


def test_what_both_sides_owe_is_not_put_as_theirs_alone_and_our_own_answer_comes_first(tmp_path: Path) -> None:
    """Raised with the school by social care, and unanswered."""
    home = a_home(tmp_path)
    case = a_case(
        home,
        told("2026-04-01", SCHOOL, person=PERSON),
        our_side="receiving",
        raising_agency=SOCIAL_CARE,
        raised_by=COUNTERPART,
        receiving_agencies=(SCHOOL,),
        counterparts=(PERSON,),
        names=(SAM,),
    )

    data = run(home, "remind", "--json", today="2026-04-15").data
    lines = run(home, "remind", "--text", today="2026-04-15").out.splitlines()

    assert data["answer_first"] == [case.reference]
    assert lines[1] == f"First: Our own answer is overdue in {case.reference}: escalate due --mine"
    (to_sam,) = data["reminders"]
    assert "\n   Both sides owe it: you and we.\n" in to_sam["body"]


def test_a_message_of_nothing_but_what_both_sides_owe_begins_so(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    read = (e.DutyDone(item="read-the-case-file", to="", how="They said so."), on("2026-04-08"))
    a_case(home, told("2026-04-01"), discussed("2026-04-08"), read, names=(SAM,))

    (to_sam,) = run(home, "remind", "--json", today="2026-04-15").data["reminders"]

    assert set(to_sam["items"]) == {"stage-1-resolve"}
    assert "the following is still owed by both sides, Exampleshire Children's Social Care and us.\n" in to_sam["body"]


def test_days_are_always_of_a_kind(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-01"), discussed("2026-04-08", actions=(ACTION,)), names=(SAM,))

    (to_sam,) = run(home, "remind", "--json", today="2026-04-20").data["reminders"]

    assert "   Due: Thursday 9 April 2026, 11 calendar days ago.\n" in to_sam["body"]
    assert "   Due: Friday 10 April 2026, 6 working days (10 calendar days) ago.\n" in to_sam["body"]


def test_a_newer_draft_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    home, out = a_home(tmp_path / "home"), tmp_path / "out"
    a_case(home, told("2026-04-01"), names=(SAM,))
    run(home, "remind", "--out", str(out), today="2026-04-15")

    ran = run(home, "remind", "--out", str(out), today="2026-04-16")

    assert list(drafts(out)) == ["reminder-2026-04-16-KSCP-2026-0001-RQXZ.eml"]
    assert "No longer" not in ran.out


def test_an_older_draft_that_somebody_edited_is_kept_and_named(tmp_path: Path) -> None:
    home, out = a_home(tmp_path / "home"), tmp_path / "out"
    a_case(home, told("2026-04-01"), names=(SAM,))
    run(home, "remind", "--out", str(out), "--text", today="2026-04-15")
    (older,) = out.iterdir()
    older.write_text("edited by hand", encoding="utf-8")

    said = run(home, "remind", "--out", str(out), "--text", today="2026-04-16").out

    assert older.read_text(encoding="utf-8") == "edited by hand"
    assert f"Kept beside the new one, because it was edited: {older.name}" in " ".join(said.split())
    assert len(list(out.iterdir())) == 2


def test_a_draft_of_what_is_owed_no_more_is_named_and_not_where_fewer_are_asked_for(tmp_path: Path) -> None:
    home, out = a_home(tmp_path / "home"), tmp_path / "out"
    case = a_case(home, told("2026-04-01"), names=(SAM,))
    a_case(home, told("2026-04-01", HEALTH, person=""), number=2, receiving_agencies=(HEALTH,), counterparts=())
    run(home, "remind", "--out", str(out), today="2026-04-15")
    case.add((e.Withdrawn(reason="It was agreed otherwise.", wanted_by="raising"), on("2026-04-15")))

    narrowed = run(home, "remind", "--out", str(out), "--agency", "health", today="2026-04-15").out
    ran = run(home, "remind", "--out", str(out), today="2026-04-15").out

    assert "No longer" not in narrowed
    assert "No longer holds: 1 file: reminder-2026-04-15-KSCP-2026-0001-RQXZ.eml; remove it" in " ".join(ran.split())
    assert len(drafts(out)) == 2


def test_where_nothing_is_owed_there_is_no_draft(tmp_path: Path) -> None:
    home = a_home(tmp_path)

    ran = run(home, "remind")

    assert ran == (
        0,
        "0 reminders of what others owe: overdue or due today.\n\n\nescalate has sent nothing and told nobody.\n",
        "",
    )
    assert not (home / "reminders").exists()


def test_an_address_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    sam = e.PartyNamed(party=COUNTERPART, sort="person", name="Sam, “Sammy”\tÖ", agency=SOCIAL_CARE, email="ask them")
    a_case(home, told("2026-04-01"), names=(sam,))

    ran = run(home, "remind", "--out", str(tmp_path / "out"), today="2026-04-15")

    (message,) = drafts(tmp_path / "out").values()
    assert message["To"] is None
    assert "what is recorded as their e-mail is none" in ran.out


def test_our_own_colleague_is_reminded_of_an_agreed_action_and_we_are_not(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    casey = e.PartyNamed(party="person-casey", sort="person", name="Casey Colleague", agency=SCHOOL)
    actions = (
        e.Action(id="action-1", what="Send the log", owner="Casey Colleague", by_on=on("2026-04-09")),
        e.Action(id="action-2", what="Ring the aunt", owner="Alex Practitioner", by_on=on("2026-04-09")),
    )
    a_case(home, discussed("2026-04-08", actions=actions), names=(casey, NAMES[COUNTERPART]))

    found = run(home, "remind", "--json", today="2026-04-09").data["reminders"]

    assert [(one["person"], one["items"]) for one in found] == [("Casey Colleague", ["action-1"])]


def test_an_agency_told_after_the_last_day_reads_when_it_was_told(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-14"), decision_received_on=date(2026, 2, 3))

    (body,) = [one["body"] for one in run(home, "remind", "--json", today="2026-04-15").data["reminders"]]

    assert (
        "   Due: Tuesday 10 February 2026, 44 working days (64 calendar days) ago.\n"
        "   You were told on Tuesday 14 April 2026, when that day had passed.\n"
    ) in body
