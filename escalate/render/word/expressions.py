"""Reads the expressions of a form's Word template, wherever they stand, and says where each goes wrong.

Nothing is rendered and nothing computed: each part is laid out one paragraph a line and parsed, so that a line number
leads to a paragraph. A template may come from anybody; only what passes here is ever given to docxtpl.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.trials import Finding
from escalate.files.docx.opener import OpenedDocx, W, parse_part
from escalate.files.docx.places import Places, text_parts
from escalate.render.word.template import ISSUE_NAMES, Strict

_LARGEST_PART = 4 * 1024 * 1024
_MOST_EXPRESSIONS = 2000
_MOST_MISTAKES = 25
_OF_DOCXTPL = re.compile(r"\{([{%#])(?:tr|tc|p|r)(?=\s)")
_STRAIGHT = str.maketrans("‘’“”\xa0\n\r", "''\"\"   ")
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
_FILTERS = frozenset({"capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"})


@dataclass(frozen=True)
class _Known:
    """What a template may name. `fields` is None where no definition says; `rows` are the columns of each table."""

    fields: frozenset[str] | None
    rows: Mapping[str, frozenset[str]]


def expression_findings(definition: FormDefinition | None, opened: OpenedDocx) -> list[Finding]:
    """Return all that is wrong with a template's expressions, in the order they stand.

    Args:
        definition: the form's, or None where there is none: any plain name then passes.
    """
    found: list[Finding] = []
    known = _known(definition)
    for name, called in text_parts(opened.parts):
        if len(opened.parts[name]) > _LARGEST_PART or opened.parts[name].count(b"{") > 4 * _MOST_EXPRESSIONS:
            found.append(Finding("unsafe", called, "it is larger than any form, and was not looked at further"))
            continue
        root = parse_part(opened.parts[name])
        lines, elements = _laid_out(root)
        places = Places(root, called)
        tree = _parsed(lines, elements, places, found)
        if tree is not None:
            for line, weight, what in islice(_wrong_in(tree, known, {}), _MOST_MISTAKES):
                element = elements[min(line, len(elements)) - 1]
                found.append(Finding(weight, places.of(element), what, "" if weight == "wrong" else _NO_CODE))
    return found


_NO_CODE = "a template names fields, such as {{ child_name }}, and does nothing else"


def _known(definition: FormDefinition | None) -> _Known:
    if definition is None:
        return _Known(None, {})
    rows = {table.id: frozenset({"number"} | {x.id for x in table.columns}) for table in definition.tables}
    return _Known(frozenset(field.id for field in definition.fields), rows)


def _laid_out(root: Any) -> tuple[list[str], list[Any]]:
    """Return each paragraph as one line of template, with the element it came from; attributes and comments too."""
    lines, elements = [""], [root]
    for element in root.iter():
        if element.tag == f"{W}p":
            lines.append("")
            elements.append(element)
        held = [element.text or "", *(str(value) for value in element.attrib.values() if "{" in value)]
        tail = element.tail if "{" in (element.tail or "") else ""
        lines[-1] += "".join(held).translate(_STRAIGHT) + (tail or "").translate(_STRAIGHT)
    return [_OF_DOCXTPL.sub(r"{\1", line) for line in lines], elements


def _parsed(lines: list[str], elements: list[Any], places: Places, found: list[Finding]) -> Any:
    """Return the tree of a part, or None; a line that cannot be parsed is said, left out, and the rest parsed again."""
    left = list(lines)
    for _ in range(_MOST_MISTAKES):
        try:
            return Strict().parse("\n".join(left))
        except TemplateSyntaxError as wrong:
            line = min(max(wrong.lineno, 1), len(left))
            while line > 1 and not re.search(r"\{[{%#]", left[line - 1]):
                line -= 1
            what = "an expression is not complete, or not one that a form can have"
            found.append(
                Finding("wrong", places.of(elements[line - 1]), what, "each {{ needs its }}, each for its endfor")
            )
            if not left[line - 1]:
                return None
            left[line - 1] = ""
        except (TemplateError, RecursionError):
            break
    found.append(Finding("unsafe", places.of(elements[0]), "its expressions cannot be read", _NO_CODE))
    return None


def _wrong_in(
    node: nodes.Node, known: _Known, loops: Mapping[str, frozenset[str] | None]
) -> Iterator[tuple[int, Any, str]]:
    """Yield line, weight and words for each node that is not allowed; `loops` are the loop variables in force."""
    if not isinstance(node, _PLAIN):
        yield node.lineno, "unsafe", f"it holds code ({type(node).__name__.lower()})"
        return
    if isinstance(node, nodes.Name) and node.ctx == "load":
        yield from _wrong_name(node, known, loops)
    elif isinstance(node, nodes.Getattr):
        yield from _wrong_attribute(node, loops)
        return
    elif isinstance(node, nodes.Filter) and (node.name not in _FILTERS or node.dyn_args or node.dyn_kwargs):
        yield node.lineno, "unsafe", f'it holds code (the filter "{node.name}")'
    elif isinstance(node, nodes.For):
        yield from _wrong_loop(node, known, loops)
        return
    for child in node.iter_child_nodes():
        yield from _wrong_in(child, known, loops)


def _wrong_name(
    node: nodes.Name, known: _Known, loops: Mapping[str, frozenset[str] | None]
) -> Iterator[tuple[int, Any, str]]:
    if known.fields is None or node.name in known.fields or node.name in loops or node.name in ("issue", "loop"):
        return
    near = get_close_matches(node.name, known.fields, n=1, cutoff=0.6)
    meant = f': was "{near[0]}" meant?' if near else ""
    yield node.lineno, "wrong", f'there is no field "{node.name}"{meant}'


def _wrong_attribute(node: nodes.Getattr, loops: Mapping[str, frozenset[str] | None]) -> Iterator[tuple[int, Any, str]]:
    if not isinstance(node.node, nodes.Name):
        yield node.lineno, "unsafe", f'it holds code (".{node.attr}")'
        return
    of = node.node.name
    if of != "issue" and of not in loops:
        yield node.lineno, "unsafe", f'it holds code (".{node.attr}" of {of})'
        return
    allowed = frozenset(ISSUE_NAMES) if of == "issue" else loops[of]
    if allowed is not None and node.attr not in allowed:
        near = get_close_matches(node.attr, allowed, n=1, cutoff=0.5)
        meant = f": was {of}.{near[0]} meant?" if near else ""
        weight = "unsafe" if node.attr.startswith("_") else "wrong"
        yield node.lineno, weight, f'there is no "{of}.{node.attr}"{meant}'
    elif node.attr.startswith("_"):
        yield node.lineno, "unsafe", f'it holds code (".{node.attr}" of {of})'


def _wrong_loop(
    node: nodes.For, known: _Known, loops: Mapping[str, frozenset[str] | None]
) -> Iterator[tuple[int, Any, str]]:
    of = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if loops or node.recursive or node.test or not isinstance(node.target, nodes.Name) or not of:
        yield node.lineno, "unsafe", "it holds a loop of a kind no form needs"
        return
    if known.fields is not None and of not in known.rows:
        near = get_close_matches(of, known.rows, n=1, cutoff=0.5)
        meant = f': was "{near[0]}" meant?' if near else ""
        yield node.lineno, "wrong", f'it repeats rows of "{of}", which is no table of the form{meant}'
    inside = {**loops, node.target.name: known.rows.get(of)}
    for child in (*node.body, *node.else_):
        yield from _wrong_in(child, known, inside)
