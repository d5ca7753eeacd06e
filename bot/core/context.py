"""What a conversation remembers: facts that the student gave, and whether a message follows up on the last answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import sqrt

from bot.core.knowledge import Entry, Part, Variant


@dataclass(frozen=True)
class StudentFacts:
    """What the student said of themselves; ``None``: not said. Kept in Rasa's slot ``student`` only."""

    pathway: str | None = None
    """``bol`` or ``bbl``."""
    minor: bool | None = None
    """Under 18."""
    entree: bool | None = None
    not_funded: bool | None = None
    """At a private school (niet-bekostigd)."""

    @classmethod
    def from_slot(cls, slot: Mapping[str, object] | None) -> StudentFacts:
        """The facts of a stored slot; what it does not know is left out."""
        known = {key: value for key, value in (slot or {}).items() if key in cls.__dataclass_fields__}
        return cls(**known)  # type: ignore[arg-type]

    def to_slot(self) -> dict[str, object]:
        """For the slot: only what is known."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    def and_then(self, newer: StudentFacts) -> StudentFacts:
        """These facts, with those of ``newer`` where it has any."""
        return replace(self, **newer.to_slot())  # type: ignore[arg-type]

    def variants(self, entry: Entry) -> tuple[Variant, ...]:
        """The variants of ``entry`` that fit this student; the one that changes most comes first."""
        wanted = (
            (Variant.NOT_FUNDED, self.not_funded),
            (Variant.UNDER_18, self.minor),
            (Variant.ENTREE, self.entree),
            (Variant.BBL, self.pathway == "bbl"),
            (Variant.BOL, self.pathway == "bol"),
        )
        return tuple(variant for variant, fits in wanted if fits and variant in entry.variants)


_BBL = re.compile(r"\bbbl(['’]?er|'ers)?\b|\bleerbaan\b|\bwerkend\s+leren\b", re.IGNORECASE)
_BOL = re.compile(r"\bbol(['’]?er)?\b", re.IGNORECASE)
_NOT_BOTH = re.compile(r"\b(verschil|of|tussen|van\s+bol\s+naar|van\s+bbl\s+naar|switch\w*)\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:ik\s+ben|k\s+ben|ben|als|word|zoon\s+van|dochter\s+van|kind\s+van|mijn\s+\w+\s+is)\s+(?:nog\s+maar\s+|pas\s+|net\s+|een\s+)?(\d\d)\b"
    r"(?!\s*(?:uur|dagen|weken|euro|minuten|%|km))"
    r"|\b(\d\d)\s*-?\s*(?:jaar|jr|jarige?|j\.?o|ben|word)\b",
    re.IGNORECASE,
)
_MINOR_WORDS = re.compile(
    r"\b(minderjarig\w*|(nog\s+)?(onder|geen)\s+(de\s+)?(18|achttien)|nog\s+geen\s+18)\b", re.IGNORECASE
)
_ADULT_WORDS = re.compile(r"\b(meerderjarig|volwassen|boven\s+(de\s+)?18|18\s*\+|al\s+18)\b", re.IGNORECASE)
_ENTREE = re.compile(r"\b(entree(opleiding)?|niveau\s*1|niv\.?\s*1|n1)\b", re.IGNORECASE)
_NOT_FUNDED = re.compile(
    r"\b(particulier\w*|privéschool|prive\s?school|niet[- ]bekostigd\w*|luzac|thuisstudie|loi|nti|nha)\b",
    re.IGNORECASE,
)


def facts_in(text: str) -> StudentFacts:
    """What a message says about the student. Says nothing about both pathways when they are compared."""
    bbl, bol = _BBL.search(text), _BOL.search(text)
    pathway = None
    if bool(bbl) != bool(bol) and not (_NOT_BOTH.search(text) and bbl and bol):
        pathway = "bbl" if bbl else "bol"
    minor: bool | None = None
    for match in _AGE.finditer(text):
        age = int(match[1] or match[2])
        if 12 <= age <= 99:
            minor = age < 18
    if _MINOR_WORDS.search(text):
        minor = True
    elif _ADULT_WORDS.search(text):
        minor = False
    return StudentFacts(
        pathway=pathway,
        minor=minor,
        entree=True if _ENTREE.search(text) else None,
        not_funded=True if _NOT_FUNDED.search(text) else None,
    )


_OPENING = re.compile(
    r"^\W*(en|maar|dus|oke?|ok|ow|oh|hm+|ja)?\W*(en\b|geld(t|en)?\s+(dat|da|dit|die)|hoe\s?lang|hoeveel|wat\s+als|als|stel|wie|wanneer|waar|mag|"
    r"moet|kan|krijg|is\s+dat|hoezo|waarom|en\s+dan|bij|voor)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(dat|da|dan|dit|die|daar\w*|ook|ervan|ervoor|erover|eraan|ermee|hetzelfde)\b", re.IGNORECASE
)
FOLLOW_UP_WORDS = 12
"""A longer message stands by itself."""


def is_follow_up(text: str) -> bool:
    """Whether a message only makes sense after the last answer: "en bij bbl?", "hoe lang duurt dat dan?"."""
    words = text.split()
    if not words or len(words) > FOLLOW_UP_WORDS:
        return False
    if re.match(r"^\W*en\b", text, re.IGNORECASE) and len(words) <= 6:
        return True
    return bool(_OPENING.match(text) and _POINTS_BACK.search(text)) or (
        len(words) <= 3 and bool(_OPENING.match(text))
    )


def names_only_a_group(text: str) -> bool:
    """Whether a message says nothing besides for whom it asks: "en bij bbl?", "en als ik 17 ben?"."""
    rest = text
    for pattern in (_BBL, _BOL, _AGE, _MINOR_WORDS, _ADULT_WORDS, _ENTREE, _NOT_FUNDED):
        rest = pattern.sub(" ", rest)
    return rest != text and not (set(re.findall(r"[a-zà-ÿ]+", rest.lower())) - _STOP - _SMALL)


_SMALL = frozenset({"geldt", "da", "nou", "hetzelfde", "eigenlijk", "doe", "ga", "zit", "t", "k"})
_STOP = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "ik",
        "je",
        "mijn",
        "me",
        "m'n",
        "dat",
        "dit",
        "die",
        "dan",
        "is",
        "zijn",
        "ben",
        "er",
        "in",
        "op",
        "te",
        "voor",
        "van",
        "met",
        "aan",
        "bij",
        "als",
        "ook",
        "wat",
        "hoe",
        "wie",
        "mag",
        "moet",
        "kan",
        "krijg",
        "krijgt",
        "word",
        "wordt",
        "heb",
        "hebt",
        "heeft",
        "nog",
        "wel",
        "niet",
        "geen",
        "maar",
        "om",
        "naar",
        "uit",
        "dus",
        "school",
        "stage",
    ]
)


def _grams(text: str) -> Counter[str]:
    grams: Counter[str] = Counter()
    for word in re.findall(r"[a-zà-ÿ0-9]+", text.lower()):
        if word in _STOP:
            continue
        padded = f" {word} "
        grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return grams


def _likeness(left: Counter[str], right: Counter[str]) -> float:
    if not left or not right:
        return 0.0
    shared = sum(count * right[gram] for gram, count in left.items())
    return shared / sqrt(sum(c * c for c in left.values()) * sum(c * c for c in right.values()))


LIKE_ENOUGH = 0.34


def best_part(text: str, parts: Sequence[Part]) -> int | None:
    """The index of the part whose question is most like ``text``; ``None`` if none is like it.

    Compares groups of three characters, so that "hoelang duurd dat" finds "Hoe lang duurt het?".
    """
    asked = _grams(_normal(text))
    scores = [_likeness(asked, _grams(_normal(part.question))) for part in parts]
    if not scores:
        return None
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if scores[best] >= LIKE_ENOUGH else None


def _normal(text: str) -> str:
    """Joins what students type apart or together: "hoelang" and "hoe lang" become one word."""
    return re.sub(r"\bhoe\s?(lang|veel|vaak|snel)\b", r"hoe\1", text.lower())
