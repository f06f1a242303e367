"""Learning is about practice and not about a child: words of it that name somebody known are asked back once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from escalate.ask.question import Condition, Option, Question
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.learning import known_names_in

NamesSomebody = Callable[[Sequence[str]], object]
"""Whether words name somebody, as it is true of what it returns."""


def names_question(
    case: Case, keys: Sequence[str], when: Condition, elsewhere: NamesSomebody | None = None
) -> Question:
    """Return the question whether words of learning that name somebody of the case may stand so.

    It is asked where they do, and a person decides: `names_stand` is "yes", or they go back and write it otherwise.

    Args:
        keys: the answers whose words are looked through.
        when: when these are asked at all.
        elsewhere: whether words name somebody of another case; None looks for nobody else.
    """

    def named(answers: Answers) -> bool:
        words = [answers.text(key) for key in keys]
        return when(answers) and bool(known_names_in(words, case) or (elsewhere and elsewhere(words)))

    return Question(
        id="names_stand",
        text="These words seem to name a child or somebody else of a case. Shall they stand so?",
        kind="choice",
        options=(Option("yes", "yes: it is another word, or the name must stand"),),
        required=True,
        when=named,
        label="Names in it",
        help="Learning is sent to the partnership and reported: it is about practice, and names no child. Go back to "
        "write it without the name.",
    )
