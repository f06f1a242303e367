"""One form that came in: beside its case, shown, decided by a person or as proposed, and recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from escalate.ask.answer_file import answers_from_file
from escalate.ask.proposals import proposals
from escalate.ask.question import Option, Script, Step
from escalate.ask.scripts.receiving import Coming, receive_script
from escalate.ask.written_answers import Written, keys_written
from escalate.casework.desk import Desk, DraftOf, Recorded
from escalate.casework.receiving import Looked, accept, beside_case, beside_nothing
from escalate.casework.receiving_logged import Told
from escalate.casework.receiving_opening import perhaps_of
from escalate.casework.receiving_whose import Whose, whose
from escalate.cli.interviewing import Interviewer
from escalate.cli.sitting import known_at
from escalate.core.answers import Answers
from escalate.core.forms.accepted import ANOTHER_CHILD, NOT_RISEN, ONE_BY_ONE, About
from escalate.core.forms.logged import child_said
from escalate.core.forms.returned import Difference, ReturnedForm
from escalate.core.references import initials
from escalate.errors import AnswersMissing, EscalateError, NotFound
from escalate.render.received_page import Belonging

OFF_A_TERMINAL = (
    "where your agency is the one challenged: escalate receive FILE, at a terminal, opens the case from the form;"
    " or escalate raise --received --from answers.toml, then receive the form with --case REF"
)
"""How a case put to our agency is opened, for whoever cannot be asked."""

FormOf = Callable[[Answers], ReturnedForm | None]
Questions = Callable[[Answers], tuple[Step, ...]]


class ByHand(NamedTuple):
    """A form that is typed in: what it says by the answers so far, None while it is no form yet, and the questions.

    `refuse` raises an error about answers that were given whole and cannot be recorded.
    """

    form_of: FormOf
    first: Questions
    refuse: Callable[[Answers], None] = lambda _: None


@dataclass
class Beside:
    """A form beside whichever case the answers name, made once for each: an interview asks after every answer."""

    desk: Desk
    form_of: FormOf
    found: Whose
    made: dict[tuple[object, ...], About | None] = field(default_factory=dict)

    def about(self, answers: Answers) -> About | None:
        """Return the form beside the case these answers name; None while they name none, or say no form."""
        form = self.form_of(answers)
        if form is None:
            return None
        reference = "" if self._is_found(answers) else answers.text("case")
        named = self._is_found(answers) or bool(reference)
        if not named and not answers.says("log", "yes"):
            return None
        told = [answers.text(question) for question in ("child", "child_name", "risen_to")]
        key = (named, reference, *told, form.definition.id, tuple(form.texts.items()))
        if key not in self.made:
            self.made[key] = self._made(form, reference, answers) if named else beside_nothing(self.desk, form)
        return self.made[key]

    def _is_found(self, answers: Answers) -> bool:
        return self.found.is_sure or answers.says("same_case", "yes")

    def _made(self, form: ReturnedForm, reference: str, answers: Answers) -> About | None:
        if form.how == "typed in by hand" and self.found.opened:
            reference = reference or self.found.opened.case.reference  # what was found, was found for an empty form
        known = whose(self.desk, form, reference) if reference else self.found
        children = known.opened.case.raised.children if known.opened else ()
        place, risen_to = answers.text("child"), answers.text("risen_to")
        told = Told(
            child=children[int(place) - 1] if place.isdecimal() and 0 < int(place) <= len(children) else "",
            another=answers.text("child_name") if place == ANOTHER_CHILD else "",
            risen_to="" if risen_to == NOT_RISEN else risen_to,
        )
        return beside_case(self.desk, form, known, told)


@dataclass(frozen=True, slots=True)
class Way:
    """How one form's answers are come by: by a person, or as proposed, with what a file and the options say."""

    accept: bool = False
    log: bool = False
    source: str | Written | None = None
    plain: bool = False


def belonging(known: Whose, *, as_proposed: bool = False) -> Belonging:
    """Return whose a form is, as it is shown; `as_proposed`: nobody is asked, and what is proposed is done."""
    if known.opened is None:
        return Belonging(doubts=known.doubts)
    return Belonging(
        reference=known.opened.case.reference,
        subject=_subject(known),
        by=known.by,
        is_sure=known.is_sure,
        issue=known.issue.issue if known.issue else "",
        before="last time" if known.opened.case.raised.our_side == "partnership" else "sent",
        fits=known.fits,
        doubts=known.doubts,
        newer=known.newer.why,
        as_proposed=as_proposed,
    )


def differences(desk: Desk, looked: Looked) -> tuple[Difference, ...]:
    """Return every field of a form beside the case it seems to belong to, or beside nothing."""
    about = beside_case(desk, looked.form, looked.whose)
    if about and about.names_another:
        about = beside_case(desk, looked.form, looked.whose, Told(another=child_said(looked.form)))
    if about and about.differences:
        return tuple(about.differences)
    return tuple(beside_nothing(desk, looked.form).differences)


def is_unchanged(desk: Desk, looked: Looked) -> bool:
    """Return whether a form came back just as it went out, so that there is nothing to decide about it."""
    if not looked.whose.is_sure or looked.whose.issue is None or looked.form.not_placed or looked.form.warnings:
        return False
    return all(one.is_quiet for one in differences(desk, looked))


def decide_and_record(
    desk: Desk, looked: Looked, way: Way, by_hand: ByHand | None = None
) -> tuple[Recorded, About] | None:
    """Return what was recorded of a form and the case it was put beside; None where a person left it aside.

    Args:
        by_hand: of a form that is typed in, what it says by the answers so far, and the questions for that.
    Raises:
        AnswersMissing: there is nobody to ask, and something must be.
        Interrupted: the person left; nothing is recorded, and the answers are kept as a draft.
    """
    form_of, first, refuse = by_hand or ByHand(lambda _: looked.form, lambda _: ())
    beside = Beside(desk, form_of, looked.whose)
    coming = _coming(desk, looked, beside, first)
    script = receive_script(replace(coming, adds_children=way.log or not way.accept))
    answers, draft = _answers(desk, looked, script, way)
    refuse(answers)
    about = beside.about(answers)
    if about is None:
        if draft:
            desk.ledger.drop_draft(draft.id)
        return None
    return accept(desk, replace(looked, form=about.form), about, answers, draft), about


def _coming(desk: Desk, looked: Looked, beside: Beside, first: Questions) -> Coming:
    known = looked.whose

    def finds(reference: str) -> str | None:
        try:
            desk.find(reference)
        except NotFound as problem:
            return problem.what
        return None

    return Coming(
        known=known_at(desk),
        reference=known.opened.case.reference if known.opened else "",
        subject=_subject(known),
        is_sure=known.is_sure,
        doubts=known.doubts,
        fits=known.fits,
        finds=finds,
        perhaps=tuple(Option(one, f"{one}, about {whom}") for one, whom in perhaps_of(desk, looked)),
        about=beside.about,
        first=first,
    )


def _answers(desk: Desk, looked: Looked, script: Script, way: Way) -> tuple[Answers, DraftOf | None]:
    table = way.source.table if isinstance(way.source, Written) else ""
    if not way.accept:
        interviewer = Interviewer(desk, "receive", way.source, plain=way.plain)
        return interviewer.answers(script, f"file-{looked.digest[:24]}", given=lambda text: _one_by_one(text, table))
    given = Answers({"log": "yes"}) if way.log else Answers()
    if looked.whose.opened is None and not way.log and way.source is None:
        raise AnswersMissing(
            "the form belongs to no case of this record, as far as it says",
            remedy=f"say which: --case REF; a partnership opens a case for it: --log; {OFF_A_TERMINAL}",
            recorded="",
        )
    option = "--log" if way.log else "--accept"
    try:
        if way.source is not None:
            interviewer = Interviewer(desk, "receive", way.source, plain=way.plain)

            def proposed_beside(text: str) -> Answers:
                also = Answers({**given, **_one_by_one(text, table)})
                return proposals(script, text, also, desk.today, table)

            return interviewer.answers(script, given=proposed_beside)
        proposed = proposals(script, "", given, desk.today)
        return answers_from_file(script, "", f"what {option} takes as proposed", proposed)[0], None
    except EscalateError as refused:
        refused.remedy = refused.remedy or _remedy(refused, looked, way, option)
        raise


def _remedy(refused: EscalateError, looked: Looked, way: Way, option: str) -> str:
    """Return what to do about answers that nobody was asked for; what is wrong with one in a file, it says itself."""
    said = [one.what for one in refused.problems]
    if way.source is None:
        lacking = ", ".join(what.split('"')[1] for what in said if '" is missing' in what)
        begins = f"--from gives what the form lacks ({lacking})" if way.log and lacking else "answer these"
        return (
            f"{begins} in a file: escalate receive FILE {option} --from answers.toml;"
            " or at a terminal: escalate receive FILE"
        )
    if looked.whose.opened and any(what.startswith('unknown key "log_') for what in said):
        return (
            f"the form is of case {looked.whose.opened.case.reference}, which is known here now: nothing is logged"
            " again; take out the answers whose keys begin with log_"
        )
    return ""


def _one_by_one(text: str, table: str) -> Answers:
    """Return that fields are decided one by one, where answers in a file decide about a field and do not say how."""
    keys = keys_written(text, table)
    decides = "how" not in keys and any(key.startswith("field_") for key in keys)
    return Answers({"how": ONE_BY_ONE}) if decides else Answers()


def _subject(known: Whose) -> str:
    if known.opened is None:
        return ""
    case = known.opened.case
    return ", ".join(initials(child.name) for child in case.children) or case.raised.about_theme
