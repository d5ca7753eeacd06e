"""Slows down guessing of passwords, without locking out a school behind one address or a colleague whose login is known."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import ClassVar

from bot.core.errors import HelpdeskError

MAX_KEYS = 20_000


class TooManyTries(HelpdeskError):
    """Too many wrong passwords; waiting helps."""

    code = "too_many_tries"
    status = 429


class Throttle:
    """Counts wrong tries in memory; right ones cost nothing. A restart forgets, which is harmless.

    Narrow for one login from one address, wider for one login from anywhere (so that a stranger who knows a login cannot
    keep its owner out), widest for one address (a whole school may stand behind it).
    """

    WINDOW = timedelta(minutes=10)
    LIMITS: ClassVar[dict[str, int]] = {"pair": 5, "login": 50, "address": 100}

    def __init__(self) -> None:
        self._wrong: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()

    def _keys(self, login: str, address: str) -> dict[str, tuple[str, str]]:
        login = login.strip().lower()[:120]
        return {
            "pair": ("pair", f"{login}\n{address}"),
            "login": ("login", login),
            "address": ("address", address),
        }

    def check(self, login: str, address: str, now: datetime) -> None:
        """Raises `TooManyTries` if this login or address must wait; the password is then not even looked at."""
        for kind, key in self._keys(login, address).items():
            times = self._wrong.get(key, deque())
            while times and times[0] <= now - self.WINDOW:
                times.popleft()
            if len(times) >= self.LIMITS[kind]:
                minutes = max(1, -(-int((times[0] + self.WINDOW - now).total_seconds()) // 60))
                raise TooManyTries(
                    f"Te vaak een verkeerd wachtwoord. Wacht {minutes} min en probeer het dan opnieuw."
                )

    def failed(self, login: str, address: str, now: datetime) -> None:
        """Counts a wrong try."""
        for key in self._keys(login, address).values():
            self._wrong.setdefault(key, deque()).append(now)
            self._wrong.move_to_end(key)
        while len(self._wrong) > MAX_KEYS:
            self._wrong.popitem(last=False)

    def passed(self, login: str, address: str) -> None:
        """A right password: this login starts anew from this address."""
        self._wrong.pop(self._keys(login, address)["pair"], None)
