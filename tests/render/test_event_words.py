"""Every kind of entry is said, and nothing that anybody wrote in it is left out."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from datetime import date
from typing import Any

import pytest

from escalate.core import events as e
from escalate.render.event_words import describe
from escalate.render.names_in_case import Names

NOBODY = Names(parties={}, stages={}, acts={}, actions={}, themes={}, forms={}, bands={})
SHOWN_OTHERWISE = {
    "party named": {"party"},
    # The head of the page says these; digests and ids are nobody's words.
    "concern raised": {"reference", "policy", "policy_digest", "calendar_version", "their_case"},
    "stage entered": {"left"},
    "recommendation made": {"does"},
    "form issued": {"stage", "digest", "content_digest", "answers"},
    "form received": {"stage"},
    "cases linked": {"other"},
    "cases unlinked": {"other"},
}
OF_OTHER_STREAMS = (
    e.SetupRecorded,
    e.CalendarStored,
    e.AgencyClosureRecorded,
    e.AgencyClosureCancelled,
    e.LogGivenOut,
    e.ReportIssued,
)
SAID_BY_THE_CHRONOLOGY = (e.Corrected, e.Redacted, e.AnothersEntryCorrected, e.AnothersEntryRedacted)
KINDS = [fact for fact in e.FACTS if fact not in OF_OTHER_STREAMS + SAID_BY_THE_CHRONOLOGY]


def sample(hint: Any, name: str) -> Any:
    """A value of a field's type in which the field's own name can be found again."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return sample(typing.get_args(hint)[0], name)
    if origin is typing.Literal:
        return typing.get_args(hint)[0]
    if origin in (typing.Union, types.UnionType):
        return sample(typing.get_args(hint)[0], name)
    if origin is tuple:
        return (sample(typing.get_args(hint)[0], name),)
    if hint is date:
        return date(2026, 4, 10)
    if dataclasses.is_dataclass(hint):
        return filled(hint)
    if hint is bool:
        return False
    if hint is int:
        return 1
    if hint is str:
        return f"<{name} said [redacted] Łukasz>"
    return {f"<{name}>": "yes"}


def filled(shape: Any) -> Any:
    hints = typing.get_type_hints(shape, include_extras=True)
    return shape(**{field.name: sample(hints[field.name], field.name) for field in dataclasses.fields(shape)})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_word_of_an_entry_is_shown(kind: type[e.Fact]) -> None:
    fact = filled(kind)

    said = describe(fact, NOBODY)

    shown = said.sentence + "".join(f"{label} {words}" for label, words in said.details)
    written = {field.name for field in dataclasses.fields(fact) if "<" in repr(getattr(fact, field.name))}
    unseen = {name for name in written if not re.search(f"<{name}[ >]", shown) and name != "actions"}
    assert unseen == SHOWN_OTHERWISE.get(kind.kind, set())


def test_an_agreed_action_is_shown_with_its_owner_and_date() -> None:
    action = e.Action(id="action-1", what="Send the log", owner="Sam Counterpart", by_on=date(2026, 4, 10))
    said = describe(e.DiscussionRecorded(agencies=("agency-1",), said="They spoke.", actions=(action,)), NOBODY)

    assert said.sentence == "It was discussed with name removed"
    assert said.details == (
        ("What was said", "They spoke."),
        ("Agreed actions", "Send the log (Sam Counterpart, by Friday 10 April 2026)"),
    )


def test_whoever_took_part_for_us_stands_apart_from_those_of_the_other_agency() -> None:
    named = (
        e.PartyNamed(party="agency-1", sort="agency", name="Invented Trust"),
        e.PartyNamed(party="person-1", sort="person", name="Sam Counterpart", agency="agency-1"),
        e.PartyNamed(party="person-2", sort="person", name="Alex Practitioner", agency="agency-2"),
        e.PartyNamed(party="person-3", sort="person", name="Kim Elsewhere"),
    )
    names = dataclasses.replace(NOBODY, parties={party.party: party for party in named})

    def said(*people: str) -> str:
        return describe(e.DiscussionRecorded(agencies=("agency-1",), said="They spoke.", people=people), names).sentence

    assert said("person-2", "person-1", "person-3") == (
        "It was discussed by Alex Practitioner with Invented Trust (Sam Counterpart and Kim Elsewhere)"
    )
    assert said("person-2") == "It was discussed by Alex Practitioner with Invented Trust"
    assert said("person-1") == "It was discussed with Invented Trust (Sam Counterpart)"


def test_the_words_of_an_entry_that_are_gone_are_said_to_be_gone() -> None:
    assert describe(None, NOBODY).sentence == "The words of this entry were removed"


def test_a_withheld_address_is_not_shown() -> None:
    party = e.PartyNamed(party="child-1", sort="child", name="Rowan", address="1 Invented Lane", address_withheld=True)

    assert describe(party, NOBODY).details == (("Address", "withheld"),)


def test_what_was_sent_to_an_agency_that_did_not_answer_is_named_so() -> None:
    outcome = e.OutcomeRecorded(agency="agency-1", stage="1", outcome="no response", said="Two e-mails.")

    assert describe(outcome, NOBODY).details == (("What was sent, and when", "Two e-mails."),)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_an_entry_is_said_whichever_of_its_words_was_chosen(kind: type[e.Fact]) -> None:
    hints = typing.get_type_hints(kind, include_extras=True)
    for name, hint in hints.items():
        if typing.get_origin(hint) is typing.Literal:
            for chosen in typing.get_args(hint):
                fact = dataclasses.replace(filled(kind), **{name: chosen})
                assert describe(fact, NOBODY).sentence


def test_how_a_counterpart_was_told_may_be_unknown() -> None:
    told = e.CounterpartTold(agency="an agency", how="not known")

    assert describe(told, NOBODY).sentence.endswith("was told in a way that is not known")


def test_an_agency_without_a_name_here_was_removed_only_where_a_name_was() -> None:
    removed = dataclasses.replace(NOBODY, has_removed=True)

    assert (NOBODY.agency("agency-x"), removed.agency("agency-x")) == ("an agency not named here", "name removed")
