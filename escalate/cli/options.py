"""Arguments and options that several verbs take: `Shown…` are those of the verbs that only read."""

from __future__ import annotations

from typing import Annotated

import typer

Reference = Annotated[
    str, typer.Argument(metavar="REF", help="The case: its reference, or the end of it that no other case has.")
]
Source = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Answers in a TOML file; - for standard input. Nothing is asked."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Ask and answer line by line, without redrawing or colour.")]
ShownPlain = Annotated[bool, typer.Option("--plain", help="As sentences, without columns or colour.")]
ShownAsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was recorded as JSON.")]
