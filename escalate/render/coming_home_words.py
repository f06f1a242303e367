"""Entries about what went to others and came back, in the practitioner's words."""

from __future__ import annotations

from escalate.core import events as e
from escalate.render.days import format_count
from escalate.render.entry_said import Said, entry_said
from escalate.render.names_in_case import Names


@entry_said.register
def _(fact: e.DetailsRecorded, names: Names) -> Said:
    about = f" about {names.of(fact.child)}" if fact.child else ""
    return Said(
        f"What forms ask for was recorded{about}",
        tuple((key.replace(".", ", ").replace("_", " ").capitalize(), words) for key, words in fact.details.items()),
    )


@entry_said.register
def _(fact: e.ChildAdded, names: Names) -> Said:
    return Said(f"{names.of(fact.child)} was added to the children of the case")


@entry_said.register
def _(fact: e.FormReceived, names: Names) -> Said:
    child = f", about {names.of(fact.child)}" if fact.child else ""
    typed = ", and typed in by hand" if fact.how == "typed in by hand" else ""
    by = {
        "properties": "by the file's own properties",
        "printed reference": "by the reference printed on it, which a person confirmed",
        "answered": "by a person",
    }
    taken, labels = fact.taken, names.labels.get(fact.form, {})

    def called(what: str, field: str) -> str:
        label = labels.get(field, field)
        is_bracketed = label.startswith("(") and label.endswith(")")
        return f"{what} ({label[1:-1] if is_bracketed else label})"

    # The form's own order is that of its labels; what came back as it was sent is no news.
    order = {field: place for place, field in enumerate(labels)}
    sent = names.sent.get(fact.issue, {})
    read = sorted(fact.read.items(), key=lambda one: order.get(one[0], len(order)))
    news = [(field, words) for field, words in read if field in taken or words != sent.get(field)]
    as_sent = len(read) - len(news)

    return Said(
        f"A form came in{typed}: {names.forms.get(fact.form, fact.form)}{child}",
        (
            ("From", fact.from_whom),
            ("Of issue", fact.issue),
            ("Known as this case's", by[fact.identified_by]),
            *((called("It says", one) + (", taken over" if one in taken else ""), w) for one, w in news),
            ("As it was sent", format_count(as_sent, "field") if as_sent else ""),
            *((called("Taken over", one), w) for one, w in taken.items() if fact.read.get(one) != w),
            *((called("Said here meanwhile", one), words) for one, words in fact.beside.items()),
            ("In no field of it", "\n".join(fact.not_placed)),
            ("The file as it came", f"SHA-256 {fact.digest}"),
        ),
    )


@entry_said.register
def _(fact: e.HandedOver, _names: Names) -> Said:
    to = f"{fact.to}, {fact.to_agency}" if fact.to_agency else fact.to
    return Said(f"The case was handed over to {to}", (("Reason", fact.reason), ("Package", fact.package)))


@entry_said.register
def _(fact: e.TakenOver, names: Names) -> Said:
    return Said(
        f"The case was taken over by {names.of(fact.by)}, {names.of(fact.agency)}",
        (("It had been handed to", fact.handed_to), ("Package", fact.package), ("From the record", fact.from_chain)),
    )


@entry_said.register
def _(fact: e.CasesLinked, _names: Names) -> Said:
    return Said(f"Linked with {fact.other_reference}: one escalation, counted once", (("Reason", fact.reason),))


@entry_said.register
def _(fact: e.CasesUnlinked, _names: Names) -> Said:
    return Said(f"No longer linked with {fact.other_reference}: two escalations", (("Reason", fact.reason),))
