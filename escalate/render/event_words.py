"""One entry of a chronology, in the practitioner's words: a sentence of ours, and people's own words beneath it."""

from __future__ import annotations

from escalate.core import events as e
from escalate.render import climbing_words, coming_home_words, learning_words  # noqa: F401 - they register their kinds
from escalate.render.days import format_day
from escalate.render.entry_said import HOW, Said, entry_said, say_actions
from escalate.render.names_in_case import Names


def describe(fact: e.Fact | None, names: Names) -> Said:
    """Return what an entry says; of one whose words were removed, that they were."""
    if fact is None:
        return Said("The words of this entry were removed")
    said = entry_said(fact, names)
    return Said(said.sentence, tuple((label, words) for label, words in said.details if words))


@entry_said.register
def _(fact: e.PartyNamed, names: Names) -> Said:
    about = {"person": "a person", "agency": "an agency", "child": "a child"}[fact.sort]
    if fact.role:
        about = fact.role
    if fact.agency:
        about += f", {names.of(fact.agency)}"
    now = names.parties.get(fact.party, fact)  # withheld since, it is withheld in every entry
    is_withheld = now.address_withheld or now.withheld or fact.address_withheld or fact.withheld
    address = "withheld" if fact.address and is_withheld else fact.address
    return Said(
        f"{fact.name} was named: {about}",
        (
            ("Born", format_day(fact.born_on) if fact.born_on else ""),
            ("Address", address),
            ("Parental responsibility", fact.parental_responsibility),
            ("Telephone", fact.telephone),
            ("E-mail", fact.email),
            ("Their reference", fact.reference),
            ("On forms", "withheld" if fact.withheld else ""),
        ),
    )


@entry_said.register
def _(fact: e.ConcernRaised, names: Names) -> Said:
    by = ", ".join(said for said in (names.of(fact.raised_by), names.of(fact.raising_agency)) if said)
    ours = {"raising": "", "receiving": "; ours is the agency that was challenged", "partnership": "; logged by us"}
    return Said(
        f"The concern was raised by {by}, with {names.all(fact.receiving_agencies)}{ours[fact.our_side]}",
        (
            ("About", "; ".join(words for words in (names.all(fact.children, ""), fact.about_theme) if words)),
            ("Counterparts", names.all(fact.counterparts, "")),
            ("Decision disagreed with", fact.decision),
            ("Decision learned of on", format_day(fact.decision_received_on)),
            ("Disagreement arose on", format_day(fact.disagreed_on) if fact.disagreed_on else ""),
            ("Concern", fact.concern),
            ("Risk to the child", fact.risk_to_child),
            ("Evidence", fact.evidence),
            ("Nature of the disagreement", fact.nature),
            ("Outcome wanted", fact.outcome_wanted),
            ("What the other side wants", fact.they_want),
            ("What the child has said, and how their day is", fact.child_said),
            ("What the family knows", fact.family_knows),
            ("Why the family was not told", fact.family_not_told),
            ("Themes", "; ".join(names.themes.get(theme, theme) for theme in fact.themes)),
            ("Whether the policy's edition still governs", fact.policy_still_governs),
            ("Its reference where it was raised", fact.their_reference),
        ),
    )


@entry_said.register
def _(fact: e.MoreSaid, names: Names) -> Said:
    return Said(
        "More was said of the concern",
        (
            ("Counterparts", names.all(fact.counterparts, "")),
            ("Risk to the child", fact.risk_to_child),
            ("Evidence", fact.evidence),
            ("Nature of the disagreement", fact.nature),
            ("What the other side wants", fact.they_want),
            ("What the child has said, and how their day is", fact.child_said),
            ("What the family knows", fact.family_knows),
            ("Why the family was not told", fact.family_not_told),
            ("Themes", "; ".join(names.themes.get(theme, theme) for theme in fact.themes)),
        ),
    )


@entry_said.register
def _(fact: e.CalendarAdopted, _names: Names) -> Said:
    return Said(f"From now on days are counted by calendar {fact.version}")


@entry_said.register
def _(fact: e.RiskConsidered, names: Names) -> Said:
    said = {
        "yes": "A child was considered at immediate risk",
        "no": "Asked whether a child is at immediate risk: no",
        "not sure": "It was not certain whether a child was at immediate risk",
    }
    until = format_day(fact.until_on) if fact.until_on else ""
    return Said(
        said[fact.answer],
        (
            ("What keeps the child safe", fact.keeps_safe),
            ("Until", until),
            ("Confirmed by", names.of(fact.confirmed_by)),
        ),
    )


@entry_said.register
def _(fact: e.UrgencyJudged, names: Names) -> Said:
    by = f" by {names.of(fact.judged_by)}" if fact.judged_by else ""
    return Said(f"How urgent it is was judged{by}: {names.bands.get(fact.band, fact.band)}", (("Why", fact.reason),))


@entry_said.register
def _(fact: e.CounterpartTold, names: Names) -> Said:
    who = f"{names.of(fact.person)}, {names.of(fact.agency)}," if fact.person else names.of(fact.agency)
    return Said(f"{who} was told {HOW[fact.how]}", (("What was said", fact.said),))


@entry_said.register
def _(fact: e.SituationRecorded, names: Names) -> Said:
    facts = "; ".join(f"{name}: {answer}" for name, answer in fact.facts.items())
    return Said(f"What is known of {names.of(fact.subject) or 'the case'}: {facts}")


@entry_said.register
def _(fact: e.DiscussionRecorded, names: Names) -> Said:
    here = [one for one in fact.people if names.agency_of(one) in ("", *fact.agencies)]
    by = [one for one in fact.people if one not in here]
    people = f" ({names.all(here)})" if here else ""
    who = f"by {names.all(by)} " if by else ""
    how = f" {HOW.get(fact.how, fact.how)}" if fact.how else ""
    return Said(
        f"It was discussed {who}with {names.all(fact.agencies, 'an agency not named')}{people}{how}",
        (
            ("Chaired by", ", ".join(words for words in (fact.chaired_by, names.of(fact.chair_agency)) if words)),
            ("What was said", fact.said),
            ("Options considered", fact.options),
            ("Decision", fact.decision),
            ("Recommendations", fact.recommendations),
            ("Agreed actions", say_actions(fact.actions, names)),
        ),
    )


@entry_said.register
def _(fact: e.OversightRecorded, names: Names) -> Said:
    return Said(f"{names.of(fact.manager)} looked at it as manager", (("What was said", fact.note),))


@entry_said.register
def _(fact: e.TimescaleProposed, names: Names) -> Said:
    by = names.of(fact.proposed_by) or "Somebody"
    said = f"{by} proposed {format_day(fact.by_on)}, not agreed yet, for this: {names.act(fact.item)}"
    return Said(said, (("Reason", fact.reason),))


@entry_said.register
def _(fact: e.TimescaleAgreed, names: Names) -> Said:
    with_whom = f" with {names.of(fact.agreed_with)}" if fact.agreed_with else ""
    return Said(
        f"{format_day(fact.by_on)} was agreed{with_whom} for this: {names.act(fact.item)}",
        (
            ("Reason", fact.reason),
            ("What keeps the child safe until then", fact.keeps_safe),
            ("Confirmed by", names.of(fact.confirmed_by)),
        ),
    )


@entry_said.register
def _(fact: e.DutyDone, names: Names) -> Said:
    return Said(f"Done: {names.act(fact.item)}", (("To", names.of(fact.to)), ("How", fact.how), ("Note", fact.note)))


@entry_said.register
def _(fact: e.DutyNotApplicable, names: Names) -> Said:
    act = names.act(fact.item)
    return Said(f"Not applicable here: {names.actions.get(fact.item, act)}", (("Reason", fact.reason),))


@entry_said.register
def _(fact: e.ActionChecked, names: Names) -> Said:
    done = {"yes": "done", "no": "not done", "in part": "done in part"}[fact.was_done]
    what = names.actions.get(fact.action, fact.action)
    return Said(f"An agreed action was checked: {done}", (("Action", what), ("Note", fact.note)))


@entry_said.register
def _(fact: e.FormIssued, names: Names) -> Said:
    child = f", about {names.of(fact.child)}" if fact.child else ""
    labels = names.labels.get(fact.form, {})
    return Said(
        f"A form was written, for somebody to send: {names.forms.get(fact.form, fact.form)}{child}",
        (
            ("File", fact.file_name),
            ("Left blank", ", ".join(dict.fromkeys(labels.get(blank, blank) for blank in fact.blanks))),
            ("Issue", fact.issue),
            ("Head of the record before it", fact.anchor),
        ),
    )
