"""What a policy lists beside its ladder: routes, facts, forms, themes, prompts, people, reports, what is to fill in."""

from __future__ import annotations

from collections.abc import Iterable

from escalate.core.ladder import say_stages
from escalate.core.policy import Contact, FormUse, Policy, Post, Report, RoleLine, Source
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.policy_words import capital, say_clause, say_moment

Line = tuple[str, str, tuple[str, ...]]
"""A sentence, its clause and its rules."""


def show_lists(screen: Screen, policy: Policy) -> None:
    """Write each list the policy has, under its heading."""
    called = policy.policy.called
    always = [prompt for prompt in policy.prompt if not set(prompt.at) & {stage.id for stage in policy.stage}]
    lists: tuple[tuple[str, Iterable[Line]], ...] = (
        ("How urgent it is", ((f"{band.title}.", band.clause, band.rules) for band in policy.band)),
        (
            "Where this policy does not apply",
            ((f"{capital(x.what)}: {x.go_to}.", x.clause, x.rules) for x in policy.route_out),
        ),
        ("Asked, because duties depend on it", ((capital(x.ask), x.clause, x.rules) for x in policy.fact)),
        ("Forms", ((say_form(x, policy), x.clause, x.rules) for x in policy.form)),
        ("What disagreements are about", ((f"{x.title}.", x.clause, x.rules) for x in policy.theme)),
        ("Keep in mind", ((x.says, x.clause, x.rules) for x in always)),
        ("Who goes to whom", ((say_role(x), x.clause, x.rules) for x in policy.role)),
        ("Posts", ((say_post(x, called), x.clause, x.rules) for x in policy.post)),
        ("Whom to ask", ((say_contact(x, policy.policy.source), x.clause, x.rules) for x in policy.contact)),
        ("What is reported", ((_report(x, called), x.clause, x.rules) for x in policy.report)),
    )
    for title, lines in lists:
        _write(screen, title, list(lines))
    show_gaps(screen, policy)


def show_gaps(screen: Screen, policy: Policy) -> None:
    """Write what the source leaves to the partnership, or lost, and what it has filled in."""
    gaps = [(f"{x.asks} {x.answer or 'Nothing is filled in yet.'}", x.clause, x.rules) for x in policy.to_fill_in]
    _write(screen, f"For the partnership to fill in: {len(gaps)}", gaps)


def say_form(form: FormUse, policy: Policy) -> str:
    """Return a form with when it is offered or owed, to whom it goes, and where to get one that is not filled here."""
    called, contact = policy.policy.called, policy.contact_of(form.contact)
    when = [
        f"offered at {say_stages(called, *form.offered_at)}" if form.offered_at else "",
        f"owed at {say_stages(called, *form.owed_at)}" if form.owed_at else "",
        f"owed when {' or '.join(say_moment(written, called) for written in form.owed_when)}" if form.owed_when else "",
    ]
    owed = "; ".join(words for words in when if words) or "any time"
    said = f"{form.title} ({form.form}), to {form.to}{_in_brackets(contact)}; {owed}"
    names = {"in full": "names in full", "initials": "initials only", "none": "no names"}.get(form.names, "")
    obtained = f"escalate cannot fill it; where to get it: {form.obtained_from}" if form.obtained_from else ""
    return f"{'; '.join(words for words in (said, names, obtained) if words)}."


def _in_brackets(contact: Contact | None) -> str:
    reach = ", ".join(words for words in (contact.email, contact.telephone) if words) if contact else ""
    return f" ({reach})" if reach else ""


def say_role(role: RoleLine) -> str:
    """Return whom a worker in this role goes to."""
    agency = f" ({role.agency})" if role.agency else ""
    note = f" {capital(role.note.rstrip('.'))}." if role.note else ""
    return f"{capital(role.role)}{agency}: {', then '.join(role.goes_to)}.{note}"


def say_post(post: Post, called: str) -> str:
    """Return a post of the directory with its agency and what it acts as."""
    at = f"at {say_stages(called, post.stage)}" if post.stage else ""
    return f"{', '.join(words for words in (post.title, post.agency, post.acts_as, at) if words)}."


def say_contact(contact: Contact, source: Source) -> str:
    """Return a post and how to reach it: as printed in the source, or confirmed by whom and when."""
    reach = ", ".join(words for words in (contact.telephone, contact.email) if words)
    called = f" (also called {', '.join(contact.also_called)})" if contact.also_called else ""
    if not reach:
        return f"{contact.title}{called}: no telephone or e-mail is printed."
    if contact.confirmed_on:
        by = f" by {contact.confirmed_by}" if contact.confirmed_by else ""
        sure = f"confirmed on {format_day(contact.confirmed_on)}{by}"
    else:
        printed = f" of {format_day(source.published_on)}" if source.published_on else ""
        sure = f"as printed in {source.document}{printed}; nobody has confirmed it here"
    return f"{contact.title}{called}: {reach} ({sure})."


def _report(report: Report, called: str) -> str:
    of_stages = f" at {say_stages(called, *report.stages)}" if report.stages else ""
    covers = f"; it covers what was {report.only or 'recorded'}{of_stages}" if report.stages or report.only else ""
    left_out = f"; left out: {report.leaves_out}" if report.leaves_out else ""
    return f"{capital(report.group)}: {report.says} (how often: {report.cadence}{covers}{left_out})."


def _write(screen: Screen, title: str, lines: list[Line]) -> None:
    if lines:
        screen.heading(title)
    for words, clause, rules in lines:
        screen.say(f"{words} {say_clause(clause, rules)}", indent=2, hang=2)
