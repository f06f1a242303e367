"""Cases and questions under Wirral's policy, for the tests of its rules."""

from __future__ import annotations

from datetime import date

from tests.rules.partnership import Partnership

WIRRAL = Partnership("wirral-2015-09", date(2026, 4, 10), above="234")
NAME, TODAY = WIRRAL.name, WIRRAL.today
wirral, case, at_stage = WIRRAL.policy, WIRRAL.case, WIRRAL.at_stage
page, raising, asked_when_leaving = WIRRAL.page, WIRRAL.raising, WIRRAL.asked_when_leaving
