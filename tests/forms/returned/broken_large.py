"""Forms that are very large, or would be if anybody unpacked them."""

from __future__ import annotations

from functools import cache
from random import Random

from tests.forms.returned.broken import Mutation, into_the_body, zip_of
from tests.forms.returned.paper import Paper


def _of_a_great_size(content: bytes, chance: Random) -> bytes:
    many = chance.choice((3000, 9000, 19_000, 45_000))
    made = chance.choice(
        (_lines, _lines_like_labels, _rows, _runs, _a_long_text, _cells, _bookmarks, _controls, _marks)
    )
    return into_the_body(content, made(many, chance), first=chance.random() < 0.5)


def _line(text: object) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _lines(many: int, chance: Random) -> str:
    """In the body, or all of them in one cell; of one text, or each of another, which does not shrink in a zip."""
    said = "".join(_line("Date" if chance.random() < 0.5 else chance.randrange(10**9)) for _ in range(many))
    return said if chance.random() < 0.5 else f"<w:tbl><w:tr><w:tc>{said}</w:tc></w:tr></w:tbl>"


def _lines_like_labels(many: int, chance: Random) -> str:
    return "".join(_line(f"Signed Date Name {chance.randrange(10**6)}") for _ in range(many // 2))


def _rows(many: int, chance: Random) -> str:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    said = (row.format(_line("Decision / Outcome"), _line(chance.randrange(10**9))) for _ in range(many // 4))
    return f"<w:tbl>{''.join(said)}</w:tbl>"


def _runs(many: int, chance: Random) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{chance.randrange(10**9)} </w:t></w:r>' for _ in range(4 * many))}</w:p>"


def _a_long_text(many: int, chance: Random) -> str:
    return _line(" ".join(f"{chance.randrange(10**9)}" for _ in range(10 * many)))


def _cells(many: int, chance: Random) -> str:
    cells = "".join(f"<w:tc>{_line(chance.randrange(10**9))}</w:tc>" for _ in range(many // 2))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def _bookmarks(many: int, chance: Random) -> str:
    """Open all the time, while much is said."""
    opened = "".join(f'<w:bookmarkStart w:id="{number}" w:name="esc_x{number}"/>' for number in range(many))
    return opened + "".join(_line(chance.randrange(10**9)) for _ in range(3000))


def _controls(many: int, chance: Random) -> str:
    control = '<w:sdt><w:sdtPr><w:tag w:val="a{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    return "".join(control.format(number, _line(chance.randrange(10**9))) for number in range(many // 3))


def _marks(many: int, chance: Random) -> str:
    mark = '<w:bookmarkStart w:id="7" w:name="esc_lessons"/>'
    return f"<w:p>{mark * many}</w:p>"


def _many_members(content: bytes, chance: Random) -> bytes:
    many = chance.choice((900, 1100, 5000))
    return zip_of([*Paper(content).parts.items(), *((f"word/x{number}.xml", b"<x/>") for number in range(many))])


@cache
def _zeros(size: int) -> bytes:
    return bytes(size)


def _bomb(content: bytes, chance: Random) -> bytes:
    parts = Paper(content).parts
    name = chance.choice(("word/media/image1.png", "word/document.xml", "word/footer1.xml", "docProps/custom.xml"))
    parts[name] = chance.choice((_zeros, _spaces))(chance.choice((2, 8, 15, 17, 40)) * 1024 * 1024)
    return zip_of(list(parts.items()))


@cache
def _spaces(size: int) -> bytes:
    return b"<x>" + b" " * size + b"</x>"


KINDS: dict[str, Mutation] = {
    "of a great size": _of_a_great_size,
    "a bomb": _bomb,
    "many members": _many_members,
}
