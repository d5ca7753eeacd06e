"""A trained model in this process, for measuring: what the bot would do with a message, without a server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.answering import Decision, Guess, Kind

QUESTION = "vraag"
"""The intent of all questions about a topic; every other intent is one of the dialogue."""


@dataclass(frozen=True)
class Understood:
    """What the bot would do with a message, and what the model thought of it (best label first)."""

    decision: Decision
    guesses: tuple[Guess, ...] = ()


Understand = Callable[[str], Understood]


def read_parse(parsed: dict[str, Any]) -> Understood:
    """What the actions and rules do with Rasa's parse of a message."""
    intent = str((parsed.get("intent") or {}).get("name") or "")
    guesses = tuple(Guess(each["label"], each["confidence"]) for each in parsed.get("guesses") or ())
    if intent and intent != QUESTION:
        return Understood(Decision(Kind.DIALOGUE, intent=intent), guesses)
    raw = parsed.get("decision") or {}
    return Understood(Decision(Kind(raw.get("kind", Kind.UNSURE)), tuple(raw.get("topics") or ())), guesses)


def quiet() -> None:
    """Keeps what libraries say away: a program may read our output, and Rasa logs texts at debug level."""
    import structlog

    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    warnings.simplefilter("ignore")
    # As it comes, structlog prints everything to the standard output.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def load(model: Path) -> Understand:
    """The model of that file (``.tar.gz``), ready to use. Takes some seconds."""
    quiet()
    with contextlib.redirect_stdout(sys.stderr):
        from rasa.core.agent import Agent

        agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()

    def understand(text: str) -> Understood:
        with contextlib.redirect_stdout(sys.stderr):
            return read_parse(loop.run_until_complete(agent.parse_message(text)))

    return understand
