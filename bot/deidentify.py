"""Takes out of a text what says who somebody is, before it is shown for learning or becomes an example.

Almost never perfect: a person reads each text once more before it is used. Rules come first (addresses, numbers, what follows
"ik heet" or "docent"), then the names that the Dutch model finds. The model runs only here, not in the way of a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.core.privacy import mask_bsn

Finder = Callable[[str], Iterable[tuple[int, int, str]]]
"""Gives (start, end, kind) of the names in a text; kind is that of the Dutch model: PERSON, ORG, GPE, LOC, FAC."""

NAME, PLACE, MAIL, PHONE, LINK, NUMBER = "[naam]", "[plaats]", "[mail]", "[telefoon]", "[link]", "[nummer]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+"), MAIL),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), LINK),
    (re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?[1-9](?:[\s-]?\d){8}(?!\d)"), PHONE),
    (re.compile(r"\bJOB-20\d\d-\d+\b", re.IGNORECASE), NUMBER),
    (re.compile(r"(?<!\d)\d{5,}(?!\d)"), NUMBER),
    (re.compile(r"\b\d{4}\s?[A-Z]{2}\b"), PLACE),
    (re.compile(r"(?<![\w@])@\w{3,}"), NAME),
)
# Lower-case names are what the model misses most, so what introduces a name counts.
_INTRODUCED = re.compile(
    r"\b((?:ik\s+heet|m(?:ij|')?n\s+naam\s+is|ik\s+ben|genaamd|heet|meneer|mevrouw|mevr\.?|dhr\.?|docente?|mentor|juf|meester|"
    r"collega|baas|leidinggevende|groet(?:jes|en)?,?|gr\.?,?|mvg,?)\s+)([A-Z][\w'-]+(?:\s+(?:van|de|der|den|el|ten|ter)\b)*(?:\s+[A-Z][\w'-]+)*)"
)
# The model takes some people for organisations, so these go, too, except the words of the trade.
_KINDS = {"PERSON": NAME, "ORG": NAME, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE}
_KEPT = frozenset(
    [
        "job",
        "jobmbo",
        "duo",
        "sbb",
        "uwv",
        "roc",
        "mbo",
        "hbo",
        "vmbo",
        "bbl",
        "bol",
        "oer",
        "pok",
        "vog",
        "bsa",
        "slb",
        "bpv",
        "cao",
        "ggd",
        "mijnduo",
        "nederland",
        "nederlands",
        "engels",
    ]
)


@lru_cache(maxsize=1)
def _model_finder() -> Finder:
    """The names that nl_core_news_sm finds."""
    import spacy

    model = spacy.load("nl_core_news_sm", exclude=["parser", "lemmatizer", "morphologizer", "tagger"])

    def find(text: str) -> Iterable[tuple[int, int, str]]:
        return [(ent.start_char, ent.end_char, ent.label_) for ent in model(text).ents]

    return find


def deidentify(text: str, finder: Finder | None = None) -> str:
    """``text`` without names, places, addresses and numbers. ``finder`` replaces the Dutch model in a test."""
    text = mask_bsn(text)
    for pattern, mask in _RULES:
        text = pattern.sub(mask, text)
    text = _INTRODUCED.sub(lambda match: match[1] + NAME, text)
    found = sorted((finder or _model_finder())(text), reverse=True)
    for start, end, kind in found:
        hidden = _KINDS.get(kind)
        if hidden and "[" not in text[start:end] and text[start:end].lower() not in _KEPT:
            text = text[:start] + hidden + text[end:]
    return text
