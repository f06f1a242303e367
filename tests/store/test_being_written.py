"""What an editor left outside the database, and the mark that a draft is open."""

from __future__ import annotations

from pathlib import Path

from escalate.store.being_written import clear_texts, close_mark, open_mark, orphans, remove_room, room_of


def left(home: Path, name: str, content: bytes = b"Rowan Testcase") -> Path:
    path = home / "being-written" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_texts_of_forgotten_drafts_and_every_text_that_holds_the_words_are_removed(tmp_path: Path) -> None:
    left(tmp_path, "draft-1/concern.txt", b"nothing of it")
    left(tmp_path, "gone/.concern.txt.swp", b"\0\0U3210\0Marker\0")
    left(tmp_path, "gone/said.txt", "Marker".encode("utf-16"))
    stays = left(tmp_path, "draft-2/said.txt", b"nothing of it")

    removed = clear_texts(tmp_path, ["draft-1", "../elsewhere"], lambda text: "Marker" in text)

    assert removed == (3, ())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [stays]
    assert not (tmp_path / "being-written" / "gone").exists()


def test_what_lies_outside_the_folder_is_never_reached_by_the_id_of_a_draft(tmp_path: Path) -> None:
    outside = left(tmp_path, "../kept/words.txt").resolve()

    for name in ("../kept", "..", "", str(outside.parent), "a\\..\\kept"):
        remove_room(room_of(tmp_path, name))

    assert outside.exists()


def test_a_folder_whose_draft_is_gone_is_an_orphan_unless_it_is_empty(tmp_path: Path) -> None:
    left(tmp_path, "draft-1/concern.txt")
    left(tmp_path, "draft-2/concern.txt")
    (tmp_path / "being-written" / "draft-3").mkdir()

    assert orphans(tmp_path, {"draft-1"}) == [tmp_path / "being-written" / "draft-2"]


def test_a_draft_is_open_elsewhere_until_its_window_ends(tmp_path: Path) -> None:
    mine, other = open_mark(tmp_path, "draft-1"), open_mark(tmp_path, "draft-1")

    assert not other.is_elsewhere()
    mine.take()
    assert other.is_elsewhere()
    other.take()  # taken over: the mark stays the first window's
    close_mark(other)
    assert other.is_elsewhere()

    close_mark(mine)

    assert not other.is_elsewhere()
    assert list(tmp_path.iterdir()) == []
