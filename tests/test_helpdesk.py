"""The journey of a message: saved first, answered once, never lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot.core.cases import CaseDraft
from bot.core.conversation import State
from bot.core.errors import BadInput, Conflict, NotFound
from bot.core.messages import Button, Draft, Effect, Handling
from bot.core.ports import Turn
from bot.helpdesk import claim, forget, open_case, receive, record_turn, tell_delay
from bot.staff_desk import close, hand_back, reply, take_over
from bot.timers import return_silent, say_late
from tests.builders import Helpdesk

HELLO = Turn([Draft("hoi")])
TO_HUMAN = Turn([Draft("ik haal iemand")], [Effect("hand_over", {"reason": "asked"})])


def test_the_first_message_says_that_it_is_a_bot(helpdesk: Helpdesk) -> None:
    with helpdesk.tools.look() as uow:
        first = uow.messages.after(helpdesk.conversation())[0]
    assert "chatbot" in first.text
    assert "geen mens" in first.text


def test_a_message_is_saved_and_waits_for_the_assistant(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "mag dat?"))
    assert (message.text, message.handling) == ("mag dat?", Handling.PENDING)


def test_the_same_channel_message_twice_changes_nothing(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    first = receive(helpdesk.tools, conversation, "same", text="mag dat?")
    assert receive(helpdesk.tools, conversation, "same", text="iets anders") == first
    assert helpdesk.transcript(conversation) == [("student", "mag dat?")]


def test_the_same_channel_message_at_the_same_moment_is_saved_once(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    ids: list[int] = []
    threads = [
        threading.Thread(target=lambda: ids.append(receive(helpdesk.tools, conversation, "same", text="hoi")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1
    assert helpdesk.transcript(conversation) == [("student", "hoi")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        ("  \n ", "text_empty"),
        ("a" * 4_001, "text_too_long"),
        (7, "text_type"),
        ("\x00", "text_empty"),
    ],
)
def test_text_that_cannot_be_used_is_refused_and_nothing_is_saved(
    helpdesk: Helpdesk, text: object, code: str
) -> None:
    conversation = helpdesk.conversation()
    with pytest.raises(BadInput) as refused:
        receive(helpdesk.tools, conversation, "k", text=text)
    assert refused.value.code == code
    assert helpdesk.transcript(conversation) == []


def test_a_bsn_never_reaches_the_database(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "mijn bsn is 111222333, help")
    assert helpdesk.transcript(conversation) == [("student", "mijn bsn is [bsn verwijderd], help")]


def test_a_button_must_have_been_offered_in_this_conversation(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    with pytest.raises(BadInput, match="knop"):
        receive(helpdesk.tools, conversation, "k", payload="/restart")
    message = helpdesk.message(helpdesk.student(conversation, "hoi"))
    record_turn(helpdesk.tools, message, Turn([Draft("kies", buttons=(Button("Ja", "/affirm"),))]))
    pressed = helpdesk.message(receive(helpdesk.tools, conversation, "k2", payload="/affirm"))
    assert (pressed.text, pressed.payload) == ("Ja", "/affirm")


def test_an_answer_is_saved_once_however_often_the_turn_is_reported(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "hoi"))
    assert record_turn(helpdesk.tools, message, HELLO)
    assert not record_turn(helpdesk.tools, message, HELLO)
    assert helpdesk.transcript(conversation) == [("student", "hoi"), ("bot", "hoi")]


def test_one_attempt_at_a_message_keeps_others_away_until_its_lease_ends(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "hoi"))
    assert claim(helpdesk.tools, message, timedelta(seconds=30))
    assert not claim(helpdesk.tools, message, timedelta(seconds=30))
    with helpdesk.tools.look() as uow:
        assert uow.messages.due(helpdesk.clock()) == []
    helpdesk.clock.forward(seconds=31)
    with helpdesk.tools.look() as uow:
        assert [due.id for due in uow.messages.due(helpdesk.clock())] == [message.id]


def test_messages_of_one_conversation_are_due_one_after_the_other(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    first, second = helpdesk.student(conversation, "een"), helpdesk.student(conversation, "twee")
    with helpdesk.tools.look() as uow:
        assert [due.id for due in uow.messages.due(helpdesk.clock())] == [first]
    record_turn(helpdesk.tools, helpdesk.message(first), HELLO)
    with helpdesk.tools.look() as uow:
        assert [due.id for due in uow.messages.due(helpdesk.clock())] == [second]


def test_the_student_hears_once_that_it_takes_a_moment(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "hoi"))
    tell_delay(helpdesk.tools, message)
    tell_delay(helpdesk.tools, message)
    assert [author for author, _ in helpdesk.transcript(conversation)] == ["student", "system"]


def test_a_handed_over_conversation_waits_and_its_messages_do_not_go_to_the_bot(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    assert helpdesk.state(conversation) is State.QUEUE
    assert helpdesk.notifier.told == [(conversation, "asked", False)]
    assert helpdesk.message(helpdesk.student(conversation, "hallo?")).handling is Handling.FOR_HUMAN


def test_crisis_words_while_waiting_get_help_at_once_and_make_it_urgent(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    helpdesk.student(conversation, "ik wil niet meer leven")
    assert helpdesk.transcript(conversation)[-1] == ("bot", "Bel 112 of 113.")
    assert helpdesk.notifier.told[-1] == (conversation, "crisis", True)
    with helpdesk.tools.look() as uow:
        found = uow.conversations.get(conversation)
    assert found is not None
    assert found.urgent


def test_a_bot_answer_that_comes_after_a_take_over_is_not_sent(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    message = helpdesk.message(helpdesk.student(conversation, "hoi"))
    take_over(helpdesk.tools, conversation, noor)
    assert not record_turn(helpdesk.tools, message, HELLO)
    assert [author for author, _ in helpdesk.transcript(conversation)] == ["student", "system"]


def test_of_two_staff_who_take_over_at_once_one_wins(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    people = [helpdesk.staff("noor", "Noor"), helpdesk.staff("sem", "Sem")]
    results: list[object] = []
    gate = threading.Barrier(2)

    def take(person: object) -> None:
        gate.wait()
        try:
            results.append(take_over(helpdesk.tools, conversation, person).assignee_id)  # type: ignore[arg-type]
        except Conflict as error:
            results.append(error)

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(result, Conflict) for result in results) == 1


def test_a_reply_goes_out_once_and_only_from_who_has_the_conversation(helpdesk: Helpdesk) -> None:
    conversation, noor, sem = helpdesk.conversation(), helpdesk.staff(), helpdesk.staff("sem", "Sem")
    with pytest.raises(Conflict):
        reply(helpdesk.tools, conversation, noor, "hoi", "r1")
    take_over(helpdesk.tools, conversation, noor)
    with pytest.raises(Conflict):
        reply(helpdesk.tools, conversation, sem, "hoi", "r1")
    first = reply(helpdesk.tools, conversation, noor, "hoi", "r1")
    assert reply(helpdesk.tools, conversation, noor, "hoi", "r1") == first
    assert helpdesk.transcript(conversation)[-1] == ("human", "hoi")


def test_after_hand_back_the_bot_answers_again(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    take_over(helpdesk.tools, conversation, noor)
    hand_back(helpdesk.tools, conversation, noor)
    message = helpdesk.message(helpdesk.student(conversation, "nog iets"))
    assert message.handling is Handling.PENDING
    assert record_turn(helpdesk.tools, message, HELLO)


def test_a_message_after_closing_starts_again_with_the_bot(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    take_over(helpdesk.tools, conversation, noor)
    close(helpdesk.tools, conversation, noor, "opgelost")
    assert helpdesk.state(conversation) is State.CLOSED
    helpdesk.student(conversation, "hoi weer")
    assert helpdesk.state(conversation) is State.BOT


def test_a_human_who_falls_silent_hands_back_by_the_clock(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    take_over(helpdesk.tools, conversation, noor)
    helpdesk.clock.forward(hours=23)
    assert return_silent(helpdesk.tools, timedelta(hours=24)) == 0
    helpdesk.clock.forward(hours=2)
    assert return_silent(helpdesk.tools, timedelta(hours=24)) == 1
    assert helpdesk.state(conversation) is State.BOT
    assert helpdesk.transcript(conversation)[-1][0] == "system"


def case_draft(conversation: str, key: str = "m1", **changes: object) -> CaseDraft:
    values: dict[str, object] = {
        "description": "geen begeleiding op stage",
        "channel": "website",
        "consent": True,
    }
    return CaseDraft(conversation, key, **{**values, **changes})  # type: ignore[arg-type]


def test_one_confirmation_makes_one_case_however_often_it_is_handled(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    first = open_case(helpdesk.tools, case_draft(conversation))
    assert (
        open_case(helpdesk.tools, case_draft(conversation)).reference == first.reference == "JOB-2026-00001"
    )
    assert open_case(helpdesk.tools, case_draft(conversation, "m2")).reference == "JOB-2026-00002"


def test_without_consent_no_case_is_stored(helpdesk: Helpdesk) -> None:
    with pytest.raises(BadInput):
        open_case(helpdesk.tools, case_draft(helpdesk.conversation(), consent=False))
    with helpdesk.tools.look() as uow:
        assert uow.cases.in_states() == []


def test_forgetting_erases_the_conversation_and_leaves_the_case_without_a_link(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "hoi")), HELLO)
    open_case(helpdesk.tools, case_draft(conversation))
    forget(helpdesk.tools, conversation)
    with helpdesk.tools.look() as uow:
        assert uow.conversations.get(conversation) is None
        assert uow.messages.after(conversation) == []
        assert uow.cases.in_states()[0].conversation_id is None
    with pytest.raises(NotFound):
        helpdesk.student(conversation, "hoi")


def test_the_assistant_can_have_the_conversation_erased(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    message = helpdesk.message(helpdesk.student(conversation, "wis mijn gegevens"))
    record_turn(helpdesk.tools, message, Turn([Draft("ik wis dit nu")], [Effect("erase")]))
    with helpdesk.tools.look() as uow:
        assert uow.conversations.get(conversation) is None


@pytest.mark.parametrize("payload", ["/deny", "/report_case"])
def test_a_student_who_waits_can_go_back_to_the_bot_with_a_button(helpdesk: Helpdesk, payload: str) -> None:
    conversation = helpdesk.conversation()
    offer = Draft("ik haal iemand", buttons=(Button("Toch niet", payload),))
    turn = Turn([offer], [Effect("hand_over", {"reason": "asked"})])
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), turn)
    pressed = receive(helpdesk.tools, conversation, "b", payload=payload)
    assert helpdesk.state(conversation) is State.BOT
    assert helpdesk.message(pressed).handling is Handling.PENDING


@pytest.mark.parametrize(
    "words", ["nee laat maar", "Laat maar zitten hoor, bedankt", "hoeft niet meer", "toch maar niet"]
)
def test_a_student_who_waits_can_refuse_in_words(helpdesk: Helpdesk, words: str) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    typed = helpdesk.message(helpdesk.student(conversation, words))
    assert helpdesk.state(conversation) is State.BOT
    assert (typed.handling, typed.payload, typed.text) == (Handling.PENDING, "/deny", words)


def test_rather_a_case_can_be_said_in_words_too(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    assert (
        helpdesk.message(helpdesk.student(conversation, "ik laat een zaak achter")).payload == "/report_case"
    )


def test_the_same_words_to_the_bot_or_to_a_human_are_only_words(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    assert helpdesk.message(helpdesk.student(conversation, "laat maar")).payload is None
    take_over(helpdesk.tools, conversation, noor)
    assert helpdesk.message(helpdesk.student(conversation, "laat maar")).payload is None
    assert helpdesk.state(conversation) is State.HUMAN


def test_who_may_be_in_danger_is_not_let_go_by_a_word(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    urgent = Turn([Draft("Bel 112")], [Effect("hand_over", {"reason": "crisis", "urgent": True})])
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "help")), urgent)
    helpdesk.student(conversation, "laat maar")
    assert helpdesk.state(conversation) is State.QUEUE


def test_a_student_who_waits_can_add_something_and_hears_once_that_it_is_passed_on(
    helpdesk: Helpdesk,
) -> None:
    conversation = helpdesk.conversation()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    helpdesk.student(conversation, "hallo?")
    assert helpdesk.transcript(conversation)[-1] == ("student", "hallo?")
    for words in ("ik wil er nog bij zeggen dat het al maanden duurt", "en mijn mentor weet ervan"):
        assert helpdesk.message(helpdesk.student(conversation, words)).handling is Handling.FOR_HUMAN
    said = [text for author, text in helpdesk.transcript(conversation) if author == "system"]
    assert said == ["Dat staat erbij. Iemand van JOB leest het straks mee."]
    assert helpdesk.state(conversation) is State.QUEUE


def test_the_usual_wait_is_measured_from_the_queue_to_the_first_human_words(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    helpdesk.clock.forward(minutes=7)
    take_over(helpdesk.tools, conversation, noor)
    helpdesk.clock.forward(minutes=1)
    reply(helpdesk.tools, conversation, noor, "hoi", "r1")
    with helpdesk.tools.look() as uow:
        assert uow.conversations.recent_waits() == [timedelta(minutes=8)]


def test_nobody_answers_in_time_so_staff_is_reminded_and_the_student_told_once(helpdesk: Helpdesk) -> None:
    conversation, hour = helpdesk.conversation(), timedelta(hours=1)
    record_turn(helpdesk.tools, helpdesk.message(helpdesk.student(conversation, "mens")), TO_HUMAN)
    assert say_late(helpdesk.tools, hour, someone_is_there=True) == 0
    helpdesk.clock.forward(hours=2)
    assert say_late(helpdesk.tools, hour, someone_is_there=False) == 0, (
        "outside office hours nobody was promised"
    )
    assert say_late(helpdesk.tools, hour, someone_is_there=True) == 1
    assert say_late(helpdesk.tools, hour, someone_is_there=True) == 0, "also after a restart"
    assert helpdesk.transcript(conversation)[-1][0] == "system"
    assert helpdesk.notifier.told[-1] == (conversation, "late", False)
