"""What opaque ids are called when a case is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from escalate.core.events import PartyNamed
from escalate.core.ladder import say_stages


@dataclass(frozen=True, slots=True)
class Names:
    """What opaque ids are called in one case.

    Args:
        parties: party id to the party as named last.
        stages: stage id to its title.
        acts: item key to who must do what.
        actions: action id to what was agreed.
        themes: theme id to its title.
        forms: form id to its title.
        bands: band of urgency to its title.
        called: the policy's own word for a stage.
        labels: form id to what its fields are called, by id; empty where no form went out or came in.
        points: learning point's key to its number and words: '2, "Ask schools earlier."'.
        sent: issue of a form to what it was sent out with, by field.
        has_removed: a name was removed from the case: one that is missing may be that.
    """

    parties: Mapping[str, PartyNamed]
    stages: Mapping[str, str]
    acts: Mapping[str, str]
    actions: Mapping[str, str]
    themes: Mapping[str, str]
    forms: Mapping[str, str]
    bands: Mapping[str, str]
    called: str = "stage"
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_removed: bool = False

    def of(self, party: str) -> str:
        """Return a party's name; text that is no party's id as it is; "name removed" where the name is gone."""
        found = self.parties.get(party)
        if found:
            return found.name
        is_id = party.partition("-")[0] in ("person", "agency", "child") and " " not in party
        return "name removed" if is_id else party

    def agency(self, agency: str) -> str:
        """Return an agency's name; where a record never had it, and none was removed, that it is not named here."""
        is_known = agency in self.parties or self.has_removed
        return self.of(agency) if is_known else "an agency not named here"

    def agency_of(self, person: str) -> str:
        """Return the id of the agency that a person was named as one of; "" where none is known."""
        found = self.parties.get(person)
        return found.agency if found else ""

    def all(self, parties: Sequence[str], nobody: str = "nobody named") -> str:
        """Return several names as people list them: "A, B and C"."""
        names = [self.of(party) for party in parties]
        if len(names) < 2:
            return names[0] if names else nobody
        return f"{', '.join(names[:-1])} and {names[-1]}"

    def stage(self, stage: str) -> str:
        return self.stages.get(stage, self.rung(stage))

    def rung(self, stage: str) -> str:
        """Return a stage by the policy's own word and its id: "step 2"."""
        return say_stages(self.called, stage)

    def point(self, key: str) -> str:
        """Return a learning point by its number and words: 'learning point 2, "Ask schools earlier."'."""
        return f"learning point {self.points.get(key, key)}"

    def act(self, item: str) -> str:
        return self.acts.get(item, item.replace("-", " "))
