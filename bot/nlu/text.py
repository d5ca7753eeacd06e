"""From what a student typed to plain words: without accents, stretched letters and chat spelling."""

from __future__ import annotations

import re
import unicodedata

from bot.nlu.chat_words import CHAT_WORDS

_STRETCHED = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|\?")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'"})


def plain(text: str) -> str:
    """``text`` in lower case, without accents, with at most two of the same letter in a row."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).lower())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _STRETCHED.sub(r"\1\1", bare)


def words(text: str) -> list[str]:
    """The words, numbers and question marks of ``text``, with chat spelling written out; empty without letters."""
    found: list[str] = []
    for word in _WORD.findall(plain(text)):
        found.extend(CHAT_WORDS.get(word, word).split())
    return found


def letters(text: str) -> int:
    """How many letters ``text`` has, of any script. Emoji, digits and signs are none."""
    return sum(character.isalpha() for character in text)
