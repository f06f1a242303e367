"""Dates and times as people write them: day first, and never guessed where a guess could move a deadline.

Every function is pure: `today` is a civil date in London, given by the caller; None where there is no today, as in
a file that may be read on another day, and words like "yesterday" are then refused.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from escalate.core.days import MONTHS, WEEKDAYS

_RELATIVE = {
    "today": 0,
    "now": 0,
    "this morning": 0,
    "this afternoon": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}
_LED_IN = re.compile(r"^(on )?(the )?")
_COUNTS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_AWAY = re.compile(r"(?P<ahead>in )?(?P<count>\d{1,3}|[a-z]{1,5}) (?P<unit>day|week|fortnight)s?(?P<back> ago)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?([a-z]{3,9})(?:[\s-]*(\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\s*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}))?")
_WEEKDAY = re.compile(r"(?:(last|next|this)\s+)?([a-z]{2,9})")
_DAY_ALONE = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?")

HOW_TO_WRITE_A_DATE = "write day, month, year: 30/04/2026, 30 April, yesterday, Fri"
HOW_TO_WRITE_A_BIRTH = "write day, month and year: 3/5/2018"
HOW_TO_WRITE_A_TIME = "write hours and minutes: 09:15, 16:40, 4.40pm"


def format_date(day: date) -> str:
    """Return the date with its weekday, in English whatever the machine's language.

    Example:
        >>> format_date(date(2026, 4, 3))
        'Fri 3 Apr 2026'
    """
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def parse_date(typed: str, today: date | None, *, earliest: date | None = None, latest: date | None = None) -> date:
    """Return the date somebody wrote: 3/4, 3/4/26, 3 April, Fri 3 Apr 2026, 2026-04-03, today, yesterday, Fri.

    Numbers are day first, unless the year comes first. Without a year, it is the year that puts the date nearest
    to today, among those that `earliest` and `latest` (both included) allow. Two digits are a year of this century
    up to ten years ahead, else of the last. A weekday alone is the last such day, today counting; where `earliest`
    rules that out, the next. "last Fri" is before today, "next Fri" after it. "in 3 days", "a week ago" and
    "the day before yesterday" count calendar days from today. "Friday the 13th" is the nearest such day within half a
    year. Whether a date written in full is between `earliest`
    and `latest` is not looked at here.

    Raises:
        ValueError: it is not a date; the message says why, in lower case without a full stop.

    Example:
        >>> parse_date("3/4", date(2026, 4, 10))
        datetime.date(2026, 4, 3)
    """
    words = _LED_IN.sub("", " ".join(typed.casefold().replace(",", " ").split()))
    away = _RELATIVE.get(words, _days_away(words))
    if away is not None or _weekday(words) is not None or _asked_weekday(words) is not None:
        if today is None:
            raise ValueError(f"{_quoted(typed)} depends on the day it is read: write the date in full, 2026-04-30")
        if away is not None:
            return today + timedelta(days=away)
        return _day_of_the_week(words, today, earliest)
    named = None
    first, _, rest = words.partition(" ")
    if rest and (named := _weekday(first)) is not None:
        words = rest
        if today is not None and (alone := _DAY_ALONE.fullmatch(words)):
            return _nearest_named(typed, int(alone[1]), named, (today, earliest, latest))
    day = _in_numbers_or_words(typed, words, today, earliest, latest)
    if named is not None and day.weekday() != named:
        raise ValueError(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[named]}"
        )
    return day


def says_year(typed: str) -> bool:
    """Return whether a date holds its year, in four digits or two, rather than being the nearest of its name.

    Example:
        >>> says_year("3/4"), says_year("3 April 18")
        (False, True)
    """
    words = _LED_IN.sub("", " ".join(typed.casefold().replace(",", " ").split()))
    first, _, rest = words.partition(" ")
    words = rest if rest and _weekday(first) is not None else words
    if _ISO.fullmatch(words) or _DAY_ALONE.fullmatch(words):
        return not _DAY_ALONE.fullmatch(words)
    matches = (pattern.fullmatch(words) for pattern in (_NUMBERS, _DAY_MONTH, _MONTH_DAY))
    found = next((match for match in matches if match), None)
    # What is no date at all is said by whoever reads it; "yesterday" is as sure as a year.
    return found is None or bool(found[3])


def format_long_date(day: date) -> str:
    """Return the date with its weekday and month in full.

    Example:
        >>> format_long_date(date(2026, 4, 3))
        'Friday 3 April 2026'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_time(typed: str) -> str:
    """Return a time of day as "HH:MM" in 24 hours: 16:40, 16.40, 1640, 4.40pm, 4pm, 04:40, noon, midnight.

    An hour that could be morning or afternoon ("4:40", "4") is refused: a clock of 24 hours would run 12 wrong.

    Raises:
        ValueError: it is not a time, or could be two; the message says why, in lower case without a full stop.

    Example:
        >>> parse_time("4.40pm")
        '16:40'
    """
    words = " ".join(typed.casefold().split())
    if words in ("noon", "midnight"):
        return {"noon": "12:00", "midnight": "00:00"}[words]
    if re.fullmatch(r"\d{4}", words):
        words = f"{words[:2]}:{words[2:]}"
    match = _TIME.fullmatch(words)
    if not match:
        raise ValueError(f"{_quoted(typed)} is not a time: {HOW_TO_WRITE_A_TIME}")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"{_quoted(typed)} is not a time: {HOW_TO_WRITE_A_TIME}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif 1 <= hour <= 12 and (len(match[1]) == 1 or not match[2]):
        early, late = (f"{hour % 12 + half_day:02}:{minute:02}" for half_day in (0, 12))
        raise ValueError(f"{_quoted(typed)} could be morning or afternoon: write {early} or {late}")
    if hour > 23 or minute > 59:
        raise ValueError(f"{_quoted(typed)} is not a time: {HOW_TO_WRITE_A_TIME}")
    return f"{hour:02}:{minute:02}"


def _quoted(typed: str) -> str:
    """Return what was typed in quotes, if it can only be a slip; a sentence in the wrong place is not repeated."""
    short = " ".join(typed.split())
    return f'"{short}"' if len(short) <= 20 and short.isprintable() else "this"


def _not_a_date(typed: str, why: str = "") -> ValueError:
    # Words without a number may be somebody's name, written into the wrong place of a file: they are not repeated.
    may_be_a_name = any(map(str.isalpha, typed)) and not any(map(str.isdecimal, typed))
    return ValueError(f"{'this' if may_be_a_name else _quoted(typed)} is not a date: {why or HOW_TO_WRITE_A_DATE}")


def _named(word: str, names: tuple[str, ...], shortest: int) -> int | None:
    """Return which of `names` a word is, or begins, from `shortest` letters on ("sept", "tues")."""
    if len(word) < shortest:
        return None
    return next((number for number, name in enumerate(names) if name.casefold().startswith(word)), None)


def _weekday(word: str) -> int | None:
    bare = word.rstrip(".")
    return 2 if bare == "weds" else _named(bare, WEEKDAYS, 2)


def _days_away(words: str) -> int | None:
    match = _AWAY.fullmatch(words)
    if not match or bool(match["ahead"]) == bool(match["back"]):
        return None
    count = match["count"]
    if not count.isdecimal() and count not in _COUNTS:
        return None
    number = int(count) if count.isdecimal() else max(_COUNTS.index(count), 1)
    return number * _DAYS_IN[match["unit"]] * (1 if match["ahead"] else -1)


def _asked_weekday(words: str) -> int | None:
    match = _WEEKDAY.fullmatch(words)
    return _weekday(match[2]) if match else None


def _day_of_the_week(words: str, today: date, earliest: date | None) -> date:
    wanted, which = _asked_weekday(words), words.partition(" ")[0]
    if wanted is None:
        wanted = _weekday(words) or 0
    since = (today.weekday() - wanted) % 7
    last, coming = today - timedelta(days=since), today + timedelta(days=(7 - since) % 7)
    if which == "last":
        return last if last < today else today - timedelta(days=7)
    if which == "next":
        return coming if coming > today else today + timedelta(days=7)
    if which == "this":
        return coming
    return coming if earliest is not None and last < earliest else last


def _in_numbers_or_words(
    typed: str, words: str, today: date | None, earliest: date | None, latest: date | None
) -> date:
    if match := _ISO.fullmatch(words):
        return _checked(typed, int(match[3]), int(match[2]), int(match[1]))
    if match := _NUMBERS.fullmatch(words):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif match := _DAY_MONTH.fullmatch(words):
        day, month, year = int(match[1]), _month(typed, match[2]), match[3]
    elif match := _MONTH_DAY.fullmatch(words):
        day, month, year = int(match[2]), _month(typed, match[1]), match[3]
    else:
        raise _not_a_date(typed)
    if year and len(year) == 4:
        return _checked(typed, day, month, int(year))
    if today is None:
        raise ValueError(f"{_quoted(typed)} does not say the year in full: write 2026-04-30")
    if year:
        century = 2000 if 2000 + int(year) <= today.year + 10 else 1900
        return _checked(typed, day, month, century + int(year))
    return _nearest(typed, day, month, (today, earliest, latest))


def _nearest_named(typed: str, day: int, weekday: int, around: tuple[date, date | None, date | None]) -> date:
    today, earliest, latest = around
    near = (today + timedelta(days=away) for away in range(-182, 183))
    found = [one for one in near if (one.day, one.weekday()) == (day, weekday)]
    if not found:
        raise _not_a_date(typed, "no such day is near; write its month too, 30 April")
    allowed = [one for one in found if (not earliest or one >= earliest) and (not latest or one <= latest)]
    return min(allowed or found, key=lambda one: abs(one - today))


def _month(typed: str, word: str) -> int:
    number = _named(word, MONTHS, 3)
    if number is None:
        raise _not_a_date(typed)
    return number + 1


def _checked(typed: str, day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise _not_a_date(typed, f"there is no month {month}; the day comes first, 30/04/2026")
    if not 1900 <= year <= 2199:
        raise _not_a_date(typed, f"the year {year} is out of reach")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        named = f"{MONTHS[month - 1]} {year}" if month == 2 else MONTHS[month - 1]
        raise _not_a_date(typed, f"{named} has {days} days")
    return date(year, month, day)


def _nearest(typed: str, day: int, month: int, around: tuple[date, date | None, date | None]) -> date:
    today, earliest, latest = around
    found: list[date] = []
    wrong: ValueError | None = None
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found.append(_checked(typed, day, month, year))
        except ValueError as error:
            wrong = wrong or error
    if not found:
        raise wrong or _not_a_date(typed)
    allowed = [one for one in found if (not earliest or one >= earliest) and (not latest or one <= latest)]
    return min(allowed or found, key=lambda one: abs(one - today))
