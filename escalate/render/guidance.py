"""What a policy says of a stage, for whoever is asked about it: who speaks, who may not, what to keep in mind."""

from __future__ import annotations

from escalate.core.policy import Policy
from escalate.render.policy_words import say_constraint


def guidance_lines(policy: Policy, stage: str, *occasions: str) -> tuple[str, ...]:
    """Return the guidance for a stage, each line with its clause; the first is the stage's own name.

    Args:
        policy: with its followed readings put in (`policy.follow`).
        occasions: on which else to ask the policy what to keep in mind: "raise", "record", "resolve".
    """
    prompts = dict.fromkeys(one for occasion in (stage, *occasions) for one in policy.prompts_at(occasion))
    said = [f"  {one.says} ({one.clause})" for one in prompts]
    return (*people_lines(policy, stage), *said)


def people_lines(policy: Policy, stage: str) -> tuple[str, ...]:
    """Return who acts at a stage for each side, who stands in, who may not, and what the policy leaves open."""
    found = policy.stage_of(stage)
    if found is None:
        return ()
    how = f"; {found.how}" if found.how else ""
    lines = [f"{found.title} ({found.clause})", f"  Between {found.between[0]} and {found.between[1]}{how}."]
    if found.stand_in:
        lines.append(f"  Where somebody is away or a post is vacant: {found.stand_in}.")
    lines += [f"  {say_constraint(one)} ({one.clause})" for one in policy.constraint if one.stage == stage]
    gaps = [one for one in policy.to_fill_in if one.stage == stage and not one.answer]
    lines += [f"  The policy leaves this open: {one.asks} ({one.clause})" for one in gaps]
    return tuple(lines)
