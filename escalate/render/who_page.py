"""`escalate who`: the people a policy names, as posts and agencies, each sentence with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escalate.core.plain import to_plain
from escalate.core.policy import Contact, Policy, Post, RoleLine, Stage, ToFillIn
from escalate.core.whom import Named
from escalate.render.console import Screen
from escalate.render.policy_lists import say_contact
from escalate.render.policy_words import capital, say_clause


def show_who(screen: Screen, found: Named) -> None:
    """Write whom one role goes to; or, where none was asked for, everybody the policy names."""
    policy = found.policy
    head = policy.policy
    screen.say((f"{head.partnership}: {head.title}", "heading"), f", edition {head.edition} ({policy.name})", hang=2)
    if found.roles:
        screen.heading("Who goes to whom")
    for line in found.roles:
        screen.say(*_role(line, policy), indent=2, hang=2)
    if not found.is_of_role:
        _posts(screen, found)
        _contacts(screen, policy)
        _stages(screen, found)
        _left(screen, found)


def who_as_plain(found: Named) -> dict[str, Any]:
    """Return the same for `--json`: the items by the keys of the policy's file; with a role, only that."""
    policy = found.policy
    plain: dict[str, Any] = {
        "policy": policy.name,
        "partnership": policy.policy.partnership,
        "edition": policy.policy.edition,
        "called": policy.policy.called,
        "role": to_plain(found.roles),
    }
    if found.is_of_role:
        return plain
    return plain | {
        "post": to_plain(found.posts),
        "contact": [_contact(contact, policy) for contact in policy.contact],
        "stage": [
            {"id": one.id, "title": one.title, "between": one.between, "stand_in": one.stand_in, "how": one.how}
            for one in found.stages
        ],
        "constraint": to_plain(found.constraints),
        "to_fill_in": to_plain(found.gaps),
    }


def _role(line: RoleLine, policy: Policy) -> tuple[Any, ...]:
    agency = f" ({line.agency})" if line.agency else ""
    at = f", at {policy.say_stage(line.stage)}," if line.stage else ""
    note = f" {line.note.rstrip('.')}." if line.note else ""
    goes_to = f" goes to: {', then '.join(line.goes_to)}.{note} {say_clause(line.clause, line.rules)}"
    return (capital(line.role), "strong"), f"{agency}{at}{goes_to}"


def _posts(screen: Screen, found: Named) -> None:
    if found.posts:
        screen.heading("Posts")
    for post in found.posts:
        screen.say((capital(post.title), "strong"), _post(post, found.policy), indent=2, hang=2)


def _post(post: Post, policy: Policy) -> str:
    agency = f" ({post.agency})" if post.agency else ""
    at = f", at {policy.say_stage(post.stage)}" if post.stage else ""
    acts_as = f": {post.acts_as}" if post.acts_as else ""
    return f"{agency}{at}{acts_as}. {say_clause(post.clause, post.rules)}"


def _contacts(screen: Screen, policy: Policy) -> None:
    if policy.contact:
        screen.heading("How to reach whom")
    for contact in policy.contact:
        said = f"{say_contact(contact, policy.policy.source)} {say_clause(contact.clause, contact.rules)}"
        screen.say(said, indent=2, hang=2)


def _contact(contact: Contact, policy: Policy) -> dict[str, object]:
    """Return a contact with where it was printed: as long as nobody confirmed it, that is all that is known of it."""
    source = policy.policy.source
    return {
        "id": contact.id,
        "title": contact.title,
        "also_called": contact.also_called,
        "telephone": contact.telephone,
        "email": contact.email,
        "standing": "confirmed" if contact.confirmed_on else "as printed",
        "printed_in": source.document,
        "printed_on": source.published_on,
        "confirmed_on": contact.confirmed_on,
        "confirmed_by": contact.confirmed_by,
        "clause": contact.clause,
        "rule": contact.rules,
    }


def _stages(screen: Screen, found: Named) -> None:
    screen.heading(f"Who speaks to whom at each {found.policy.policy.called}")
    for stage in found.stages:
        screen.say((stage.title, "strong"), indent=2, hang=2)
        for words in _at(stage, found):
            screen.say(words, indent=4, hang=2)


def _at(stage: Stage, found: Named) -> Iterator[str]:
    here, there = stage.between
    yield f"{capital(here)}, and {there}. {say_clause(stage.clause, stage.rules)}"
    if stage.stand_in:
        yield f"Instead: {stage.stand_in}."
    for constraint in found.constraints:
        if constraint.stage == stage.id:
            instead = f" Instead: {constraint.stand_in}." if constraint.stand_in else ""
            yield f"{constraint.says}{instead} {say_clause(constraint.clause, constraint.rules)}"
    for gap in found.gaps:
        if gap.stage == stage.id and gap.answer:
            yield f"Filled in by the partnership: {gap.answer}"


def _left(screen: Screen, found: Named) -> None:
    """Write what is open still, and what was filled in that belongs to no stage."""
    left = [gap for gap in found.gaps if not gap.answer]
    filled = [gap for gap in found.gaps if gap.answer and not gap.stage]
    if filled:
        screen.heading("Filled in by the partnership")
    for gap in filled:
        screen.say(f"{gap.asks} {gap.answer}", indent=2, hang=2)
    if left:
        screen.heading(f"Left for the partnership to fill in: {len(left)}")
    for gap in left:
        screen.say(_asked(gap), indent=2, hang=2)


def _asked(gap: ToFillIn) -> str:
    return f"{gap.asks} {say_clause(gap.clause, gap.rules)}"
