"""Nothing is saved unless you say commit; leaving early rolls back."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy.engine import Engine

from bot.storage.answers import AnswerStates
from bot.storage.audit import AuditTrail
from bot.storage.cases import Cases
from bot.storage.conversations import Conversations
from bot.storage.deliveries import Deliveries
from bot.storage.desk import DeskQueries
from bot.storage.follow_ups import FollowUps
from bot.storage.learning import Learning
from bot.storage.messages import Messages
from bot.storage.numbers import Numbers
from bot.storage.people import People
from bot.storage.search import Search
from bot.storage.staff import StaffAccounts
from bot.storage.views import Views
from bot.storage.work import DeskWork


class UnitOfWork:
    """One transaction with its repositories.

    Use as a context manager. No unit of work stays open while waiting for Rasa or a person.
    """

    conversations: Conversations
    messages: Messages
    cases: Cases
    staff: StaffAccounts
    desk: DeskQueries
    search: Search
    work: DeskWork
    people: People
    audit: AuditTrail
    answers: AnswerStates
    numbers: Numbers
    learning: Learning
    views: Views
    deliveries: Deliveries
    follow_ups: FollowUps

    def __init__(self, engine: Engine, *, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only

    def __enter__(self) -> UnitOfWork:
        self._connection = self._engine.connect()
        if self._read_only:
            # A reader does not queue behind writers in SQLite.
            self._connection = self._connection.execution_options(read_only=True)
        self.conversations = Conversations(self._connection)
        self.messages = Messages(self._connection)
        self.cases = Cases(self._connection)
        self.staff = StaffAccounts(self._connection)
        self.desk = DeskQueries(self._connection)
        self.search = Search(self._connection)
        self.work = DeskWork(self._connection)
        self.people = People(self._connection)
        self.audit = AuditTrail(self._connection)
        self.answers = AnswerStates(self._connection)
        self.numbers = Numbers(self._connection)
        self.learning = Learning(self._connection)
        self.views = Views(self._connection)
        self.deliveries = Deliveries(self._connection)
        self.follow_ups = FollowUps(self._connection)
        return self

    def commit(self) -> None:
        """Makes all of it durable."""
        self._connection.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._connection.rollback()
        finally:
            self._connection.close()
