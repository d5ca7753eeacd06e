"""Builders with defaults, so that a test shows only what matters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.bootstrap import Services
from bot.core.conversation import State
from bot.core.crisis import is_crisis
from bot.core.messages import Draft, Message
from bot.helpdesk import Tools, receive, start_conversation
from bot.knowledge_files.loader import KnowledgeBase
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork
from tests.fakes import Clock, FakeNotifier

ROOT = Path(__file__).resolve().parent.parent


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings that keep everything in ``folder``."""
    values: dict[str, object] = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'helpdesk.db'}",
        "rasa_database_url": f"sqlite:///{folder / 'rasa.db'}",
        "knowledge_dir": ROOT / "knowledge",
        "models_dir": ROOT / "models",
        "rasa_token": "test-token",
        "secret_key": "test-secret",
    }
    return Settings(**{**values, **changes})  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def project_knowledge() -> KnowledgeBase:
    """The answers of the project. Nobody changes them here, so all tests share them: to read them takes a second."""
    return KnowledgeBase(ROOT / "knowledge")


def make_services(folder: Path, **changes: object) -> Services:
    """The real services, in a folder of their own."""
    made = Services(make_settings(folder, **changes))
    if "knowledge_dir" not in changes:
        made.__dict__["knowledge"] = project_knowledge()
    return made


@dataclass
class Helpdesk:
    """A helpdesk on a real database in a file, with a clock that the test moves."""

    engine: Engine
    tools: Tools
    clock: Clock
    notifier: FakeNotifier
    announced: list[str]

    def conversation(self) -> str:
        """A new conversation's id."""
        return start_conversation(self.tools, "website")[0]

    def student(self, conversation_id: str, text: str, key: str | None = None) -> int:
        """The student says something; gives the message's id."""
        self._keys = getattr(self, "_keys", 0) + 1
        return receive(self.tools, conversation_id, key or f"k{self._keys}", text=text)

    def message(self, message_id: int) -> Message:
        """A stored message."""
        with self.tools.look() as uow:
            found = uow.messages.get(message_id)
        assert found is not None
        return found

    def transcript(self, conversation_id: str) -> list[tuple[str, str]]:
        """Who said what, without the greeting."""
        with self.tools.look() as uow:
            return [(m.author.value, m.text) for m in uow.messages.after(conversation_id)][1:]

    def state(self, conversation_id: str) -> State:
        """Who speaks now."""
        with self.tools.look() as uow:
            found = uow.conversations.get(conversation_id)
        assert found is not None
        return found.state

    def staff(self, login: str = "noor", name: str = "Noor", role: str = "handler") -> StaffMember:
        """A staff account (without a usable password)."""
        with self.tools.begin() as uow:
            staff_id = uow.staff.add(login, name, "-", role, self.clock())
            uow.commit()
        return StaffMember(staff_id, login, name, role, disabled=False)


def make_helpdesk(folder: Path, url: str | None = None) -> Helpdesk:
    """A helpdesk in ``folder``, or on the database at ``url``."""
    engine = make_engine(url or f"sqlite:///{folder / 'helpdesk.db'}")
    migrate.upgrade(engine)
    clock, notifier, announced = Clock(), FakeNotifier(), []
    tools = Tools(
        begin=lambda: UnitOfWork(engine),
        look=lambda: UnitOfWork(engine, read_only=True),
        now=clock,
        announce=announced.append,
        notifier=notifier,
        is_crisis=is_crisis,
        crisis_help=lambda: Draft("Bel 112 of 113.", topic="crisis"),
    )
    return Helpdesk(engine, tools, clock, notifier, announced)
