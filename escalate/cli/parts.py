"""Verbs with parts of their own (`policy check`): a group that knows its parts by a table, and imports one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


class Part(NamedTuple):
    """One part of a verb: its name, where its code is, its line in the help."""

    name: str
    home: str
    says: str


class Parts(TyperGroup):
    """A verb made of parts. Listing them imports none of their modules; running one imports its own."""

    table: tuple[Part, ...] = ()

    def list_commands(self, _ctx: Context) -> list[str]:
        """Return the names of the parts, in the order of the table."""
        return [part.name for part in self.table]

    def get_command(self, _ctx: Context, cmd_name: str) -> Command | None:
        """Return the part of this name, imported now, or None."""
        part = next((one for one in self.table if one.name == cmd_name), None)
        return parsed(found_at(part.home), part.name) if part else None

    def format_commands(self, _ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table of parts."""
        with formatter.section("Commands"):
            formatter.write_dl([(part.name, part.says) for part in self.table])


def found_at(home: str) -> Any:
    """Return what stands at "module:attribute" of this package, importing that module."""
    module, _, attribute = home.partition(":")
    return getattr(import_module(f"escalate.cli.{module}"), attribute)


def parsed(found: Any, name: str) -> Command:
    """Return the parsed command of a function, or of a `typer.Typer`.

    Help is plain text: it reads the same on a narrow terminal, through a pipe and to a screen reader.
    """
    if isinstance(found, typer.Typer):
        app = found
    else:
        app = typer.Typer()
        app.command(name)(found)
    app.rich_markup_mode = None
    app.pretty_exceptions_enable = False
    app._add_completion = False
    return typer.main.get_command(app)


def group_of(name: str, says: str, table: tuple[Part, ...]) -> Parts:
    """Return the group of a verb that is made of these parts."""
    group = Parts(name=name, help=says, no_args_is_help=True, rich_markup_mode=None)
    group.table = table
    return group
