"""A partnership's own policy file, begun from answers: commented TOML that its people read, correct and keep."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from escalate.core.answers import Answers
from escalate.core.policy import Policy
from escalate.files.places import shipped

NOT_NOTED = "to be noted"
"""What stands for a clause that nobody has named yet."""
_OF_ALL = {"safeguarding", "children", "childrens", "partnership", "board", "local", "the", "and", "adults", "s", "of"}
_PREVIOUS = "the previous stage's resolving deadline"


def file_name(partnership: str, edition: str) -> str:
    """Return the name of a policy's file, without ".toml".

    Example:
        >>> file_name("Exampleshire Safeguarding Children Partnership", "2026-09")
        'exampleshire-2026-09'
    """
    words = re.findall(r"[a-z0-9]+", partnership.lower())
    own = [word for word in words if word not in _OF_ALL] or words or ["policy"]
    return f"{'-'.join(own)}-{edition}"


def policy_text(name: str, answers: Answers) -> str:
    """Return the text of a new policy file."""
    stages = _stages(answers)
    rung = int(answers.text("form_from") or "1")
    themes = [words.strip() for words in re.split(r"[;\n]", answers.text("themes")) if words.strip()]
    keys = ("partnership", "prefix", "title", "edition", "nation", "called", "risk_effect", "ending_who", "ending_does")
    words = {
        **{key: answers.text(key) for key in (*keys, "confirm_within", "form_title")},
        **{key: answers.text(key) for key in ("manager_title", "manager_telephone", "manager_email")},
        **{key: answers.text(key) or NOT_NOTED for key in ("confirm_clause", "records_clause", "form_clause")},
        **{key: answers.text(key) or NOT_NOTED for key in ("risk_clause", "ending_clause")},
        **{key: answers.day(key) for key in ("published_on", "in_force_from", "review_due")},
        "name": name,
        "stages": stages,
        "form_where": answers.text("form_where") or "ask the partnership for it",
        "records": answers.says("records", "yes"),
        "risk_tell": answers.text("risk_tell") or "children's social care, by the safeguarding referral procedures",
        "risk_says": _RISK_SAYS[answers.text("risk_effect")],
        "ending_binding": answers.says("ending_binding", "yes"),
        "ending_says": f"{answers.text('ending_who')}: {answers.text('ending_does')}.",
        "themes": [{"id": f"theme-{place}", "title": theme} for place, theme in enumerate(themes, 1)],
        "form": f"{name.rpartition('-' + answers.text('edition'))[0] or name}-form",
        "form_stages": [stage["id"] for stage in stages][rung - 1 :],
    }
    return _filled("new", words)


_RISK_SAYS = {
    "clocks become guides": "The child's safety comes first: the times are only a guide from then on.",
    "leave the ladder": "The child's safety comes first: act at once, outside this ladder.",
    "nothing changes": "The child's safety comes first: act at once; the times stand.",
}


def overlay_text(name: str, answers: Answers, base: Policy) -> str:
    """Return the text of a partnership's own edition upon another: everything in it that may be changed, as notes."""
    printed = [contact for contact in base.contact if contact.confirmed_on is None]
    words = {
        "name": name,
        "partnership": base.policy.partnership,
        "title": base.policy.title,
        "extends": base.name,
        "edition": answers.text("edition"),
        "because": answers.text("because").split("\n"),
        "in_force_from": answers.day("in_force_from"),
        "review_due": answers.day("review_due"),
        "doubts": [
            {
                "id": doubt.id,
                "about": ", ".join(doubt.items),
                "followed": doubt.followed,
                "readings": [(reading, said.says) for reading, said in doubt.readings.items()],
            }
            for doubt in base.doubts
        ],
        "gaps": [gap for gap in base.to_fill_in if not gap.answer],
        "contacts": printed,
    }
    return _filled("overlay", words)


def _stages(answers: Answers) -> list[dict[str, Any]]:
    formal, informal = 0, 0
    found: list[dict[str, Any]] = []
    for entry in answers.entries("stages"):
        is_informal = entry.says("informal", "yes")
        informal, formal = informal + is_informal, formal + (not is_informal)
        id_ = str(formal) if not is_informal else "informal" if informal == 1 else f"informal-{informal}"
        starts = [entry.text("counted_from") or "the stage entered"]
        if starts == ["the stage entered"] and any(stage["has_time"] for stage in found):
            starts.append(_PREVIOUS)
        found.append(
            {
                "id": id_,
                "clock": f"stage-{id_}-resolve",
                "confirm": f"stage-{id_}-confirm",
                "informal": is_informal,
                "who": f"{entry.text('raising')} and {entry.text('receiving')}",
                "within": entry.text("within") or "an agreed date",
                "has_time": entry.is_known("within"),
                "counted_from": starts,
                "start_is_ours": _PREVIOUS in starts,
                "force": entry.text("force"),
                "clause": entry.text("clause") or NOT_NOTED,
                **{key: entry.text(key) for key in ("title", "raising", "receiving")},
            }
        )
    return found


def _filled(kind: Literal["new", "overlay"], words: Mapping[str, Any]) -> str:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["toml"] = _toml_string
    template = (shipped("templates") / "policies" / f"{kind}.txt").read_text(encoding="utf-8")
    environment.filters["note"] = _noted
    written = environment.from_string(template).render(words)
    parted = re.sub(r"(?<!\n)\n\[", "\n\n[", written)
    return re.sub(r"\n{4,}", "\n\n\n", parted).rstrip() + "\n"


def _noted(words: str) -> str:
    """Return words as a comment may hold them: in one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _toml_string(words: str) -> str:
    """Return words as TOML writes them between double quotes: JSON's escapes are among TOML's."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
