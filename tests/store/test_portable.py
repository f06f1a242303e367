"""A case that travels: every entry as it was recorded, in one record and in the other, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from escalate.casework import mending
from escalate.casework.desk import Desk
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided, next_action_ids
from escalate.core.plain import to_plain
from escalate.core.views import ReceivedFile
from escalate.errors import CannotDecide, EscalateError, FormRefused
from escalate.store import readers
from escalate.store.calendar_rows import stored_calendars
from escalate.store.chain import event_hash, new_salt, payload_digest
from escalate.store.door import body_of
from escalate.store.portable import KeptEntry, Portable, from_bytes, to_bytes
from escalate.store.portable_checks import proved
from tests.builders import CALENDAR, DAY_0, SOCIAL_CARE, Built, a_case, a_home, database_in, discussed, ended, on, told
from tests.two_homes import (
    BEA,
    another_home,
    entries,
    everything_in,
    hand,
    hashes,
    kinds,
    packed,
    problems_in,
    record,
    taken_in,
)

MARKER = "Zwetschgenbaum"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_TODAY", "2026-04-10")


@pytest.fixture
def alex(tmp_path: Path) -> Path:
    return a_home(tmp_path / "alex")


@pytest.fixture
def bea(tmp_path: Path) -> Path:
    return another_home(tmp_path / "bea")


@pytest.fixture
def case(alex: Path) -> Built:
    return a_case(alex, told("2026-04-01"))


def learned(words: str = "Speak sooner.") -> tuple[e.Fact, Any]:
    return e.LearningIdentified(stage="1", learning=words), on("2026-04-09")


def test_a_case_taken_in_has_every_entry_as_it_was_recorded_and_then_who_owns_it(
    alex: Path, bea: Path, case: Built
) -> None:
    taken = hand(alex, bea, case.stream)

    there, here = entries(alex, case.stream), entries(bea, case.stream)
    assert [event.hash for event in here[: len(there)]] == [event.hash for event in there]
    assert kinds(here[len(there) :]) == ["party named", "party named", "taken over"]
    assert [(event.sequence, event.number) for event in here[-3:]] == [(10, 1), (11, 2), (12, 3)]
    assert (taken.handed_by, len(taken.arrived), taken.chains) == ("Alex Practitioner", 9, 1)
    assert problems_in(alex, bea) == []
    with closing(readers.open_for_reading(database_in(bea))) as con:
        row = readers.rows(con, "SELECT owner, reference, last_sequence FROM case_view")[0]
    assert tuple(row) == ("Bea Manager", case.reference, 12)


def test_whoever_handed_a_case_over_sees_to_whom(alex: Path, bea: Path, case: Built) -> None:
    hand(alex, bea, case.stream)

    with closing(readers.open_for_reading(database_in(alex))) as con:
        assert readers.rows(con, "SELECT owner FROM case_view")[0]["owner"] == "Bea Manager"


def test_there_and_back_with_entries_on_both_sides_both_records_verify_and_hold_the_same_entries(
    alex: Path, bea: Path, case: Built
) -> None:
    hand(alex, bea, case.stream)
    record(alex, case.stream, discussed("2026-04-08"), learned())
    record(bea, case.stream, discussed("2026-04-09"), learned("Write it down."))

    back = hand(bea, alex, case.stream)

    assert [event.kind for event in back.ours] == ["discussion recorded", "learning identified"]
    assert kinds(back.arrived) == [
        "party named", "party named", "taken over", "discussion recorded", "learning identified", "handed over",
    ]  # fmt: skip
    assert problems_in(alex, bea) == []
    assert hashes(bea, case.stream) <= hashes(alex, case.stream)

    hand(alex, bea, case.stream)

    assert problems_in(alex, bea) == []
    assert hashes(alex, case.stream) <= hashes(bea, case.stream)
    of_bea = [event for event in entries(bea, case.stream) if event.hash not in hashes(alex, case.stream)]
    assert kinds(of_bea) == ["taken over"]


def test_a_third_record_takes_in_the_chains_of_both(alex: Path, bea: Path, case: Built, tmp_path: Path) -> None:
    cleo = dataclasses.replace(BEA, party="person-c", name="Cleo Third")
    third = another_home(tmp_path / "cleo", cleo)
    hand(alex, bea, case.stream)

    taken = hand(bea, third, case.stream)

    assert taken.chains == 2
    assert problems_in(alex, bea, third) == []
    back = hand(third, alex, case.stream)
    assert (back.chains, problems_in(alex)) == (3, [])


def test_the_same_file_twice_changes_nothing(alex: Path, bea: Path, case: Built) -> None:
    travelling = packed(alex, case.stream)
    taken_in(bea, travelling)
    before = everything_in(bea)

    again = taken_in(bea, travelling)

    assert (again.arrived, everything_in(bea)) == ((), before)


def test_the_file_a_record_wrote_itself_changes_nothing_in_it(alex: Path, case: Built) -> None:
    travelling = packed(alex, case.stream)
    before = everything_in(alex)

    assert taken_in(alex, travelling).arrived == ()
    assert everything_in(alex) == before


def test_its_calendar_comes_with_the_case_and_is_not_that_of_cases_raised_here(
    alex: Path, bea: Path, case: Built
) -> None:
    hand(alex, bea, case.stream)

    with closing(readers.open_for_reading(database_in(bea))) as con:
        kept = readers.calendar_days(con, CALENDAR.version)
        assert list(kept)[:2] == [on("2025-01-01"), on("2025-04-18")]
        assert (readers.latest_calendar_version(con, "England"), stored_calendars(con)) == (None, [])
    there = {item.key: item.due_on for item in items(alex, case.stream)}
    assert {item.key: item.due_on for item in items(bea, case.stream)} == there


def items(home: Path, stream: str) -> list[Any]:
    with closing(readers.open_for_reading(database_in(home))) as con:
        return readers.items_of(con, stream)


def test_words_removed_in_the_one_record_are_removed_from_the_other_when_the_case_comes_back(
    alex: Path, bea: Path
) -> None:
    case = a_case(alex, discussed("2026-04-02", said=f"The neighbour, {MARKER}, said so."))
    hand(alex, bea, case.stream)
    assert [holding(alex), holding(bea)] == [True, True]
    with Desk(bea) as desk:
        mending.redact(desk, case.stream, Answers({"words.0.words": MARKER, "reason": "another family"}))
    assert not holding(bea)

    hand(bea, alex, case.stream)

    assert not holding(alex)
    assert problems_in(alex, bea) == []
    removed = entries(alex, case.stream)[7]
    assert (removed.fact, removed.kind) == (None, "discussion recorded")
    amending = next(event for event in entries(alex, case.stream) if event.kind == "another's entry redacted")
    assert (amending.target, to_plain(amending.fact)["of_chain"]) == (8, removed.chain)
    with Desk(alex) as desk:
        said = desk.find(case.reference)[1].case.of(e.DiscussionRecorded)[0].fact
    assert isinstance(said, e.DiscussionRecorded)
    assert said.said == "The neighbour, [removed], said so."


def holding(home: Path) -> bool:
    return MARKER.encode() in database_in(home).read_bytes()


def test_a_removal_whose_own_words_were_removed_travels_too(alex: Path, bea: Path) -> None:
    case = a_case(alex, discussed("2026-04-02", said=f"{MARKER} said so, and Quitte."))
    hand(alex, bea, case.stream)
    for words in (MARKER, "Quitte"):
        with Desk(bea) as desk:
            mending.redact(desk, case.stream, Answers({"words.0.words": words, "reason": "another family"}))

    hand(bea, alex, case.stream)

    assert problems_in(alex, bea) == []
    assert not holding(alex)
    assert b"Quitte" not in database_in(alex).read_bytes()


def test_an_entry_of_the_other_record_is_corrected_and_both_are_kept_on_both_sides(
    alex: Path, bea: Path, case: Built
) -> None:
    hand(alex, bea, case.stream)
    changes = {"changes.0.field": "occurred_on", "changes.0.value": "02/04/2026"}
    with Desk(bea) as desk:
        mending.correct(desk, case.stream, Answers({"entry": "8", "reason": "a slip", **changes}))

    hand(bea, alex, case.stream)

    assert problems_in(alex, bea) == []
    for home in (alex, bea):
        amending = next(one for one in entries(home, case.stream) if one.kind == "another's entry corrected")
        assert (amending.target, entries(home, case.stream)[7].occurred_on) == (8, on("2026-04-01"))
        with Desk(home) as desk:
            assert desk.find(case.reference)[1].case.of(e.CounterpartTold)[0].occurred_on == on("2026-04-02")


def test_a_file_that_came_in_travels_with_its_entry_and_goes_with_its_words(alex: Path, bea: Path, case: Built) -> None:
    content = b"PK\x03\x04 invented " + MARKER.encode()
    received = e.FormReceived(
        form="knowsley-appendix-2",
        form_version=1,
        stage="1",
        digest=hashlib.sha256(content).hexdigest(),
        identified_by="answered",
        read={"concern": f"What {MARKER} said."},
    )
    with Desk(alex) as desk, desk.ledger.writing() as book:
        new = desk.new_events([Decided(fact=received, on=DAY_0)])
        book.append(case.stream, new, desk.scribe())
        book.keep_received(ReceivedFile(event_id=new[0].id, digest=received.digest, content=content))
        desk.keep(book, case.stream)

    hand(alex, bea, case.stream)

    assert kept_files(bea) == [content]
    with Desk(bea) as desk:
        mending.redact(desk, case.stream, Answers({"words.0.words": MARKER, "reason": "another family"}))
        hand(bea, alex, case.stream)
    assert (kept_files(alex), holding(alex), problems_in(alex, bea)) == ([], False, [])


def kept_files(home: Path) -> list[bytes]:
    with closing(readers.open_for_reading(database_in(home))) as con:
        return [row["content"] for row in readers.rows(con, "SELECT content FROM received_file")]


def test_actions_agreed_on_both_sides_have_names_of_their_own(alex: Path, bea: Path, case: Built) -> None:
    hand(alex, bea, case.stream)

    with Desk(alex) as one, Desk(bea) as other:
        here = next_action_ids(one.find(case.reference)[1].case, 1)
        there = next_action_ids(other.find(case.reference)[1].case, 1)
    assert here != there
    assert (here[0][:9], there[0][:9]) == ("action-1-", "action-1-")


def test_what_an_entry_brought_is_called_alike_in_both_records(alex: Path, bea: Path, case: Built) -> None:
    proposed = (e.TimescaleProposed(item="stage-1-reply", by_on=on("2026-04-20")), on("2026-04-09"))
    hand(alex, bea, case.stream)
    record(alex, case.stream, learned(), proposed)
    record(bea, case.stream, proposed)

    hand(bea, alex, case.stream)
    hand(alex, bea, case.stream)

    keys = [{item.key for item in items(home, case.stream) if item.sort == "proposal"} for home in (alex, bea)]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 2


def test_two_answers_to_one_question_are_told_side_by_side(alex: Path, bea: Path, case: Built) -> None:
    hand(alex, bea, case.stream)
    record(alex, case.stream, ended("1", "unresolved", "2026-04-09"))
    record(bea, case.stream, ended("1", "resolved", "2026-04-10", decision="It stays open."))

    back = hand(bea, alex, case.stream)

    assert [(one.ours.sequence, one.theirs.sequence) for one in back.differing] == [(10, 14)]


def test_an_entry_that_may_bring_removed_words_back_is_named(alex: Path, bea: Path) -> None:
    case = a_case(alex, discussed("2026-04-02", said=f"{MARKER} said so."))
    hand(alex, bea, case.stream)
    change = {"changes.0.field": "decision", "changes.0.value": "None."}
    with Desk(alex) as desk:
        mending.correct(desk, case.stream, Answers({"entry": "8", "reason": "left out", **change}))
    with Desk(bea) as desk:
        mending.redact(desk, case.stream, Answers({"words.0.words": MARKER, "reason": "another family"}))

    back = hand(bea, alex, case.stream)

    assert [event.sequence for event in back.may_bring_back] == [10]


def test_cannot_take_in_a_case_that_went_two_ways_under_one_number(
    alex: Path, bea: Path, case: Built, tmp_path: Path
) -> None:
    older = shutil.copytree(alex, tmp_path / "older")
    hand(alex, bea, case.stream)
    record(older, case.stream, learned())
    before = everything_in(bea)

    with pytest.raises(CannotDecide) as refused:
        taken_in(bea, packed(older, case.stream))

    assert refused.value.what == (
        f"case {case.reference}: entry 9 here and entry 9 in the file"
        ' ("learning identified") are two different entries under one number'
    )
    assert everything_in(bea) == before


def test_cannot_take_in_entries_of_this_record_that_it_does_not_have(
    alex: Path, bea: Path, case: Built, tmp_path: Path
) -> None:
    older = shutil.copytree(alex, tmp_path / "older")
    hand(alex, bea, case.stream)
    before = everything_in(older)

    with pytest.raises(CannotDecide) as refused:
        taken_in(older, packed(bea, case.stream))

    assert refused.value.what == (
        f'case {case.reference}: entry 9 in the file ("handed over") says it was recorded here, and this record does'
        " not have it"
    )
    assert everything_in(older) == before


def test_cannot_take_in_a_case_whose_reference_another_case_has(alex: Path, bea: Path, case: Built) -> None:
    with Desk(bea) as desk, desk.ledger.writing() as book:
        digest = book.keep_policy(case.reference, "text")
        book.reading.execute(
            "INSERT INTO case_view SELECT 'case-other', ?, '', '', ?, '', 'raising', '', '', '', '', '', '', '',"
            " 'open', '2026-04-01', '2026-04-01', '2026-04-01', NULL, 1, '', '', '', ''",
            (case.reference, digest),
        )

    with pytest.raises(CannotDecide) as refused:
        hand(alex, bea, case.stream)

    assert refused.value.what == f"case {case.reference}: another case here has this reference"
    assert entries(bea, case.stream) == []


Change = Callable[[Portable], Portable]


def changed(place: int, **values: Any) -> Change:
    def change(travelling: Portable) -> Portable:
        kept = list(travelling.entries)
        kept[place - 1] = dataclasses.replace(kept[place - 1], **values)
        return dataclasses.replace(travelling, entries=tuple(kept))

    return change


def without(place: int) -> Change:
    return lambda one: dataclasses.replace(one, entries=(*one.entries[: place - 1], *one.entries[place:]))


def rewritten(place: int) -> Change:
    """Other words with a digest and a hash of their own: only what follows gives it away."""

    def change(travelling: Portable) -> Portable:
        kept, salt = travelling.entries[place - 1], new_salt()
        body = body_of(e.StageEntered(stage="1", ground="raised", people="Somebody else"))
        entry = kept.entry._replace(digest=payload_digest(salt, body))
        return changed(place, entry=entry, hash=event_hash(entry), salt=salt, body=body)(travelling)

    return change


def signed(place: int, **values: Any) -> Change:
    """The last entry with other values, under a hash of its own."""

    def change(travelling: Portable) -> Portable:
        entry = travelling.entries[place - 1].entry._replace(**values)
        return changed(place, entry=entry, hash=event_hash(entry))(travelling)

    return change


def with_another(travelling: Portable) -> Portable:
    last = travelling.entries[-1]
    salt, body = new_salt(), body_of(e.Withdrawn(wanted_by="", reason=""))
    entry = last.entry._replace(
        stream="setup", sequence=10, id="event-x", kind="withdrawn", digest=payload_digest(salt, body), prev=last.hash
    )
    more = KeptEntry(entry, event_hash(entry), salt, body)
    return dataclasses.replace(travelling, entries=(*travelling.entries, more))


NOT_AS_RECORDED = "the case in the file is not as it was recorded: "


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed(3, body='{"words":"other"}'), 'entry 3 ("party named") has other words than were recorded'),
        (changed(3, hash="0" * 64), 'entry 3 ("party named") was changed after it was recorded'),
        (changed(3, salt=None, body=None), 'entry 3 ("party named") has lost its words without a redaction'),
        (changed(3, salt=None), 'entry 3 ("party named") has lost part of its words'),
        (without(4), 'entry 4 ("party named") does not follow the entry before it'),
        (rewritten(7), 'entry 8 ("counterpart told") does not follow the entry before it'),
        (with_another, 'entry 10 ("withdrawn") is of another case, or there twice'),
        (lambda one: dataclasses.replace(one, policy=("x", "text")), "the text of the policy is not that of the case"),
        (
            lambda one: dataclasses.replace(one, package="another"),
            "it does not say itself to whom the case was handed over",
        ),
        (
            lambda one: dataclasses.replace(one, files=(ReceivedFile(event_id="x", digest="", content=b""),)),
            "a file in it was received by none of its entries",
        ),
        (signed(9, recorded_at="yesterday"), 'entry 9 ("handed over") does not hold what such an entry holds'),
        (signed(9, occurred_on="9 April"), 'entry 9 ("handed over") does not hold what such an entry holds'),
        (signed(9, occurred_time="noon"), 'entry 9 ("handed over") does not hold what such an entry holds'),
        (signed(9, target=9), 'entry 9 ("handed over") is about an entry that is not before it'),
    ],
)
def test_cannot_take_in_a_case_that_is_not_as_it_was_recorded(
    alex: Path, bea: Path, case: Built, change: Change, said: str
) -> None:
    travelling = change(packed(alex, case.stream))
    before = everything_in(bea)

    with pytest.raises(FormRefused) as refused:
        taken_in(bea, travelling)

    assert refused.value.what == NOT_AS_RECORDED + said
    assert everything_in(bea) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (signed(9, kind="told by carrier pigeon"), "written by a newer escalate"),
        (signed(9, shape=2), "written by a newer escalate"),
        (lambda one: dataclasses.replace(one, stream="setup"), "holds no case that escalate wrote"),
        (lambda one: dataclasses.replace(one, entries=one.entries[:5]), "holds no case that escalate wrote"),
    ],
)
def test_cannot_take_in_what_this_escalate_does_not_know(
    alex: Path, bea: Path, case: Built, change: Change, said: str
) -> None:
    before = everything_in(bea)

    with pytest.raises(EscalateError) as refused:
        taken_in(bea, change(packed(alex, case.stream)))

    assert said in refused.value.what
    assert everything_in(bea) == before


def test_cannot_hand_over_a_case_to_a_record_nobody_has_set_up(alex: Path, case: Built, tmp_path: Path) -> None:
    travelling = packed(alex, case.stream)

    with Desk(tmp_path / "nobody"), pytest.raises(EscalateError) as refused:
        taken_in(tmp_path / "nobody", travelling)

    assert refused.value.remedy == "run: escalate setup"


def test_the_case_of_a_receiving_agency_keeps_its_side(alex: Path, bea: Path) -> None:
    case = a_case(alex, our_side="receiving", raising_agency=SOCIAL_CARE, receiving_agencies=("agency-school",))

    taken = hand(alex, bea, case.stream)

    assert (taken.opened.case.raised.our_side, problems_in(bea)) == ("receiving", [])


def test_whatever_is_damaged_inside_no_other_entry_is_taken_for_recorded_and_nothing_crashes(
    alex: Path, case: Built
) -> None:
    travelling, chance = packed(alex, case.stream), random.Random(7)
    content = to_bytes(travelling)
    refused = 0
    for _ in range(1_000):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice((0, 1, 1, 30))] = chance.choice(
                (b"", b"\0", b'"', b"9", b"null", b"[[[[", b"\xff", b"-1e999", bytes([chance.randrange(256)]))
            )
        try:
            read = from_bytes(bytes(damaged))
            proved(read)
        except EscalateError:
            refused += 1
        else:
            # Only the cipher covers the anchor, the calendars and the policy's name.
            assert read.entries == travelling.entries

    assert refused > 900
