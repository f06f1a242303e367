"""A form that the policy owes is chased, whether a duty of the policy speaks of it or not."""

from __future__ import annotations

import dataclasses
from datetime import date

from escalate.core.forms.due import forms_due
from escalate.core.policy import FormUse, Policy
from tests.builders import entered
from tests.rules.scenario import done, knowsley, learned, scenario, withdrawn

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
