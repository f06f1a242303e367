"""What a case says under the names that forms ask for: "child.name", "discussion.decision", as text.

Only what a form's own fields ask for reaches it (`answers_for`). Dates are ISO text, lists are lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.form_definition import FormDefinition, FormField
from escalate.core.policy import Policy

WITHHELD = "withheld, ask {agency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """What a case has for forms, by key.

    `of_case` is what the case says; `of_stages` what it says of one stage, by (stage, key); `rows` what tables have
    rows of ("children", "actions", "people"), each row by key; `details` what only forms ask for, as recorded.
    """

    of_case: Mapping[str, str]
    of_stages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


def answers_for(definition: FormDefinition, data: FormData) -> dict[str, str]:
    """Return what fills each field, by field id in the form's order: empty where the case has nothing.

    What no field asks for is left behind, and so is everything for fields that others fill in.
    """
    found: dict[str, str] = {}
    for one in definition.fields:
        found[one.id] = "" if one.filled_by == "them" else _answer(one, data)
    for table in definition.tables:
        for number, row in enumerate(data.rows.get(table.rows_of, ()), start=1):
            for column in table.columns:
                found[table.cell(number, column).id] = row.get(column.fills, "") if column.fills else ""
    return {one.id: found.get(one.id, "") for one in definition.fields_in(found)}


def _answer(one: FormField, data: FormData) -> str:
    if one.asks:
        return data.details.get(one.asks, "")
    if one.of_stage:
        return data.of_stages.get((one.of_stage, one.fills), "")
    return data.of_case.get(one.fills, "") if one.fills else ""


def case_data(case: Case, policy: Policy, child: str, completed_by: str, today: date) -> FormData:
    """Return what the case says, by key; what it does not say is absent or empty.

    Args:
        child: the opaque id of the child the form is for, or "" for a form that is about the case.
        completed_by: name and post of whoever fills the form.
    """
    raised = case.raised
    # What is settled with an agency is no longer between it and the one that raised it.
    receiving = [case.name_of(agency) for agency in case.unsettled or raised.receiving_agencies]
    everyone = [case.name_of(agency) for agency in (raised.raising_agency, *raised.receiving_agencies)]
    raising = case.name_of(raised.raising_agency)
    of_case = {
        "case.reference": case.reference,
        "case.stage": case.stage,
        "form.escalated_on": case.stage_entries[-1].occurred_on.isoformat(),
        "form.completed_by": completed_by,
        "form.completed_on": today.isoformat(),
        "agency.raising": raising,
        "agency.receiving": "; ".join(receiving),
        "agency.all": "\n".join(everyone),
        "case.key_issues": _key_issues(case),
        "case.reason": _lines(("", raised.decision), ("", raised.nature)),
        "case.learning": "\n".join(cast(e.LearningIdentified, x.fact).learning for x in case.of(e.LearningIdentified)),
        "case.history": _history(case, policy),
        **_child(case, child),
        **_discussion(case),
        **_oversight(case),
    }
    return FormData(of_case=of_case)


def _child(case: Case, child: str) -> dict[str, str]:
    named = case.parties.get(child)
    if named is None:
        return {}
    ask = WITHHELD.format(agency=case.name_of(case.our_agency))
    return {
        "child.name": ask if named.withheld else named.name,
        "child.born_on": named.born_on.isoformat() if named.born_on and not named.withheld else "",
        "child.address": ask if named.withheld or named.address_withheld else named.address,
        "child.parental_responsibility": ask if named.withheld else named.parental_responsibility,
        "child.reference": named.reference,
    }


def _lines(*parts: tuple[str, str]) -> str:
    return "\n".join(f"{label}: {words}" if label else words for label, words in parts if words)


def _key_issues(case: Case) -> str:
    """The issue, the risk, the disagreement and what each side wants: what the policies' statements ask for."""
    raised = case.raised
    return _lines(
        ("Decision", raised.decision),
        ("Concern", raised.concern),
        ("Risk to the child", raised.risk_to_child),
        ("Evidence", raised.evidence),
        ("Disagreement", raised.nature),
        (f"{case.name_of(raised.raising_agency)} wants", raised.outcome_wanted),
        ("The other side wants", raised.they_want),
    )


def _discussion(case: Case) -> dict[str, str]:
    """Return the latest discussion, and the agreed actions of the whole case."""
    latest = case.latest(e.DiscussionRecorded)
    outcome = case.latest(e.OutcomeRecorded)
    discussed = cast(e.DiscussionRecorded, latest.fact) if latest else None
    decided = cast(e.OutcomeRecorded, outcome.fact).decision if outcome else ""
    recommended = case.latest(e.RecommendationMade)
    actions = [agreed.action for agreed in case.actions]
    return {
        "discussion.date": latest.occurred_on.isoformat() if latest else "",
        "discussion.options": discussed.options if discussed else "",
        "discussion.decision": decided or (discussed.decision if discussed else ""),
        "discussion.actions": "\n".join(action_line(action) for action in actions),
        "action.owners": "; ".join(dict.fromkeys(action.owner for action in actions if action.owner)),
        "discussion.recommendations": (
            cast(e.RecommendationMade, recommended.fact).recommendation
            if recommended
            else (discussed.recommendations if discussed else "")
        ),
    }


def action_line(action: e.Action) -> str:
    """Return an agreed action in one line: what, who, by when."""
    by = f"by {action.by_on:%d/%m/%Y}" if action.by_on else "no date agreed"
    return "; ".join(part for part in (action.what, action.owner, by) if part)


def _oversight(case: Case) -> dict[str, str]:
    latest = case.latest(e.OversightRecorded)
    if latest is None:
        return {}
    fact = cast(e.OversightRecorded, latest.fact)
    return {
        "oversight.note": fact.note,
        "oversight.manager_and_date": f"{fact.manager}, {latest.occurred_on:%d/%m/%Y}",
    }


def _history(case: Case, policy: Policy) -> str:
    """Return what was done and how each stage ended, dated, one line each, naming agencies and no person."""
    lines = []
    for event in case.events:
        on, fact = f"{event.occurred_on:%d/%m/%Y}", event.fact
        match fact:
            case e.CounterpartTold():
                lines.append(f"{on}: raised with {case.name_of(fact.agency)} ({fact.how})")
            case e.DiscussionRecorded():
                whom = " and ".join(case.name_of(agency) for agency in fact.agencies)
                lines.append(f"{on}: discussed with {whom}" + (f"; decided: {fact.decision}" if fact.decision else ""))
            case e.StageEntered() if fact.left:
                stage = policy.stage_of(fact.stage)
                lines.append(f"{on}: taken up to {stage.title if stage else fact.stage}")
            case e.OutcomeRecorded() if fact.outcome == "resolved":
                lines.append(f"{on}: resolved with {case.name_of(fact.agency)}: {fact.decision}")
            case e.OutcomeRecorded():
                lines.append(
                    f"{on}: {policy.say_stage(fact.stage)} ended with {case.name_of(fact.agency)}: {fact.outcome}"
                )
            case e.RecommendationMade():
                lines.append(f"{on}: recommended: {fact.recommendation}")
            case e.AgencyResponded():
                lines.append(f"{on}: {case.name_of(fact.agency)} answered: {fact.response}")
            case _:
                pass
    return "\n".join(lines)
