"""What fields are called at a glance is what they are called in full; a form that cannot be read names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.files.forms.glance import called_in
from escalate.files.forms.loading import form_names, load_form


@pytest.mark.parametrize("name", form_names())
def test_every_field_of_a_shipped_form_is_called_the_same_at_a_glance(name: str) -> None:
    definition, _ = load_form(name)
    rows = {f"{table.id}_{table.rows + 2}_{table.columns[0].id}": "" for table in definition.tables}

    assert dict(called_in(name, rows)) == {one.id: one.called for one in definition.fields_in(rows)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "form = 3",
        "[form]\nid = 'x'",
        "[[field]]\nid = 'y'\nlabel = 3\nkind = 'text'\n[form]",
        "[form",
        "field = [1]",
    ],
)
def test_cannot_call_the_fields_of_a_form_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "ours.toml").write_text(text, encoding="utf-8")

    assert called_in("ours", {}, tmp_path) == {}
    assert called_in("nobodys", {}, tmp_path) == {}
