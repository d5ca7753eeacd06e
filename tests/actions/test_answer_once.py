"""Where no rule fits, Rasa falls back on the action for questions again and again; it must answer once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import answer
from tests.builders import make_services

USER: dict[str, Any] = {"event": "user", "text": "wat vind je ervan"}
ANSWERED: dict[str, Any] = {"event": "action", "name": "action_answer"}


def run(events: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker(
        "s1", {}, {"text": "wat vind je ervan", "decision": {"kind": "unsure"}}, events, False, None, {}, ""
    )
    return answer.ActionAnswer().run(dispatcher, tracker, {}), dispatcher.messages


@pytest.fixture(autouse=True)
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_services(tmp_path)
    monkeypatch.setattr(answer, "services", lambda: made)


def test_the_second_time_on_the_same_message_it_is_silent_and_the_turn_ends() -> None:
    events, said = run([USER, ANSWERED])
    assert said == []
    assert events == [{"event": "followup", "timestamp": None, "name": "action_listen"}]


def test_the_next_message_is_answered_again() -> None:
    _, said = run([USER, ANSWERED, {"event": "action", "name": "action_listen"}, USER])
    assert said
