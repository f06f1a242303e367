"""Ways of returning a form whose tables were changed: rows added, deleted and moved, cells merged, tables put in."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from escalate.core.forms.definition import FormTable
from tests.forms.returned.hand import Hand, NotHere
from tests.forms.returned.paper import cell_of, element, elements, paragraph, replace_with, row_of, typed, w
from tests.forms.returned.words import answer_to, lines, sentence


def _a_table(hand: Hand) -> FormTable:
    if not hand.form.tables:
        raise NotHere
    return hand.chance.choice(hand.form.tables)


def _rows(hand: Hand, table: FormTable) -> list[Any]:
    """Return the rows of a form's table that hold its controls, in order."""
    rows: list[Any] = []
    for field in hand.form.fields_in(hand.answers):
        control = hand.paper.control(field.id) if field.id.startswith(f"{table.id}_") else None
        if control is not None and row_of(control) not in rows:
            rows.append(row_of(control))
    if not rows:
        raise NotHere
    return rows


def _used(hand: Hand, table: FormTable) -> None:
    hand.used |= {field.id for field in hand.form.fields_in(hand.answers) if field.id.startswith(f"{table.id}_")}


def row_added(hand: Hand) -> None:
    """Under the last row, as Word adds one: the looks of the row above, none of its controls; then typed into."""
    table = _a_table(hand)
    rows = _rows(hand, table)
    _used(hand, table)
    new = deepcopy(rows[-1])
    for cell, column in zip(new.findall(w("tc")), table.columns, strict=True):
        for old in cell.findall(w("sdt")) + cell.findall(w("p")):
            cell.remove(old)
        says = answer_to(column, hand.chance)
        cell.extend(element(paragraph(part)) for part in says.split("\n"))
        hand.answers[table.cell(len(rows) + 1, column).id] = says
    rows[-1].addnext(new)


def row_copied_and_retyped(hand: Hand) -> None:
    """The last row copied below itself with its controls and tags, and every answer in it retyped."""
    table = _a_table(hand)
    rows = _rows(hand, table)
    _used(hand, table)
    new = deepcopy(rows[-1])
    for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    for control, column in zip(list(new.iter(w("sdt"))), table.columns, strict=True):
        says = answer_to(column, hand.chance)
        for flag in control.findall(f"{w('sdtPr')}/{w('showingPlcHdr')}"):
            flag.getparent().remove(flag)
        inside = control.find(w("sdtContent"))
        for child in list(inside):
            inside.remove(child)
        inside.extend(elements(typed(says)))
        hand.answers[table.cell(len(rows) + 1, column).id] = says
    rows[-1].addnext(new)


def row_of_a_table_deleted(hand: Hand) -> None:
    """A row in a form's table that nobody had written in since, the others keeping their tags."""
    table = _a_table(hand)
    rows = _rows(hand, table)
    whole = [
        number
        for number in range(1, len(rows) + 1)
        if not hand.used & {table.cell(number, column).id for column in table.columns}
    ]
    if len(rows) < 2 or not whole:
        raise NotHere
    _used(hand, table)
    number = hand.chance.choice(whole)
    rows[number - 1].getparent().remove(rows[number - 1])
    for column in table.columns:
        hand.answers.pop(table.cell(number, column).id, None)


def row_of_a_field_deleted(hand: Hand) -> None:
    """A row that nobody had written in since."""
    one = hand.pick(lambda field: field in hand.form.fields)
    row = row_of(hand.control(one))
    if row is None or len(row.getparent().findall(w("tr"))) < 2:
        raise NotHere
    controls = {field.id: hand.paper.control(field.id) for field in hand.form.fields_in(hand.answers)}
    there = {name for name, control in controls.items() if control is not None and row_of(control) is row}
    if there & (hand.used - {one.id}):
        raise NotHere
    hand.answers.update(dict.fromkeys(there, ""))
    hand.used |= there
    row.getparent().remove(row)


def row_moved(hand: Hand) -> None:
    """Dragged to another place in the same table."""
    row = row_of(hand.control(hand.pick(lambda field: field in hand.form.fields)))
    if row is None:
        raise NotHere
    others = [other for other in row.getparent().findall(w("tr")) if other is not row]
    if not others:
        raise NotHere
    hand.chance.choice(others).addnext(row)


def note_row_added(hand: Hand) -> None:
    """A row of somebody's own among the form's: a heading that the form does not have, and words."""
    # A row more in a table of rows is an answer: `row_added`.
    row = row_of(hand.control(hand.pick(lambda field: field in hand.form.fields)))
    if row is None:
        raise NotHere
    texts = [sentence(hand.chance) for _ in row.findall(w("tc"))]
    new = deepcopy(row)
    for cell, text in zip(new.findall(w("tc")), texts, strict=True):
        for old in [child for child in cell if child.tag != w("tcPr")]:
            cell.remove(old)
        cell.append(element(paragraph(text)))
    row.addnext(new)
    hand.elsewhere += texts


def cells_merged_across(hand: Hand) -> None:
    """The label's cell and the answer's, as Word merges them: all paragraphs in the first, which spans both."""
    one = hand.pick(lambda field: field in hand.form.fields)
    row = row_of(hand.control(one))
    cells = [] if row is None else row.findall(w("tc"))
    if len(cells) != 2:
        raise NotHere
    for child in [child for child in cells[1] if child.tag != w("tcPr")]:
        cells[0].append(child)
    row.remove(cells[1])
    properties = cells[0].find(w("tcPr"))
    for span in properties.findall(w("gridSpan")):
        properties.remove(span)
    properties.find(w("tcW")).addnext(element('<w:gridSpan w:val="2"/>'))


def cells_merged_down(hand: Hand) -> None:
    """Two answers' cells: both answers in the first, nothing but an empty paragraph in the second."""
    one = hand.pick(lambda field: field in hand.form.fields)
    first = cell_of(hand.control(one))
    row = None if first is None else first.getparent()
    below = None if row is None else row.getnext()
    if below is None or below.tag != w("tr"):
        raise NotHere
    place = row.findall(w("tc")).index(first)
    if len(below.findall(w("tc"))) != len(row.findall(w("tc"))):
        raise NotHere
    second = below.findall(w("tc"))[place]
    for child in [child for child in second if child.tag != w("tcPr")]:
        first.append(child)
    second.append(element("<w:p/>"))
    for cell, mark in ((first, '<w:vMerge w:val="restart"/>'), (second, "<w:vMerge/>")):
        properties = cell.find(w("tcPr"))
        properties.find(w("tcW")).addnext(element(mark))


def table_put_into_an_answer(hand: Hand) -> None:
    """Pasted under the control, in its cell."""
    one = hand.pick()
    cell = cell_of(hand.control(one))
    if cell is None:
        raise NotHere
    texts = [sentence(hand.chance) for _ in range(4)]
    rows = "".join(
        f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in (texts[:2], texts[2:])
    )
    cell.extend(elements(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:p/>"))
    hand.elsewhere += texts


def table_added(hand: Hand) -> None:
    """A table of somebody's own before or between the form's."""
    texts = [lines(hand.chance, 2) for _ in range(4)]

    def cell(text: str) -> str:
        return f"<w:tc>{''.join(paragraph(line) for line in text.split(chr(10)))}</w:tc>"

    rows = "".join(f"<w:tr>{cell(a)}{cell(b)}</w:tr>" for a, b in (texts[:2], texts[2:]))
    new = elements(f"<w:p/><w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:p/>")
    beside = hand.a_table()
    for one in new:
        beside.addprevious(one)
    hand.elsewhere += texts


def column_added(hand: Hand) -> None:
    """On the right of a table, with words in some of its rows."""
    row = row_of(hand.control(hand.pick()))
    if row is None:
        raise NotHere
    for each in row.getparent().findall(w("tr")):
        text = sentence(hand.chance) if each is row or hand.chance.random() < 0.4 else ""
        each.append(element(f"<w:tc>{paragraph(text)}</w:tc>"))
        hand.elsewhere += [text] if text else []
    grid = row.getparent().find(w("tblGrid"))
    if grid is not None:
        grid.append(element("<w:gridCol/>"))


def cell_split(hand: Hand) -> None:
    """The answer's cell in two, with words in the second."""
    one = hand.pick(lambda field: field in hand.form.fields)
    cell = cell_of(hand.control(one))
    if cell is None:
        raise NotHere
    text = sentence(hand.chance)
    cell.addnext(element(f"<w:tc>{paragraph(text)}</w:tc>"))
    hand.elsewhere.append(text)


def table_made_into_text(hand: Hand) -> None:
    """ "Convert to text": each cell's paragraphs where the table stood, controls and bookmarks with them."""
    table = hand.a_table()
    lines_of_it = [child for cell in table.iter(w("tc")) for child in cell if child.tag in (w("p"), w("sdt"))]
    replace_with(table, lines_of_it)


def form_pasted_twice(hand: Hand) -> None:
    """The whole form a second time under itself, for another child, with an answer of its own."""
    copies = [deepcopy(child) for child in hand.paper.body if child.tag != w("sectPr")]
    text = sentence(hand.chance)
    copied = [control for copy in copies for control in copy.iter(w("sdt"))]
    inside = hand.chance.choice(copied).find(w("sdtContent"))
    for child in list(inside):
        inside.remove(child)
    inside.append(element(typed(text)))
    last = hand.paper.body.find(w("sectPr"))
    for copy in copies:
        last.addprevious(copy)
    hand.elsewhere.append(text)


WAYS = {
    "row added": row_added,
    "row copied and retyped": row_copied_and_retyped,
    "row of a table deleted": row_of_a_table_deleted,
    "row of a field deleted": row_of_a_field_deleted,
    "row moved": row_moved,
    "note row added": note_row_added,
    "cells merged across": cells_merged_across,
    "cells merged down": cells_merged_down,
    "table put into an answer": table_put_into_an_answer,
    "table added": table_added,
    "column added": column_added,
    "cell split": cell_split,
    "table made into text": table_made_into_text,
    "form pasted twice": form_pasted_twice,
}
