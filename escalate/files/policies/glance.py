"""A glance at a policy kept with a case: titles and times, without checking the text again.

The text was checked when the case was raised under it. Reading commands need a few of its words and must start at
once, so that this reads TOML with the standard library alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class PolicyGlance:
    """What reading commands say of a policy, by stage, clock, contact and form id.

    Args:
        between: stage id to who speaks to whom.
        allows: clock or duty id to its time as written, the followed reading's where the source was in doubt.
        stages: stage id to its title.
        themes: theme id to its title.
        contacts: contact id to its title, telephone and e-mail, as printed in the source.
        forms: form id to its title.
        risk_says: what the policy says of immediate risk.
        bands: band of urgency to its title.
        called: the policy's own word for a stage.
    """

    title: str
    edition: str
    stages: Mapping[str, str]
    themes: Mapping[str, str]
    between: Mapping[str, tuple[str, str]]
    stand_ins: Mapping[str, str]
    allows: Mapping[str, str]
    contacts: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, str]
    risk_says: tuple[str, ...]
    bands: Mapping[str, str]
    called: str


@lru_cache(maxsize=8)
def glance(text: str) -> PolicyGlance:
    """Return what a policy's stored text says, at a glance.

    Raises:
        tomllib.TOMLDecodeError, KeyError: the text is not that of a policy.
    """
    import tomllib

    tables = tomllib.loads(text)
    stages = tables["stage"]
    clocks = tables.get("clock", [])
    allows = {item["id"]: item.get("within", "") for item in (*clocks, *tables.get("duty", []))}
    for doubt in (*tables.get("contradiction", []), *tables.get("ambiguity", [])):
        if within := doubt["readings"][doubt["followed"]].get("within"):
            about = doubt["about"]
            allows |= dict.fromkeys([about] if isinstance(about, str) else about, within)
    return PolicyGlance(
        title=tables["policy"]["title"],
        edition=tables["policy"]["edition"],
        stages={stage["id"]: stage["title"] for stage in stages},
        themes={theme["id"]: theme["title"] for theme in tables.get("theme", [])},
        between={stage["id"]: (stage["between"][0], stage["between"][1]) for stage in stages},
        stand_ins={stage["id"]: stage["stand_in"] for stage in stages if stage.get("stand_in")},
        allows=allows,
        contacts={
            contact["id"]: (contact["title"], contact.get("telephone", ""), contact.get("email", ""))
            for contact in tables.get("contact", [])
        },
        forms={form["form"]: form["title"] for form in tables.get("form", [])},
        bands={band["id"]: band["title"] for band in tables.get("band", [])},
        called=tables["policy"].get("called", "stage"),
        risk_says=tuple(effect["says"] for effect in tables.get("immediate_risk", [])),
    )
