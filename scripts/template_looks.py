"""How each shipped form lies on its page: what stands above its tables, and where its fields lie in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["beside", "below", "pairs", "together", "noted"]


@dataclass(frozen=True)
class Row:
    """Fields that lie together: label left and answer right ("beside"), the answer in a row of its own ("below"), side
    by side ("pairs"), two answers in one cell ("together"), or with the next field's fixed lines right ("noted")."""

    how: How
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One table of a page: the lines `above` it, what it is about, and its rows, or the form's table it is.

    `widths` are those of its columns, where they are not the two of the look.
    """

    about: str
    rows: tuple[Row, ...] = ()
    of: str = ""
    above: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Look:
    """What a form's page says above its tables, and how its fields lie in them.

    `cells` are the fields that share each cell of a single column, `blocks` the tables of a longer form; without
    either, labels are on the left and answers on the right. `notes` stand under the heading, `points` under them.
    """

    above: tuple[str, ...]
    heading: str
    about: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    label_width: int = 2950
    wide: bool = False


def beside(*ids: str) -> tuple[Row, ...]:
    """Return a row for each field: the label on the left, the answer on the right."""
    return tuple(Row("beside", (one,)) for one in ids)


def below(*ids: str) -> tuple[Row, ...]:
    """Return rows for each field: the label in one, the answer in the next."""
    return tuple(Row("below", (one,)) for one in ids)


TWO_COLUMNS = "Two columns: the label of a field on the left, the answer on the right."
# The day's column holds "30 September 2026" on one line.
_LOG = (1500, 1950, 1920, 1540, 1880, 1830, 2130, 1820)
_FOUR = (2950, 2150, 1300, 3238)
HEADED = "A row of headings; under it, one row for each."


def _stage(number: str) -> Block:
    name = f"stage_{number}_"
    return Block(
        about=f"Stage {number}: the labels of its fields, each with the answer under it or on the right.",
        rows=(
            *below(f"{name}concerns"),
            Row("noted", (f"{name}resolved",)),
            *beside(f"{name}decision", f"{name}learning", f"{name}closed_on"),
        ),
        widths=_FOUR,
    )


def _wirral(appendix: str, stage: str) -> Look:
    return Look(
        above=("Wirral Safeguarding Children Board", "Multi-Agency Escalation Procedure", f"Appendix {appendix}"),
        heading="Proforma for Reporting Conflicts which have been Resolved at "
        f"Stage {stage} Agency Representative Level",
        blocks=(
            Block(
                about=TWO_COLUMNS,
                rows=beside(
                    "agencies", "child_name", "resolved_stage", "raised_on", "resolved_on", "nature", "method",
                    "outcome", "themes", "learning", "completed_by", "completed_by_role", "completed_by_agency",
                    "completed_on",
                ),
            ),
        ),
    )  # fmt: skip


_SOMERSET = ("Somerset Local Safeguarding Children Board", "Escalation Policy")
_SIGNED = ("completed_by", "completed_by_role", "completed_by_agency", "completed_on")

LOOKS: Mapping[str, Look] = {
    "knowsley-appendix-2": Look(
        above=("Appendix 2",),
        heading="KSCP Escalation Template",
        about="Fourteen cells one under another; each holds the label of a field and, under it, the answer.",
        cells=(
            ("escalated_on", "stage"),
            ("child_name",),
            ("child_born_on",),
            ("child_address",),
            ("parental_responsibility",),
            ("raising_agency",),
            ("receiving_agency",),
            ("key_issues",),
            ("options_considered",),
            ("by_whom", "discussed_on", "decision", "actions", "recommendations", "learning"),
            ("oversight", "manager_and_date"),
            ("completed_by",),
            ("completed_on",),
            ("signed",),
        ),
    ),
    "knowsley-appendix-3": Look(
        above=("Knowsley Safeguarding Children’s Partnership", "Escalation Policy", "Appendix 3"),
        heading="Governance Process",
        about=TWO_COLUMNS,
    ),
    "herefordshire-appendix-1": Look(
        above=("Appendix 1: Agency escalation Summary Log",),
        heading="AGENCY ESCALATION SUMMARY LOG",
        notes=("Kept by the line manager or safeguarding lead.",),
        blocks=(Block(about="A row of headings; under it, one row for each child.", of="log", widths=_LOG),),
        wide=True,
    ),
    "herefordshire-appendix-2": Look(
        above=("Appendix 2: Report to HSCP – Multi-Agency Resolution template", "Professional Differences Policy"),
        heading="Multi-Agency Resolution: Escalation Template – (required from Stage 2)",
        notes=(
            "Goes to the HSCP Partnership Team, and again at every update.",
            "In the challenged agency it goes to the Stage 2 professional:",
            "its Designated Safeguarding Lead, Service Manager or Head of Service.",
            "The team logs it; the agencies carry on from Stage 2.",
            "About a theme and no child: begin at 2.",
        ),
        blocks=(
            Block(
                about="Section A: the label of a field on the left, the answer on the right or under it.",
                rows=(
                    *beside("child_name", "child_born_on", "child_address", "child_reference"),
                    *below("difference"),
                    *beside(
                        "themes", "raiser", "others_involved", "need_current", "need_perceived", "concern_on",
                        "action_taken",
                    ),
                ),
            ),
            Block(
                about=f"Section B. {TWO_COLUMNS}",
                rows=beside("progress"),
                above=("Section B: add to it at each update.",),
            ),
            Block(
                about=f"Section C. {TWO_COLUMNS}",
                rows=(
                    *beside("method"),
                    Row("together", ("resolved_stage", "resolved_on")),
                    *beside("learning", "completed_by", "completed_on"),
                ),
                above=("Section C: once it is resolved.",),
            ),
            Block(
                about=f"The Partnership Manager's section. {TWO_COLUMNS}",
                rows=beside("received_on", "hscp_actions"),
                above=("To be completed by HSCP Partnership Manager:",),
            ),
        ),
        label_width=3600,
    ),
    "croydon-notification": Look(
        above=("Appendix - Escalation Notification Form",),
        heading="Escalation Notification Form",
        points=(
            "Begin at Stage 3; add at Stages 4 and 5.",
            "Send it whether it was resolved or not.",
            "The last block only where no earlier stage resolved it.",
            "Initials only: no full names of the family.",
            "Keep a copy, and put what matters on the child’s record.",
        ),
        blocks=(
            Block(
                about=f"Who notifies, and the child. {TWO_COLUMNS}",
                rows=(
                    *beside("notifier_name", "notifier_role", "notifier_agency", "notifier_email", "notified_on"),
                    *beside("child_name"),
                    Row("pairs", ("child_born_on", "gender")),
                    Row("pairs", ("ethnicity", "send")),
                ),
                widths=_FOUR,
            ),
            _stage("3"),
            _stage("4"),
            Block(
                about="Stage 5: the labels of its fields, each with the answer under it or on the right.",
                rows=(
                    *below("stage_5_concerns"),
                    *beside("stage_5_decision", "stage_5_learning", "stage_5_closed_on"),
                ),
            ),
        ),
    ),
    "wirral-appendix-1": _wirral("1", "2"),
    "wirral-appendix-2": _wirral("2", "3"),
    "somerset-stage-record": Look(
        above=_SOMERSET,
        heading="Record of a stage",
        blocks=(
            Block(about=TWO_COLUMNS, rows=beside("reference", "child_name", "stage", "discussed_on")),
            Block(about=HEADED, of="people", widths=(3400, 3200, 3038)),
            Block(about=TWO_COLUMNS, rows=beside("disagreement", "third_party", "advice", "decision")),
            Block(about=HEADED, of="actions", widths=(4800, 2600, 2238)),
            Block(
                about=TWO_COLUMNS,
                rows=beside("outcome", "shared_with", "debrief", "general_issues", "review", *_SIGNED),
            ),
        ),
    ),
    "somerset-written-confirmation": Look(
        above=_SOMERSET,
        heading="Written confirmation of an agreed outcome",
        blocks=(
            Block(
                about=TWO_COLUMNS,
                rows=beside(
                    "reference", "child_name", "from_agency", "to_agency", "disagreement", "resolved_stage",
                    "resolved_on", "outcome",
                ),
            ),
            Block(about=HEADED, of="actions", widths=(4800, 2600, 2238)),
            Block(about=TWO_COLUMNS, rows=beside("confirmed_to", *_SIGNED)),
        ),
    ),
}  # fmt: skip
