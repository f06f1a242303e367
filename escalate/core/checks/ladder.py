"""Checks of the ladder: every stage can be reached, leads upwards, and the last ones end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from escalate.core.checks.found import Found
from escalate.core.policy import Policy


def the_policy_has_a_stage(policy: Policy) -> Iterator[Found]:
    """Yield a policy without a stage."""
    if not policy.stage:
        yield (), "the policy has no stage", "write at least one [[stage]]"


def stages_lead_upwards(policy: Policy) -> Iterator[Found]:
    """Yield every stage that leads to itself or back down: what lies above a stage stands below it in the file."""
    places = {stage.id: place for place, stage in reversed(list(enumerate(policy.stage)))}
    for place, stage in enumerate(policy.stage):
        for following in stage.then or ():
            if places.get(following, place + 1) <= place:
                what = f'stage "{stage.id}" leads back to stage "{following}", in a circle'
                yield ("stage", place, "then"), what, "name only higher stages, which stand further down the file"


def stages_can_be_reached(policy: Policy) -> Iterator[Found]:
    """Yield every stage to which none leads from below, and at which no case is opened."""
    if not policy.stage or _has_twins(policy):
        return
    known = {stage.id for stage in policy.stage}
    reached: set[str] = set()
    ahead = [policy.first_stage, *(effect.to for effect in policy.immediate_risk if effect.to)]
    while ahead:
        one = ahead.pop()
        if one in known and one not in reached:
            reached.add(one)
            ahead += policy.after(one)
    for place, stage in enumerate(policy.stage):
        if stage.id not in reached:
            what = f'stage "{stage.id}" is reached from no other'
            yield ("stage", place, "id"), what, f'name it in the "then" of the stage below: then = ["{stage.id}"]'


def a_choice_says_who_chooses(policy: Policy) -> Iterator[Found]:
    """Yield every stage from which several follow and nobody chooses, and every choice where there is none."""
    for place, stage in enumerate(policy.stage):
        several = len(stage.then or ()) > 1
        if several and not stage.choose.strip():
            what = f'several stages may follow stage "{stage.id}", and nothing says who chooses'
            yield ("stage", place, "then"), what, 'write choose = "who chooses between them, and by what"'
        if stage.choose and not several:
            what = f'stage "{stage.id}" has nothing to choose: only one stage may follow, or none'
            yield ("stage", place, "choose"), what, 'name the stages to choose from: then = ["4a", "4b"]'


def the_last_stages_end(policy: Policy) -> Iterator[Found]:
    """Yield every last stage that nobody ends; each branch has its own."""
    for place, stage in enumerate(() if _has_twins(policy) else policy.stage):
        if stage.id in policy.last_stages and policy.ending_at(stage.id) is None:
            what = f'stage "{stage.id}" is the last, and nothing says how it ends'
            if len(policy.last_stages) > 1:
                what = f'stage "{stage.id}" is the last of its branch, and nothing says how it ends'
            yield ("stage", place), what, "write an [[ending]] for it: who decides or recommends, and whether it binds"


def only_last_stages_end(policy: Policy) -> Iterator[Found]:
    """Yield every ending below the top, a mediation excepted, and every stage that ends twice."""
    known = {stage.id for stage in policy.stage}
    counts = Counter(ending.stage for ending in policy.ending)
    for place, ending in enumerate(policy.ending):
        following = policy.after(ending.stage) if ending.stage in known and not _has_twins(policy) else ()
        if following and ending.does != "mediates":
            what = f'the ladder ends at stage "{ending.stage}", and goes on to stage "{following[0]}"'
            remedy = (
                f"the last is: {', '.join(policy.last_stages) or 'none'}; where it ends here, give the stage then = []"
            )
            yield ("ending", place, "stage"), what, remedy
        if counts[ending.stage] > 1:
            what = f'stage "{ending.stage}" has more than one ending'
            yield ("ending", place, "stage"), what, "write one, and in its words who else takes part"


def _has_twins(policy: Policy) -> bool:
    """Return whether two stages have one id, so that nobody can say which is meant."""
    return len({stage.id for stage in policy.stage}) < len(policy.stage)
