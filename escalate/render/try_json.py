"""`policy try --json`: the calendar of an invented case as plain values, each date with its working."""

from __future__ import annotations

from typing import Any

from escalate.core.owed import Owed, ReadingFollowed
from escalate.core.policy import Policy, follow
from escalate.core.trying import StageTried, Trial
from escalate.render.try_page import by_when, how_long, when_it_arises


def trial_as_plain(policy: Policy, trial: Trial) -> dict[str, Any]:
    """Return the calendar as `--json` gives it: the stages in order with what each makes somebody owe."""
    followed = follow(policy)
    return {
        "stages": [_stage_as_plain(tried, followed) for tried in trial.stages],
        "not_arising": [
            {
                "item": item.id,
                "who": item.who,
                "force": item.force,
                "act": item.act,
                "says": when_it_arises(item, followed),
            }
            | {"clause": item.clause, "rule": list(item.rules)}
            for item in trial.not_arising
        ],
    }


def _stage_as_plain(tried: StageTried, policy: Policy) -> dict[str, Any]:
    return {
        "stage": tried.stage.id,
        "title": tried.stage.title,
        "informal": tried.stage.informal,
        "between": tried.stage.between,
        "clause": tried.stage.clause,
        "rule": list(tried.stage.rules),
        "way": tried.way,
        "entered_on": tried.entered_on,
        "left_on": tried.left_on,
        "left_by": tried.left_by,
        "no_date": tried.no_date,
        "says": how_long(tried, policy),
        "items": [_item_as_plain(one) for one in tried.owed],
        "if_unresolved": [_item_as_plain(one) for one in tried.if_unresolved],
        "if_resolved": [_item_as_plain(one) for one in tried.if_resolved],
        "if_ended": [_item_as_plain(one) for one in tried.if_ended],
    }


def _item_as_plain(one: Owed) -> dict[str, Any]:
    working = one.working
    return {
        "key": one.key,
        "item": one.item,
        "sort": one.sort,
        "who": one.who,
        "side": one.party,
        "force": one.force,
        "act": one.act,
        "to": one.to,
        "due_on": one.due_on,
        "due_time": one.due_time,
        "no_date": one.no_date,
        "says": by_when(one),
        "is_guide": one.is_guide,
        "only_if_missed": one.shows_from is not None,
        "condition": one.condition,
        "timescale": working.timescale,
        "counted_from": {"on": working.start_on, "because": working.started_by} if working.start_on else None,
        "notes": working.notes,
        "clause": one.clause,
        "rule": one.rule.split(),
        "readings": [_reading_as_plain(reading) for reading in working.readings],
    }


def _reading_as_plain(reading: ReadingFollowed) -> dict[str, Any]:
    return {
        "doubt": reading.doubt,
        "sort": reading.sort,
        "followed": reading.says,
        "clause": reading.clause,
        "because": reading.because,
        "not_followed": [
            {"says": other.says, "clause": other.clause, "gives": other.gives} for other in reading.others
        ],
    }
