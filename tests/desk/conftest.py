"""A desk on a real database: SQLite, and PostgreSQL where one runs.

The assistant is never called: `make_app` without its lifespan handles no turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from bot.app import make_app
from bot.bootstrap import Services
from bot.core.cases import Case, CaseDraft
from bot.core.conversation import Conversation
from bot.core.messages import Draft, Effect, Message
from bot.core.ports import Turn
from bot.desk import accounts
from bot.desk.accounts import add_account
from bot.helpdesk import open_case, receive, record_turn, start_conversation
from bot.storage.staff import StaffMember
from tests.builders import make_services
from tests.fakes import Clock, FakeNotifier

PASSWORD = "een lang wachtwoord"


class Browser:
    """Somebody at the desk: keeps cookies, fills in the token of the page it looked at last."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""

    def get(self, path: str, **headers: str) -> httpx.Response:
        response = self.client.get(path, headers=headers, follow_redirects=False)
        self.page = response.text or self.page
        return response

    def field(self, name: str) -> str:
        """The value that a field of the page has."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no field {name} on the page"
        return found[1]

    def post(self, path: str, *, htmx: bool = False, **form: object) -> httpx.Response:
        """Sends a form with the token of the page, unless ``csrf`` is given."""
        if "csrf" not in form:
            form["csrf"] = self.field("csrf")
        headers = {"HX-Request": "true"} if htmx else {}
        response = self.client.post(path, data=form, headers=headers, follow_redirects=False)
        return response

    def log_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        self.get("/desk/login")
        response = self.post("/desk/login", login=login, password=password)
        if response.status_code == 303:
            self.get("/desk/inbox/all")
        return response


@dataclass
class Desk:
    """Everything a test of the desk needs."""

    made: Services
    clock: Clock
    notifier: FakeNotifier

    def browser(self, login: str | None = None) -> Browser:
        """A browser of its own; logged in if ``login`` is given (an account that `staff` made)."""
        browser = Browser(TestClient(self.app, base_url="http://desk.test", raise_server_exceptions=False))
        if login:
            assert browser.log_in(login).status_code == 303
        return browser

    @property
    def app(self):  # type: ignore[no-untyped-def]
        if not hasattr(self, "_app"):
            self._app = make_app(self.made)
        return self._app

    def staff(self, login: str = "noor", name: str = "Noor", role: str = "handler") -> StaffMember:
        staff_id = add_account(self.made.tools, login, name, PASSWORD, role, second_factor_required=False)
        return StaffMember(staff_id, login, name, role, disabled=False)

    def conversation(self, *texts: str) -> str:
        """A conversation in which the student said ``texts`` and the bot has not answered yet."""
        conversation_id, _ = start_conversation(self.made.tools, "website")
        for text in texts:
            self.student(conversation_id, text)
        return conversation_id

    def student(self, conversation_id: str, text: str, key: str | None = None) -> Message:
        self._keys = getattr(self, "_keys", 0) + 1
        message_id = receive(self.made.tools, conversation_id, key or f"k{self._keys}", text=text)
        with self.made.tools.look() as uow:
            found = uow.messages.get(message_id)
        assert found is not None
        return found

    def bot(
        self, message: Message, text: str = "Antwoord.", *effects: Effect, topic: str | None = None
    ) -> bool:
        """The bot's turn for a message; false if it came too late."""
        return record_turn(self.made.tools, message, Turn([Draft(text, topic=topic)], effects))

    def waiting(self, text: str = "Ik wil een mens", *, urgent: bool = False) -> str:
        """A conversation that waits for a human."""
        conversation_id = self.conversation()
        effect = Effect("hand_over", {"reason": "crisis" if urgent else "asked", "urgent": urgent})
        self.bot(self.student(conversation_id, text), "Ik vraag iemand.", effect)
        return conversation_id

    def case(self, description: str = "Ik krijg geen stageplek", **values: object) -> Case:
        conversation_id = self.conversation("Ik wil iets melden")
        draft = CaseDraft(conversation_id, f"m-{conversation_id}", description, "website", consent=True)
        return open_case(self.made.tools, replace(draft, **values))  # type: ignore[arg-type]

    def get(self, conversation_id: str) -> Conversation:
        with self.made.tools.look() as uow:
            found = uow.conversations.get(conversation_id)
        assert found is not None
        return found

    def said(self, conversation_id: str, author: str = "human") -> list[str]:
        with self.made.tools.look() as uow:
            return [m.text for m in uow.messages.after(conversation_id) if m.author.value == author]


@pytest.fixture
def desk(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    # The real hash costs a tenth of a second by design; what it protects has tests of its own.
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", cheap)
    monkeypatch.setattr(accounts, "_NOBODY", cheap.hash("nobody"))
    made, clock, notifier = make_services(tmp_path, database_url=database), Clock(), FakeNotifier()
    made.__dict__["tools"] = replace(made.tools, now=clock, notifier=notifier)
    yield Desk(made, clock, notifier)
    made.engine.dispose()
