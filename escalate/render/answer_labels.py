"""What each answer of an entry is called, for whoever corrects it: as `show` calls it where it stands under a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from escalate.core import events as e
from escalate.render.days import format_day
from escalate.render.entry_said import entry_said
from escalate.render.names_in_case import Names

LEARNED_OF_IT_ON = "Learned of it on"
_IN_THE_SENTENCE: Mapping[str, Mapping[str, str]] = {
    e.PartyNamed.kind: {
        "name": "Name",
        "role": "Post",
        "address": "Address",
        "address_withheld": "Address withheld",
        "withheld": "Withheld on forms",
    },
    e.ConcernRaised.kind: {"decision_received_on": LEARNED_OF_IT_ON},
    e.RiskConsidered.kind: {"answer": "Immediate risk"},
    e.UrgencyJudged.kind: {"judged_by": "Judged by"},
    e.CounterpartTold.kind: {"how": "How they were told"},
    e.DiscussionRecorded.kind: {"how": "How it was held"},
    e.OversightRecorded.kind: {"manager": "Manager"},
    e.TimescaleProposed.kind: {"by_on": "Date proposed", "proposed_by": "Who proposed it"},
    e.TimescaleAgreed.kind: {"by_on": "Date agreed", "agreed_with": "Agreed with"},
    e.ActionChecked.kind: {"was_done": "What became of it"},
    e.OutcomeRecorded.kind: {"outcome": "How it ended"},
    e.OutcomeConfirmed.kind: {"by": "Confirmed by", "to": "To whom", "how": "How it was sent"},
    e.RecommendationMade.kind: {"by": "Who decided or recommended it", "binds": "Binding every agency"},
    e.AgencyResponded.kind: {"response": "Answer"},
    e.LearningGiven.kind: {"owner": "To whom it was given"},
    e.LearningTaken.kind: {"group": "Group"},
    e.FormReceived.kind: {"identified_by": "Known as this case's", "how": "Read, or typed in by hand"},
    e.HandedOver.kind: {"to": "To whom", "to_agency": "Their agency"},
    e.Withdrawn.kind: {"wanted_by": "Wanted by"},
    e.DepartureRecorded.kind: {"what": "What was done otherwise", "rule": "Rule of the policy"},
}
"""What `show` says in the sentence of an entry, or says otherwise than whoever recorded it was asked."""
_WORDS, _DAY = "\ue000", date(1900, 1, 1)


def answer_labels(fact: e.Fact, fields: Sequence[str], names: Names) -> Mapping[str, str]:
    """Return what these fields of an entry are called, each by its name, with a capital; one without words is left out.

    The label is found where `show` tells the field, so that it is written down in one place only.
    """
    own = _IN_THE_SENTENCE.get(fact.kind, {})
    labels = {name: own.get(name) or _label_in_show(fact, name, names) for name in fields}
    return {name: label for name, label in labels.items() if label}


def _label_in_show(fact: e.Fact, name: str, names: Names) -> str:
    """Return under which label `show` tells a field: that beneath which a mark put into it comes to light."""
    value = getattr(fact, name)
    if value is None or isinstance(value, date):
        marked, mark = replace(fact, **{name: _DAY}), format_day(_DAY)
    elif isinstance(value, str):
        marked, mark = replace(fact, **{name: _WORDS}), _WORDS
    else:
        return ""
    return next((label for label, words in entry_said(marked, names).details if mark in words), "")
