"""The parts of `escalate form`, as a table: each lives in a module of its own, imported when it is typed."""

from __future__ import annotations

from escalate.cli.parts import Part

PARTS = (
    Part("list", "form:list_forms", "the forms there are: whose, how true to the original, for which stages"),
    Part("show", "form:show", "one form, field by field, and what fills each"),
    Part("check", "form_check:command", "try a Word template with hostile words; all that is lost, unsafe or missing"),
    Part("new", "form_new:command", "make a form of your partnership's blank Word document"),
)
