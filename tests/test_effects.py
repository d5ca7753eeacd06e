"""What is counted for a year: contacts, crises, cases and closed conversations, without anything that a student wrote."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bot.core.cases import CaseDraft
from bot.core.messages import Draft, Effect
from bot.core.ports import Turn
from bot.helpdesk import forget, open_case, record_turn
from bot.staff_desk import close, hand_back, take_over
from tests.builders import Helpdesk


def counted(helpdesk: Helpdesk, outcome: str) -> dict[str, int]:
    """How often ``outcome`` was counted, by what stands in the place of the topic."""
    found: Counter[str] = Counter()
    with helpdesk.tools.look() as uow:
        for turn in uow.numbers.turns(date(2020, 1, 1), date(2030, 1, 1)):
            if turn.outcome == outcome:
                found[turn.topic] += turn.n
    return dict(found)


def test_a_contact_is_counted_once_until_a_day_of_silence(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()
    helpdesk.student(conversation, "hoi", "a")
    helpdesk.student(conversation, "hoi", "a")
    helpdesk.clock.forward(hours=23)
    helpdesk.student(conversation, "nog iets")
    assert counted(helpdesk, "contact") == {"": 1}
    helpdesk.clock.forward(hours=24)
    helpdesk.student(conversation, "weer iets")
    assert counted(helpdesk, "contact") == {"": 2}


def test_a_conversation_in_which_nobody_wrote_is_no_contact(helpdesk: Helpdesk) -> None:
    helpdesk.conversation()
    assert counted(helpdesk, "contact") == {}


def crisis(helpdesk: Helpdesk, conversation: str) -> None:
    effect = Effect("hand_over", {"reason": "crisis", "urgent": True})
    message = helpdesk.message(helpdesk.student(conversation, "het gaat niet"))
    record_turn(helpdesk.tools, message, Turn([Draft("Bel 112")], [effect]))


def test_a_crisis_is_counted_once_while_it_lasts_and_outlives_the_conversation(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    crisis(helpdesk, conversation)
    helpdesk.student(conversation, "ik wil dood")
    assert counted(helpdesk, "crisis") == {"": 1}
    take_over(helpdesk.tools, conversation, noor)
    hand_back(helpdesk.tools, conversation, noor)
    crisis(helpdesk, conversation)
    forget(helpdesk.tools, conversation)
    assert counted(helpdesk, "crisis") == {"": 2}


def test_a_crisis_while_a_human_has_the_conversation_counts(helpdesk: Helpdesk) -> None:
    conversation, noor = helpdesk.conversation(), helpdesk.staff()
    helpdesk.student(conversation, "hoi")
    take_over(helpdesk.tools, conversation, noor)
    helpdesk.student(conversation, "ik wil dood")
    helpdesk.student(conversation, "ik wil dood")
    assert counted(helpdesk, "crisis") == {"": 1}


def test_a_case_counts_by_subject_and_by_a_school_of_the_list_only(helpdesk: Helpdesk) -> None:
    conversation = helpdesk.conversation()

    def log(number: int, school: str | None, listed: bool) -> None:
        draft = CaseDraft(
            conversation, f"m{number}", "een verhaal", "website", school, topic="bsa", consent=True
        )
        open_case(helpdesk.tools, draft, school_listed=listed)
        open_case(helpdesk.tools, draft, school_listed=listed)

    log(1, "ROC Tilburg", True)
    log(2, "de klas van Jan Jansen", False)
    log(3, None, False)
    assert counted(helpdesk, "case") == {"bsa": 3}
    assert counted(helpdesk, "case_school") == {
        "ROC Tilburg": 1,
        "geen school genoemd, of niet op de lijst": 2,
    }
    with helpdesk.tools.look() as uow:
        days = {
            t.day.day
            for t in uow.numbers.turns(date(2020, 1, 1), date(2030, 1, 1))
            if t.outcome == "case_school"
        }
    assert days == {1}


def test_why_a_conversation_was_closed_counts_without_what_staff_typed(helpdesk: Helpdesk) -> None:
    noor = helpdesk.staff()
    for reason in ("Doorverwezen", "Jan Jansen belt zelf"):
        conversation = helpdesk.conversation()
        helpdesk.student(conversation, "hoi")
        close(helpdesk.tools, conversation, noor, reason)
    assert counted(helpdesk, "closed") == {"Doorverwezen": 1, "andere reden": 1}
