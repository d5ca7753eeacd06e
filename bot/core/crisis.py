"""Crisis words: what goes before everything else, in every state, also where the assistant is silent.

A net of words beside the trained classifier. It must not miss, and everyday exaggeration must not ring: schoolwork about
the subject and laughter take an alarm out again, unless the student says to mean it; sayings are not read at all.
"""

from __future__ import annotations

import re
import unicodedata

from bot.core.crisis_words import DANGER, EARNEST, LAUGHTER, SAYING, TASK

_NET = [re.compile(pattern) for patterns in DANGER.values() for pattern in patterns]
_STRETCHED = re.compile(r"(.)\1{2,}")


def _plain(text: str) -> str:
    """Lower case, without accents and stretched letters; signs become spaces, except the apostrophe."""
    lowered = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("`", "'"))
    bare = "".join(character for character in lowered if not unicodedata.combining(character))
    spaced = re.sub(r"\bm'?n\b|\bmn'", "mn", _STRETCHED.sub(r"\1\1", bare))
    return " ".join(
        re.sub(r"[^\w' ]+", " ", spaced).replace("'t ", "het ").replace("s nachts", "snachts").split()
    )


def is_crisis(text: str) -> bool:
    """Whether ``text`` of a student holds words that ask for help now."""
    plain = _plain(text)
    if EARNEST.search(plain):
        return _rings(plain)
    if TASK.search(plain) or LAUGHTER.search(plain):
        return False
    return _rings(SAYING.sub(" ", plain))


def _rings(plain: str) -> bool:
    return any(pattern.search(plain) for pattern in _NET)
