"""Forms whose zip is wrong: parts too many, gone, twice, outside; sizes and flags that lie; or no zip at all."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from random import Random

from tests.forms.returned.broken import Mutation, with_text, zip_of
from tests.forms.returned.paper import Paper


def _member_more(content: bytes, chance: Random) -> bytes:
    parts = Paper(content).parts
    name = chance.choice(
        (
            "../outside.xml",
            "/etc/outside",
            "C:\\outside",
            "word\\x.xml",
            "word/vbaProject.bin",
            "word/activeX/activeX1.bin",
            "WORD/DOCUMENT.XML",
            "a" * 60_000,
            "word/\x00x.xml",
            "word/é\u202e.xml",
            "word/footer7.xml",
            "word/comments.xml",
            "word/footnotes.xml",
            "docProps/custom.xml ",
            "",
        )
    )
    inside = chance.choice((b"", b"<x/>", b"not xml", bytes(50_000), b"<w:x/>", content))
    return zip_of([*parts.items(), (name, inside)])


def _part_gone_or_other(content: bytes, chance: Random) -> bytes:
    parts = Paper(content).parts
    name = chance.choice(list(parts))
    if chance.random() < 0.5:
        del parts[name]
    else:
        other = chance.choice(
            (b"", b"<x/>", b"\x00", b"<?xml", parts[chance.choice(list(parts))], chance.randbytes(3000))
        )
        parts[name] = other
    return zip_of(list(parts.items()))


def _the_same_twice(content: bytes, chance: Random) -> bytes:
    members = list(Paper(content).parts.items())
    one = chance.choice(members)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zip_of([*members, one])


def _lying_sizes(content: bytes, chance: Random) -> bytes:
    """The sizes that the list of members gives, or the check sums, are others than the members have."""
    changed = bytearray(content)
    places = [match.start() for match in re.finditer(rb"PK\x01\x02", content)]
    at = chance.choice(places)
    offset = chance.choice((16, 20, 24))
    changed[at + offset : at + offset + 4] = struct.pack("<I", chance.choice((0, 1, 50, 10**6, 2**31, 2**32 - 1)))
    return bytes(changed)


def _flagged(content: bytes, chance: Random) -> bytes:
    """Called encrypted, or packed in a way that does not exist."""
    changed = bytearray(content)
    for match in re.finditer(rb"PK(\x01\x02|\x03\x04)", content):
        at = match.start() + (8 if match[1] == b"\x01\x02" else 6)
        if chance.random() < 0.5:
            changed[at] |= chance.choice((0x01, 0x08, 0x40))
        else:
            changed[at + 2 : at + 4] = struct.pack("<H", chance.choice((9, 12, 14, 93, 95, 98, 99)))
    return bytes(changed)


def _packed_otherwise(content: bytes, chance: Random) -> bytes:
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return zip_of(list(Paper(content).parts.items()), method)


def _no_zip(content: bytes, chance: Random) -> bytes:
    return chance.choice(
        (
            b"",
            b"PK",
            b"PK\x05\x06" + bytes(18),
            b"%PDF-1.7\n" + content,
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content,
            b"{\\rtf1 " + content,
            zlib.compress(content),
            zip_of([("form.docx", content)]),
            b"\x89PNG" + content,
        )
    )


def _rels_lead_elsewhere(content: bytes, chance: Random) -> bytes:
    target = chance.choice(
        (
            "../../../../etc/hostname",
            "file:///etc/hostname",
            "http://invented.example/x",
            "\\\\host\\x",
            "x" * 10_000,
            "",
        )
    )
    mode = chance.choice(("", ' TargetMode="External"', ' TargetMode="Internal"'))
    kind = chance.choice(("attachedTemplate", "image", "hyperlink", "oleObject", "header", "aFChunk"))
    more = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    more += f'Target="{target}"{mode}/>'
    name = chance.choice([one for one in Paper(content).parts if one.endswith(".rels")])
    return with_text(content, lambda text: text.replace("</Relationships>", f"{more}</Relationships>"), name)


KINDS: dict[str, Mutation] = {
    "a member more": _member_more,
    "a part gone or another": _part_gone_or_other,
    "the same part twice": _the_same_twice,
    "lying sizes": _lying_sizes,
    "flagged": _flagged,
    "packed otherwise": _packed_otherwise,
    "no zip": _no_zip,
    "relationships that lead elsewhere": _rels_lead_elsewhere,
}
