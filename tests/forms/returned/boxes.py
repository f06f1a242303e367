"""Boxes to tick, as Word documents have them: controls, signs, letters of a font of signs, old form fields."""

from __future__ import annotations

from tests.forms.returned.paper import typed

BOXES = ("boxes", "signs", "wingdings", "old boxes")


def box(option: str, ticked: bool, sort: str) -> str:
    """Return the runs of one box with its option beside it."""
    return f"{_MADE[sort](ticked)}{typed(f' {option}    ')}"


def _control(ticked: bool) -> str:
    sign = "☒" if ticked else "☐"
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    look = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic"/>'
    return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{typed(sign, look)}</w:sdtContent></w:sdt>"


def _sign(ticked: bool) -> str:
    return typed("☑" if ticked else "☐")


def _letter(ticked: bool) -> str:
    """In Wingdings a crossed box is the letter FE, an empty one A8."""
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if ticked else "F0A8"}"/></w:r>'


def _old(ticked: bool) -> str:
    """A form field of before 2007: its state stands in the field, and nothing of it in the text."""
    state = f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked w:val="{int(ticked)}"/></w:checkBox>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:enabled/>{state}</w:ffData></w:fldChar></w:r>'
    instruction = '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    return f"{begin}{instruction}{separate}{end}"


_MADE = {"boxes": _control, "signs": _sign, "wingdings": _letter, "old boxes": _old}
