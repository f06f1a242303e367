"""Initials in place of names: found without accents and with other apostrophes, and never two people in one."""

from __future__ import annotations

import pytest

from escalate.core.initialled import Everyone, initialled
from escalate.core.names_anywhere import is_anybody_named


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Zoe Angstrom came with Zoë.", "Z.Å. came with Z.Å."),
        ("Zoe\u0308 A\u030angstro\u0308m – Œuvre", "Z.Å. – Œuvre"),
        ("The Angstroms left.", "The Å. left."),
        ("The naïve café stays.", "The naïve café stays."),
    ],
)
def test_a_child_s_name_is_found_without_its_accents_and_other_words_keep_theirs(written: str, told: str) -> None:
    assert initialled(written, ["Zoë Ångström"]) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Lee Ash came.", "L. A. came."),
        ("Ash Lee came.", "A.L. came."),
        ("Ash came with Lee.", "A.L. came with L."),
        ("Ash Marsh and Jo Lee.", "A. Marsh and Jo L."),
        ("They met Kim Ash, and Mr Ash.", "They met Kim A., and Mr A."),
        ("Then on Monday Ash came, and in May Ash left.", "Then on Monday A.L. came, and in May A.L. left."),
    ],
)
def test_all_initials_of_a_child_never_stand_beside_a_part_of_a_name(written: str, told: str) -> None:
    assert initialled(written, ["Ash Lee"]) == told


@pytest.mark.parametrize("written", ["Kim O'Neils brother", "Kim O\u2019Neil\u2019s brother", "Kim ONeil's brother"])
def test_a_name_with_an_apostrophe_is_one_word_however_it_is_typed(written: str) -> None:
    of_case, of_all = (
        one(written) for one in (lambda x: initialled(x, ["Kim O'Neil"]), Everyone(["Kim O'Neil"]).initialled)
    )

    assert {of_case, of_all} <= {"K.O. brother", "K.O.'s brother", "K.O.\u2019s brother"}


def test_names_of_which_one_begins_as_another_ends_are_not_cut_in_two() -> None:
    assert Everyone(["Lee Ash", "Ash Kim"]).initialled("Lee Ash Kim, Ash Kim and Lee Ash.") == "L.A.K., A.K. and L.A."


def test_ordinary_words_in_small_letters_are_nobody_s_name_where_initials_would_stand() -> None:
    everyone = Everyone(["Will Best"])

    assert everyone.initialled("Will Best said it will best be left.") == "W.B. said it will best be left."
    assert everyone.found_in("WillBest: it will  best be left; WILL\nBEST") == ("WillBest", "will  best", "WILL\nBEST")


def test_initials_and_words_for_relatives_that_were_recorded_as_names_name_nobody() -> None:
    assert Everyone(["R.T.", "Unborn Baby"]).found_in("R.T. and the unborn baby") == ()


def test_a_whole_name_is_somebody_s_though_an_agency_has_its_words() -> None:
    agencies = ["Best Start", "Will Trust"]

    assert is_anybody_named("Ask will best.", ["Will Best"], agencies)
    assert not is_anybody_named("Best Start was asked.", ["Will Best"], agencies)


def test_a_name_in_a_script_without_capitals_is_found_where_it_stands_whole() -> None:
    assert Everyone(["李 明", "محمد علي"]).initialled("李 明 met محمد علي here") == "李.明. met م.ع. here"
