"""What is masked before anything is stored, and how long things are kept."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import Enum

BSN_MASK = "[bsn verwijderd]"

# Nine digits (eight in old letters), possibly grouped with dots, spaces or hyphens; not part of a longer number.
_BSN_LIKE = re.compile(r"(?<![\d+])(?:\d[ .-]?){7,8}\d(?!\d)")


def is_bsn(digits: str) -> bool:
    """Whether ``digits`` passes the eleven-test of a burgerservicenummer (8 or 9 digits).

    The last digit counts as -1: RvIG, Logisch Ontwerp BSN.
    """
    if len(digits) not in (8, 9) or len(set(digits)) == 1:
        return False
    padded = digits.zfill(9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(padded, weights, strict=True)) % 11 == 0


def mask_bsn(text: str) -> str:
    """``text`` with every number that can be a burgerservicenummer taken out: a BSN never reaches the database.

    A Dutch mobile number (ten digits, or starting with 06) is left alone.
    """

    def replace(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[0])
        if digits.startswith("06"):
            return match[0]
        return BSN_MASK if is_bsn(digits) else match[0]

    return _BSN_LIKE.sub(replace, text)


class Kept(str, Enum):
    """Kinds of data with a term of their own."""

    MESSAGES = "messages"
    CASES = "cases"
    STAFF_SESSIONS = "staff_sessions"


RETENTION: dict[Kept, timedelta] = {
    # Raw text: comparable Dutch services keep 28 to 30 days.
    Kept.MESSAGES: timedelta(days=30),
    # A case may be followed by an appeal or a year report; counted from the day on which it was closed.
    Kept.CASES: timedelta(days=365),
    Kept.STAFF_SESSIONS: timedelta(days=14),
}
