"""The id of a form is part of the names of files: it must be plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.errors import FormRefused
from escalate.files.forms.loading import read_definition
from escalate.files.places import find

KNOWN = "invented-report"


def with_id(folder: Path, name: str) -> Path:
    shipped = find("templates", "knowsley-appendix-2.toml")
    assert shipped is not None
    path = folder / "mine.toml"
    text = shipped.read_text(encoding="utf-8").replace('"knowsley-appendix-2"', f"'{name}'")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["../../evil", "a/b", "a\\b", "c:evil", "evil.docx", "-evil", "a b", "", "x" * 61])
def test_cannot_give_a_form_an_id_that_is_more_than_a_plain_name(tmp_path: Path, name: str) -> None:
    path = with_id(tmp_path, name)
    line = next(n for n, one in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if one.startswith("id "))

    with pytest.raises(FormRefused) as refused:
        read_definition(path)

    assert [(one.where, one.what) for one in refused.value.problems] == [
        (f"mine.toml:{line}", f'form "{name}" needs an id of letters, digits and hyphens, at most 60')
    ]


@pytest.mark.parametrize("name", [KNOWN, "KSCP-2", "x" * 60])
def test_a_plain_id_is_taken(tmp_path: Path, name: str) -> None:
    assert read_definition(with_id(tmp_path, name)).id == name
