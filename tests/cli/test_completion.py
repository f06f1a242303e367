"""What Tab offers: by the protocol that every shell's script speaks, and in the shells that are installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from escalate.cli.completing import HELP, Candidate, candidates, grammar
from escalate.cli.completing_values import source_of
from escalate.cli.completion import SCRIPTS
from escalate.cli.verbs import VERBS
from tests.builders import Built, a_case, a_home, told
from tests.running import ROOT, run


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Three cases, of which the first changed last."""
    home = a_home(tmp_path_factory.mktemp("home"))
    cases = [a_case(home, number=number) for number in (1, 2, 3)]
    cases[0].add(told("2026-04-02"))
    return cases


def offered(home: Path, *words: str) -> list[str]:
    """The words offered for the last of `words`, those before it being complete."""
    ran = run(home, "completion", "next", str(len(words) - 1), *words)
    assert (ran.code, ran.err) == (0, "")
    return [line.split("\t")[0] for line in ran.out.splitlines()]


def test_at_the_beginning_every_verb_is_offered_with_what_it_does() -> None:
    assert candidates([], "") == [
        *(Candidate(verb.name, verb.says) for verb in VERBS),
        Candidate("help", "one verb's help"),
        Candidate(*HELP),
    ]
    assert [word for word, _ in candidates([], "rec")] == ["record", "receive"]
    assert [word for word, _ in candidates(["help"], "rec")] == ["record", "receive"]


def test_after_a_verb_its_cases_are_offered_the_one_that_changed_last_first(three: list[Built]) -> None:
    first, second, third = (case.reference for case in three)

    assert offered(three[0].home, "show", "") == [first, third, second]
    assert offered(three[0].home, "link", first, "") == [first, third, second]
    assert offered(three[0].home, "receive", "--case", "") == [first, third, second]


def test_a_reference_is_found_by_its_beginning_or_its_end_in_small_letters_too(three: list[Built]) -> None:
    second = three[1].reference

    assert offered(three[0].home, "show", second[:14].lower()) == [second]
    assert offered(three[0].home, "show", second[-4:].lower()) == [second]
    assert offered(three[0].home, "show", "HSCP") == []


def test_a_case_is_offered_by_nothing_but_its_reference(three: list[Built]) -> None:
    out = run(three[0].home, "completion", "next", "1", "show").out

    assert out == "".join(f"{case.reference}\t\n" for case in (three[0], three[2], three[1]))


def test_where_nothing_is_recorded_no_case_is_offered_and_nothing_is_made(tmp_path: Path) -> None:
    assert offered(tmp_path / "home", "show", "") == []
    assert not (tmp_path / "home").exists()


def test_a_record_that_cannot_be_read_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "escalate.db").write_bytes(b"not a record")

    assert offered(tmp_path, "show", "") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("policy", ""), ["list", "show", "check", "try", "diff", "new", "schema", "--help"]),
        (("policy", "show", "so"), ["somerset-2016-12", ":files"]),
        (("due", "--policy", "so"), ["somerset-2016-12"]),
        (("due", "--policy=so"), ["--policy=somerset-2016-12"]),
        (("due", "--policy", "=", "so"), ["somerset-2016-12"]),
        (("due", "--w"), ["--within"]),
        (("due", "--within", ""), []),
        (("due", "--mine", "--m"), []),
        (("form", "show", "knowsley"), ["knowsley-appendix-2", "knowsley-appendix-3"]),
        (("list", "--state", ""), ["open", "to-check", "ended", "withdrawn"]),
        (("calendar", "add", "--nation", "N"), ["Northern Ireland"]),
        (("calendar", "remove", "--kind", ""), ["closure", "holiday"]),
        (("handover", "--to", ""), []),
        (("raise", "--from", ""), [":files"]),
        (("receive", "one.docx", ""), [":files"]),
        (("form", "new", "blank.docx", "--out", ""), [":folders"]),
        (("who", "--stage", ""), ["1", "2", "3", "4"]),
        (("who", "--policy", "croydon", "--stage", ""), ["1", "2", "3", "4", "5"]),
        (("completion", "p"), ["powershell"]),
        (("nonsense", ""), []),
        (("policy", "nonsense", ""), []),
    ],
    ids=" ".join,
)
def test_what_is_offered(three: list[Built], words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(three[0].home, *words) == expected


def test_the_stages_and_what_is_owed_are_those_of_the_case(three: list[Built]) -> None:
    home, reference = three[0].home, three[0].reference

    assert offered(home, "advance", reference, "--at", "") == ["1", "2", "3", "4"]
    assert "stage-1-resolve" in offered(home, "why", reference, "")


def test_every_value_of_every_verb_has_been_thought_of() -> None:
    for path, part in grammar().items():
        for one in part["takes"]:
            takes = one.get("argument") or one["takes"]
            if takes:
                assert callable(source_of(path, one["option"][0] if "option" in one else "", takes)), (path, takes)


def test_what_the_shell_asks_imports_neither_typer_nor_any_verb(three: list[Built]) -> None:
    program = (
        "import sys; from escalate.cli import main;"
        " [main(['completion', 'next', *words.split(' ')]) for words in ('0 ', '1 show ', '1 export --', '1 policy ')];"
        " print(*[m for m in sys.modules if m == 'typer' or m.startswith('escalate.cli.')], file=sys.stderr)"
    )
    environment = os.environ | {"ESCALATE_HOME": str(three[0].home)}

    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    tables = (f"verbs.{name}" for name in ("verb", "of_a_case", "looking", "partnership", "trust"))
    names = ("quick", "verbs", *tables, "completing", "completing_values")
    assert set(ran.stderr.split()) == {f"escalate.cli.{name}" for name in names}


def test_an_unknown_shell_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    ran = run(tmp_path, "completion", "tcsh")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        'error: escalate completion: "tcsh" is not a shell known here\n    one of: bash, zsh, fish, powershell\n'
    )


@pytest.mark.parametrize("shell", [*SCRIPTS, "pwsh"])
def test_a_script_is_printed_that_says_how_to_keep_it_for_good(tmp_path: Path, shell: str) -> None:
    ran = run(tmp_path, "completion", shell)

    assert (ran.code, ran.err) == (0, "")
    assert "For good" in ran.out.split("\n\n")[0]
    assert "escalate completion next" in ran.out


def test_the_powershell_script_registers_for_escalate_and_gives_each_word_with_its_tip() -> None:
    script = SCRIPTS["powershell"]

    assert "Register-ArgumentCompleter -Native -CommandName escalate -ScriptBlock {" in script
    assert "[System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $tip)" in script
    assert script.isascii()
    assert [script.count(mark) for mark in "({["] == [script.count(mark) for mark in ")}]"]


@pytest.fixture(scope="module")
def tools(three: list[Built], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a shell in which `escalate` is this checkout's, and the record that of three cases."""
    if os.name == "nt":
        pytest.skip("these shells are tried where there is a POSIX system")
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "escalate"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m escalate "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (folder / "a form.docx").touch()
    own = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    return {**os.environ, **own, "ESCALATE_HOME": str(three[0].home), "TERM": "xterm", "PS1": "$ "}


def installed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} IS NOT INSTALLED: its completion was not tried")
    return path


def test_bash_completes_the_only_case_that_fits(three: list[Built], tools: dict[str, str]) -> None:
    second = three[1].reference
    script = (
        'source <(escalate completion bash); COMP_WORDS=(escalate show "$1"); COMP_CWORD=2; _escalate_next;'
        ' printf "%s\\n" "${COMPREPLY[@]}"; COMP_WORDS=(escalate receive "a f"); _escalate_next;'
        ' printf "%s\\n" "${COMPREPLY[@]}"; complete -p escalate'
    )

    ran = subprocess.run(
        [installed("bash"), "--norc", "-c", script, "bash", second[:14].lower()],
        env=tools,
        cwd=tools["HOME"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [second, "a form.docx", "complete -o nosort -F _escalate_next escalate"]


def test_fish_offers_cases_and_says_what_options_are(three: list[Built], tools: dict[str, str]) -> None:
    script = 'escalate completion fish | source; complete -C "escalate show "; complete -C "escalate due --w"'

    ran = subprocess.run(
        [installed("fish"), "--no-config", "-c", script], env=tools, capture_output=True, encoding="utf-8", check=True
    )

    first, second, third = (case.reference for case in three)
    assert ran.stdout.splitlines() == [
        first,
        third,
        second,
        "--within\tOnly what is due within N working days.",
    ]


def test_zsh_completes_the_only_case_that_fits(three: list[Built], tools: dict[str, str]) -> None:
    pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
    second = three[1].reference
    zsh = pexpect.spawn(
        installed("zsh"), ["-f", "-i"], env=tools, cwd=tools["HOME"], encoding="utf-8", timeout=30, dimensions=(40, 200)
    )

    zsh.sendline("source <(escalate completion zsh)")
    zsh.sendline('shown() { print -r -- "got <$*>" }; compdef _escalate shown')
    zsh.send(f"shown show {second[:14].lower()}\t\r")
    zsh.expect(r"got <([^$*>]+)>")
    zsh.close(force=True)

    assert zsh.match[1] == f"show {second}"
