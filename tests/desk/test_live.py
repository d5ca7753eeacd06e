"""The event stream: says that something changed, and nothing else."""

from collections.abc import AsyncIterator

from anyio import to_thread
from sse_starlette import ServerSentEvent

from bot.desk import live
from bot.desk.live import Live
from tests.desk.conftest import Desk


async def next_event(stream: AsyncIterator[ServerSentEvent]) -> str:
    return str((await stream.__anext__()).event)


async def test_a_change_wakes_the_lists_and_the_open_conversation(desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(live, "RECHECK_S", 0.02)
    desk.staff()
    conversation_id = desk.conversation("hallo")
    cookie = desk.browser("noor").client.cookies["desk_session"]
    stream = Live(desk.made).stream(cookie, conversation_id)
    assert [await next_event(stream), await next_event(stream)] == ["inbox", "conversation"]
    await to_thread.run_sync(desk.conversation, "een ander gesprek")
    assert await next_event(stream) == "inbox"
    await to_thread.run_sync(desk.student, conversation_id, "nog iets")
    assert [await next_event(stream), await next_event(stream)] == ["inbox", "conversation"]


async def test_the_stream_ends_with_the_login(desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(live, "RECHECK_S", 0.02)
    desk.staff()
    cookie = desk.browser("noor").client.cookies["desk_session"]
    stream = Live(desk.made).stream(cookie, "")
    assert await next_event(stream) == "inbox"
    desk.clock.forward(hours=13)
    assert await next_event(stream) == "expired"
    assert [event async for event in stream] == []
