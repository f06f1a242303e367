"""The interview as a function of the answers so far."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.ask.interview import Done, answers_before, completed, missing, next_question, previous, relevant, review
from escalate.ask.progress import Progress
from escalate.ask.question import Group, Question, Script, Stop, answered
from escalate.core.answers import NOT_KNOWN, Answers, Value, answers_from_plain, answers_to_plain
from escalate.errors import Problem

HOSTILE = "A&E <5 weeks [redacted] [/] {{ 7*7 }} =1+1 Łukasz :warning:\n\nsecond paragraph \\x1b"

WHOLE = Answers(
    {
        "risk": "no",
        "route": "decision",
        "receiving.0.agency": "agency-1",
        "receiving.0.counterpart": "Robin Invented",
        "receiving.0.counterpart_told": "yes",
        "receiving.0.another": "yes",
        "receiving.1.agency": "Invented Police",
        "receiving.1.counterpart": NOT_KNOWN,
        "receiving.1.another": "no",
        "learned_on": date(2026, 4, 1),
        "concern": HOSTILE,
        "children.any": "yes",
        "children.0.name": "Rowan Testcase",
        "children.0.another": "no",
        "agreed_on": date(2026, 4, 17),
    }
)


def key_of_next(script: Script, answers: Answers) -> str | None:
    found = next_question(script, answers)
    return found.key if isinstance(found, Question) else None


def test_the_whole_interview_asks_each_question_once_in_order(script: Script) -> None:
    answers, order = Answers(), []
    while (key := key_of_next(script, answers)) is not None:
        order.append(key)
        answers = answers.having(key, WHOLE[key])

    assert order == list(WHOLE)
    assert next_question(script, answers) == Done(WHOLE)


def test_the_same_answers_give_the_same_question_in_whatever_order_they_came(script: Script) -> None:
    some = list(WHOLE.items())[:7]

    assert next_question(script, Answers(some)) == next_question(script, Answers(reversed(some)))
    assert next_question(script, Answers(some)) == next_question(script, Answers(some))


def test_going_back_is_taking_away_the_last_answer(script: Script) -> None:
    before = previous(script, WHOLE)

    assert before == WHOLE.without("agreed_on")
    assert previous(script, before) == before.without("children.0.another")
    assert previous(script, Answers()) == Answers()


def test_going_back_from_a_question_in_between_takes_away_the_answer_just_before_it(script: Script) -> None:
    changed = WHOLE.having("risk", "yes")

    assert key_of_next(script, changed) == "keeps_safe"
    assert previous(script, changed) == changed.without("risk")


def test_changing_an_early_answer_prunes_what_nothing_leads_to_any_more(script: Script) -> None:
    at_risk = WHOLE.having("risk", "not sure").having("keeps_safe", "With an aunt")

    assert relevant(script, at_risk) == at_risk
    assert relevant(script, at_risk.having("risk", "no")) == WHOLE
    assert "receiving.1.agency" not in relevant(script, WHOLE.having("receiving.0.another", "no"))
    assert "concern" in relevant(script, WHOLE.having("receiving.0.another", "no"))


def test_an_unreachable_answer_does_not_keep_its_own_question_alive() -> None:
    circle: Script = (
        Question(id="a", text="A?", kind="yes-no"),
        Question(id="b", text="B?", kind="yes-no", when=answered("a", "yes")),
        Question(id="c", text="C?", kind="yes-no", when=answered("b", "yes")),
    )

    assert relevant(circle, Answers({"a": "no", "b": "yes", "c": "yes"})) == Answers({"a": "no"})


def test_an_answer_that_a_changed_one_made_wrong_is_asked_again(script: Script) -> None:
    changed = WHOLE.having("agreed_on", date(2026, 4, 2)).having("learned_on", date(2026, 4, 3))

    assert key_of_next(script, changed) == "agreed_on"
    assert missing(script, changed) == (
        Problem(
            "agreed_on",
            "that is before the decision was learned of",
            'a date in full: 2026-04-30, 30/04/2026 or 30 April 2026; or "not known yet"',
        ),
    )


def test_a_check_sees_only_the_good_answers_before_it(script: Script) -> None:
    stale = WHOLE.having("keeps_safe", "With an aunt")

    assert answers_before(script, stale, "receiving.0.agency") == Answers({"risk": "no", "route": "decision"})


def test_a_route_that_leads_out_stops_before_any_further_question(script: Script) -> None:
    found = next_question(script, Answers({"risk": "no", "route": "staff"}))

    assert isinstance(found, Stop)
    assert found.id == "lado"


def test_a_group_asks_for_at_least_its_number_and_stops_at_its_most() -> None:
    name = Question(id="name", text="Name?", kind="text")
    group = Group(id="person", title="Person", another="Another?", questions=(name,), at_least=2, at_most=3)
    answers, order = Answers(), []
    while (key := key_of_next((group,), answers)) is not None:
        order.append(key)
        answers = answers.having(key, "yes")

    assert order == ["person.0.name", "person.1.name", "person.1.another", "person.2.name"]


def test_an_empty_group_asks_first_and_no_further(script: Script) -> None:
    without = Answers({k: v for k, v in WHOLE.items() if not k.startswith("children")}).having("children.any", "no")

    assert isinstance(next_question(script, without), Done)
    assert without.entries("children") == ()
    assert WHOLE.entries("children") == (Answers({"name": "Rowan Testcase"}),)
    assert WHOLE.entries("receiving")[1] == Answers({"agency": "Invented Police", "counterpart": NOT_KNOWN})


def test_cannot_make_a_group_that_may_be_empty_without_asking_whether_it_is() -> None:
    with pytest.raises(ValueError, match='group "child" may be empty'):
        Group(id="child", title="Child", another="Another?", questions=())


def test_a_condition_in_an_entry_speaks_of_that_entry_first(script: Script) -> None:
    answers = Answers(list(WHOLE.items())[:7]).having("receiving.1.counterpart", NOT_KNOWN)

    assert key_of_next(script, answers) == "receiving.1.another"


def test_everything_missing_is_named_at_once(script: Script) -> None:
    found = missing(script, Answers({"route": "sideways", "learned_on": "soon", "concern": NOT_KNOWN}))

    assert found == (
        Problem("risk", "is missing: Is a child at immediate risk of harm?", "one of: yes, no, not sure"),
        Problem("route", "that is not one of the answers to choose from", "one of: decision, staff"),
        Problem("receiving.0.agency", "is missing: Which agency decided?", "in words"),
        Problem("learned_on", "that is not a date", "a date in full: 2026-04-30, 30/04/2026 or 30 April 2026"),
        Problem("concern", "this is needed before anything can be recorded", "in words"),
    )


def test_what_may_be_left_open_is_completed_with_not_known_yet(script: Script) -> None:
    given_ = Answers(
        {
            "risk": "no",
            "route": "decision",
            "receiving.0.agency": "agency-2",
            "learned_on": date(2026, 4, 1),
            "concern": "Unsafe at home",
        }
    )

    assert completed(script, given_) == Answers(
        {
            **given_,
            "receiving.0.counterpart": NOT_KNOWN,
            "receiving.0.another": "no",
            "children.any": NOT_KNOWN,
            "agreed_on": NOT_KNOWN,
        }
    )
    assert missing(script, given_) == ()


def test_the_review_shows_every_answer_as_a_person_reads_it(script: Script) -> None:
    assert review(script, WHOLE) == [
        ("Immediate risk", "No"),
        ("About", "A decision of another agency"),
        ("Receiving agency 1: Agency", "Invented Children's Social Care"),
        ("Receiving agency 1: Counterpart", "Robin Invented"),
        ("Receiving agency 1: Told", "yes"),
        ("Add another agency?", "yes"),
        ("Receiving agency 2: Agency", "Invented Police"),
        ("Receiving agency 2: Counterpart", "not known yet"),
        ("Add another agency?", "no"),
        ("Learned on", "Wed 1 Apr 2026"),
        ("Concern", HOSTILE),
        ("Is the disagreement about a child?", "yes"),
        ("Child 1: Name", "Rowan Testcase"),
        ("Another child?", "no"),
        ("Agreed date", "Fri 17 Apr 2026"),
    ]


def test_a_script_may_grow_with_the_answers() -> None:
    def script(answers: Answers) -> tuple[Question, ...]:
        first = Question(id="policy", text="Which policy?", kind="text", required=True)
        theme = Question(id="theme", text=f"Which theme of {answers.text('policy')}?", kind="text")
        return (first, theme) if answers.is_known("policy") else (first,)

    assert key_of_next(script, Answers()) == "policy"
    assert next_question(script, Answers({"policy": "Exampleshire"})) == Question(
        id="theme", text="Which theme of Exampleshire?", kind="text"
    )


def test_a_draft_comes_back_from_json_as_it_was() -> None:
    draft = Progress(WHOLE, Answers({"keeps_safe": "half a sen"})).draft()

    again = answers_from_plain(answers_to_plain(draft))

    assert list(again.items()) == list(draft.items())
    assert Progress.from_draft(again) == Progress(WHOLE, Answers({"keeps_safe": "half a sen"}))


def test_cannot_read_a_draft_of_another_kind() -> None:
    with pytest.raises(ValueError, match='the draft\'s answer to "risk" is of no kind'):
        answers_from_plain({"risk": 7})


def test_answers_in_a_traceback_show_no_words() -> None:
    assert repr(Answers({"concern": "Unsafe at home"})) == "Answers(concern)"


VALUES: dict[str, st.SearchStrategy[Value]] = {
    "risk": st.sampled_from(["yes", "no", "not sure"]),
    "route": st.just("decision"),
    "another": st.sampled_from(["yes", "no"]),
    "any": st.sampled_from(["yes", "no"]),
    "counterpart_told": st.sampled_from(["yes", "no"]),
    "learned_on": st.dates(date(2026, 1, 1), date(2026, 4, 10)),
    "agreed_on": st.one_of(st.just(NOT_KNOWN), st.dates(date(2026, 4, 10), date(2026, 12, 31))),
}
WORDS = st.text(min_size=1, max_size=20).filter(lambda words: bool(words.strip()))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_way_through_with_any_steps_back_never_loses_an_untouched_answer(
    script: Script, data: st.DataObject
) -> None:
    progress, typed = Progress(), dict[str, Value]()
    for _ in range(25):
        found = next_question(script, progress.answers)
        if not isinstance(found, Question) or data.draw(st.integers(0, 3), label="0 goes back") == 0:
            progress = progress.back(script)
            continue
        value = data.draw(VALUES.get(found.id, WORDS))
        typed[found.key] = value
        progress = progress.having(found.key, value)

    kept = Progress.from_draft(answers_from_plain(answers_to_plain(progress.draft())))

    assert {**kept.ahead, **kept.answers} == typed
    assert all(typed[key] == value for key, value in relevant(script, kept.answers).items())
