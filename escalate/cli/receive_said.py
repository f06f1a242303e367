"""What was recorded of a form that came in, and what it calls for next."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.casework.desk import Desk, OpenCase, Recorded
from escalate.casework.projection import rows_of
from escalate.cli.sitting import end, next_in
from escalate.core.events import FormReceived
from escalate.core.views import DueItem
from escalate.files.forms.loading import load_form
from escalate.render.console import Screen
from escalate.render.recorded import recorded_data, say_recorded
from escalate.store.case_links import likely_same


def say_recorded_form(desk: Desk, screen: Screen, recorded: Recorded) -> None:
    """Show what was recorded of one form, whether it says more than was recorded, and which case may be the same."""
    opened = recorded.after
    rows = rows_of(opened.case, opened.policy, opened.owed)
    screen.gap()
    say_recorded(screen, recorded.events, _before(recorded), rows, desk.today)
    for other in _perhaps_the_same(desk, opened):
        screen.say(f"Perhaps the same escalation as {other}: escalate link {opened.case.reference} {other}", hang=2)
    next_commands = [f"escalate show {opened.case.reference}"]
    if opened.case.state == "open" and _says_resolved(desk, recorded):
        screen.say(
            ("It says that the disagreement was resolved, which the case does not say yet. ", "strong"),
            f"To record how: escalate resolve {opened.case.reference}",
            hang=2,
        )
        next_commands.append(f"escalate resolve {opened.case.reference}")
    end(screen, opened, next_in(desk, opened, next_commands))


def recorded_as_plain(desk: Desk, recorded: Recorded) -> dict[str, object]:
    """Return what was recorded of one form as plain data, for --json."""
    opened = recorded.after
    rows = rows_of(opened.case, opened.policy, opened.owed)
    data = recorded_data(rows.case, recorded.events, _before(recorded), rows.items)
    return data | {"perhaps_the_same": _perhaps_the_same(desk, opened), "says_resolved": _says_resolved(desk, recorded)}


def _before(recorded: Recorded) -> Sequence[DueItem]:
    before = recorded.before
    return rows_of(before.case, before.policy, before.owed).items if before else ()


def _perhaps_the_same(desk: Desk, opened: OpenCase) -> list[str]:
    with desk.reading() as con:
        return [str(row["reference"]) for row in likely_same(con, opened.case.stream)]


def _says_resolved(desk: Desk, recorded: Recorded) -> bool:
    """Return whether the form says that it was resolved: a day on which it was, or Yes to the question."""
    received = next((x.fact for x in recorded.events if isinstance(x.fact, FormReceived)), None)
    if received is None:
        return False
    definition, _ = load_form(received.form, desk.home)
    said = {one.fills: received.read.get(one.id, "").strip() for one in definition.fields if received.read.get(one.id)}
    return bool(said.get("case.resolved_on")) or said.get("stage.resolved", "").casefold() == "yes"
