"""Two processes at the same moment, each with connections of its own: nothing is lost, doubled, or stuck.

Every test does it many times over, since a race is won by chance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

from bot import timers
from bot.core.cases import CaseDraft
from bot.core.conversation import State
from bot.core.messages import Draft, Effect
from bot.core.ports import Turn
from bot.effects import keep_effect
from bot.helpdesk import claim, forget, open_case, receive, record_turn, tell_delay
from bot.staff_desk import take_over
from tests.builders import Helpdesk

ROUNDS = 8


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Starts all actions at the same moment; gives what each returned. Raises what one of them raised."""
    barrier, results, raised = threading.Barrier(len(actions)), [None] * len(actions), []

    def run(index: int, action: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[index] = action()  # type: ignore[call-overload]
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "stuck"
    if raised:
        raise raised[0]
    return list(results)


def test_one_message_that_arrives_many_times_is_saved_once(helpdesk: Helpdesk) -> None:
    for _ in range(ROUNDS):
        conversation = helpdesk.conversation()
        ids = at_once(*[lambda c=conversation: receive(helpdesk.tools, c, "same", text="Hoi")] * 5)
        assert len(set(ids)) == 1
        assert helpdesk.transcript(conversation) == [("student", "Hoi")]


def test_many_messages_of_one_student_are_all_saved(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    at_once(*[lambda n=n: receive(helpdesk.tools, conversation, f"k{n}", text=f"nr {n}") for n in range(8)])
    assert sorted(text for _, text in helpdesk.transcript(conversation)) == [f"nr {n}" for n in range(8)]


def test_many_cases_each_get_a_number_of_their_own_without_gaps(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    drafts = [CaseDraft(conversation, f"m{n}", "Geen stage", "website", consent=True) for n in range(8)]
    cases = at_once(*[lambda d=draft: open_case(helpdesk.tools, d).reference for draft in drafts])
    assert sorted(cases) == [f"JOB-2026-{n:05d}" for n in range(1, 9)]  # type: ignore[type-var]


def test_a_case_that_is_confirmed_many_times_is_one_case(helpdesk: Helpdesk) -> None:
    draft = CaseDraft(helpdesk.conversation(), "same", "Geen stage", "website", consent=True)
    assert len(set(at_once(*[lambda: open_case(helpdesk.tools, draft).reference] * 6))) == 1


def test_a_waiting_message_is_taken_by_one_worker_and_its_answer_said_once(helpdesk: Helpdesk) -> None:
    for _ in range(ROUNDS):
        conversation = helpdesk.conversation()
        message = helpdesk.message(helpdesk.student(conversation, "Mag dat?"))
        taken = at_once(*[lambda m=message: claim(helpdesk.tools, m, timedelta(seconds=30))] * 4)
        assert sorted(taken) == [False, False, False, True]  # type: ignore[type-var]
        turn = Turn([Draft("Ja."), Draft("Lees verder.")])
        saved = at_once(*[lambda m=message, t=turn: record_turn(helpdesk.tools, m, t)] * 4)
        assert sorted(saved) == [False, False, False, True]  # type: ignore[type-var]
        told = [text for author, text in helpdesk.transcript(conversation) if author == "bot"]
        assert told == ["Ja.", "Lees verder."]


def test_a_delay_is_told_once(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "Mag dat?"))
    at_once(*[lambda: tell_delay(helpdesk.tools, message)] * 5)
    assert [author for author, _ in helpdesk.transcript(conversation)] == ["student", "system"]


def test_an_answer_and_a_take_over_never_both_speak(helpdesk: Helpdesk) -> None:
    noor = helpdesk.staff()
    for _ in range(ROUNDS):
        conversation = helpdesk.conversation()
        message = helpdesk.message(helpdesk.student(conversation, "Mag dat?"))
        saved, _ = at_once(
            lambda m=message: record_turn(helpdesk.tools, m, Turn([Draft("Ja.")])),
            lambda c=conversation: take_over(helpdesk.tools, c, noor),
        )
        said = [author for author, _ in helpdesk.transcript(conversation)]
        assert said == (["student", "bot", "system"] if saved else ["student", "system"])
        assert helpdesk.state(conversation) is State.HUMAN


def test_what_is_erased_while_the_student_writes_and_the_bot_answers_is_gone(helpdesk: Helpdesk) -> None:
    for number in range(2 * ROUNDS):
        conversation = helpdesk.conversation()
        message = helpdesk.message(helpdesk.student(conversation, f"Mag dat {number}?"))

        def write(conversation: str = conversation) -> None:
            try:
                helpdesk.student(conversation, "Nog iets")
            except Exception as error:
                if type(error).__name__ != "NotFound":
                    raise

        at_once(
            lambda m=message: record_turn(helpdesk.tools, m, Turn([Draft("Ja.")] * 5)),
            write,
            lambda c=conversation: forget(helpdesk.tools, c),
        )
        with helpdesk.tools.look() as uow:
            assert uow.conversations.get(conversation) is None
            assert uow.messages.after(conversation) == []


def test_a_case_that_is_logged_while_its_conversation_is_erased_is_kept_or_refused_as_a_whole(
    helpdesk: Helpdesk,
) -> None:
    for number in range(ROUNDS):
        conversation = helpdesk.conversation()
        draft = CaseDraft(conversation, f"m{number}", "Geen stage", "website", consent=True)

        def log(draft: CaseDraft = draft) -> object:
            try:
                return open_case(helpdesk.tools, draft)
            except Exception as error:
                return error

        case, _ = at_once(log, lambda c=conversation: forget(helpdesk.tools, c))
        with helpdesk.tools.look() as uow:
            kept = uow.cases.by_source(f"m{number}")
        assert (kept is None) == isinstance(case, Exception)
        assert kept is None or kept.conversation_id is None


def test_counts_of_the_same_thing_add_up(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "Mag dat?"))
    effect = Effect("understood", {"outcome": "answered", "topics": ["bsa"]})

    def count() -> None:
        with helpdesk.tools.begin() as uow:
            keep_effect(uow, message, effect)
            uow.commit()

    at_once(*[count] * 8)
    with helpdesk.tools.look() as uow:
        assert uow.numbers.asked(["answered"], date(2026, 1, 1)) == {"bsa": 8}


def test_two_processes_with_timers_tell_a_late_student_once_and_return_a_silent_one_once(
    helpdesk: Helpdesk,
) -> None:
    noor = helpdesk.staff()
    waiting, silent = helpdesk.conversation(), helpdesk.conversation()
    asked = helpdesk.message(helpdesk.student(waiting, "mens"))
    record_turn(helpdesk.tools, asked, Turn([Draft("Ik vraag iemand.")], (Effect("hand_over", {}),)))
    take_over(helpdesk.tools, silent, noor)
    helpdesk.clock.forward(hours=25)
    hour = timedelta(hours=1)
    late = at_once(*[lambda: timers.say_late(helpdesk.tools, hour, True)] * 4)
    returned = at_once(*[lambda: timers.return_silent(helpdesk.tools, 24 * hour)] * 4)
    assert sorted(late) == sorted(returned) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert helpdesk.state(silent) is State.BOT
