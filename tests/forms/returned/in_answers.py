"""Ways of returning a form in which answers were typed, added to, cleared, chosen, picked, ticked or copied."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from lxml import etree

from tests.forms.returned.boxes import BOXES, box
from tests.forms.returned.hand import Hand, NotHere, is_free, is_long
from tests.forms.returned.paper import cell_of, element, elements, paragraph_of, replace_with, typed, w
from tests.forms.returned.words import answer_to, lines, sentence, token

_SHOWN_EMPTY = ("Click or tap here to enter text.", "Click here to enter text.", "No entry. Click to type.")


def typed_into_an_empty_field(hand: Hand) -> None:
    one = hand.pick_empty(is_free)
    says = answer_to(one, hand.chance)
    hand.put(one, typed(says), says)


def typed_in_grey(hand: Hand) -> None:
    """LibreOffice keeps the look of an empty field, and the flag that says so, on what is typed over it."""
    one = hand.pick_empty(is_free)
    says = answer_to(one, hand.chance)
    hand.put(one, typed(says, '<w:rStyle w:val="PlaceholderText"/>'), says)
    hand.control(one).find(w("sdtPr")).append(etree.Element(w("showingPlcHdr")))


def appended(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    more = f" {sentence(hand.chance)}"
    hand.inside(one).append(element(typed(more)))
    hand.answers[one.id] += more


def appended_on_a_new_line(hand: Hand) -> None:
    one = hand.pick_filled(is_long)
    more = f"\n{lines(hand.chance, 3)}"
    hand.inside(one).append(element(typed(more)))
    hand.answers[one.id] += more


def put_before(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    more = f"{sentence(hand.chance)} "
    hand.inside(one).insert(0, element(typed(more)))
    hand.answers[one.id] = more + hand.answers[one.id]


def retyped(hand: Hand) -> None:
    one = hand.pick_filled(is_free)
    says = answer_to(one, hand.chance)
    hand.put(one, typed(says), says)


def retyped_piece_by_piece(hand: Hand) -> None:
    """Each few letters a run of their own, with different looks."""
    one = hand.pick(is_free)
    says = lines(hand.chance, 3) if is_long(one) else sentence(hand.chance)
    runs, rest = "", says
    while rest:
        cut = hand.chance.randint(1, 6)
        runs += typed(
            rest[:cut], hand.chance.choice(("", "<w:b/>", "<w:i/><w:highlight w:val='yellow'/>", "<w:strike/>"))
        )
        rest = rest[cut:]
    hand.put(one, runs, says)


def cleared(hand: Hand) -> None:
    one = hand.pick_filled()
    hand.put(one, typed(hand.chance.choice(_SHOWN_EMPTY), '<w:rStyle w:val="PlaceholderText"/>'), "")
    hand.control(one).find(w("sdtPr")).append(etree.Element(w("showingPlcHdr")))


def cleared_to_nothing(hand: Hand) -> None:
    hand.put(hand.pick_filled(), "<w:r/>", "")


def enter_pressed(hand: Hand) -> None:
    """Word then puts the control round whole paragraphs; the bookmark stays inside them."""
    one = hand.pick_filled(is_long)
    control, line = hand.control(one), paragraph_of(hand.control(one))
    if [child for child in line if child.tag in (w("r"), w("sdt"))] != [control]:
        raise NotHere
    more = lines(hand.chance, 3).split("\n")
    runs = list(hand.inside(one))
    starts = [child for child in line if child.tag == w("bookmarkStart")]
    ends = [child for child in line if child.tag == w("bookmarkEnd")]
    look = line.find(w("pPr"))
    block = element("<w:sdt><w:sdtContent/></w:sdt>")
    block.insert(0, control.find(w("sdtPr")))
    first = element("<w:p/>")
    first.extend([deepcopy(look)] if look is not None else [])
    first.extend([*starts, *runs])
    rest = [element(f"<w:p>{typed(text) if text else ''}</w:p>") for text in more]
    for one_more in rest:
        one_more[:0] = [deepcopy(look)] if look is not None else []
    rest[-1].extend(ends)
    block.find(w("sdtContent")).extend([first, *rest])
    replace_with(line, [block])
    # A cell ends with a paragraph, so Word leaves one after a control that would end it.
    if cell_of(block) is not None and block.getnext() is None:
        block.addnext(element("<w:p/>"))
    hand.answers[one.id] = "\n".join([hand.answers[one.id], *more])


def enter_pressed_and_the_control_stays(hand: Hand) -> None:
    """Typed with Enter where there is no control any more: several paragraphs inside the bookmark."""
    one = hand.pick_filled(is_long)
    control, line = hand.control(one), paragraph_of(hand.control(one))
    if [child for child in line if child.tag in (w("r"), w("sdt"))] != [control]:
        raise NotHere
    more = lines(hand.chance, 3).split("\n")
    ends = [child for child in line if child.tag == w("bookmarkEnd")]
    replace_with(control, list(hand.inside(one)))
    for text in reversed(more):
        line.addnext(element(f"<w:p>{typed(text) if text else ''}</w:p>"))
    last = line
    for _ in more:
        last = last.getnext()
    last.extend(ends)
    hand.answers[one.id] = "\n".join([hand.answers[one.id], *more])


def chosen_from_the_list(hand: Hand) -> None:
    one = hand.pick(lambda field: bool(field.options))
    says = hand.chance.choice(one.options)
    hand.put(one, typed(says), says)
    for choice in hand.control(one).iter(w("dropDownList"), w("comboBox")):
        choice.set(w("lastValue"), says)


def date_picked(hand: Hand) -> None:
    one = hand.pick(lambda field: field.kind == "date")
    on = date(2026, hand.chance.randint(1, 12), hand.chance.randint(1, 28))
    says = hand.chance.choice((f"{on:%d/%m/%Y}", f"{on.day} {on:%B} {on.year}", on.isoformat()))
    hand.put(one, typed(says), says)
    for picker in hand.control(one).iter(w("date")):
        picker.set(w("fullDate"), f"{on.isoformat()}T00:00:00Z")


def date_said_in_words(hand: Hand) -> None:
    one = hand.pick(lambda field: field.kind == "date")
    says = f"{hand.chance.choice(('not known yet', 'w/c 13 April', 'last Tuesday?'))} {token(hand.chance)}"
    hand.put(one, typed(says), says)


def ticked_instead(hand: Hand) -> None:
    """The list was replaced by boxes to tick, of any sort."""
    one = hand.pick(lambda field: field.kind == "choice" and len(field.options) > 1)
    says = hand.chance.choice(one.options)
    sort = hand.chance.choice(BOXES)
    boxes = "".join(box(option, option == says, sort) for option in one.options)
    replace_with(hand.control(one), elements(boxes))
    hand.answers[one.id] = says


def emoji_picked(hand: Hand) -> None:
    """From Word's own panel: it stands there for those who know it, and as a letter for those who do not."""
    one = hand.pick(is_free)
    said = sentence(hand.chance)
    picked = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:rPr/></mc:Fallback>'
        '</mc:AlternateContent><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx '
        'w16se:font="Segoe UI Emoji" w16se:char="1F600"/></mc:Choice><mc:Fallback><w:t>😀</w:t></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    hand.put(one, f"{typed(f'{said} ')}{picked}", f"{said} 😀")


def hyphens_of_word(hand: Hand) -> None:
    """A hyphen at which no line ends, and one that shows only where a line ends: elements, and not letters."""
    one = hand.pick(is_free)
    before, after = token(hand.chance), token(hand.chance)
    hyphen = "<w:r><w:noBreakHyphen/></w:r>"
    hand.put(
        one,
        f"{typed(before)}{hyphen}{typed(after[:4])}<w:r><w:softHyphen/></w:r>{typed(after[4:])}",
        f"{before}\u2011{after}",
    )


def typed_beside(hand: Hand) -> None:
    """In the same paragraph, before or after the control, outside it and outside the bookmark."""
    one = hand.pick_filled()
    text = sentence(hand.chance)
    line = paragraph_of(hand.control(one))
    if hand.chance.random() < 0.3:
        first = next(child for child in line if child.tag != w("pPr"))
        first.addprevious(element(typed(f"{text} ")))
    else:
        line.append(element(typed(f" {text}")))
    hand.elsewhere.append(text)


def typed_under(hand: Hand) -> None:
    """In a paragraph of its own under the control's, in the same cell."""
    one = hand.pick()
    text = lines(hand.chance, 2)
    line = paragraph_of(hand.control(one))
    for said in reversed(text.split("\n")):
        line.addnext(element(f"<w:p>{typed(said) if said else ''}</w:p>"))
    hand.elsewhere.append(text)


def copied_to_another_field(hand: Hand) -> None:
    """An answer was copied with its control and pasted into an empty field, whose own control is round it."""
    source, target = hand.pick_filled(is_free), hand.pick_empty(is_free)
    copy = deepcopy(hand.control(source))
    says = hand.answers[source.id]
    hand.put(target, "", says)
    hand.inside(target).append(copy)


def copied_and_changed(hand: Hand) -> None:
    """An answer was copied with its control to the end of another's paragraph, and changed there."""
    source = hand.pick_filled(is_free)
    target = hand.pick_filled(is_free)
    copy = deepcopy(hand.control(source))
    more = f" {sentence(hand.chance)}"
    copy.find(w("sdtContent")).append(element(typed(more)))
    paragraph_of(hand.control(target)).append(copy)
    hand.elsewhere += [hand.answers[source.id], more.strip()]


def cut_and_pasted_elsewhere(hand: Hand) -> None:
    """An answer was cut out with its control, and pasted at the end of another's paragraph."""
    one, other = hand.pick_filled(is_free), hand.pick_filled(is_free)
    control = hand.control(one)
    hand.elsewhere.append(hand.answers.pop(one.id))
    paragraph_of(hand.control(other)).append(control)


WAYS = {
    "typed into an empty field": typed_into_an_empty_field,
    "typed in grey": typed_in_grey,
    "appended": appended,
    "appended on a new line": appended_on_a_new_line,
    "put before": put_before,
    "retyped": retyped,
    "retyped piece by piece": retyped_piece_by_piece,
    "cleared": cleared,
    "cleared to nothing": cleared_to_nothing,
    "Enter pressed": enter_pressed,
    "Enter pressed where the control was gone": enter_pressed_and_the_control_stays,
    "chosen from the list": chosen_from_the_list,
    "date picked": date_picked,
    "date said in words": date_said_in_words,
    "ticked instead": ticked_instead,
    "emoji picked": emoji_picked,
    "hyphens of Word": hyphens_of_word,
    "typed beside": typed_beside,
    "typed under": typed_under,
    "copied to another field": copied_to_another_field,
    "copied and changed": copied_and_changed,
    "cut and pasted elsewhere": cut_and_pasted_elsewhere,
}
