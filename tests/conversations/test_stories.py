"""Plays ``stories.yml`` against the running helpdesk."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.live import LiveHelpdesk

STORIES = yaml.safe_load((Path(__file__).parent / "stories.yml").read_text())


@pytest.mark.parametrize("story", STORIES, ids=[story["story"] for story in STORIES])
def test_story(live: LiveHelpdesk, story: dict) -> None:
    student = live.student()
    for turn in story["turns"]:
        heard = student.say(turn["student"])
        said = "\n".join(message["text"] for message in heard)
        where = f"after {turn['student']!r}: {said!r}"
        if turn.get("silent"):
            assert not [message for message in heard if message["author"] == "bot"], where
            continue
        assert heard, where
        if "hears" in turn:
            assert turn["hears"] in said, where
        if "topic" in turn:
            assert turn["topic"] in [message["topic"] for message in heard], where
        if turn.get("sources"):
            assert all(source["url"].startswith("http") for source in heard[0]["sources"]), where
            assert heard[0]["sources"], where
        if "buttons" in turn:
            assert [button["title"] for button in heard[-1]["buttons"]] == turn["buttons"], where
        if "state" in turn:
            state = live.scalar("select state from conversations where id = :id", id=student.conversation)
            assert state == turn["state"], where


def test_a_cancelled_case_is_not_in_the_database_and_a_confirmed_one_is_once(live: LiveHelpdesk) -> None:
    student = live.student()
    for words in ("ik wil een zaak openen", "ze laten mij elke dag alleen schoonmaken", "Stoppen"):
        student.say(words)
    count = "select count(*) from cases where conversation_id = :id"
    assert live.scalar(count, id=student.conversation) == 0
    for words in (
        "ik wil een zaak openen",
        "ze laten mij elke dag alleen schoonmaken",
        "sla over",
        "anoniem",
        "ja",
        "ja",
    ):
        student.say(words)
    assert live.scalar(count, id=student.conversation) == 1


def test_erasing_leaves_no_trace_in_any_store(live: LiveHelpdesk) -> None:
    student = live.student()
    secret = "xylofoonkonijn"
    student.say(f"mijn docent noemde mij een {secret} mag dat")
    student.say("wis mijn gegevens")
    student.send("Ja")
    deadline = 200
    while student.http.get("/messages").status_code != 401 and deadline:
        deadline -= 1
    assert student.http.get("/messages").status_code == 401
    import time

    for _ in range(50):
        left = [
            path.name
            for path in live.folder.rglob("*")
            if path.is_file() and path.suffix in (".db", ".log") and secret.encode() in path.read_bytes()
        ]
        if not left:
            break
        time.sleep(0.1)
    from bot.storage.engine import make_engine

    rasa = make_engine(f"sqlite:///{live.folder / 'rasa.db'}")
    with rasa.connect() as connection:
        rows = connection.exec_driver_sql(
            "select count(*) from events where sender_id = ?", (student.conversation,)
        ).scalar()
    rasa.dispose()
    assert rows == 0
    assert live.scalar("select count(*) from messages where text like :t", t=f"%{secret}%") == 0
    logs = [path for path in live.folder.rglob("*.log*") if secret in path.read_text(errors="replace")]
    assert logs == []
