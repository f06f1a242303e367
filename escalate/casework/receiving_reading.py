"""Reading a form that came in: which form it is, every field as people's words are kept, and nothing recorded."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from escalate.casework.desk import Desk
from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.returned import AsRead, ReturnedForm
from escalate.core.policy_people import reached_by
from escalate.core.text import clean
from escalate.errors import FormRefused, NotFound
from escalate.files.docx.reader import FieldReading, read_form
from escalate.files.forms.detection import detect_form
from escalate.files.forms.loading import form_names, load_form
from escalate.files.policies.glance import glance
from escalate.files.policies.loading import load_policy
from escalate.store import readers


@dataclass(frozen=True, slots=True)
class KnownForms:
    """The forms there are, the user's own and those shipped, each with its template: looked up once for many files.

    `own` are the names of the forms of this record's own policy, which come first where several are called alike.
    `policies` are the texts of the policies known here: its own, and those kept with cases.
    """

    by_id: Mapping[str, tuple[FormDefinition, bytes]]
    own: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    @classmethod
    def of(cls, desk: Desk) -> KnownForms:
        """Return every form that can be read here.

        Raises:
            NotFound: setup has not been run.
        """
        policy, written = load_policy(desk.setup().policy)
        found = {}
        for name in form_names(desk.home):
            with suppress(FormRefused):  # one whose definition has problems is passed over: `form check` says
                definition, template = load_form(name, desk.home)
                found[definition.id] = definition, template
        with desk.reading() as con:
            kept = readers.policy_texts(con)
        return cls(found, tuple(use.form for use in policy.form), tuple(dict.fromkeys((written.text, *kept))))

    @property
    def definitions(self) -> tuple[FormDefinition, ...]:
        return tuple(definition for definition, _ in self.by_id.values())

    def addresses(self, definition: FormDefinition) -> tuple[str, ...]:
        """Return the lines that a form of one of these policies may say it goes to; none where no policy has it."""
        contacts = (
            one.contacts.get(definition.return_to) for one in map(glance, self.policies) if definition.id in one.forms
        )
        return tuple(reached_by(title, email, telephone) for title, telephone, email in filter(None, contacts))

    def named(self, name: str) -> FormDefinition:
        """Return the form of this name, or of which this is the end of the name.

        Raises:
            NotFound: there is none, or there are several.
        """
        found = [one for one in self.definitions if one.id == name or one.id.endswith(f"-{name}")]
        found = [one for one in found if name == one.id] or [one for one in found if one.id in self.own] or found
        if len(found) != 1:
            what = f'there is no form "{name}"' if not found else f'several forms end in "{name}"'
            names = ", ".join(one.id for one in found or self.definitions)
            raise NotFound(what, remedy=f"forms there are: {names}", recorded="")
        return found[0]


def read_returned(content: bytes, where: str, forms: KnownForms, name: str = "") -> ReturnedForm:
    """Return what a Word document says in the form it is, in words as they are kept.

    Args:
        where: what errors call the file; never its own name, which may be a child's.
        name: of the form it is taken to be; found out where empty.
    Raises:
        FormRefused: it cannot be opened safely, or is none of the forms that are known here.
        NotFound: there is no form of this name.
    """
    definition = forms.named(name) if name else _detected(content, where, forms)
    _, template = forms.by_id[definition.id]
    read = read_form(definition, content, where, template, forms.addresses(definition))
    dropped: list[str] = []
    fields = {field_id: _kept(definition, field_id, reading, dropped) for field_id, reading in read.fields.items()}
    not_placed = tuple(clean(words).text.strip() for words in read.not_placed)
    return ReturnedForm(
        definition=definition,
        fields=fields,
        case=read.identity.case,
        issue=read.identity.issue,
        reference=read.identity.reference,
        issued_on=read.identity.issued_on,
        not_placed=tuple(words for words in not_placed if words),
        warnings=(*read.warnings, *dropped),
    )


def typed_in(definition: FormDefinition, words: Mapping[str, str]) -> ReturnedForm:
    """Return a form as somebody typed it in from paper; what is not among `words` is not on it."""
    fields = {one.id: AsRead(text=words.get(one.id, ""), by=("a person",)) for one in definition.fields_in(words)}
    return ReturnedForm(definition=definition, fields=fields, how="typed in by hand")


def _detected(content: bytes, where: str, forms: KnownForms) -> FormDefinition:
    found = detect_form(content, where, forms.definitions)
    if found is None:
        raise FormRefused(
            f"{where}: is a Word document, and none of the forms that are known here",
            remedy="if it is one all the same: escalate receive FILE --form NAME; their names: escalate form list",
        )
    return found[0]


def _kept(definition: FormDefinition, field_id: str, reading: FieldReading, dropped: list[str]) -> AsRead:
    cleaned = clean(reading.value)
    label = definition.field(field_id).label
    dropped += [f'left out of field "{label}": {what}' for what in cleaned.dropped]
    text = cleaned.text
    otherwise = {reader: clean(value).text for reader, value in reading.found.items() if reader not in reading.readers}
    if reading.beside:
        beside = clean(reading.beside).text
        otherwise["beside"] = f"{text}\n{beside}" if text.strip() else beside
    return AsRead(text=text, by=reading.readers, otherwise=otherwise, certainty=reading.certainty)
