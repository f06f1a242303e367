"""What is wrong with a text that is not TOML, in the words of somebody who writes one by hand."""

from __future__ import annotations

import re
import tomllib

_CURLY = re.compile(r"[“”„‘’‚]")
_A_DAY = re.compile(r"=\s*(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})")
_SAID = {
    "Illegal character '\\n'": ("a quote is opened on this line and not closed", 'close it: "like this"'),
    "Unterminated string": ("a quote is opened and not closed before the end", 'close it: "like this"'),
    "Unclosed array": ("a square bracket is not closed before this line", 'close it: ["like this", "and this"]'),
    "Unclosed inline table": ("a curly bracket is not closed on its line", 'close it: { document = "like this" }'),
    "Expected ']": ("a heading is not closed", "write it as [policy], or as [[stage]] where there may be several"),
    "Expected '='": ("a key is not followed by an equals sign", 'write it as key = "words"'),
    "Invalid value": ("what follows the equals sign is no value", 'write words in double quotes: "like this"'),
    "Invalid statement": ("this is no key and no heading", 'write a key as key = "words", a heading as [[stage]]'),
    "Invalid hex value": ("a backslash stands between the quotes", "write two for one: \\\\"),
    "Unescaped '\\'": ("a backslash stands between the quotes", "write two for one: \\\\"),
    "Cannot declare": (
        "a heading is written twice, or once with one bracket and once with two",
        "write it alike each time",
    ),
    "Expected newline": (
        "something more stands after the value",
        "write one key on a line, and words with an apostrophe in double quotes",
    ),
}
"""By how `tomllib` begins what it says: the words, and what to do."""


def not_toml(problem: tomllib.TOMLDecodeError, text: str) -> tuple[int, str, str]:
    """Return the line at which a text stops being TOML, what is wrong there and what to do."""
    if text.startswith("\ufeff"):
        return 1, "the file begins with a mark that some editors write", 'save it as "UTF-8", not as "UTF-8 with BOM"'
    lines = text.splitlines()
    said, _, place = str(problem).rpartition(" (at ")
    number = int(place.removeprefix("line ").split(",")[0]) if place.startswith("line") else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if _CURLY.search(line) and '"' not in line:
        return number, "curly quotes stand where straight ones must", 'write straight quotes: "like this"'
    if day := _A_DAY.search(line):
        return number, f'"{day[1]}" is not a day', "write the year first, with two digits for the month: 2026-01-05"
    if said == "Invalid value" and place.startswith("end"):
        return number, "the file ends in the middle of a value", "write the rest of it, and close what is open"
    found = next((words for begins, words in _SAID.items() if said.startswith(begins)), None)
    what, remedy = found or (said[:1].lower() + said[1:], "check the quotes, brackets and equals signs")
    return number, what, remedy
