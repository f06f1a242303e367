"""About which child of a case a form is that came in, by the name and the date of birth on it."""

from __future__ import annotations

from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.returned import ReturnedForm
from escalate.core.logged import is_logged
from escalate.core.references import initials

_NAME, _BORN_ON = "child.name", "child.born_on"


def child_of(form: ReturnedForm, case: Case) -> str:
    """Return the child of the case that the form is about, by opaque id; "" where that is not certain.

    In a case of ours it is the only child, or the only one of several that fits: another name on the form is a doubt
    about the case. A logged case has the children of the forms that came in, and the next may be about one more: a
    child is the form's where nothing on it speaks against that one.
    """
    if not form.definition.per_child:
        return ""
    if is_logged(case):
        return _of_logged(form, case)
    children = case.raised.children
    if len(children) == 1:
        return children[0]
    fitting = [child for child in children if child in case.parties and what_fits(form, case.parties[child])]
    return fitting[0] if len(fitting) == 1 else ""


def is_of_another(form: ReturnedForm, case: Case) -> bool:
    """Return whether the form names a child of whom nothing fits any of the case's; a removed name fits none."""
    are_known = len(case.children) == len(case.raised.children)
    return are_known and bool(form.saying(_NAME)) and not any(what_fits(form, child) for child in case.children)


def what_fits(form: ReturnedForm, child: e.PartyNamed) -> tuple[str, ...]:
    """Return what on the form is this child's: "child's name", in full or by initials on either side, "date of birth".

    Nothing is what stands on neither side.
    """
    found = []
    if _is_called(form.saying(_NAME), child.name):
        found.append("child's name")
    born_on = parse_form_date(form.saying(_BORN_ON))
    if born_on and born_on == child.born_on:
        found.append("date of birth")
    return tuple(found)


def letters(text: str) -> str:
    """Return a name as it is compared: letters and figures only, upper or lower case alike."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _of_logged(form: ReturnedForm, case: Case) -> str:
    name, born_on = form.saying(_NAME), parse_form_date(form.saying(_BORN_ON))
    if not name and born_on is None:
        return case.raised.children[0] if len(case.raised.children) == 1 else ""
    # A name that was put right here goes on coming in as it was: what somebody said of it once holds.
    found = _as_before(form, case) or {
        child.party for child in case.children if what_fits(form, child) and not _speaks_against(form, child)
    }
    return found.pop() if len(found) == 1 else ""


def _as_before(form: ReturnedForm, case: Case) -> set[str]:
    """Return the children about whom the same form came in before with the same name and date of birth on it."""
    asked = [one.id for one in form.definition.fields if one.fills in (_NAME, _BORN_ON)]
    received = (cast(e.FormReceived, event.fact) for event in case.of(e.FormReceived))
    before = (fact for fact in received if fact.form == form.definition.id and fact.child in case.raised.children)
    said = form.texts
    is_named = bool(form.saying(_NAME))
    return {
        fact.child
        for fact in before
        if is_named and all(letters(fact.read.get(one, "")) == letters(said.get(one, "")) for one in asked)
    }


def _speaks_against(form: ReturnedForm, child: e.PartyNamed) -> bool:
    """Return whether the name or the date of birth on the form is another than this child's is known to be."""
    name, born_on = form.saying(_NAME), parse_form_date(form.saying(_BORN_ON))
    is_called_otherwise = bool(name) and not _is_called(name, child.name)
    return is_called_otherwise or (born_on is not None and child.born_on not in (None, born_on))


def _is_called(said: str, name: str) -> bool:
    """Return whether both may be one child's name: the same, or the one the initials of the other."""
    if not letters(said):
        return False
    if letters(said) in (letters(name), letters(initials(name))):
        return True
    return name.isupper() and letters(name) == letters(initials(said))
