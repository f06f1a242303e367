"""Cases and questions under Somerset's policy, for the tests of its rules."""

from __future__ import annotations

from datetime import date

from tests.rules.partnership import Partnership

SOMERSET = Partnership("somerset-2016-12", date(2026, 4, 9), above="2345")
NAME, TODAY = SOMERSET.name, SOMERSET.today
somerset, case, at_stage = SOMERSET.policy, SOMERSET.case, SOMERSET.at_stage
page, raising, asked_when_leaving = SOMERSET.page, SOMERSET.raising, SOMERSET.asked_when_leaving
