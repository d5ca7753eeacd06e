"""Looks at everything that the helpdesk needs, and says what is missing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.knowledge_files.loader import KnowledgeBase
from bot.processes import CannotStart, check_ports, newest_model
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.training import is_current


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Looks at one thing after the other; changes nothing but an old database form."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", sys.version_info[:2] == (3, 10), f"{version} (3.10 is needed)")
    spacy_model = importlib.util.find_spec("nl_core_news_sm") is not None
    yield Finding(
        "Dutch model",
        spacy_model,
        "installed" if spacy_model else "nl_core_news_sm is missing: run make setup",
    )
    model = newest_model(settings.models_dir)
    if model is None:
        yield Finding("assistant", False, "not trained: run helpdesk train")
    else:
        current = is_current(settings)
        yield Finding(
            "assistant", current, model.name if current else "older than the data: run helpdesk train"
        )
    knowledge = KnowledgeBase(settings.knowledge_dir)
    errors = knowledge.errors()
    yield Finding(
        "knowledge",
        not errors,
        f"{len(knowledge.entries())} answers"
        if not errors
        else f"{len(errors)} errors: run helpdesk knowledge check",
    )
    try:
        engine = make_engine(settings.database_url)
        migrate.upgrade(engine)
        yield Finding("database", True, engine.url.get_backend_name())
    except (SQLAlchemyError, OSError) as error:
        yield Finding("database", False, f"{type(error).__name__}: check HELPDESK_DATABASE_URL")
    try:
        check_ports(settings)
        yield Finding(
            "ports", True, f"{settings.port}, {settings.rasa_port}, {settings.actions_port} are free"
        )
    except CannotStart as error:
        yield Finding("ports", False, str(error))
