"""Checks a form's Word template before anything is put into it, and puts the answers in.

A template comes from a partnership or a user and could carry code. It is walked against a list of what is allowed
before it is rendered, and rendered in an environment that calls nothing and reaches into nothing but plain data.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition, FormField, FormTable
from escalate.errors import FormRefused, Problem
from escalate.files.docx.opener import MAIN_PART, OpenedDocx, W, open_docx, parse_part
from escalate.files.docx.text import text_of
from escalate.files.forms.template_addresses import addresses_in

ISSUE_NAMES = ("title", "reference", "issue", "anchor", "return_to", "changes")
# What a name of the template holds: text (None), or a dictionary with these names.
Scope = Mapping[str, "frozenset[str] | None"]
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For,
    nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
_FILTERS = frozenset({"capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"})
_DEPTH = 2
_TAG = re.compile(r"\{[{%#]")


class Strict(ImmutableSandboxedEnvironment):
    """Renders names from plain dictionaries: no calls, no attributes, no globals, nothing undefined, all escaped."""

    def __init__(self) -> None:
        super().__init__(optimized=False, autoescape=True, undefined=StrictUndefined, finalize=_printed)
        self.globals.clear()

    def is_safe_callable(self, _obj: Any) -> bool:
        return False

    def is_safe_attribute(self, _obj: Any, _attr: str, _value: Any) -> bool:
        return False


def _printed(value: Any) -> Markup:
    """Return a value as it is printed: None as nothing, underscores so that docxtpl does not take "{_{" for a tag."""
    return Markup("") if value is None else Markup(str(escape(value)).replace("_", "&#95;"))


def render(definition: FormDefinition, template: bytes, data: Mapping[str, Any], where: str) -> bytes:
    """Return the template with `data` in it, as docxtpl leaves it: controls, properties and packing not yet finished.

    Args:
        data: text by field id, rows by table id, and "issue": a dictionary of `ISSUE_NAMES`. A row is a dictionary of
            its "number" and its columns. Plain lists, dictionaries and strings only.
        where: what errors call the template.
    Raises:
        FormRefused: the template has problems (all of them are listed) or cannot be filled.
    """
    problems = check_template(definition, template)
    if problems:
        raise FormRefused(f"{where}: its Word template cannot be used", problems=problems)
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(dict(data), jinja_env=Strict(), autoescape=True)
    except TemplateError as reason:
        raise FormRefused(f"{where}: its Word template asks for something no form has") from reason
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


@lru_cache(maxsize=32)
def check_template(definition: FormDefinition, template: bytes) -> tuple[Problem, ...]:
    """Return all that is wrong with a form's Word template, in the order of its parts; empty when it can be used.

    The same template is looked at once in a run, however many forms are made of it.

    Raises:
        FormRefused: it cannot be opened as a Word document at all.
    """
    where = definition.template
    opened = open_docx(template, where)
    return (
        *_expression_problems(definition, template, where),
        *_control_problems(definition, opened, where),
        *_leftover_problems(definition, opened, where),
    )


def _expression_problems(definition: FormDefinition, template: bytes, where: str) -> Iterator[Problem]:
    document = DocxTemplate(io.BytesIO(template))
    known: dict[str, frozenset[str] | None] = {field.id: None for field in definition.fields}
    known["issue"] = frozenset(ISSUE_NAMES)
    tables = {table.id: frozenset({"number", *(one.id for one in table.columns)}) for table in definition.tables}
    environment = Strict()
    for part, xml in _rendered_parts(document):
        try:
            tree = environment.parse(document.patch_xml(xml))
        except TemplateError:
            yield Problem(where, f"an expression in its {part} is not complete", "each {{ needs its }}")
            continue
        lint = _Lint(tables)
        yield from (Problem(where, f"{what} in its {part}") for what in lint.wrong_in(tree, known, depth=0))
    for name in ("author", "comments", "identifier", "language", "subject", "title", "keywords", "category"):
        if _TAG.search(getattr(document.docx.core_properties, name) or ""):
            yield Problem(where, f"its property {name} holds an expression", "clear it in Word: File, Info")


def _rendered_parts(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the XML of every part that docxtpl renders, with what a person calls the part."""
    document.init_docx()
    yield "text", document.get_xml()
    for uri, name in ((document.HEADER_URI, "header"), (document.FOOTER_URI, "footer")):
        for _, part in document.get_headers_footers(uri):
            yield name, document.get_part_xml(part)
    for part in document.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            yield "footnotes", document.get_part_xml(part)


@dataclass(frozen=True, slots=True)
class _Lint:
    """Walks an expression tree against what is allowed; `tables` are the names that only a loop may go through."""

    tables: Mapping[str, frozenset[str]]

    def wrong_in(self, node: nodes.Node, known: Scope, depth: int) -> Iterator[str]:
        if not isinstance(node, _ALLOWED):
            yield f"{type(node).__name__.lower()} is not allowed"
            return
        reached = _reached(node, known)
        if reached:
            name, part = reached
            inside = known[name]
            if inside is None or part not in inside:
                yield f'".{part}" is not allowed'
            return
        if isinstance(node, nodes.Name) and node.ctx == "load":
            if node.name not in known:
                yield f'there is no field "{node.name}"'
            elif known[node.name] is not None:
                yield f'"{node.name}" alone is not allowed'
        elif isinstance(node, nodes.Getattr):
            yield f'".{node.attr}" is not allowed'
        elif isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            yield "a computed index is not allowed"
        elif isinstance(node, nodes.Filter) and (node.name not in _FILTERS or node.dyn_args or node.dyn_kwargs):
            yield f'the filter "{node.name}" is not allowed'
        elif isinstance(node, nodes.For):
            yield from self._wrong_in_loop(node, known, depth)
            return
        for child in node.iter_child_nodes():
            yield from self.wrong_in(child, known, depth)

    def _wrong_in_loop(self, node: nodes.For, known: Scope, depth: int) -> Iterator[str]:
        if node.recursive or depth == _DEPTH or not isinstance(node.target, nodes.Name):
            yield "a loop of this kind is not allowed"
            return
        of = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        if of not in self.tables:
            yield from self.wrong_in(node.iter, known, depth)
        inside = {**known, node.target.name: self.tables.get(of)}
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            yield from self.wrong_in(child, inside, depth + 1)


def _reached(node: nodes.Node, known: Scope) -> tuple[str, str] | None:
    """Return the name and the part of it that `issue.anchor` or `row["what"]` reaches for; None for all else."""
    if not isinstance(node, nodes.Getattr | nodes.Getitem) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    if isinstance(node, nodes.Getattr):
        return (name, node.attr) if name in known else None
    is_word = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)
    return (name, node.arg.value) if is_word and known.get(name) is not None else None  # type: ignore[attr-defined]


def _control_problems(definition: FormDefinition, opened: OpenedDocx, where: str) -> Iterator[Problem]:
    body = parse_part(opened.parts[MAIN_PART])
    controls: dict[str, list[Any]] = {}
    for control in body.iter(f"{W}sdt"):
        controls.setdefault(re.sub(r"\s", "", _tag_of(control)), []).append(control)
    marked = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    for field in definition.fields:
        yield from _wrong_with(field, controls.get(field.id, []), f"{{{{{field.id}}}}}", where)
        if marked.count(field.bookmark) > 1:
            yield Problem(where, f"{_called(field)} has {marked.count(field.bookmark)} bookmarks {field.bookmark}")
    for table in definition.tables:
        yield from _column_problems(table, controls, where)


def _column_problems(table: FormTable, controls: Mapping[str, list[Any]], where: str) -> Iterator[Problem]:
    """A column's control is tagged such as "log_{{ row.number }}_concern" and holds "{{ row.concern }}"."""
    tag = re.compile(rf"{table.id}_\{{\{{(\w+)\.number\}}\}}_(\w+)")
    tagged = [(name, match) for name in controls if (match := tag.fullmatch(name))]
    for column in table.columns:
        found = [(match[1], one) for name, match in tagged if match[2] == column.id for one in controls[name]]
        row = found[0][0] if found else "row"
        yield from _wrong_with(column, [one for _, one in found], f"{{{{{row}.{column.id}}}}}", where)


def _wrong_with(field: FormField, controls: Sequence[Any], holds: str, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the controls of a field or column, of which there must be one that holds this."""
    what = _called(field)
    if len(controls) != 1:
        yield Problem(where, f"{what} has {len(controls) or 'no'} content controls with that tag, not one")
        return
    control = controls[0]
    if control.getparent().tag != f"{W}p":
        yield Problem(where, f"{what} has a content control round whole paragraphs", "put it inside one paragraph")
    elif re.sub(r"\s", "", text_of(control)) != holds:
        said = holds.replace("{{", "{{ ").replace("}}", " }}")
        yield Problem(where, f"{what} has a content control that holds something else than {said}")
    elif any(next(control.iter(f"{W}{one}"), None) is not None for one in ("text", "dataBinding")):
        # LibreOffice joins the lines of a plain-text control, and overwrites a bound one with what it is bound to.
        yield Problem(where, f"{what} has a plain-text or bound content control", "use a rich text content control")
    offered = {item.get(f"{W}value") for item in control.iter(f"{W}listItem")} - {"", None}
    for_words = next(control.iter(f"{W}comboBox"), None) is not None
    if field.kind == "choice" and offered and offered != set(field.options):
        yield Problem(where, f"{what} has a drop-down list with other options than its definition")
    elif field.kind != "choice" and offered and not for_words:
        yield Problem(where, f"{what} has a drop-down list and takes any words", "use a combo box content control")


def _called(field: FormField) -> str:
    return f'field "{field.label}" ({field.id})'


def _tag_of(control: Any) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val", ""))


def _leftover_problems(definition: FormDefinition, opened: OpenedDocx, where: str) -> Iterator[Problem]:
    """Yield what would carry people's names out with every form, or pass a form off as the partnership's own."""
    if definition.standing == "reconstructed" and NOT_OFFICIAL not in text_of(parse_part(opened.parts[MAIN_PART])):
        yield Problem(where, "it does not say that it is not the official form", f'print in it: "{NOT_OFFICIAL}"')
    if any(re.match(r"word/comments", name) for name in opened.parts):
        yield Problem(where, "it has comments", "delete them in Word: Review, Delete all comments")
    for name, _, kind in addresses_in(opened.parts):
        yield Problem(where, f"it fetches something from elsewhere ({kind}, in {name})", "see: escalate form check")
    for name, part in opened.parts.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
            tracked = parse_part(part).iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")
            if next(tracked, None) is not None:
                yield Problem(where, "it has tracked changes", "accept or reject them in Word: Review")
