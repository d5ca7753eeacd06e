"""The widget's API keeps its contract, and every error has one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from bot.app import make_app
from bot.bootstrap import Services
from tests.builders import make_services
from tests.fakes import FakeAssistant


@pytest.fixture
def services(tmp_path: Path, database: str) -> Iterator[Services]:
    made = make_services(tmp_path, database_url=database, messages_per_minute=8)
    made.__dict__["assistant"] = FakeAssistant()
    yield made
    made.engine.dispose()


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(make_app(services), raise_server_exceptions=False) as made:
        yield made


def start(client: TestClient) -> dict[str, str]:
    answer = client.post("/api/v1/conversations", json={})
    assert answer.status_code == 201
    assert set(answer.json()) == {"conversation", "token"}
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def wait_for_bot(client: TestClient, headers: dict[str, str], after: int) -> list[dict[str, object]]:
    for _ in range(200):
        messages = client.get(f"/api/v1/messages?after={after}", headers=headers).json()["messages"]
        if any(message["author"] == "bot" for message in messages):
            return messages
    raise AssertionError("no answer")


def test_a_question_is_accepted_answered_and_listed(client: TestClient) -> None:
    headers = start(client)
    sent = client.post(
        "/api/v1/messages", headers=headers, json={"client_message_id": "a", "text": "mag dat?"}
    )
    assert sent.status_code == 202
    messages = wait_for_bot(client, headers, sent.json()["id"] - 1)
    assert [message["author"] for message in messages] == ["student", "bot"]
    assert set(messages[1]) == {"id", "at", "author", "name", "text", "buttons", "sources", "topic"}


def test_the_same_client_message_id_gives_the_same_id(client: TestClient) -> None:
    headers = start(client)
    body = {"client_message_id": "a", "text": "mag dat?"}
    first = client.post("/api/v1/messages", headers=headers, json=body).json()
    assert client.post("/api/v1/messages", headers=headers, json=body).json() == first


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"client_message_id": "a", "text": ""}, 422, "text_empty"),
        ({"client_message_id": "a", "text": "x" * 5_000}, 422, "text_too_long"),
        ({"client_message_id": "a", "text": "hoi", "name": "x"}, 422, "unknown_field"),
        ({"client_message_id": "a"}, 422, "text_or_payload"),
        ({"client_message_id": "a", "text": "x", "payload": "y"}, 422, "text_or_payload"),
        ({"text": "hoi"}, 422, "client_message_id"),
        ({"client_message_id": "a", "payload": "/restart"}, 422, "unknown_payload"),
        (["x"], 422, "invalid_json"),
    ],
)
def test_bad_input_is_one_clear_error_and_saves_nothing(
    client: TestClient, body: object, status: int, code: str
) -> None:
    headers = start(client)
    answer = client.post("/api/v1/messages", headers=headers, json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]
    assert len(client.get("/api/v1/messages", headers=headers).json()["messages"]) == 1


def test_broken_json_is_a_clear_error(client: TestClient) -> None:
    headers = start(client)
    answer = client.post("/api/v1/messages", headers=headers, content=b"{")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_json")


@pytest.mark.parametrize("text", ["stage \ud83d", "\x00stage", "sta\u202ege"])
def test_what_no_database_takes_is_left_out_of_a_message(client: TestClient, text: str) -> None:
    headers = {**start(client), "Content-Type": "application/json"}
    body = json.dumps({"client_message_id": "a", "text": text})
    assert client.post("/api/v1/messages", headers=headers, content=body).status_code == 202
    said = [m["text"] for m in client.get("/api/v1/messages", headers=headers).json()["messages"]]
    assert "stage" in said


@pytest.mark.parametrize("after", ["9" * 30, "-1", str(2**31), str(2**63)])
def test_any_number_may_be_asked_after(client: TestClient, after: str) -> None:
    assert client.get(f"/api/v1/messages?after={after}", headers=start(client)).status_code == 200


def test_a_message_of_emoji_alone_is_taken(client: TestClient) -> None:
    headers = start(client)
    answer = client.post("/api/v1/messages", headers=headers, json={"client_message_id": "a", "text": "😭😭"})
    assert answer.status_code == 202


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/messages"), ("POST", "/messages"), ("GET", "/events"), ("DELETE", "/conversation")],
)
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}])
def test_without_the_right_token_nothing_opens(
    client: TestClient, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = client.request(method, f"/api/v1{path}", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorised")


def test_too_many_messages_are_refused_with_a_time_to_wait(client: TestClient) -> None:
    headers = start(client)
    answers = [
        client.post("/api/v1/messages", headers=headers, json={"client_message_id": str(n), "text": "hoi"})
        for n in range(10)
    ]
    assert [answer.status_code for answer in answers] == [202] * 8 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_erasing_takes_everything_away(client: TestClient, services: Services) -> None:
    headers = start(client)
    client.post(
        "/api/v1/messages", headers=headers, json={"client_message_id": "a", "text": "geheim verhaal"}
    )
    assert client.delete("/api/v1/conversation", headers=headers).status_code == 204
    assert client.get("/api/v1/messages", headers=headers).status_code == 401
    with services.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from messages").scalar() == 0


def read_events(lines: Iterator[str], until: str) -> list[dict[str, str]]:
    """Server-sent events up to the first of the kind ``until``."""
    events: list[dict[str, str]] = []
    event: dict[str, str] = {}
    for line in lines:
        if line:
            key, _, value = line.partition(": ")
            event[key] = value
            continue
        if event:
            events.append(event)
            if event.get("event") == until:
                return events
        event = {}
    return events


def test_the_event_stream_starts_after_the_last_event_that_was_seen(services: Services) -> None:
    """Over a real socket: the test client of Starlette waits for the end of a stream."""
    import threading

    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(make_app(services), host="127.0.0.1", port=0, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    started = threading.Event()
    while not server.started:
        started.wait(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=10, trust_env=False) as http:
            token = http.post("/conversations", json={}).json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            greeting = http.get("/messages", headers=headers).json()["messages"][0]["id"]
            with http.stream("GET", "/events", headers={**headers, "Last-Event-ID": str(greeting)}) as stream:
                lines = stream.iter_lines()
                assert json.loads(read_events(lines, "state")[-1]["data"]) == {"state": "bot", "staff": None}
                http.post("/messages", headers=headers, json={"client_message_id": "a", "text": "mag dat?"})
                authors: list[str] = []
                while authors[-1:] != ["bot"]:
                    found = read_events(lines, "message")
                    authors.append(json.loads(found[-1]["data"])["author"])
                assert authors == ["student", "bot"]
                http.delete("/conversation", headers=headers)
                assert read_events(lines, "erased")[-1]["event"] == "erased"
    finally:
        server.should_exit = True
        thread.join(10)


def test_health_says_what_is_up(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {
        "status": "ready",
        "database": True,
        "assistant": True,
        "waiting": 0,
    }
    assert "helpdesk_messages_waiting" in client.get("/metrics").text


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/health/live", "/api/v1/messages", "/nergens"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
