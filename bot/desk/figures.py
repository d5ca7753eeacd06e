"""The numbers of the page Cijfers, worked out from counts. Plain Python: in go counts, out come rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, quantiles

from bot.effects import AFTER_QUESTION, QUESTIONS, RIGHT_AWAY
from bot.storage.answers import Feedback
from bot.storage.numbers import TurnCount, Wait

HAPPENED = {
    RIGHT_AWAY: "meteen antwoord",
    AFTER_QUESTION: "antwoord na “Bedoel je …?”",
    "handed_over": "naar een mens",
    "not_understood": "niet begrepen",
    "no_answer": "geen antwoord bekend",
}
BUCKETS = (
    (5 * 60, "tot 5 minuten"),
    (15 * 60, "5 tot 15 minuten"),
    (3600, "15 minuten tot 1 uur"),
    (4 * 3600, "1 tot 4 uur"),
    (24 * 3600, "4 uur tot 1 dag"),
)
LONGER = "langer dan 1 dag"


@dataclass(frozen=True)
class Weeks:
    """Questions per week by theme; ``series`` has as many numbers for each theme as there are ``labels``."""

    labels: list[str]
    series: dict[str, list[int]]


def week_of(day: date) -> tuple[int, int]:
    """Year and number of the ISO week."""
    year, week, _ = day.isocalendar()
    return year, week


def per_week(turns: Sequence[TurnCount], themes: Mapping[str, str], since: date, until: date) -> Weeks:
    """Questions per week by theme; weeks without questions are there with zero."""
    weeks: list[tuple[int, int]] = []
    day = since - timedelta(days=since.weekday())
    while day <= until:
        weeks.append(week_of(day))
        day += timedelta(days=7)
    counts: Counter[tuple[str, tuple[int, int]]] = Counter()
    for turn in turns:
        if turn.outcome in QUESTIONS and turn.topic:
            counts[themes.get(turn.topic, "anders"), week_of(turn.day)] += turn.n
        elif turn.outcome == "not_understood":
            counts["niet begrepen", week_of(turn.day)] += turn.n
    names = sorted(
        {theme for theme, _ in counts}, key=lambda name: (name in ("anders", "niet begrepen"), name)
    )
    return Weeks(
        [f"wk {week}" for _, week in weeks], {name: [counts[name, week] for week in weeks] for name in names}
    )


def what_happened(turns: Sequence[TurnCount]) -> list[tuple[str, int, float]]:
    """What the bot did with questions: words, how often, share."""
    counts: Counter[str] = Counter()
    for turn in turns:
        if turn.outcome in HAPPENED:
            counts[turn.outcome] += turn.n
    total = sum(counts.values())
    return [(words, counts[key], counts[key] / total if total else 0.0) for key, words in HAPPENED.items()]


@dataclass(frozen=True)
class Waiting:
    """How long students waited for a human. Minutes; ``None`` if nobody waited."""

    people: int
    middle: float | None
    nine_of_ten: float | None
    rows: list[tuple[str, int]]


def waiting(waits: Sequence[Wait]) -> Waiting:
    """The spread of waiting times."""
    seconds = [wait.waited_s for wait in waits]
    counts = Counter(next((words for limit, words in BUCKETS if each < limit), LONGER) for each in seconds)
    rows = [(words, counts[words]) for _, words in BUCKETS] + [(LONGER, counts[LONGER])]
    if not seconds:
        return Waiting(0, None, None, rows)
    high = quantiles(seconds, n=10)[-1] if len(seconds) > 1 else float(seconds[0])
    return Waiting(len(seconds), median(seconds) / 60, high / 60, rows)


def least_helpful(
    feedback: Mapping[str, Feedback], least: int = 3, limit: int = 15
) -> list[tuple[str, Feedback]]:
    """Answers that helped least, of those about which enough students said something."""
    known = [
        (topic, each)
        for topic, each in feedback.items()
        if each.helped + each.not_helped >= least and each.not_helped
    ]
    return sorted(known, key=lambda pair: (-(pair[1].share_not_helped or 0), -pair[1].not_helped))[:limit]
