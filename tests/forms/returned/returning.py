"""Issues a form of ours with invented answers, and returns it in one of the ways there are, or in several at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from random import Random

from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.issue import Stamp
from escalate.files.forms.loading import form_names, load_form
from escalate.render.word.filling import fill
from tests.forms.returned import elsewhere, in_answers, in_tables, marks, markup, tracked
from tests.forms.returned.hand import Hand, NotHere, Returned, Way
from tests.forms.returned.paper import Paper
from tests.forms.returned.words import answers_to, like_labels_of

REFERENCE = "KSCP-2026-0007-RQX9"
STAMP = Stamp(
    reference=REFERENCE,
    case_id="case-0001",
    issue="issue-7c21",
    anchor="L17-c38e-1b5c-ab80-28dc",
    issued_on=date(2026, 4, 10),
    return_to="FAO the Business Manager. Email: business.manager@invented.example",
)

# In the order in which a hand does them: marks are lost last, since the other ways find answers by them.
KINDS: Mapping[str, Mapping[str, Way]] = {
    "in answers": in_answers.WAYS,
    "tracked": tracked.WAYS,
    "in tables": in_tables.WAYS,
    "elsewhere": elsewhere.WAYS,
    "markup": markup.WAYS,
    "marks": marks.WAYS,
}
WAYS: Mapping[str, Way] = {name: way for kind in KINDS.values() for name, way in kind.items()}
AS_ISSUED, LABEL_LIKE = "as issued", "answers like labels"
SEVERAL, SEVERAL_AND_MARKS_LOST = "several at once", "several at once, and marks lost"
# Where words were put beside an answer and nothing but its label is left, or where a form is there twice, nobody can
# tell what is whose: these are held to losing nothing, and not to every field.
COUNTED_ONLY = frozenset({SEVERAL_AND_MARKS_LOST, "cut and pasted elsewhere", "form pasted twice"})


@cache
def form(name: str) -> tuple[FormDefinition, bytes]:
    return load_form(name)


def names() -> tuple[str, ...]:
    """Return the names of the shipped forms."""
    return form_names()


def issued(name: str, chance: Random, *, labels: bool = False) -> Hand:
    """Return an issued form with invented answers, some of which read like `labels`, in the hand of whoever got it."""
    definition, template = form(name)
    like = like_labels_of(definition) if labels else ()
    answers = answers_to(definition, chance, like)
    filled = fill(definition, template, answers, STAMP)
    return Hand(form=definition, paper=Paper(filled.content), answers=dict(filled.answers), chance=chance)


def handed_in(hand: Hand, way: str) -> Returned:
    """Return the form as it comes back from that hand."""
    return Returned(
        form=hand.form,
        template=form(hand.form.id)[1],
        way=way,
        content=hand.paper.save(),
        answers=without_presets(hand.form, hand.answers),
        elsewhere=tuple(text for text in hand.elsewhere if text.strip()),
        gone=tuple(hand.gone),
    )


def without_presets(definition: FormDefinition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says: what its blank has selected says nothing while the rest of its block is empty."""
    said = dict(answers)
    for field in definition.fields:
        block = [one.id for one in definition.fields if one.of_stage == field.of_stage and one.id != field.id]
        if (
            field.preset
            and said.get(field.id) == field.preset
            and not any(answers.get(one, "").strip() for one in block)
        ):
            said[field.id] = ""
    return said


def returned(name: str, way: str, seed: int) -> Returned | None:
    """Return a form of this name that came back in this way, or None where it has nothing that the way is about."""
    chance = Random(f"{name} {way} {seed}")
    hand = issued(name, chance, labels=way == LABEL_LIKE)
    try:
        for one in _steps(way, chance):
            one(hand)
    except NotHere:
        return None
    return handed_in(hand, way)


def _steps(way: str, chance: Random) -> Iterator[Way]:
    if way == AS_ISSUED:
        return
    if way in WAYS:
        yield WAYS[way]
    elif way != LABEL_LIKE:
        kinds = [kind for kind in KINDS if kind != "marks" or way == SEVERAL_AND_MARKS_LOST]
        for kind in kinds:
            among = [one for name, one in KINDS[kind].items() if name not in COUNTED_ONLY or way in COUNTED_ONLY]
            for _ in range(chance.randint(0, 3 if kind == "in answers" else 1)):
                yield _forgiving(chance.choice(among))


def _forgiving(way: Way) -> Way:
    def done(hand: Hand) -> None:
        try:
            way(hand)
        except NotHere:
            return

    return done


def ways() -> tuple[str, ...]:
    return (AS_ISSUED, *WAYS, LABEL_LIKE, SEVERAL, SEVERAL_AND_MARKS_LOST)


def many(count: int) -> Iterator[Returned]:
    """Yield so many returned forms, each way and each form in turn; several at once three times."""
    turns = [*ways(), SEVERAL, SEVERAL, SEVERAL_AND_MARKS_LOST, LABEL_LIKE]
    made = seed = 0
    while made < count:
        way = turns[seed % len(turns)]
        among = names()
        for shift in range(len(among)):
            # Another form each time round; the next one where this has nothing of the kind.
            name = among[(seed + seed // len(turns) + shift) % len(among)]
            one = returned(name, way, seed)
            if one is not None:
                made += 1
                yield one
                break
        seed += 1
