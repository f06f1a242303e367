"""Somerset's roles, themes, prompts and edition, where a practitioner meets them: S3, S12, S15, S16 and S17."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.somerset import page, raising, somerset


def test_s3_the_table_of_roles_says_to_whom_each_of_the_eight_goes() -> None:
    assert [(line.role, line.agency, line.goes_to) for line in somerset().role if line.rule == "S3"] == [
        ("Social worker", "", ("Team Leader",)),
        (
            "Health visitor",
            "",
            ("Locality Safeguarding Children Nurse and the Locality Lead for the area the health visitor works in",),
        ),
        (
            "Midwife",
            "Acute Trust",
            ("Supervisor of Midwives and Named Midwife and/or Named Nurse Safeguarding Children",),
        ),
        (
            "GP",
            "",
            ("Clinical Commissioning Group's Named Doctor and/or Designated Nurse or Doctor Safeguarding Children",),
        ),
        ("Paediatric staff", "Acute Trust", ("Sister and/or Named Nurse Safeguarding Children",)),
        ("Hospital doctor", "Acute Trust", ("Named Doctor and/or Named Nurse Safeguarding Children",)),
        ("Community mental health team", "Mental Health Trust", ("Named Professional",)),
        ("Teacher", "School", ("Designated Child Protection lead of the school", "Head teacher")),
    ]
    assert {line.stage for line in somerset().role if line.rule == "S3"} == {"2"}
    assert "examples: not a full list" in somerset().role[0].clause


def test_s15_the_head_teacher_leads_up_to_the_coordinator_and_the_representative_is_on_the_way() -> None:
    line = somerset().role[8]

    assert (line.role, line.agency, line.stage, line.rules) == ("Head teacher", "School", "", ("S3", "S15"))
    assert line.goes_to == ("School's representative on the Board", "Safeguarding Children Board Coordinator")
    assert line.note == (
        "As the school's senior manager the head teacher leads until it is referred to the Coordinator, and may ask "
        "the Education Child Protection Advisor for advice."
    )


def test_s12_the_seven_examples_and_the_four_areas_are_the_choices() -> None:
    assert [option.label for option in raising()["theme_area"].options] == [
        "A referral is said not to meet the criteria for assessment",
        "The referrer is asked for more information before a referral goes on",
        "Whether to use child protection procedures",
        "Children's Social Care and the Police: one agency's response, or a joint one",
        "Whether an Initial Child Protection Conference is needed",
        "Sharing information, or providing services",
        "An assessment's outcome, and whether the right plan is in place",
        "Thresholds, otherwise",
        "Roles and responsibilities",
        "The need for action",
        "Communication",
    ]
    assert [theme.clause for theme in somerset().theme][:7] == [f"1.4 bullet {n}" for n in range(1, 8)]
    assert not raising()["theme_area"].required


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("the child must be kept safe: the child's safety and welfare come first throughout", "1.3"),
        ("Aim to settle it between the practitioners, and soon", "1.2; 1.5"),
    ],
)
def test_s13_s16_the_childs_safety_and_settling_it_between_practitioners_are_said_when_raising_and_on_the_page(
    words: str, clause: str
) -> None:
    line = next(line for line in page().splitlines() if words in line)

    assert words in raising()["decision"].notice
    assert f"[{clause}; " in line
    assert "S16" in line


def test_s16_the_childs_safety_is_kept_in_mind_at_every_stage() -> None:
    prompt = somerset().prompt[0]

    assert (prompt.at, prompt.clause, prompt.rules) == (("raise", "always"), "1.3", ("S16",))


def test_s17_the_edition_is_dated_and_nothing_says_from_when_it_holds_or_when_it_is_reviewed() -> None:
    head = somerset().policy

    assert (head.edition, head.in_force_from, head.superseded_on, head.review_due) == ("2016-12", None, None, None)
    assert head.in_force_as_printed == "dated 12 December 2016 on the cover"
    assert head.review_as_printed == "reviewed in May 2012 and March 2013"
    assert head.source.published_on == date(2016, 12, 12)
    assert head.source.history.startswith(
        "ratified July 2009, reviewed May 2012 and March 2013, dated 12 December 2016"
    )
    assert (head.partnership, head.prefix, head.called) == (
        "Somerset Local Safeguarding Children Board",
        "SSCB",
        "stage",
    )


def test_s17_raising_says_to_ask_whether_so_old_an_edition_still_governs() -> None:
    assert (
        "This edition is of December 2016. Ask whether it still governs before you rely on it."
        in raising()["decision"].notice
    )
