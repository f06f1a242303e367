"""From a case and what is owed in it to the rows that readers read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.deadlines import Calendars
from escalate.core.learning import learning_points
from escalate.core.logged import is_logged, owing_agencies
from escalate.core.owed import Owed
from escalate.core.plain import to_plain
from escalate.core.policy import Policy
from escalate.core.references import initials
from escalate.core.reports.case_rows import report_rows_of
from escalate.core.unsaid import unsaid
from escalate.core.views import CaseRow, CaseRows, DueItem, LearningRow, PartyRow, WhoseItem


def rows_of(case: Case, policy: Policy, owed: tuple[Owed, ...]) -> CaseRows:
    """Return everything shown of one case. None of it depends on today."""
    return CaseRows(
        case=_case_row(case, policy),
        items=tuple(_item(one, case) for one in owed),
        parties=tuple(party_row(party) for party in case.parties.values()),
        learning=_learning(case),
    )


def kept_rows_of(case: Case, policy: Policy, calendars: Calendars, owed: tuple[Owed, ...]) -> CaseRows:
    """Return everything kept about one case: what is shown of it, and what reports count it by."""
    return replace(rows_of(case, policy, owed), report=report_rows_of(case, policy, calendars, owed))


def subject_of(case: Case) -> str:
    """Return the children's initials, or the theme: what names the case without naming a child."""
    if case.raised.children:
        return ", ".join(initials(case.name_of(child)) for child in case.raised.children)
    return case.raised.about_theme


def whose(party: str, case: Case) -> WhoseItem:
    """Return whose an item is, seen from whoever keeps this record; what both agencies owe is ours in theirs."""
    if not party:
        return "not known"
    if party == "both":
        return "theirs" if is_logged(case) else "ours"
    return "ours" if party == case.raised.our_side else "theirs"


def owner_of(case: Case) -> str:
    """Return the name of whoever has the case: who took it over or was handed it last, else who opened it."""
    handed = [event.fact for event in case.events if isinstance(event.fact, (e.HandedOver, e.TakenOver))]
    match handed[-1] if handed else None:
        case e.HandedOver() as fact:
            return fact.to
        case e.TakenOver() as fact:
            return case.name_of(fact.by)
    return case.name_of(case.opening.recorded_by)


def _case_row(case: Case, policy: Policy) -> CaseRow:
    raised = case.raised
    stage = policy.stage_of(case.stage)
    themes = {theme.id: theme.title for theme in policy.theme}
    return CaseRow(
        reference=case.reference,
        policy=raised.policy,
        policy_name=policy.policy.partnership,
        policy_digest=raised.policy_digest,
        calendar_version=case.calendar_version,
        our_side=raised.our_side,
        raising_agency=case.name_of(raised.raising_agency),
        receiving_agencies="; ".join(case.name_of(agency) for agency in raised.receiving_agencies),
        subject=subject_of(case),
        themes="; ".join(themes.get(theme, theme) for theme in raised.themes),
        owner=owner_of(case),
        stage=case.stage,
        stage_title=stage.title if stage else case.stage,
        state=case.state,
        concern_on=case.concern_on,
        opened_on=case.opening.occurred_on,
        stage_entered_on=case.stage_entries[-1].occurred_on,
        ended_on=case.ended_on,
        last_sequence=case.last_sequence,
        closing_note=_closing_note(case),
        their_reference=raised.their_reference,
        their_case=raised.their_case,
        unsaid="\n".join(one.what for one in unsaid(case)),
    )


def _learning(case: Case) -> tuple[LearningRow, ...]:
    """Return the points with the names of those who have them."""
    points = learning_points(case)
    return tuple(replace(one, owner=case.name_of(one.owner)) if one.owner in case.parties else one for one in points)


def _closing_note(case: Case) -> str:
    if case.withdrawn:
        return cast(e.Withdrawn, case.withdrawn.fact).changed_for_child
    said = [cast(e.OutcomeRecorded, event.fact).changed_for_child for event in case.of(e.OutcomeRecorded)]
    return next((words for words in reversed(said) if words), "")


def _item(owed: Owed, case: Case) -> DueItem:
    working = {"form": owed.form, "contact": owed.contact, "evidence": owed.evidence, **to_plain(owed.working)}
    if owed.party == "both":
        working["both"] = True
    if owed.settles:
        working["settles"] = True
    if owed.condition:
        working["condition"] = owed.condition
    if is_logged(case) and owed.party == "raising" and owed.agency and len(case.raised.receiving_agencies) > 1:
        working["about_agency"] = case.name_of(owed.agency)
    return DueItem(
        key=owed.key,
        sort=owed.sort,
        item=owed.item,
        stage=owed.stage,
        agency=owed.agency,
        agency_name=_agency_name(owed, case),
        side=whose(owed.party, case),
        who=owed.who,
        act=_act(owed),
        force=owed.force,
        to_whom=owed.to,
        rule=owed.rule,
        clause=owed.clause,
        due_on=owed.due_on,
        due_time=owed.due_time or None,
        says=owed.says,
        is_guide=owed.is_guide,
        shows_from=owed.shows_from,
        since_on=owed.since_on,
        policy_due_on=owed.policy_due_on,
        agreed_on=owed.agreed_on,
        own_due_on=owed.own_due_on,
        before_correction_on=owed.before_correction_on,
        closed_on=owed.closed_on,
        closed_how=owed.closed_how,
        no_date=owed.no_date,
        is_open=owed.is_open,
        working=json.dumps(working, ensure_ascii=False),
    )


def _agency_name(owed: Owed, case: Case) -> str:
    """Return the receiving agency an item is about, unless it is ours; in a logged case, whose is what is theirs."""
    if is_logged(case) and whose(owed.party, case) == "theirs":
        owing = [case.name_of(agency) for agency in owing_agencies(owed, case)]
        return " and ".join((", ".join(owing[:-1]), owing[-1]) if len(owing) > 1 else owing)
    return "" if owed.agency == case.our_agency else case.name_of(owed.agency)


def _act(owed: Owed) -> str:
    """Return the act, with the occasion it is about and the facts nobody has recorded yet on which it depends."""
    added = [owed.about, f"if: {owed.condition}" if owed.condition else ""]
    return " ".join((owed.act, *(f"({words})" for words in added if words)))


def party_row(party: e.PartyNamed) -> PartyRow:
    """Return the line of the people list that a name gives."""
    return PartyRow(
        party=party.party,
        sort=party.sort,
        name=party.name,
        role=party.role,
        agency=party.agency,
        email=party.email,
        telephone=party.telephone,
        born_on=party.born_on,
        reference=party.reference,
    )
