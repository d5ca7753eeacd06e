"""Two things at the same moment. Each test fails when its protection is taken out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot import staff_desk, timers
from bot.bootstrap import Services
from bot.core.conversation import State
from bot.core.errors import Conflict
from bot.storage.staff import StaffMember
from tests.desk.conftest import Desk


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Starts all actions at the same moment; gives what each returned or raised."""
    barrier, results = threading.Barrier(len(actions)), [None] * len(actions)

    def run(index: int, action: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[index] = action()
        except Exception as error:  # What was raised is what the test looks at.
            results[index] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_who_take_over_at_once_one_gets_it_and_the_other_hears_who(desk: Desk) -> None:
    noor, sam = desk.staff("noor", "Noor"), desk.staff("sam", "Sam")
    tools = desk.made.tools
    for _ in range(10):
        conversation_id = desk.waiting()

        def take(staff: StaffMember, conversation_id: str = conversation_id) -> object:
            return staff_desk.take_over(tools, conversation_id, staff)

        results = at_once(lambda: take(noor), lambda: take(sam))
        refused = [result for result in results if isinstance(result, Conflict)]
        assert len(refused) == 1
        winner = "Sam" if isinstance(results[0], Conflict) else "Noor"
        assert refused[0].message == f"{winner} heeft dit gesprek nu. Er is niets veranderd."
        assert len([text for text in desk.said(conversation_id, "system") if "leest nu mee" in text]) == 1


def test_a_bot_answer_in_flight_at_take_over_is_not_sent(desk: Desk) -> None:
    noor = desk.staff()
    conversation_id = desk.conversation()
    asked = desk.student(conversation_id, "Hoeveel uur stage mag ik maken?")
    staff_desk.take_over(desk.made.tools, conversation_id, noor)
    assert not desk.bot(asked, "Dit antwoord komt te laat.")
    assert "Dit antwoord komt te laat." not in desk.said(conversation_id, "bot")


def test_a_bot_answer_that_was_in_flight_over_take_over_and_hand_back_is_not_sent_either(desk: Desk) -> None:
    noor = desk.staff()
    conversation_id = desk.conversation()
    asked = desk.student(conversation_id, "Hoeveel uur stage mag ik maken?")
    staff_desk.take_over(desk.made.tools, conversation_id, noor)
    staff_desk.hand_back(desk.made.tools, conversation_id, noor)
    assert not desk.bot(asked, "Dit antwoord komt te laat.")


def test_a_reply_sent_twice_at_once_is_said_once(desk: Desk) -> None:
    noor = desk.staff()
    conversation_id = desk.waiting()
    staff_desk.take_over(desk.made.tools, conversation_id, noor)

    def send() -> int:
        return staff_desk.reply(desk.made.tools, conversation_id, noor, "Hoi!", "same-form")

    results = at_once(*[send] * 6)
    assert len(set(results)) == 1
    assert desk.said(conversation_id) == ["Hoi!"]


def test_what_a_student_writes_while_staff_closes_is_seen_or_starts_again_with_the_bot(desk: Desk) -> None:
    noor, tools = desk.staff(), desk.made.tools
    for turn in range(10):
        conversation_id = desk.waiting()
        staff_desk.take_over(tools, conversation_id, noor)
        with tools.look() as uow:
            seen = uow.messages.last_of_student(conversation_id)
        closed, _ = at_once(
            lambda c=conversation_id, s=seen: staff_desk.close(tools, c, noor, "klaar", seen=s),  # type: ignore[misc]
            lambda c=conversation_id, k=f"late{turn}": desk.student(c, "Wacht!", k),  # type: ignore[misc]
        )
        state = desk.get(conversation_id).state
        assert state is (State.HUMAN if isinstance(closed, Conflict) else State.BOT)
        assert "Wacht!" in desk.said(conversation_id, "student")


def test_the_timer_returns_a_silent_conversation_also_after_a_restart(desk: Desk) -> None:
    noor = desk.staff()
    conversation_id = desk.waiting()
    staff_desk.take_over(desk.made.tools, conversation_id, noor)
    desk.made.engine.dispose()
    desk.clock.forward(hours=25)

    again = Services(desk.made.settings)
    again.__dict__["tools"] = replace(again.tools, now=desk.clock, notifier=desk.notifier)
    assert timers.return_silent(again.tools, timedelta(hours=24)) == 1
    assert desk.get(conversation_id).state is State.BOT
    assert "Je praat weer met de chatbot" in desk.said(conversation_id, "system")[-1]
    assert timers.return_silent(again.tools, timedelta(hours=24)) == 0


def test_a_reply_between_the_timers_look_and_its_step_keeps_the_conversation(desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    noor, tools = desk.staff(), desk.made.tools
    conversation_id = desk.waiting()
    staff_desk.take_over(tools, conversation_id, noor)
    desk.clock.forward(hours=25)

    def reply_first(*args: object, **named: object) -> object:
        staff_desk.reply(tools, conversation_id, noor, "Ik ben er nog.", "just-in-time")
        return staff_desk.hand_back(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(timers, "hand_back", reply_first)
    assert timers.return_silent(tools, timedelta(hours=24)) == 0
    assert desk.get(conversation_id).state is State.HUMAN
