"""Protected files: only the passphrase opens them, nobody changes them unseen, and opening one is bounded."""

from __future__ import annotations

import json
import math
import os
import zlib
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from escalate.errors import FormRefused
from escalate.files import sealed
from escalate.files.sealed import MOST_BYTES, DoesNotOpen, is_sealed, new_passphrase, seal, unseal

PASSPHRASE = "bakito remu sofa lidu zave"
WORDS = b"Rowan Testcase was seen at home. " * 20


@pytest.fixture(scope="module")
def file() -> bytes:
    return seal(WORDS, PASSPHRASE)


def test_the_passphrase_opens_what_it_protected(file: bytes) -> None:
    assert unseal(file, PASSPHRASE) == WORDS
    assert is_sealed(file)


def test_a_passphrase_told_by_telephone_opens_it_whatever_its_capitals_and_spaces(file: bytes) -> None:
    assert unseal(file, "  Bakito REMU  sofa lidu\tzave ") == WORDS


def test_no_word_of_the_content_can_be_seen_in_the_file(file: bytes) -> None:
    assert b"Rowan" not in file
    assert file.split(b"\n")[0] == b"escalate protected file 1"
    assert sorted(json.loads(file.split(b"\n")[1])) == ["cipher", "kdf", "n", "nonce", "p", "r", "salt"]


def test_the_same_content_is_never_protected_twice_alike(file: bytes) -> None:
    assert seal(WORDS, PASSPHRASE) != file


def test_cannot_open_it_with_another_passphrase(file: bytes) -> None:
    with pytest.raises(DoesNotOpen) as refused:
        unseal(file, PASSPHRASE + "s")

    assert refused.value.what == (
        "the protected file does not open with this passphrase, or was changed since it was written"
    )


def test_cannot_change_a_byte_of_it_unseen(file: bytes) -> None:
    header = file.index(b"\n", file.index(b"\n") + 1)
    for place in (*range(25, header, 12), header, header + 1, len(file) // 2, len(file) - 1):
        other = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        with pytest.raises(FormRefused):
            unseal(other, PASSPHRASE)


def head_of(**changes: object) -> bytes:
    about = {"cipher": "chacha20-poly1305", "kdf": "scrypt", "n": 65536, "r": 8, "p": 1}
    about |= {"salt": "00" * 16, "nonce": "00" * 12, **changes}
    return b"escalate protected file 1\n" + json.dumps(about).encode() + b"\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"", "this is no protected file of escalate's"),
        (lambda _: b"PK\x03\x04 a form", "this is no protected file of escalate's"),
        (lambda one: one[:24], "the protected file is cut off, or was damaged on its way"),
        (lambda one: one[:60], "the protected file is cut off, or was damaged on its way"),
        (lambda one: one[:180], "the protected file is cut off, or was damaged on its way"),
        (
            lambda one: one[:-1],
            "the protected file does not open with this passphrase, or was changed since it was written",
        ),
        (lambda one: one.replace(b"file 1", b"file 2", 1), "the protected file was written by a newer escalate"),
        (lambda one: one.replace(b"\n", b"\r\n"), "the protected file is cut off, or was damaged on its way"),
        (lambda one: one.replace(b"file 1", b"file 0", 1), "the protected file is cut off, or was damaged on its way"),
        (lambda one: one.replace(b"file 1", b"file x", 1), "the protected file is cut off, or was damaged on its way"),
        (lambda _: head_of(n=2**30) + b"\0" * 99, "the protected file is cut off, or was damaged on its way"),
        (lambda _: head_of(salt="") + b"\0" * 99, "the protected file is cut off, or was damaged on its way"),
        (lambda _: head_of(salt=7) + b"\0" * 99, "the protected file is cut off, or was damaged on its way"),
        (
            lambda _: b"escalate protected file 1\n" + b"[" * 90 + b"\n" + b"\0" * 99,
            "the protected file is cut off, or was damaged on its way",
        ),
    ],
)
def test_cannot_open_what_is_no_whole_protected_file(file: bytes, change: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(FormRefused) as refused:
        unseal(change(file), PASSPHRASE)

    assert (refused.value.what, refused.value.recorded) == (said, "")


def with_inside(packed: bytes) -> bytes:
    """Return a protected file with these bytes inside, as whoever has the passphrase could make it."""
    salt, nonce = os.urandom(16), os.urandom(12)
    head = head_of(salt=salt.hex(), nonce=nonce.hex())
    cipher: ChaCha20Poly1305 = sealed._cipher(PASSPHRASE, salt)
    return head + cipher.encrypt(nonce, packed, head)


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (zlib.compress(b"\0" * (MOST_BYTES + 1)), "the protected file holds more than such a file can"),
        (zlib.compress(WORDS) + b"more", "the protected file holds more than such a file can"),
        (zlib.compress(WORDS)[:-9], "the protected file holds more than such a file can"),
        (b"not compressed", "the protected file holds nothing that escalate wrote"),
    ],
)
def test_cannot_open_what_would_grow_without_end(packed: bytes, said: str) -> None:
    with pytest.raises(FormRefused) as refused:
        unseal(with_inside(packed), PASSPHRASE)

    assert refused.value.what == said


def test_a_passphrase_made_here_has_five_words_and_sixty_bits() -> None:
    made = {new_passphrase() for _ in range(50)}

    assert len(made) == 50
    assert all(len(one.split()) == 5 and one.isascii() and one.islower() for one in made)
    assert math.log2(80) * 2 * 5 > 60
