"""The hand-over at the desk: take over, reply, hand back, close, and what a colleague sees."""

import re

from bot.core.conversation import State
from bot.core.messages import Effect
from tests.desk.conftest import Desk


def test_the_whole_hand_over(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting("Kan ik iemand spreken?")
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    assert "Kan ik iemand spreken?" in browser.get("/desk/inbox/waiting").text

    browser.get(at)
    assert browser.post(f"{at}/take").status_code == 303
    assert desk.get(conversation_id).state is State.HUMAN

    browser.get(at)
    browser.post(
        f"{at}/reply", text="Hoi, ik ben Noor.", client_message_id=browser.field("client_message_id")
    )
    assert desk.said(conversation_id) == ["Hoi, ik ben Noor."]

    browser.get(at)
    browser.post(f"{at}/hand-back", seen=browser.field("seen"))
    assert desk.get(conversation_id).state is State.BOT
    assert desk.bot(desk.student(conversation_id, "Nog een vraag"))


def test_the_transcript_shows_who_said_what_and_what_the_bot_guessed(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.conversation()
    understood = Effect(
        "understood",
        {"outcome": "answered", "topics": ["bsa"], "guesses": [{"label": "vraag/bsa", "confidence": 0.624}]},
    )
    desk.bot(desk.student(conversation_id, "moet ik <b>stoppen</b>?"), "Dat hangt er **van** af.", understood)
    page = desk.browser("noor").get(f"/desk/conversations/{conversation_id}").text
    assert "moet ik &lt;b&gt;stoppen&lt;/b&gt;?" in page
    assert "Dat hangt er <strong>van</strong> af." in page
    assert re.search(r"Chatbot gaf antwoord: [^<]+ 62 %", page)


def test_the_second_of_two_colleagues_sees_who_has_it(desk: Desk) -> None:
    desk.staff("noor", "Noor")
    desk.staff("sam", "Sam")
    conversation_id = desk.waiting()
    noor, sam, at = desk.browser("noor"), desk.browser("sam"), f"/desk/conversations/{conversation_id}"
    noor.get(at)
    sam.get(at)
    assert noor.post(f"{at}/take", htmx=True).status_code == 200
    late = sam.post(f"{at}/take", htmx=True)
    assert late.status_code == 409
    assert "Noor heeft dit gesprek nu." in late.text
    assert 'id="reply"' not in late.text
    for step in ("hand-back", "close"):
        assert sam.post(f"{at}/{step}", seen=9_999, reason="klaar").status_code == 409
    assert desk.get(conversation_id).state is State.HUMAN


def test_a_form_that_is_sent_twice_says_it_once(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/take")
    browser.get(at)
    form = {"text": "Eén keer", "client_message_id": browser.field("client_message_id")}
    assert browser.post(f"{at}/reply", htmx=True, **form).headers["hx-trigger"] == "desk-replied"
    assert browser.post(f"{at}/reply", htmx=True, **form).status_code == 200
    assert desk.said(conversation_id) == ["Eén keer"]


def test_closing_is_refused_if_the_student_wrote_meanwhile_and_nothing_is_lost(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/take")
    browser.get(at)
    seen = browser.field("seen")
    desk.student(conversation_id, "Wacht, nog iets!")
    for step in ("close", "hand-back"):
        refused = browser.post(f"{at}/{step}", htmx=True, seen=seen, reason="Vraag beantwoord")
        assert refused.status_code == 409
        assert "De student schreef net nog iets" in refused.text
        assert "Wacht, nog iets!" in refused.text
    assert desk.get(conversation_id).state is State.HUMAN

    browser.page = refused.text
    browser.post(f"{at}/close", seen=browser.field("seen"), reason="Vraag beantwoord")
    assert desk.get(conversation_id).state is State.CLOSED
    assert "Vraag beantwoord" in browser.get(at).text


def test_a_closed_conversation_can_be_opened_again(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/close", seen=browser.field("seen"), reason="Vraag beantwoord")
    browser.post(f"{at}/reopen")
    assert desk.get(conversation_id).state is State.HUMAN


def test_looking_takes_no_unread_mark_off_but_the_page_of_who_has_it_does(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/take")
    desk.student(conversation_id, "Ben je er?")
    browser.get(at)
    assert desk.get(conversation_id).unread
    browser.post(f"{at}/read-mark")
    assert not desk.get(conversation_id).unread


def test_the_live_part_brings_new_actions_only_when_somebody_else_has_it_now(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    same = browser.get(f"{at}/live?known=queue:0").text
    assert "hx-swap-oob" not in same
    browser.post(f"{at}/take", csrf=re.search(r'name="csrf" value="([^"]+)"', browser.get(at).text)[1])
    assert 'id="actions"' in browser.get(f"{at}/live?known=queue:0").text
    assert "hx-swap-oob" in browser.page


def test_an_empty_or_too_long_reply_is_refused_in_plain_words(desk: Desk) -> None:
    desk.staff()
    conversation_id = desk.waiting()
    browser, at = desk.browser("noor"), f"/desk/conversations/{conversation_id}"
    browser.get(at)
    browser.post(f"{at}/take")
    for text, words in (("   ", "leeg"), ("a" * 4_001, "4001 tekens")):
        answer = browser.post(f"{at}/reply", htmx=True, text=text, client_message_id="x")
        assert answer.status_code == 422
        assert words in answer.text
