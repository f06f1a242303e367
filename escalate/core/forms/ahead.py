"""A form that would be due next, and what would be blank in it, as it is told before anything is recorded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormAhead:
    """One form of the policy that a case would owe, or be offered: its title, and the labels of what would be blank.

    `is_owed` is False where it is only offered. `elsewhere` says where a form is to be had that cannot be filled here.
    """

    title: str
    is_owed: bool
    blanks: tuple[str, ...] = ()
    elsewhere: str = ""
