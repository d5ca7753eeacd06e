"""Waiting messages reach the assistant in order, and its failures lose nothing."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.messages import Draft, Effect, Handling
from bot.core.ports import Turn
from bot.helpdesk import SESSION_TURNS
from bot.turns import TurnRunner, pause_after
from tests.builders import Helpdesk
from tests.fakes import FakeAssistant, unavailable


async def look(helpdesk: Helpdesk, assistant: FakeAssistant, times: int = 1) -> TurnRunner:
    runner = TurnRunner(helpdesk.tools, assistant)  # type: ignore[arg-type]
    for _ in range(times):
        await runner.look()
        while runner._tasks:
            await asyncio.gather(*runner._tasks)
    return runner


async def test_a_burst_of_messages_is_answered_one_by_one_in_order(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    for word in ("een", "twee", "drie", "vier", "vijf"):
        helpdesk.student(conversation, word)
    assistant = FakeAssistant()
    await look(helpdesk, assistant, times=5)
    assert [text for text, _, _ in assistant.asked] == ["een", "twee", "drie", "vier", "vijf"]
    bot = [text for author, text in helpdesk.transcript(conversation) if author == "bot"]
    assert bot == ["echo: een", "echo: twee", "echo: drie", "echo: vier", "echo: vijf"]


async def test_when_the_assistant_is_away_the_message_waits_and_is_answered_once_later(
    helpdesk: Helpdesk,
) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.student(conversation, "mag dat?")
    assistant = FakeAssistant(unavailable(), unavailable(), Turn([Draft("ja")]))
    await look(helpdesk, assistant)
    assert helpdesk.message(message).handling is Handling.PENDING
    await look(helpdesk, assistant)
    assert len(assistant.asked) == 1, "not before the pause is over"
    helpdesk.clock.forward(seconds=10)
    await look(helpdesk, assistant)
    helpdesk.clock.forward(seconds=10)
    await look(helpdesk, assistant, times=3)
    assert [again for _, _, again in assistant.asked] == [False, True, True]
    said = helpdesk.transcript(conversation)
    assert [author for author, _ in said] == ["student", "system", "bot"]


async def test_a_turn_that_was_cut_off_by_a_crash_is_taken_up_again(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "mag dat?")
    assistant = FakeAssistant(RuntimeError("crash"))
    await look(helpdesk, assistant)
    await look(helpdesk, assistant)
    assert len(assistant.asked) == 1, "the first attempt still holds it"
    helpdesk.clock.forward(seconds=31)
    await look(helpdesk, assistant)
    assert [again for _, _, again in assistant.asked] == [False, True]
    assert helpdesk.transcript(conversation)[-1] == ("bot", "echo: mag dat?")


async def test_a_typed_slash_is_no_command(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "/restart")
    helpdesk.student(conversation, " / ")
    assistant = FakeAssistant()
    await look(helpdesk, assistant, times=2)
    assert [text for text, _, _ in assistant.asked] == ["restart", "?"]


async def test_after_many_turns_the_assistant_gets_a_new_session_but_not_inside_a_form(
    helpdesk: Helpdesk,
) -> None:
    conversation = helpdesk.conversation()
    in_form = Turn([Draft("vraag")], [Effect("form", {"open": True})])
    assistant = FakeAssistant(*[Turn([Draft("ja")])] * (SESSION_TURNS - 1), in_form)
    for number in range(SESSION_TURNS + 1):
        helpdesk.student(conversation, f"vraag {number}")
    await look(helpdesk, assistant, times=SESSION_TURNS + 1)
    assert assistant.sessions == []
    assistant.turns.append(Turn([Draft("klaar")], [Effect("form", {"open": False})]))
    helpdesk.student(conversation, "stop")
    helpdesk.student(conversation, "nog een vraag")
    await look(helpdesk, assistant, times=2)
    assert assistant.sessions == [conversation]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 0.5), (2, 1), (3, 2), (9, 8)])
def test_the_pause_doubles_up_to_a_limit(attempts: int, seconds: float) -> None:
    assert pause_after(attempts).total_seconds() == seconds
