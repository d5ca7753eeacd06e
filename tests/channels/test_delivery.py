"""Saved, sent, seen: of each message of bot and staff the helpdesk knows how far it got, and says no more than that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.app import make_app
from bot.bootstrap import Services
from bot.channels.website import api, limits
from bot.core.delivery import Delivery, furthest
from bot.core.messages import Author, Draft
from bot.delivery import record_delivery
from bot.helpdesk import forget, receive
from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.unit_of_work import UnitOfWork
from tests.builders import make_services


@pytest.fixture
def made(tmp_path: Path, database: str) -> Iterator[Services]:
    made = make_services(tmp_path, database_url=database)
    yield made
    made.engine.dispose()


class Student:
    """A student at the widget's API; the assistant never answers, only the greeting and what `say` adds is there."""

    def __init__(self, made: Services, client: TestClient) -> None:
        self.made, self.client = made, client
        started = client.post("/api/v1/conversations", json={}).json()
        self.conversation = started["conversation"]
        self.headers = {"Authorization": f"Bearer {started['token']}"}

    def say(self, author: Author = Author.BOT) -> int:
        """The bot or staff says something; gives the message's id."""
        with self.made.tools.begin() as uow:
            message_id = uow.messages.add(
                self.conversation, self.made.tools.now(), Draft("Hoi", author=author)
            )
            uow.commit()
        return message_id

    def fetch(self) -> list[int]:
        messages = self.client.get("/api/v1/messages", headers=self.headers).json()["messages"]
        return [message["id"] for message in messages]

    def seen(self, *ids: object) -> httpx.Response:
        return self.client.post("/api/v1/messages/seen", headers=self.headers, json={"ids": list(ids)})

    def states(self) -> dict[int, Delivery]:
        """How far each message got."""
        with self.made.tools.look() as uow:
            known = uow.deliveries.of(self.conversation)
            return {
                m.id: furthest(known.get(m.id, {}), m.at)[0] for m in uow.messages.after(self.conversation)
            }


@pytest.fixture
def student(made: Services) -> Student:
    return Student(made, TestClient(make_app(made), raise_server_exceptions=False))


def test_a_message_is_saved_until_the_chat_has_it_and_sent_until_it_was_on_the_screen(
    student: Student,
) -> None:
    (greeting,) = student.states()
    assert student.states() == {greeting: Delivery.SAVED}
    assert student.fetch() == [greeting]
    later = student.say(Author.HUMAN)
    assert student.states() == {greeting: Delivery.SENT, later: Delivery.SAVED}
    student.fetch()
    assert student.seen(later).status_code == 204
    assert student.states() == {greeting: Delivery.SENT, later: Delivery.READ}


def test_the_first_report_counts_and_a_report_without_news_wakes_nobody(
    made: Services, student: Student
) -> None:
    student.fetch()
    (greeting,) = student.states()
    announced: list[str] = []
    made.tools.__dict__["announce"] = announced.append

    def when() -> datetime:
        with made.tools.look() as uow:
            return uow.deliveries.of(student.conversation)[greeting][Delivery.READ]

    student.seen(greeting)
    first = when()
    student.seen(greeting, greeting)
    student.fetch()
    assert when() == first
    assert announced == [student.conversation]


def test_what_a_student_said_and_what_is_of_somebody_else_cannot_be_reported(
    made: Services, student: Student
) -> None:
    other = Student(made, student.client)
    own = receive(made.tools, student.conversation, "k1", text="hallo")
    (theirs,) = other.states()
    assert student.seen(own, theirs, 2**40).status_code == 204
    assert other.states() == {theirs: Delivery.SAVED}
    assert student.states()[own] is Delivery.SAVED


@pytest.mark.parametrize("ids", [None, [], "1", ["1"], [True], [0], [-1], [1.5], list(range(1, 202))])
def test_a_report_that_cannot_be_read_is_one_clear_error(student: Student, ids: object) -> None:
    answer = student.client.post("/api/v1/messages/seen", headers=student.headers, json={"ids": ids})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "ids")


def test_without_the_token_nothing_can_be_reported(student: Student) -> None:
    (greeting,) = student.states()
    answer = student.client.post("/api/v1/messages/seen", json={"ids": [greeting]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorised")
    assert student.states() == {greeting: Delivery.SAVED}


def test_too_many_reports_are_refused(student: Student) -> None:
    answers = [student.seen(1).status_code for _ in range(limits.SEEN_PER_MINUTE + 1)]
    assert answers[-2:] == [204, 429]


@pytest.mark.parametrize("failures", [0, 2])
def test_what_the_stream_wrote_is_sent_also_when_the_database_was_away_for_a_moment(
    made: Services, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """Over a real socket: the test client of Starlette waits for the end of a stream."""
    left = [failures]

    def fails_first(*args: object) -> int:
        if left[0]:
            left[0] -= 1
            raise OperationalError("", {}, Exception())
        return record_delivery(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(api, "record_delivery", fails_first)
    monkeypatch.setattr(api, "RECHECK_S", 0.02)
    config = uvicorn.Config(make_app(made), host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    pause = threading.Event()
    while not server.started:
        pause.wait(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False) as http:
            student = Student(made, http)  # type: ignore[arg-type]
            (greeting,) = student.states()
            with http.stream("GET", "/api/v1/events", headers=student.headers) as stream:
                lines = stream.iter_lines()
                assert next(line for line in lines if line.startswith("data: "))
                # The state comes after the messages were noted, or could not be.
                assert next(line for line in lines if line == "event: state")
                for _ in range(200 if failures else 0):
                    if student.states()[greeting] is Delivery.SENT:
                        break
                    pause.wait(0.02)
                assert student.states() == {greeting: Delivery.SENT}
    finally:
        server.should_exit = True
        thread.join(10)


def test_every_state_of_whatsapp_can_be_kept(made: Services, student: Student) -> None:
    ids = [student.say() for _ in range(4)]
    for message_id, state in zip(
        ids, (Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.FAILED), strict=True
    ):
        assert record_delivery(made.tools, student.conversation, [message_id], state) == 1
        assert student.states()[message_id] is state


def test_all_of_it_goes_with_the_conversation(made: Services, student: Student) -> None:
    student.fetch()
    forget(made.tools, student.conversation)
    with made.engine.connect() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM message_deliveries").scalar() == 0


def test_of_messages_from_before_this_was_kept_nothing_is_claimed(empty_database: str) -> None:
    engine = make_engine(empty_database)
    migrate.upgrade(engine, "0009")
    with engine.begin() as db:
        db.exec_driver_sql(
            "INSERT INTO conversations (id, channel, state, urgent, created_at, updated_at, unread, version, "
            "session_turns, form_open) VALUES ('c', 'website', 'bot', false, '2026-11-01 09:00:00.000000', '2026-11-01 09:00:00.000000', false, 0, 0, false)"
        )
        for author in ("bot", "system"):
            db.exec_driver_sql(
                "INSERT INTO messages (conversation_id, at, author, text, buttons, sources, attempts, delay_told) "
                f"VALUES ('c', '2026-11-01 09:00:00.000000', '{author}', 'Hoi', '[]', '[]', 0, false)"
            )
    migrate.upgrade(engine)
    with UnitOfWork(engine, read_only=True) as uow:
        states = uow.deliveries.of("c")
    assert [list(state) for state in states.values()] == [[Delivery.UNKNOWN]]
    engine.dispose()
