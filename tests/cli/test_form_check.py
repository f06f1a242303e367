from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from escalate.files.places import shipped
from tests.running import at_terminal, run

NAME = "knowsley-appendix-3"
CLEAN = f"""\
{NAME}.toml: no problems. It was filled with hostile words, long texts and nothing, and read back whole.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of Knowsley's Appendix 3."""
    for suffix in ("toml", "docx"):
        shutil.copy(shipped("templates") / f"{NAME}.{suffix}", tmp_path / f"ours.{suffix}")
    edit(tmp_path / "ours.toml", f'"{NAME}.docx"', '"ours.docx"')
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    if path.suffix == ".toml":
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_a_form_without_problems_says_that_it_was_tried(tmp_path: Path) -> None:
    ran = run(tmp_path, "form", "check", NAME)

    assert (ran.code, ran.out, ran.err) == (0, CLEAN, "")


def test_a_form_is_checked_by_its_name_its_definition_or_its_word_file(folder: Path) -> None:
    for given in ("ours.toml", "ours.docx"):
        ran = run(folder, "form", "check", str(folder / given))

        assert (ran.code, ran.out) == (0, CLEAN.replace(f"{NAME}.toml", given))


def test_a_word_file_is_checked_by_the_definition_that_names_it(folder: Path) -> None:
    (folder / "ours.docx").rename(folder / "other.docx")
    edit(folder / "ours.toml", '"ours.docx"', '"other.docx"')

    assert run(folder, "form", "check", str(folder / "other.docx"), "--json").data["form"] == NAME


def test_a_word_file_without_a_definition_is_looked_through_alone(folder: Path) -> None:
    (folder / "ours.toml").unlink()

    ran = run(folder, "form", "check", str(folder / "ours.docx"))

    assert ran.code == 0
    assert ran.out.endswith("ours.docx: no problems found, but it was not tried.\n")
    assert "there is no definition beside it: its fields were not compared, and it was not tried" in ran.out


def test_a_long_line_of_the_partnerships_is_named_with_the_mark_that_does_as_well(folder: Path) -> None:
    line = "Please read all of this before you begin, and keep a copy where others can find it."
    edit(folder / "ours.toml", '    "Appendix 3",', f'    "Appendix 3",\n    "{line}",')
    told = run(folder, "form", "check", str(folder / "ours.toml"), "--json").data["findings"]

    assert [(x["weight"], x["where"], x["what"], x["remedy"]) for x in told] == [
        (
            "to look at",
            "ours.toml:16",
            "a long line that the form prints stands in it whole",
            'where the words are not yours to keep, this does as well: "Please read all of … #21a488b3"',
        )
    ]
    edit(folder / "ours.toml", line, "Please read all of … #21a488b3")
    assert run(folder, "form", "check", str(folder / "ours.toml")).out == CLEAN.replace(NAME, "ours")


def test_problems_are_named_with_their_place_and_end_with_8(folder: Path) -> None:
    edit(folder / "ours.docx", "{{ reason }}", "{{ resaon }}")
    edit(folder / "ours.toml", '"case.learning"', '"case.lerning"')

    ran = run(folder, "form", "check", str(folder / "ours.toml"))

    assert ran.code == 8
    assert (
        ran.out
        == """\

To be put right before it can be used
  ours.toml:64: field "lessons": nothing fills "case.lerning"
      did you mean: case.learning
  text, table 1 row 3 cell 2: there is no field "resaon": was "reason" meant?
  text, table 1 row 3 cell 2: field "Reason for escalation" (reason) has a content control that does \
not hold its expression
      write {{ reason }} into it, and nothing else

ours.toml: 3 problems; no form is issued from it.
""".replace("ours.toml:64", f"ours.toml:{_line_of(folder / 'ours.toml', 'lerning')}")
    )


def _line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_code_is_named_as_unsafe_and_never_run(folder: Path) -> None:
    ran_by_code = folder / "was-run"
    code = f"{{{{ cycler.__init__.__globals__.os.popen(&quot;touch {ran_by_code}&quot;).read() }}}}"
    edit(folder / "ours.docx", "{{ reason }}", code)

    ran = run(folder, "form", "check", str(folder / "ours.docx"))

    assert ran.code == 8
    assert ran.out.startswith(
        "\nUnsafe: nothing of it was filled\n  text, table 1 row 3 cell 2: it holds code (call)\n"
    )
    assert not ran_by_code.exists()


def test_a_definition_with_problems_has_them_all_named_and_its_template_is_looked_through(folder: Path) -> None:
    edit(folder / "ours.toml", 'kind         = "date"', 'kind         = "day"')
    edit(folder / "ours.docx", "{{ reason }}", "{{ x() }}")

    ran = run(folder, "form", "check", str(folder / "ours.toml"), "--json")

    assert ran.code == 8
    assert [one["weight"] for one in ran.data["findings"]] == ["unsafe", "wrong"]
    assert ran.data["findings"][1]["where"].startswith("ours.toml:")


def test_a_definition_whose_template_is_not_there_says_so(folder: Path) -> None:
    (folder / "ours.docx").unlink()

    ran = run(folder, "form", "check", str(folder / "ours.toml"))

    assert ran.code == 8
    assert 'ours.toml: its template "ours.docx" is not beside it' in ran.out


def test_a_definition_larger_than_any_form_is_not_read(folder: Path) -> None:
    fields = "".join(f'[[field]]\nid = "f{number}"\nlabel = "F"\nkind = "text"\n' for number in range(600))
    text = (folder / "ours.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(text + fields, encoding="utf-8")

    assert "the definition has more than 500 fields" in run(folder, "form", "check", str(folder / "ours.toml")).out

    (folder / "ours.toml").write_text("#" * 2_000_000, encoding="utf-8")

    assert "the definition is larger than any form" in run(folder, "form", "check", str(folder / "ours.toml")).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0 old", "is an old Word document (.doc) or one locked with a password"),
        (b"%PDF-1.7", "is a PDF, whose fields cannot be read"),
        (b"PK\x03\x04 cut off", "the file is damaged and cannot be read"),
    ],
)
def test_what_is_no_word_document_is_said_in_a_sentence(folder: Path, content: bytes, said: str) -> None:
    (folder / "ours.docx").write_bytes(content)

    ran = run(folder, "form", "check", str(folder / "ours.docx"))

    assert ran.code == 8
    assert f"  ours.docx: {said}\n" in ran.out
    assert ran.err == ""


def test_what_was_found_is_there_as_json(folder: Path) -> None:
    edit(folder / "ours.docx", "{{ reason }}", "{{ resaon }}")

    data = run(folder, "form", "check", str(folder / "ours.docx"), "--json").data

    assert (data["form"], data["file"], data["template"], data["problems"]) == (NAME, "ours.docx", "ours.docx", 2)
    assert data["findings"][0] == {
        "weight": "wrong",
        "where": "text, table 1 row 3 cell 2",
        "what": 'there is no field "resaon": was "reason" meant?',
        "remedy": "",
    }


def test_a_check_at_a_terminal_says_the_same(folder: Path) -> None:
    edit(folder / "ours.docx", "{{ reason }}", "{{ resaon }}")

    ran = at_terminal(folder, "form", "check", str(folder / "ours.docx"))

    assert ran.code == 8
    assert "To be put right before it can be used" in ran.out


def test_cannot_check_what_is_not_there(tmp_path: Path) -> None:
    assert run(tmp_path, "form", "check", "nowhere").code == 4
    assert run(tmp_path, "form", "check", "nowhere.docx").code == 4
    assert run(tmp_path, "form", "check", "nowhere.toml").err == (
        'error: there is no file "nowhere.toml" there\n    give its whole path\n'
    )
