"""The parts of `escalate policy`, as a table: each lives in a module of its own, imported when it is typed."""

from __future__ import annotations

from escalate.cli.parts import Part

PARTS = (
    Part("list", "policy:list_policies", "the policies that can be used here"),
    Part("show", "policy:show", "one policy, to be read aloud, or drawn"),
    Part("check", "policy:check", "every problem of a file; what the source leaves open"),
    Part("try", "policy_try:command", "the dates a policy would give, before any case exists"),
    Part("diff", "policy_diff:command", "what changed between two, and for which open cases"),
    Part("new", "policy_new:new", "begin your partnership's own, by a few questions"),
    Part("schema", "policy_schema:command", "the file format as JSON Schema, for editors"),
)
