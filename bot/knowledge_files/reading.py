"""How hard a text reads, by the formula of Flesch as W.H. Douma fitted it to Dutch.

    206.84 - 0.93 * (words per sentence) - 77 * (syllables per word)

Source: W.H. Douma, De leesbaarheid van landbouwbladen (Landbouwhogeschool Wageningen, 1960). textstat has
the same constants under `nl` (206.835 for the first) and gives the syllables, by pyphen's hyphenation, which
misses one now and then (`ideeën` counts two). The sentences are counted here: textstat ends one at the
dots of `8.1.7c`, and not at the end of a list item.

Douma's scale is Flesch's: 60 to 70 is ordinary Dutch, 70 to 80 fairly easy, below 60 hard. Plain Dutch at B1
is usually put at 60 or more, so LOWEST is 60. The formula counts lengths and knows nothing of meaning: it
warns an editor and gives no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from textstat.textstat import textstatistics

from bot.knowledge_files.rules.texts import words_in

BASE, PER_SENTENCE_WORD, PER_SYLLABLE = 206.84, 0.93, 77.0
LOWEST = 60.0


@cache
def _dutch() -> textstatistics:
    # Its own object: textstat's module-level one has a language that any other caller can change.
    statistics = textstatistics()
    statistics.set_lang("nl")
    return statistics


@cache
def syllables(word: str) -> int:
    """The syllables of a word, at least one."""
    return max(1, int(_dutch().syllable_count(word)))


def flesch_douma(sentences: Sequence[str]) -> float | None:
    """The score of these sentences, higher is easier; None when there are no words."""
    words = [word for sentence in sentences for word in words_in(sentence)]
    if not words:
        return None
    per_word = sum(syllables(word) for word in words) / len(words)
    return BASE - PER_SENTENCE_WORD * len(words) / len(sentences) - PER_SYLLABLE * per_word
