"""How fast the desk is with 10,000 cases and 100,000 messages: ``python -m bench.desk [DATABASE_URL]``.

Without a URL it fills a SQLite file in a temporary folder. A PostgreSQL database must be empty; it is filled and left so.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.storage import migrate
from bot.storage import tables as t
from bot.storage.engine import make_engine
from bot.storage.search import Filters
from bot.storage.unit_of_work import UnitOfWork

CONVERSATIONS = 10_000
PER_CONVERSATION = 10
ROUNDS = 20
WORDS = [
    "stage",
    "stageplek",
    "school",
    "mentor",
    "examen",
    "beroep",
    "uren",
    "vergoeding",
    "bsa",
    "de",
    "het",
    "een",
] * 80
WORDS += [f"woord{number}" for number in range(3_000)]


def fill(engine: Engine) -> None:
    """10,000 conversations with ten messages and a case each; three of a thousand wait for a human."""
    dice, now = random.Random(1), datetime.now(timezone.utc)
    conversations, messages, cases = [], [], []
    for number in range(CONVERSATIONS):
        at, state = now - timedelta(minutes=number), dice.choices(["closed", "bot", "queue"], [970, 27, 3])[0]
        key = f"c{number}"
        conversations.append(
            {
                "id": key, "channel": "website", "state": state, "urgent": False, "created_at": at, "updated_at": at,
                "queued_at": at if state == "queue" else None, "unread": False, "version": 0, "session_turns": 0,
                "form_open": False,
            }
        )  # fmt: skip
        for turn in range(PER_CONVERSATION):
            student = turn % 2 == 0
            messages.append(
                {
                    "conversation_id": key, "at": at, "author": "student" if student else "bot",
                    "text": " ".join(dice.choices(WORDS, k=dice.randint(5, 60))), "buttons": [], "sources": [],
                    "handling": "done" if student else None, "attempts": 0, "delay_told": False,
                }
            )  # fmt: skip
        cases.append(
            {
                "year": 2026, "number": number + 1, "conversation_id": key, "source_message_id": key, "status": "new",
                "channel": "website", "description": " ".join(dice.choices(WORDS, k=40)), "consent_at": at,
                "created_at": at, "updated_at": at, "version": 0,
            }
        )  # fmt: skip
    with engine.begin() as db:
        db.execute(t.conversations.insert(), conversations)
        db.execute(t.messages.insert(), messages)
        db.execute(t.cases.insert(), cases)


def measure(engine: Engine, name: str, look: Callable[[UnitOfWork], object]) -> None:
    """Prints median and worst of `ROUNDS` looks, each in a unit of work of its own."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with UnitOfWork(engine, read_only=True) as uow:
            look(uow)
        taken.append((time.perf_counter() - began) * 1_000)
    print(f"{name:36} median {statistics.median(taken):6.1f} ms   worst {max(taken):6.1f} ms")


def inbox(view: str) -> Callable[[UnitOfWork], object]:
    """What the page of one view of the inbox reads."""

    def look(uow: UnitOfWork) -> object:
        found = uow.conversations.inbox(view, 1)
        return uow.messages.last([each.id for each in found]), uow.conversations.counts(1)

    return look


def main(url: str | None) -> None:
    """Fills and measures."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(url or f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        fill(engine)
        for view in ("waiting", "all", "closed"):
            measure(engine, f"inbox: {view}", inbox(view))
        for words in ("stage", "woord17", "stage examen beroep", "onvindbaar"):
            measure(engine, f"search messages: {words}", lambda uow, words=words: uow.search.messages(words))  # type: ignore[misc]
        measure(
            engine,
            "search messages: stage, waiting only",
            lambda uow: uow.search.messages("stage", Filters(state="queue")),
        )
        measure(engine, "search cases: stage", lambda uow: uow.search.cases("stage"))
        measure(engine, "search cases: JOB-2026-00042", lambda uow: uow.search.cases("JOB-2026-00042"))
        measure(engine, "what the live stream asks", lambda uow: uow.desk.mark_of_all())
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
