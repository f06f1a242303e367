"""The ways in which people reach each other, each with the words that people type for it."""

from __future__ import annotations

from escalate.ask.question import Option

_TELEPHONE = Option(
    "telephone",
    words=(
        *("phone", "phoned", "by phone", "telephoned", "telephone call", "phone call", "tel", "mobile", "voicemail"),
        *("call", "called", "calls", "rang", "ring", "rung", "spoke on the phone", "conversation by phone"),
    ),
)
_FACE_TO_FACE = Option(
    "face to face",
    words=(
        *("in person", "f2f", "visit", "visited", "home visit", "school visit", "personally"),
        *("went to see", "saw", "talk", "talked", "met"),
    ),
)
_MEETING = Option(
    "meeting",
    words=(
        *("meetings", "met", "teams", "microsoft teams", "ms teams", "teams call", "teams meeting", "conference"),
        *("zoom", "zoom call", "video", "video call", "by video", "online", "online call", "virtual", "skype"),
        *("google meet", "conference call"),
    ),
)
_E_MAIL = Option(
    "e-mail", words=("email", "emailed", "e-mailed", "emails", "mail", "mailed", "egress", "secure mail", "wrote")
)
_LETTER = Option("letter", words=("letters", "post", "posted", "by post", "wrote"))

HOW_SPOKEN = (_TELEPHONE, _FACE_TO_FACE, _MEETING, _E_MAIL)
"""How people spoke with each other."""
HOW_TOLD = (*HOW_SPOKEN, _LETTER)
"""How somebody was told something."""
HOW_SENT = (_E_MAIL, _LETTER, Option("form", words=("forms",)))
"""By what something in writing was sent."""
HOW_DONE = (*HOW_TOLD, Option("form", words=("forms",)), Option("record", words=("recorded", "records")))
"""How a duty was done."""
