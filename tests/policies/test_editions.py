"""Which edition is meant by a name, and whether one still governs: asked at each raise, both sides of each date."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.ask.question import Question
from escalate.ask.scripts.asking_the_edition import edition_questions
from escalate.errors import NotFound
from escalate.files.policies.editions import editions, newer_edition
from escalate.files.policies.loading import load_policy, read_policy_text
from tests.builders import a_home
from tests.cli.kept import references, the_fact
from tests.cli.raised import MINIMAL
from tests.running import run

BASE = (Path(__file__).parent / "exampleshire-2026-01.toml").read_text(encoding="utf-8")
IN_FORCE = "in_force_from = 2026-01-05\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home's folder of one's own policies, empty."""
    monkeypatch.setenv("ESCALATE_HOME", str(tmp_path))
    folder = tmp_path / "policies"
    folder.mkdir()
    return folder


def keep(folder: Path, name: str, header: str = IN_FORCE) -> None:
    """Keep the invented policy under this name; `header` takes the place of the line that says from when it holds."""
    (folder / f"{name}.toml").write_text(BASE.replace(IN_FORCE, header), encoding="utf-8")


def asked(name: str, day: str) -> str:
    """Return what is said before the question whether the edition still governs, "" where it is not asked."""
    policy, _ = load_policy(name)
    questions = edition_questions(policy, date.fromisoformat(day), editions())
    return questions[0].notice if questions and isinstance(questions[0], Question) else ""


# Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["knowsley-2020-11", "knowsley", "Knowsley"])
def test_a_policy_is_found_by_its_name_or_by_its_partnership_alone(own: Path, wanted: str) -> None:
    assert load_policy(wanted)[1].name == "knowsley-2020-11"


def test_a_policy_is_found_by_the_path_of_its_file(own: Path) -> None:
    keep(own, "exampleshire-2026-01")

    assert read_policy_text(str(own / "exampleshire-2026-01.toml")).name == "exampleshire-2026-01"


def test_a_name_without_a_date_is_its_own(own: Path) -> None:
    keep(own, "exampleshire")
    keep(own, "exampleshire-2026-04", "in_force_from = 2026-04-10\n")

    assert load_policy("exampleshire", date(2026, 5, 1))[1].name == "exampleshire"


@pytest.mark.parametrize(
    ("day", "name"), [("2026-04-09", "exampleshire-2026-01"), ("2026-04-10", "exampleshire-2026-04")]
)
def test_of_several_editions_the_partnership_s_name_means_the_one_in_force_that_day(
    own: Path, day: str, name: str
) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-04", "in_force_from = 2026-04-10\n")

    assert load_policy("exampleshire", date.fromisoformat(day))[1].name == name


@pytest.mark.parametrize(
    ("day", "name"), [("2026-04-09", "exampleshire-2026-02"), ("2026-04-10", "exampleshire-2026-01")]
)
def test_a_superseded_edition_is_not_meant_from_that_day_on(own: Path, day: str, name: str) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-02", "in_force_from = 2026-02-01\nsuperseded_on = 2026-04-10\n")

    assert load_policy("exampleshire", date.fromisoformat(day))[1].name == name


def test_where_none_is_in_force_the_latest_is_meant(own: Path) -> None:
    keep(own, "exampleshire-2025-01", "in_force_from = 2025-01-01\nsuperseded_on = 2026-01-01\n")
    keep(own, "exampleshire-2025-09", "in_force_from = 2025-09-01\nsuperseded_on = 2026-01-01\n")

    assert load_policy("exampleshire", date(2026, 4, 10))[1].name == "exampleshire-2025-09"


def test_an_edition_without_a_day_holds_from_the_date_in_its_name(own: Path) -> None:
    keep(own, "exampleshire-2026-01", "")
    keep(own, "exampleshire-2026-04", "")

    assert load_policy("exampleshire", date(2026, 3, 31))[1].name == "exampleshire-2026-01"
    assert load_policy("exampleshire", date(2026, 4, 1))[1].name == "exampleshire-2026-04"


def test_cannot_say_which_is_meant_of_two_in_force_alike(own: Path) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-01-ours")

    with pytest.raises(NotFound) as refused:
        load_policy("exampleshire", date(2026, 4, 10))

    assert refused.value.what == '"exampleshire" is the name of several policies here'
    assert [problem.what for problem in refused.value.problems] == ["exampleshire-2026-01", "exampleshire-2026-01-ours"]


def test_cannot_say_which_is_meant_without_a_day(own: Path) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-04", "in_force_from = 2026-04-10\n")

    with pytest.raises(NotFound, match="is the name of several policies here"):
        load_policy("exampleshire")


def test_cannot_find_a_partnership_that_has_no_policy_here(own: Path) -> None:
    with pytest.raises(NotFound, match='^there is no policy "atlantis"$'):
        load_policy("atlantis", date(2026, 4, 10))


def test_a_file_whose_header_cannot_be_read_is_no_edition_and_keeps_nobody_from_the_others(own: Path) -> None:
    (own / "broken-2026-01.toml").write_text("[policy\n", encoding="utf-8")
    (own / "latin-2026-01.toml").write_bytes("[policy]\ntitle = 'é'\n".encode("latin-1"))

    assert {"broken-2026-01", "latin-2026-01"} & {one.name for one in editions()} == set()
    assert load_policy("knowsley")[1].name == "knowsley-2020-11"


# Whether it still governs -----------------------------------------------------------------------------------------


def test_nothing_is_asked_of_an_edition_in_force_that_nothing_casts_doubt_on(own: Path) -> None:
    keep(own, "exampleshire-2026-01")

    assert asked("exampleshire-2026-01", "2026-04-10") == ""


@pytest.mark.parametrize(
    ("day", "notice"), [("2026-04-09", ""), ("2026-04-10", "This edition was superseded on Fri 10 Apr 2026.")]
)
def test_a_superseded_edition_asks_from_that_day_on(own: Path, day: str, notice: str) -> None:
    keep(own, "exampleshire-2026-01", f"{IN_FORCE}superseded_on = 2026-04-10\n")

    assert asked("exampleshire-2026-01", day) == notice


@pytest.mark.parametrize(
    ("day", "notice"),
    [
        ("2026-04-10", ""),
        ("2026-04-11", 'This edition was due for review on Fri 10 Apr 2026 (printed: "{spring} 2026").'),
    ],
)
def test_an_overdue_edition_asks_from_the_day_after_its_review_was_due(own: Path, day: str, notice: str) -> None:
    keep(own, "exampleshire-2026-01", f'{IN_FORCE}review_due = 2026-04-10\nreview_as_printed = "{{spring}} 2026"\n')

    assert asked("exampleshire-2026-01", day) == notice


@pytest.mark.parametrize(
    ("day", "notice"), [("2026-01-04", "This edition is in force only from Mon 5 Jan 2026."), ("2026-01-05", "")]
)
def test_an_edition_asks_until_the_day_it_comes_into_force(own: Path, day: str, notice: str) -> None:
    keep(own, "exampleshire-2026-01")

    assert asked("exampleshire-2026-01", day) == notice


@pytest.mark.parametrize(
    ("day", "notice"), [("2026-04-09", ""), ("2026-04-10", "A newer edition is here: exampleshire-2026-04.")]
)
def test_an_edition_asks_from_the_day_a_newer_one_that_is_here_comes_into_force(
    own: Path, day: str, notice: str
) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-04", "in_force_from = 2026-04-10\n")

    assert asked("exampleshire-2026-01", day) == notice
    assert "newer" not in asked("exampleshire-2026-04", day)


def test_another_partnership_s_newer_policy_is_no_newer_edition(own: Path) -> None:
    keep(own, "exampleshire-2026-01")
    other = BASE.replace(IN_FORCE, "in_force_from = 2026-04-01\n").replace("Exampleshire Safe", "Otherwise Safe")
    (own / "otherwise-2026-04.toml").write_text(other, encoding="utf-8")

    assert asked("exampleshire-2026-01", "2026-04-10") == ""


def test_a_newer_edition_is_known_by_its_partnership_whatever_its_file_is_called(own: Path) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "ours", "in_force_from = 2026-04-01\n")

    assert asked("exampleshire-2026-01", "2026-04-10") == "A newer edition is here: ours."


def test_a_newer_edition_that_is_superseded_itself_is_not_named(own: Path) -> None:
    keep(own, "exampleshire-2026-01")
    keep(own, "exampleshire-2026-02", "in_force_from = 2026-02-01\nsuperseded_on = 2026-03-01\n")

    assert newer_edition("exampleshire-2026-01", date(2026, 4, 10), editions()) == ""


def test_the_dates_of_an_edition_written_upon_another_are_read_with_it(own: Path) -> None:
    keep(own, "exampleshire-2026-01", f"{IN_FORCE}superseded_on = 2026-04-10\n")
    upon = '[policy]\nextends = "exampleshire-2026-01"\n'
    (own / "exampleshire-2026-01-ours.toml").write_text(upon, encoding="utf-8")
    new = f'{upon}edition = "2026-04"\nin_force_from = 2026-04-10\n'
    (own / "exampleshire-2026-04.toml").write_text(new, encoding="utf-8")

    dates = {one.name: (one.since, one.superseded_on) for one in editions() if one.of == "exampleshire"}

    assert dates == {
        "exampleshire-2026-01": (date(2026, 1, 5), date(2026, 4, 10)),
        "exampleshire-2026-01-ours": (date(2026, 1, 5), date(2026, 4, 10)),
        "exampleshire-2026-04": (date(2026, 4, 10), None),
    }


def test_cannot_raise_under_a_superseded_edition_without_saying_that_it_governs_and_the_answer_is_kept(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path / "home")
    (home / "policies").mkdir()
    upon = '[policy]\nextends = "knowsley-2020-11"\nsuperseded_on = 2026-04-01\n'
    (home / "policies" / "knowsley-2020-11.toml").write_text(upon, encoding="utf-8")

    refused = run(home, "raise", typed=MINIMAL, today="2026-04-02")
    answer = 'still_governs = "Yes: the partnership, by e-mail"\n'
    done = run(home, "raise", typed=answer + MINIMAL, today="2026-04-02")

    assert (refused.code, done.code) == (2, 0)
    assert refused.err == (
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input: "still_governs" is missing: Does it still govern this case, and who says so?\n'
        "    in words\n"
        "Nothing was recorded.\n"
    )
    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert (concern.policy, concern.policy_still_governs) == ("knowsley-2020-11", "Yes: the partnership, by e-mail")
    assert run(home, "verify").code == 0


@pytest.mark.parametrize(
    ("day", "since", "review", "newer"),
    [
        ("2026-01-04", "2026-01-05; not yet in force", "2026-04-10", ""),
        ("2026-04-10", "2026-01-05", "2026-04-10", ""),
        ("2026-04-11", "2026-01-05", "2026-04-10; overdue", ""),
        ("2026-05-01", "2026-01-05; superseded on 2026-05-01", "2026-04-10; overdue", ""),
        (
            "2026-06-01",
            "2026-01-05; superseded on 2026-05-01",
            "2026-04-10; overdue",
            "; a newer edition is here: exampleshire-2026-06",
        ),
    ],
)
def test_the_list_marks_what_casts_doubt_on_an_edition(
    own: Path, day: str, since: str, review: str, newer: str
) -> None:
    keep(own, "exampleshire-2026-01", f"{IN_FORCE}superseded_on = 2026-05-01\nreview_due = 2026-04-10\n")
    keep(own, "exampleshire-2026-06", "in_force_from = 2026-06-01\n")

    out = run(own.parent, "policy", "list", today=day).out

    (line,) = re.findall(r"^exampleshire-2026-01\t.*$", out, re.MULTILINE)
    partnership = "Exampleshire Safeguarding Children Partnership: Resolving Professional Differences (your own)"
    assert line.split("\t") == ["exampleshire-2026-01", f"{partnership}{newer}", since, review]
