"""Agreeing dates, and saying what became of duties and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from escalate.ask.dates import format_date
from escalate.ask.question import Option, Question, Script, Step, always, answered
from escalate.ask.scripts.channels import HOW_DONE
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.recording import before_told, on_question
from escalate.ask.scripts.safety import risk_questions
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.owed import Owed


def agree_script(case: Case, owed: Sequence[Owed], known: Known) -> Script:
    """Return the interview of `agree`: a date proposed or agreed for one thing owed."""
    dated = {one.key: one for one in by_urgency(case, owed) if one.sort in ("clock", "duty")}

    def is_later(answers: Answers) -> bool:
        one, day = dated.get(answers.text("item")), answers.day("by_on")
        policy_on = one.policy_due_on if one else None
        return bool(day and policy_on and day > policy_on) and answers.says("kind", "agreed")

    def later_too(question: Question) -> Question:
        return replace(question, when=lambda answers: is_later(answers) and question.when(answers))

    which = (
        Question(
            id="item",
            text="Which date is it about?",
            kind="choice",
            options=tuple(Option(key, _shown(one, case)) for key, one in dated.items()),
            required=True,
            label="What for",
            help="What is owed, yours first, each with the date it has now. A sooner date governs from now on; a later "
            "one is kept beside the policy's own, which goes on counting.",
        ),
        Question(
            id="kind",
            text="Was it agreed, or only proposed?",
            kind="choice",
            options=(
                Option("agreed", "agreed: both sides said yes"),
                Option("proposed", "proposed: one side has named it, the other has not answered"),
            ),
            required=True,
            label="Agreed or proposed",
            help="A date that is only proposed changes nothing yet. It stays on escalate due, to be answered.",
        ),
        on_question(
            known, case, always, "On which day was that said?", doubt=lambda value, _: before_told(case, value)
        ),
    )
    rest = (
        Question(
            id="with",
            text="With whom, or by whom?",
            kind="text",
            required=True,
            offered=people_of(case),
            asks="a name",
            label="With",
            help="A name or a post: who agreed it with you, or who proposed it.",
            example="Sam Placeholder, team manager",
        ),
        Question(
            id="reason",
            text="Why that day?",
            kind="long",
            label="Reason",
            help="Whoever asks later why it was not sooner reads this.",
            example="The next visit is on 16 April.",
        ),
        *(later_too(question) for question in risk_questions(known, again=True)),
        Question(
            id="safe_until_then",
            text="It is later than the policy's own date. What keeps the child safe until then?",
            kind="long",
            required=True,
            when=is_later,
            label="What keeps the child safe until then",
            help="What somebody does, and how often: not what nobody has heard of.",
            example="School sees him every day; the health visitor calls on Tuesdays and Fridays.",
        ),
        Question(
            id="safe_confirmed_by",
            text="Who confirmed that?",
            kind="text",
            required=True,
            offered=people_of(case),
            when=is_later,
            asks="a name",
            label="Confirmed by",
            help="The person who sees to it, by name or post.",
            example="Alex Specimen, class teacher",
        ),
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        by = Question(
            id="by_on",
            text="By which day?",
            kind="date",
            required=True,
            earliest=answers.day("on") or case.concern_on,
            label="By",
            help="The last day on which it still counts as kept.",
        )
        return (*which, by, *rest)

    return script


def people_of(case: Case) -> tuple[Option, ...]:
    """Return the people named in a case, each once, to be chosen by name: the name is the answer."""
    found: dict[str, Option] = {}
    for party in case.parties.values():
        if party.sort == "person" and party.name:
            beside = ", ".join(part for part in (party.name, party.role, case.name_of(party.agency)) if part)
            found.setdefault(party.name, Option(party.name, beside, words=(party.name,)))
    return tuple(found.values())


def do_script(case: Case, owed: Sequence[Owed], known: Known) -> Script:
    """Return the interview of `do`: a duty or an action, done or not applicable; ours first, the soonest first."""
    open_ones = {one.key: one for one in by_urgency(case, can_be_done(owed, known.today))}
    options = tuple(Option(key, _shown(one, case)) for key, one in open_ones.items())
    which = Question(
        id="item",
        text="Which of these is it about?",
        kind="choice",
        options=options,
        required=True,
        label="What",
        help="What is owed and can be ticked off, yours first, each with its date. A duty is what the policy says "
        "somebody must or should do; an action is what somebody promised.",
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        return (which, *_became(case, open_ones.get(answers.text("item")), known))

    return script


def can_be_done(owed: Sequence[Owed], today: date) -> list[Owed]:
    """Return what is open and can be ticked off: as `due`, without what only time brings before its day has come."""
    found = [one for one in owed if one.is_open and one.sort in ("duty", "action", "proposal")]
    return [one for one in found if one.shows_from is None or one.shows_from <= today]


def _became(case: Case, one: Owed | None, known: Known) -> tuple[Step, ...]:
    """Return what is asked of what became of one thing; of nothing chosen yet, what is asked of a duty."""
    sort = one.sort if one else "duty"
    done = Option("done", "it was done")
    became = {
        "duty": (done,),
        "action": (done, Option("in part", "it was done in part"), Option("not done", "I asked, and it was not done")),
        "proposal": (),
    }[sort]
    is_duty_done = answered("what", "done") if sort == "duty" else (lambda _: False)
    return (
        Question(
            id="what",
            text="What became of it?",
            kind="choice",
            options=(*became, Option("not applicable", "it does not apply here")),
            required=True,
            label="What became of it",
            help=_HELP[sort],
        ),
        on_question(known, case, always),
        Question(
            id="to",
            text="To whom?",
            kind="text",
            required=True,
            default=one.to if one else "",
            when=is_duty_done,
            asks="who",
            label="To whom",
            help="Who was told, or who got it: a name or a post. Without it nobody can show that it was done.",
        ),
        Question(
            id="how",
            text="How?",
            kind="choice",
            options=HOW_DONE,
            required=True,
            when=is_duty_done,
            label="How",
            help="escalate itself has told nobody: say how you did.",
        ),
        Question(
            id="reason",
            text="Why does it not apply?",
            kind="long",
            required=True,
            when=answered("what", "not applicable"),
            label="Reason",
            help="It comes off the list and stays in the record, with your reason.",
            example="The child has no social worker, so there is nobody to tell.",
        ),
        Question(
            id="note",
            text="Anything to add?",
            kind="long",
            when=answered("what", "done", "in part", "not done"),
            waits=always if sort == "duty" else answered("what", "done"),
            label="Note",
            help="What is still to do, or what they answered.",
        ),
    )


_HELP = {
    "duty": "Choose done only for what was really done: you are asked to whom and how.",
    "action": "An action that was not done, or not wholly, stays on escalate due.",
    "proposal": "A date that was proposed is accepted by escalate agree. Here you can only say that it is refused.",
}


def by_urgency(case: Case, owed: Sequence[Owed]) -> list[Owed]:
    """Return what is open: ours first, then by date, what has none at the end."""
    ours = (case.raised.our_side, "both")
    found = [one for one in owed if one.is_open]
    return sorted(found, key=lambda one: (one.party not in ours and bool(one.party), one.due_on or date.max))


def _shown(one: Owed, case: Case) -> str:
    when = f"by {format_date(one.due_on)}" if one.due_on else "no date"
    if one.sort == "action":
        return f"{one.act} ({when})"
    theirs = "" if one.party in (case.raised.our_side, "both", "") else "; theirs"
    about = f"; {one.about}" if one.about else ""
    return f"{one.who} {one.force} {one.act} ({when}{about}{theirs})".strip()
