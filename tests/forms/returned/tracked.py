"""Ways of returning a form with its changes tracked: words put in, struck out, moved, whole rows, comments."""

from __future__ import annotations

from copy import deepcopy

from tests.forms.returned.hand import Hand, NotHere, is_free, is_long
from tests.forms.returned.marks import tags_removed
from tests.forms.returned.paper import WHO, element, elements, paragraph_of, row_of, typed, w
from tests.forms.returned.words import answer_to, lines, sentence


def _inserted(text: str, number: int = 901) -> str:
    return f'<w:ins w:id="{number}" {WHO}>{typed(text)}</w:ins>'


def _deleted(text: str, number: int = 902) -> str:
    return f'<w:del w:id="{number}" {WHO}>{typed(text, of="w:delText")}</w:del>'


def words_inserted(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    more = f" {sentence(hand.chance)}"
    hand.inside(one).append(element(_inserted(more)))
    hand.answers[one.id] += more


def words_struck_out(hand: Hand) -> None:
    one = hand.pick_filled(is_long)
    old, kept = sentence(hand.chance), hand.answers[one.id]
    hand.put(one, typed(kept) + _deleted(f" {old}"), kept)
    hand.gone.append(old)


def answer_replaced(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    old, says = hand.answers[one.id], answer_to(one, hand.chance)
    hand.put(one, _deleted(old) + _inserted(says), says)
    hand.gone.append(old)


def whole_answer_struck_out(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    old = hand.answers[one.id]
    hand.put(one, _deleted(old), "")
    hand.gone.append(old)


def insertion_struck_out_again(hand: Hand) -> None:
    """By somebody else, before either was accepted."""
    one = hand.pick_filled(is_free)
    old = sentence(hand.chance)
    struck = f'<w:ins w:id="903" {WHO}>{_deleted(f" {old}", 904)}</w:ins>'
    hand.inside(one).append(element(struck))
    hand.gone.append(old)


def control_inserted_round(hand: Hand) -> None:
    """The insertion stands round the control and not in it."""
    one = hand.pick_empty(is_free)
    says = answer_to(one, hand.chance)
    hand.put(one, typed(says), says)
    control = hand.control(one)
    mark = element(f'<w:ins w:id="905" {WHO}/>')
    control.addprevious(mark)
    mark.append(control)


def words_moved(hand: Hand) -> None:
    """From one answer to another: Word marks where they stood and where they stand."""
    here, there = hand.pick_filled(is_long), hand.pick_filled(is_long)
    moved = sentence(hand.chance)
    mark = f'w:id="906" w:name="move1" {WHO}'
    kept = hand.answers[here.id]
    hand.put(
        here,
        f'{typed(kept)}<w:moveFromRangeStart {mark}/><w:moveFrom w:id="907" {WHO}>{typed(f" {moved}")}</w:moveFrom>'
        '<w:moveFromRangeEnd w:id="906"/>',
        kept,
    )
    hand.inside(there).extend(
        elements(
            f'<w:moveToRangeStart {mark}/><w:moveTo w:id="908" {WHO}>{typed(f" {moved}")}</w:moveTo>'
            '<w:moveToRangeEnd w:id="906"/>'
        )
    )
    hand.answers[there.id] += f" {moved}"


def bookmark_ends_in_what_was_struck_out(hand: Hand) -> None:
    """LibreOffice writes the end of a bookmark into what was moved away or struck out there; and drops the tags."""
    one = hand.pick_filled(is_long)
    end = next(iter(paragraph_of(hand.control(one)).iterchildren(w("bookmarkEnd"))), None)
    if end is None:
        raise NotHere
    old = sentence(hand.chance)
    deleted = f'<w:del w:id="911" {WHO}>{typed(f" {old}", of="w:delText")}</w:del>'
    moved = f'<w:moveFrom w:id="912" {WHO}>{typed(f" {old}")}</w:moveFrom>'
    struck = element(hand.chance.choice((deleted, moved)))
    end.addnext(struck)
    struck.insert(0, end)
    tags_removed(hand)
    hand.gone.append(old)


def paragraph_inserted(hand: Hand) -> None:
    """A tracked paragraph under the control, in the same cell."""
    one = hand.pick()
    text = sentence(hand.chance)
    mark = f'<w:pPr><w:rPr><w:ins w:id="909" {WHO}/></w:rPr></w:pPr>'
    paragraph_of(hand.control(one)).addnext(element(f"<w:p>{mark}{_inserted(text)}</w:p>"))
    hand.elsewhere.append(text)


def row_inserted(hand: Hand) -> None:
    """A row of the form's own kind, tracked, with words that belong to no field."""
    row = row_of(hand.control(hand.pick(lambda field: field in hand.form.fields)))
    if row is None:
        raise NotHere
    text = lines(hand.chance, 2)
    width = len(row.findall(w("tc")))
    cells = "".join(
        f"<w:tc>{''.join(f'<w:p>{_inserted(said) if said else str()}</w:p>' for said in text.split(chr(10)))}</w:tc>"
        if place == width - 1
        else "<w:tc><w:p/></w:tc>"
        for place in range(width)
    )
    new = element(f'<w:tr><w:trPr><w:ins w:id="910" {WHO}/></w:trPr>{cells}</w:tr>')
    for cell, old in zip(new.findall(w("tc")), row.findall(w("tc")), strict=True):
        cell[:0] = [deepcopy(one) for one in old.findall(w("tcPr"))]
    row.addnext(new)
    hand.elsewhere.append(text)


WAYS = {
    "words inserted": words_inserted,
    "words struck out": words_struck_out,
    "answer replaced": answer_replaced,
    "whole answer struck out": whole_answer_struck_out,
    "insertion struck out again": insertion_struck_out_again,
    "insertion round a control": control_inserted_round,
    "words moved": words_moved,
    "bookmark ends in what was struck out": bookmark_ends_in_what_was_struck_out,
    "paragraph inserted": paragraph_inserted,
    "row inserted": row_inserted,
}
