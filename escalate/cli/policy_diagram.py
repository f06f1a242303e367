"""`escalate policy show --diagram`: a policy's flowchart, to standard output or into a file that is not there yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.core.policy import Policy
from escalate.errors import EscalateError
from escalate.render.diagram import draw

Diagram = Annotated[
    str, typer.Option("--diagram", metavar="KIND", help="Its flowchart instead: mermaid (text) or svg (a drawing).")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write the flowchart: a new file.")]
KINDS = ("mermaid", "svg")


def show_diagram(policy: Policy, kind: str, out: Path | None) -> None:
    """Write the flowchart as `kind`; into `out` where one is named, and say so.

    Raises:
        Mistyped: `kind` is neither mermaid nor svg.
        EscalateError: `out` is there already, or cannot be written.
    """
    if kind not in KINDS:
        what = (
            f'--diagram: "{kind}" is not a kind of diagram' if kind else "--out: only a flowchart is written to a file"
        )
        raise Mistyped(what, remedy="write --diagram mermaid or --diagram svg")
    chart = draw(policy)
    if kind == "svg":
        from escalate.render.diagram_svg import as_svg

        text = as_svg(chart)
    else:
        from escalate.render.diagram_mermaid import as_mermaid

        text = as_mermaid(chart)
    if out is None:
        sys.stdout.write(text)
        return
    _write(out, text)
    print(f"Written: {out}")


def _write(out: Path, text: str) -> None:
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise EscalateError(
            f"--out: {out.name} is there already, and is left as it is",
            remedy="name another file, or move that one away",
        ) from None
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise EscalateError(
            f"--out: {out.name} cannot be written: {why}", remedy="name a file in a folder that you can write to"
        ) from None
