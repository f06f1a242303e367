"""Everything that can be wrong with a policy beyond its shape: all checks, and the order they are asked in.

A check is a function of `core.checks`: it yields (path in the file, what is wrong, what to do) for every problem and
never stops at the first.
"""

from __future__ import annotations

from escalate.core.checks import (
    acts,
    coming,
    header,
    ids,
    ladder,
    moments_named,
    readings,
    references,
    stages_named,
    times,
)
from escalate.core.checks.found import Check, Found
from escalate.core.policy import Policy

OF_EACH_ITEM: tuple[Check, ...] = (
    header.references_can_begin_with_the_prefix,
    header.days_of_the_edition_are_in_order,
    header.a_source_is_named,
    header.every_item_has_a_clause,
    ids.ids_are_used_once,
    ids.ids_can_be_written,
    acts.each_act_has_one_force,
    acts.each_act_falls_to_somebody,
    acts.each_act_begins_and_ends,
    acts.workers_go_to_somebody,
    times.timescales_can_be_counted,
    times.each_item_has_one_time,
    moments_named.moments_are_known,
    readings.doubts_have_readings,
    readings.readings_say_what_can_be,
)
"""Checks whose problems hold whatever else the file says: they are asked even where some of it cannot be read."""

OF_THE_WHOLE: tuple[Check, ...] = (
    ladder.the_policy_has_a_stage,
    ladder.stages_lead_upwards,
    ladder.stages_can_be_reached,
    ladder.a_choice_says_who_chooses,
    ladder.the_last_stages_end,
    ladder.only_last_stages_end,
    stages_named.stages_exist,
    stages_named.a_shared_time_runs_on_upwards,
    stages_named.a_cap_holds_something,
    stages_named.what_is_due_before_a_stage_comes_before_it,
    stages_named.risk_starts_higher_somewhere,
    stages_named.straight_up_is_up,
    acts.duties_are_owed_to_somebody_or_leave_something,
    times.clocks_have_a_timescale,
    times.the_first_day_is_of_days,
    times.bands_are_those_of_the_file,
    times.urgent_bands_are_no_longer,
    times.higher_stages_end_later,
    coming.clocks_begin_in_their_stage,
    moments_named.moments_are_of_something,
    moments_named.only_clocks_have_a_stage_of_their_own,
    moments_named.clocks_do_not_wait_for_each_other,
    coming.everything_can_begin,
    coming.everything_can_be_met,
    references.references_lead_somewhere,
    readings.doubts_are_about_something,
    readings.readings_fit_what_they_are_about,
)
"""Checks that look from one item to others: asked only of a policy that can be read whole."""

CHECKS = OF_EACH_ITEM + OF_THE_WHOLE


def check_policy(policy: Policy, *, is_whole: bool = True) -> list[Found]:
    """Return every problem of a policy whose shape is right, as (path, what, remedy).

    Args:
        is_whole: no item was left out because it could not be read.
    """
    return [found for check in (CHECKS if is_whole else OF_EACH_ITEM) for found in check(policy)]
