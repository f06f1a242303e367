"""A long answer opened in an editor: what is said before and after, and what came back."""

from __future__ import annotations

from collections.abc import Callable

from escalate.ask.editor import EditorEnded, EditorFailed, WritingRoom, how_to_leave
from escalate.ask.pages import left_out, sentence
from escalate.core.text import clean


def written_in_editor(
    room: WritingRoom, key: str, words: str, *, say: Callable[[str], None], wait: Callable[[], object]
) -> str | None:
    """Return what came back of the words of a question, cleaned; None where nothing did, which is said.

    Args:
        say: shows a line of our own words.
        wait: returns when the person has pressed Enter: before an editor that fills the screen, and after one that
            may return before it is closed.
    """
    try:
        how = how_to_leave()
        say("Your editor opens. Until it is closed, your words lie in a plain file that only you can read.")
        if how:  # it fills the screen: what is to be known of it is read before
            say(f"{how} Enter opens it.")
            wait()
        try:
            written = room.open(key, words)
        except EditorEnded as ended:
            written = ended.written
            say("The editor ended with an error: these are the words in its file. Is it all of them? < goes back.")
        if written == words:
            say("The file is as it was. If the editor is still open, save and close it, then press Enter.")
            wait()
            written = room.read(key)
    except EditorFailed as error:
        say(sentence(error.what) + (f" {sentence(error.remedy)}" if error.remedy else ""))
        return None
    cleaned = clean(written)
    written = cleaned.text
    for dropped in cleaned.dropped:
        say(left_out(dropped))
    if not written.strip() or written == words:
        say("Nothing came back from the editor. Your words are as they were.")
        room.clear_of(key)
        return None
    return written
