"""Which tables the yearly figures have, and what each counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import effects
from bot.core.cases import CaseStatus
from bot.desk import figures
from bot.desk.school_kinds import few_of_kind
from bot.desk.words import CHANNELS, STATUSES
from bot.desk.yearly import SMALL, Line, Table, Year, by_month, largest
from bot.storage.answers import Feedback
from bot.storage.numbers import TurnCount, Wait
from bot.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Counts:
    """Everything that was counted in a year."""

    turns: Sequence[TurnCount] = ()
    waits: Sequence[Wait] = ()
    feedback: Mapping[str, Feedback] = field(default_factory=dict)
    statuses: Mapping[CaseStatus, int] = field(default_factory=dict)

    def by(self, outcomes: Iterable[str], key: Callable[[TurnCount], str]) -> Counter[str]:
        """How often these outcomes were counted, by ``key``."""
        found: Counter[str] = Counter()
        for turn in self.turns:
            if turn.outcome in outcomes:
                found[key(turn)] += turn.n
        return found

    def sum(self, *outcomes: str) -> int:
        """How often these outcomes were counted."""
        return sum(turn.n for turn in self.turns if turn.outcome in outcomes)


def gather(uow: UnitOfWork, year: Year) -> Counts:
    """Reads what was counted in ``year``."""
    return Counts(
        uow.numbers.turns(year.since, year.until),
        uow.numbers.waits(*year.starts()),
        uow.answers.feedback(*year.starts()),
        uow.cases.counts_since(*year.starts()),
    )


@dataclass(frozen=True)
class Waiting:
    """How long it took until a human was there. Words; empty where fewer than five students waited."""

    people: str
    middle: str
    nine_of_ten: str


def waiting(counts: Counts, minutes: Callable[[float], str]) -> Waiting:
    """The waiting times that may be shown. ``minutes`` gives the words for a number of minutes."""
    found = figures.waiting(counts.waits)
    if found.people < SMALL or found.middle is None or found.nine_of_ten is None:
        return Waiting("minder dan 5" if found.people else "0", "", "")
    return Waiting(str(found.people), minutes(found.middle), minutes(found.nine_of_ten))


def tables(
    year: Year, now: Counts, before: Counts, themes: Mapping[str, str], titles: Mapping[str, str]
) -> list[Table]:
    """All tables. ``themes`` and ``titles``: the theme and the title of each topic."""

    def top(
        outcomes: Iterable[str],
        key: Callable[[TurnCount], str],
        names: Mapping[str, str],
        rest: str = "alle andere",
    ) -> list[Line]:
        return largest(now.by(outcomes, key), before.by(outcomes, key), names, rest=rest)

    def months(*outcomes: str) -> list[Line]:
        by = [
            {int(month): n for month, n in each.by(outcomes, lambda turn: str(turn.day.month)).items()}
            for each in (now, before)
        ]
        return by_month(by[0], by[1], year.months)

    def whole(name: str, *outcomes: str) -> Line:
        return Line(name, now.sum(*outcomes), before.sum(*outcomes))

    questions = tuple(figures.HAPPENED)
    subjects = {**titles, "": "geen onderwerp"}
    not_helped = [{topic: f.not_helped for topic, f in each.feedback.items()} for each in (now, before)]
    return [
        Table(
            "kort",
            "In het kort",
            "Van een mogelijke crisis melden we alleen hoeveel gesprekken het waren, verder niets.",
            [
                whole("Contacten", effects.CONTACT),
                whole("Vragen", *questions),
                whole("Zaken", effects.CASE),
                whole("Mogelijke crisis", effects.CRISIS),
            ],
            "Wat",
            whole=False,
        ),
        Table(
            "contacten-maand",
            "Contacten per maand",
            "Een contact is een student die begint te schrijven, of na een dag stilte opnieuw schrijft.",
            months(effects.CONTACT),
            "Maand",
        ),
        Table(
            "vragen-maand",
            "Vragen per maand",
            "Een vraag is een bericht waarop een antwoord kwam, waarvoor een mens nodig was of dat niet is begrepen.",
            months(*questions),
            "Maand",
        ),
        Table(
            "contacten-kanaal",
            "Contacten per kanaal",
            "Waar de student schreef.",
            top([effects.CONTACT], lambda turn: turn.channel, CHANNELS),
            "Kanaal",
        ),
        Table(
            "vragen-kanaal",
            "Vragen per kanaal",
            "Waar de vraag is gesteld.",
            top(questions, lambda turn: turn.channel, CHANNELS),
            "Kanaal",
        ),
        Table(
            "themas",
            "Vragen per thema",
            "Alleen vragen waarvan de chatbot het onderwerp kende.",
            top(effects.QUESTIONS, lambda turn: themes.get(turn.topic, "anders"), {}),
            "Thema",
        ),
        Table(
            "onderwerpen",
            "Vragen per onderwerp",
            "De 15 onderwerpen met de meeste vragen van dit jaar.",
            top(effects.QUESTIONS, lambda turn: turn.topic, titles, "alle andere onderwerpen"),
            "Onderwerp",
        ),
        Table(
            "afloop-vragen",
            "Hoe vragen afliepen",
            "Elke vraag telt één keer: wat de chatbot er aan het eind mee deed.",
            [
                Line(name.capitalize(), now.sum(key), before.sum(key))
                for key, name in figures.HAPPENED.items()
            ],
            "Afloop",
        ),
        Table(
            "zaken-onderwerp",
            "Zaken per onderwerp",
            "Het onderwerp waar het gesprek over ging toen de student de zaak meldde.",
            top([effects.CASE], lambda turn: turn.topic, subjects, "alle andere onderwerpen"),
            "Onderwerp",
        ),
        Table(
            "zaken-school",
            "Zaken per school",
            "Alleen scholen van de lijst van mbo-scholen. Heeft een school minder dan 5 zaken, dan telt die bij haar soort.",
            _schools(now, before),
            "School",
        ),
        Table(
            "zaken-stand",
            "Hoe het met de zaken staat",
            "De stand van nu, van zaken die in deze tijd zijn gemeld. Een zaak wordt een jaar na sluiten gewist.",
            _states(now, before),
            "Stand",
        ),
        Table(
            "gesloten",
            "Waarom gesprekken zijn gesloten",
            "De reden die een medewerker koos. Een zelf getypte reden telt als “andere reden”.",
            top([effects.CLOSED], lambda turn: turn.topic, {}),
            "Reden",
        ),
        Table(
            "hielp-niet",
            "Antwoorden die niet hielpen",
            "Hoe vaak een student bij een antwoord koos voor “dit helpt niet”.",
            largest(not_helped[0], not_helped[1], titles, rest="alle andere antwoorden"),
            "Antwoord",
        ),
    ]


def _schools(now: Counts, before: Counts) -> list[Line]:
    """Schools by name, and those with few cases by kind. In one table: two would give each other's small counts away."""
    cases = now.by([effects.CASE_SCHOOL], lambda turn: turn.topic)

    def name(turn: TurnCount) -> str:
        return turn.topic if cases[turn.topic] >= SMALL else few_of_kind(turn.topic)

    by = [each.by([effects.CASE_SCHOOL], name) for each in (now, before)]
    return largest(by[0], by[1], {}, rest="alle andere scholen")


def _states(now: Counts, before: Counts) -> list[Line]:
    """The states of cases; those that were erased since are known by their count only."""
    lines = [
        Line(name.capitalize(), now.statuses.get(status, 0), before.statuses.get(status, 0))
        for status, name in STATUSES.items()
    ]
    gone = [max(0, each.sum(effects.CASE) - sum(each.statuses.values())) for each in (now, before)]
    return [*lines, Line("Gewist", *gone)]
