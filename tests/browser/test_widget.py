"""The chat widget in a real browser, against a stand-in that breaks on command."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .widget_server import GREETING, Running, StandIn

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHOICES = [{"title": "Over je stage", "payload": "/stage"}, {"title": "Over je examen", "payload": "/examen"}]
SOURCE = {
    "title": "WEB, artikel 8.1.7",
    "url": "https://wetten.overheid.nl/BWBR0007625",
    "seen": "2026-11-22",
}
NEW_TAB = "(opent in een nieuw tabblad)"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def server(running: Running) -> StandIn:
    running.stand_in.reset()
    return running.stand_in


@pytest.fixture
def chat(page: Page, running: Running, server: StandIn) -> Page:
    """The demo page with the chat open and greeted."""
    return opened(page, running.url)


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    launcher(page).click()
    expect(log(page)).to_contain_text("Waar gaat je vraag over?")
    return page


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Chat met JOB")


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Je bericht")


def own(page: Page) -> Locator:
    return page.locator(".message.student")


def announcer(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Chat met JOB").get_by_role("status")


def ask(page: Page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")


def choose(page: Page, entry: str) -> None:
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name=entry).click()


def focused(page: Page) -> str:
    """The name of what has the focus, inside the shadow root or outside it."""
    name: str = page.evaluate(
        """() => {
            const host = document.querySelector("job-helpdesk");
            const active = document.activeElement;
            const it = active === host ? host.shadowRoot.activeElement : active;
            return it.id || it.getAttribute("aria-label") || it.textContent.trim();
        }"""
    )
    return name


def eventually(check: Callable[[], bool], seconds: float = 6) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.03)


def settled(page: Page, server: StandIn) -> None:
    """The stream is open, so what the server says from here on arrives live."""
    eventually(lambda: server.streams_open > 0)
    page.wait_for_timeout(80)


# ---- opening, closing, keyboard ----------------------------------------------------------------------------


def test_opening_puts_the_focus_in_the_input_and_escape_gives_it_back_to_the_launcher(chat: Page) -> None:
    assert focused(chat) == "input"
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)
    eventually(lambda: focused(chat) == "Chat met JOB")


def test_nothing_is_asked_of_the_server_before_the_chat_is_opened(
    page: Page, running: Running, server: StandIn
) -> None:
    page.goto(running.url)
    expect(launcher(page)).to_be_visible()
    assert [where for _, where, _, _ in server.requests] == []


def test_on_a_large_screen_the_page_beside_the_chat_stays_usable(chat: Page) -> None:
    expect(chat.get_by_role("dialog", name="Chat met JOB")).to_have_attribute("aria-modal", "false")
    chat.get_by_role("link", name="Naar jobmbo.nl").focus()
    assert focused(chat) == "Naar jobmbo.nl"
    chat.keyboard.press("Escape")  # Not in the chat, so not for the chat.
    expect(chat.get_by_role("dialog")).to_be_visible()


def test_on_a_phone_the_chat_fills_the_screen_and_the_page_behind_it_is_inert(
    page: Page, running: Running, server: StandIn
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, running.url)
    dialog = page.get_by_role("dialog", name="Chat met JOB")
    expect(dialog).to_have_attribute("aria-modal", "true")
    assert dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.evaluate("document.querySelector('footer a').focus()")
    assert focused(page) == "input"


def test_turning_the_screen_keeps_the_chat_open_and_the_focus_where_it_was(chat: Page) -> None:
    ask(chat, "eerste")
    chat.set_viewport_size({"width": 390, "height": 844})
    expect(chat.get_by_role("dialog")).to_have_attribute("aria-modal", "true")
    assert focused(chat) == "input"
    chat.set_viewport_size({"width": 1280, "height": 800})
    expect(chat.get_by_role("dialog")).to_have_attribute("aria-modal", "false")
    assert focused(chat) == "input"


def test_tab_leaves_the_chat_on_a_large_screen_so_the_keyboard_is_not_trapped(chat: Page) -> None:
    names = []
    for _ in range(12):
        chat.keyboard.press("Shift+Tab")
        names.append(focused(chat))
    assert "Menu" in names
    assert "Chat sluiten" in names
    assert "Stel je vraag" in names


def test_escape_closes_the_menu_first_and_the_chat_next(chat: Page) -> None:
    chat.get_by_role("button", name="Menu").click()
    assert focused(chat) == "Vraag iemand van JOB"
    chat.keyboard.press("ArrowDown")
    assert focused(chat) == "Gesprek opslaan"
    chat.keyboard.press("Escape")
    assert focused(chat) == "Menu"
    expect(chat.get_by_role("dialog")).to_be_visible()
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)


def test_a_site_can_open_and_close_the_chat_itself(page: Page, running: Running, server: StandIn) -> None:
    page.goto(running.url)
    page.evaluate("window.JobHelpdesk.open()")
    expect(log(page)).to_contain_text("Waar gaat je vraag over?")
    page.evaluate("window.JobHelpdesk.close()")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_new_line(chat: Page, server: StandIn) -> None:
    field(chat).press_sequentially("een")
    field(chat).press("Shift+Enter")
    field(chat).press_sequentially("twee")
    field(chat).press("Enter")
    expect(own(chat)).to_contain_text("een\ntwee")
    eventually(lambda: [body["text"] for body in server.calls("POST", "/messages")] == ["een\ntwee"])


# ---- what is shown -----------------------------------------------------------------------------------------


def test_the_chat_always_says_that_it_is_a_computer(chat: Page) -> None:
    expect(chat.get_by_text("Dit is een chatbot (computer). Geen juridisch advies.")).to_be_visible()


def test_markdown_becomes_elements_and_html_stays_text(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say(
        "Dit is **vet**.\n\n- een\n- twee\n\n1. eerst\n2. dan\n\n"
        "[site](https://www.jobmbo.nl/a) [kwaad](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )
    bubble = log(chat).locator(".bubble").last
    expect(bubble.locator("strong")).to_have_text("vet")
    assert bubble.locator("ul > li").all_text_contents() == ["een", "twee"]
    assert bubble.locator("ol > li").all_text_contents() == ["eerst", "dan"]
    expect(bubble.get_by_role("link")).to_have_count(1)
    expect(bubble.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    expect(bubble).to_contain_text("[kwaad](javascript:alert(1)) <img src=x onerror=alert(1)>")
    expect(bubble.locator("img")).to_have_count(0)


def test_telephone_numbers_can_be_called_and_other_numbers_cannot(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say(
        "Bel **112** of 113, of 0800-2000, 030-123 45 67, 06 12345678. "
        "Je zaak JOB-2026-00042: 113 euro, artikel 112, 112,50 en NL91 ABNA 0417 1643 00."
    )
    phones = log(chat).locator("a[href^='tel:']")
    expect(phones).to_have_count(5)
    assert [link.get_attribute("href") for link in phones.all()] == [
        "tel:112",
        "tel:113",
        "tel:08002000",
        "tel:0301234567",
        "tel:0612345678",
    ]


def test_sources_say_when_they_were_seen_and_that_they_open_a_new_tab(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Dat mag niet.", sources=[SOURCE, {"title": "Gesprek met JOB", "url": "", "seen": ""}])
    link = log(chat).get_by_role("link", name=f"{SOURCE['title']} {NEW_TAB}")
    expect(link).to_have_attribute("target", "_blank")
    expect(log(chat)).to_contain_text("gezien op 22-11-2026")
    expect(log(chat).locator(".sources li").last).to_have_text("Gesprek met JOB")


def test_choices_can_be_made_once_and_older_ones_are_disabled(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Bedoel je …?", buttons=CHOICES)
    chat.get_by_role("button", name="Over je stage").click()
    expect(own(chat)).to_contain_text("Over je stage")
    expect(chat.get_by_role("button", name="Over je stage")).to_be_disabled()
    expect(chat.get_by_role("button", name="Over je examen")).to_be_disabled()
    eventually(lambda: len(server.calls("POST", "/messages")) == 1)
    body = server.calls("POST", "/messages")[0]
    assert (body["payload"], body.get("text")) == ("/stage", None)
    assert focused(chat) == "input"
    server.say("En nu?", buttons=[{"title": "Ja", "payload": "/ja"}])
    expect(chat.get_by_role("button", name="Ja", exact=True)).to_be_enabled()


def test_the_line_above_says_who_answers(chat: Page, server: StandIn) -> None:
    line = chat.locator(".state-text")
    settled(chat, server)
    expect(line).to_have_text("Je praat met de chatbot van JOB")
    server.set_state("queue")
    expect(line).to_have_text("Iemand van JOB leest mee zodra het kan. Je staat in de wacht")
    server.set_state("human", "Amira")
    expect(line).to_have_text("Je praat nu met Amira van JOB")
    expect(announcer(chat)).to_contain_text("Je praat nu met Amira van JOB")
    server.say("Hoi!", "human", name="Amira")
    expect(chat.locator(".message.human")).to_contain_text("Amira van JOB")
    server.set_state("closed")
    expect(line).to_have_text("Gesprek gesloten")


def test_after_a_closed_conversation_a_new_one_can_be_started(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    ask(chat, "oude vraag")
    expect(own(chat)).to_contain_text("Verstuurd")
    server.set_state("closed")
    chat.get_by_role("button", name="Nieuw gesprek beginnen").click()
    eventually(lambda: len(server.talks) == 2)
    expect(chat.locator(".state-text")).to_have_text("Je praat met de chatbot van JOB")
    expect(own(chat)).to_have_count(0)
    expect(log(chat)).to_contain_text("Waar gaat je vraag over?")


def test_typing_shows_until_the_message_is_there(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.typing("human")
    expect(chat.get_by_text("JOB typt", exact=True)).to_be_visible()
    server.say("Hoi", "human", name="Amira")
    expect(chat.get_by_text("JOB typt", exact=True)).to_be_hidden()


def test_a_long_answer_is_shown_from_its_start(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    ask(chat, "vraag")
    expect(own(chat)).to_contain_text("Verstuurd")
    server.say(
        "Begin van het antwoord.\n\n" + "\n\n".join(f"Alinea {n} met genoeg tekst." for n in range(40))
    )
    expect(log(chat).get_by_text("Begin van het antwoord.")).to_be_in_viewport()


def test_near_the_limit_the_counter_counts_and_past_it_nothing_is_sent(chat: Page, server: StandIn) -> None:
    counter = chat.locator("#counter")
    field(chat).fill("a" * 3700)
    expect(counter).to_be_hidden()
    field(chat).fill("a" * 3990 + "😀")
    expect(counter).to_have_text("Nog 9 tekens")
    field(chat).fill("a" * 4003)
    expect(counter).to_have_text("3 tekens te veel. Maak je bericht korter.")
    expect(field(chat)).to_have_attribute("aria-invalid", "true")
    field(chat).press("Enter")
    assert len(field(chat).input_value()) == 4003
    assert server.calls("POST", "/messages") == []


# ---- a screen reader hears what is new, once ---------------------------------------------------------------


def test_new_messages_are_announced_and_own_messages_are_not(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    ask(chat, "mijn vraag")
    expect(own(chat)).to_contain_text("Verstuurd")
    server.say("Het antwoord.", buttons=CHOICES)
    expect(announcer(chat)).to_contain_text("Chatbot van JOB: Het antwoord.")
    said = announcer(chat).inner_text()
    assert said.count("Het antwoord.") == 1
    assert "Je kunt kiezen: Over je stage, Over je examen." in said
    assert "mijn vraag" not in said
    expect(log(chat)).to_have_attribute("aria-live", "off")
    expect(announcer(chat)).to_have_attribute("aria-live", "polite")


def test_history_is_not_announced_on_load(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Oud antwoord.")
    expect(log(chat)).to_contain_text("Oud antwoord.")
    chat.reload()
    expect(log(chat)).to_contain_text("Oud antwoord.")
    assert "Oud antwoord." not in announcer(chat).inner_text()


# ---- coming back -------------------------------------------------------------------------------------------


def test_a_reload_restores_the_conversation_the_draft_and_the_open_chat(chat: Page, server: StandIn) -> None:
    ask(chat, "mijn vraag")
    expect(own(chat)).to_contain_text("Verstuurd")
    field(chat).fill("half af")
    chat.reload()
    expect(log(chat)).to_contain_text("mijn vraag")
    expect(own(chat)).to_have_count(1)
    expect(field(chat)).to_have_value("half af")
    assert len(server.talks) == 1


def test_closing_and_reopening_keeps_the_conversation(chat: Page, server: StandIn) -> None:
    chat.get_by_role("button", name="Chat sluiten").click()
    settled(chat, server)
    server.say("Ben je er nog?")
    expect(launcher(chat)).to_have_accessible_name("Chat met JOB (1 nieuw bericht)")
    launcher(chat).click()
    expect(log(chat)).to_contain_text("Ben je er nog?")
    assert len(server.calls("POST", "/conversations")) == 1


def test_two_tabs_share_one_conversation_without_doubles(
    chat: Page, running: Running, server: StandIn
) -> None:
    second = opened(chat.context.new_page(), running.url)
    settled(second, server)
    eventually(lambda: server.streams_open == 2)
    ask(chat, "vanuit tab een")
    ask(second, "vanuit tab twee")
    server.say("Antwoord voor beide.")
    for tab in (chat, second):
        expect(log(tab)).to_contain_text("Antwoord voor beide.")
        expect(own(tab)).to_have_count(2)
        assert sorted(tab.locator(".message.student .plain").all_text_contents()) == [
            "vanuit tab een",
            "vanuit tab twee",
        ]
    assert len(server.talks) == 1


def test_two_tabs_that_open_at_once_start_one_conversation(
    browser: Browser, running: Running, server: StandIn
) -> None:
    server.delay = 0.3
    context = browser.new_context()
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto(running.url)
    for tab in tabs:
        tab.evaluate("() => { window.JobHelpdesk.open(); }")
    for tab in tabs:
        expect(log(tab)).to_contain_text("Waar gaat je vraag over?")
    assert len(server.calls("POST", "/conversations")) == 1
    context.close()


# ---- when things go wrong ----------------------------------------------------------------------------------


def test_a_slow_server_shows_the_message_at_once_as_being_sent(chat: Page, server: StandIn) -> None:
    server.delay = 1.0
    ask(chat, "trage vraag")
    expect(own(chat)).to_contain_text("Wordt verstuurd…")
    expect(own(chat)).to_contain_text("Verstuurd", use_inner_text=True)
    assert "Wordt verstuurd" not in own(chat).inner_text()


def test_a_server_error_says_not_sent_and_trying_again_uses_the_same_id(chat: Page, server: StandIn) -> None:
    server.fail("POST", "/messages", 500, times=1)
    ask(chat, "blijft dit?")
    expect(own(chat)).to_contain_text("Niet verstuurd")
    chat.get_by_role("button", name="Opnieuw proberen").click()
    expect(own(chat).get_by_text("Verstuurd", exact=True)).to_be_visible()
    ids = [body["client_message_id"] for body in server.calls("POST", "/messages")]
    assert len(ids) >= 2
    assert len(set(ids)) == 1
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ids[0])


def test_an_answer_lost_after_saving_leaves_one_message_on_the_screen(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.replies = {"kwam dit aan?": "Ja hoor."}
    server.fail("POST", "/messages", 0)
    ask(chat, "kwam dit aan?")
    expect(log(chat)).to_contain_text("Ja hoor.")
    expect(own(chat).get_by_text("Verstuurd", exact=True)).to_be_visible()
    expect(own(chat)).to_have_count(1)
    assert [message["author"] for message in server.talk.messages].count("student") == 1


def test_what_is_typed_offline_goes_in_order_when_the_network_is_back(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    chat.context.set_offline(True)
    for text in ("een", "twee", "drie"):
        ask(chat, text)
    expect(own(chat)).to_have_count(3)
    expect(own(chat).first).to_contain_text("Niet verstuurd")
    expect(chat.locator(".problem-bar")).to_contain_text("Je hebt geen internet")
    chat.context.set_offline(False)
    eventually(
        lambda: (
            [m["text"] for m in server.talk.messages if m["author"] == "student"] == ["een", "twee", "drie"]
        )
    )
    expect(chat.locator(".problem-bar")).to_be_hidden()
    expect(own(chat)).to_have_count(3)


def test_what_was_not_sent_survives_a_reload(chat: Page, server: StandIn) -> None:
    server.fail("POST", "/messages", 503, times=3)
    ask(chat, "raak niet kwijt")
    expect(own(chat)).to_contain_text("Niet verstuurd")
    server.failures.clear()
    chat.reload()
    expect(own(chat).get_by_text("Verstuurd", exact=True)).to_be_visible()
    expect(own(chat)).to_have_count(1)
    positions = log(chat).inner_text()
    assert positions.index("Waar gaat je vraag over?") < positions.index("raak niet kwijt")


def test_a_reload_between_a_lost_answer_and_the_next_try_does_not_send_it_twice(
    chat: Page, server: StandIn
) -> None:
    server.fail("POST", "/messages", 0)
    server.fail("POST", "/messages", 503, times=99)
    ask(chat, "maar een keer")
    expect(own(chat)).to_contain_text("Niet verstuurd")
    server.failures.clear()
    chat.reload()
    eventually(lambda: chat.evaluate("Object.keys(localStorage).length") == 1)  # The queue is empty.
    assert [message["author"] for message in server.talk.messages].count("student") == 1
    expect(own(chat)).to_have_count(1)


def test_a_broken_stream_is_picked_up_again_where_it_stopped(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    seen = server.say("Voor de breuk.")
    expect(log(chat)).to_contain_text("Voor de breuk.")
    server.break_streams()
    server.say("Tijdens de breuk.")
    expect(log(chat)).to_contain_text("Tijdens de breuk.")
    server.say("Na de breuk.")
    expect(log(chat)).to_contain_text("Na de breuk.")
    assert log(chat).inner_text().count("Tijdens de breuk.") == 1
    eventually(lambda: len(server.headers("GET", "/events")) == 2)
    assert server.headers("GET", "/events")[1]["last-event-id"] >= seen
    assert all("token" not in where for _, where, _, _ in server.requests)


def test_a_gap_in_the_stream_is_filled_by_asking(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Nooit gestreamd.", tell=False)
    server.break_streams()
    expect(log(chat)).to_contain_text("Nooit gestreamd.")
    expect(log(chat).get_by_text(GREETING.split("? ")[-1][-20:])).to_have_count(1)


def test_a_network_that_holds_the_stream_back_still_gets_its_answer(
    page: Page, running: Running, server: StandIn
) -> None:
    server.streaming = False
    server.replies = {"hoor je mij?": "Ja, via de achterdeur."}
    opened(page, running.url)
    ask(page, "hoor je mij?")
    expect(log(page)).to_contain_text("Ja, via de achterdeur.", timeout=12_000)


def test_too_fast_waits_as_long_as_the_server_says_and_tells_it(chat: Page, server: StandIn) -> None:
    server.fail("POST", "/messages", 429, retry_after="2")
    ask(chat, "snel")
    expect(chat.locator(".problem-bar")).to_contain_text("Wacht 2 seconden")
    began = time.monotonic()
    expect(own(chat).get_by_text("Verstuurd", exact=True)).to_be_visible()
    assert time.monotonic() - began > 1.5
    expect(chat.locator(".problem-bar")).to_be_hidden()
    assert len(server.calls("POST", "/messages")) == 2


def test_a_refused_message_shows_the_reason_and_can_be_changed(chat: Page, server: StandIn) -> None:
    server.fail("POST", "/messages", 422, code="text_too_long", message="Je bericht is te lang.")
    ask(chat, "te lang")
    expect(own(chat)).to_contain_text("Niet verstuurd. Je bericht is te lang.")
    chat.get_by_role("button", name="Aanpassen").click()
    expect(field(chat)).to_have_value("te lang")
    expect(own(chat)).to_have_count(0)


def test_an_expired_token_starts_a_new_conversation_says_so_and_keeps_the_message(
    chat: Page, server: StandIn
) -> None:
    settled(chat, server)
    server.talks.clear()
    ask(chat, "ben ik er nog?")
    expect(log(chat)).to_contain_text("Je vorige gesprek is verlopen of gewist. Dit is een nieuw gesprek.")
    expect(own(chat).get_by_text("Verstuurd", exact=True)).to_be_visible()
    assert [m["text"] for m in server.talk.messages if m["author"] == "student"] == ["ben ik er nog?"]
    expect(own(chat)).to_have_count(1)


def test_a_server_that_knows_no_token_is_not_flooded_with_new_conversations(
    chat: Page, server: StandIn
) -> None:
    settled(chat, server)
    server.fail("GET", "/messages", 401, times=1000)
    server.fail("POST", "/messages", 401, times=1000)
    ask(chat, "help")
    chat.wait_for_timeout(2_500)
    assert len(server.calls("POST", "/conversations")) <= 6


def test_a_server_that_is_down_at_the_start_is_tried_again(
    page: Page, running: Running, server: StandIn
) -> None:
    server.fail("POST", "/conversations", 503, times=2)
    opened(page, running.url)
    assert len(server.calls("POST", "/conversations")) == 3


# ---- the menu ----------------------------------------------------------------------------------------------


def test_asking_for_a_human_sends_the_words_for_it(chat: Page, server: StandIn) -> None:
    choose(chat, "Vraag iemand van JOB")
    eventually(
        lambda: [body["text"] for body in server.calls("POST", "/messages")] == ["ik wil een mens spreken"]
    )


def test_saving_gives_the_conversation_as_text(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    ask(chat, "mijn vraag")
    expect(own(chat)).to_contain_text("Verstuurd")
    server.say("Het **antwoord**.", sources=[SOURCE])
    expect(log(chat)).to_contain_text("Het antwoord.")
    with chat.expect_download() as waiting:
        choose(chat, "Gesprek opslaan")
    assert re.fullmatch(r"gesprek-job-\d{4}-\d\d-\d\d\.txt", waiting.value.suggested_filename)
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "Jij\nmijn vraag" in text
    assert "Chatbot van JOB\nHet **antwoord**." in text
    assert f"- {SOURCE['title']} {SOURCE['url']} (gezien op 22-11-2026)" in text


def test_erasing_asks_first_and_then_nothing_is_left(chat: Page, server: StandIn) -> None:
    ask(chat, "geheim")
    expect(own(chat)).to_contain_text("Verstuurd")
    choose(chat, "Gesprek wissen")
    sheet = chat.get_by_role("alertdialog", name="Gesprek wissen?")
    expect(sheet).to_contain_text("Dat kun je niet ongedaan maken.")
    assert focused(chat) == "Annuleren"
    chat.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(chat.get_by_role("dialog")).to_be_visible()
    assert server.calls("DELETE", "/conversation") == []
    choose(chat, "Gesprek wissen")
    chat.get_by_role("button", name="Ja, wis alles").click()
    expect(log(chat)).to_contain_text("Je gesprek is gewist.")
    expect(own(chat)).to_have_count(0)
    assert server.talks == {}
    assert chat.evaluate("Object.keys(localStorage)") == []
    ask(chat, "opnieuw")
    expect(log(chat)).to_contain_text("Waar gaat je vraag over?")
    expect(own(chat)).to_contain_text("Verstuurd")


def test_erasing_that_fails_says_so_and_keeps_the_conversation(chat: Page, server: StandIn) -> None:
    server.fail("DELETE", "/conversation", 500)
    choose(chat, "Gesprek wissen")
    chat.get_by_role("button", name="Ja, wis alles").click()
    expect(chat.locator(".problem-bar")).to_contain_text("Wissen is niet gelukt")
    expect(log(chat)).to_contain_text("Waar gaat je vraag over?")


def test_erasing_in_one_tab_empties_the_other(chat: Page, running: Running, server: StandIn) -> None:
    second = opened(chat.context.new_page(), running.url)
    eventually(lambda: server.streams_open == 2)
    choose(second, "Gesprek wissen")
    second.get_by_role("button", name="Ja, wis alles").click()
    for tab in (chat, second):
        expect(log(tab)).to_contain_text("Je gesprek is gewist.")
        expect(tab.locator(".message")).to_have_count(1)


def test_a_new_conversation_in_one_tab_is_joined_by_the_other(
    chat: Page, running: Running, server: StandIn
) -> None:
    second = opened(chat.context.new_page(), running.url)
    eventually(lambda: server.streams_open == 2)
    choose(second, "Gesprek wissen")
    second.get_by_role("button", name="Ja, wis alles").click()
    expect(log(chat)).to_contain_text("Je gesprek is gewist.")
    ask(second, "we beginnen opnieuw")
    expect(log(chat)).to_contain_text("we beginnen opnieuw")
    expect(log(chat)).not_to_contain_text("Je gesprek is gewist.")
    assert len(server.talks) == 1


def test_a_conversation_erased_at_the_server_disappears_here_too(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.erase()
    expect(log(chat)).to_contain_text("Je gesprek is gewist.")
    expect(log(chat)).not_to_contain_text("Waar gaat je vraag over?")


def test_about_tells_what_this_is_and_where_to_read_on(chat: Page) -> None:
    choose(chat, "Over deze chat")
    sheet = chat.get_by_role("dialog", name="Over deze chat")
    expect(sheet).to_contain_text("geen juridisch advies")
    expect(sheet.get_by_role("link")).to_have_attribute("href", re.compile(r"/privacy$"))
    chat.keyboard.press("Escape")
    assert focused(chat) == "Menu"


# ---- on somebody else's site -------------------------------------------------------------------------------


def test_it_works_on_another_origin_untouched_by_the_style_of_that_site(
    page: Page, running: Running, server: StandIn
) -> None:
    opened(page, f"{running.other_origin}/school")
    ask(page, "vanaf school")
    expect(own(page).get_by_text("Verstuurd", exact=True)).to_be_visible()
    size = page.locator(".state-text").evaluate("it => parseFloat(getComputedStyle(it).fontSize)")
    assert size >= 13


def test_it_breaks_no_content_security_policy(page: Page, running: Running, server: StandIn) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened(page, running.url)
    choose(page, "Over deze chat")
    assert complaints == []


def test_nothing_is_loaded_from_elsewhere(page: Page, running: Running, server: StandIn) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, running.url)
    assert [url for url in asked if not url.startswith((running.url, "blob:"))] == []


@pytest.mark.parametrize(
    ("color", "shown"),
    [("#7a1fa2", "rgb(122, 31, 162)"), ("#ffee00", "rgb(11, 74, 94)"), ("red;}", "rgb(11, 74, 94)")],
)
def test_a_colour_that_cannot_be_read_falls_back(
    page: Page, running: Running, server: StandIn, color: str, shown: str
) -> None:
    page.goto(f"{running.url}/school?color={color.replace('#', '%23')}")
    expect(launcher(page)).to_have_css("background-color", shown)


def test_title_position_and_open_are_the_choice_of_the_site(
    page: Page, running: Running, server: StandIn
) -> None:
    page.goto(f"{running.url}/school?title=Vraag%20het%20JOB&position=left&open=true")
    dialog = page.get_by_role("dialog", name="Vraag het JOB")
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None
    assert box["x"] == 20
    # Opened by itself: the focus is not taken.
    assert page.evaluate("document.activeElement === document.body")


# ---- for everyone ------------------------------------------------------------------------------------------


def violations(page: Page) -> str:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return "" if results.violations_count == 0 else results.generate_report()


def a_full_conversation(page: Page, server: StandIn) -> None:
    settled(page, server)
    ask(page, "mijn vraag")
    expect(own(page)).to_contain_text("Verstuurd")
    server.say(
        "Bel **112**. Lees [dit](https://www.jobmbo.nl/).\n\n- een\n- twee", sources=[SOURCE], buttons=CHOICES
    )
    server.say("Er kijkt iemand mee.", "system")
    server.set_state("human", "Amira")
    server.say("Hoi, zie https://www.jobmbo.nl/ even.", "human", name="Amira")
    expect(log(page)).to_contain_text("Hoi, zie")
    server.fail("POST", "/messages", 500, times=99)
    ask(page, "gaat niet")
    expect(own(page).last).to_contain_text("Niet verstuurd")
    field(page).fill("a" * 4001)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 640), (320, 256)])
def test_axe_finds_nothing_closed_open_full_or_in_the_menu_and_dialogs(
    browser: Browser, running: Running, server: StandIn, scheme: str, width: int, height: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(running.url)
    expect(launcher(page)).to_be_visible()
    assert violations(page) == ""
    opened(page, running.url)
    assert violations(page) == ""
    a_full_conversation(page, server)
    assert violations(page) == ""
    page.get_by_role("button", name="Menu").click()
    assert violations(page) == ""
    page.get_by_role("button", name="Gesprek wissen").click()
    assert violations(page) == ""
    context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (390, 844)])
def test_a_small_screen_needs_no_sideways_scrolling(
    page: Page, running: Running, server: StandIn, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, running.url)
    a_full_conversation(page, server)
    server.say("Hottentottententententoonstelling" * 4 + " https://www.jobmbo.nl/" + "pad/" * 40)
    expect(log(page)).to_contain_text("pad/pad/")
    wide = page.evaluate(
        """() => [
            document.documentElement,
            ...document.querySelector("job-helpdesk").shadowRoot.querySelectorAll(".panel, .log"),
        ].filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.className)"""
    )
    assert wide == []
    field(page).focus()
    expect(field(page)).to_be_in_viewport()


def test_everything_to_press_is_large_enough(chat: Page, server: StandIn) -> None:
    settled(chat, server)
    server.say("Kies.", buttons=CHOICES)
    expect(chat.get_by_role("button", name="Over je stage")).to_be_visible()
    chat.get_by_role("button", name="Menu").click()
    small = chat.evaluate(
        """() => [...document.querySelector("job-helpdesk").shadowRoot.querySelectorAll("button")]
            .map((it) => [it.textContent || it.ariaLabel, it.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 44 || box.height < 44)).map(([name]) => name)"""
    )
    assert small == []


def test_who_wants_less_motion_gets_none(browser: Browser, running: Running, server: StandIn) -> None:
    context: BrowserContext = browser.new_context(reduced_motion="reduce")
    page = opened(context.new_page(), running.url)
    settled(page, server)
    server.typing("bot")
    expect(page.locator(".dots i").first).to_have_css("animation-name", "none")
    context.close()


def test_forced_colours_keep_the_borders_of_bubbles_and_buttons(
    browser: Browser, running: Running, server: StandIn
) -> None:
    context = browser.new_context(forced_colors="active")
    page = opened(context.new_page(), running.url)
    ask(page, "zichtbaar?")
    for part in (".student .bubble", ".bot .bubble", ".send", ".field"):
        expect(page.locator(part).first).to_have_css("border-top-style", re.compile("solid|dashed"))
        assert page.locator(part).first.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") >= 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_can_be_seen_on_every_button(
    browser: Browser, running: Running, server: StandIn, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context.new_page(), running.url)
    for _ in ("the messages", "close", "menu"):
        page.keyboard.press("Shift+Tab")
        ring = page.evaluate(
            """() => { const it = document.querySelector("job-helpdesk").shadowRoot.activeElement;
                const style = getComputedStyle(it);
                return [style.outlineStyle, parseFloat(style.outlineWidth)]; }"""
        )
        assert ring[0] == "solid"
        assert ring[1] >= 2
    context.close()
