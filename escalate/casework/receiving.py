"""A form that came in: looked at without recording anything, then recorded with the file itself, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.casework.exporting_answers import case_answers, own_answers
from escalate.casework.logged_cases import child_named, open_logged_case
from escalate.casework.receiving_facts import following
from escalate.casework.receiving_logged import NOTHING_TOLD, Told, child_added, may_rise_to, risen_to, with_child
from escalate.casework.receiving_order import newer_than
from escalate.casework.receiving_reading import KnownForms, read_returned
from escalate.casework.receiving_whose import IdentifiedBy, Whose, whose
from escalate.core import deciding
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.forms.accepted import About, kept_beside, taken
from escalate.core.forms.logged import child_on, logged_by, stage_said
from escalate.core.forms.returned import Difference, ReturnedForm, compare, left_for_newer
from escalate.core.forms.rows import cells_of_others, set_aside
from escalate.core.forms.whose_child import is_of_another
from escalate.core.logged import is_logged, met_by_form, stage_risen
from escalate.core.policy import Policy, follow
from escalate.core.views import ReceivedFile
from escalate.errors import CannotDecide, SomeoneWasFirst
from escalate.files import places
from escalate.files.policies.loading import load_policy
from escalate.store.ledger import Book
from escalate.store.received_files import ReceivedBefore, received_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file as it came, what it says, whose it is: nothing of it is recorded yet."""

    content: bytes
    digest: str
    form: ReturnedForm
    whose: Whose


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a file beforehand: the case's reference and the form's name, each "" where nobody does."""

    case: str = ""
    form: str = ""


NOBODY_SAID = Said()


def already_received(desk: Desk, content: bytes) -> ReceivedBefore | None:
    """Return the entry that received exactly this file before, or None."""
    with desk.reading() as con:
        return received_before(con, hashlib.sha256(content).hexdigest())


def look(desk: Desk, content: bytes, where: str, forms: KnownForms, said: Said = NOBODY_SAID) -> Looked:
    """Return what a Word document says and whose it is.

    Args:
        where: what errors call the file; never its own name, which may be a child's.
        said: the case and the form that somebody says it is of.
    Raises:
        FormRefused: the file cannot be opened safely, or is none of the forms known here.
        NotFound: no such case or form.
    """
    return look_at(desk, content, read_returned(content, where, forms, said.form), said.case)


def removed_since(opened: OpenCase | None, digest: str) -> int:
    """Return the entry that received exactly this file in a case, though the file went with words removed; or 0."""
    received = opened.case.of(e.FormReceived) if opened else []
    return next((event.sequence for event in received if cast(e.FormReceived, event.fact).digest == digest), 0)


def look_at(desk: Desk, content: bytes, form: ReturnedForm, case: str = "") -> Looked:
    """Return a form that was read, or typed in by hand, with its file and whose it is.

    Raises:
        NotFound: no such case.
    """
    digest = hashlib.sha256(content).hexdigest()
    return Looked(content=content, digest=digest, form=form, whose=whose(desk, form, case))


def beside_case(desk: Desk, form: ReturnedForm, known: Whose, told: Told = NOTHING_TOLD) -> About | None:
    """Return the form beside the case it belongs to, field by field; None where no case is known.

    Args:
        told: what somebody had to say of it: about which child it is, whether a logged case has moved up.
    """
    if known.opened is None:
        return None
    opened = known.opened
    case, policy = opened.case, follow(opened.policy)
    added = child_named(child_on(form, told.another)) if told.another else None
    child = added.party if added else told.child or known.child
    said = risen_to(form, case, policy, is_ours=known.issue is not None)
    stage = known.issue.stage if known.issue else said or told.risen_to or case.stage
    issue = known.issue.issue if known.issue else ""
    about = About(form=form, case=case, policy=policy, stage=stage, risen_to=said, issue=issue, child=child)
    if form.definition.per_child and not known.child and case.raised.children:
        about = replace(about, children=case.raised.children, names_another=is_of_another(form, case), added=added)
        if not child:
            return about
        with desk.reading() as con:
            known = replace(known, newer=newer_than(con, form, case, known.issue, child))
    found = _beside(desk, form, known, about)
    if higher := may_rise_to(known, form, policy, found):
        about = replace(about, may_rise_to=higher, risen_to=told.risen_to)
    return replace(about, differences=left_for_newer(found) if known.newer.came_in else found)


def _beside(desk: Desk, form: ReturnedForm, known: Whose, about: About) -> tuple[Difference, ...]:
    """Return every field three ways, with the case as it would be with the child that the form adds to it."""
    assert known.opened is not None
    opened = with_child(known.opened, about.added) if about.added else known.opened
    now = case_answers(desk, opened, form.definition, about.child, about.stage if form.definition.per_stage else "")
    sent = _sent(form, known, about.child)
    if sent and is_logged(opened.case):
        # Of a logged case the record knows by its forms alone what it does not ask for itself, such as an address.
        now = {**now, **{one: words for one, words in sent.items() if not now.get(one, "").strip()}}
    return set_aside(compare(form, sent, now), _cells_of_others(form, known, sent, now))


def beside_nothing(desk: Desk, form: ReturnedForm) -> About:
    """Return the form as one that opens a case in this record: what it says stands.

    Raises:
        NotFound: setup has not been run.
    """
    policy = policy_for(desk, form)
    about = About(form=form, case=None, policy=policy, stage=stage_said(form, policy))
    found = set_aside(compare(form, None, {}), cells_of_others(form.definition, form.texts, {}, (form.reference,)))
    return replace(about, differences=found)


def accept(desk: Desk, looked: Looked, about: About, answers: Answers, draft: DraftOf | None = None) -> Recorded:
    """Record what was accepted of a form, the file as it came, and what follows from it: all of it, or nothing.

    Raises:
        SomeoneWasFirst: the case changed, or the same file was received, since the form was looked at.
        CannotDecide: a day that cannot be.
    """
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        if before := received_before(book.reading, looked.digest):
            raise SomeoneWasFirst(
                f"{before.reference}: this file was received meanwhile, as entry {before.entry}", recorded=""
            )
        opened: OpenCase | None = None
        if about.case is None:
            logged = logged_by(looked.form, about.policy.name, answers, child=answers.text("log_child"))
            stream = open_logged_case(desk, book, logged)
            children = desk.read(book, stream).case.raised.children if looked.form.definition.per_child else ()
            about = replace(about, stage=logged.stage, child=children[0] if children else "")
        else:
            stream = about.case.stream
            book.refuse_late(stream, about.case.last_sequence, [draft.event_id] if draft else [])
            opened = desk.read(book, stream)
            if entry := removed_since(opened, looked.digest):
                raise CannotDecide(
                    f"{opened.case.reference}: this file was received as entry {entry}; words of it were removed since",
                    remedy="what must not be kept is not taken in again",
                    recorded="",
                )
        accepted = _Accepted(looked, about, answers)
        events: tuple[e.Event, ...] = ()
        first = draft
        if about.added:
            named = child_added(about.added, answers.day("came_on") or desk.today, desk.today)
            events, first = book.append(stream, desk.new_events(named, draft), scribe), None
        events += book.append(stream, desk.new_events(_decided(desk, book, stream, accepted), first), scribe)
        events += book.append(stream, desk.new_events(_met(desk, book, stream, accepted)), scribe)
        received = next(event for event in events if isinstance(event.fact, e.FormReceived))
        book.keep_received(ReceivedFile(event_id=received.id, digest=looked.digest, content=looked.content))
        after = desk.keep(book, stream)
        if draft:
            book.drop_draft(draft.id)
    return Recorded(opened, after, events if opened else after.chronology)


@dataclass(frozen=True, slots=True)
class _Accepted:
    looked: Looked
    about: About
    answers: Answers


def _decided(desk: Desk, book: Book, stream: str, accepted: _Accepted) -> tuple[Decided, ...]:
    """Return the entries of one form, in their order: a stage it says was reached, the form, what follows from it."""
    looked, about, answers = accepted.looked, accepted.about, accepted.answers
    form = looked.form
    opened = desk.read(book, stream)
    on = answers.day("came_on") or desk.today
    stood = taken(about, answers)
    own = own_answers(desk, opened, form.definition, about.child, about.stage)
    received = e.FormReceived(
        form=form.definition.id,
        form_version=form.definition.version,
        issue=about.issue,
        stage=about.stage or opened.case.stage,
        child=about.child,
        digest=looked.digest,
        identified_by=_identified_by(looked.whose, about, answers),
        how=form.how,
        from_whom=answers.text("from_whom"),
        read=form.texts,
        taken=stood,
        beside={field: own.get(field, "") for field in stood},
        not_placed=kept_beside(about, answers),
    )
    policy = follow(opened.policy)
    risen_on = answers.day("risen_on")
    risen = stage_risen(opened.case, about.risen_to, risen_on, policy) if about.risen_to and risen_on else ()
    beside = following(about, stood, answers, on)
    return (*risen, *deciding.record(opened.case, (Decided(fact=received, on=on), *beside), desk.today))


def _met(desk: Desk, book: Book, stream: str, accepted: _Accepted) -> tuple[Decided, ...]:
    """Return what the form that came in is the sending of, by what the case owes now that its stage is recorded."""
    opened = desk.read(book, stream)
    on = accepted.answers.day("came_on") or desk.today
    return met_by_form(opened.case, follow(opened.policy), opened.owed, accepted.looked.form.definition.id, on)


def _identified_by(known: Whose, about: About, answers: Answers) -> IdentifiedBy:
    """Return how its case was known: what the file says counts only where nobody said otherwise."""
    is_as_found = known.opened is not None and about.case is not None and known.stream == about.case.stream
    return known.by if is_as_found and not answers.says("same_case", "no") else "answered"


def _sent(form: ReturnedForm, known: Whose, child: str) -> Mapping[str, str] | None:
    """Return what the form said before: in the issue it came of, or, in a logged case, when it came in last."""
    assert known.opened is not None
    if known.issue:
        return known.issue.answers
    if not is_logged(known.opened.case):
        return None
    received = (cast(e.FormReceived, event.fact) for event in known.opened.case.of(e.FormReceived))
    before = [fact.read for fact in received if (fact.form, fact.child) == (form.definition.id, child)]
    return before[-1] if before else None


def _cells_of_others(
    form: ReturnedForm, known: Whose, sent: Mapping[str, str] | None, now: Mapping[str, str]
) -> frozenset[str]:
    """Return the cells of rows about another case: of a logged one, its own are those of the form that came first."""
    assert known.opened is not None
    case = known.opened.case
    references = (case.raised.reference, case.raised.their_reference)
    if sent is None or not is_logged(case):
        return cells_of_others(form.definition, form.texts, {} if is_logged(case) else now, references)
    others = cells_of_others(form.definition, sent, {}, references)
    own = {one: words for one, words in sent.items() if one not in others}
    return cells_of_others(form.definition, form.texts, own, references)


def policy_for(desk: Desk, form: ReturnedForm) -> Policy:
    """Return the policy a case is logged under: setup's where the form is one of its own, else the one whose it is."""
    own = desk.setup().policy
    for name in dict.fromkeys((own, *places.names("policies", desk.home))):
        policy, _ = load_policy(name)
        if any(use.form == form.definition.id for use in policy.form):
            return follow(policy)
    return follow(load_policy(own)[0])
