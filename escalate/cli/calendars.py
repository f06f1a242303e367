"""`escalate calendar`: the working days that deadlines are counted by; closures and one-off holidays; a check."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Annotated

import typer

from escalate.ask.dates import parse_date
from escalate.ask.scripts.declaring import AGENCY, CLOSURE, HOLIDAY, declare_script
from escalate.casework import calendar_check, declaring
from escalate.casework.desk import Desk, DraftOf
from escalate.cli.boundary import Mistyped
from escalate.cli.calendar_change import carry_out, understood
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, ShownAsJson, ShownPlain, Source
from escalate.cli.sitting import known_at, open_desk
from escalate.clock import today as todays_date
from escalate.core.answers import Answers
from escalate.core.policy_items import NATIONS
from escalate.errors import AnswersMissing, NotFound
from escalate.files.places import database
from escalate.files.policies.loading import load_policy
from escalate.render.calendar_findings_page import (
    check_as_plain,
    closures_check_as_plain,
    say_closures_check,
    show_check,
)
from escalate.render.calendar_page import (
    CalendarPage,
    calendar_as_plain,
    closure_as_plain,
    say_closure,
    show_calendar,
)
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.store import readers
from escalate.store.calendar_rows import agency_closures, day_rows, version_for, version_row

app = typer.Typer(help="The working days that deadlines are counted by: show, add, remove, check.")

Nation = Annotated[str, typer.Option("--nation", metavar="NATION", help="England, Wales, Scotland, Northern Ireland.")]
Partnership = Annotated[
    str, typer.Option("--partnership", metavar="PREFIX", help="Whose closure: the prefix of its references.")
]
Agency = Annotated[
    str, typer.Option("--agency", metavar="NAME", help="An agency's own closure: shown beside deadlines, moving none.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Record it without being asked.")]
To = Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, where it is more than one.")]


@app.command("show")
def show(
    year: Annotated[int | None, typer.Option("--year", metavar="Y", help="This year alone.")] = None,
    nation: Nation = "",
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="That cases of this policy count by.")] = "",
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """The calendar that new cases count by: each day off with its name and source, and agencies' closures beside it.

    Without a policy or nation it is that of the policy named at setup. This year and the next, unless --year is given;
    with --json every year it knows.
    """
    _must_be_a_nation(nation)
    _not_together("show", ("--nation", nation), ("--policy", policy))
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        setup = readers.setup(con)
        if not nation and not policy and setup is None:
            raise NotFound("nobody has said yet whose calendar counts", remedy="run: escalate setup")
        header = None if nation else load_policy(policy or (setup.policy if setup else ""))[0].policy
        of_nation, partnership = (header.nation, header.prefix) if header else (nation, "")
        version = version_for(con, of_nation, partnership)
        if version is None:
            raise NotFound(
                f'no calendar of "{of_nation}" is stored here',
                remedy="it is stored with the first case of that nation; see: escalate calendar check",
            )
        page = CalendarPage(
            today=today,
            row=version_row(con, version),
            partnership=header.partnership if header else "",
            prefix=partnership,
            days=day_rows(con, version),
            closures=agency_closures(con),
        )
    years = (year,) if year else None
    if as_json:
        print_json("calendar", calendar_as_plain(page, years))
    else:
        show_calendar(Screen.here(plain=plain), page, years or (today.year, today.year + 1))


@app.command("add")
def add(
    day: Annotated[str, typer.Argument(metavar="[DAY]", help="The day, or the first: 2026-12-24, 24 December.")] = "",
    to: To = "",
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="What the day is called.")] = "",
    published: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it is published.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="closure (of a partnership) or holiday (of the nation).")
    ] = "",
    partnership: Partnership = "",
    nation: Nation = "",
    agency: Agency = "",
    yes: Yes = False,
    source: Source = None,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Add a closure of the partnership, a one-off bank holiday, or an agency's own closure.

    Shows which open deadlines would move, from when to when, and asks. What is past does not move, and earlier versions
    of the calendar stay. An agency's own closure moves nothing: it is shown beside what that agency owes. Without a
    DAY it is asked for, or read from the file given with --from.
    """
    for option in (("--kind", kind), ("--partnership", partnership), ("--nation", nation)):
        _not_together("add", ("--agency", agency), option)
    given = {"until": to, "because": because, "source": published, "kind": kind, "partnership": partnership}
    given |= {"nation": nation, "agency": agency}
    with open_desk() as desk:
        known = known_at(desk)
        header = load_policy(desk.setup().policy)[0].policy
        script = declare_script(known, header.prefix)
        draft: DraftOf | None = None
        if day:
            answers = understood(script, {"day": day, **given}, desk.today)
        elif any(given.values()):
            raise AnswersMissing("calendar add: the day is missing", remedy="put it first: 2026-12-24", recorded="")
        else:
            answers, draft = Interviewer(desk, "calendar add", source, plain=plain).answers(script)
        if answers.says("kind", AGENCY):
            _record_closure(desk, answers, draft, plain=plain, as_json=as_json)
            return
        shown = declaring.propose(desk, answers)
        carry_out(desk, shown, draft, yes=yes, plain=plain, as_json=as_json)


@app.command("remove")
def remove(
    day: Annotated[str, typer.Argument(metavar="DAY", help="The day, or the first, of what was added.")],
    to: To = "",
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why: cancelled, added by mistake.")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="closure or holiday: what was added.")] = "",
    partnership: Partnership = "",
    nation: Nation = "",
    agency: Agency = "",
    yes: Yes = False,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Take back a closure or one-off holiday that was added here, by mistake or cancelled since.

    Shows which open deadlines would come forward, and asks; none to before today. A bank holiday that nobody added here
    is never removed.
    """
    with open_desk() as desk:
        first_on = _day(desk, day)
        if agency:
            moves = (("--to", to), ("--kind", kind), ("--partnership", partnership), ("--nation", nation))
            for option in (*moves, ("--yes", "yes" if yes else "")):
                _not_together("remove", ("--agency", agency), option)
            found = declaring.cancel_closures(desk, agency, first_on, because)
            if as_json:
                print_json("agency closures cancelled", [closure_as_plain(one) for one in found])
            else:
                screen = Screen.here(plain=plain)
                for one in found:
                    say_closure(screen, one, "Recorded: not closed after all: ")
            return
        _must_be_a_nation(nation)
        _not_together("remove", ("--nation", nation), ("--partnership", partnership))
        of_another_kind = ("--partnership", partnership) if _is_holiday(kind) else ("--nation", nation)
        _not_together("remove", (f"--kind {kind or CLOSURE}", kind or CLOSURE), of_another_kind)
        scope = declaring.scope_of(desk, HOLIDAY if _is_holiday(kind) else CLOSURE, partnership, nation)
        days = declaring.days_from(first_on, _day(desk, to) if to else None)
        shown = declaring.propose_removal(desk, scope, days, because)
        carry_out(desk, shown, None, yes=yes, plain=plain, as_json=as_json)


@app.command("check")
def check(
    adopt: Annotated[bool, typer.Option("--adopt", help="Take over what the library knows now.")] = False,
    nation: Nation = "",
    yes: Yes = False,
    plain: Plain = False,
    as_json: AsJson = False,
) -> None:
    """Compare what is stored with what the holidays library knows now, and look for what is out of reach or in vain.

    With --adopt the library's days become the calendar, what was declared here stays, and cases left behind count by it
    too: with the same preview as adding a day. It reaches the nation named, else that of the policy named at setup.
    """
    _must_be_a_nation(nation)
    if yes and not adopt:
        raise Mistyped("escalate calendar check: --yes records what --adopt proposes", remedy="give both, or neither")
    with open_desk() as desk:
        if adopt:
            of_nation = nation or load_policy(desk.setup().policy)[0].policy.nation
            carry_out(
                desk,
                calendar_check.propose_adoption(desk, of_nation),
                None,
                yes=yes,
                plain=plain,
                as_json=as_json,
            )
            return
        nations = (nation,) if nation else calendar_check.nations_stored(desk)
        found = [calendar_check.check_calendars(desk, one) for one in nations]
        closures = calendar_check.check_closures(desk)
        if as_json:
            data = {"calendars": [check_as_plain(one) for one in found], **closures_check_as_plain(closures)}
            print_json("calendar check", data)
            return
        screen = Screen.here(plain=plain)
        for one in found:
            show_check(screen, one)
        say_closures_check(screen, closures)


def _record_closure(desk: Desk, answers: Answers, draft: DraftOf | None, *, plain: bool, as_json: bool) -> None:
    fact = declaring.record_closure(desk, answers, draft)
    if as_json:
        print_json("agency closure", closure_as_plain(fact))
        return
    screen = Screen.here(plain=plain)
    say_closure(screen, fact, "Recorded: ")
    screen.say("It moves no deadline: it is shown beside what that agency owes, asking who covers.")
    screen.say("Next: escalate due")


def _day(desk: Desk, typed: str) -> date:
    try:
        return parse_date(typed, desk.today)
    except ValueError as problem:
        raise AnswersMissing(f"calendar: {problem}", recorded="") from None


def _must_be_a_nation(nation: str) -> None:
    if nation and nation not in NATIONS:
        raise Mistyped(
            f'"{nation}" is no nation that bank holidays are known of', remedy=f"one of: {', '.join(NATIONS)}"
        )


def _not_together(verb: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    """Refuse two options of which the second would be passed over, where both are given."""
    if one[1] and other[1]:
        raise Mistyped(
            f"escalate calendar {verb}: {one[0]} and {other[0]} do not go together", remedy="leave one of them out"
        )


def _is_holiday(kind: str) -> bool:
    if kind not in ("", CLOSURE, HOLIDAY):
        raise AnswersMissing(f'calendar: "{kind}" is not a kind', remedy="one of: closure, holiday", recorded="")
    return kind == HOLIDAY
