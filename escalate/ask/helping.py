"""What is shown to somebody who asks for help: of the question always, of the policy once, or where asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from escalate.ask.keyboard import HELP_AND_POLICY
from escalate.ask.pages import help_page, wrapped, wrapped_page
from escalate.ask.question import Question


@dataclass(slots=True)
class Helping:
    """The help of one interview. `read` is what was shown of the policy; how to read it again is said once."""

    read: set[str] = field(default_factory=set)
    was_told_how: bool = False

    def page(self, question: Question, guidance: str, sign: str, width: int) -> str:
        """Return what is shown for a sign of help, wrapped.

        Args:
            guidance: what the policy says at this stage; "" where it says nothing.
        """
        if guidance not in self.read:
            self.read |= {guidance} if guidance else set()
            return help_page(question, guidance, width)
        if sign == HELP_AND_POLICY:
            return f"\n{wrapped_page(guidance, width)}"
        page = help_page(question, "", width)
        if self.was_told_how:
            return page
        self.was_told_how = True
        return f"{page}\n{wrapped(f'{HELP_AND_POLICY} shows what the policy says of this stage again.', width)}"
