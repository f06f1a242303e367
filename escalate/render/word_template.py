"""Checks a form's Word template before anything is put into it, and puts the answers in.

A template comes from a partnership or a user and could carry code. It is walked against a list of what is allowed
before it is rendered, and rendered in an environment that calls nothing and reaches into nothing but plain data.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from escalate.core.form_definition import BOOKMARK_PREFIX, FormDefinition
from escalate.errors import FormRefused, Problem
from escalate.files.docx_opener import MAIN_PART, OpenedDocx, W, open_docx, parse_part
from escalate.files.docx_text import text_of

ISSUE_NAMES = ("title", "reference", "issue", "anchor", "return_to")
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
        data: text by field id, and "issue": a dictionary of `ISSUE_NAMES`. Plain dictionaries and strings only.
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


def check_template(definition: FormDefinition, template: bytes) -> tuple[Problem, ...]:
    """Return all that is wrong with a form's Word template, in the order of its parts; empty when it can be used.

    Raises:
        FormRefused: it cannot be opened as a Word document at all.
    """
    where = definition.template
    opened = open_docx(template, where)
    return (
        *_expression_problems(definition, template, where),
        *_control_problems(definition, opened, where),
        *_leftover_problems(opened, where),
    )


def _expression_problems(definition: FormDefinition, template: bytes, where: str) -> Iterator[Problem]:
    document = DocxTemplate(io.BytesIO(template))
    known = {field.id for field in definition.fields}
    environment = Strict()
    for part, xml in _rendered_parts(document):
        try:
            tree = environment.parse(document.patch_xml(xml))
        except TemplateError:
            yield Problem(where, f"an expression in its {part} is not complete", "each {{ needs its }}")
            continue
        yield from (Problem(where, f"{what} in its {part}") for what in _not_allowed(tree, known, depth=0))
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


def _not_allowed(node: nodes.Node, known: set[str], depth: int) -> Iterator[str]:
    if not isinstance(node, _ALLOWED):
        yield f"{type(node).__name__.lower()} is not allowed"
        return
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known | {"issue"}:
        yield f'there is no field "{node.name}"'
    elif isinstance(node, nodes.Getattr) and not _is_issue_name(node):
        yield f'".{node.attr}" is not allowed'
    elif isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
        yield "a computed index is not allowed"
    elif isinstance(node, nodes.Filter) and (node.name not in _FILTERS or node.dyn_args or node.dyn_kwargs):
        yield f'the filter "{node.name}" is not allowed'
    elif isinstance(node, nodes.For):
        if node.recursive or depth == _DEPTH or not isinstance(node.target, nodes.Name):
            yield "a loop of this kind is not allowed"
        else:
            known, depth = known | {node.target.name}, depth + 1
    for child in node.iter_child_nodes():
        yield from _not_allowed(child, known, depth)


def _is_issue_name(node: nodes.Getattr) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "issue" and node.attr in ISSUE_NAMES


def _control_problems(definition: FormDefinition, opened: OpenedDocx, where: str) -> Iterator[Problem]:
    body = parse_part(opened.parts[MAIN_PART])
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    for field in definition.fields:
        controls = [one for one in body.iter(f"{W}sdt") if _tag_of(one) == field.id]
        what = f'field "{field.label}" ({field.id})'
        if len(controls) != 1:
            yield Problem(where, f"{what} has {len(controls) or 'no'} content controls with that tag, not one")
        elif controls[0].getparent().tag != f"{W}p":
            yield Problem(where, f"{what} has a content control round whole paragraphs", "put it inside one paragraph")
        elif re.sub(r"\s", "", text_of(controls[0])) != f"{{{{{field.id}}}}}":
            yield Problem(where, f"{what} has a content control that holds something else than {{{{ {field.id} }}}}")
        elif any(next(controls[0].iter(f"{W}{one}"), None) is not None for one in ("text", "dataBinding")):
            # LibreOffice joins the lines of a plain-text control, and overwrites a bound one with what it is bound to.
            yield Problem(where, f"{what} has a plain-text or bound content control", "use a rich text content control")
        if names.count(field.bookmark) != 1:
            yield Problem(where, f"{what} is not inside one bookmark named {BOOKMARK_PREFIX}{field.id}")


def _tag_of(control: Any) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val", ""))


def _leftover_problems(opened: OpenedDocx, where: str) -> Iterator[Problem]:
    """Yield what would carry people's names out with every form."""
    if any(re.match(r"word/comments", name) for name in opened.parts):
        yield Problem(where, "it has comments", "delete them in Word: Review, Delete all comments")
    for name, part in opened.parts.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
            tracked = parse_part(part).iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")
            if next(tracked, None) is not None:
                yield Problem(where, "it has tracked changes", "accept or reject them in Word: Review")
