"""One clock or duty of a policy in words: when it arises, by when, counted from what, under which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from escalate.core.ladder import say_stages
from escalate.core.moments import parse_moment
from escalate.core.policy import Clock, Constraint, Duty, Ending, Obliging
from escalate.core.timescale import parse_timescale

_MOMENTS = {
    "raised": "the concern is raised",
    "the disagreement": "the disagreement arises",
    "receipt of the decision": "the decision is received",
    "the concern": "the concern arises",
    "the counterpart told": "the counterpart is told",
    "the counterpart told verbally": "the counterpart is told by word of mouth",
    "each discussion": "there is a discussion, each time",
    "the meeting": "a meeting is held",
    "stage [id] meeting": "a meeting is held at stage {arg}",
    "each stage entered": "a stage is entered, each time",
    "stage [id] without a response": "stage {arg} ends without a response",
    "unresolved": "a stage ends without agreement",
    "no response": "an agency does not answer",
    "withdrawn": "the escalation is withdrawn",
    "the stage entered": "the stage is entered",
    "stage [id] entered": "stage {arg} is entered",
    "stage [id] unresolved": "stage {arg} ends without agreement",
    "stage [id] resolved": "stage {arg} is resolved",
    "the outcome": "the stage's outcome is known",
    "the resolution": "it is resolved",
    "resolved": "it is resolved",
    "the written confirmation": "the outcome is confirmed in writing",
    "the previous stage's resolving deadline": "the stage before was to be resolved",
    "clock [id] missed": "the date of {arg} passes",
    "duty [id] done": "{arg} is done",
    "immediate risk": "a child is at immediate risk",
    "risk not sure": "nobody is sure whether a child is at immediate risk",
    "learning identified": "learning is identified",
    "the recommendation": "a recommendation or decision is made",
    "the agency's response": "the agency answers that",
}


def say_moment(written: str, called: str = "stage") -> str:
    """Return a moment of the policy's vocabulary as a clause: "the counterpart is told".

    Args:
        called: the policy's own word for a stage.
    """
    moment = parse_moment(written)
    said = _MOMENTS.get(moment.kind, written)
    if moment.refers_to == "stage":
        return said.replace("stage {arg}", say_stages(called, moment.arg))
    return said.replace("stage", called).replace("{arg}", moment.arg)


def say_terms(item: Obliging, called: str = "stage", asks: Mapping[str, str] | None = None) -> str:
    """Return when an item arises, its time and what shows that it was done: "When …; within …; counted from …".

    Args:
        asks: the id of each fact of the policy to the question that asks for it.
    """
    when = _when(item, called, asks or {})
    said = "; ".join(words for words in (when, _time(item, called), *_notes(item, called)) if words)
    return f"{said[:1].upper()}{said[1:]}."


def say_time(written: str) -> str:
    """Return a timescale as the end of a sentence: "within 5 working days", "by an agreed date"."""
    match parse_timescale(written).unit:
        case "not stated":
            return "no time is stated"
        case "agreed date":
            return "by an agreed date"
        case "working days" | "calendar days" | "hours":
            return f"within {written}"
        case _:
            return written


def say_clause(item_clause: str, rules: tuple[str, ...], *ids: str) -> str:
    """Return the place in the source, the rules and the ids of an item, in brackets."""
    return f"[{'; '.join(words for words in (item_clause, ', '.join(rules), *ids) if words)}]"


def say_bound(ending: Ending) -> str:
    """Return whether whoever ends the ladder binds the agencies, in words."""
    return {True: "binding", False: "not binding", None: "whether it binds is not said"}[ending.binding]


def say_constraint(constraint: Constraint) -> str:
    """Return who may not act at a stage, and who does instead."""
    instead = f" Stand-in: {constraint.stand_in}." if constraint.stand_in else ""
    return f"{constraint.says}{instead}"


def capital(words: str) -> str:
    """Return `words` with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def _when(item: Obliging, called: str, asks: Mapping[str, str]) -> str:
    if not isinstance(item, Duty):
        return ""
    when = " or ".join(say_moment(written, called) for written in item.when)
    any_of, all_of = (
        [f'"{asks[fact]}"' if fact in asks else fact for fact in facts] for facts in (item.if_, item.if_all)
    )
    facts = f", if this is so: {' or '.join(any_of)}" if any_of else ""
    facts += f", if all of this is so: {' and '.join(all_of)}" if all_of else ""
    return f"When {when}{facts}"


def _time(item: Obliging, called: str) -> str:
    if isinstance(item, Duty) and item.by:
        return f"by the date of {item.by}"
    if isinstance(item, Duty) and item.before:
        return f"before {say_stages(called, item.before)} is entered"
    if item.by_band:
        bands = ", ".join(f"{within} where it is {band}" for band, within in item.by_band.items())
        return f"{bands}{_counted_from(item, called)}"
    if not item.within:
        return "no time is stated"
    unit = parse_timescale(item.within).unit
    if unit in ("not stated", "agreed date"):
        return say_time(item.within)
    guide = ", as a guide" if isinstance(item, Clock) and not item.binding else ""
    guide += ", the first day included" if item.first_day == "the day itself" else ""
    return f"{say_time(item.within)}{guide}{_counted_from(item, called) if unit != 'immediately' else ''}"


def _counted_from(item: Obliging, called: str) -> str:
    if not item.from_:
        return "" if isinstance(item, Duty) else f", counted from when the {called} is entered"
    sooner = ", whichever is sooner" if len(item.from_) > 1 else ""
    return f", counted from when {' or '.join(say_moment(written, called) for written in item.from_)}{sooner}"


def _notes(item: Obliging, called: str) -> Iterator[str]:
    if isinstance(item, Clock) and item.over:
        yield f"this is one time for {say_stages(called, *item.stages)}"
    elif isinstance(item, Clock) and item.resolves:
        yield f"this is the {called}'s own time"
    if isinstance(item, Clock) and item.caps:
        yield "no other time goes beyond it"
    if isinstance(item, Duty):
        if item.to and item.to.casefold() not in item.act.casefold():
            yield f"to whom: {item.to}"
        if item.form:
            yield f"by the form {item.form}"
        if item.evidence:
            yield f"shown by {item.evidence}"
