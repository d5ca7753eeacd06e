"""The yearly figures that JOB reports, worked out from counts. Plain Python: in go counts of two years, out come tables.

A table leaves this file as words: a cell that is small enough to say who somebody is has no number any more, neither on the
page nor in a plot or a file, and the other cells of its table do not give it away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.knowledge import MONTHS
from bot.desk.words import HERE

FIRST_YEAR = 2020
SMALL = 5
"""Counts below this are not shown: in so small a group somebody can be recognised."""
FEW, HIDDEN = "minder dan 5", "niet getoond"
REST = "alle andere"


@dataclass(frozen=True)
class Year:
    """A calendar year (``2026``) or a school year (``2025-2026``, from 1 August), as far as it has passed; days included."""

    key: str
    since: date
    until: date
    running: bool

    @property
    def name(self) -> str:
        """How the page calls it."""
        return f"schooljaar {self.key}" if "-" in self.key else self.key

    @property
    def months(self) -> list[int]:
        """The numbers of its months, in order, as far as they began."""
        passed = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
        return [(self.since.month - 1 + ahead) % 12 + 1 for ahead in range(passed + 1)]

    def starts(self) -> tuple[datetime, datetime]:
        """The moments between which it lies."""
        first = datetime.combine(self.since, time(), HERE)
        return first, datetime.combine(self.until + timedelta(days=1), time(), HERE)

    def before(self) -> Year:
        """The year before; of a year that still runs up to the same day, so that equal parts are compared."""
        key = "-".join(str(int(part) - 1) for part in self.key.split("-"))
        leap_day = (self.until.month, self.until.day) == (2, 29)
        until = self.until.replace(year=self.until.year - 1, day=28 if leap_day else self.until.day)
        return Year(key, self.since.replace(year=self.since.year - 1), until, running=False)


def year_of(raw: str, today: date) -> Year | None:
    """The year that ``raw`` names; ``None`` if it names none, or one that has not begun."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", raw)
    if match is None:
        return None
    first = int(match[1])
    if first < FIRST_YEAR or (match[2] and int(match[2]) != first + 1):
        return None
    since, end = (
        (date(first, 8, 1), date(first + 1, 7, 31)) if match[2] else (date(first, 1, 1), date(first, 12, 31))
    )
    return Year(raw, since, min(end, today), running=today <= end) if since <= today else None


def choices(today: date, first: date | None) -> tuple[list[Year], list[Year]]:
    """The calendar years and the school years to choose from, newest first; ``first``: the first day with a count."""
    oldest = max(min(first.year if first else today.year, today.year - 1), FIRST_YEAR)
    years = range(today.year, oldest - 1, -1)
    calendar = [year_of(str(year), today) for year in years]
    school = [year_of(f"{year}-{year + 1}", today) for year in (*years, oldest - 1)]
    return [year for year in calendar if year], [year for year in school if year]


@dataclass(frozen=True)
class Line:
    """A row as it was counted. Not for eyes: see `Row`."""

    name: str
    now: int
    before: int


@dataclass(frozen=True)
class Row:
    """A row as it is shown."""

    name: str
    now: str
    before: str
    change: str


def hide(values: Sequence[int]) -> tuple[list[str], str]:
    """Counts of one column and their sum as words, such that no small one can be worked out from the others.

    What is small is `FEW`. Where the sum would still tell it, the next smallest is `HIDDEN` as well. If none is left there
    are no words at all: only the sum can be shown.
    """
    words = [_word(value) for value in values]
    if sum(values) < SMALL:
        return (words if words.count(FEW) < SMALL - 1 else []), _word(sum(values))
    while _told(values, words):
        open_ones = [
            (value, index) for index, value in enumerate(values) if words[index] == str(value) and value
        ]
        if not open_ones:
            return [], _word(sum(values))
        words[min(open_ones)[1]] = HIDDEN
    return words, _word(sum(values))


def _word(value: int) -> str:
    return FEW if 0 < value < SMALL else str(value)


def _told(values: Sequence[int], words: Sequence[str]) -> bool:
    """Whether the sum tells what is hidden: nobody may know more of a `FEW` than that, of a `HIDDEN` than that it is larger."""
    few, hidden = words.count(FEW), words.count(HIDDEN)
    secret = sum(value for value, word in zip(values, words, strict=True) if word in (FEW, HIDDEN))
    if not few:
        return False
    if hidden:
        return secret - SMALL * hidden <= few
    return few == 1 or secret < SMALL or secret in (few, (SMALL - 1) * few)


def change(now: str, before: str) -> str:
    """``+3``, ``−2`` or ``0``; empty where one of both is hidden, since it could be worked out."""
    if not (now.isdecimal() and before.isdecimal()):
        return ""
    difference = int(now) - int(before)
    return "0" if not difference else f"{difference:+d}".replace("-", "−")


@dataclass(frozen=True)
class Table:
    """Counts of this year and the year before. ``explain`` says in one line (Dutch) what is counted.

    ``whole``: the lines add up to something that is shown, too.
    """

    key: str
    title: str
    explain: str
    lines: Sequence[Line]
    head: str
    whole: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing was counted, neither this year nor before."""
        return not any(line.now or line.before for line in self.lines)

    def rows(self) -> list[Row]:
        """What may be shown; empty where every row would tell a small count."""
        now, before = self._words("now")[0], self._words("before")[0]
        if len(now) != len(before):
            return []
        return [Row(x.name, a, b, change(a, b)) for x, a, b in zip(self.lines, now, before, strict=False)]

    def total(self) -> Row | None:
        """The last row; ``None`` where the lines do not add up to anything."""
        now, before = self._words("now")[1], self._words("before")[1]
        return Row("Samen", now, before, change(now, before)) if self.whole else None

    def _words(self, column: str) -> tuple[list[str], str]:
        values: list[int] = [getattr(line, column) for line in self.lines]
        return hide(values) if self.whole else ([_word(value) for value in values], "")


def largest(
    now: Mapping[str, int],
    before: Mapping[str, int],
    names: Mapping[str, str],
    limit: int = 15,
    rest: str = REST,
) -> list[Line]:
    """The ``limit`` largest of this year by name, and one line for all others. ``names``: what to call a key."""
    lines = [Line(names.get(key, key), now.get(key, 0), before.get(key, 0)) for key in {*now, *before}]
    lines = sorted((line for line in lines if line.now or line.before), key=_order)
    head, tail = lines[:limit], lines[limit:]
    if tail:
        head.append(Line(rest, sum(line.now for line in tail), sum(line.before for line in tail)))
    return head


def _order(line: Line) -> tuple[int, int, str]:
    """Small counts are equal here: their order must not tell which is larger."""
    now, before = (-max(n, SMALL - 1) if n else 0 for n in (line.now, line.before))
    return now, before, line.name


def by_month(now: Mapping[int, int], before: Mapping[int, int], months: Sequence[int]) -> list[Line]:
    """A line for each month, also for those in which nothing was counted."""
    return [Line(MONTHS[month - 1], now.get(month, 0), before.get(month, 0)) for month in months]
