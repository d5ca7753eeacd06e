"""A conversation from the first question to erasing it, with a human in between: on every database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text as sql

from tests.databases import Server
from tests.desk.conftest import Browser
from tests.live import LiveHelpdesk, Student, start, stop


@pytest.fixture
def anywhere(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[LiveHelpdesk]:
    """The helpdesk that runs on SQLite for all tests, and one of its own on PostgreSQL."""
    if server.kind == "sqlite":
        yield request.getfixturevalue("live")
        return
    # Empty: it makes its own tables, as on a server that is set up for the first time.
    ours, rasas = server.fresh(tmp_path, empty=True), server.fresh(tmp_path, empty=True)
    running = start(tmp_path, ours, rasas)
    yield running
    stop(running)
    server.drop(ours)
    server.drop(rasas)


def said(messages: list[dict]) -> str:
    return "\n".join(message["text"] for message in messages)


def in_rasa(live: LiveHelpdesk, student: Student) -> int:
    with live.rasa.connect() as db:
        ask = sql("select count(*) from events where sender_id = :id")
        return int(db.execute(ask, {"id": student.conversation}).scalar_one())


def test_a_question_a_human_and_the_bot_again_and_then_all_of_it_is_erased(anywhere: LiveHelpdesk) -> None:
    live, student = anywhere, anywhere.student()
    assert "hooguit twee weken" in said(student.say("mag mijn school mij zomaar schorsen?"))
    student.say("ik wil een mens spreken")
    state = "select state from conversations where id = :id"
    assert live.scalar(state, id=student.conversation) == "queue"

    with httpx.Client(base_url=live.url, trust_env=False, timeout=30) as client:
        desk, here = Browser(client), f"/desk/conversations/{student.conversation}"  # type: ignore[arg-type]
        assert desk.log_in("demo", live.password).status_code == 303
        assert "mag mijn school mij zomaar schorsen?" in desk.get(here).text
        assert desk.post(f"{here}/take").status_code == 303
        desk.get(here)
        sent = desk.post(f"{here}/reply", text="Hoi, ik kijk mee.", client_message_id="een")
        assert sent.status_code == 303
        student.wait_handled(student.send("Fijn, dank je"))
        heard = student.heard()
        assert "Hoi, ik kijk mee." in said(heard)
        assert not [message for message in heard if message["author"] == "bot"], "the bot is silent"
        desk.get(here)
        assert desk.post(f"{here}/hand-back", seen=desk.field("seen")).status_code == 303
        assert "dank" in desk.get("/desk/search?q=dank").text

    assert "hooguit twee weken" in said(student.say("mag mijn school mij zomaar schorsen?"))
    assert in_rasa(live, student) > 0
    assert student.http.delete("/conversation").status_code == 204
    assert in_rasa(live, student) == 0
    messages = "select count(*) from messages where conversation_id = :id"
    assert live.scalar(messages, id=student.conversation) == 0
