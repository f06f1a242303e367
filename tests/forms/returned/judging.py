"""What a reader made of a returned form, held against what stood in it: right, wrong, lost, or said without need."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from escalate.files.docx.reader import ReadForm
from tests.forms.returned.hand import Returned


@dataclass(frozen=True, kw_only=True)
class Judged:
    """How a form was read.

    `wrong` are the fields whose value is another than what stands there: id, what stands there, what was read. `lost`
    are texts, or characters, that a person typed and that nothing read shows anywhere. `revived` are deleted texts that
    an answer holds. `needless` are printed texts given back as somebody's own.
    """

    right: int
    wrong: Sequence[tuple[str, str, str]] = ()
    lost: Sequence[str] = ()
    revived: Sequence[str] = ()
    needless: Sequence[str] = field(default=())


def judge(one: Returned, read: ReadForm) -> Judged:
    """Hold what was read (`escalate.files.docx.reader.ReadForm`) against the form as it came."""
    wrong = []
    fields = [each.id for each in one.form.fields_in(one.answers)]
    for name in fields:
        reading = read.fields.get(name)
        got = "" if reading is None else reading.value
        if _even(got) != _even(one.answers.get(name, "")):
            wrong.append((name, one.answers.get(name, ""), got))
    strangers = [name for name, reading in read.fields.items() if name not in fields and reading.value.strip()]
    wrong += [(name, "", read.fields[name].value) for name in strangers]
    shown = _shown(read)
    typed = [text for text in one.answers.values() if text.strip()] + list(one.elsewhere)
    values = [reading.value for reading in read.fields.values()]
    return Judged(
        right=len(fields) - len([each for each in wrong if each[0] in fields]),
        wrong=wrong,
        lost=[*_lines_not_in(typed, shown), *_characters_not_in(typed, shown)],
        revived=[text for text in one.gone if any(_squeezed(text) in _squeezed(value) for value in values)],
        needless=[text for text in read.not_placed if not _is_of(text, typed)],
    )


def _shown(read: ReadForm) -> list[str]:
    """Return every text that a person would be shown of the form."""
    shown = list(read.not_placed)
    for reading in read.fields.values():
        shown += [*dict.fromkeys(reading.found.values()), reading.beside]
    return shown


def _even(text: str) -> str:
    """Return a text as answers are compared: spaces at the ends of lines and empty lines at both ends do not count."""
    return "\n".join(line.rstrip() for line in text.replace("\u00ad", "").replace("\u2011", "-").strip().split("\n"))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text).replace("\u2011", "-")


def _lines_not_in(typed: Iterable[str], shown: Sequence[str]) -> list[str]:
    among = [_squeezed(text) for text in shown]
    lines = [line for text in typed for line in text.split("\n") if line.strip()]
    return [line for line in lines if not any(_squeezed(line) in text for text in among)]


def _characters_not_in(typed: Sequence[str], shown: Sequence[str]) -> list[str]:
    """A line that stands twice and is shown once would pass unseen otherwise."""
    missing = Counter(_squeezed("".join(typed))) - Counter(_squeezed("".join(shown)))
    return [f"{missing.total()} characters: {''.join(sorted(missing))[:60]}"] if missing else []


def _is_of(text: str, typed: Sequence[str]) -> bool:
    squeezed = _squeezed(text)
    whole = _squeezed("\n".join(typed))
    lines = [_squeezed(line) for each in typed for line in each.split("\n") if line.strip()]
    return not squeezed or squeezed in whole or any(line in squeezed for line in lines if len(line) > 3)
