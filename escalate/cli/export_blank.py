"""`escalate export --blank`: a form with nothing in it, to be looked at first; nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from escalate import clock
from escalate.casework import exporting
from escalate.casework.desk import OpenCase
from escalate.core.forms.definition import FormDefinition
from escalate.core.policy import Policy, follow
from escalate.errors import EscalateError, FormRefused, NotFound
from escalate.files import places
from escalate.files.forms.loading import form_names, load_form
from escalate.render.console import Screen
from escalate.render.issued_page import say_blank_form
from escalate.render.json_out import print_json
from escalate.render.word.blank import blank_form
from escalate.store.places import make_owner_only


def export_blank(
    form: str | None, opened: OpenCase | None, folder: Path, *, screen: Screen, pdf: bool, as_json: bool
) -> None:
    """Write the forms of the case's policy, or the one named, with nothing in them, and show where.

    Raises:
        NotFound: there is no such form, or the policy has none that is filled here.
        FormRefused: a file could not be written.
    """
    home = places.home()
    made: list[tuple[FormDefinition, Path, Path | None]] = []
    problem: EscalateError | None = None
    for name in _names(form, opened, home):
        definition, template = load_form(name, home)
        policy = opened.policy if opened else _policy_with(name, home)
        contact = follow(policy).contact_of(definition.return_to) if policy else None
        content = blank_form(definition, template, exporting.contact_line(contact), clock.today())
        path = _written(folder, f"{definition.id}-blank", content)
        made_pdf, wrong = _pdf_of(path) if pdf else (None, None)
        problem = problem or wrong
        made.append((definition, path, made_pdf))
    if as_json:
        print_json("blank", [{"form": one.id, "standing": one.standing, "file": p, "pdf": q} for one, p, q in made])
    else:
        for definition, path, made_pdf in made:
            say_blank_form(screen, definition, path, made_pdf)
    if problem:
        raise problem


def _names(form: str | None, opened: OpenCase | None, home: Path) -> Sequence[str]:
    known = form_names(home)
    own = [use.form for use in follow(opened.policy).form if use.form in known] if opened else []
    if form is None:
        if not own:
            raise NotFound("this policy has no form that escalate fills", remedy="all forms: escalate form list")
        return own
    found = [name for name in (*own, *known) if name == form or name.endswith(f"-{form}")]
    if not found:
        raise NotFound(f'there is no form "{form}"', remedy=f"the forms are: {', '.join(known)}", recorded="")
    if not own and len(set(found)) > 1 and form not in found:
        raise NotFound(f'several forms are called "{form}"', remedy=f"say which: {', '.join(found)}", recorded="")
    return [form if form in found else found[0]]


def _policy_with(form: str, home: Path) -> Policy | None:
    """Return the first policy that uses this form, for the address it goes back to; None where there is none."""
    from escalate.files.policies.loading import load_policy

    for name in places.names("policies", home):
        try:
            policy, _ = load_policy(name)
        except EscalateError:
            continue  # somebody's own policy with problems: the address then stands open
        if any(use.form == form for use in policy.form):
            return policy
    return None


def _written(folder: Path, stem: str, content: bytes) -> Path:
    """Write the file under a name that no other has; where the very same lies there already, leave it."""
    number = 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / (f"{stem}.docx" if number == 1 else f"{stem}-{number}.docx")
            if not path.exists():
                make_owner_only(path)
                path.write_bytes(content)
                return path
            if path.read_bytes() == content:
                return path
            number += 1
    except OSError as error:
        raise FormRefused(
            f"{folder}: the form cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
            recorded="",
        ) from error


def _pdf_of(path: Path) -> tuple[Path | None, EscalateError | None]:
    from escalate.files.libreoffice import to_pdf

    pdf = path.with_suffix(".pdf")
    try:
        if not pdf.exists():
            to_pdf(path, pdf)
    except EscalateError as error:
        error.recorded = ""
        return None, error
    return pdf, None
