"""Ways of returning a form that has lost the marks by which it is read: controls, bookmarks, properties, labels."""

from __future__ import annotations

import re
from typing import Any

from tests.forms.returned.hand import Hand, NotHere, Way
from tests.forms.returned.paper import element, typed, unwrap, w
from tests.forms.returned.words import token


def controls_removed(hand: Hand) -> None:
    """ "Remove content control" on each: its words stay, and so do those that it showed while empty."""
    for control in list(hand.paper.body.iter(w("sdt"))):
        unwrap(control, control.find(w("sdtContent")))


def some_controls_removed(hand: Hand) -> None:
    """On some, with the words that they showed while empty."""
    for control in list(hand.paper.body.iter(w("sdt"))):
        if hand.chance.random() < 0.5:
            unwrap(control, control.find(w("sdtContent")))


def controls_deleted_where_empty(hand: Hand) -> None:
    """The words that an empty control showed went with it."""
    for field in hand.fields():
        if not hand.answers.get(field.id, "").strip():
            hand.control(field).getparent().remove(hand.control(field))


def tags_removed(hand: Hand) -> None:
    """As LibreOffice does: the controls stay, and do not say whose they are."""
    for control in hand.paper.body.iter(w("sdt")):
        for name in ("tag", "alias", "id"):
            for one in control.findall(f"{w('sdtPr')}/{w(name)}"):
                one.getparent().remove(one)


def bookmarks_removed(hand: Hand) -> None:
    for mark in list(hand.paper.body.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)


def properties_removed(hand: Hand) -> None:
    hand.paper.parts.pop("docProps/custom.xml", None)


def only_labels_left(hand: Hand) -> None:
    controls_removed(hand)
    bookmarks_removed(hand)
    properties_removed(hand)


def label_paragraphs(hand: Hand) -> list[Any]:
    """Return the paragraphs that print a label of the form and nothing else."""
    columns = [column for table in hand.form.tables for column in table.columns]
    labels = {_squeezed(field.label) for field in (*hand.form.fields, *columns)}
    found = []
    for line in hand.paper.body.iter(w("p")):
        if next(line.iterancestors(w("sdtContent")), None) is None and next(line.iter(w("sdt")), None) is None:
            text = "".join(one.text or "" for one in line.iter(w("t")))
            if _squeezed(text) in labels:
                found.append(line)
    if not found:
        raise NotHere
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _retype(line: Any, text: str) -> None:
    for child in [child for child in line if child.tag != w("pPr")]:
        line.remove(child)
    line.append(element(typed(text)))


def _text(line: Any) -> str:
    return "".join(one.text or "" for one in line.iter(w("t")))


def labels_in_capitals(hand: Hand) -> None:
    for line in label_paragraphs(hand):
        _retype(line, _text(line).upper())


def labels_spaced_and_curled(hand: Hand) -> None:
    """Other spaces and other apostrophes; a colon more or less."""
    for line in label_paragraphs(hand):
        said = _text(line).replace("'", "’")
        said = re.sub(r" +", lambda _: hand.chance.choice((" ", "  ", "\u00a0", " \t")), said)
        said = said.rstrip(" :") + hand.chance.choice(("", ":", " :", ": "))
        _retype(line, said)


def labels_with_a_bracket(hand: Hand) -> None:
    """ "(please see over)" after some; shown as what it is, or as a part of the label."""
    for line in label_paragraphs(hand):
        if hand.chance.random() < 0.4:
            text = hand.chance.choice(("(see over)", "(if known)", "(required)"))
            _retype(line, f"{_text(line).rstrip()} {text}")
            hand.elsewhere.append(text)


def labels_with_a_slip(hand: Hand) -> None:
    """A letter missing in the longer ones."""
    for line in label_paragraphs(hand):
        said = _text(line)
        if len(said) > 14 and hand.chance.random() < 0.5:
            cut = hand.chance.randrange(3, len(said) - 3)
            _retype(line, said[:cut] + said[cut + 1 :])


def a_label_lost(hand: Hand) -> None:
    """One label replaced by somebody's own words, while tag and bookmark stay."""
    text = f"Our own heading {token(hand.chance)}"
    _retype(hand.chance.choice(label_paragraphs(hand)), text)
    hand.elsewhere.append(text)


def _and_nothing_else(way: Way) -> Way:
    def both(hand: Hand) -> None:
        way(hand)
        only_labels_left(hand)

    return both


def without_styles(hand: Hand) -> None:
    """Every paragraph in the ordinary style, as after pasting as text."""
    for style in list(hand.paper.body.iter(w("pStyle"), w("rStyle"))):
        style.getparent().remove(style)


WAYS = {
    "controls removed": controls_removed,
    "some controls removed": some_controls_removed,
    "empty controls deleted": controls_deleted_where_empty,
    "tags removed": tags_removed,
    "bookmarks removed": bookmarks_removed,
    "properties removed": properties_removed,
    "styles lost": without_styles,
    "only labels left": only_labels_left,
    "labels in capitals": labels_in_capitals,
    "labels spaced and curled": labels_spaced_and_curled,
    "labels with a bracket": labels_with_a_bracket,
    "labels with a slip": labels_with_a_slip,
    "a label lost": a_label_lost,
    "only labels left, in capitals": _and_nothing_else(labels_in_capitals),
    "only labels left, spaced and curled": _and_nothing_else(labels_spaced_and_curled),
    "only labels left, with a bracket": _and_nothing_else(labels_with_a_bracket),
    "only labels left, with a slip": _and_nothing_else(labels_with_a_slip),
    "only labels left, without styles": _and_nothing_else(without_styles),
}
