"""Forms on their way through LibreOffice: as issued, edited beforehand, and typed in by LibreOffice itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random

from tests.forms.returned.hand import Hand, Returned, is_free, is_long
from tests.forms.returned.libreoffice import Keystroke, LibreOffice
from tests.forms.returned.returning import handed_in, issued, names, returned
from tests.forms.returned.words import sentence, token

# What somebody may have done in Word before LibreOffice gets the form.
BEFORE = (
    "as issued",
    "typed into an empty field",
    "appended",
    "appended on a new line",
    "retyped",
    "cleared",
    "chosen from the list",
    "date picked",
    "row added",
    "answer replaced",
    "words moved",
    "typed under",
    "paragraph outside the tables",
)


def before(ways: Iterable[str], seeds: Sequence[int]) -> Iterator[Returned]:
    """Yield every form, edited in each of these ways where it has anything of the kind."""
    for name in names():
        for way in ways:
            for seed in seeds:
                one = returned(name, way, seed)
                if one is not None:
                    yield one


def after_saving(forms: Sequence[Returned], office: LibreOffice, by_way_of: str) -> Iterator[Returned]:
    """Yield these forms as LibreOffice writes them again; what they say is the same."""
    saved = office.saved({f"form-{number}": one.content for number, one in enumerate(forms)}, by_way_of)
    for one, content in zip(forms, saved.values(), strict=True):
        yield replace(one, content=content, way=f"{one.way}, by way of {by_way_of}")


def after_typing(seeds: Sequence[int], office: LibreOffice) -> Iterator[Returned]:
    """Yield every form after somebody opened it in LibreOffice, typed in some of its fields, and saved it."""
    hands = [issued(name, Random(f"typing {name} {seed}")) for name in names() for seed in seeds]
    jobs = {f"form-{number}": (hand.paper.save(), _strokes(hand)) for number, hand in enumerate(hands)}
    for hand, content in zip(hands, office.typed(jobs).values(), strict=True):
        yield replace(handed_in(hand, "typed in LibreOffice"), content=content)


def _strokes(hand: Hand) -> list[Keystroke]:
    """Return what is typed, and say in the hand's answers what the form says then."""
    chance = hand.chance
    strokes = []
    for act in ("append", "append", "replace", "enter", "clear", "fill", "fill"):
        filled = act != "fill"
        suits = is_long if act == "enter" else is_free
        fitting = [one for one in hand.fields() if bool(hand.answers.get(one.id)) == filled and suits(one)]
        if not fitting:
            continue
        field = chance.choice(fitting)
        hand.used.add(field.id)
        said, old = f"{token(chance)} {sentence(chance, odd=0)} & <b>", hand.answers.get(field.id, "")
        texts = {"append": f" {said}", "clear": ""}
        now = {"append": f"{old} {said}", "enter": f"{old}\n{said}", "clear": ""}
        strokes.append(Keystroke(field.bookmark, "replace" if act == "fill" else act, texts.get(act, said)))
        hand.answers[field.id] = now.get(act, said)
    return strokes
