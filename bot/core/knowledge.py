"""What the helpdesk knows: answers, where they come from, and for whom a human is better.

Nothing here reads a file. `bot.knowledge_files` makes these objects; everybody else only reads them.
Texts are Dutch Markdown as the editor wrote it; a channel turns them into what it can show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from urllib.parse import quote

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def dutch_date(day: date) -> str:
    """`2026-01-01` -> `1 januari 2026`, on every machine: the system's locale has no say."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Variant(str, Enum):
    """A group of students for whom the short answer differs; the value is the key in the file."""

    BOL = "bol"
    BBL = "bbl"
    UNDER_18 = "onder_18"
    ENTREE = "entree"
    NOT_FUNDED = "niet_bekostigd"


class HumanNeed(str, Enum):
    """How far the answer leans on a human: not, on request, or with every answer (and staff is told)."""

    NEVER = "never"
    OFFER = "offer"
    ALWAYS = "always"


@dataclass(frozen=True)
class Topic:
    """One line of `topics.yml`: a stable id, its theme, and what a student asks about."""

    id: str
    theme: str
    description: str


@dataclass(frozen=True)
class Law:
    """A law that answers lean on, and which text of it somebody really read.

    `read` is the date on which the text that was read was in force; None: no text of it was read.
    `current` is False when that text is too old to lean on alone, or was not read at all.
    `articles` were read in that text; `cited` are named by another source and were not read.
    `texts` has the articles that were read in a text of another day than `read`.
    `url` is the page of a law that is not on wetten.overheid.nl (then `bwb` is empty).
    """

    code: str
    name: str
    current: bool
    read: date | None = None
    bwb: str = ""
    url: str = ""
    articles: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()
    texts: Mapping[str, date] = field(default_factory=dict, hash=False)

    @property
    def whole(self) -> bool:
        """True when sources name the law but no article of it: an answer then gives no article either."""
        return not self.articles and not self.cited

    def title(self, article: str) -> str:
        """What a student sees: `Wet educatie en beroepsonderwijs, artikel 8.1.7c`."""
        return f"{self.name}, artikel {article}" if article else self.name

    def link(self, article: str) -> str:
        """The address of that article: in the text that was read if it is current, else in the text of today.

        A JCI link is what wetten.overheid.nl itself prints in its laws: the regulation, the article, and the
        days (`z` for the view, `g` for being in force). Without days the site shows the text of today.
        """
        if not self.bwb:
            return self.url
        link = f"https://wetten.overheid.nl/jci1.3:c:{self.bwb}"
        link += f"&artikel={quote(article)}" if article else ""
        return (
            f"{link}&z={self.read.isoformat()}&g={self.read.isoformat()}"
            if self.read and self.current
            else link
        )

    def read_on(self, article: str) -> date | None:
        """The day of the text in which that article was read; None when it was not read."""
        return self.texts.get(article, self.read) if article in self.articles else None


@dataclass(frozen=True)
class Source:
    """Where a claim comes from. `seen` is the day on which it was read, `about` the claim that it carries."""

    title: str
    url: str
    seen: date | None
    about: str

    @property
    def line(self) -> str:
        """One line beneath an answer, without the link: title and how fresh it is."""
        return f"{self.title} (bekeken op {dutch_date(self.seen)})" if self.seen else self.title


@dataclass(frozen=True)
class WebSource(Source):
    """A page on the web."""


@dataclass(frozen=True)
class LawSource(Source):
    """An article of a law (`article` is empty for a law as a whole).

    `law_read` is the day of the text in which the article was read, None when it was not read by us.
    `current` is False when that text is too old to lean on alone.
    """

    code: str
    article: str
    law_read: date | None
    current: bool

    @property
    def line(self) -> str:
        """The title, and honestly which text was read: the law of which day, an old one, or none."""
        if self.law_read is None:
            return f"{self.title} (genoemd in een andere bron; de wettekst zelf is niet nagelezen)"
        day = dutch_date(self.law_read)
        return (
            f"{self.title} (wettekst van {day})"
            if self.current
            else f"{self.title} (oude wettekst, van {day})"
        )


@dataclass(frozen=True)
class Review:
    """Whether JOB checked the text. `open` until a named person did; then who and when."""

    done: bool
    by: str | None = None
    at: date | None = None


@dataclass(frozen=True)
class Part:
    """A question that often follows, with its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Entry:
    """The answer to one topic. `short` stands alone; `steps` and `parts` come on request."""

    id: str
    theme: str
    title: str
    label: str
    question: str
    keywords: tuple[str, ...]
    human: HumanNeed
    human_when: tuple[str, ...]
    sources: tuple[Source, ...]
    reviewed: date
    review: Review
    see_also: tuple[str, ...]
    short: str
    steps: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    valid_until: date | None = None
    uncertain: tuple[str, ...] = ()
    variants: Mapping[Variant, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "variants", MappingProxyType(dict(self.variants)))

    def short_for(self, variant: Variant | None) -> str:
        """The short answer for that group, or the general one when the group makes no difference."""
        return self.variants.get(variant, self.short) if variant else self.short

    def expired(self, today: date) -> bool:
        """True from the day after `valid_until`: the answer then says that a year may have changed it."""
        return self.valid_until is not None and today > self.valid_until

    @property
    def version(self) -> str:
        """Ten characters that change when what a student reads changes, and only then.

        Review, keywords and dates of checking stay out: "this did not help" is about a text.
        """
        said: list[str] = [self.title, self.question, self.short, *self.steps]
        said += [text for part in self.parts for text in (part.question, part.answer)]
        said += [text for key in Variant if key in self.variants for text in (key.value, self.variants[key])]
        said += [text for source in self.sources for text in (source.title, source.url)]
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:10]

    @property
    def sources_line(self) -> str:
        """All sources on one line, each named once, for a channel that has little room."""
        return "; ".join(dict.fromkeys(source.line for source in self.sources))
