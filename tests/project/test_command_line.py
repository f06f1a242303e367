"""The entry and the boundary, with verbs that exist for these tests only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import escalate.cli
from escalate import errors
from escalate.cli import main, verbs
from escalate.cli.front_page import EXIT_CODES
from escalate.cli.verbs import VERBS, Verb, verb_named
from escalate.cli.verbs.verb import LOOK as SECTION
from tests.running import at_terminal, run

VERB_MODULE = '''
from typing import Annotated

import typer

from escalate.errors import EscalateError, NotFound, Problem, SomeoneWasFirst


def command(
    reference: Annotated[str, typer.Argument(metavar="REF")],
    within: Annotated[int, typer.Option("--within", help="Working days.")] = 5,
) -> None:
    """Try one thing."""
    if reference == "missing":
        raise NotFound("case missing: there is no such case", remedy="see all cases: escalate list")
    if reference == "problems":
        raise EscalateError(
            "two answers are missing",
            problems=[Problem("concern", "no answer", "write what is worrying"), Problem("decision", "no answer")],
            remedy="add them to the file\\nand run it again",
        )
    if reference == "second":
        raise SomeoneWasFirst("case X: it has moved on", recorded="The discussion was recorded; the outcome was not.")
    if reference == "ctrl-c":
        raise KeyboardInterrupt
    if reference == "ctrl-d":
        raise typer.Abort
    if reference == "three":
        raise typer.Exit(3)
    if reference == "bug":
        concern = "Rowan Testcase"
        raise ValueError(f"cannot count {concern}")
    if reference == "pipe":
        raise BrokenPipeError
    if reference == "escape":
        raise NotFound('case "\\x1b]52;c;x\\x07": there is no such case')
    print(f"{reference} within {within}")


app = typer.Typer()


@app.command("list")
def list_all() -> None:
    """List them."""
    print("listed")


@app.command("show")
def show(name: str) -> None:
    """Show one."""
    print(name)
'''
TRY = Verb("try", "trying:command", "try one thing", SECTION, ("escalate try ESCP-2026-0014-Q4TX",), records=True)
LOOK = Verb("look", "trying:command", "look at one thing", SECTION, ("escalate look X",), reads=True)
MANY = Verb("many", "trying:app", "has subcommands", SECTION, ("escalate many list",))


@pytest.fixture(autouse=True)
def verbs_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trying.py").write_text(VERB_MODULE, encoding="utf-8")
    monkeypatch.setattr(escalate.cli, "__path__", [*escalate.cli.__path__, str(tmp_path)])
    monkeypatch.setattr(verbs, "VERBS", (*VERBS, TRY, LOOK, MANY))
    monkeypatch.delitem(sys.modules, "escalate.cli.trying", raising=False)
    monkeypatch.delenv("ESCALATE_TRACEBACK", raising=False)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_verb_runs_with_what_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "ESCP-2026-0014-Q4TX", "--within", "3") == (0, "ESCP-2026-0014-Q4TX within 3\n", "")


def test_a_verb_can_have_subcommands(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "many", "list") == (0, "listed\n", "")


def test_a_verb_with_subcommands_and_none_typed_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "many")

    assert (code, err) == (0, "")
    assert out.startswith("Usage: escalate many [OPTIONS] COMMAND [ARGS]...\n")


def test_a_verb_chooses_its_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "three") == (3, "", "")


def test_an_error_says_what_the_remedy_and_that_nothing_was_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "missing") == (
        4,
        "",
        "error: case missing: there is no such case\n    see all cases: escalate list\nNothing was recorded.\n",
    )


def test_a_verb_that_only_reads_says_nothing_of_recording(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "look", "missing") == (
        4,
        "",
        "error: case missing: there is no such case\n    see all cases: escalate list\n",
    )


def test_every_problem_is_printed_before_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "problems") == (
        1,
        "",
        "error: two answers are missing\n"
        "concern: no answer\n"
        "    write what is worrying\n"
        "decision: no answer\n"
        "    add them to the file\n"
        "    and run it again\n"
        "Nothing was recorded.\n",
    )


def test_an_error_half_way_says_what_was_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "second") == (
        5,
        "",
        "error: case X: it has moved on\nThe discussion was recorded; the outcome was not.\n",
    )


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_stopping_a_command_is_one_plain_sentence(capsys: pytest.CaptureFixture[str], key: str) -> None:
    assert said(capsys, "look", key) == (130, "", "Stopped.\n")


def test_stopping_a_verb_that_records_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try", "ctrl-c") == (
        130,
        "",
        "Stopped. Nothing recorded before that is lost: escalate list shows it.\n",
    )


def test_a_fault_shows_the_code_it_passed_through_and_no_word_of_the_case(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = said(capsys, "try", "bug")

    assert (code, out) == (70, "")
    assert err.startswith("ValueError, through\n  escalate/cli/__init__.py:")
    assert "trying.py:32 command\n    raise ValueError(" in err
    assert err.endswith(
        "\n"
        "error: escalate has a fault; this is not something you did\n"
        "    please report it with the lines above: they name code, and nothing from a case\n"
        "escalate list shows what was recorded, escalate verify whether it is whole.\n"
    )
    assert "Rowan" not in err
    assert str(tmp_path) not in err


def test_a_developer_can_ask_for_the_message_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALATE_TRACEBACK", "full")

    code, _, err = said(capsys, "try", "bug")

    assert code == 70
    assert "ValueError: cannot count Rowan Testcase\n" in err


def test_a_reader_that_went_away_is_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "look", "pipe") == (141, "", "")


def test_nothing_a_terminal_would_obey_comes_out_of_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "look", "escape") == (
        4,
        "",
        'error: case "\\x1b]52;c;x\\x07": there is no such case\n',
    )


def test_a_mistyped_verb_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "advence") == (
        2,
        "",
        'error: no such verb "advence"\n    did you mean: escalate advance, escalate handover, escalate agree\n',
    )


def test_a_verb_like_no_other_is_answered_with_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "zzz") == (2, "", 'error: no such verb "zzz"\n    see: escalate --help\n')


def test_an_option_before_the_verb_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--json", "due") == (
        2,
        "",
        'error: no such option "--json" before a verb\n    write it after the verb: escalate due --json\n',
    )


def test_a_missing_argument_is_refused_in_the_same_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "try") == (
        2,
        "",
        "error: escalate try: missing argument 'REF'\n    see: escalate try --help\nNothing was recorded.\n",
    )


def test_an_answer_of_the_wrong_kind_is_refused_in_the_same_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "look", "X", "--within", "soon") == (
        2,
        "",
        "error: escalate look: invalid value for '--within': 'soon' is not a valid int\n"
        "    see: escalate look --help\n",
    )


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",)])
def test_help_names_every_verb_and_every_exit_code(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, err = said(capsys, *words)

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [f"  {verb.name:<12}{verb.says}" for verb in VERBS if f"  {verb.name:<12}{verb.says}" not in lines] == []
    assert lines[-len(EXIT_CODES) :] == [f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES]
    assert max(map(len, lines)) <= 90


@pytest.mark.parametrize("words", [("try", "--help"), ("help", "try")])
def test_the_help_of_a_verb_ends_with_its_examples(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, _ = said(capsys, *words)

    assert code == 0
    assert out.startswith("Usage: escalate try [OPTIONS] {REF}\n\n  Try one thing.\n")
    assert out.endswith("\n  Examples:\n    escalate try ESCP-2026-0014-Q4TX\n")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == (0, f"escalate {escalate.__version__}\n", "")


def test_every_exit_code_of_an_error_is_documented() -> None:
    raised = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}

    assert raised - {code for code, _ in EXIT_CODES} == set()


def test_verbs_have_names_of_their_own_and_examples_that_name_them() -> None:
    assert len({verb.name for verb in VERBS}) == len(VERBS)
    assert [verb.name for verb in VERBS if verb_named(verb.name) != verb] == []
    assert [line for verb in VERBS for line in verb.examples if not line.startswith(f"escalate {verb.name}")] == []


def test_help_and_version_import_neither_typer_nor_any_verb() -> None:
    program = (
        "import sys; from escalate.cli import main; main(['--help']); main(['--version']);"
        "print([m for m in sys.modules if m.startswith(('typer', 'rich', 'escalate.'))], file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)

    tables = [f"escalate.cli.verbs.{name}" for name in ("verb", "looking", "of_a_case", "partnership", "trust")]
    known = ["escalate.cli.quick", *tables, "escalate.cli.verbs", "escalate.cli", "escalate.cli.front_page"]
    assert ran.stderr == f"{known}\n"


def test_a_name_in_polish_comes_out_of_a_redirected_windows_stream() -> None:
    program = (
        "from escalate.cli import main; import sys; main(['--version']); print('Łukasz'); print('Ł', file=sys.stderr)"
    )
    environment = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment, check=True)

    assert ran.stdout.decode("utf-8").splitlines()[-1] == "Łukasz"
    assert ran.stderr.decode("utf-8").strip() == "Ł"


def test_an_error_and_its_remedy_are_wrapped_between_words_at_a_narrow_terminal_only(tmp_path: Path) -> None:
    done = at_terminal(tmp_path, "raise", "--from", "answers.toml", columns=40)

    assert (done.code, done.out.split("\n", 1)[1]) == (
        run(tmp_path, "raise", "--from", "answers.toml").code,
        "error: escalate does not know yet who\n"
        "you are, for which agency, and under\n"
        "which policy\n"
        "    run: escalate setup\n"
        "Nothing was recorded.\n",
    )
    assert run(tmp_path, "raise", "--from", "answers.toml").err.split("\n")[0] == (
        "error: escalate does not know yet who you are, for which agency, and under which policy"
    )


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error on Windows")
def test_output_into_a_pipe_that_closes_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    ran = subprocess.run(
        [sys.executable, "-m", "escalate", "--help"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)

    assert (ran.returncode, ran.stderr) == (141, b"")
