"""Makes the real services once, on first use: the only place that knows all of the others."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timezone
from functools import cached_property, lru_cache

import holidays
import structlog
from sqlalchemy.engine import Engine

from bot.assistant import RasaAssistant
from bot.core.crisis import is_crisis
from bot.core.handover import expectation
from bot.core.knowledge import Entry
from bot.core.messages import Draft, Effect, Message, SourceLink
from bot.effects import keep_effect
from bot.helpdesk import Tools
from bot.knowledge_files.loader import KnowledgeBase
from bot.learning import note_for_review
from bot.live import Hub
from bot.notify import make_notifier
from bot.settings import Settings, load
from bot.storage import migrate, rasa_tracker
from bot.storage.engine import make_engine
from bot.storage.unit_of_work import UnitOfWork

CRISIS_FALLBACK = (
    "Dit klinkt ernstig. Ben je nu in gevaar? Bel **112**. Denk je aan zelfdoding? Bel **113** (gratis, dag en nacht) of chat "
    "op 113.nl. Je hoeft hier niet alleen mee te blijven. Iemand van JOB, een bestuurslid, krijgt je bericht te zien."
)
"""Said only if the knowledge file of the topic ``crisis`` cannot be read: help may never depend on a file."""


@lru_cache(maxsize=1)
def _dutch_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("NL")


def _is_holiday(day: date) -> bool:
    """Whether a day is a Dutch public holiday."""
    return day in _dutch_holidays()


def utc_now() -> datetime:
    """The time now, with a zone."""
    return datetime.now(timezone.utc)


def set_up_logging() -> None:
    """One line per event, as JSON: a name and fields, never a student's text."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


@dataclass(frozen=True)
class Services:
    """The real services; each is made when it is first asked for."""

    settings: Settings

    @cached_property
    def engine(self) -> Engine:
        """Our database, in its newest form."""
        engine = make_engine(self.settings.database_url)
        migrate.upgrade(engine)
        return engine

    @cached_property
    def rasa_engine(self) -> Engine:
        """Rasa's tracker store."""
        return make_engine(self.settings.rasa_database_url)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """The answers."""
        return KnowledgeBase(self.settings.knowledge_dir)

    @cached_property
    def hub(self) -> Hub:
        """Live updates within this process."""
        return Hub()

    @cached_property
    def assistant(self) -> RasaAssistant:
        """The client of Rasa."""
        return RasaAssistant(self.settings.rasa_url, self.settings.rasa_token, self.settings.rasa_timeout_s)

    @cached_property
    def tools(self) -> Tools:
        """What the use cases need."""
        return Tools(
            begin=lambda: UnitOfWork(self.engine),
            look=lambda: UnitOfWork(self.engine, read_only=True),
            now=utc_now,
            announce=self.hub.announce,
            notifier=make_notifier(self.settings),
            is_crisis=is_crisis,
            crisis_help=self.crisis_help,
            on_effect=self._on_effect,
        )

    def _on_effect(self, uow: UnitOfWork, message: Message, effect: Effect) -> None:
        keep_effect(uow, message, effect)
        note_for_review(uow, message, effect, utc_now())

    def crisis_help(self) -> Draft:
        """The crisis answer from the knowledge files."""
        entry = self.knowledge.entry("crisis")
        if entry is None:
            return Draft(CRISIS_FALLBACK, topic="crisis")
        return Draft(
            entry.short,
            sources=tuple(
                SourceLink(s.title, s.url, s.seen.isoformat() if s.seen else None) for s in entry.sources
            ),
            topic=entry.id,
            topic_version=entry.version,
        )

    def reviewed(self, entry: Entry) -> bool:
        """Whether JOB has checked this text, in its file or at the desk."""
        if entry.review.done:
            return True
        with self.tools.look() as uow:
            return uow.answers.reviewed(entry.id, entry.version) is not None

    def may_be_given(self, entry: Entry) -> bool:
        """Whether an answer may go out: not when the desk switched it off, nor unchecked where only checked ones may."""
        with self.tools.look() as uow:
            if uow.answers.switched_off(entry.id):
                return False
        return not self.settings.reviewed_only or self.reviewed(entry)

    def someone_is_there(self) -> bool:
        """Whether it is office hours now."""
        return self.settings.office_hours.is_open(utc_now(), _is_holiday)

    def expectation(self) -> str:
        """What a student who asks for a human is told about when one answers."""
        with self.tools.look() as uow:
            waits = uow.conversations.recent_waits()
        return expectation(utc_now(), self.settings.office_hours, _is_holiday, waits)

    def erase_in_rasa(self, conversation_id: str) -> None:
        """Erases what Rasa keeps of a conversation."""
        rasa_tracker.erase(self.rasa_engine, conversation_id)


@lru_cache(maxsize=1)
def services() -> Services:
    """The services of this process. Rasa makes its components and actions itself, so those fetch them here."""
    set_up_logging()
    return Services(load())
