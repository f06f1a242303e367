"""Entries about going up and ending, in words."""

from __future__ import annotations

from escalate.core import events as e
from escalate.render.days import format_day
from escalate.render.entry_said import HOW, Said, entry_said, say_actions
from escalate.render.names_in_case import Names

_GROUNDS = {
    "unresolved": "the stage before ended without agreement",
    "no response": "there was no response",
    "out of time": "the time for the stage before had run out",
    "significant policy issue": "it raises a significant policy issue",
    "immediate risk": "a child was at immediate risk",
    "skipped": "the stages between were passed over",
    "logged": "a form that came in says so",
}
_PASSED = {"out of time": "Agreed date that passed"}


@entry_said.register
def _(fact: e.StageEntered, names: Names) -> Said:
    own_words = f" ({fact.ground})" if fact.ground not in ("raised", "skipped") else ""
    why = f", because {_GROUNDS[fact.ground].replace('stage', names.called)}" if fact.ground in _GROUNDS else own_words
    return Said(
        f"{names.stage(fact.stage)} was entered{why}", (("Reason", fact.reason), ("Who acts there", fact.people))
    )


@entry_said.register
def _(fact: e.OutcomeRecorded, names: Names) -> Said:
    rung = names.rung(fact.stage)
    return Said(
        f"{rung[:1].upper()}{rung[1:]} ended with {names.of(fact.agency)}: {fact.outcome}",
        (
            ("What was sent, and when" if fact.outcome == "no response" else "What was said", fact.said),
            ("Sent on", format_day(fact.sent_on) if fact.sent_on else ""),
            (_PASSED.get(fact.outcome, "No answer by"), format_day(fact.passed_on) if fact.passed_on else ""),
            ("Decision", fact.decision),
            ("Outstanding", fact.outstanding),
            ("What changed for the child", fact.changed_for_child),
            ("To be confirmed in writing by", names.of(fact.confirms)),
            ("Agreed actions", say_actions(fact.actions, names)),
        ),
    )


@entry_said.register
def _(fact: e.OutcomeConfirmed, names: Names) -> Said:
    by = f" by {names.of(fact.by)}" if fact.by else ""
    to = f" to {names.of(fact.to)}" if fact.to else ""
    how = f", {HOW.get(fact.how, fact.how)}" if fact.how else ""
    agency = names.of(fact.agency)
    return Said(f"The outcome of {names.rung(fact.stage)} with {agency} was confirmed in writing{by}{to}{how}")


@entry_said.register
def _(fact: e.RecommendationMade, names: Names) -> Said:
    by = names.of(fact.by)
    own = {"decides": "decided,", "mediates": "proposed,"}.get(fact.does, "recommended,")
    does = "decided, binding every agency," if fact.binds else own
    return Said(
        f"{by[:1].upper()}{by[1:]} {does} at {names.rung(fact.stage)}",
        (
            ("In these words", fact.recommendation),
            ("From", names.of(fact.agency)),
        ),
    )


@entry_said.register
def _(fact: e.AgencyResponded, names: Names) -> Said:
    said = f"{names.of(fact.agency)} answered the recommendation: {fact.response}"
    return Said(said, (("In these words", fact.note),))


@entry_said.register
def _(fact: e.Withdrawn, names: Names) -> Said:
    return Said(
        f"The escalation was withdrawn; wanted by {names.of(fact.wanted_by)}",
        (
            ("Reason", fact.reason),
            ("Manager who knows", names.of(fact.manager_who_knows)),
            ("What changed for the child", fact.changed_for_child),
        ),
    )


@entry_said.register
def _(fact: e.Reopened, _names: Names) -> Said:
    return Said("The case was opened again, at the stage it was at", (("Reason", fact.reason),))


@entry_said.register
def _(fact: e.DepartureRecorded, _names: Names) -> Said:
    rule = f" (rule {fact.rule})" if fact.rule else ""
    return Said(f"Otherwise than the policy says{rule}: {fact.what}", (("Reason", fact.reason),))
