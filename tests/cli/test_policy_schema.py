"""`escalate policy schema`: an editor that follows it accepts every policy there is, and marks what is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from escalate.core import moments, timescale
from escalate.files.places import shipped
from escalate.files.policies.schema import policy_schema
from tests.running import run

HERE = Path(__file__).parents[1] / "policies"
POLICIES = sorted([*shipped("policies").glob("*.toml"), *HERE.glob("*.toml"), *HERE.glob("invented/*.toml")])
WRONG_IN_SHAPE = sorted(HERE.glob("broken/shape/*.toml"))
WRONG_IN_WORDS = (
    "an-act-without-a-force",
    "moments-that-are-no-moments",
    "timescales-nobody-can-count",
    "two-forces-for-one-act",
)


@cache
def validator() -> Draft202012Validator:
    schema = policy_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def problems(text: str) -> list[str]:
    return [error.json_path for error in validator().iter_errors(as_editors_read_it(tomllib.loads(text)))]


def as_editors_read_it(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_editors_read_it(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_editors_read_it(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_schema_is_printed_with_its_dialect_and_the_keys_of_the_file(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "schema")

    schema = json.loads(ran.out)
    assert (ran.code, ran.err, schema["$schema"]) == (0, "", "https://json-schema.org/draft/2020-12/schema")
    assert {"title", "description", "properties"} <= set(schema)
    assert {"from", "if", "until"} <= set(schema["$defs"]["Duty"]["properties"])
    assert not re.findall(r'"(?:from_|if_|name)":', ran.out)
    assert {"policy", "stage", "clock", "duty", "follow", "opt_out"} <= set(schema["properties"])


def test_what_an_editor_shows_of_a_key_is_what_the_rules_say_of_it() -> None:
    duty = policy_schema()["$defs"]["Duty"]

    assert duty["description"].startswith("Something owed when `when` happens; closed by evidence")
    assert duty["properties"]["before"]["description"] == "Due before that stage is entered."


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_policy_there_is_follows_the_schema(path: Path) -> None:
    assert problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", WRONG_IN_SHAPE, ids=lambda path: path.stem)
def test_cannot_follow_the_schema_with_a_broken_shape(path: Path) -> None:
    assert problems(path.read_text(encoding="utf-8")) != []


@pytest.mark.parametrize("name", WRONG_IN_WORDS)
def test_cannot_follow_the_schema_with_words_that_mean_nothing(name: str) -> None:
    [path] = HERE.glob(f"broken/*/{name}.toml")

    assert problems(path.read_text(encoding="utf-8")) != []


def test_a_file_that_extends_another_holds_only_what_differs() -> None:
    text = (
        '[policy]\nextends = "exampleshire-2026-01"\n[follow]\nthe-time = "figure"\n'
        '[[opt_out]]\nitem = "place-on-file"\nbecause = "it is done otherwise here"\nclause = "ours"\n'
        '[[clock]]\nid = "stage-1-resolve"\nwithin = "3 working days"\n'
    )

    assert problems(text) == []
    assert problems(text.replace("3 working days", "3 days")) == ["$.clock[0].within"]
    assert problems(text.replace("because = ", "why = ")) == ["$.opt_out[0]", "$.opt_out[0]"]
    assert problems(text.replace('extends = "exampleshire-2026-01"', "")) != []


def test_cannot_follow_readings_in_a_policy_that_extends_none() -> None:
    whole = (HERE / "exampleshire-2026-01.toml").read_text(encoding="utf-8")

    assert problems(whole + '\n[follow]\nthe-time = "figure"\n') != []


@pytest.mark.parametrize("written", [text.strip('"') for text in timescale.WRITTEN])
def test_every_timescale_that_can_be_counted_is_offered(written: str) -> None:
    pattern = policy_schema()["$defs"]["timescale"]["pattern"]

    for text in (written, written + timescale.OR_LESS):
        assert timescale.parse_timescale(text).written == text
        assert re.search(pattern, text)


@pytest.mark.parametrize("written", ["5 workingdays", "five working days", "5 working days or so", "", "1 week"])
def test_cannot_write_a_timescale_that_cannot_be_counted(written: str) -> None:
    assert not re.search(policy_schema()["$defs"]["timescale"]["pattern"], written)
    with pytest.raises(ValueError, match="is not one of"):
        timescale.parse_timescale(written)


@pytest.mark.parametrize("written", moments.WRITTEN)
def test_every_moment_that_can_be_counted_from_is_offered(written: str) -> None:
    moment = Draft202012Validator(policy_schema()["$defs"]["moment"])

    assert moment.is_valid(written.replace("[id]", "stage-1-reply"))
    assert not moment.is_valid(f"{written} or so")
