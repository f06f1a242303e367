"""`escalate policy try`: what a policy would give, before any case exists. It writes nothing and needs no setup."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

import typer

from escalate.ask.dates import parse_date
from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.calendars import working_calendar
from escalate.core.events import RiskAnswer
from escalate.core.policy import Policy
from escalate.core.trying import Supposed, try_policy
from escalate.files.policies.loading import load_policy
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.render.try_json import trial_as_plain
from escalate.render.try_page import assumptions, show_trial

FIRST_YEAR, LAST_YEAR = 1980, 2100
NOT_TOLD = ("no", "not told", "not yet")
RISKS = ("yes", "no", "not sure")
HOW = "write year-month-day, such as 2026-04-01, or day, month, year: 1 April 2026"


def command(
    name: Annotated[str, typer.Argument(metavar="FILE", help="A .toml file, or a policy's name.")],
    concern: Annotated[
        str, typer.Option(metavar="DAY", help="The day of the concern; today where none is given.")
    ] = "",
    told: Annotated[
        str, typer.Option(metavar="DAY", help='The day the counterpart is told, or "no"; else the day of the concern.')
    ] = "",
    risk: Annotated[str, typer.Option(metavar="ANSWER", help="Immediate risk: yes, no or not sure.")] = "",
    urgency: Annotated[str, typer.Option(metavar="BAND", help="A band of urgency of the policy.")] = "",
    brief: Annotated[bool, typer.Option("--brief", help="Only by when each stage is to be resolved.")] = False,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """Every date a policy would give, stage by stage, in a case that does not exist. Nothing is recorded.

    Each stage is left unresolved on its last day. Exits with 7 where the policy has a problem.
    """
    if brief and as_json:
        raise Mistyped("escalate policy try: --brief shortens the page, and --json is whole", remedy="give one of them")
    policy, written = load_policy(name, today())
    supposed = _supposed(policy, (concern, told), risk, urgency)
    # The library is imported where a calendar is made of it, and not by every verb.
    from escalate.bank_holidays import calendar_around

    stored = calendar_around(policy.policy.nation, supposed.concern_on.year)
    trial = try_policy(policy, working_calendar(stored), supposed)
    if not as_json:
        show_trial(Screen.here(plain=plain), policy, supposed, trial, is_brief=brief)
        return
    told_and_risk = {"told_on": supposed.told_on, "risk": supposed.risk or "", "urgency": supposed.band}
    print_json(
        "policy try",
        {
            "name": written.name,
            "digest": written.digest,
            "supposed": {"concern_on": supposed.concern_on, **told_and_risk, "says": assumptions(policy, supposed)},
            "nation": policy.policy.nation,
            "calendar": stored.version,
            **trial_as_plain(policy, trial),
        },
    )


def _supposed(policy: Policy, days: tuple[str, str], risk: str, urgency: str) -> Supposed:
    concern, told = days
    concern_on = _day("--concern", concern) if concern else today()
    told_on = None if told.strip().lower() in NOT_TOLD else _day("--told", told) if told else concern_on
    if told_on is not None and told_on < concern_on:
        raise Mistyped(
            f"--told: {told_on:%d/%m/%Y} is before the concern, {concern_on:%d/%m/%Y}",
            remedy="nobody can be told of a concern before it arises; leave --told out for the same day",
        )
    answer = risk.strip().lower()
    if answer not in ("", *RISKS):
        raise Mistyped(f'--risk: "{risk}" is not an answer', remedy='write yes, no or "not sure"')
    band = _band(policy, urgency) if urgency else ""
    return Supposed(
        concern_on=concern_on, told_on=told_on, risk=cast(RiskAnswer, answer) if answer else None, band=band
    )


def _day(option: str, typed: str) -> date:
    try:
        day = parse_date(typed, today())
    except ValueError as problem:
        raise Mistyped(f"{option}: {problem}", remedy=HOW) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Mistyped(
            f"{option}: {day.year} is not a year whose bank holidays are known",
            remedy=f"write a day of {FIRST_YEAR} to {LAST_YEAR}",
        )
    return day


def _band(policy: Policy, typed: str) -> str:
    wanted = typed.strip().casefold()
    found = next((band.id for band in policy.band if wanted in (band.id.casefold(), band.title.casefold())), "")
    if not found:
        known = ", ".join(f'"{band.id}"' for band in policy.band)
        raise Mistyped(
            f'--urgency: "{typed}" is not a band of this policy',
            remedy=f"its bands are: {known}" if known else "it has none: leave --urgency out",
        )
    return found
