"""The answers for a folder of forms, as README writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import a_home
from tests.cli.kept import facts, named
from tests.cli.returned import came_back
from tests.cli.test_receive_another_child import issued_about_each, of_two_children
from tests.cli.test_receive_logged import logged
from tests.running import run

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def partnership(tmp_path: Path) -> Path:
    return a_home(tmp_path / "partnership")


def test_the_answers_for_a_folder_that_the_readme_shows_are_taken_as_they_stand(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    case, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    again, _ = issued_about_each(home, case)
    folder = tmp_path / "inbox"
    came_back(again, folder / "form 1.docx", key_issues="Other issues.", options_considered="A joint visit.")
    came_back(second, folder / "form 2.docx")
    (answers,) = re.findall(r'```toml\n(\["form 1\.docx"\]\n.*?)```', README.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "answers.toml"
    file.write_text(answers, encoding="utf-8")

    done = run(partnership, "receive", str(folder), "--accept", "--from", str(file))

    assert (done.code, done.err) == (0, "")
    ash = named(partnership, reference)["Ash Testcase"].party
    came = facts(partnership, reference, "form received")
    assert [fact.child == ash for fact in came] == [False, False, True]
    assert dict(came[1].taken) == {"options_considered": "A joint visit."}
