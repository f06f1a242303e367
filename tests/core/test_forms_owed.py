"""A form that the policy owes is chased, whether a duty of the policy speaks of it or not."""

from __future__ import annotations

import dataclasses
from datetime import date

from escalate.core import events as e
from escalate.core.forms.due import FormDue, forms_due
from escalate.core.policy import FormUse, Policy, follow
from tests.builders import HEALTH, SOCIAL_CARE, Happened, ended, entered, on
from tests.rules.scenario import Scenario, confirmed, done, knowsley, learned, scenario, withdrawn
from tests.rules.somerset import case as in_somerset

NOTICE = FormUse(
    form="notice",
    title="Notice of Escalation",
    to="the Business Unit",
    owed_at=("2", "3"),
    owed_when=("learning identified",),
    obtained_from="the partnership's website",
    clause="7",
)


def with_notice() -> Policy:
    return dataclasses.replace(knowsley(), form=(*knowsley().form, NOTICE))


def test_a_form_no_duty_speaks_of_is_owed_by_whoever_raised_it_once_for_each_occasion() -> None:
    case = scenario(entered("2", "2026-04-10"), learned("2026-04-13", "2"), policy=with_notice())

    owed = [case[key] for key in case.keys("send-notice")]

    assert [(one.since_on, one.party, one.act, one.to, one.clause, one.due_on, one.no_date) for one in owed] == [
        (date(2026, 4, 10), "raising", "send Notice of Escalation", "the Business Unit", "7", None, no_time),
        (date(2026, 4, 13), "raising", "send Notice of Escalation", "the Business Unit", "7", None, no_time),
    ]


no_time = "the policy states no time"


def test_a_form_is_sent_when_somebody_records_that_it_was() -> None:
    case = scenario(entered("2", "2026-04-10"), policy=with_notice())
    (key,) = case.keys("send-notice")
    assert {one.use.form: one.standing for one in forms_due(case.case, case.policy)}["notice"] == "owed"

    sent = case.then(done(key, "2026-04-13", how="e-mail"))

    assert (sent[key].is_open, sent[key].closed_on) == (False, date(2026, 4, 13))
    assert {one.use.form: one.standing for one in forms_due(sent.case, sent.policy)}["notice"] == "issued"
    assert len(sent.then(entered("3", "2026-04-14")).keys("send-notice")) == 2


def test_a_form_owed_by_a_stage_ends_with_a_withdrawal_and_one_owed_by_learning_does_not() -> None:
    case = scenario(
        entered("2", "2026-04-10"), learned("2026-04-13", "2"), withdrawn("2026-04-14"), policy=with_notice()
    )

    assert [case[key].is_open for key in case.keys("send-notice")] == [False, True]


def test_a_form_that_a_duty_speaks_of_is_owed_by_that_duty_alone() -> None:
    case = scenario(entered("3", "2026-04-10"))

    assert [key for key in case.owed if key.startswith("send-")] == []


REPORT, CONFIRMATION = "knowsley-appendix-2", "somerset-written-confirmation"
TWO = {"children": ("child-1", "child-2")}


def issued(form: str, day: str, child: str = "") -> Happened:
    """A form was issued, for one child or for the case."""
    fact = e.FormIssued(
        issue="0f1e2d3c4b5a",
        form=form,
        form_version=1,
        stage="3",
        child=child,
        file_name="invented.docx",
        digest="0" * 64,
        content_digest="0" * 64,
        anchor="L1",
        answers={},
    )
    return fact, on(day)


def due(case: Scenario, form: str) -> FormDue:
    return next(one for one in forms_due(case.case, follow(case.policy)) if one.use.form == form)


def test_a_form_for_each_child_is_owed_until_it_was_issued_for_every_one() -> None:
    case = scenario(entered("3", "2026-04-10"), **TWO)

    first = due(case.then(issued(REPORT, "2026-04-10", "child-1")), REPORT)
    both = case.then(issued(REPORT, "2026-04-10", "child-1"), issued(REPORT, "2026-04-13", "child-2"))

    assert (first.standing, first.issued_for) == ("owed", ("child-1",))
    assert due(both, REPORT).standing == "issued"


def test_at_the_next_stage_a_form_is_owed_for_every_child_again() -> None:
    at_3 = scenario(entered("3", "2026-04-10"), issued(REPORT, "2026-04-10", "child-1"), **TWO)

    at_4 = due(at_3.then(entered("4", "2026-04-14")), REPORT)

    assert (at_4.standing, at_4.issued_for) == ("owed", ())


def test_a_form_of_the_case_is_owed_once_whatever_number_of_children_it_has() -> None:
    case = scenario(learned("2026-04-13"), issued("knowsley-appendix-3", "2026-04-13"), **TWO)

    assert due(case, "knowsley-appendix-3").standing == "issued"


def test_a_confirmation_is_owed_no_more_once_the_outcome_was_confirmed_in_writing_by_other_means() -> None:
    resolved = in_somerset(ended("1", "resolved", "2026-04-09"))

    assert due(resolved, CONFIRMATION).standing == "owed"
    assert due(resolved.then(confirmed("1", "2026-04-10")), CONFIRMATION).standing == "issued"


def test_a_confirmation_to_one_of_two_agencies_leaves_the_others_owed() -> None:
    resolved = in_somerset(
        ended("1", "resolved", "2026-04-09"),
        ended("1", "resolved", "2026-04-09", HEALTH),
        confirmed("1", "2026-04-10", HEALTH),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    )

    assert due(resolved, CONFIRMATION).standing == "owed"
    assert due(resolved.then(confirmed("1", "2026-04-13")), CONFIRMATION).standing == "issued"


def test_a_form_whose_sending_does_not_apply_is_not_owed() -> None:
    resolved = in_somerset(ended("1", "resolved", "2026-04-09"))
    apart = (
        e.DutyNotApplicable(item="confirm-in-writing", reason="It was agreed in a minuted meeting."),
        on("2026-04-10"),
    )

    assert due(resolved.then(apart), CONFIRMATION).standing == "issued"
