"""Crisis words: what goes before everything else, in every state, also where the assistant is silent.

A net of words beside the trained classifier: it must not miss, and everyday exaggeration must not ring.
"""

from __future__ import annotations

import re
import unicodedata

_ALARM = re.compile(
    r"""
    zelfmoord | su[iï]cid | zelfdoding
    | \b(ik|k)\b .{0,40} \b(wil|zou|kan)\b .{0,25} \b(dood|niet\s+meer\s+leven|er\s+niet\s+meer\s+zijn)\b
    | \bniet\s+meer\s+(willen\s+)?leven\b
    | \b(er|hier)\s+niet\s+meer\s+(te\s+)?(wil\s+)?zijn\b
    | \beinde?\s+(aan\s+)?(mijn|m'?n|me|mn)\s+leven\b | \buit\s+het\s+leven\s+stappen\b
    | \b(mezelf|mijzelf|m'?n\s*zelf)\s+(iets\s+aan\s*(te\s*)?doen|pijn|snijden|te\s+snijden)\b
    | \bsnij(d|dt)?\s+(mezelf|mijzelf)\b | \bzie\s+geen\s+uitweg\b
    | \bverkracht\b | \baangerand\b | \b(slaat|mishandelt|misbruikt)\s+(me|mij)\b
    | \b(heeft|met)\s+een\s+(mes|wapen|pistool)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_crisis(text: str) -> bool:
    """Whether ``text`` of a student holds words that ask for help now."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    return _ALARM.search(plain) is not None
