"""The door by which facts come in: pydantic looks at each field of the very same dataclass before it is written."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from escalate.core.events import KINDS, Fact
from escalate.core.plain import to_plain
from escalate.errors import CannotDecide, Problem
from escalate.store.chain import canonical


def body_of(fact: Fact) -> str:
    """Return a fact as the canonical JSON that is written, once every field is of its declared type.

    Nothing is converted: what the text says, read back, is the fact and nothing more.

    Raises:
        CannotDecide: fields are of the wrong kind. The message names them and never says what they held.
    """
    plain = to_plain(fact)
    try:
        body = canonical(plain)
        body.encode()
        read_back = _adapter(fact.kind).validate_json(body, strict=True)
    except ValidationError as error:
        problems = [Problem(str(found["loc"][0]), _wrong(found["type"])) for found in error.errors(include_input=False)]
        raise _refused(fact, problems) from None
    except (TypeError, ValueError):
        raise _refused(fact, [Problem("", "holds what cannot be written as text")]) from None
    if to_plain(read_back) != plain:
        raise _refused(fact, [Problem("", "does not read back as it was")])
    return body


_WRONG = {
    "literal_error": "is not one of the answers allowed",
    "string_type": "is not text",
    "tuple_type": "is not a list",
    "mapping_type": "is not a table",
    "dict_type": "is not a table",
    "int_type": "is not a whole number",
    "bool_type": "is not yes or no",
}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])


def _wrong(kind: str) -> str:
    if kind.startswith("date"):
        return "is not a date"
    return _WRONG.get(kind, "is of the wrong kind")


def _refused(fact: Fact, problems: list[Problem]) -> CannotDecide:
    return CannotDecide(f'entry "{fact.kind}": does not hold what such an entry holds', problems=problems, recorded="")
