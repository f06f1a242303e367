"""Protected files: a content that only whoever has the passphrase can read, and that nobody can change unseen.

The passphrase goes through scrypt, the content through ChaCha20-Poly1305, which also covers the two lines before it.
Those say what the file is and how it is protected, and nothing of what is in it. Opening is bounded: the file's size,
what it may grow to, and how much work the passphrase may cost are fixed here and not taken from the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
import zlib
from typing import Any

from escalate.errors import FormRefused

MOST_BYTES = 128 * 1024 * 1024
"""The most that a protected file, or what is in it, may have."""
SHORTEST_PASSPHRASE = 12
SYLLABLES_A_WORD, WORDS = 2, 5
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_FIRST, _VERSION = b"escalate protected file ", b"1\n"
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}
_SALT, _NONCE, _TAG, _LONGEST_HEADER = 16, 12, 16, 400
_NOTHING = "Nothing in it was read."


class DoesNotOpen(FormRefused):
    """A protected file does not open with this passphrase."""


def new_passphrase() -> str:
    """Return a new passphrase of five made-up words, some 63 bits: easy to say, to hear and to write down.

    Each word is two of the eighty syllables of a consonant and a vowel.
    """
    syllables = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
    words = ("".join(secrets.choice(syllables) for _ in range(SYLLABLES_A_WORD)) for _ in range(WORDS))
    return " ".join(words)


def is_sealed(content: bytes) -> bool:
    """Return whether a file begins as a protected file of escalate's does, of whatever version."""
    return content.startswith(_FIRST)


def seal(content: bytes, passphrase: str) -> bytes:
    """Return `content`, compressed, as a protected file.

    Raises:
        FormRefused: it is more than a protected file may hold.
    """
    packed = zlib.compress(content, 6)
    if max(len(content), len(packed) + _LONGEST_HEADER) > MOST_BYTES:
        raise FormRefused(
            f"the protected file would be larger than {MOST_BYTES // 1024 // 1024} MB", remedy=_SEND_APART, recorded=""
        )
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    about = {"cipher": "chacha20-poly1305", "kdf": "scrypt", "nonce": nonce.hex(), "salt": salt.hex(), **_SCRYPT}
    head = _FIRST + _VERSION + json.dumps(about, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    sealed: bytes = _cipher(passphrase, salt).encrypt(nonce, packed, head)
    return head + sealed


def unseal(file: bytes, passphrase: str) -> bytes:
    """Return the content of a protected file.

    Raises:
        DoesNotOpen: the passphrase is another, or the file was changed since it was written.
        FormRefused: it is none, a newer escalate's, cut off, or larger than such a file may be.
    """
    from cryptography.exceptions import InvalidTag

    head, about = _head_of(file)
    salt, nonce = bytes.fromhex(about["salt"]), bytes.fromhex(about["nonce"])
    try:
        packed = _cipher(passphrase, salt).decrypt(nonce, file[len(head) :], head)
    except InvalidTag:
        raise DoesNotOpen(
            "the protected file does not open with this passphrase, or was changed since it was written",
            remedy="type the passphrase again; if it is the right one, ask for the file again. " + _NOTHING,
            recorded="",
        ) from None
    return _unpacked(packed)


def _head_of(file: bytes) -> tuple[bytes, dict[str, Any]]:
    if not is_sealed(file):
        raise FormRefused(
            "this is no protected file of escalate's", remedy="look for a file that ends in .escalate", recorded=""
        )
    if len(file) > MOST_BYTES:
        raise FormRefused("the protected file is larger than such a file can be", remedy=_ASK_AGAIN, recorded="")
    first, line, rest = file[: _LONGEST_HEADER * 2].partition(b"\n")
    if line and _is_newer(first):
        raise FormRefused(
            "the protected file was written by a newer escalate", remedy="install the newer escalate", recorded=""
        )
    about_line, end, _ = rest.partition(b"\n")
    head = first + line + about_line + end
    try:
        about = json.loads(about_line)
        is_ours = (
            {name: about[name] for name in _SCRYPT} == _SCRYPT
            and (about["cipher"], about["kdf"]) == ("chacha20-poly1305", "scrypt")
            and (len(bytes.fromhex(about["salt"])), len(bytes.fromhex(about["nonce"]))) == (_SALT, _NONCE)
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours = False
    if first + line != _FIRST + _VERSION or not end or not is_ours or len(file) < len(head) + _TAG:
        raise FormRefused("the protected file is cut off, or was damaged on its way", remedy=_ASK_AGAIN, recorded="")
    return head, about


def _is_newer(first: bytes) -> bool:
    """Return whether the first line names a later version, and nothing else: what was damaged names none."""
    version = first.removeprefix(_FIRST)
    return version.isdigit() and len(version) < 6 and int(version) > int(_VERSION)


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key = hashlib.scrypt(plain_passphrase(passphrase).encode(), salt=salt, maxmem=2**27, dklen=32, **_SCRYPT)
    return ChaCha20Poly1305(key)


def plain_passphrase(passphrase: str) -> str:
    """Return a passphrase as it counts: told by telephone, its capitals and the width of its spaces do not."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().split())


def _unpacked(packed: bytes) -> bytes:
    # Not even whoever has the passphrase can make it grow without end.
    opened = zlib.decompressobj()
    try:
        content = opened.decompress(packed, MOST_BYTES)
    except zlib.error:
        raise FormRefused(
            "the protected file holds nothing that escalate wrote", remedy=_ASK_AGAIN, recorded=""
        ) from None
    if not opened.eof or opened.unused_data:
        raise FormRefused("the protected file holds more than such a file can", remedy=_ASK_AGAIN, recorded="")
    return content


_ASK_AGAIN = "ask whoever sent it for the file again"
_SEND_APART = "the files received in this case are too large for it"
