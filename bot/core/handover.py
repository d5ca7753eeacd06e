"""When a human answers: office hours, the next time somebody is there, what the student is told, and how it is refused.

Holidays come from outside (`Holiday`), so that the core needs no calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

Holiday = Callable[[date], bool]
"""Whether a day is a public holiday on which nobody answers."""

_RULE = re.compile(
    r"^(?P<from>[a-z]{2})(?:-(?P<to>[a-z]{2}))?\s+(?P<open>\d{1,2}:\d\d)-(?P<close>\d{1,2}:\d\d)$"
)


_POLITE = r"(?:\W*\b(?:nee+|nou|o+h?|ok|oke|sorry|toch|hoor|bedankt|dankje(?:wel)?|dank\s+je(?:\s+wel)?|maar|ja)\b)*\W*"
_REFUSAL = re.compile(
    rf"{_POLITE}(?:laat\s+(?:het\s+|t\s+)?(?:toch\s+)?maar(?:\s+zitten)?|toch\s+(?:maar\s+)?niet|hoeft?\s+(?:al\s+|toch\s+)?niet(?:\s+meer)?|"
    r"(?:is\s+)?niet\s+(?:meer\s+)?nodig|nvm|never\s?mind|annuleer\w*|stop(?:pen)?|(?:ik\s+wil\s+)?(?:toch\s+)?geen\s+mens(?:\s+meer)?|"
    r"ik\s+zoek\s+het\s+zelf\s+(?:wel\s+)?uit|(?:het\s+is\s+|is\s+)?al\s+opgelost|"
    r"(?:ik\s+wil\s+)?(?:liever|toch|terug|weer|verder)\s+(?:met|naar|door\s+met)\s+de\s+(?:chat)?bot(?:\s+(?:praten|verder))?)"
    rf"{_POLITE}",
    re.IGNORECASE,
)
_RATHER_A_CASE = re.compile(
    r"\W*(?:(?:doe|ik\s+(?:wil|laat)|laat)\b[^.?!]{0,20})?\b(?:een\s+)?(?:zaak|melding)\s+(?:achter(?:laten)?|melden|maken|doen)\W*",
    re.IGNORECASE,
)
ADDED_WORDS = 3
"""What a waiting student types in fewer words ("hallo?", "ok") adds nothing."""


def refusal(text: str) -> str | None:
    """The button that a waiting student could have pressed instead of typing ``text``; ``None`` if it refuses nothing.

    Only a message that says nothing else: whoever adds something to "laat maar" is heard by a human.
    """
    if _REFUSAL.fullmatch(text.strip()):
        return "/deny"
    return "/report_case" if _RATHER_A_CASE.fullmatch(text.strip()) else None


def adds_something(text: str) -> bool:
    """Whether a waiting student told more, and should hear that it is passed on, too."""
    return len(text.split()) >= ADDED_WORDS


def _clock(text: str) -> time:
    """``9:30`` as a time; ``24:00`` is the end of the day."""
    hours, minutes = map(int, text.split(":"))
    if (hours, minutes) == (24, 0):
        return time.max
    return time(hours, minutes)


@dataclass(frozen=True)
class OfficeHours:
    """The hours in which somebody of JOB answers, in Dutch time."""

    spans: tuple[tuple[int, time, time], ...]
    """(weekday from 0 for Monday, opening, closing)."""

    @classmethod
    def parse(cls, text: str) -> OfficeHours:
        """Reads ``ma-vr 10:00-17:00, di 19:00-21:00``. Raises `ValueError` with what is wrong."""
        spans: list[tuple[int, time, time]] = []
        for rule in filter(None, (part.strip().lower() for part in text.split(","))):
            match = _RULE.match(rule)
            if match is None or match["from"] not in DAYS or (match["to"] or match["from"]) not in DAYS:
                raise ValueError(f"{rule!r} is not like 'ma-vr 10:00-17:00'")
            first, last = DAYS.index(match["from"]), DAYS.index(match["to"] or match["from"])
            opening, closing = _clock(match["open"]), _clock(match["close"])
            if last < first or closing <= opening:
                raise ValueError(f"{rule!r} ends before it begins")
            spans += [(day, opening, closing) for day in range(first, last + 1)]
        if not spans:
            raise ValueError("no office hours are given")
        return cls(tuple(sorted(spans)))

    def is_open(self, now: datetime, holiday: Holiday) -> bool:
        """Whether somebody answers at ``now`` (any zone)."""
        here = now.astimezone(DUTCH_TIME)
        if holiday(here.date()):
            return False
        return any(
            day == here.weekday() and opening <= here.time() < closing for day, opening, closing in self.spans
        )

    def next_opening(self, now: datetime, holiday: Holiday) -> datetime | None:
        """The next moment at which somebody is there; ``now`` itself while open; ``None`` if not within a month."""
        if self.is_open(now, holiday):
            return now
        here = now.astimezone(DUTCH_TIME)
        for ahead in range(32):
            day = here.date() + timedelta(days=ahead)
            if holiday(day):
                continue
            for weekday, opening, _ in self.spans:
                start = datetime.combine(day, opening, DUTCH_TIME)
                if weekday == day.weekday() and start > here:
                    return start
        return None


def when_words(opening: datetime, now: datetime) -> str:
    """``vandaag vanaf 10.00 uur``, ``morgen vanaf …``, ``maandag vanaf …``, ``maandag 4 januari vanaf …``."""
    there, here = opening.astimezone(DUTCH_TIME), now.astimezone(DUTCH_TIME)
    days = (there.date() - here.date()).days
    if days == 0:
        day = "vandaag"
    elif days == 1:
        day = "morgen"
    elif days < 7:
        day = DAY_NAMES[there.weekday()]
    else:
        day = f"{DAY_NAMES[there.weekday()]} {there.day}-{there.month}"
    return f"{day} vanaf {there.hour}.{there.minute:02d} uur"


def usual_wait(waits: Sequence[timedelta]) -> str | None:
    """How long students usually wait, from real waits; ``None`` with fewer than five of them."""
    if len(waits) < 5:
        return None
    minutes = median(wait.total_seconds() for wait in waits) / 60
    for limit, words in (
        (5, "5 minuten"),
        (15, "een kwartier"),
        (30, "een half uur"),
        (60, "een uur"),
        (180, "een paar uur"),
    ):
        if minutes <= limit:
            return words
    return "een dag"


def expectation(now: datetime, hours: OfficeHours, holiday: Holiday, waits: Sequence[timedelta]) -> str:
    """What the student is told about when a human answers (Dutch)."""
    if hours.is_open(now, holiday):
        wait = usual_wait(waits)
        return f"Meestal is er binnen {wait} iemand." if wait else "Er is nu iemand van JOB aan het werk."
    opening = hours.next_opening(now, holiday)
    if opening is None:
        return "Op dit moment is er niemand van JOB. We weten nog niet wanneer er weer iemand is."
    return f"Nu is er niemand van JOB. Je krijgt antwoord {when_words(opening, now)}."
