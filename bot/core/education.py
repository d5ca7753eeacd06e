"""What a student says of their education: bol or bbl, the level, and the programme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.context import facts_in

LEVELS = {"1": "Entree (niveau 1)", "2": "niveau 2", "3": "niveau 3", "4": "niveau 4"}
"""The levels of the mbo and how they are written."""

_LEVEL = re.compile(r"\b(?:niveau|nivo|niv\.?|lvl|level|mbo|n)[\s:-]*(\d)\b", re.IGNORECASE)
_BARE_LEVEL = re.compile(r"^\W*(\d)\b")
_ENTREE = re.compile(r"\bentree(?:\s?opleiding)?\b", re.IGNORECASE)
_PATHWAY = re.compile(r"\b(?:bol|bbl)(?:['’]?er|\s?opleiding)?\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:ik|k)\s+(?:doe|volg|zit\s+(?:op|in|bij)|ben|studeer|leer\s+voor)\b|(?:de|een|mijn|m'n|me)\s+(?:opleiding|studie)\b|"
    r"(?:opleiding|studie)\b|(?:het\s+is|is|voor|de|een|het|en|op|in|van|tot|als)\b|[\s,.;:/-]+)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\b(?:en|op|in|de|is|van|doe\s+ik|opleiding)|[\s,.;:/()-]+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Education:
    """``None``: not said. ``level`` is ``1`` to ``4``."""

    pathway: str | None = None
    level: str | None = None
    programme: str | None = None

    def written(self) -> str | None:
        """Level and programme as a case keeps them together: ``niveau 3, kapper``."""
        parts = [LEVELS.get(self.level or ""), self.programme]
        return ", ".join(filter(None, parts)) or None


def level_in(text: str, *, bare: bool = False) -> str | None:
    """The level that a text names, also one that does not exist; ``bare``: a digit at its start is one, too."""
    if _ENTREE.search(text):
        return "1"
    found = _LEVEL.search(text) or (_BARE_LEVEL.match(text) if bare else None)
    return found[1] if found else None


def education_in(text: str, *, bare: bool = False) -> Education:
    """What a text that is about the education says. What is neither pathway nor level is the programme."""
    rest = _ENTREE.sub(" ", _LEVEL.sub(" ", _PATHWAY.sub(" ", text)))
    if bare:
        rest = _BARE_LEVEL.sub(" ", rest)
    for pattern in (_LEAD, _TAIL):
        before = None
        while before != rest:
            before, rest = rest, pattern.sub("", rest, count=1)
    programme = " ".join(rest.split())
    return Education(
        facts_in(text).pathway,
        level_in(text, bare=bare),
        programme if sum(letter.isalpha() for letter in programme) >= 3 else None,
    )
