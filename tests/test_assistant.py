"""The client of Rasa, against a Rasa that answers as told."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.assistant import RasaAssistant, read_turn
from bot.core.errors import AssistantUnavailable

SPOKEN = [{"recipient_id": "c", "text": "hoi"}, {"recipient_id": "c", "custom": {"effect": "erase"}}]


class Rasa:
    """Remembers the calls; the tracker holds ``events``."""

    def __init__(
        self, answer: httpx.Response | Exception, events: list[dict[str, object]] | None = None
    ) -> None:
        self.answer, self.events = answer, events or []
        self.calls: list[tuple[str, str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        self.calls.append((request.method, request.url.path, body))
        if request.url.path.endswith("/tracker"):
            return httpx.Response(200, json={"events": self.events})
        if request.url.path.endswith("/events"):
            return httpx.Response(200, json={})
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def client(rasa: Rasa) -> RasaAssistant:
    http = httpx.AsyncClient(transport=httpx.MockTransport(rasa), base_url="http://rasa")
    return RasaAssistant("http://rasa", "secret", 5, http)


def user(message_id: str) -> dict[str, object]:
    return {"event": "user", "metadata": {"message_id": message_id}}


async def test_words_and_effects_are_told_apart() -> None:
    turn = await client(Rasa(httpx.Response(200, json=SPOKEN))).answer("c", "hoi", "7", channel="website")
    assert [draft.text for draft in turn.replies] == ["hoi"]
    assert [effect.name for effect in turn.effects] == ["erase"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, json={}),
        httpx.Response(200, json=[]),
        httpx.ConnectError("x"),
        httpx.ReadTimeout("x"),
    ],
)
async def test_every_failure_is_one_kind_of_error(answer: httpx.Response | Exception) -> None:
    with pytest.raises(AssistantUnavailable):
        await client(Rasa(answer)).answer("c", "hoi", "7", channel="website")


async def test_a_turn_that_rasa_finished_before_is_not_made_again() -> None:
    rasa = Rasa(httpx.Response(500), [user("7"), {"event": "bot", "text": "ja", "data": {"buttons": None}}])
    turn = await client(rasa).answer("c", "hoi", "7", channel="website", again=True)
    assert [draft.text for draft in turn.replies] == ["ja"]
    assert [method for method, _, _ in rasa.calls] == ["GET"]


async def test_a_turn_in_which_an_action_failed_is_undone_and_made_again() -> None:
    rasa = Rasa(httpx.Response(200, json=SPOKEN), [user("7")])
    await client(rasa).answer("c", "hoi", "7", channel="website", again=True)
    assert [(method, path.rsplit("/", 1)[1]) for method, path, _ in rasa.calls] == [
        ("GET", "tracker"),
        ("POST", "events"),
        ("POST", "webhook"),
    ]
    assert rasa.calls[1][2] == [{"event": "rewind"}]


def test_buttons_sources_and_topic_come_through() -> None:
    turn = read_turn(
        [
            {
                "custom": {
                    "text": "ja",
                    "buttons": [{"title": "Ja", "payload": "/affirm"}],
                    "sources": [
                        {"title": "Wet", "url": "https://wetten.overheid.nl/x", "seen": "2026-11-22"}
                    ],
                    "topic": "schorsing",
                    "version": "abc",
                }
            }
        ]
    )
    reply = turn.replies[0]
    assert (reply.topic, reply.topic_version) == ("schorsing", "abc")
    assert reply.buttons[0].payload == "/affirm"
    assert reply.sources[0].seen == "2026-11-22"


def test_what_rasa_says_ten_times_in_one_turn_is_said_once() -> None:
    answer = {"custom": {"text": "ja", "topic": "schorsing"}}
    counted = {"custom": {"effect": "understood", "outcome": "answered"}}
    turn = read_turn([counted, answer] * 10)
    assert [draft.text for draft in turn.replies] == ["ja"]
    assert len(turn.effects) == 1
