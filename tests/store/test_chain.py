from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.store.chain import (
    NO_LINK,
    Entry,
    Link,
    anchor,
    canonical,
    event_hash,
    link_hash,
    parse_anchor,
    payload_digest,
)

ENTRY = Entry(
    stream="case-1",
    chain="db-1",
    sequence=7,
    id="event-7",
    kind="stage entered",
    shape=1,
    occurred_on="2026-04-10",
    occurred_time="",
    recorded_at="2026-04-10T16:40:00+01:00",
    recorded_by="person-1",
    for_agency="agency-1",
    target=None,
    digest="0" * 64,
    prev=NO_LINK,
)


def test_the_hash_of_an_event_is_the_one_every_later_version_must_compute() -> None:
    assert event_hash(ENTRY) == "c19fc9b6727061d74feb2ea2a7470fd297735acfa1f3e4200e7efad026ba96ae"


def test_the_hash_of_a_spine_link_is_the_one_every_later_version_must_compute() -> None:
    link = Link(position=3, stream="case-1", chain="db-1", sequence=7, event_hash="1" * 64, prev="2" * 64)

    assert link_hash(link) == "7e6c19750c5b2d5b268e93409557aca17acabba85b952b87466b4cb3e2ff6b16"


def test_the_digest_of_a_payload_is_the_one_every_later_version_must_compute() -> None:
    assert (
        payload_digest(b"s" * 16, '{"name":"Łukasz"}')
        == "d0962575b0e685b46ef3964663a175412d629e680c9d6447f640b012f2c55bd2"
    )


@pytest.mark.parametrize("field", Entry._fields)
def test_every_field_of_an_event_is_under_its_hash(field: str) -> None:
    other = 8 if field in ("sequence", "shape", "target") else "another"

    assert event_hash(ENTRY._replace(**{field: other})) != event_hash(ENTRY)


def test_a_boundary_between_two_fields_cannot_be_moved() -> None:
    moved = ENTRY._replace(recorded_by="person-1a", for_agency="gency-1")

    assert event_hash(moved) != event_hash(ENTRY)


def test_two_salts_give_the_same_words_two_digests() -> None:
    assert payload_digest(b"a" * 16, "{}") != payload_digest(b"b" * 16, "{}")


def test_the_canonical_text_does_not_depend_on_the_order_of_the_fields() -> None:
    assert canonical({"b": 1, "a": ["é", None]}) == canonical({"a": ["é", None], "b": 1}) == '{"a":["é",null],"b":1}'


@given(position=st.integers(0, 10**15 - 1), head=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_an_anchor_reads_back_from_what_was_printed(position: int, head: str) -> None:
    printed = anchor(position, head)

    assert parse_anchor(f" {printed.upper()}\n") == (position, printed)


@pytest.mark.parametrize("text", ["", "L17", "17-c38e-1b5c-ab80-28dc", "L17-c38e-1b5c-ab80", "L17-c38e-1b5c-ab80-28dg"])
def test_cannot_read_an_anchor_that_was_cut_short_or_miscopied(text: str) -> None:
    with pytest.raises(ValueError, match="not an anchor"):
        parse_anchor(text)
