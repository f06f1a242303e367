"""Answers that `escalate raise` takes: the least it needs, everything there is, and one of them left out or changed."""

from __future__ import annotations

MINIMAL = """\
risk = "no"
route = "this policy"
children = ["Rowan Testcase"]
receiving = ["Exampleshire Children's Social Care"]
decision = "The case was closed after one visit."
learned_on = 2026-04-01
concern = "Attendance fell to 61 %."
outcome_wanted = "A strategy discussion this week."
"""
COMPLETE = """\
risk = "not sure"
keeps_safe = "An aunt has him until Friday."
safety_confirmed_by = "The aunt, by telephone, 9 April"
route = "this policy"
policy = "knowsley-2020-11"
decision = "The case was closed after one visit."
learned_on = 2026-04-02
disagreed_on = "1 April 2026"
concern = "Attendance fell to 61 %."
risk_to_child = "Neglect."
evidence = "A gut feeling, and the register."
nature = "Whether the threshold is met."
outcome_wanted = "A strategy discussion this week."
they_want = "An early help plan."
theme_area = "threshold"
told_on = 2026-04-07
told_how = "telephone"
told_said = "They will ring back."

[[children]]
name = "Rowan Testcase"
born_on = 2019-03-03
address = "1 Invented Street"
address_withheld = true
parental_responsibility = "Casey Testcase"
reference = "P-17"
child_protection_plan = true
looked_after = "no"

[[children]]
name = "Ash Testcase"

[[receiving]]
agency = "Exampleshire Children's Social Care"
person = "Sam Counterpart"
role = "Social Worker"
telephone = "01632 960300"
email = "sam@exampleshire.example"

[[receiving]]
agency = "Invented Health Visiting Service"
"""
# The eight answers that a file must give, and how each is named where it is missing.
NEEDED = {
    "risk": (
        '"risk" is missing: Is a child at immediate risk of significant harm?',
        "one of: yes, no, not sure",
    ),
    "route": (
        '"route" is missing: What is this about?',
        "one of: this policy, practice, allegation, whistleblowing, complaint, own agency, conference",
    ),
    "children": (
        '"name" in [[children]] 1 is missing: The child\'s full name?',
        "in words",
    ),
    "receiving": ('"agency" in [[receiving]] 1 is missing: With which agency do you disagree?', "in words"),
    "decision": (
        '"decision" is missing: What was decided, or not done?',
        "for example: The referral of 30 March was closed without an assessment.",
    ),
    "learned_on": (
        '"learned_on" is missing: When did you learn of the decision?',
        "a date in full: 2026-04-30, 30/04/2026 or 30 April 2026",
    ),
    "concern": (
        '"concern" is missing: What worries you?',
        "for example: He has missed four meals a week and falls asleep in class.",
    ),
    "outcome_wanted": (
        '"outcome_wanted" is missing: What do you want to happen?',
        "for example: A child and family assessment, begun this week.",
    ),
}


def without(key: str, text: str = MINIMAL) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key} ="))


def with_line(line: str) -> str:
    return f"{line}\n{without(line.split(' =', maxsplit=1)[0])}"
